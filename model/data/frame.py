"""Frame: the labels of a case, and how a table becomes numbers over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from model.data.calendar import HOURLY, read_calendar, read_hourly
from model.data.read import Tables
from model.errors import Fault, InputError
from model.fields import TABLE
from model.scenario import Scenario

Floats = NDArray[np.float64]
Arrays = dict[str, ArrayLike]
"""Values of registered fields, by name, in the units and over the dims of the registry."""


NO_FORM = "none"
"""The form of cooperation that needs no row, and its exchange."""


def fault(table: pd.DataFrame, line: float, what: str, mend: str = "") -> InputError:
    """An error on one line of a table."""
    return InputError(Fault(str(table.attrs["file"]), what, mend, int(line)))


def misplaced(scenario: Scenario, key: str, what: str, mend: str = "") -> InputError:
    """An error on a key of the scenario, at the line that the key came from."""
    origins = scenario.provenance
    under = [o for k, o in origins.items() if k == key or k.startswith(f"{key}.")]
    origin = next((o for o in under if not o.default), None)
    if origin is None:
        return InputError(Fault(str(scenario.file), f"{key}: {what}", mend))
    return InputError(Fault(origin.file, f"{key}: {what}", mend, origin.line, origin.column))


@dataclass(frozen=True)
class Form:
    """A form of cooperation, as in `cooperation_forms.csv`; costs in EUR/MWh, reach in km."""

    exchange: str
    transaction_cost: float
    certificate_cost: float
    reach: float
    lending: float
    productivity: float
    spl: str
    sem: str
    pooled_targets: str
    purchase_rebate: float


@dataclass(frozen=True)
class Frame:
    """A scenario, its tables, and the labels that they select."""

    scenario: Scenario
    tables: Tables

    @cached_property
    def epci(self) -> pd.DataFrame:
        """The member EPCI, ring included, indexed by SIREN, in the order of the scenario."""
        territory = self.scenario.territory
        known = self.tables["epci"].set_index("epci")
        self.check_epci("territory.members", territory.members)
        self.check_epci("territory.exclude", territory.exclude)
        chosen = list(dict.fromkeys(territory.members))
        if territory.ring and self.tables["contiguity"].empty:
            raise misplaced(
                self.scenario, "territory.ring", "contiguity.csv has no row", "list the members"
            )
        for _ in range(territory.ring):
            chosen += neighbours(self.tables["contiguity"], chosen)
        left_out = set(territory.exclude)
        return known.loc[[siren for siren in chosen if siren not in left_out]]

    def check_epci(self, key: str, codes: Iterable[str]) -> None:
        """Raise InputError at `key` of the scenario if a SIREN is not in epci.csv."""
        for siren in sorted(set(codes) - set(self.tables["epci"]["epci"])):
            raise misplaced(self.scenario, key, f"no EPCI {siren} in epci.csv", "check the SIREN")

    @cached_property
    def members(self) -> list[str]:
        """SIREN of the member EPCI."""
        return list(self.epci.index)

    @property
    def years(self) -> list[int]:
        """Milestone years."""
        return list(self.scenario.horizon.years)

    @property
    def base(self) -> int:
        """The base year: history, money and discounting start here."""
        return self.scenario.horizon.base_year

    @property
    def vintages(self) -> list[int]:
        """Milestones after the base year, at which something can be built."""
        return [y for y in self.years if y > self.base]

    @property
    def periods(self) -> list[int]:
        """Years from the milestone before to each vintage."""
        before = [self.base, *self.vintages[:-1]]
        return [v - b for v, b in zip(self.vintages, before, strict=True)]

    @property
    def later(self) -> NDArray[np.bool_]:
        """Which milestones come after the base year; as many as there are vintages."""
        return np.array(self.years) > self.base

    @cached_property
    def calendar(self) -> xr.Dataset:
        """Steps of the year and the profiles over them."""
        horizon = self.scenario.horizon
        if self.scenario.hourly_path is not None:
            table = read_hourly(self.scenario.hourly_path, self._profiles())
            return read_calendar(table, HOURLY, horizon.hours_per_step)
        return read_calendar(self.tables["calendar"], horizon.calendar, horizon.hours_per_step)

    def _profiles(self) -> list[str]:
        named = (
            self.tables["services"]["profile"],
            self.tables["technologies"]["profile"],
            self.tables["carriers"]["price_profile"],
        )
        return sorted({name for column in named for name in column if name})

    @cached_property
    def steps(self) -> list[str]:
        """Labels of the steps."""
        return [str(t) for t in self.calendar["step"].to_numpy()]

    @cached_property
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
                mend = f"there are: {', '.join(known)}"
                raise fault(table, line, f"no profile '{wanted}' in the calendar", mend)
            shape = values[known.index(wanted)]
            total = shape @ self.hours
            if total <= 0:
                what = f"profile '{wanted}' is zero all year long"
                raise fault(table, line, what, "leave the profile blank for a flat shape")
            result[row] = shape * self.hours.sum() / total
        return result

    @cached_property
    def services(self) -> pd.DataFrame:
        """Services, indexed by id."""
        return self.tables["services"].set_index("service")

    @cached_property
    def carriers(self) -> pd.DataFrame:
        """Carriers, indexed by id."""
        return self.tables["carriers"].set_index("carrier")

    @cached_property
    def technologies(self) -> pd.DataFrame:
        """Technologies, indexed by id."""
        table = self.tables["technologies"].set_index("technology")
        self.check_ids("production.exclude", self.scenario.production.exclude, table.index)
        return table

    @cached_property
    def actors(self) -> pd.DataFrame:
        """Actors, indexed by id."""
        return self.tables["actors"].set_index("actor")

    @cached_property
    def form(self) -> Form:
        """The form of cooperation that the scenario names; `none` needs no row."""
        table, name = self.tables["cooperation_forms"], self.scenario.cooperation.form
        known = list(table["form"])
        if name not in {*known, NO_FORM}:
            mend = f"one of {', '.join(known)}"
            raise misplaced(self.scenario, "cooperation.form", f"no form '{name}'", mend)
        if name in known:
            row = {str(key): cell for key, cell in table.iloc[known.index(name)].items()}
        else:
            row = {column.name: column.default for column in TABLE["cooperation_forms"].columns}
            row["exchange"] = NO_FORM
        return Form(**{part.name: row[part.name] for part in fields(Form)})

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Measures that are not excluded, indexed by id, in the order in which they act."""
        table, left_out = self.tables["measures"], self.scenario.reduction.exclude
        self.check_ids("reduction.exclude", left_out, table["measure"])
        kept = table[~table["measure"].isin(list(left_out))]
        service = positions(self.services.index, kept["service"])
        return kept.iloc[np.lexsort((kept["order"], service))].set_index("measure")

    def check_ids(self, key: str, ids: Iterable[str], known: Iterable[str]) -> None:
        """Raise InputError at `key` of the scenario if an id is not among the known ones."""
        listed = list(known)
        for name in ids:
            if name not in listed:
                mend = f"there are: {', '.join(listed)}"
                raise misplaced(self.scenario, key, f"'{name}' is not in the inputs", mend)

    def factors(self, key: str, given: Mapping[str, float], labels: Sequence[str]) -> Floats:
        """Multipliers that the scenario gives for some labels; 1 for the others."""
        self.check_ids(key, given, labels)
        return np.array([given.get(label, 1.0) for label in labels])

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


def positions(labels: Iterable[object], cells: Iterable[object]) -> NDArray[np.int64]:
    """Place of each cell among the labels, −1 where it is none of them."""
    known = {label: place for place, label in enumerate(labels)}
    return np.array([known.get(cell, -1) for cell in cells], dtype=np.int64)


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
    what = f"{column} is given for {anchors[0]:.0f}–{anchors[-1]:.0f}, not for {year}"
    mend = "add a row for that year, or leave the year blank if the value holds for all years"
    return fault(table, table["line"].iloc[rows[0]], what, mend)


def neighbours(contiguity: pd.DataFrame, chosen: list[str]) -> list[str]:
    """EPCI that share a border with a chosen one and are not chosen."""
    one, other = contiguity["epci"], contiguity["neighbour"]
    outward, inward = one.isin(chosen), other.isin(chosen)
    return sorted({*other[outward & ~inward], *one[inward & ~outward]})
