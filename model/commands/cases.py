"""Cases: every case of scenarios/cases, or those named, with its games and a report of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from model.commands.app import (
    EPILOG,
    RESULTS,
    SPOKEN,
    Lingua,
    Results,
    app,
    scenarios_folder,
)
from model.commands.report import publish
from model.commands.run import run
from model.words.catalogue import Words

if TYPE_CHECKING:
    from model.scenario import Scenario

CASES = "cases"
"""The folder inside scenarios/ whose folders are the cases."""

PART_FAILED = 5


@app.command(epilog=EPILOG)
def cases(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Cases; none: all.")
    ] = None,
    games: Annotated[
        bool, typer.Option("--cooperate", help="Also solve every coalition, as `cooperate` does.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes at once.", show_default="cores"),
    ] = None,
    results: Results = RESULTS,
    force: Annotated[bool, typer.Option("--force", help="Also run what is done already.")] = False,
    lang: Lingua = SPOKEN,
) -> None:
    """Run every case of scenarios/cases, or those named, and write a report of each.

    A case is a folder of scenarios. What is done already, from the same inputs, is skipped. The
    last lines are where the reports are.
    """
    from model.scenario import load_scenarios

    folders = [str(folder) for folder in _folders(names or [])]
    try:
        run(folders, jobs=jobs, results=results, force=force, lang=lang)
    except typer.Exit as end:
        code = end.exit_code
    if games:
        told = Words(lang.value)
        scenarios = load_scenarios(folders, scenarios_folder())
        code = _cooperate(scenarios, results, jobs, told) or code
        publish(scenarios, results, lang)
    raise typer.Exit(code)


def _folders(names: Sequence[str]) -> list[Path]:
    """The folders of the cases named, or of all.

    Raises
    ------
    InputError
        If there is no such case.
    """
    from model.errors import Fault, InputError
    from model.words.catalogue import say

    home = scenarios_folder() / CASES
    known = {path.name: path for path in sorted(home.glob("*")) if path.is_dir()}
    mend = say("there are: {known}", known=", ".join(known))
    faults = [
        Fault(home.as_posix(), say("there is no case {name!r}", name=name), mend)
        for name in names
        if name not in known
    ]
    if not known:
        faults = [Fault(home.as_posix(), say("there is no such folder"))]
    if faults:
        raise InputError(faults)
    return [known[name] for name in names] or list(known.values())


def _cooperate(scenarios: Sequence[Scenario], results: Path, jobs: int | None, words: Words) -> int:
    """Solve the coalitions of each scenario that has partners; the exit code if one fails."""
    from model.commands.progress import of_coalitions
    from model.errors import ModelError
    from model.settlement import cooperate
    from model.words.numbers import Numbers
    from model.workers import cores

    code = 0
    for scenario in scenarios:
        partners = len(scenario.territory.members) + scenario.territory.ring > 1
        if scenario.cooperation.form == "none" or not partners:
            continue
        try:
            with of_coalitions() as progress:
                sheet = cooperate(scenario, results / scenario.name, progress, jobs=jobs or cores())
        except ModelError as error:
            code = PART_FAILED
            for line in error.told(words.lang).splitlines():
                typer.echo(f"{scenario.name}: {line}", err=True)
            continue
        gain = Numbers(words.lang).quantity(float(sheet.attrs["gain"]), "MEUR", 0)
        typer.echo(words("{name}: together they save {gain}", name=scenario.name, gain=gain))
    return code
