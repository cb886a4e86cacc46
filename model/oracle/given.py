"""Given: tables as arrays over the labels of a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

Table = xr.DataArray
Floats = NDArray[np.float64]
once = lru_cache(maxsize=1)
"""Of what is asked for often of one result: the last answer is kept."""


@dataclass(frozen=True, eq=False)
class Given:
    """A result, the scenario as it was resolved, and the tables; more where it was kept.

    `detail` is the plan step by step, `sheet` the file on who gains, `year` the rows of 8 760 hours
    that take the place of the calendar.
    """

    outcome: xr.Dataset
    scenario: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    detail: xr.Dataset | None = None
    sheet: xr.Dataset | None = None
    year: pd.DataFrame | None = None

    @property
    def optimal(self) -> bool:
        """Whether no plan costs less; else its prices are nearly those of an optimum only."""
        return str(self.outcome.attrs["status"]) == "optimal"

    def __getitem__(self, name: str) -> Table:
        """An array of the result."""
        return self.outcome[name].reset_coords(drop=True)

    def by_step(self, name: str) -> Table:
        """An array of the detail, its plants and stores as technologies."""
        assert self.detail is not None
        found = self.detail[name].reset_coords(drop=True)
        names = {dim: "technology" for dim in ("plant", "store") if dim in found.dims}
        return found.rename(names)

    def told(self, name: str) -> Table:
        """An array of the sheet on who gains."""
        assert self.sheet is not None
        return self.sheet[name].reset_coords(drop=True)

    def labels(self, dim: str) -> list[Any]:
        """The labels of a dimension."""
        found: list[Any] = self.outcome[dim].values.tolist()
        return found

    def column(self, table: str, key: str, column: str) -> Table:
        """A column of numbers by one label; 0 without a row."""
        rows = self.tables[table].set_index(key)[column]
        return self.array(rows.reindex(self.labels(key)).fillna(0.0).to_numpy(float), key)

    def by_year(self, table: str, column: str, *keys: str) -> Table:
        """A column by labels and year: between two rows a straight line; 0 without a row."""
        frame = self.tables[table]
        years = np.array(self.labels("year"), float)
        found = np.zeros((*(len(self.labels(key)) for key in keys), len(years)))
        places = [{label: i for i, label in enumerate(self.labels(key))} for key in keys]
        known: dict[tuple[int, ...], list[tuple[float, float]]] = {}
        columns = (frame[name].tolist() for name in (*keys, "year", column))
        for *labels, year, value in zip(*columns, strict=True):
            at = tuple(place.get(label, -1) for place, label in zip(places, labels, strict=True))
            if min(at) >= 0:
                known.setdefault(at, []).append((year, value))
        for at, points in known.items():
            found[at] = _line(points, years)
        return self.array(found, *keys, "year")

    def array(self, values: object, *dims: str) -> Table:
        """An array over labels of the result."""
        return xr.DataArray(np.asarray(values), {d: self.labels(d) for d in dims}, dims)

    @cached_property
    def links(self) -> pd.DataFrame:
        """Of each link: origin, destination, what it carries."""
        labels = self.labels("link")
        parts = [link.replace(">", ":").split(":") for link in labels]
        return pd.DataFrame(parts, labels, ["origin", "destination", "carrier"])

    def of_links(self, column: str, dim: str) -> Table:
        """1 where a link has a label in a column (link, dim)."""
        cells = self.links[column].to_numpy(object)
        hit = cells[:, None] == np.array(self.labels(dim), dtype=object)
        return self.array(hit.astype(float), "link", dim)

    def at_ends(self, sent: Table, end: str) -> Table:
        """What links carry, summed where they end, by carrier."""
        carried = self.of_links("carrier", "carrier")
        return dot(sent, self.of_links(end, "epci"), carried, dim="link")

    def moved(self, sent: Table, what: str, end: str) -> Table:
        """The same of one thing that is no carrier: certificates, staff, land."""
        such = self.array((self.links["carrier"] == what).to_numpy(float), "link")
        return dot(sent, self.of_links(end, "epci"), such, dim="link")

    @cached_property
    def form(self) -> Mapping[str, float]:
        """What the forms of cooperation open together: most of it, at the least cost."""
        chosen = [self.scenario["cooperation"][k] for k in ("form", "beside")]
        rows = self.tables["cooperation_forms"]
        rows = rows[rows["form"].isin([chosen[0], *chosen[1]])]
        sending = rows[rows["exchange"] != "none"]
        most = {str(name): float(rows[name].max()) for name in rows if rows[name].dtype == float}
        costs = ("transaction_cost", "certificate_cost")
        return most | {name: float(sending[name].min()) for name in costs}

    @cached_property
    def carbon(self) -> Table:
        """Value of carbon by year [EUR/t]."""
        rows = self.tables["carbon_values"]
        path = rows[rows["path"] == self.scenario["economy"]["carbon"]]
        years = np.array(self.labels("year"), float)
        points = list(zip(path["year"].astype(float), path["value"], strict=True))
        return self.array(_line(points, years) if points else 0 * years, "year")

    def constant(self, name: str) -> float:
        """A single number of the tables; 0 without a row."""
        rows = self.tables["constants"].set_index("constant")["value"]
        return float(rows.get(name, 0.0))

    @property
    def decided(self) -> int:
        """The last year that is history."""
        horizon = self.scenario["horizon"]
        return int(horizon["decided_from"] or horizon["base_year"])

    @property
    def periods(self) -> Table:
        """Years in which what is built at a milestone is built; of history, no end of them."""
        years, begun = self.labels("year"), self.decided
        before = [begun, *years[:-1]]
        found = [y - max(b, begun) for y, b in zip(years, before, strict=True)]
        return self.array([gap if gap > 0 else np.inf for gap in found], "year")

    @cached_property
    def spans(self) -> list[int]:
        """Years that each milestone stands for."""
        gaps = np.diff(self.labels("year")).tolist()
        last = self.scenario["horizon"]["last_period"]
        return [*gaps, last or (gaps[-1] if gaps else 1)]


def _line(points: list[tuple[float, float]], years: Floats) -> Floats:
    """Values at some years, from those known; a blank year stands for all."""
    known = np.array(sorted(points))
    if np.isnan(known[:, 0]).any():
        return np.full(len(years), known[0, 1])
    return np.asarray(np.interp(years, known[:, 0], known[:, 1]))


def dot(*tables: Table, dim: str | list[str]) -> Table:
    """The product of tables, summed over some dimensions."""
    found: Table = xr.dot(*tables, dim=dim)
    return found


def compared(name: str, known: Table, told: Table, must: Table) -> tuple[str, Table, Table]:
    """A check where something is known: both are 0 elsewhere."""
    mask, one, other = xr.align(known, told, must, join="inner")
    return name, xr.where(mask, one, 0.0), xr.where(mask, other, 0.0)
