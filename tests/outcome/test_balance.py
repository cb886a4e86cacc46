"""The territorial balance: every number by hand, and it closes for whoever and whatever."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr
from pytest import approx

from model.fields import BALANCE
from model.fields.balance import TERRITORY
from model.outcome.balance import balance_of
from model.outcome.solve import solve_scenario
from model.scenario import load_scenario
from tests.cases import (
    RURAL,
    URBAN,
    carrier,
    constants,
    demand,
    form,
    plant,
    rows,
    write,
)
from tests.rouen_case import small

ROOT = Path(__file__).parents[2]
CLOSED = 1e-6
"""What rounding may leave [GWh/yr]."""


@pytest.fixture(scope="module")
def waste(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    """Waste of the country, burnt in town, by hand.

    The country collects 50 at 1 EUR/MWh and sends them; 10 % fall from the lorry. In town 45 make
    9 of electricity, that costs 100 to buy, and 18 of heat, that nobody takes. Without the waste of
    the country the town would buy all of its 20; so it buys 11. The burner costs, so there is no
    more of it than 9 GWh over 8 760 h take: 1.0274 MW, on 0.5 ha/MW; its project takes half an
    engineer a MW, and the town has none.
    """
    scenario = write(
        tmp_path_factory.mktemp("waste"),
        demand({RURAL: 10, URBAN: 20}),
        carrier("electricity", 100),
        carrier("waste", balance="yearly", exchange="road", loss=0.1),
        carrier("heat"),
        plant("collection", {RURAL: 50}, flows={"waste": 1}, kind="resource", counted=0, cost=1),
        plant(
            "burner",
            {URBAN: 100},
            flows={"waste": -5, "electricity": 1, "heat": 2},
            cost={"variable_cost": 10, "investment": 30},
            land=0.5,
        ),
        rows("project_stages", {"technology": "burner", "stage": "emergence", "staff": 0.5}),
        rows("endowments", {"epci": RURAL, "staff": 1}, {"epci": URBAN, "staff": 0}),
        constants(),
        form("pool", 3, "members", lending=1),
        cooperation={"form": "pool"},
    )
    return balance_of(solve_scenario(scenario)).isel(year=-1)


def told(found: xr.Dataset, place: str, name: str) -> dict[str, float]:
    """A balance by flow, without what is zero."""
    flows = [flow for flow in BALANCE if BALANCE[flow].unit == "GWh/yr" and flow != "exchanged"]
    here = found[flows].sel(place=place, carrier=name)
    sums = {flow: float(here[flow].sum()) for flow in flows}
    return {flow: value for flow, value in sums.items() if abs(value) > CLOSED}


def test_every_number_by_hand(waste):
    assert told(waste, RURAL, "waste") == approx({"made": 50, "sent": 50})
    assert told(waste, URBAN, "waste") == approx({"received": 50, "lost": 5, "turned": 45})
    assert told(waste, RURAL, "electricity") == approx({"bought": 10, "used": 10})
    assert told(waste, URBAN, "electricity") == approx({"made": 9, "bought": 11, "used": 20})
    assert told(waste, URBAN, "heat") == approx({"made": 18, "let_go": 18})
    assert told(waste, RURAL, "heat") == {}


def test_members_do_not_trade_with_the_territory_that_they_are(waste):
    """What one sends the other is neither received nor sent, and its loss remains."""
    assert told(waste, TERRITORY, "waste") == approx({"made": 50, "lost": 5, "turned": 45})
    assert told(waste, TERRITORY, "electricity") == approx({"made": 9, "bought": 21, "used": 30})


def test_who_sends_to_whom(waste):
    link = waste.sel(link=f"{RURAL}>{URBAN}:waste")
    assert float(link["exchanged"]) == approx(50)
    ends = (link["link_origin"], link["link_destination"], link["link_carrier"])
    assert [str(end.item()) for end in ends] == [RURAL, URBAN, "waste"]


def test_behind_a_flow_stands_who_makes_or_uses_it(waste):
    made = waste["made"].sel(place=URBAN, carrier="electricity")
    assert float(made.sel(technology="burner")) == approx(9)
    turned = waste["turned"].sel(place=URBAN, carrier="waste")
    assert float(turned.sel(technology="burner")) == approx(45)
    assert float(waste["turned"].sel(technology="appliances").sum()) == 0
    used = waste["used"].sel(place=URBAN, carrier="electricity", sector="residential")
    assert float(used) == approx(20)


def test_stocks_by_hand(waste):
    """1.0274 MW, half of it in ha and in engineers, who are borrowed."""
    power = 9e3 / 8760
    town = waste.sel(place=URBAN, technology="burner")
    assert float(town["capacity"]) == approx(power)
    assert float(town["land"]) == approx(power / 2)
    assert float(waste["staff"].sel(place=URBAN)) >= power / 2 - CLOSED
    assert float(waste["staff"].sel(place=TERRITORY)) == approx(1)


def test_the_plan_with_a_pencil():
    """docs/tiny.md: 200 of wind, 120 sent, 12 lost, 252 bought."""
    found = balance_of(solve_scenario(load_scenario(ROOT / "scenarios" / "tiny.yaml")))
    first, last = found.sel(year=2020), found.sel(year=2030)
    assert told(first, RURAL, "electricity") == approx({"bought": 80, "used": 80})
    assert told(first, TERRITORY, "electricity") == approx({"bought": 480, "used": 480})
    assert told(last, RURAL, "electricity") == approx({"made": 200, "used": 80, "sent": 120})
    town = {"bought": 252, "received": 120, "lost": 12, "used": 360}
    assert told(last, URBAN, "electricity") == approx(town)
    whole = {"made": 200, "bought": 252, "lost": 12, "used": 440}
    assert told(last, TERRITORY, "electricity") == approx(whole)


@pytest.fixture(scope="module")
def shipped() -> xr.Dataset:
    return solve_scenario(small(ROOT / "scenarios" / "pool.yaml"))


def test_it_closes_for_every_epci_and_carrier(outcome, shipped):
    for result in (outcome, shipped):
        found = balance_of(result)
        assert float(abs(found["closing"]).max()) < CLOSED
        flows = [name for name in BALANCE if BALANCE[name].unit == "GWh/yr" and name != "closing"]
        assert float(found[flows].min().to_array().min()) > -CLOSED
        members = found.sel(place=found["place"] != TERRITORY)
        for name in set(flows) - {"received", "sent", "exchanged"}:
            whole = found[name].sel(place=TERRITORY)
            assert whole.to_numpy() == approx(members[name].sum("place").to_numpy(), abs=CLOSED)
        between = members["received"].sum("place") - members["sent"].sum("place")
        assert float(abs(between).max()) < CLOSED
    assert float(balance_of(outcome)["lost_in_stores"].sum()) > 0
    assert float(balance_of(shipped)["exchanged"].sum()) > 0


@pytest.mark.parametrize("name", ["surplus", "storage_loss", "purchase", "flow_ratio"])
def test_it_would_not_close_with_a_wrong_number(outcome, name):
    """What is let go is told by the result: it is no remainder."""
    wrong = outcome.assign({name: outcome[name] + 1.0})
    assert float(abs(balance_of(wrong)["closing"]).max()) > 0.5


def test_every_variable_says_what_it_is(waste):
    assert set(waste.data_vars) == set(BALANCE)
    for name, spec in BALANCE.items():
        told_of = {"units": spec.unit, "long_name": spec.doc, "long_name_fr": spec.doc_fr}
        assert waste[name].attrs == told_of


def test_a_result_without_links_has_a_balance_too(tmp_path):
    """One EPCI alone."""
    scenario = write(tmp_path, demand({RURAL: 10}), carrier("electricity", 100))
    found = balance_of(solve_scenario(scenario)).isel(year=0)
    assert told(found, RURAL, "electricity") == approx({"bought": 10, "used": 10})
    assert found.sizes["link"] == 0
