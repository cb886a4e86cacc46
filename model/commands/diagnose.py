"""Diagnose: why a scenario cannot be met, and by how much."""

from __future__ import annotations

import typer

from model.commands.app import SPOKEN, Lingua, Name, app, scenarios_folder


@app.command()
def diagnose(name: Name, lang: Lingua = SPOKEN) -> None:
    """Say why a scenario cannot be met, and by how much.

    What is missing to each target at least, and what stands in the way.
    """
    from model.scenario import load_scenario
    from model.views.terminal.diagnosis import diagnose as diagnose_scenario

    for line in diagnose_scenario(load_scenario(name, scenarios_folder()), lang.value):
        typer.echo(line)
