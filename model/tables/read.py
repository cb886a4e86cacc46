"""The tables of an inputs folder: read, typed and checked against the registry, all at once.

Every fault of every file is reported together, with its file, its line and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.errors import Fault, InputError
from model.fields import TABLE, TABLES, Column, Table
from model.fields.ranges import meant_by
from model.scenario.kinds import is_siren
from model.tables.check import check_keys, check_tables, nearest, strange_cells, tell
from model.tables.folders import folders
from model.tables.header import match_header
from model.tables.own import joined, over, parts, uncited
from model.tables.ranges import impossible
from model.tables.sheet import Wrong, decimal_comma, numbers, read_sheet
from model.words.catalogue import say

SHOWN = 50
"""Most faults told at once."""

Cells = Sequence[str]
Values = NDArray[np.float64] | list[str]

_YEARS = (1900, 2200)


@dataclass(frozen=True, eq=False)
class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a folder, by name; every table of the registry is there, empty if absent.

    A frame has the columns of the registry, under their names without unit and in their units:
    float for numbers and years (a blank year is NaN), text for the rest; then `line`, the line in
    the file. `frame.attrs["file"]` is the file, and `own.at_line` tells those
    of a table of several. Tables are equal only to themselves.
    """

    __hash__, __eq__ = object.__hash__, object.__eq__

    folder: Path
    frames: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)


