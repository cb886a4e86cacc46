"""Exchange and market, by hand."""

from __future__ import annotations

import pytest
from pytest import approx

from tests.blocks.hand_partners_case import POOL
from tests.cases import (
    RURAL,
    THIRD,
    URBAN,
    carbon,
    carrier,
    demand,
    device,
    form,
    plant,
    rows,
    service,
    solve,
    steps,
)
from tests.results import bought, paid, price, sent


def test_heat_goes_to_neighbours_only(tmp_path):
    """Proves that heat crosses one border: RURAL touches URBAN, nobody touches THIRD.

    50 of waste heat, 12 % lost on the way: 44 arrive at URBAN, THIRD burns gas. 6 + 50 at 60 is
    3 360 k€; without the link the cost would be 6 000.
    """
    outcome = solve(
        tmp_path,
        service("heat"),
        device("radiator", {"heat": -1}, service="heat", lifetime=1000),
        device("boiler", {"gas": -1}, service="heat"),
        demand({URBAN: 50, THIRD: 50, RURAL: 0}, "heat", "radiator"),
        carrier("electricity", 100),
        carrier("gas", 60, balance="yearly"),
        carrier("heat", exchange="neighbour", loss=0.12),
        plant("smelter", {RURAL: 50}, flows={"heat": 1}, kind="recovered"),
        cooperation=POOL,
    )
    assert outcome.attrs["objective"] == approx(3.36)
    assert sent(outcome, RURAL, URBAN, "heat") == approx(50)
    assert f"{RURAL}>{THIRD}:heat" not in outcome["link"]


def wood(**road: float) -> list:
    """Wood @30 from the market, @20 from the rural forest; the city burns 50."""
    return [
        service("heat"),
        device("stove", {"wood": -1}, service="heat", lifetime=1000),
        demand({URBAN: 50, RURAL: 0, THIRD: 0}, "wood", "stove"),
        carrier("electricity", 100),
        carrier("wood", 30, balance="yearly", exchange="road", toll_per_km=0.05, **road),
        plant("forest", {RURAL: 200}, flows={"wood": 1}, kind="resource", cost=20),
    ]


def test_wood_pays_by_the_kilometre(tmp_path):
    """Proves the road: 100 km at 0.05 is 5 €/MWh, so 20 + 5 < 30 (rows `supplied`).

    50·25 = 1 250 k€; without the road the cost would be 1 500. 150 km are the most: THIRD is
    at 200 km from the forest.
    """
    outcome = solve(tmp_path, *wood(reach=150), cooperation=POOL)
    assert outcome.attrs["objective"] == approx(1.25)
    assert paid(outcome, "exchange") == approx(0.25)
    assert price(outcome, URBAN, "wood") == approx([25])
    links = outcome["link"].values.tolist()
    assert f"{RURAL}>{URBAN}:wood" in links
    assert f"{RURAL}>{THIRD}:wood" not in links


def test_wood_fills_the_road(tmp_path):
    """Proves that a road has a capacity (rows `exchange.yearly_limit`): 4 MW are 35.04 GWh/yr.

    35.04·25 + 14.96·30 = 1 324.8 k€. With no limit the cost would be 1 250.
    """
    outcome = solve(tmp_path, *wood(link_capacity=4), cooperation=POOL)
    assert outcome.attrs["objective"] == approx(1.3248)


def test_contract_between_two_of_three(tmp_path):
    """Proves that a contract opens one pair: 1 MW each way (rows `exchange.limit`).

    RURAL sends 8.76 of its wind @50 to URBAN, none to THIRD; each buys the rest @100:
    200·100 − 8.76·50 = 19 562 k€. Without the contract the cost would be 20 000.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100, THIRD: 100, RURAL: 0}),
        carrier("electricity", 100, exchange="contract", link_capacity=1),
        plant("wind", {RURAL: 100}, cost=50),
        cooperation={"form": "bilateral", "contracts": [[URBAN, RURAL]]},
    )
    assert outcome.attrs["objective"] == approx(19.562)
    assert sent(outcome, RURAL, URBAN) == approx(8.76)
    assert all(THIRD not in link for link in outcome["link"].values)


def test_no_link_before_cooperation(tmp_path):
    """Proves that the perimeter of an SPL opens links from its year on.

    Two shareholders from 2035: in 2030 the city buys all 50, in 2035 the wind of its partner.
    Without the perimeter the cost would be 10·50·100.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 50, RURAL: 0}),
        carrier("electricity", 100, exchange="contract"),
        plant("wind", {RURAL: 50}, cost=40),
        cooperation={"form": "spl", "vehicles": {"spl": {2030: [URBAN], 2035: "all"}}},
        horizon={"years": [2030, 2035]},
    )
    moved = outcome["exchange"].sel(link=f"{RURAL}>{URBAN}:electricity")
    assert moved.values == approx([0, 50], abs=1e-6)
    assert outcome.attrs["objective"] == approx(5 * 50 * 0.1 + 5 * 50 * 0.04)


