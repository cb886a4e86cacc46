"""Checks between the rows of a table, and between tables."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.errors import Fault
from model.fields import CONSTANTS, OPTIONAL_CONSTANTS, TABLE, TABLES, Column, Table
from model.fields.kinds import YEAR
from model.fields.ranges import Range, constant_range, meant_by
from model.tables.own import at_line
from model.tables.sheet import Wrong
from model.words.catalogue import say

GROWTH = "1/yr"
"""Unit of a constant that may be negative."""

Row = tuple[Any, ...]
"""The keys of a row: texts, numbers, or None where a number is blank."""

SHOWN_ALIKE = 5
"""Most faults told of one column of one file."""


def check_tables(frames: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Find labels that lead nowhere, pairs of EPCI given twice, constants that are not known."""
    labels = {t.name: set(frames[t.name][t.label_of].tolist()) for t in TABLES if t.label_of}
    profiles = set(frames["calendar"].columns) - set(TABLE["calendar"].names) - {"line"}
    labels["calendar"] = profiles
    return [
        *(fault for table in TABLES for fault in _check_labels(table, frames[table.name], labels)),
        *_check_pairs(frames["contiguity"]),
        *_check_constants(frames["constants"]),
    ]


def check_keys(table: Table, frame: pd.DataFrame) -> list[Fault]:
    """Find rows with the same keys, and series with both a blank year and years."""
    rows = _rows(frame, table.keys)
    faults = _repeated(frame, table.keys, dict(enumerate(rows)), say("keep one"))
    if YEAR in table.columns:
        at = table.keys.index("year")
        series = [(row[:at] + row[at + 1 :], row[at] is None) for row in rows]
        others = [key for key in table.keys if key != "year"]
        mend = say("give either one row without year, or rows with years")
        kinds = {place: row for (row, _), place in _firsts(series).items()}
        faults += _repeated(frame, others, kinds, mend)
    return faults


def _rows(frame: pd.DataFrame, keys: Sequence[str]) -> list[Row]:
    """The keys of each row; a blank number is None, which equals itself."""
    columns: list[list[Any]] = [frame[key].tolist() for key in keys]
    if "year" in keys:
        at = keys.index("year")
        columns[at] = [None if np.isnan(year) else year for year in columns[at]]
    return list(zip(*columns, strict=True))


def _firsts(rows: Iterable[Row]) -> dict[Row, int]:
    """The first place of each row."""
    found: dict[Row, int] = {}
    for place, row in enumerate(rows):
        found.setdefault(row, place)
    return found


def _repeated(
    frame: pd.DataFrame, keys: Sequence[str], rows: Mapping[int, Row], mend: str
) -> list[Fault]:
    """A fault for each of the rows, by place, that an earlier one equals."""
    if len(set(rows.values())) == len(rows):
        return []
    first: dict[Row, int] = {}
    wrong: Wrong = {}
    lines = frame["line"].to_numpy()
    for place, row in rows.items():
        if (before := first.setdefault(row, place)) != place:
            words = ", ".join(map(_shown, row))
            wrong[place] = (
                say(
                    "({words}) is already on line {line}",
                    words=words,
                    line=at_line(frame, lines[before])[1],
                ),
                mend,
            )
    return tell(frame, " + ".join(keys), wrong, lines)


def _shown(value: str | float | None) -> str:
    if value is None or isinstance(value, str):
        return value or "blank"
    return f"{value:g}"


def _check_labels(table: Table, frame: pd.DataFrame, labels: Mapping[str, set[str]]) -> list[Fault]:
    """Find the labels that do not exist in the table, or among the profiles, they name."""
    faults = []
    for column in table.columns:
        where = _named(table, column)
        known = labels.get(where, set())
        if not known or not (strange := set(cells := frame[column.name].tolist()) - known - {""}):
            continue
        wrong = strange_cells(
            cells, strange, say("is not in {where}.csv", where=where), sorted(known)
        )
        faults += tell(frame, column.name, wrong, frame["line"].to_numpy())
    return faults


