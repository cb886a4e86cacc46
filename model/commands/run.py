"""Run: the named scenarios, or all of them; the command where none is named."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from model.commands.app import (
    EPILOG,
    RESULTS,
    SPOKEN,
    Lingua,
    Names,
    Results,
    app,
    scenarios_folder,
)
from model.commands.report import publish
from model.commands.unusual import tell_unusual
from model.words.catalogue import Words


class Engine(StrEnum):
    """Who expands the text of the model: our compiler, or Pyomo."""

    template = "template"
    pyomo = "pyomo"


@app.command(epilog=EPILOG)
def run(  # noqa: PLR0913, PLR0917
    names: Names = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes at once.", show_default="cores"),
    ] = None,
    results: Results = RESULTS,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on this Dask scheduler instead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Also run what is done already.")] = False,
    lang: Lingua = SPOKEN,
    engine: Annotated[
        Engine | None,
        typer.Option(help="Who expands the model.", show_default="that of the scenario"),
    ] = None,
) -> None:
    """Run the named scenarios, all of a case, or all of scenarios/.

    A case is a folder inside scenarios/: `run.py brest` runs its scenarios. What is done already,
    from the same inputs, is skipped. The last line is where the report is.
    """
    from model.batch import Record, exit_code, gains, run_batch, solved
    from model.commands.progress import of_batch
    from model.errors import InputError
    from model.scenario import beside, load_scenarios, override, sound_scenarios
    from model.views.terminal.doubt import gain_ends
    from model.views.terminal.ended import messages, table
    from model.views.terminal.grid import print_grid

    words = Words(lang.value)
    refused: dict[str, InputError] = {}
    if names:
        scenarios = load_scenarios(names, scenarios_folder())
        every = beside(scenarios)
    else:
        every, refused = sound_scenarios(scenarios_folder())
        scenarios = every
    if engine is not None:
        scenarios = [override(s, {"solver.engine": engine.value}) for s in scenarios]
    tell_unusual(scenarios, words)
    with of_batch(len(scenarios), words) as progress:
        records = run_batch(scenarios, results, jobs, scheduler, force, progress)
    records += [
        Record(name, "refused", message=e.told("en"), message_fr=e.told("fr"))
        for name, e in refused.items()
    ]
    for line in messages(records, lang.value):
        typer.echo(line, err=True)
    up_to_date = solved({s.name: s for s in (*every, *scenarios)}.values(), results)
    ends = gain_ends({s.scenario.name: s.objective for s in up_to_date}, results)
    print_grid(table(records, gains(up_to_date), lang.value, ends), left=2)
    typer.echo(words("Results: {path}", path=results.resolve()))
    publish([found.scenario for found in up_to_date], results, lang)
    raise typer.Exit(exit_code(records))
