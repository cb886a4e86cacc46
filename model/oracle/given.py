"""Given: tables as arrays over the labels of a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

Table = xr.DataArray


@dataclass(frozen=True)
class Given:
    """A result, the scenario as it was resolved, and the tables."""

    outcome: xr.Dataset
    scenario: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> Table:
        """An array of the result."""
        return self.outcome[name].reset_coords(drop=True)

    def labels(self, dim: str) -> list[Any]:
        """The labels of a dimension."""
        found: list[Any] = self.outcome[dim].values.tolist()
        return found

    def column(self, table: str, key: str, column: str) -> Table:
        """A column of numbers by one label; 0 without a row."""
        rows = self.tables[table].set_index(key)[column]
        return self.array(rows.reindex(self.labels(key)).fillna(0.0).to_numpy(float), key)

    def by_year(self, table: str, column: str, *keys: str, **where: str) -> Table:
        """A column by labels and year: between two rows a straight line; 0 without a row."""
        frame = self.tables[table]
        for key, label in where.items():
            frame = frame[frame[key] == label]
        years = np.array(self.labels("year"), float)
        shape = [len(self.labels(key)) for key in keys]
        found = np.zeros((*shape, len(years)))
        places = [{label: i for i, label in enumerate(self.labels(key))} for key in keys]
        for group, rows in frame.groupby(list(keys), sort=False):
            labels = group if isinstance(group, tuple) else (group,)
            if all(label in known for label, known in zip(labels, places, strict=True)):
                at = tuple(known[label] for label, known in zip(labels, places, strict=True))
                found[at] = _line(rows, column, years)
        return self.array(found, *keys, "year")

    def array(self, values: object, *dims: str) -> Table:
        """An array over labels of the result."""
        return xr.DataArray(np.asarray(values), {d: self.labels(d) for d in dims}, dims)

    def ends(self) -> pd.DataFrame:
        """Of each link: origin, destination, what it carries."""
        parts = [link.replace(">", ":").split(":") for link in self.labels("link")]
        return pd.DataFrame(parts, columns=["origin", "destination", "carrier"])

    def at_ends(self, sent: Table, end: str, dim: str = "carrier") -> Table:
        """What links carry, summed where they end, by carrier."""
        links = self.ends()
        found = np.zeros((len(self.labels("epci")), len(self.labels(dim)), sent.sizes["year"]))
        place = {label: i for i, label in enumerate(self.labels("epci"))}
        kind = {label: i for i, label in enumerate(self.labels(dim))}
        for row, (where, what) in enumerate(zip(links[end], links["carrier"], strict=True)):
            if what in kind:
                found[place[where], kind[what]] += sent.values[row]
        return self.array(found, "epci", dim, "year")

    def moved(self, sent: Table, what: str, end: str) -> Table:
        """The same of one thing that is no carrier: certificates, staff, land."""
        links = self.ends()
        found = np.zeros((len(self.labels("epci")), sent.sizes["year"]))
        for row in np.flatnonzero(links["carrier"] == what):
            found[self.labels("epci").index(links[end][row])] += sent.values[row]
        return self.array(found, "epci", "year")

    @property
    def decided(self) -> int:
        """The last year that is history."""
        horizon = self.scenario["horizon"]
        return int(horizon["decided_from"] or horizon["base_year"])

    @cached_property
    def spans(self) -> list[int]:
        """Years that each milestone stands for."""
        gaps = np.diff(self.labels("year")).tolist()
        last = self.scenario["horizon"]["last_period"]
        return [*gaps, last or (gaps[-1] if gaps else 1)]


def _line(rows: pd.DataFrame, column: str, years: np.ndarray[Any, Any]) -> Any:
    known = rows[["year", column]].astype(float)
    if known["year"].isna().any():
        return known[column].to_numpy()[0]
    known = known.sort_values("year")
    return np.interp(years, known["year"], known[column])
