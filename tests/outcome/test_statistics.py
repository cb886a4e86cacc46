"""Statistics: each adds up to the variables of the result, and is what a pencil finds."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from pytest import approx

from model import Results
from model.batch import run_batch
from model.outcome.solve import solve_scenario
from model.outcome.statistics import (
    STATISTICS,
    capacity_factor,
    cost_per_inhabitant,
    lcoe,
    net_exchange,
    self_sufficiency,
)
from model.outcome.summary import PENALTY
from model.scenario import Scenario
from tests.cases import HOURS, RURAL, URBAN, carrier, demand, plant, steps, write


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Two steps of 12 hours; 100 GWh in town, 10 in the country, wind there, mostly by night."""
    return write(
        tmp_path_factory.mktemp("statistics"),
        steps(12, 12, wind=[1.5, 0.5]),
        demand({RURAL: 10, URBAN: 100}),
        carrier("electricity", 80, exchange="contract", loss=0.1),
        plant(
            "wind",
            {RURAL: 20},
            existing={RURAL: 6},
            profile="wind",
            full_load_hours=2000,
            cost={"investment": 1000, "fixed_cost": 20, "variable_cost": 3},
        ),
        horizon={"base_year": 2020, "years": [2020, 2030, 2050], "discount_rate": 0.03},
        cooperation={"form": "pool"},
    )


@pytest.fixture(scope="module")
def outcome(scenario: Scenario) -> xr.Dataset:
    return solve_scenario(scenario)


@pytest.mark.parametrize("name", STATISTICS)
def test_each_has_a_unit_and_names(outcome, name):
    table = STATISTICS[name](outcome)
    assert table.attrs.keys() == {"units", "long_name", "long_name_fr"}
    assert table.name in (None, name)


def test_costs_of_technologies_add_up_to_their_items(outcome):
    items = outcome["cost"].sel(item=["investment", "upkeep", "operation", "devices"])
    whole = items.sum(["actor", "item"])
    assert whole.sum() > 0
    assert np.allclose(outcome["technology_cost"].sum("technology"), whole, atol=1e-9)


def test_levelised_costs_add_up(outcome):
    cost = (lcoe(outcome) * outcome["activity"].sum("epci")).sum("technology") / 1e3
    assert np.allclose(cost, outcome["technology_cost"].sum(["epci", "technology"]))


def test_the_levelised_cost_of_wind_by_hand(outcome):
    """At no cost of capital: 1000/30 + 20 EUR/kW over 2000 h, and 3: 29.67; old wind 13."""
    found = lcoe(outcome).sel(technology="wind")
    assert float(found.sel(year=2020)) == approx(20 / 2 + 3)
    built = outcome["investment"].sel(technology="wind").sum(["epci", "actor"])
    assert float(built.sel(year=2030)) > 0
    assert float(found.sel(year=2050)) == approx((1000 / 30 + 20) / 2 + 3)


def test_costs_by_inhabitant_add_up(outcome):
    paid = (cost_per_inhabitant(outcome) * outcome["population"]).sum("epci") / 1e6
    spent = outcome["cost"].drop_sel(item=PENALTY).sum(["epci", "actor", "item"])
    assert np.allclose(paid, spent)


def test_capacity_factors_add_up(outcome):
    """Wind at 2000 hours, all of which is used."""
    factor = capacity_factor(outcome)
    held = outcome["capacity"].sum(["epci", "actor"])
    assert np.allclose((factor * held).fillna(0) * 8.76, outcome["activity"].sum("epci"))
    assert factor.sel(technology="wind").values == approx(2000 / HOURS)


def test_net_exchanges_cancel_out(outcome):
    net = net_exchange(outcome)
    assert set(net["carrier"].values) == {"electricity", "certificate"}
    assert abs(net).max() > 1
    assert abs(net.sum("epci")).max() < 1e-12
    power = net.sel(epci=URBAN, carrier="electricity", year=2050)
    link = outcome["exchange"].sel(link=f"{RURAL}>{URBAN}:electricity", year=2050)
    assert float(power) == approx(float(link))


def test_self_sufficiency_is_the_share_by_the_hour(outcome):
    """6 GWh of wind against 10 of demand: 4.5 by night meets 5, 1.5 by day meets 5: 60 %."""
    assert float(self_sufficiency(outcome).sel(epci=RURAL, year=2020)) == approx(0.6)
    assert (self_sufficiency(outcome) <= outcome["local_share"].sel(definition="soil") + 1e-9).all()


def test_the_peak_by_hand(outcome):
    """A flat 100 GWh take 100/8.76 MW; peaks are never below the mean."""
    peak = outcome["peak_load"].sel(epci=URBAN, carrier="electricity", year=2020)
    assert float(peak) == approx(100e3 / HOURS)
    mean = outcome["final_consumption"].sum("sector") * 1e3 / HOURS
    assert (outcome["peak_load"] >= mean - 1e-9).all()


def test_a_statistic_of_every_scenario_in_one_line(scenario, tmp_path):
    run_batch([scenario], tmp_path, 1)
    table = Results(tmp_path).table("lcoe", technology="wind", year=[2020, 2050])
    assert list(table["lcoe"]) == approx([13, (1000 / 30 + 20) / 2 + 3])
    assert table.attrs["units"] == "EUR/MWh"
    assert list(table["scenario"]) == ["case", "case"]
    with pytest.raises(KeyError, match="cost_per_inhabitant"):
        Results(tmp_path).table("lcow")