def read_tables(folder: Path) -> Tables:
    """Read and check every table of an inputs folder.

    They are read again only when one of the files has changed: nobody writes into a frame.

    Raises
    ------
    InputError
        With every fault found: file, line, what is wrong, how to mend it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(
            Fault(str(folder), say("no such folder"), say("give the folder of the tables"))
        )
    below = folders(folder)
    state = ((path, path.stat()) for place in below for path in sorted(place.glob("*.csv")))
    return _read_once(below, tuple((path, s.st_mtime_ns, s.st_size) for path, s in state))


@lru_cache(maxsize=8)
def _read_once(below: tuple[Path, ...], state: tuple[tuple[Path, int, int], ...]) -> Tables:
    bottom, *own = below
    frames: dict[str, pd.DataFrame] = {}
    faults = list(_unknown_files(bottom, split=False))
    for table in TABLES:
        frames[table.name], found = _read_table(table, bottom / f"{table.name}.csv")
        faults += found
    for folder in own:
        faults += _unknown_files(folder, split=True)
        for table in TABLES:
            frames[table.name], found = _read_own(table, frames[table.name], folder)
            faults += found
    for table in TABLES if own else ():
        if "source" in table.names and table.name != "sources":
            new = uncited(frames["sources"], frames[table.name])
            frames["sources"] = joined([frames["sources"], new]) if len(new) else frames["sources"]
    faults += check_tables(frames) + impossible(frames)
    if faults:
        raise InputError(_first(faults, below[-1]))
    return Tables(below[-1], frames)


def _read_own(table: Table, below: pd.DataFrame, folder: Path) -> tuple[pd.DataFrame, list[Fault]]:
    """A table with the rows of an own folder over it."""
    read = [_read_table(table, path) for path in parts(folder, table.name)]
    frames, faults = [frame for frame, _ in read], [fault for _, found in read for fault in found]
    if not frames or faults:
        return below, faults
    if twice := check_keys(table, joined(frames)):
        return below, twice
    merged = over(table, below, frames)
    return merged, check_keys(table, merged)


def _unknown_files(folder: Path, *, split: bool) -> Iterator[Fault]:
    """Files that are no table; `split`: a table may have several, as `consumption.pcaet.csv`."""
    for path in sorted(folder.iterdir()):
        name = path.name.partition(".")[0] if split else path.stem
        known = path.suffix == ".csv" and name in TABLE
        if path.suffix.lower() == ".csv" and not known and not path.name.startswith("."):
            mend = nearest(path.stem.lower(), TABLE) or say("remove it, or move it elsewhere")
            yield Fault(str(path), say("is not a table of the registry"), mend)


def _first(faults: list[Fault], folder: Path) -> list[Fault]:
    if len(faults) <= SHOWN:
        return faults
    return [
        *faults[:SHOWN],
        Fault(str(folder), say("{count} more faults not shown", count=len(faults) - SHOWN)),
    ]


def _read_table(table: Table, path: Path) -> tuple[pd.DataFrame, list[Fault]]:
    if not path.exists():
        absent = Fault(
            str(path), say("is missing"), say("this table is required: {doc}", doc=say(table.doc))
        )
        return _empty(table, path), [absent] if table.required else []
    try:
        sheet = read_sheet(path)
    except InputError as error:
        return _empty(table, path), error.faults
    found, faults = match_header(table, sheet)
    if faults:
        return _empty(table, path), faults
    faults = list(sheet.ragged)
    if table.required and not len(sheet.lines) and not faults:
        faults.append(
            Fault(
                sheet.file,
                say("has no row"),
                say("this table is required: {doc}", doc=say(table.doc)),
            )
        )
    cells = dict(zip((column.name for column in found), sheet.columns, strict=True))
    comma = decimal_comma(sheet.separator, (cells[c.name] for c in found if c.kind == "number"))
    data: dict[str, Any] = {}
    for column in dict.fromkeys((*table.columns, *found)):
        values, wrong = _convert(column, cells.get(column.name), len(sheet.lines), comma=comma)
        faults += tell(sheet.file, column.header, wrong, sheet.lines)
        data[column.name] = _typed(column, values)
    frame = _frame(data, sheet.lines, path)
    return frame, [*faults, *check_keys(table, frame)]


# --- cells -----------------------------------------------------------------------------------


def _convert(
    column: Column, cells: Cells | None, size: int, *, comma: bool
) -> tuple[Values, Wrong]:
    """Read the cells of a column, None where the file has no such column."""
    values: Values
    if column.kind in ("number", "year"):
        values, wrong = numbers(cells or [""] * size, comma=comma)
        _check_bounds(column, values, wrong)
        if isinstance(column.default, float):
            values[np.isnan(values)] = column.default
    else:
        values, wrong = _words(column, cells or [""] * size)
    if column.required and cells and "" in cells:
        blank = (say("is blank"), say("give it: {doc}", doc=say(column.doc)))
        wrong.update((row, blank) for row, cell in enumerate(cells) if not cell)
    return values, wrong


def _check_bounds(column: Column, values: NDArray[np.float64], wrong: Wrong) -> None:
    """Add to `wrong` the numbers out of bounds, and the years that are not years."""
    year = column.kind == "year"
    lower, upper = _YEARS if year else (column.lower, column.upper)
    out = (values < lower) | (values > upper)
    if year:
        out |= values % 1 > 0
    for row in np.flatnonzero(out):
        reason = (
            say("is not a year")
            if year
            else say("is not between {lower:g} and {upper:g}", lower=lower, upper=upper)
        )
        value = float(values[row])
        mend = "" if year else meant_by(_meant(column, value))
        told = say("{value:g} {reason}", value=value, reason=reason)
        meaning = say("{doc} [{unit}]", doc=say(column.doc), unit=column.unit or "1")
        wrong[int(row)] = (told, mend or meaning)


def _meant(column: Column, value: float) -> float | None:
    """The number that one out of bounds stands for; a share may have been given in percent."""
    if column.range is not None:
        return column.range.meant(value)
    percent = column.upper == 1 and value <= 100
    return value / 100 if percent else None


def _words(column: Column, cells: Cells) -> tuple[list[str], Wrong]:
    """Read a column of text, code or choice; blanks take the default."""
    wrong: Wrong = {}
    seen = set(cells) - {""}
    if column.kind == "choice" and (strange := seen.difference(column.choices)):
        wrong = strange_cells(cells, strange, say("is not a choice"), column.choices)
    if column.kind == "code" and (strange := {code for code in seen if not is_siren(code)}):
        wrong = strange_cells(
            cells, strange, say("is not a SIREN (nine digits with their check digit)")
        )
    default = str(column.default or "")
    return [cell or default for cell in cells] if "" in cells else list(cells), wrong


# --- frames ----------------------------------------------------------------------------------


def _typed(column: Column, values: Values) -> Any:
    number = column.kind in ("number", "year")
    return np.asarray(values, dtype=float) if number else pd.array(values, dtype="str")


def _frame(data: dict[str, Any], lines: NDArray[np.int64], path: Path) -> pd.DataFrame:
    frame = pd.DataFrame({**data, "line": lines}, copy=False)
    frame.attrs["file"] = str(path)
    return frame


def _empty(table: Table, path: Path) -> pd.DataFrame:
    data = {column.name: _typed(column, []) for column in table.columns}
    return _frame(data, np.array([], dtype=np.int64), path)
