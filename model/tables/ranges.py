"""Ranges: numbers of the tables that cannot be, by inhabitant or land, and that seldom are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.errors import Fault
from model.fields import TABLES, Column, Table
from model.fields.ranges import (
    BEYOND,
    PEAK,
    PER_AREA,
    PER_INHABITANT,
    PRICE,
    Range,
    constant_range,
    meant_by,
)
from model.tables.check import tell
from model.tables.profiles import beyond_hours, beyond_power, peaks
from model.tables.sheet import Wrong
from model.words.catalogue import say

FEW = 50
"""EPCI of which the most is no measure of what is usual."""
MWH = 1000.0
"""In a GWh."""

Frames = Mapping[str, pd.DataFrame]
Rows = NDArray[np.int64]
Floats = NDArray[np.float64]

_SIZES = {
    "population": (PER_INHABITANT, say("MWh for each inhabitant")),
    "area": (PER_AREA, say("MWh for each km2")),
}


def impossible(frames: Frames) -> list[Fault]:
    """Faults of what no inhabitant consumes and no land yields."""
    faults = []
    for table, column in _numbers():
        wrong = too_dense(frames, table, column)
        faults += tell(frames[table.name], column.header, wrong, _lines(frames[table.name]))
    return faults + peaks(frames["calendar"])


def too_dense(frames: Frames, table: Table, column: Column) -> Wrong:
    """Rows of a column of energy that are more than inhabitants consume or land yields."""
    return {
        row: _told(frames[table.name], column, row, dense, range_, per)
        for range_, per, dense in _densities(frames, table, column)
        for row in np.flatnonzero(dense > range_.most).tolist()
    }


def unusual(frames: Frames, members: Collection[str] | None = None) -> list[Fault]:
    """What is seldom meant, of some EPCI and of what holds for all, each with its mend."""
    faults = _free(frames) + peaks(frames["calendar"], PEAK.high)
    faults += beyond_power(frames) + beyond_hours(frames)
    faults += _constants(frames["constants"]) + _below_zero(frames)
    for table, column in _numbers():
        frame = frames[table.name]
        mine = np.full(len(frame), True)
        if members is not None and "epci" in frame.columns:
            mine = frame["epci"].isin([*members, ""]).to_numpy()
        wrong: Wrong = {}
        for range_, per, dense in _densities(frames, table, column):
            high = np.minimum(range_.high, BEYOND * _most(frames, table, column))
            for row in np.flatnonzero((dense > high) & mine).tolist():
                wrong[row] = _told(frame, column, row, dense, range_, per)
        if (usual := column.range) is not None:
            values = frame[column.name].to_numpy(float)
            odd = np.isfinite(values) & (values != 0) & mine
            odd &= (np.abs(values) < usual.low) | (np.abs(values) > usual.high)
            for row in np.flatnonzero(odd).tolist():
                wrong.setdefault(row, _seldom(float(values[row]), column.unit, usual))
        faults += tell(frame, column.header, wrong, _lines(frame))
    return faults


def _numbers() -> Iterator[tuple[Table, Column]]:
    for table in TABLES:
        for column in table.columns:
            if column.kind == "number":
                yield table, column


def _lines(frame: pd.DataFrame) -> Rows:
    return np.asarray(frame["line"].to_numpy())


def _densities(frames: Frames, table: Table, column: Column) -> Iterator[tuple[Range, str, Floats]]:
    """Of a column of energy: its range, what it is told by, and the density of each row."""
    for size in column.spread:
        range_, per = _SIZES[size]
        yield range_, per, _density(frames, table.name, column.name, size)


def _density(frames: Frames, table: str, column: str, size: str) -> Floats:
    """Energy by inhabitant or km2 of the EPCI of each row [MWh/yr]; NaN where that is unknown."""
    of = dict(zip(frames["epci"]["epci"], frames["epci"][size], strict=True))
    sizes = frames[table]["epci"].map(of).astype(float).replace(0.0, np.nan)
    return np.asarray(frames[table][column].to_numpy(float) * MWH / sizes.to_numpy())


def _most(frames: Frames, table: Table, column: Column) -> Floats:
    """The most that any EPCI consumes of the same, by our estimate, for each row; else infinite.

    Plants stand where they stand: what one EPCI produces says nothing of another.
    """
    frame = frames[table.name]
    if table.name != "consumption":
        return np.full(len(frame), np.inf)
    keys, beside = ["sector", "carrier"], "consumption_by_epci"
    dense = frames[beside][keys].assign(dense=_density(frames, beside, column.name, "population"))
    known = dense.groupby(keys)["dense"].agg(["max", "count"])
    most = known.loc[known["count"] >= FEW, "max"]
    wanted = pd.MultiIndex.from_frame(frame[keys])
    return np.asarray(most.reindex(wanted).fillna(np.inf).to_numpy(float))


def _told(
    frame: pd.DataFrame, column: Column, row: int, dense: Floats, range_: Range, per: str
) -> tuple[str, str]:
    value = float(frame[column.name].iloc[row])
    what = say(
        "{value:g} {unit} is {dense:.4g} {per}",
        value=value,
        unit=column.unit,
        dense=float(dense[row]),
        per=per,
    )
    share = dense[row] / value
    better = next((v for v in (value / MWH, value / MWH**2) if v * share <= range_.high), None)
    return what, meant_by(better)


def _seldom(value: float, unit: str, usual: Range) -> tuple[str, str]:
    """What to tell of a number that is seldom meant, and its mend."""
    what = say(
        "{value:g} {unit} is unusual, most are between {low:g} and {high:g}",
        value=value,
        unit=unit,
        low=usual.low,
        high=usual.high,
    )
    return what, meant_by(usual.meant(value))


def _constants(table: pd.DataFrame) -> list[Fault]:
    """Single numbers that are seldom meant, each by its own unit."""
    wrong: Wrong = {}
    for row, (value, unit) in enumerate(zip(table["value"], table["unit"], strict=True)):
        usual = constant_range(unit)
        if usual is not None and usual.unusual(value):
            wrong[row] = _seldom(value, unit, usual)
    return tell(table, "value", wrong, _lines(table))


def _below_zero(frames: Frames) -> list[Fault]:
    """Prices of a year below zero, as those of an hour are, of what nobody must get rid of."""
    prices, carriers = frames["prices"], frames["carriers"]
    duty = prices["carrier"].isin(carriers.loc[carriers["surplus"] == "duty", "carrier"])
    faults = []
    for name in ("purchase_price", "sale_price"):
        wrong: Wrong = {}
        for row in np.flatnonzero((prices[name] < 0) & ~duty).tolist():
            value = float(prices[name].iloc[row])
            if not PRICE.unusual(value):
                wrong[row] = (_seldom(value, "EUR/MWh", PRICE)[0], meant_by(-value))
        faults += tell(prices, name, wrong, _lines(prices))
    return faults


def _free(frames: Frames) -> list[Fault]:
    """Technologies of which no row says what they cost."""
    table = frames["technologies"]
    lost = ~table["technology"].isin(frames["technology_costs"]["technology"]).to_numpy()
    what, mend = say("has no row of costs: it is free"), say("add it to technology_costs.csv")
    wrong: Wrong = {
        row: (say("{cell} {what}", cell=table["technology"].iloc[row], what=what), mend)
        for row in np.flatnonzero(lost).tolist()
    }
    return tell(table, "technology", wrong, _lines(table))
