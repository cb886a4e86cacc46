"""Representative days → the steps of a year.

    Δ[t] = Σ_{r in t} hours[r]                         length of a step                [h]
    ω[t] = weight of its day                           days that it stands for         [day]
    h[t] = ω[t] · Δ[t]                                 hours of the year               [h/yr]
    x[p,t] = Σ_{r in t} hours[r] · x[p,r] / Δ[t]       profile: its mean is kept       [1]

A row r of `calendar.csv` lies in the step ⌊hour[r] / hours_per_step⌋ of its day; a whole calendar
has Σ_t h[t] = 8760. The step before the first of a day is the last of the same day: what is stored
is back where it was. An hourly file is one single day of 8760 hours, so it is cyclic over the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.errors import Fault, InputError
from model.tables.check import tell
from model.tables.profiles import FIXED
from model.tables.sheet import Wrong
from model.words.catalogue import say

FILE = "calendar.csv"

_ATTRS = {
    "step_hours": ("h/yr", "Hours of the year that a step stands for"),
    "step_weight": ("day", "Days of the year that a step stands for"),
    "step_length": ("h", "Length of a step"),
    "step_day": ("", "Representative day of a step"),
    "previous_step": ("", "Step before, cyclic within the day"),
    "profile_value": ("1", "Profile, mean over the step"),
}


def read_calendar(table: pd.DataFrame, name: str, hours_per_step: float) -> xr.Dataset:
    """Take one calendar of the table and merge its rows into steps.

    Parameters
    ----------
    table : DataFrame
        Rows of `calendar.csv`, columns named without unit; every column that the registry does not
        name is a profile.
    name : str
        Calendar id.
    hours_per_step : float
        Length of a step: a multiple of the length of the rows, a divisor of that of the day. [h]

    Returns
    -------
    Dataset
        By `step`, labelled `winter-1.08` (day, hour of its start): `step_hours` [h/yr],
        `step_weight` [day], `step_length` [h], `step_day` and `previous_step` (labels); and
        `profile_value` (profile, step) [1].

    Raises
    ------
    InputError
        If the calendar is unknown or stands for no hour, a number is missing or negative, or a day
        has a gap, several weights, or a length that `hours_per_step` does not divide.
    """
    file = str(table.attrs.get("file", FILE))
    rows = table[table["calendar"] == name]
    if rows.empty:
        known = sorted(set(table["calendar"]))
        raise InputError(
            Fault(
                file,
                say("no calendar `{name}`", name=name),
                say("there are: {known}", known=", ".join(known)),
            )
        )
    profiles = [column for column in rows.columns if column not in FIXED]
    rows = _in_order(rows)
    if faults := _wrong_numbers(file, rows, profiles):
        raise InputError(faults)
    if faults := list(_uneven(file, rows, hours_per_step)):
        raise InputError(faults)
    return _steps(rows, profiles, hours_per_step)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by day, as the days come in the file, then by hour."""
    days, _ = pd.factorize(rows["day"])
    return rows.iloc[np.lexsort((rows["hour"].to_numpy(), days))]


def _wrong_numbers(file: str, rows: pd.DataFrame, profiles: list[str]) -> list[Fault]:
    """Tell which numbers are missing, infinite or negative, and steps without length."""
    faults: list[Fault] = []
    for column in ("hour", "hours", "weight", *profiles):
        values = rows[column].to_numpy(dtype=float)
        strange = ~np.isfinite(values) | (values < 0) | ((values == 0) & (column == "hours"))
        wrong: Wrong = {
            int(row): (
                say("{value:g} is not possible", value=values[row]),
                say("give a finite number, not negative"),
            )
            for row in np.flatnonzero(strange)
        }
        faults += tell(file, column, wrong, _lines(rows))
    if not faults and rows["weight"].sum() == 0:
        faults.append(
            Fault(file, say("every day has the weight 0"), say("give the days each stands for"))
        )
    return faults


