"""Ground: what the tables say over a horizon, whoever takes part.

It is the same for every scenario that has both: the frames that share them keep it in one memory
(`common`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.data.calendar import read_calendar
from model.data.cells import Floats, fault, positions
from model.errors import InputError
from model.scenario.schema import Horizon
from model.tables.hourly import HOURLY, read_hourly
from model.tables.read import Tables
from model.words.catalogue import say

Made = TypeVar("Made")


Borders = Mapping[str, Set[str]]
"""Those who share a border with an EPCI, by SIREN."""


@lru_cache(maxsize=8)
def _memory(*state: object) -> dict[str, Any]:
    return {}


def common(make: Callable[[Ground], Made]) -> Callable[[Ground], Made]:
    """Make once what the tables say over a horizon; nobody can write into its arrays.

    Made for each scenario of the default batch instead, it would take 5 s more of 20.
    """

    @wraps(make)
    def recall(ground: Ground) -> Made:
        name = f"{make.__module__}.{make.__qualname__}"
        if name not in ground.memory:
            ground.memory[name] = made = make(ground)
            _seal(made)
        found: Made = ground.memory[name]
        return found

    return recall


def _seal(made: object) -> None:
    for part in made.values() if isinstance(made, Mapping) else (made,):
        if isinstance(part, np.ndarray | xr.DataArray):
            np.asarray(part).setflags(write=False)


class Ground(ABC):
    """The tables over the years and steps of a horizon, whoever takes part."""

    tables: Tables

    @property
    @abstractmethod
    def horizon(self) -> Horizon:
        """Years and steps."""

    @property
    @abstractmethod
    def hourly_path(self) -> Path | None:
        """The file of 8760 hours, if there is one."""

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What is made once for the same tables, horizon and state of the hourly file."""
        path = self.hourly_path
        state = path.stat() if path is not None and path.exists() else None
        seen = (state.st_mtime_ns, state.st_size) if state else None
        return _memory(self.tables, self.horizon, path, seen)

    @property
    def years(self) -> list[int]:
        """Milestone years."""
        return list(self.horizon.milestones)

    @property
    def base(self) -> int:
        """The base year: history starts here."""
        return self.horizon.base_year

    @property
    def decided(self) -> int:
        """The last year of history: decisions, ageing and discounting start here."""
        return self.horizon.decided

    @property
    def known(self) -> list[int]:
        """The years whose state is known, or follows a stated path."""
        return sorted({self.base, self.decided})

    @property
    def vintages(self) -> list[int]:
        """Milestones after history, at which something can be built."""
        return [y for y in self.years if y > self.decided]

    @property
    def periods(self) -> list[int]:
        """Years from the milestone before to each vintage."""
        before = [self.decided, *self.vintages[:-1]]
        return [v - b for v, b in zip(self.vintages, before, strict=True)]

    @property
    def later(self) -> NDArray[np.bool_]:
        """Which milestones come after history; as many as there are vintages."""
        return np.array(self.years) > self.decided

    @property
    @common
    def calendar(self) -> xr.Dataset:
        """Steps of the year and the profiles over them."""
        if self.hourly_path is not None:
            table = read_hourly(self.hourly_path, self._profiles())
            return read_calendar(table, HOURLY, self.horizon.hours_per_step)
        return read_calendar(
            self.tables["calendar"], self.horizon.calendar, self.horizon.hours_per_step
        )

    def _profiles(self) -> list[str]:
        named = (
            self.tables["services"]["profile"],
            self.tables["technologies"]["profile"],
            self.tables["carriers"]["price_profile"],
        )
        return sorted({name for column in named for name in column if name})

    @property
    @common
    def steps(self) -> list[str]:
        """Labels of the steps."""
        return [str(t) for t in self.calendar["step"].to_numpy()]

    @property
    @common
    def hours(self) -> Floats:
        """Hours of the year that each step stands for [h/yr]."""
        return np.asarray(self.calendar["step_hours"].to_numpy(), dtype=float)

    def profiles(self, name: str, column: str = "profile") -> Floats:
        """Shapes over the steps, of mean 1 over the year, that a column of a table names.

        Returns (row, step) [1]; a blank name is a flat shape. Raises InputError on a profile that
        the calendar lacks, or that is zero all year long.
        """
        table = self.tables[name]
        known = [str(p) for p in self.calendar["profile"].to_numpy()]
        values = self.calendar["profile_value"].to_numpy()
        result = np.ones((len(table), len(self.hours)))
        for row, (wanted, line) in enumerate(zip(table[column], table["line"], strict=True)):
            if not wanted:
                continue
            if wanted not in known:
                mend = say("there are: {known}", known=", ".join(known))
                raise fault(
                    table, line, say("no profile '{wanted}' in the calendar", wanted=wanted), mend
                )
            shape = values[known.index(wanted)]
            total = shape @ self.hours
            if total <= 0:
                what = say("profile '{wanted}' is zero all year long", wanted=wanted)
                raise fault(table, line, what, say("leave the profile blank for a flat shape"))
            result[row] = shape * self.hours.sum() / total
        return result

    @property
    @common
    def every(self) -> pd.DataFrame:
        """All EPCI, indexed by SIREN."""
        return self.tables["epci"].set_index("epci")

    @property
    @common
    def borders(self) -> Borders:
        """Those who share a border with an EPCI, by SIREN."""
        return borders(self.tables["contiguity"])

    @property
    @common
    def services(self) -> pd.DataFrame:
        """Services, indexed by id."""
        return self.tables["services"].set_index("service")

    @property
    @common
    def carriers(self) -> pd.DataFrame:
        """Carriers, indexed by id."""
        return self.tables["carriers"].set_index("carrier")

    @property
    @common
    def carrier_rows(self) -> list[dict[Hashable, Any]]:
        """The rows of the carriers, cell by column."""
        return self.tables["carriers"].to_dict("records")

    @property
    @common
    def technologies(self) -> pd.DataFrame:
        """Technologies, indexed by id."""
        return self.tables["technologies"].set_index("technology")

    @property
    @common
    def actors(self) -> pd.DataFrame:
        """Actors, indexed by id."""
        return self.tables["actors"].set_index("actor")

    def over_years(
        self,
        name: str,
        column: str,
        keys: Mapping[str, Sequence[str]],
        years: Sequence[int] | None = None,
    ) -> Floats:
        """Column `column` of table `name` over `keys` and the milestones; NaN where no row is.

        Between anchor years the value is interpolated linearly; a row without a year holds for
        all years. Raises InputError when a milestone lies outside the anchors.
        """
        years = self.years if years is None else years
        table = self.tables[name]
        shape = tuple(len(labels) for labels in keys.values())
        result = np.full((int(np.prod(shape)), len(years)), np.nan)
        codes = np.array([positions(labels, table[key]) for key, labels in keys.items()])
        rows = np.flatnonzero((codes >= 0).all(axis=0))
        if rows.size:
            place = np.ravel_multi_index(tuple(codes[:, rows]), shape)
            order = np.lexsort((table["year"].to_numpy()[rows], place))
            starts = np.flatnonzero(np.diff(place[order]))
            anchors, values = (table[name].to_numpy(dtype=float) for name in ("year", column))
            for series in np.split(order, starts + 1):
                at = rows[series]
                found = _interpolate(anchors[at], values[at], years)
                if found is None:
                    raise _outside(table, column, at, years)
                result[place[series[0]]] = found
        return result.reshape((*shape, len(years)))


