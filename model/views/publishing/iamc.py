"""IAMC: results as a table of model, scenario, region, variable, unit and years.

The format of databases of scenarios: a row for each variable of a region, a column for each year.
Variables are trees: `Final Energy|Residential|Electricity` adds up to `Final Energy|Residential`,
that to `Final Energy`; the EPCI add up to the region `Territory`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
import xarray as xr

from model.outcome.statistics import STATISTICS
from model.tables.read import Tables

MODEL, TERRITORY = "epci-cooperation", "Territory"
INDEX = ["Model", "Scenario", "Region", "Variable", "Unit"]

TREES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "final_consumption": ("Final Energy", ("sector", "carrier")),
    "local_production": ("Local Production", ("technology",)),
    "purchase": ("Purchase", ("carrier",)),
    "net_exchange": ("Net Exchange", ("carrier",)),
    "capacity": ("Capacity", ("technology",)),
    "emissions": ("Emissions|CO2", ("carrier",)),
    "cost": ("Cost", ("item",)),
}
"""Their roots and the dimensions of their branches; all other dimensions are summed."""

LABELS = {"sector": "sectors", "carrier": "carriers", "technology": "technologies"}
UNITS = {"kt/yr": "kt CO2/yr", "MEUR/yr": "million EUR_2025/yr"}


def iamc(outcomes: Mapping[str, xr.Dataset], tables: Tables) -> pd.DataFrame:
    """The table of some results, by scenario; a year that a scenario lacks is blank."""
    names = {
        dim: dict(zip(tables[file][dim], tables[file]["label_en"], strict=True))
        for dim, file in LABELS.items()
    }
    parts = [
        part.assign(Model=MODEL, Scenario=scenario)
        for scenario, outcome in outcomes.items()
        for part in _branches(outcome, names)
    ]
    wide = pd.concat(parts).pivot_table("value", INDEX, "year", "sum", sort=False)
    return wide.sort_index(axis=1).rename(columns=str).reset_index()


def _branches(
    outcome: xr.Dataset, names: Mapping[str, Mapping[str, str]]
) -> Iterator[pd.DataFrame]:
    """Each variable and each of its sums, by region and year."""
    epci = dict(zip(outcome["epci"].to_numpy(), outcome["epci_name"].to_numpy(), strict=True))
    for variable, (root, dims) in TREES.items():
        rule = STATISTICS.get(variable)
        full = outcome[variable] if rule is None else rule(outcome)
        unit = str(full.attrs["units"])
        for depth in range(len(dims) + 1):
            kept = dims[:depth]
            table = full.sum(set(full.dims) - {"epci", "year", *kept}).reset_coords(drop=True)
            rows = table.to_series().rename("value").reset_index()
            told = [rows[d].map(lambda x, d=d: names.get(d, {}).get(x) or x) for d in kept]
            rows["Variable"] = root
            for column in told:
                rows["Variable"] += "|" + column.astype(str)
            rows["Unit"] = UNITS.get(unit, unit)
            rows["Region"] = rows["epci"].map(epci)
            yield rows
            yield rows.assign(Region=TERRITORY)
