"""Rows of an official file into a folder of own inputs, in one file: delete it to undo it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd

from model.errors import Fault, InputError
from model.fields import TABLE
from model.files import write_text
from model.official.raw import Report, plain
from model.tables.folders import OVER
from model.tables.read import read_tables
from model.words.catalogue import say


def own_folder(folder: Path, below: Path) -> None:
    """Make a folder of own inputs over another one, unless it is one.

    Raises
    ------
    InputError
        If the folder is there and whole: rows of own files would not be read.
    """
    if (folder / OVER).is_file():
        return
    if folder.is_dir() and any(folder.glob("*.csv")):
        what = say("is a whole folder of inputs, not one of own rows")
        raise InputError(Fault(str(folder), what, say("name another one: --into my-inputs")))
    text = Path(os.path.relpath(below, folder)).as_posix()
    write_text(text + "\n", folder / OVER)


def own_file(folder: Path, report: Report) -> Path:
    """Where the rows of a file go: `consumption.conso-epci-2023.csv`."""
    stem = re.sub(r" +", "-", plain(Path(report.file).stem)) or "file"
    return folder / f"{report.table}.{stem}.csv"


def write_own(rows: pd.DataFrame, folder: Path, report: Report) -> Path:
    """Write rows over those below, with source, year and status; the file that holds them.

    Raises
    ------
    InputError
        If the folder could not be read with them; then nothing has changed.
    """
    table, path = TABLE[report.table], own_file(folder, report)
    told = ", ".join(part for part in (report.publisher, report.year, report.licence) if part)
    rows = rows.assign(source=f"{report.file} ({told})").reindex(columns=table.names)
    rows = rows.set_axis([column.header for column in table.columns], axis=1)
    before = path.read_bytes() if path.exists() else None
    write_text(rows.to_csv(index=False, lineterminator="\n", float_format="%.10g"), path)
    try:
        read_tables(folder)
    except InputError:
        path.unlink() if before is None else path.write_bytes(before)
        raise
    return path
