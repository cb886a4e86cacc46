"""Intervals: rows that have each their own, stated beside them or in `estimate_error.csv`.

    an estimate    value · high^(z / z₉₀) above, value · low^(−z / z₉₀) below: the error of its
                   carrier or technology, four cases of five between the two
    a potential    value + s (high − value) above, value + s (value − low) below, s = z / z₉₀
                   cut to −1 … 1: low and high are the cautious and the ambitious level

z is the same for all rows of a group: errors share a sign, from one carrier and from one neighbour
to the next. What was given, and not estimated, stands in other tables and does not move.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.data.evidence.doubt import SUN, TOTAL
from model.data.evidence.estimate import PER_HEAD, PLANTS
from model.doubt.factors import TENTH
from model.tables.read import Tables

Floats = NDArray[np.float64]


def moved(tables: Tables, name: str, column: str, z: float, level: str) -> Floats:
    """A column of a table whose rows have intervals, at `z` standard deviations; its own unit."""
    table = tables[name]
    value = table[column].to_numpy(float)
    if name.startswith("potential"):
        return _potential(table, column, value, z, level)
    low, high = _error(tables["estimate_error"], name, table)
    factor = np.where(z >= 0, high ** (z / TENTH), low ** (-z / TENTH))
    return np.asarray(value * factor)


def _error(errors: pd.DataFrame, name: str, table: pd.DataFrame) -> tuple[Floats, Floats]:
    """Truth over estimate of each row, low and high; 1 where no error is known."""
    quantity = name.partition("_")[0]
    of = table["carrier" if quantity == "consumption" else "technology"]
    if quantity == "production":
        of = of.where(~of.str.startswith(SUN), SUN)
    plain = PER_HEAD if name.endswith("_estimate") else PLANTS
    basis = table["basis"] if "basis" in table else pd.Series(plain, index=table.index)
    mine = errors[errors["quantity"] == quantity].set_index(["of", "basis"])[["low", "high"]]
    known = dict(zip(mine.index, mine.to_numpy(), strict=True))
    sure = np.ones(2)
    found = [
        known.get(key, known.get((TOTAL, key[1]), sure)) for key in zip(of, basis, strict=True)
    ]
    low, high = np.array(found).reshape(-1, 2).T
    return low, high


def _potential(table: pd.DataFrame, column: str, value: Floats, z: float, level: str) -> Floats:
    """Between the cautious and the ambitious level, from the one that the scenario takes."""
    s = float(np.clip(z / TENTH, -1.0, 1.0))
    if "level" in table:
        keys = table["technology"] + " " + table["type"]
        end = table[table["level"] == ("high" if s >= 0 else "low")]
        ends = dict(zip(keys[end.index], end[column], strict=True))
        edge = keys.map(ends).fillna(pd.Series(value, table.index)).to_numpy(float)
        here = (table["level"] == level).to_numpy()
    else:
        edge = table["high" if s >= 0 else "low"].to_numpy(float)
        here = np.full(len(table), column == level)
    return np.where(here, value + abs(s) * (edge - value), value)
