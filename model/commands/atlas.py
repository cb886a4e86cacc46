"""Atlas: who should cooperate with whom."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.alternatives import Jobs
from model.commands.app import RESULTS, SPOKEN, Lingua, Name, Results, app, scenarios_folder
from model.words.catalogue import Words


@app.command()
def atlas(
    name: Name,
    within: Annotated[float, typer.Option(min=1, help="Farthest partners of a pair [km].")] = 40.0,
    results: Results = RESULTS,
    jobs: Jobs = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Say who of the members of a scenario should cooperate with whom, and what each gains.

    For a whole area, write the scenario first: `new --epci Normandie`. Every member is planned
    alone, in pairs with those around it, with its best partners, and in the union of all. `new`
    then says whom to ask first. The last line is where the page is.
    """
    from model.atlas import FILE, Wanted
    from model.atlas import atlas as atlas_of
    from model.commands.progress import of_coalitions
    from model.scenario import load_scenario
    from model.views.publishing.atlas import write_atlas
    from model.views.terminal.atlas import sentences, table
    from model.views.terminal.grid import print_grid
    from model.workers import cores

    scenario = load_scenario(name, scenarios_folder())
    folder = results / scenario.name
    with of_coalitions() as told:
        found = atlas_of(scenario, folder, Wanted(within, jobs=jobs or cores(), told=told))
    title, grid = table(found, lang.value)
    print_grid(grid, left=1, title=title)
    for line in sentences(found, lang.value):
        typer.echo(line)
    words = Words(lang.value)
    page = write_atlas(found, scenario.inputs_folder, results)[lang.value]
    typer.echo(words("Results: {path}", path=(folder / FILE).resolve()))
    typer.echo(words("Report: {path}", path=page.resolve()))
