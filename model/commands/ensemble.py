"""Ensemble: how sure an answer is, over many draws of what is not sure."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.app import (
    RESULTS,
    SPOKEN,
    Lingua,
    Names,
    Results,
    app,
    scenarios_folder,
)
from model.words.catalogue import Words


@app.command()
def ensemble(  # noqa: PLR0913, PLR0917
    names: Names = None,
    draws: Annotated[
        int, typer.Option(min=8, max=65536, help="Beside the scenario as the tables say.")
    ] = 200,
    until: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=100,
            help="Stop sooner, once the ends of 4 cases of 5 are known to this part of the "
            "interval [%].",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes at once.", show_default="cores"),
    ] = None,
    results: Results = RESULTS,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on this Dask scheduler instead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Also solve what is known.")] = False,
    lang: Lingua = SPOKEN,
) -> None:
    """Say how sure an answer is, and what it hangs on.

    Prices, costs, potentials, paces … are drawn from `uncertainty.csv` and `uncertainty:` of the
    scenario, the same draws for every scenario and its twin without cooperation. What is solved is
    kept: a run that was stopped goes on, more draws are added to those there are. Several scenarios
    are compared with the first. The last line is where ensemble.nc is.
    """
    from model.batch.ensemble import run_ensemble
    from model.commands.progress import of_coalitions
    from model.doubt.ensemble import FILE
    from model.outcome.plain import Result
    from model.scenario import load_scenarios
    from model.views.terminal.doubt import compared, sentences, tables, where
    from model.views.terminal.grid import print_grid

    words = Words(lang.value)
    scenarios = load_scenarios(names or None, scenarios_folder())
    with of_coalitions() as told:
        found = run_ensemble(
            scenarios,
            results,
            draws,
            until=None if until is None else until / 100,
            jobs=jobs,
            scheduler=scheduler,
            force=force,
            told=told,
        )
    plain = {name: Result.of(dataset) for name, dataset in found.items()}
    for name, result in plain.items():
        for title, grid in tables(result, lang.value):
            print_grid(grid, left=1, title=f"{name} — {title}")
        for line in sentences(result, lang.value):
            typer.echo(line)
    for title, grid in compared(plain, lang.value):
        print_grid(grid, left=2, title=title)
    for line in where(plain, lang.value):
        typer.echo(line)
    for name in plain:
        path = (results / name / FILE).resolve()
        typer.echo(words("Results: {path}", path=path))
