"""Import: official files into a folder of own inputs, after showing what would change."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from model.commands.app import INPUTS, ROOT, SPOKEN, Lingua, app, scenarios_folder
from model.words.catalogue import Words

if TYPE_CHECKING:
    from pandas import DataFrame

    from model.official.raw import Report
    from model.tables.read import Tables

MINE = ROOT / "my-inputs"


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Official files, as CSV.")],
    into: Annotated[
        Path, typer.Option(help="Folder of own inputs.", show_default="my-inputs")
    ] = MINE,
    scenario: Annotated[
        str, typer.Option("--for", metavar="NAME", help="Only the EPCI of this scenario.")
    ] = "",
    year: Annotated[
        int | None, typer.Option(help="Year to take, where a file does not say or has several.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write; without it nothing is.")] = False,
    lang: Lingua = SPOKEN,
) -> None:
    """Bring official files: recognised by their columns, shown beside what they replace.

    Each file becomes one table of the folder, which holds only the rows that differ; delete it to
    undo it. A scenario stands on the folder by `inputs:`.
    """
    from model.official.write import own_file, own_folder, write_own
    from model.views.terminal.grid import print_grid
    from model.views.terminal.import_table import import_notes, import_table

    words, written = Words(lang.value), []
    below, stand = _tables(into)
    names = stand["epci"].set_index("epci")["name"]
    for file in files:
        kind, rows, report = _read(file, stand, _wanted(scenario, stand), year)
        found = _changes(stand, rows, report)
        for line in import_notes(report, kind, found, lang.value):
            typer.echo(line)
        if found.empty:
            typer.echo(words("Nothing would change."))
            continue
        print_grid(import_table(found, names, report, lang.value), left=1)
        if yes:
            own_folder(into, INPUTS)
            written.append(write_own(_changes(below, rows, report), into, report))
        else:
            path = own_file(into, report)
            typer.echo(words("Nothing is written: --yes writes {path}.", path=path))
    for path in written:
        typer.echo(words("Written: {path}; delete it to undo it.", path=path))
    if written:
        line = f"inputs: {Path(os.path.relpath(into, scenarios_folder())).as_posix()}"
        typer.echo(words("To stand on it, write in a scenario: {line}", line=line))


def _tables(into: Path) -> tuple[Tables, Tables]:
    """What stands below the own folder, and what stands now: the same if there is none yet."""
    from model.tables.folders import folders
    from model.tables.read import read_tables

    there = into.is_dir() and any(into.iterdir())
    below, *own = folders(into) if there else (INPUTS,)
    return read_tables(below), read_tables(own[-1] if own else below)


def _wanted(scenario: str, tables: Tables) -> set[str]:
    """The EPCI of a scenario; without one, all."""
    from model.data.frame import Frame
    from model.scenario import load_scenario

    if not scenario:
        return set(tables["epci"]["epci"])
    return set(Frame(load_scenario(scenario, scenarios_folder()), tables).members)


def _read(
    file: Path, tables: Tables, wanted: set[str], year: int | None
) -> tuple[str, DataFrame, Report]:
    """The kind of a file, its whole rows for the EPCI that are wanted, and the report."""
    from model.official.recognise import recognise

    kind = recognise(file)
    rows, report = kind.read(file, tables["epci"], year)
    if "year" not in rows:
        rows = rows.assign(year=float(report.year) if report.year else float("nan"))
    rows = rows[rows["epci"].isin(wanted) & (rows["masked"] == 0)].reset_index(drop=True)
    return kind.name, rows, report


def _changes(tables: Tables, rows: DataFrame, report: Report) -> DataFrame:
    """The rows that say something else than the tables, beside what these say."""
    from model.data.evidence.beside import beside, changed, filled

    found = beside(tables, report.table, filled(tables, report.table, rows))
    return found[changed(found, report.table)]
