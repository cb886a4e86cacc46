"""Cooperate: who gains by cooperating, and who owes whom."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.app import (
    RESULTS,
    SPOKEN,
    Lingua,
    Name,
    Results,
    app,
    scenarios_folder,
)
from model.words.catalogue import Words


@app.command()
def cooperate(
    name: Name,
    results: Results = RESULTS,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes at once.")] = 1,
    group: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=SIREN,SIREN", help="EPCI that negotiate as one; repeatable."),
    ] = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Say who gains by cooperating, and who owes whom.

    Every coalition is solved, unless there are too many; what was solved before is taken up. The
    last line is where cooperation.nc is.
    """
    from model.commands.progress import of_coalitions
    from model.scenario import load_scenario
    from model.settlement import cooperate as cooperate_on
    from model.views.terminal.gains import groups_of, tables, told
    from model.views.terminal.grid import print_grid

    scenario, groups = load_scenario(name, scenarios_folder()), groups_of(group or [])
    folder = results / scenario.name
    with of_coalitions() as progress:
        sheet = cooperate_on(scenario, folder, progress, jobs=jobs, groups=groups)
    for title, (head, *rows) in tables(sheet, lang.value):
        print_grid((head, rows), left=1, title=title)
    for line in told(sheet, lang.value):
        typer.echo(line)
    path = (folder / "cooperation.nc").resolve()
    typer.echo(Words(lang.value)("Results: {path}", path=path))
