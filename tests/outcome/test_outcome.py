"""Results: every table of the registry, by hand where one can."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr
from pytest import approx

from model.fields import OUTCOME
from model.outcome.audit import LIMITS
from model.outcome.solve import solve_scenario
from model.outcome.summary import summarise
from tests.cases import RURAL, URBAN, carrier, demand, write


@pytest.mark.parametrize("name", OUTCOME)
def test_every_table_of_the_registry_is_there(outcome, name):
    table, spec = outcome[name], OUTCOME[name]
    assert table.dims == spec.dims
    assert table.attrs["units"] == spec.unit != ""
    assert table.attrs["long_name"]
    assert table.attrs["long_name_fr"]
    assert len(table.attrs) == 3
    assert np.isfinite(table).all()
    assert table.dtype == float


def test_nothing_but_the_registry_is_there(outcome):
    assert set(outcome.data_vars) == set(OUTCOME)
    for name in ("epci_name", "population", "technology_name_fr", "discount", "step_hours"):
        assert name in outcome.coords


def test_the_case_uses_what_it_is_meant_to(outcome):
    """Else the audit below would have nothing to see."""
    used = ("exchange", "consumption_reduction", "investment", "certificate_balance", "emissions")
    for name in (*used, "staff_price", "potential_rent", "target_price", "local_production"):
        assert abs(outcome[name]).max() > 1e-6, name


def test_shares(outcome):
    """Contractual shares are production and certificates over consumption; the soil sums up."""
    made, used = outcome["local_production"].sum("technology"), outcome["final_consumption"]
    used = used.sum(["sector", "carrier"])
    net = outcome["certificate_balance"]
    share = outcome["local_share"]
    assert np.allclose(share.sel(definition="soil") * used, made)
    assert np.allclose(share.sel(definition="contractual") * used, made + net)
    assert (share.sel(definition="hourly") <= share.sel(definition="soil") + 1e-12).all()
    whole = outcome["territory_share"]
    assert np.allclose(whole.sel(definition="soil") * used.sum("epci"), made.sum("epci"))
    assert float(share.sel(epci=URBAN, definition="contractual", year=2050)) >= 0.5 - 1e-9


def test_cost_is_the_objective(outcome):
    yearly = outcome["cost"].sum(["epci", "actor", "item"])
    assert float((yearly * outcome["discount"]).sum()) == approx(outcome.attrs["objective"])


def test_summary(outcome):
    found = summarise(outcome)
    assert found["production"] == approx(float(outcome["local_production"].sel(year=2050).sum()))
    assert found["share"] == approx(found["production"] / found["consumption"])
    without = outcome["cost"].drop_sel(item="penalty").sum(["epci", "actor", "item"])
    assert found["cost"] == approx(float((without * outcome["discount"]).sum()))


def test_status_says_what_the_case_rests_on(outcome):
    for name in ("consumption_status", "production_status", "potential_status"):
        assert outcome[name].sel(epci=RURAL, status="illustrative") == 1
    assert outcome["production_status"].sel(epci=URBAN).sum() == 0  # it produces nothing


def test_attributes(outcome):
    attrs = outcome.attrs
    assert attrs["status"] == "optimal"
    assert json.loads(attrs["certificate"])["gap"] < 1e-8
    assert set(json.loads(attrs["audit"])) == set(LIMITS)
    assert json.loads(attrs["resolved"])["territory"]["members"] == [RURAL, URBAN]


def test_a_file_reads_back(outcome, tmp_path):
    path = tmp_path / "outcome.nc"
    outcome.to_netcdf(path, engine="netcdf4")
    with xr.open_dataset(path, engine="netcdf4") as found:
        xr.testing.assert_identical(found.load(), outcome)


def test_a_case_without_links_and_targets_reads_back(tmp_path):
    alone = solve_scenario(write(tmp_path, demand({RURAL: 10}), carrier("electricity", 50)))
    assert (alone.sizes["link"], alone.sizes["target"], alone.sizes["measure"]) == (0, 0, 0)
    path = tmp_path / "outcome.nc"
    alone.to_netcdf(path, engine="netcdf4")
    with xr.open_dataset(path, engine="netcdf4") as found:
        xr.testing.assert_identical(found.load(), alone)
    assert summarise(alone)["gap"] == 0
