"""Figures in MWh or kWh are refused wherever GWh are expected."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from model.data.assemble import load_data
from model.errors import InputError
from model.scenario import Scenario, load_scenario, override
from tests.cases import RURAL, THIRD, URBAN, carrier, demand, plant, rows, write

GRID = carrier("electricity", 50)
RULE = {"sector": "residential", "carrier": "electricity", "per_head": 20}
ISLAND = {"name": "Island", "nature": "CC", "type": "rural", "population": 1000, "x": 0, "y": 0}
LOAD = rows("consumption_estimate", RULE)
"""20 MWh a head: 20 GWh for the thousand people of each EPCI, on 100 km²."""


@pytest.mark.parametrize("unit", [1e3, 1e6, 1e-3, 1e-6])
def test_consumption_in_another_unit_is_refused(tmp_path, unit):
    """18 and 25, which the estimate holds for 20."""
    right = demand({URBAN: 18, RURAL: 25})
    load_data(write(tmp_path, right, GRID, LOAD))
    wrong = demand({URBAN: 18, RURAL: 25 * unit})
    with pytest.raises(InputError, match=r"csv:3 .*(another unit|was probably)") as error:
        load_data(write(tmp_path, wrong, GRID, LOAD))
    assert len({fault.line for fault in error.value.faults}) == 1


def test_production_in_another_unit_is_refused(tmp_path):
    wind = plant("wind", {URBAN: 300}, existing={URBAN: 2e5})
    with pytest.raises(InputError, match=r"production\.csv:2 .* for each km2  Mend: 200 was"):
        load_data(write(tmp_path, demand({URBAN: 18}), GRID, wind))


def test_a_potential_in_another_unit_is_refused(tmp_path):
    """100 km² hold 20 TWh of sun at the very most."""
    sun = plant("sun", {URBAN: 2e5}, land=1)
    with pytest.raises(InputError, match=r"potentials\.csv:\d+ .*2e\+06 MWh for each km2"):
        load_data(write(tmp_path, demand({URBAN: 18}), GRID, sun))


def test_who_cannot_be_estimated_is_taken_at_its_word(tmp_path):
    """Overseas the area is blank: the figures that are given stand."""
    dense = rows("consumption_estimate", RULE | {"sector": "residential", "elasticity": -0.5})
    nowhere = rows("epci", *({"epci": THIRD, **ISLAND},))
    scenario = write(tmp_path, demand({THIRD: 25}), GRID, dense, nowhere)
    assert float(load_data(scenario).consumption.sum()) == 25


@pytest.fixture
def shipped(tmp_path: Path) -> Scenario:
    """Rouen on a copy of the shipped inputs."""
    shutil.copytree("inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("make", "names"))
    return override(
        load_scenario("scenarios/rouen-alone.yaml"), {"inputs": str(tmp_path / "inputs")}
    )


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("consumption", ["consumption [GWh/yr]"]),
        ("production", ["production [GWh/yr]"]),
        ("potentials", ["low [GWh/yr]", "medium [GWh/yr]", "high [GWh/yr]"]),
    ],
)
def test_a_shipped_table_in_mwh_is_refused(shipped, table, columns):
    path = shipped.inputs_folder / f"{table}.csv"
    frame = pd.read_csv(path, dtype={"epci": str})
    frame[columns] *= 1e3
    frame.to_csv(path, index=False)
    with pytest.raises(InputError, match=rf"{table}\.csv:\d+ .*was probably meant"):
        load_data(shipped)
