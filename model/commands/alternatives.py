"""Alternatives: what of a plan is sure, and what could be done otherwise."""

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

Within = Annotated[str, typer.Option(help="How much dearer a plan may be, such as 0.5%.")]
Year = Annotated[int | None, typer.Option(help="Year that is asked about.", show_default="last")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help="Processes at once.", show_default="cores"),
]


@app.command()
def alternatives(  # noqa: PLR0913, PLR0917
    name: Name,
    within: Within = "0.5%",
    year: Year = None,
    threshold: Annotated[
        float, typer.Option(min=0, help="Capacity from which a family is there [MW].")
    ] = 1.0,
    results: Results = RESULTS,
    jobs: Jobs = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Say what of a plan is sure and what is a choice, among the plans that cost hardly more.

    The least and the most of each figure and of each partner's capacity by family, what doing
    without costs, and a few plans as different as can be. What was solved before is taken up. The
    last line is where alternatives.nc is.
    """
    from model.choices import Terms
    from model.choices import alternatives as alternatives_of
    from model.commands.progress import of_coalitions
    from model.scenario import load_scenario
    from model.views.facts.choices import share_of
    from model.views.terminal.choices import ranges, told
    from model.views.terminal.grid import print_grid
    from model.workers import cores

    scenario, share = load_scenario(name, scenarios_folder()), share_of(within)
    folder = results / scenario.name
    with of_coalitions() as progress:
        terms = Terms(share, year, jobs or cores(), progress)
        found = alternatives_of(scenario, folder, terms, threshold)
    for title, (head, *rows) in ranges(found, lang.value):
        print_grid((head, rows), left=1, title=title)
    for line in told(found, lang.value):
        typer.echo(line)
    path = (folder / "alternatives.nc").resolve()
    typer.echo(Words(lang.value)("Results: {path}", path=path))
