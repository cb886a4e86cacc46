"""Tradeoffs: what more local production, less land or a larger least gain … cost."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.alternatives import Jobs, Year
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
def tradeoffs(  # noqa: PLR0913, PLR0917
    name: Name,
    of: Annotated[
        str, typer.Option("--of", help="Cost against local, emissions, land, imports, poorest.")
    ] = "cost,local,emissions,land,imports",
    points: Annotated[int, typer.Option(min=2, max=50, help="Plans of each curve.")] = 8,
    within: Annotated[
        str, typer.Option(help="How much dearer the last plan may be, such as 1%.")
    ] = "1%",
    year: Year = None,
    results: Results = RESULTS,
    jobs: Jobs = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Say what it costs to have more, or less, than the plan has.

    For each of local production, emissions, land taken, imports and the gain of the partner who
    gains least without payments: plans from that of the scenario to the farthest that the budget
    allows, each the cheapest of its kind. The last line is where tradeoffs.nc is.
    """
    from model.choices import Terms, fronts_of
    from model.choices import tradeoffs as tradeoffs_of
    from model.commands.progress import of_coalitions
    from model.scenario import load_scenario
    from model.views.facts.choices import share_of
    from model.views.terminal.choices import fronts, slopes
    from model.views.terminal.grid import print_grid
    from model.workers import cores

    asked, share = fronts_of(of), share_of(within)
    scenario = load_scenario(name, scenarios_folder())
    folder = results / scenario.name
    with of_coalitions() as progress:
        terms = Terms(share, year, jobs or cores(), progress)
        found = tradeoffs_of(scenario, folder, asked, terms, points)
    for title, (head, *rows) in fronts(found, lang.value):
        print_grid((head, rows), left=0, title=title)
    for line in slopes(found, lang.value):
        typer.echo(line)
    path = (folder / "tradeoffs.nc").resolve()
    typer.echo(Words(lang.value)("Results: {path}", path=path))
