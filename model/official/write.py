"""Rows of an official file into an inputs folder: appended, or put in place of the same keys."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.fields import TABLE, Table
from model.official.raw import Report
from model.tables.sheet import decimal_comma, read_sheet
from model.words.catalogue import say


def write_consumption(
    rows: pd.DataFrame, folder: Path, report: Report, *, most_masked: float = 0.0
) -> int:
    """Write rows into `consumption.csv`, and their source into `sources.csv` if any; count them.

    Rows masked beyond `most_masked` [1] are not written: the estimate stands for them. Each file
    is replaced in one step, and the lines not concerned are kept as they are.

    Raises
    ------
    InputError
        If the folder or the present file cannot be read.
    """
    return _write("consumption", rows, folder, report, most_masked)


def write_production(
    rows: pd.DataFrame, folder: Path, report: Report, *, most_masked: float = 0.0
) -> int:
    """Write rows into `production.csv`, as `write_consumption` does."""
    return _write("production", rows, folder, report, most_masked)


def _write(name: str, rows: pd.DataFrame, folder: Path, report: Report, most_masked: float) -> int:
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(Fault(str(folder), say("no such folder")))
    table = TABLE[name]
    kept = rows[(rows["masked"] <= most_masked) & rows[name].notna()]
    source = {
        "source": report.file,
        "title": report.file,
        "publisher": report.publisher,
        "published": report.year or "not dated",
        "licence": report.licence,
        "note": f"{report.masked:.1%} of the rows masked",
    }
    if (folder / "sources.csv").exists():
        _merge(TABLE["sources"], pd.DataFrame([source]), folder)
    dated = kept.assign(year=float(report.year) if report.year else np.nan)
    _merge(table, dated[list(table.names)], folder)
    return len(kept)


def _merge(table: Table, rows: pd.DataFrame, folder: Path) -> None:
    """Put rows into the file of a table, over those with the same keys."""
    path = folder / f"{table.name}.csv"
    new = rows.set_axis([table.column(name).header for name in rows.columns], axis=1)
    separator, comma, present = ",", False, pd.DataFrame(columns=new.columns, dtype=str)
    if path.exists():
        sheet = read_sheet(path)
        known = set(sheet.header)
        absent = [k for k in map(table.column, table.keys) if k.header not in known]
        missing = [column.name for column in absent if column.required]
        if faults := [
            *sheet.ragged,
            *(Fault(sheet.file, say("no column `{key}`", key=key)) for key in missing),
        ]:
            raise InputError(faults)
        present = pd.DataFrame(dict(zip(sheet.header, sheet.columns, strict=True)), dtype=str)
        present = present.assign(**{column.header: "" for column in absent})
        units = [column.header for column in table.columns if column.kind == "number"]
        separator = sheet.separator
        comma = decimal_comma(separator, [list(present[unit]) for unit in units if unit in present])
    text = new.map(lambda cell: _cell(cell, comma=comma))
    keys = [table.column(key).header for key in table.keys]
    merged = pd.concat([present, text]).drop_duplicates(keys, keep="last").fillna("")
    _replace(path, merged, separator)


def _cell(cell: str | float, *, comma: bool) -> str:
    if isinstance(cell, str):
        return cell
    if np.isnan(cell):
        return ""
    return f"{cell:.10g}".replace(".", "," if comma else ".")


def _replace(path: Path, frame: pd.DataFrame, separator: str) -> None:
    """Write a file beside, then put it in place in one step."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(frame.to_numpy().tolist())
    beside = path.with_suffix(".csv.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
