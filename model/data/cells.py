"""Cells: the numbers of a table at labels, and what to tell of a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.errors import Fault, InputError
from model.scenario import Scenario
from model.tables.own import at_line
from model.words.catalogue import say

Floats = NDArray[np.float64]


def fault(table: pd.DataFrame, line: float, what: str, mend: str = "") -> InputError:
    """An error on one line of a table."""
    file, within = at_line(table, line)
    return InputError(Fault(file, what, mend, within))


def misplaced(scenario: Scenario, key: str, what: str, mend: str = "") -> InputError:
    """An error on a key of the scenario, at the line that the key came from."""
    origins = scenario.provenance
    under = [o for k, o in origins.items() if k == key or k.startswith(f"{key}.")]
    origin = next((o for o in under if not o.default), None)
    if origin is None:
        return InputError(Fault(str(scenario.file), say("{key}: {what}", key=key, what=what), mend))
    return InputError(
        Fault(
            origin.file, say("{key}: {what}", key=key, what=what), mend, origin.line, origin.column
        )
    )


def positions(labels: Iterable[object], cells: Iterable[object]) -> NDArray[np.int64]:
    """Place of each cell among the labels, −1 where it is none of them."""
    known = {label: place for place, label in enumerate(_plain(labels))}
    return np.array([known.get(cell, -1) for cell in _plain(cells)], dtype=np.int64)


def _plain(labels: Iterable[object]) -> Iterable[object]:
    """Labels that are quick to go through."""
    return labels.tolist() if isinstance(labels, pd.Series | pd.Index) else labels


def cells(
    table: pd.DataFrame, column: str, rows: NDArray[np.int64], default: float | Floats = np.nan
) -> Floats:
    """A column of numbers at some rows of a table; the default where blank, and at the row −1."""
    found = np.append(table[column].to_numpy(dtype=float), np.nan)[rows]
    return np.where(np.isnan(found), default, found)
