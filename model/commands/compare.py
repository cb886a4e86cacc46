"""Compare: scenarios side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from model.commands.app import RESULTS, SPOKEN, Lingua, Results, Solved, app
from model.commands.damage import tell_damage
from model.words.catalogue import Words


@app.command()
def compare(
    names: Solved = None,
    results: Results = RESULTS,
    year: Annotated[
        int | None, typer.Option(help="Year of the outputs.", show_default="last")
    ] = None,
    epci: Annotated[str, typer.Option(help="SIREN of one EPCI.", show_default="all")] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Also write everything to this file.")
    ] = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Show what differs between scenarios beside what comes out.

    Nothing is solved. What a scenario lacks (an EPCI, a year, a solution) is shown as absent.
    """
    from model.outcome.compare import compare as compare_scenarios
    from model.views.publishing.csv import write_csv
    from model.views.terminal.comparison import differences, figures, last_year, tidy
    from model.views.terminal.grid import print_grid

    words = Words(lang.value)
    tell_damage(names, results, lang.value)
    found = compare_scenarios(*(names or ()), results=results)
    if len(found.inputs):
        typer.echo(words("What differs in the inputs:"))
        print_grid(differences(found, lang.value), left=3)
    else:
        typer.echo(words("The inputs are the same."))
    shown = year or last_year(found)
    typer.echo(words("What comes out, in {year}:", year=shown or "–"))
    print_grid(figures(found, epci, shown, lang.value), left=2)
    if csv is not None:
        write_csv(tidy(found), csv, lang.value)
        typer.echo(words("Written: {path}", path=csv))
