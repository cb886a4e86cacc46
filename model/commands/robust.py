"""Robust: what to build first, whatever comes."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.alternatives import Jobs
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
def robust(  # noqa: PLR0913, PLR0917
    name: Name,
    draws: Annotated[
        int, typer.Option(min=2, max=1000, help="Cases, each of which stands for some draws.")
    ] = 12,
    of: Annotated[int, typer.Option("--of", min=8, max=65536, help="Draws of `ensemble`.")] = 64,
    first: Annotated[
        int | None,
        typer.Option(
            help="What is built in periods that end by this year is decided first.",
            show_default="first milestone",
        ),
    ] = None,
    results: Results = RESULTS,
    jobs: Jobs = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Solve the draws on this Dask scheduler instead."),
    ] = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Say what to build first, so that it is good whatever comes.

    Of the draws of `ensemble`, a few stand for all. One first step is found for all of these cases;
    what follows is decided once it is known which one comes. It is compared with the first step of
    the plan of the mean. The last line is where robust.nc is.
    """
    from model.batch.ensemble import run_ensemble
    from model.commands.progress import of_coalitions
    from model.robust import FILE, Wanted
    from model.robust import robust as robust_of
    from model.scenario import load_scenario
    from model.views.terminal.first_step import table, told
    from model.views.terminal.grid import print_grid
    from model.workers import cores

    scenario = load_scenario(name, scenarios_folder())
    with of_coalitions() as progress:
        drawn = run_ensemble(
            [scenario], results, of, jobs=jobs, scheduler=scheduler, told=progress
        )[scenario.name]
    folder = results / scenario.name
    found = robust_of(scenario, drawn, folder, Wanted(draws, first, jobs=jobs or cores()))
    title, grid = table(found, lang.value)
    print_grid(grid, left=1, title=title)
    for line in told(found, lang.value):
        typer.echo(line)
    typer.echo(Words(lang.value)("Results: {path}", path=(folder / FILE).resolve()))
