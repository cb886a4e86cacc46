"""Clock: the steps of the year, from the rows of a calendar or the 8 760 hours of a file.

A step holds the rows of a day whose hours begin in it; a profile is their mean. The step before
the first of a day is its last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from model.oracle.given import Given, Table, once

FEW = 1e-6
"""Availability below it is none."""


@dataclass(frozen=True, eq=False)
class Clock:
    """Hours of the year [h/yr], days [day], length [h] of each step, and the rows behind them."""

    given: Given
    rows: pd.DataFrame

    def mean(self, column: str) -> Table:
        """The mean of a column over each step."""
        weighted = (self.rows[column] * self.rows["hours"]).groupby(self._step)
        return self._table(weighted.sum() / self.rows["hours"].groupby(self._step).sum())

    @cached_property
    def length(self) -> Table:
        """Hours of a step [h]."""
        return self._table(self.rows["hours"].groupby(self._step).sum())

    @cached_property
    def hours(self) -> Table:
        """Hours of the year that a step stands for [h/yr]."""
        return self.length * self.mean("weight")

    @cached_property
    def before(self) -> list[int]:
        """Place of the step before, in the same day."""
        day = self.mean("place").values
        first = [int(np.argmax(day == one)) for one in day]
        last = [len(day) - 1 - int(np.argmax(day[::-1] == one)) for one in day]
        return [last[t] if t == first[t] else t - 1 for t in range(len(day))]

    def shape(self, profile: str) -> Table:
        """A profile with mean 1 over the year; flat without a name."""
        hours = self.hours
        if not profile:
            return 0.0 * hours + 1.0
        value = self.mean(profile)
        return value * hours.sum() / (value * hours).sum()

    @cached_property
    def availability(self) -> Table:
        """Most output per unit of capacity (technology, step)."""
        kinds, hours = self.given.tables["technologies"].set_index("technology"), self.hours.values
        found = []
        for name in self.given.labels("technology"):
            row, full = kinds.loc[name], float(kinds.loc[name, "full_load_hours"])
            shape = self.shape(row["profile"]).values * full / hours.sum()
            shape = np.where(shape >= FEW, shape, 0.0)
            most = shape * full / max((shape * hours).sum(), FEW)
            found.append(most if row["profile"] else 0.0 * hours + float(row["availability"]))
        return self.given.array(found, "technology", "step")

    @cached_property
    def loads(self) -> Table:
        """Shape of what a device takes, of mean 1 (technology, step)."""
        service = self.given.tables["technologies"].set_index("technology")["service"]
        profile = self.given.tables["services"].set_index("service")["profile"]
        named = service.map(profile).fillna("").reindex(self.given.labels("technology"))
        known = {name: self.shape(name).values for name in set(named)}
        return self.given.array([known[name] for name in named], "technology", "step")

    @property
    def _step(self) -> list[pd.Series[float]]:
        return [self.rows["place"], self.rows["part"]]

    def _table(self, by_step: pd.Series[float]) -> Table:
        return self.given.array(by_step.to_numpy(float), "step")


@once
def clock_of(given: Given) -> Clock:
    """The clock of a result."""
    horizon, rows = given.scenario["horizon"], given.year
    if rows is None:
        rows = given.tables["calendar"]
        rows = rows[rows["calendar"] == horizon["calendar"]]
    days = {day: place for place, day in enumerate(dict.fromkeys(rows["day"]))}
    part = np.floor(rows["hour"] / horizon["hours_per_step"] + 1e-9)
    rows = rows.assign(part=part, place=rows["day"].map(days))
    return Clock(given, rows.sort_values(["place", "hour"], kind="stable"))