def _interpolate(anchors: Floats, values: Floats, years: Sequence[int]) -> Floats | None:
    """A series at `years`, its anchors in order; None if a year lies outside of them."""
    if np.isnan(anchors[0]):
        return np.full(len(years), values[0])
    if years[0] < anchors[0] or years[-1] > anchors[-1]:
        return None
    return np.asarray(np.interp(years, anchors, values), dtype=float)


def _outside(
    table: pd.DataFrame, column: str, rows: NDArray[np.int64], years: Sequence[int]
) -> InputError:
    anchors = table["year"].to_numpy(dtype=float)[rows]
    year = next(y for y in years if not anchors[0] <= y <= anchors[-1])
    what = say(
        "{column} is given for {first:.0f}–{last:.0f}, not for {year}",
        column=column,
        first=anchors[0],
        last=anchors[-1],
        year=year,
    )
    mend = say("add a row for that year, or leave the year blank if the value holds for all years")
    return fault(table, table["line"].iloc[rows[0]], what, mend)


def borders(contiguity: pd.DataFrame) -> Borders:
    """Those who share a border with an EPCI, by SIREN."""
    found: dict[str, set[str]] = {}
    for one, other in zip(
        contiguity["epci"].tolist(), contiguity["neighbour"].tolist(), strict=True
    ):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def neighbours(borders: Borders, chosen: list[str]) -> list[str]:
    """EPCI that share a border with a chosen one and are not chosen."""
    return sorted({n for siren in chosen for n in borders.get(siren, ())} - set(chosen))