@pytest.mark.parametrize("balance", ["hourly", "yearly"])
def test_market_is_rationed(tmp_path, balance):
    """Proves that a purchase may be limited (rows `market.rationed`, `market.yearly_rationed`).

    1 000 heads at 15 MWh: 15 GWh of the 20 that the demand of 2030 takes; the rest is made at 200.
    The price is then 200. Without the ration the cost would be 2 000 k€.
    """
    index = {"outlook": "growth", "service": "power", "epci": ""}
    outcome = solve(
        tmp_path,
        device("stove", {"fuel": -1}, lifetime=1000),
        demand({RURAL: 10}, "fuel", "stove"),
        carrier("electricity", 1000),
        carrier("fuel", 100, balance=balance, purchase_limit=15),
        plant("maker", {RURAL: 20}, flows={"fuel": 1}, cost=200),
        rows("outlook", {**index, "year": 2029, "index": 1}, {**index, "year": 2030, "index": 2}),
        demand={"outlook": "growth"},
    )
    assert bought(outcome, RURAL, "fuel") == approx(15)
    assert outcome.attrs["objective"] == approx(2.5)
    assert price(outcome, RURAL, "fuel") == approx([200])


@pytest.mark.parametrize("balance", ["hourly", "yearly"])
def test_a_ration_need_not_be_taken(tmp_path, balance):
    """Of 15 GWh that may be bought, 10 are needed: 1 000 k€."""
    outcome = solve(
        tmp_path,
        device("stove", {"fuel": -1}, lifetime=1000),
        demand({RURAL: 10}, "fuel", "stove"),
        carrier("electricity", 1000),
        carrier("fuel", 100, balance=balance, purchase_limit=15),
    )
    assert outcome.attrs["objective"] == approx(1)


def test_surplus_is_sold(tmp_path):
    """Proves the sale price: wind @30, 20 used at home, 80 sold at 40: 3 000 − 3 200 = −200 k€.

    Without the sale only 20 would be made, for 600.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 20}),
        carrier("electricity", 100, sale=40),
        plant("wind", {RURAL: 100}, cost=30),
    )
    assert outcome.attrs["objective"] == approx(-0.2)
    assert float(outcome["sale"].sum()) == approx(80)
    assert price(outcome, RURAL) == approx([40])


def test_price_has_a_shape(tmp_path):
    """Proves that a price keeps its mean: 100 as 50 by day and 150 by night.

    Demand by day only: 8·50 = 400 k€. Without the shape the cost would be 800.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 8}),
        service("power", profile="busy"),
        carrier("electricity", 100, price_profile="spot"),
        steps(12, 12, busy=[1, 0], spot=[20, 60]),
    )
    assert outcome.attrs["objective"] == approx(0.4)
    assert price(outcome, RURAL)[0] == approx(50)


def test_purchases_bought_together(tmp_path):
    """Proves a rebate of 2 % on common purchases: 98 instead of 100 €/MWh."""
    outcome = solve(
        tmp_path,
        demand({RURAL: 50, URBAN: 50}),
        carrier("electricity", 100),
        form("pool", 3, "members", purchase_rebate=0.02),
        cooperation=POOL,
    )
    assert outcome.attrs["objective"] == approx(9.8)


@pytest.mark.parametrize(("form_of", "bill"), [("none", 0.0), ("bilateral", -0.2)])
def test_a_contract_saves_no_carbon_on_paper(tmp_path, form_of, bill):
    """Proves that what is sold spares carbon: the same energy by the market or by a contract.

    RURAL makes 100 of wind @30, URBAN takes 20; bought @50, sold @40, 0.1 t/MWh, 200 €/t. Alone
    3 000 + 1 000 − 4 000 = 0 k€; by contract 3 000 − 80·40 = −200: the 20 spare the margin. Carbon
    is 0.1·(20 − 100)·200 = 0.1·(0 − 80)·200 = −1 600 k€. Counted gross, the contract would
    save 400.
    """
    contracts = {} if form_of == "none" else {"contracts": [[URBAN, RURAL]]}
    outcome = solve(
        tmp_path,
        demand({URBAN: 20, RURAL: 0}),
        carrier("electricity", 50, sale=40, emission=0.1, exchange="contract", link_capacity=100),
        plant("wind", {RURAL: 100}, cost=30),
        carbon(200),
        cooperation={"form": form_of, **contracts},
    )
    assert paid(outcome, "carbon") == approx(-1.6)
    assert outcome.attrs["objective"] == approx(bill - 1.6)
