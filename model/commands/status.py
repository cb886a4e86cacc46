"""Status: which scenarios are done, stale, missing or failed."""

from __future__ import annotations

import typer

from model.commands.app import RESULTS, Language, Lingua, Results, app, scenarios_folder
from model.words.catalogue import Words


@app.command()
def status(results: Results = RESULTS, lang: Lingua = Language.en) -> None:
    """Show which scenarios are done, stale, missing or failed.

    Stale: the scenario, the inputs or the model have changed since. Nothing is solved.
    """
    from model.scenario import sound_scenarios
    from model.views.terminal.grid import print_grid
    from model.views.terminal.status import pages
    from model.views.terminal.status import status as status_of

    words = Words(lang.value)
    print_grid(status_of(*sound_scenarios(scenarios_folder()), results, lang.value), left=3)
    typer.echo(words("Results: {path}", path=results.resolve()))
    for page in pages(results):
        typer.echo(words("Report: {path}", path=page.resolve()))
