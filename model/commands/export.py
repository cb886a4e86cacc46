"""Export: results as files for spreadsheets and databases."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from model.commands.app import INPUTS, RESULTS, SPOKEN, Lingua, Results, Solved, app
from model.commands.damage import tell_damage
from model.words.catalogue import Words, told


class Form(StrEnum):
    """A form of the exported files."""

    csv = "csv"
    csv_fr = "csv-fr"
    xlsx = "xlsx"
    pptx = "pptx"
    geojson = "geojson"
    iamc = "iamc"
    pcaet = "pcaet"
    bilan = "bilan"
    draws = "draws"
    plans = "plans"
    figures = "figures"


@app.command()
def export(
    names: Solved = None,
    form: Annotated[Form, typer.Option("--format", help="Form of the files.")] = Form.csv,
    to: Annotated[
        Path | None, typer.Option(help="Folder to write to.", show_default="RESULTS/export")
    ] = None,
    results: Results = RESULTS,
    lang: Lingua = SPOKEN,
) -> None:
    """Write results as files for spreadsheets and databases.

    csv: a file for each variable; csv-fr: the same for a French spreadsheet; xlsx: a workbook, a
    sheet for each question that a planner asks; pptx: eight slides for elected officials, of each
    scenario that is named; geojson: layers of a map, outlines and exchanges; iamc: a table of
    regions, variables and years; pcaet: the regulatory form; bilan: flows and stocks of each EPCI;
    draws: what `ensemble` found, draw by draw, and what each result hangs on; plans: what
    `alternatives` and `tradeoffs` found; figures: the drawings of the report, as SVG, and as PNG if
    the package resvg-py is installed. Words are those of --lang.
    """
    from model.views.publishing.export import Order
    from model.views.publishing.export import export as export_results

    folder = to or results / "export"
    order = Order(form.value, results, INPUTS, folder, lang.value)
    words = Words(lang.value)
    for found in export_results(names or (), order):
        written = isinstance(found, Path)
        typer.echo(words("Written: {path}", path=found) if written else told(found, lang.value))
    tell_damage(names, results, lang.value)
