"""The oracle finds what was changed in a finished result, and nothing in one that was not.

Each number that is planted is the largest of its table, a tenth more or less: enough to move a
decision, too little to see.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from model.oracle import examine
from model.outcome.solve import solve_scenario
from model.scenario import load_scenario
from model.tables.read import Tables, read_tables

CAUGHT = (
    *("final_consumption", "local_production", "activity", "purchase", "sale", "exchange"),
    *("consumption_reduction", "service_demand", "flow_ratio", "exchange_loss", "surplus"),
    *("local_share", "territory_share", "certificate_balance", "cost", "technology_cost"),
    *("capacity", "land", "investment", "renewed", "emissions", "target_gap", "discount"),
    *("population", "consumption_status", "production_status", "potential_status"),
)
"""Tables in which a tenth more and a tenth less are both found."""
ONE_SIDE = {"equity": 0.9, "storage_loss": 1.1}
"""Tables of which one side is bound only: equity may lie idle."""


@pytest.fixture(scope="module")
def solved() -> tuple[xr.Dataset, Tables]:
    scenario = load_scenario("spl-widened", Path("scenarios"))
    return solve_scenario(scenario), read_tables(scenario.inputs_folder)


def planted(outcome: xr.Dataset, name: str, factor: float) -> xr.Dataset:
    """A copy with the largest number of a table changed."""
    changed = outcome.copy(deep=True)
    values = changed[name].values
    at = np.unravel_index(np.nanargmax(np.abs(values)), values.shape)
    assert values[at] != 0
    values[at] *= factor
    return changed


def test_nothing_is_found_in_what_was_not_changed(solved) -> None:
    count, found = examine(*solved)
    assert count >= 40
    assert found == []


@pytest.mark.parametrize("name", CAUGHT)
def test_a_tenth_more_or_less_is_found(name, solved) -> None:
    outcome, tables = solved
    if not np.abs(outcome[name].values).max() > 0:
        pytest.skip("all zero in this scenario")
    for factor in (0.9, 1.1):
        assert examine(planted(outcome, name, factor), tables)[1], f"{name} times {factor}"


@pytest.mark.parametrize("name", ONE_SIDE)
def test_what_is_bound_on_one_side_is_found_there(name, solved) -> None:
    outcome, tables = solved
    assert examine(planted(outcome, name, ONE_SIDE[name]), tables)[1]


def test_of_attributes_too(solved) -> None:
    outcome, tables = solved
    dearer = outcome.assign_attrs(objective=float(outcome.attrs["objective"]) * 1.1)
    assert [one.check for one in examine(dearer, tables)[1]] == ["objective"]
    feasible = outcome.assign_attrs(status="feasible")
    assert [one.check for one in examine(feasible, tables)[1]] == ["status"]
    other = json.loads(outcome.attrs["resolved"])
    other["horizon"]["discount_rate"] = 0.05
    moved = outcome.assign_attrs(resolved=json.dumps(other))
    assert "discount" in [one.check for one in examine(moved, tables)[1]]
