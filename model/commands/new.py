"""New: a commented scenario for any EPCI and its neighbours."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.app import INPUTS, Language, Lingua, app, scenarios_folder
from model.words.catalogue import Words


@app.command()
def new(
    epci: Annotated[str, typer.Option("--epci", help="SIREN of an EPCI, or its name.")],
    ring: Annotated[
        int, typer.Option(min=0, max=3, help="Borders to cross: 0 alone, 1 neighbours.")
    ] = 1,
    name: Annotated[
        str, typer.Option(help="Name of the scenario.", show_default="from the EPCI")
    ] = "",
    lang: Lingua = Language.en,
) -> None:
    """Write a scenario for any EPCI and its neighbours.

    It runs as it is; comments say what to change and what is estimated. Nothing is overwritten.
    """
    from model.views.publishing.new_scenario import Wish, new_scenario
    from model.views.terminal.ground import site_remarks

    words = Words(lang.value)
    written = new_scenario(Wish(epci, ring, name, lang.value), scenarios_folder(), INPUTS)
    for path in written:
        typer.echo(words("Written: {path}", path=path))
    for line in site_remarks(next(iter(written.values())), lang.value):
        typer.echo(line)
    names = [path.stem for path in written]
    for line in (f"run.py check {names[0]}", f"run.py {' '.join(names)}"):
        typer.echo(words("Next: {command}", command=f"python {line}"))
