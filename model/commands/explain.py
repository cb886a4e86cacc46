"""Explain: each value of a scenario, and where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.app import SPOKEN, Lingua, Name, app, scenarios_folder


@app.command()
def explain(
    name: Name,
    key: Annotated[str | None, typer.Argument(help="Only this key, such as `horizon`.")] = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Show a scenario's values and their origin.

    Each resolved value stands with the file and the line it came from.
    """
    from model.scenario import explain as explain_scenario
    from model.scenario import load_scenario

    typer.echo(explain_scenario(load_scenario(name, scenarios_folder()), key, lang.value))