def _uneven(file: str, rows: pd.DataFrame, hours_per_step: float) -> Iterator[Fault]:
    """Yield a fault for each day that cannot be cut into steps of `hours_per_step`."""
    if not (np.isfinite(hours_per_step) and hours_per_step > 0):
        yield Fault(
            file,
            say("steps of {hours_per_step:g} h", hours_per_step=hours_per_step),
            say("give a positive number of hours"),
        )
        return
    hour, hours, weight = (rows[name].to_numpy() for name in ("hour", "hours", "weight"))
    day, line, place = rows["day"].tolist(), _lines(rows), _place(hour, hours_per_step)
    for at in np.split(np.arange(len(rows)), _starts(day)[1:]):
        start = np.concatenate([[0.0], hours[at].cumsum()])
        gap = np.flatnonzero(~np.isclose(hour[at], start[:-1]))
        length = np.add.reduceat(hours[at], _starts(place[at]))
        name, first = day[at[0]], int(line[at[0]])
        if len(gap):
            what = say(
                "day `{name}` has no row, or two, at hour {start:g}", name=name, start=start[gap[0]]
            )
            yield Fault(file, what, say("give each hour of the day once"), int(line[at[gap[0]]]))
        elif len(set(weight[at])) > 1:
            what = say("day `{name}` has several weights", name=name)
            yield Fault(file, what, say("give the same on its rows"), first)
        elif not np.allclose(length, hours_per_step):
            what = say(
                "steps of {hours_per_step:g} h do not divide day `{name}` ({length:g} h)",
                hours_per_step=hours_per_step,
                name=name,
                length=start[-1],
            )
            mend = say(
                "choose a divisor of {length:g} h and multiple of {longest:g} h",
                length=start[-1],
                longest=hours[at].max(),
            )
            yield Fault(file, what, mend, first)


def _place(hour: NDArray[np.float64], hours_per_step: float) -> NDArray[np.float64]:
    """Rank of the step in which each row starts."""
    return (hour / hours_per_step + 1e-9) // 1


def _starts(*columns: Iterable[object]) -> NDArray[np.int64]:
    """Places at which a column takes another value, the first included."""
    rows = list(zip(*columns, strict=True))
    return np.array([i for i, row in enumerate(rows) if i == 0 or row != rows[i - 1]], dtype=int)


def _lines(rows: pd.DataFrame) -> NDArray[np.int64]:
    """Line of each row in the file; 0 where it is not known."""
    return rows["line"].to_numpy() if "line" in rows else np.zeros(len(rows), dtype=np.int64)


def _steps(rows: pd.DataFrame, profiles: list[str], hours_per_step: float) -> xr.Dataset:
    """Merge rows into labelled steps."""
    hour, hours, weight = (rows[name].to_numpy(float) for name in ("hour", "hours", "weight"))
    place, every_day = _place(hour, hours_per_step), rows["day"].to_numpy(dtype=str)
    first = _starts(every_day.tolist(), place.tolist())
    start, day = (place * hours_per_step)[first], every_day[first]
    length = np.add.reduceat(hours, first)
    digits = max(2, len(f"{start.max():g}"))
    label = np.array([f"{d}.{h:0{digits}g}" for d, h in zip(day, start, strict=True)])
    opens = _starts(day.tolist())
    before = np.arange(len(label)) - 1
    before[opens] = np.append(opens[1:], len(label)) - 1
    columns = {
        "step_hours": weight[first] * length,
        "step_weight": weight[first],
        "step_length": length,
        "step_day": day,
        "previous_step": label[before],
    }
    steps = xr.Dataset(
        {name: ("step", column) for name, column in columns.items()},
        coords={"step": label, "profile": np.array(profiles, dtype=str)},
    )
    sums = np.add.reduceat(rows[profiles].to_numpy(float).T * hours, first, axis=1)
    steps["profile_value"] = ("profile", "step"), sums / length
    for name, (unit, doc) in _ATTRS.items():
        steps[name].attrs = {"units": unit, "long_name": doc}
    return steps
