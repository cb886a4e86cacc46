"""Published: figures that others printed of a territory, beside ours.

    difference   ours ÷ published − 1,  within if |difference| ≤ tolerance

`docs/cases/published.csv` holds them, `tolerances.csv` how far ours may be off and why that far,
`units.csv` the units, `cases.csv` the territories. A figure of a year before the plan decides is
compared with the inputs, of the known year nearest to it; a later one with a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import xarray as xr

from docs.make.figures import QUANTITIES, FigureError, Place, finite, known
from model.data.assemble import Data, load_data
from model.scenario import Scenario, load_scenario, override

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "docs" / "cases"
SCENARIOS = ROOT / "scenarios"
PLAIN = "rouen-alone"
"""A shipped scenario whose settings hold where a case has none of its own yet."""

INPUT = "input"
"""The class of figures that our inputs rest on: agreement proves nothing."""

ABSENT = "no result yet"
EPSILON = 1e-9


def table(name: str) -> pd.DataFrame:
    """A table of `docs/cases`, its cells texts, blanks empty."""
    return pd.read_csv(CASES / f"{name}.csv", dtype=str, keep_default_na=False)


def records(name: str) -> list[dict[str, str]]:
    """Its rows, cell by column."""
    found = table(name)
    return [dict(zip(found.columns, cells, strict=True)) for cells in found.to_numpy().tolist()]


class Beside(NamedTuple):
    """A published figure beside ours, in its unit; `ours` is None where there is none, and why."""

    row: Mapping[str, str]
    ours: float | None
    why: str

    @property
    def published(self) -> float:
        """As printed."""
        return float(self.row["value"])

    @property
    def difference(self) -> float | None:
        """Relative; infinite where nothing was published, and something is ours."""
        return None if self.ours is None else difference(self.published, self.ours)

    @property
    def within(self) -> bool | None:
        """Whether the tolerance holds."""
        if self.difference is None:
            return None
        return abs(self.difference) <= float(self.row["tolerance [1]"]) + EPSILON


def difference(published: float, ours: float) -> float:
    """Relative difference of ours from the published figure."""
    if published == 0:
        return 0.0 if ours == 0 else float("inf")
    return ours / published - 1


@dataclass(frozen=True)
class Case:
    """A territory: its row of `cases.csv`, and the folder of the results."""

    row: Mapping[str, str]
    results: Path | None = None

    @property
    def name(self) -> str:
        """The name of its page and of its folder of scenarios."""
        return self.row["case"]

    @property
    def members(self) -> list[str]:
        """SIREN of those who take part."""
        return self.row["members"].split("+")

    @property
    def folder(self) -> Path:
        """Where its scenarios stand."""
        return SCENARIOS / "cases" / self.name

    @cached_property
    def scenario(self) -> Scenario:
        """That whose plan is compared; settings of the shipped ones where there is none."""
        path = self.folder / f"{self.row['scenario']}.yaml"
        if self.row["scenario"] and path.exists():
            return load_scenario(path)
        plain = load_scenario(SCENARIOS / f"{PLAIN}.yaml")
        return override(plain, {"territory.members": self.members, "targets": {}}, name=self.name)

    @cached_property
    def data(self) -> dict[str, Data]:
        """Its inputs, with large industrial sites and without."""
        scenarios = (override(self.scenario, {"demand.large_sites": on}) for on in (True, False))
        return dict(zip(("yes", "no"), map(load_data, scenarios), strict=True))

    @cached_property
    def inputs(self) -> dict[str, xr.Dataset]:
        """What they say of the years that are known."""
        return {sites: known(data) for sites, data in self.data.items()}

    @cached_property
    def outcome(self) -> xr.Dataset | None:
        """The result of its scenario, if there is one."""
        if self.results is None or not self.row["scenario"]:
            return None
        path = self.results / self.row["scenario"] / "outcome.nc"
        return xr.load_dataset(path, engine="netcdf4") if path.exists() else None

    def beside(self, row: Mapping[str, str]) -> Beside:
        """A published figure beside ours."""
        try:
            return Beside(row, self._ours(row), row["why"])
        except FigureError as missing:
            return Beside(row, None, str(missing))

    def _ours(self, row: Mapping[str, str]) -> float:
        unit = units()[row["unit"]]
        return finite(QUANTITIES[row["quantity"]][1](self.place(row), row["of"])) / unit.per

    def place(self, row: Mapping[str, str]) -> Place:
        """Whom and when a row is of."""
        data = self.data[row["sites"]]
        epci = row["epci"].split("+") if row["epci"] else self.members
        year, base = int(row["year"]), data.frame.base
        if year <= data.frame.decided:
            near = min(data.frame.known, key=lambda k: (abs(k - year), k))
            return Place(data, self.inputs[row["sites"]], epci, near, base)
        if self.outcome is None:
            raise FigureError(ABSENT)
        if year not in self.outcome["year"].to_numpy():
            raise FigureError(f"the plan has no year {year}")
        return Place(data, self.outcome, epci, year, base)


class Unit(NamedTuple):
    """A unit: that of a quantity, and how much of it one is."""

    of: str
    per: float


def units() -> dict[str, Unit]:
    """Units of published figures, by name."""
    return {row["unit"]: Unit(row["of"], float(row["per"])) for row in records("units")}


def cases(results: Path | None = None) -> dict[str, Case]:
    """The territories, by name."""
    return {row["case"]: Case(row, results) for row in records("cases")}


def figures(case: Case) -> list[Beside]:
    """Every published figure of a territory beside ours."""
    return [case.beside(row) for row in records("published") if row["case"] == case.name]
