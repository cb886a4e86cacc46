"""The header of a table: each cell names a column of the registry, with its unit."""

from __future__ import annotations

import difflib
import re

from model.errors import Fault
from model.fields import Column, Table
from model.tables.sheet import Sheet
from model.words.catalogue import mark, say

_HEADER = re.compile(r"(?P<name>.*?)\s*(?:\[(?P<unit>.*)\])?")


def match_header(table: Table, sheet: Sheet) -> tuple[list[Column], list[Fault]]:
    """Find the column of each header cell; a fault for each wrong, missing or repeated one."""
    found: list[Column] = []
    faults: list[Fault] = []
    for cell in sheet.header:
        column, mend = _match(table, cell)
        if column is None:
            faults.append(
                Fault(sheet.file, say("column `{cell}` is not known", cell=cell), mend, 1)
            )
        elif column in found:
            faults.append(
                Fault(
                    sheet.file, say("column `{cell}` stands twice", cell=cell), say("keep one"), 1
                )
            )
        else:
            if cell != column.header:
                faults.append(_wrong_unit(sheet.file, cell, column))
            found.append(column)
    missing = [c for c in table.columns if (c.required or c.stated) and c not in found]
    return found, [
        *faults,
        *(
            Fault(sheet.file, say("column `{header}` is missing", header=c.header), say(c.doc), 1)
            for c in missing
        ),
    ]


def _match(table: Table, cell: str) -> tuple[Column | None, str]:
    """Give the column that a header cell names, or else what may have been meant."""
    match = _HEADER.fullmatch(cell)
    name = match["name"] if match else cell
    if name in table.names:
        return table.column(name), ""
    if table.extra_columns and re.fullmatch(r"[a-z][a-z0-9-]*", name) and name != "line":
        unit = "1" if cell != name else ""
        return Column(name, mark("One of the profiles"), unit), ""
    close = difflib.get_close_matches(cell, [c.header for c in table.columns], n=1)
    close = close or difflib.get_close_matches(name, table.names, n=1)
    return None, say("did you mean `{close}`?", close=close[0]) if close else say("remove it")


def _wrong_unit(file: str, cell: str, column: Column) -> Fault:
    match = _HEADER.fullmatch(cell)
    unit = (match["unit"] if match else None) or "none"
    what = say(
        "unit of `{column}` is [{unit}], expected [{expected}]",
        column=column.name,
        unit=unit,
        expected=column.unit or "none",
    )
    if unit == column.unit:
        what = say("header is `{cell}`, expected `{header}`", cell=cell, header=column.header)
    return Fault(
        file, what, say("convert the values and write `{header}`", header=column.header), 1
    )