def _named(table: Table, column: Column) -> str:
    """The table whose labels, or profiles, the cells of a column are."""
    if column.name in ("profile", "price_profile"):
        return "calendar"
    return "sources" if column.name == "source" and table.name != "sources" else column.refers


def _check_pairs(contiguity: pd.DataFrame) -> list[Fault]:
    """Find EPCI next to themselves, and pairs given in both orders."""
    rows = _rows(contiguity, ("epci", "neighbour"))
    alone = [place for place, (one, other) in enumerate(rows) if one == other]
    wrong: Wrong = dict.fromkeys(alone, (say("is its own neighbour"), say("remove the line")))
    pairs: dict[int, Row] = {place: tuple(sorted(row)) for row, place in _firsts(rows).items()}
    return [
        *tell(contiguity, "neighbour", wrong, contiguity["line"].to_numpy()),
        *_repeated(contiguity, ("one", "other"), pairs, say("give each pair once")),
    ]


def _check_constants(constants: pd.DataFrame) -> list[Fault]:
    """Find constants that the model does not know, or given in another unit."""
    wrong: Wrong = {}
    known = CONSTANTS | OPTIONAL_CONSTANTS
    for row, (name, unit) in enumerate(zip(constants["constant"], constants["unit"], strict=True)):
        if name not in known:
            wrong[row] = (say("`{name}` is not known", name=name), nearest(name, known))
        elif unit != known[name][0]:
            what = say(
                "unit of `{name}` is [{unit}], expected [{known}]",
                name=name,
                unit=unit,
                known=known[name][0],
            )
            wrong[row] = (what, say("convert the value"))
        elif usual := constant_range(unit) or Range(math.inf, 0, math.inf):
            value, least = constants["value"].iloc[row], -usual.most if unit == GROWTH else 0.0
            if not least <= value <= usual.most:
                what = say(
                    "{value:g} is not between {lower:g} and {upper:g}",
                    value=value,
                    lower=least,
                    upper=usual.most,
                )
                wrong[row] = (what, meant_by(usual.meant(value)))
    return tell(constants, "constant", wrong, constants["line"].to_numpy())


def nearest(word: str, known: Collection[str]) -> str:
    """Say which known word was meant, or list the known ones when few; '' when neither helps."""
    close = difflib.get_close_matches(word, list(known), n=1)
    if close:
        return say("did you mean `{close}`?", close=close[0])
    return say("one of: {known}", known=", ".join(known)) if 0 < len(known) <= 12 else ""


def strange_cells(
    cells: Sequence[str], strange: set[str], what: str, known: Collection[str] = ()
) -> Wrong:
    """Say of each strange cell what is wrong with it, and of the first few what was meant."""
    rows = [row for row, cell in enumerate(cells) if cell in strange]
    meant = {cells[row]: nearest(cells[row], known) for row in rows[:SHOWN_ALIKE]}
    return {
        row: (say("`{cell}` {what}", cell=cells[row], what=what), meant.get(cells[row], ""))
        for row in rows
    }


def tell(
    source: str | pd.DataFrame,
    name: str,
    wrong: Wrong,
    lines: Sequence[int] | NDArray[np.int64],
) -> list[Fault]:
    """Turn the wrong cells of a column into faults; of many alike, the first few and a count.

    `source` is the file, or the frame, whose lines may be those of several files.
    """
    rows = sorted(wrong)
    faults = []
    for row in rows[:SHOWN_ALIKE]:
        what, mend = wrong[row]
        line = int(lines[row])
        file, line = (source, line) if isinstance(source, str) else at_line(source, line)
        faults.append(Fault(file, say("`{name}`: {what}", name=name, what=what), mend, line))
    if len(rows) > SHOWN_ALIKE:
        rest = len(rows) - SHOWN_ALIKE
        faults.append(
            Fault(
                faults[0].file,
                say("`{name}`: {rest} more lines are wrong", name=name, rest=rest),
                say("mend them alike"),
            )
        )
    return faults
