"""Epci: a list of EPCI to choose partners from."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.app import INPUTS, SPOKEN, Lingua, app
from model.words.catalogue import Words


@app.command()
def epci(
    wanted: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WANTED",
            help="A SIREN, a name, a commune, a perimeter, a département or a region.",
        ),
    ] = None,
    lang: Lingua = SPOKEN,
) -> None:
    """List EPCI to choose partners from: one and those around it, or all of an area.

    Without anything wanted: the perimeters that are known by name.
    """
    from model.tables.read import read_tables
    from model.views.terminal.epci import perimeters, territories
    from model.views.terminal.grid import print_grid

    tables = read_tables(INPUTS)
    if wanted:
        print_grid(territories(tables, wanted, lang.value), left=4)
    else:
        print_grid(perimeters(tables, lang.value), left=1)
    typer.echo(Words(lang.value)("Next: {command}", command="python run.py new --epci …"))
