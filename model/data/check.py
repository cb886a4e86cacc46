"""Checks between the rows of a table, and between tables."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.data.sheet import Wrong
from model.errors import Fault
from model.fields import CONSTANTS, OPTIONAL_CONSTANTS, TABLE, TABLES, Column, Table

SHOWN_ALIKE = 5
"""Most faults told of one column of one file."""


def check_tables(frames: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Find labels that lead nowhere, pairs of EPCI given twice, constants that are not known."""
    return [
        *(fault for table in TABLES for fault in _check_labels(table, frames)),
        *_check_pairs(frames["contiguity"]),
        *_check_constants(frames["constants"]),
    ]


def check_keys(table: Table, frame: pd.DataFrame) -> list[Fault]:
    """Find rows with the same keys, and series with both a blank year and years."""
    keys = list(table.keys)
    faults = _repeated(frame, keys, "keep one")
    if "year" in keys and frame["year"].isna().any():
        others = [key for key in keys if key != "year"]
        first = frame.assign(blank=frame["year"].isna()).drop_duplicates([*others, "blank"])
        mend = "give either one row without year, or rows with years"
        faults += _repeated(first, others, mend)
    return faults


def _repeated(frame: pd.DataFrame, keys: list[str], mend: str) -> list[Fault]:
    again = frame.duplicated(keys)
    if not again.any():
        return []
    lines = frame["line"].to_numpy()
    words = [", ".join(map(_shown, row)) for row in frame[keys].itertuples(index=False)]
    first = dict(zip(reversed(words), reversed(lines.tolist()), strict=True))
    wrong: Wrong = {
        int(row): (f"({words[row]}) is already on line {first[words[row]]}", mend)
        for row in np.flatnonzero(again)
    }
    return tell(frame.attrs["file"], " + ".join(keys), wrong, lines)


def _shown(value: str | float) -> str:
    if isinstance(value, str):
        return value or "blank"
    return "blank" if np.isnan(value) else f"{value:g}"


def _check_labels(table: Table, frames: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Find the labels that do not exist in the table, or among the profiles, they name."""
    frame, faults = frames[table.name], []
    for column in table.columns:
        where, known = _known(table, column, frames)
        if not known or not (strange := set(frame[column.name]) - known - {""}):
            continue
        wrong = strange_cells(
            list(frame[column.name]), strange, f"is not in {where}.csv", sorted(known)
        )
        faults += tell(frame.attrs["file"], column.name, wrong, frame["line"].to_numpy())
    return faults


def _known(
    table: Table, column: Column, frames: Mapping[str, pd.DataFrame]
) -> tuple[str, set[str]]:
    """Name the table that a column refers to, and the labels found there."""
    if column.name in ("profile", "price_profile"):
        return "calendar", set(frames["calendar"].columns) - set(TABLE["calendar"].names) - {"line"}
    refers = column.refers
    if column.name == "source" and table.name != "sources":
        refers = "sources"
    return refers, set(frames[refers][TABLE[refers].label_of]) if refers else set()


def _check_pairs(contiguity: pd.DataFrame) -> list[Fault]:
    """Find EPCI next to themselves, and pairs given in both orders."""
    ends = np.sort(contiguity[["epci", "neighbour"]].to_numpy(dtype=str), axis=1)
    pairs = contiguity.assign(one=ends[:, 0], other=ends[:, 1])
    alone = contiguity.index[contiguity["epci"] == contiguity["neighbour"]]
    wrong = {int(row): ("is its own neighbour", "remove the line") for row in alone}
    file, lines = contiguity.attrs["file"], contiguity["line"].to_numpy()
    ordered = pairs.drop_duplicates(["epci", "neighbour"])
    return [
        *tell(file, "neighbour", wrong, lines),
        *_repeated(ordered, ["one", "other"], "give each pair once"),
    ]


def _check_constants(constants: pd.DataFrame) -> list[Fault]:
    """Find constants that the model does not know, or given in another unit."""
    wrong: Wrong = {}
    known = CONSTANTS | OPTIONAL_CONSTANTS
    for row, (name, unit) in enumerate(zip(constants["constant"], constants["unit"], strict=True)):
        if name not in known:
            wrong[row] = (f"`{name}` is not known", nearest(name, known))
        elif unit != known[name][0]:
            what = f"unit of `{name}` is [{unit}], expected [{known[name][0]}]"
            wrong[row] = (what, "convert the value")
    return tell(constants.attrs["file"], "constant", wrong, constants["line"].to_numpy())


def nearest(word: str, known: Collection[str]) -> str:
    """Say which known word was meant, or list the known ones when few; '' when neither helps."""
    close = difflib.get_close_matches(word, list(known), n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"one of: {', '.join(known)}" if 0 < len(known) <= 12 else ""


def strange_cells(
    cells: Sequence[str], strange: set[str], what: str, known: Collection[str] = ()
) -> Wrong:
    """Say of each strange cell what is wrong with it, and of the first few what was meant."""
    rows = [row for row, cell in enumerate(cells) if cell in strange]
    meant = {cells[row]: nearest(cells[row], known) for row in rows[:SHOWN_ALIKE]}
    return {row: (f"`{cells[row]}` {what}", meant.get(cells[row], "")) for row in rows}


def tell(
    file: str, name: str, wrong: Wrong, lines: Sequence[int] | NDArray[np.int64]
) -> list[Fault]:
    """Turn the wrong cells of a column into faults; of many alike, the first few and a count."""
    rows = sorted(wrong)
    faults = [
        Fault(file, f"`{name}`: {wrong[row][0]}", wrong[row][1], int(lines[row]))
        for row in rows[:SHOWN_ALIKE]
    ]
    if len(rows) > SHOWN_ALIKE:
        rest = len(rows) - SHOWN_ALIKE
        faults.append(Fault(file, f"`{name}`: {rest} more lines are wrong", "mend them alike"))
    return faults
