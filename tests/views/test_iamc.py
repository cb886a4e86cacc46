"""The IAMC table, read back strictly: names of the common definitions, units, sums, no empty row.

`pyam` reads the same, but asks for a web server, a database and an older pandas; so this reader is
of our own, and stricter.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pytest import approx

import run
from model import Results
from tests.views.test_export import outcome
from tests.views_case import EPCI, NAMES, stand

INDEX = ["Model", "Scenario", "Region", "Variable", "Unit"]

SECTORS = (
    "Agriculture", "Commercial", "Industry", "Other Sector", "Residential",
    "Residential and Commercial", "Transportation",
)  # fmt: skip
FUELS = (
    "Electricity", "Gases", "Heat", "Hydrogen", "Liquids", "Other", "Solids", "Solids|Biomass",
    "Solids|Coal",
)  # fmt: skip
ELECTRIC = (
    "Biomass", "Hydro", "Ocean", "Other", "Solar", "Solar|PV", "Solar|PV|Commercial",
    "Solar|PV|Open Land", "Solar|PV|Residential", "Wind", "Wind|Onshore",
)  # fmt: skip
HEAT = ("Biomass", "Electricity", "Gas", "Geothermal", "Other", "Solar")

COMMON = {
    "EJ/yr": {
        "Final Energy",
        *(f"Final Energy|{name}" for name in (*SECTORS, *FUELS, "Waste")),
        *(f"Final Energy|{sector}|{fuel}" for sector, fuel in product(SECTORS, FUELS)),
        "Final Energy|Industry|Waste",
        "Secondary Energy|Electricity",
        *(f"Secondary Energy|Electricity|{source}" for source in ELECTRIC),
        "Secondary Energy|Heat",
        *(f"Secondary Energy|Heat|{source}" for source in HEAT),
        "Secondary Energy|Gases",
        *(f"Secondary Energy|Gases|{source}" for source in ("Biomass", "Electricity", "Other")),
        "Secondary Energy|Hydrogen",
        *(f"Secondary Energy|Hydrogen|{source}" for source in HEAT),
    },
    "GW": {"Capacity|Electricity", *(f"Capacity|Electricity|{source}" for source in ELECTRIC)},
    "Mt CO2/yr": {"Emissions|CO2|Energy"},
}
"""Names of github.com/IAMconsortium/common-definitions that the model has figures for, by unit."""

OURS = re.compile(r"Local (Production|Purchase|Net Exchange|Capacity|Emissions|Cost)(\|[^|]+)?")


def read(path: Path) -> pd.DataFrame:
    """The table, if it is one that a database of scenarios takes without a question."""
    table = pd.read_csv(path)
    assert list(table.columns[:5]) == INDEX
    years = list(table.columns[5:])
    assert years == sorted(years)
    assert all(re.fullmatch(r"20\d\d", year) for year in years)
    assert not table.duplicated(INDEX[:4]).any()
    assert (table.groupby("Variable")["Unit"].nunique() == 1).all()
    for column in INDEX:
        text = table[column].astype(str)
        assert (text == text.str.strip()).all()
        assert (text != "").all()
    values = table[years].to_numpy(dtype=float)
    assert not np.isinf(values).any()
    assert (np.nanmax(np.abs(values), axis=1) > 0).all()
    return table


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenarios of different members and years."""
    folder = tmp_path_factory.mktemp("results")
    stand(folder, "one", outcome("one"))
    stand(folder, "far", outcome("far", "none", members=EPCI[2:4], years=(2020, 2040), seed=2))
    return folder


@pytest.fixture(scope="module")
def table(results, tmp_path_factory) -> pd.DataFrame:
    to = tmp_path_factory.mktemp("iamc")
    options = ["--format", "iamc", "--results", str(results), "--to", str(to)]
    assert run.main(["export", *options]) == 0
    return read(to / "_all.iamc.csv")


def test_a_name_is_of_the_common_definitions_with_their_unit_or_ours(table):
    for variable, unit in table[["Variable", "Unit"]].drop_duplicates().itertuples(index=False):
        assert variable in COMMON.get(unit, set()) or OURS.fullmatch(variable), (variable, unit)
    found = set(table["Variable"])
    assert {"Final Energy|Residential|Solids|Biomass", "Emissions|CO2|Energy"} <= found
    assert {"Capacity|Electricity", "Local Production|Onshore wind"} <= found


@pytest.mark.parametrize(
    ("root", "branches"),
    [
        ("Final Energy", ("Residential", "Industry", "Transportation")),
        ("Final Energy", ("Electricity", "Heat", "Gases", "Solids")),
        ("Final Energy|Residential", ("Electricity", "Heat", "Gases", "Solids")),
        ("Capacity|Electricity", ("Wind", "Solar", "Other", "Biomass")),
        ("Secondary Energy|Electricity", ("Wind", "Solar", "Other", "Biomass")),
        ("Local Cost", ("investment", "purchase", "sale", "penalty")),
    ],
)
def test_branches_add_up_and_epci_too(table, root, branches):
    wide = table.pivot(index="Variable", columns=["Scenario", "Region"], values="2040")
    for place in wide.columns:
        known = wide[place].dropna()
        assert sum(known.get(f"{root}|{name}", 0.0) for name in branches) == approx(known[root])
    for scenario in ("one", "far"):
        whole = wide[scenario]["Territory"].dropna()
        places = wide[scenario].drop(columns="Territory").sum(axis=1)
        assert places[whole.index].to_numpy() == approx(whole.to_numpy())


def test_figures_are_those_of_the_results(results, table):
    """1 GWh is 3.6e-6 EJ; a year that a scenario lacks is blank."""
    wide = table.set_index(["Scenario", "Region", "Variable"]).sort_index()
    used = Results(results)["far"]["final_consumption"].sel(year=2040)
    own = 3.6e-6 * float(used.sel(epci=EPCI[2]).sum())
    assert wide["2040"]["far", NAMES[EPCI[2]], "Final Energy"] == approx(own)
    held = Results(results)["one"]["capacity"].sel(technology="wind", year=2050).sum()
    found = wide["2050"]["one", "Territory", "Capacity|Electricity|Wind|Onshore"]
    assert found == approx(1e-3 * float(held))
    far = table[table["Scenario"] == "far"]
    assert far["2050"].isna().all()
    assert far["2020"].notna().all()


def test_the_reader_refuses_what_a_database_would(table, tmp_path):
    for spoilt in (
        pd.concat([table, table[:1]]),
        table.assign(
            **{
                "2030": 0.0,
                "2050": 0.0,
                "2020": 0.0,
                "2025": 0.0,
                "2035": 0.0,
                "2040": 0.0,
                "2045": 0.0,
            }
        ),
        table.assign(Variable=table["Variable"] + " "),
        table.rename(columns={"2030": "year"}),
    ):
        spoilt.to_csv(tmp_path / "spoilt.csv", index=False)
        with pytest.raises(AssertionError):
            read(tmp_path / "spoilt.csv")
