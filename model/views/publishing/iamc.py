"""IAMC: results as a table of model, scenario, region, variable, unit and years.

The format of databases of scenarios: a row for each variable of a region, a column for each year.
Where the common definitions of the IAMC (github.com/IAMconsortium/common-definitions) have a name,
it is theirs, with their unit:

    Final Energy|{Sector}|{Carrier}, Secondary Energy|{Carrier}|{Source}    EJ/yr
    Capacity|Electricity|{Source}                                           GW
    Emissions|CO2|Energy, with those of what is bought                      Mt CO2/yr

What they do not name is under `Local`, in the words and units of the model. A variable is the sum
of its branches, the region `Territory` that of the EPCI; a row that is zero in every year is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.outcome.statistics import STATISTICS
from model.tables.read import Tables

MODEL, TERRITORY = "epci-cooperation", "Territory"
INDEX = ["Model", "Scenario", "Region", "Variable", "Unit"]

EXAJOULE, GIGAWATT, MEGATONNE = 3.6e-6, 1e-3, 1e-3
"""EJ in a GWh, GW in a MW, Mt in a kt."""

ELECTRICITY, OTHER = "electricity", "Other"

LEAST = 1e-12
"""Smallest number of a row, in some year; what is smaller is rounding."""

SECTORS = {
    "residential": "Residential",
    "tertiary": "Commercial",
    "industry": "Industry",
    "road-transport": "Transportation",
    "other-transport": "Transportation",
    "agriculture": "Agriculture",
}
"""Sectors of the definitions; ours that are not here are `Other Sector`."""

BUILDINGS = ("Residential", "Commercial")
"""Sectors that are also counted together."""

CARRIERS = {
    "electricity": "Electricity",
    "district-heat": "Heat",
    "gas": "Gases",
    "wood": "Solids|Biomass",
    "coal": "Solids|Coal",
    "liquid-fuel": "Liquids",
    "hydrogen": "Hydrogen",
    "waste": "Waste",
}
"""Carriers of final energy; ours that are not here are `Other`."""

MADE = {
    "district-heat": ("Biomass", "Electricity", "Gas", "Geothermal", "Solar"),
    "gas": ("Biomass", "Electricity"),
    "hydrogen": ("Biomass", "Electricity", "Gas", "Solar"),
}
"""Carriers other than electricity that plants make, and of what; the rest is `Other`."""

SOURCES = {
    "wind": "Wind|Onshore",
    "solar-ground": "Solar|PV|Open Land",
    "solar-roof-large": "Solar|PV|Commercial",
    "solar-roof-small": "Solar|PV|Residential",
    "hydro": "Hydro",
    "tidal": "Ocean",
    "wood-chp": "Biomass",
    "biogas-chp": "Biomass",
    "biogas-injection": "Biomass",
    "wood-heat-plant": "Biomass",
    "geothermal-heat": "Geothermal",
    "solar-thermal": "Solar",
    "river-heat-pump": "Electricity",
    "gas-heat-plant": "Gas",
    "electrolysis": "Electricity",
}
"""What plants make carriers of; those that are not here make them of `Other`."""

PLANTS = ("renewable", "recovered", "conversion")

TREES: Mapping[str, tuple[str, str]] = {
    "local_production": ("Local Production", "technology"),
    "purchase": ("Local Purchase", "carrier"),
    "net_exchange": ("Local Net Exchange", "carrier"),
    "capacity": ("Local Capacity", "technology"),
    "emissions": ("Local Emissions", "carrier"),
    "cost": ("Local Cost", "item"),
}
"""Roots of what has no common name, and the dimension of their branches."""

LABELS = {"carrier": "carriers", "technology": "technologies"}
UNITS = {"kt/yr": "kt CO2/yr", "MEUR/yr": "million EUR_2025/yr"}

Floats = NDArray[np.float64]
Leaf = tuple[str, str, Floats]
"""A variable, its unit, its values over EPCI and years."""


def iamc(outcomes: Mapping[str, xr.Dataset], tables: Tables) -> pd.DataFrame:
    """The table of some results, by scenario; a year that a scenario lacks is blank."""
    names = {
        dim: dict(zip(tables[file][dim], tables[file]["label_en"], strict=True))
        for dim, file in LABELS.items()
    }
    rows = [
        row | {"Model": MODEL, "Scenario": scenario}
        for scenario, outcome in outcomes.items()
        for leaf in (*_common(outcome), *_own(outcome, names))
        for row in _rows(outcome, leaf)
    ]
    table = pd.DataFrame(rows).groupby(INDEX, sort=False).sum(min_count=1)
    return table.sort_index(axis=1).rename(columns=str).reset_index()


def _rows(outcome: xr.Dataset, leaf: Leaf) -> Iterator[dict[str | int, object]]:
    """A variable of each EPCI and of all of them, where it is not zero in every year."""
    variable, unit, values = leaf
    years = outcome["year"].to_numpy().tolist()
    names = [*outcome["epci_name"].to_numpy().tolist(), TERRITORY]
    for name, own in zip(names, [*values, values.sum(axis=0)], strict=True):
        if np.abs(own).max() > LEAST:
            about: dict[str | int, object] = {"Region": name, "Variable": variable, "Unit": unit}
            yield about | dict(zip(years, own.tolist(), strict=True))


def _common(outcome: xr.Dataset) -> Iterator[Leaf]:
    """What the definitions have a name for."""
    for variable, values in {**_final(outcome), **_secondary(outcome)}.items():
        yield variable, "EJ/yr", values * EXAJOULE
    for variable, values in _capacity(outcome).items():
        yield variable, "GW", values * GIGAWATT
    emitted = outcome["emissions"].transpose("carrier", "epci", "year").to_numpy().sum(axis=0)
    yield "Emissions|CO2|Energy", "Mt CO2/yr", emitted * MEGATONNE


def _final(outcome: xr.Dataset) -> dict[str, Floats]:
    """Final energy by sector and carrier [GWh/yr]."""
    used = outcome["final_consumption"].transpose("sector", "carrier", "epci", "year")
    found: dict[str, Floats] = defaultdict(lambda: np.zeros(used.shape[2:]))
    for sector, own in zip(outcome["sector"].to_numpy(), used.to_numpy(), strict=True):
        group = SECTORS.get(str(sector), "Other Sector")
        roots = ["", group, *(["Residential and Commercial"] if group in BUILDINGS else [])]
        for carrier, values in zip(outcome["carrier"].to_numpy(), own, strict=True):
            for root in roots:
                name = CARRIERS.get(str(carrier), OTHER)
                if name == "Waste" and root not in ("", "Industry"):
                    name = OTHER
                head = _joined("Final Energy", root)
                for variable in (head, *_path(head, name)):
                    found[variable] += values
    return found


def _secondary(outcome: xr.Dataset) -> dict[str, Floats]:
    """What plants make of each carrier, by what they make it of [GWh/yr]."""
    made = (outcome["activity"] * outcome["flow_ratio"]).transpose(
        "carrier", "technology", "epci", "year"
    )
    plants = outcome["technology_kind"].isin(PLANTS).to_numpy()
    carriers = [str(carrier) for carrier in outcome["carrier"].to_numpy()]
    found: dict[str, Floats] = defaultdict(lambda: np.zeros(made.shape[2:]))
    for carrier, own in zip(carriers, made.to_numpy().clip(min=0), strict=True):
        if carrier != ELECTRICITY and carrier not in MADE:
            continue
        head = f"Secondary Energy|{CARRIERS[carrier]}"
        for rank in np.flatnonzero(plants):
            source = _source(outcome, rank)
            if carrier != ELECTRICITY:
                source = source.partition("|")[0]
                source = source if source in MADE[carrier] else OTHER
            for variable in (head, *_path(head, source)):
                found[variable] += own[rank]
    return found


def _capacity(outcome: xr.Dataset) -> dict[str, Floats]:
    """Capacity of what makes electricity, by what it makes it of [MW]."""
    held = outcome["capacity"].sum("actor").transpose("technology", "epci", "year").to_numpy()
    found: dict[str, Floats] = defaultdict(lambda: np.zeros(held.shape[1:]))
    if ELECTRICITY not in outcome["carrier"].to_numpy():
        return found
    ratio = outcome["flow_ratio"].sel(carrier=ELECTRICITY).max("year")
    plants = outcome["technology_kind"].isin(PLANTS) & (ratio > 0)
    for rank in np.flatnonzero(plants.to_numpy()):
        head = "Capacity|Electricity"
        for variable in (head, *_path(head, _source(outcome, rank))):
            found[variable] += held[rank]
    return found


def _source(outcome: xr.Dataset, rank: np.integer[Any]) -> str:
    return SOURCES.get(str(outcome["technology"].to_numpy()[rank]), OTHER)


def _joined(head: str, tail: str) -> str:
    return f"{head}|{tail}" if tail else head


def _path(head: str, name: str) -> Iterator[str]:
    """The variables from under `head` down to a name: `Solids`, then `Solids|Biomass`."""
    parts = name.split("|")
    for depth in range(len(parts)):
        yield "|".join([head, *parts[: depth + 1]])


def _own(outcome: xr.Dataset, names: Mapping[str, Mapping[str, str]]) -> Iterator[Leaf]:
    """What has no common name, in the words of the model."""
    for variable, (root, dim) in TREES.items():
        rule = STATISTICS.get(variable)
        full = outcome[variable] if rule is None else rule(outcome)
        unit = UNITS.get(str(full.attrs["units"]), str(full.attrs["units"]))
        table = full.sum(set(full.dims) - {"epci", "year", dim}).transpose(dim, "epci", "year")
        yield root, unit, table.to_numpy().sum(axis=0)
        for label, values in zip(table[dim].to_numpy(), table.to_numpy(), strict=True):
            yield f"{root}|{names.get(dim, {}).get(str(label)) or label}", unit, values
