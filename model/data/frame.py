"""Frame: the labels of a case, and how a table becomes an array over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.data.calendar import read_calendar, read_hourly
from model.data.read import Tables
from model.errors import Fault, InputError
from model.fields import FIELD
from model.scenario import Scenario

Floats = NDArray[np.float64]


def fault(table: pd.DataFrame, line: int, what: str, mend: str = "") -> InputError:
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


def array(name: str, values: object, **coords: Sequence[object]) -> xr.DataArray:
    """A registered field as a labelled array with unit and name; shape must match its dims."""
    spec = FIELD[name]
    return xr.DataArray(
        np.asarray(values, dtype=float),
        coords={dim: list(coords[dim]) for dim in spec.dims},
        dims=spec.dims,
        name=name,
        attrs={"units": spec.unit, "long_name": spec.doc, "source": spec.source},
    )


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
        for siren in (*territory.members, *territory.exclude):
            if siren not in known.index:
                key = "territory.members" if siren in territory.members else "territory.exclude"
                raise misplaced(
                    self.scenario, key, f"no EPCI {siren} in epci.csv", "check the SIREN"
                )
        chosen = list(dict.fromkeys(territory.members))
        for _ in range(territory.ring):
            chosen += [n for n in _neighbours(self.tables["contiguity"], chosen) if n in known.index]
        chosen = [n for n in chosen if n not in set(territory.exclude)]
        if not chosen:
            raise misplaced(self.scenario, "territory.exclude", "no EPCI is left")
        return known.loc[chosen]

    @property
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

    @cached_property
    def periods(self) -> list[int]:
        """Years from the milestone before to each vintage."""
        before = [self.base, *self.vintages[:-1]]
        return [v - b for v, b in zip(self.vintages, before, strict=True)]

    @cached_property
    def calendar(self) -> xr.Dataset:
        """Steps of the year and the profiles over them."""
        horizon = self.scenario.horizon
        if self.scenario.hourly_path is not None:
            table = read_hourly(self.scenario.hourly_path, self._profiles())
            return read_calendar(table, "hourly", horizon.hours_per_step)
        return read_calendar(self.tables["calendar"], horizon.calendar, horizon.hours_per_step)

    def _profiles(self) -> list[str]:
        named = (
            self.tables["services"]["profile"],
            self.tables["technologies"]["profile"],
            self.tables["carriers"]["price_profile"],
        )
        return sorted({name for column in named for name in column if name})

    @property
    def steps(self) -> list[str]:
        """Labels of the steps."""
        return [str(t) for t in self.calendar["step"].to_numpy()]

    def profile(self, name: str, table: pd.DataFrame, line: int) -> Floats:
        """The profile called `name` over the steps; ones if `name` is blank."""
        if not name:
            return np.ones(len(self.steps))
        if name not in self.calendar["profile"].to_numpy():
            known = ", ".join(map(str, self.calendar["profile"].to_numpy()))
            raise fault(table, line, f"no profile '{name}' in the calendar", f"there are: {known}")
        return np.asarray(self.calendar["profile_value"].sel(profile=name).to_numpy(), dtype=float)

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
        self._known("production.exclude", self.scenario.production.exclude, table.index)
        return table

    @cached_property
    def actors(self) -> pd.DataFrame:
        """Actors, indexed by id."""
        return self.tables["actors"].set_index("actor")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Measures that are not excluded, indexed by id, in the order in which they act."""
        table = self.tables["measures"]
        self._known("reduction.exclude", self.scenario.reduction.exclude, table["measure"])
        kept = table[~table["measure"].isin(list(self.scenario.reduction.exclude))]
        rank = {service: place for place, service in enumerate(self.services.index)}
        order = np.lexsort((kept["order"], kept["service"].map(rank))) if len(kept) else []
        return kept.iloc[order].set_index("measure")

    def _known(self, key: str, ids: Iterable[str], known: Iterable[object]) -> None:
        for name in ids:
            if name not in set(known):
                raise misplaced(self.scenario, key, f"'{name}' is not in the inputs")

    def over_years(
        self, name: str, column: str, keys: dict[str, Sequence[str]], years: Sequence[int] | None = None
    ) -> Floats:
        """Column `column` of table `name` over `keys` and the milestones; NaN where no row is.

        Between anchor years the value is interpolated linearly; a row without a year holds for
        all years. Raises InputError when a milestone lies outside the anchors.
        """
        years = self.years if years is None else years
        table = self.tables[name]
        places = {key: {label: i for i, label in enumerate(labels)} for key, labels in keys.items()}
        result = np.full((*(len(labels) for labels in keys.values()), len(years)), np.nan)
        wanted = np.ones(len(table), dtype=bool)
        for key, place in places.items():
            wanted &= table[key].isin(list(place)).to_numpy()
        if not wanted.any():
            return result
        for labels, rows in table[wanted].groupby(list(keys), sort=False):
            where = tuple(places[key][label] for key, label in zip(keys, labels, strict=True))
            result[where] = _interpolate(table, rows, column, years)
        return result


def _interpolate(
    table: pd.DataFrame, rows: pd.DataFrame, column: str, years: Sequence[int]
) -> Floats:
    anchors, values = rows["year"].to_numpy(float), rows[column].to_numpy(float)
    if np.isnan(anchors).any():
        if len(rows) > 1:
            line = rows["line"].iloc[int(np.isnan(anchors).argmax())]
            raise fault(table, line, "a row for all years stands beside rows for one year")
        return np.full(len(years), values[0])
    order = np.argsort(anchors)
    anchors, values = anchors[order], values[order]
    outside = [y for y in years if not anchors[0] <= y <= anchors[-1]]
    if outside:
        raise fault(
            table,
            rows["line"].iloc[order[0]],
            f"{column} is given for {anchors[0]:.0f}–{anchors[-1]:.0f}, not for {outside[0]}",
            "add a row for that year, or leave the year blank if the value holds for all years",
        )
    return np.interp(years, anchors, values)


def _neighbours(contiguity: pd.DataFrame, chosen: list[str]) -> list[str]:
    inside = set(chosen)
    pairs = zip(contiguity["epci"], contiguity["neighbour"], strict=True)
    found = {b if a in inside else a for a, b in pairs if (a in inside) != (b in inside)}
    return sorted(found)
