"""Profiles: shapes of a year that cannot be, and those that are seldom meant, or missing.

    times[t] = x[t] / mean of x over the other hours of the year        how far a value stands out
    power[k] = full-load hours · max x / (hours · mean x)               output by power of a plant
    free[k]  = availability · hours of the year                         of a plant without profile

A profile counts by its shape alone, as each use scales it to a yearly sum: a value is measured by
the others. A plant without one that takes no carrier runs as long as it is available if a market
takes what it gives: its full-load hours say how large it is, and must say the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.errors import Fault
from model.fields import TABLE
from model.fields.ranges import PEAK, STEPS, meant_by
from model.tables.check import tell
from model.tables.sheet import Wrong
from model.words.catalogue import say

Floats = NDArray[np.float64]

FIXED = {*TABLE["calendar"].names, "line"}
"""Columns of a calendar that are no profile."""
POWER = 1.3
"""Output by power above which a profile is not that of the plant: years differ [1]."""

HOURS = 1.01
"""Hours that a plant may run over its full-load hours, above which they are not its yield [1]."""


def peaks(calendar: pd.DataFrame, limit: float = PEAK.most) -> list[Fault]:
    """Values of profiles that stand out of their year more than `limit` times."""
    faults = []
    for name in _profiles(calendar):
        wrong: Wrong = {}
        for rows, values, hours in _years(calendar, name):
            others = (values @ hours - values * hours) / (hours.sum() - hours).clip(min=1e-9)
            for at in np.flatnonzero((others > 0) & (values > limit * others)).tolist():
                wrong[int(rows[at])] = _told(float(values[at]), float(others[at]))
        faults += tell(calendar, name, wrong, calendar["line"].to_numpy())
    return faults


def beyond_power(frames: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Technologies whose profile and full-load hours ask for more than their power."""
    calendar, table = frames["calendar"], frames["technologies"]
    most = dict.fromkeys(["", *_profiles(calendar)], 0.0)
    for name in _profiles(calendar):
        for _, values, hours in _years(calendar, name):
            total = float(values @ hours)
            most[name] = max(most[name], float(values.max()) / total if total > 0 else 0.0)
    power = table["full_load_hours"].to_numpy(float) * table["profile"].map(most).to_numpy(float)
    mend = say("lower full_load_hours, or look for a value of the profile that stands out")
    wrong: Wrong = {
        row: (
            say(
                "{hours:g} h with profile {profile} give {power:.3g} times the power at the peak",
                hours=table["full_load_hours"].iloc[row],
                profile=table["profile"].iloc[row],
                power=power[row],
            ),
            mend,
        )
        for row in np.flatnonzero(power > POWER).tolist()
    }
    return tell(table, "full_load_hours", wrong, table["line"].to_numpy())


def beyond_hours(frames: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Technologies without profile that may run for more than their full-load hours."""
    calendar, table = frames["calendar"], frames["technologies"]
    if calendar.empty:
        return []
    year = float((calendar["hours"] * calendar["weight"]).groupby(calendar["calendar"]).sum().max())
    carriers, flows = frames["carriers"], frames["technology_flows"]
    traded = (carriers["purchase"] == "yes") | (carriers["sale"] == "yes")
    market = carriers.loc[(carriers["balance"] == "hourly") & traded, "carrier"]
    gives = flows.loc[(flows["ratio"] > 0) & flows["carrier"].isin(market), "technology"]
    takes = flows.loc[flows["ratio"] < 0, "technology"]
    full, free = table["full_load_hours"], table["availability"] * year
    plant = ~table["kind"].isin(["device", "storage"]) & (table["profile"] == "")
    plant &= table["technology"].isin(gives) & ~table["technology"].isin(takes)
    wrong: Wrong = {
        row: (
            say("without a profile it may run {free:g} h", free=free.iloc[row]),
            say(
                "name its profile, or lower availability to {share:g}",
                share=math.ceil(1e4 * full.iloc[row] / year) / 1e4,
            ),
        )
        for row in np.flatnonzero(plant & (free > HOURS * full)).tolist()
    }
    return tell(table, "full_load_hours", wrong, table["line"].to_numpy())


def _profiles(calendar: pd.DataFrame) -> list[str]:
    return [name for name in calendar.columns if name not in FIXED]


def _years(calendar: pd.DataFrame, name: str) -> Iterator[tuple[NDArray[np.int64], Floats, Floats]]:
    """Of each calendar: its rows, the values of a profile, the hours of the year of each."""
    weights = (calendar["hours"] * calendar["weight"]).to_numpy(float)
    values = calendar[name].to_numpy(float)
    for rows in calendar.groupby("calendar", sort=False).indices.values():
        at = np.asarray(rows)
        yield at, values[at], weights[at]


def _told(value: float, others: float) -> tuple[str, str]:
    what = say(
        "{value:g} is {times:.3g} times the mean of the other hours",
        value=value,
        times=value / others,
    )
    usual = (value * step for step in STEPS if step < 1 and value * step < PEAK.high * others)
    return what, meant_by(next((float(f"{one:.6g}") for one in usual), None))
