"""Status: which scenarios are done, stale, missing or failed."""

from __future__ import annotations

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
def status(names: Names = None, results: Results = RESULTS, lang: Lingua = SPOKEN) -> None:
    """Show which scenarios are done, stale, missing or failed; none named: those of scenarios/.

    Stale: the scenario, the inputs or the model have changed since. Nothing is solved.
    """
    from model.scenario import load_scenarios, sound_scenarios
    from model.views.terminal.grid import print_grid
    from model.views.terminal.status import pages
    from model.views.terminal.status import status as status_of

    words, folder = Words(lang.value), scenarios_folder()
    asked = (load_scenarios(names, folder), {}) if names else sound_scenarios(folder)
    print_grid(status_of(*asked, results, lang.value), left=3)
    typer.echo(words("Results: {path}", path=results.resolve()))
    for page in pages(results):
        typer.echo(words("Report: {path}", path=page.resolve()))
