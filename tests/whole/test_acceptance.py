"""Acceptance cases T1 to T5, by hand: merit order, capital, exchange, carbon."""

from __future__ import annotations

import pytest
from pytest import approx

from model.data.money import annuity_factor
from tests.cases import (
    RURAL,
    URBAN,
    actor,
    carbon,
    carrier,
    demand,
    device,
    measure,
    plant,
    rows,
    solve,
    steps,
)
from tests.results import bought, made, price, saved, sent
from tests.whole.acceptance_case import POOL


def test_merit_order(tmp_path):
    """Proves that the cheapest source goes first and that a scarce one earns the difference.

    D 100; solar ≤ 30 @50, wind ≤ 40 @60, market @90: 30·50 + 40·60 + 30·90 = 6 600 k€.
    Without solar and wind the cost would be 9 000; one more GWh of solar saves 90 − 50 = 40.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", 90),
        plant("solar", {URBAN: 30}, cost=50),
        plant("wind", {URBAN: 40}, cost=60),
    )
    assert outcome.attrs["objective"] == approx(6.6)
    assert [made(outcome, "solar"), made(outcome, "wind"), bought(outcome)] == approx([30, 40, 30])
    assert price(outcome) == approx([90])
    rent = outcome["potential_rent"].sel(epci=URBAN, year=2030)
    assert rent.sel(technology=["solar", "wind"]).values == approx([40, 30])
    assert 90 * 100 - 40 * 30 - 30 * 40 == 6600


RECOVERY = {0.025: 0.0542759, 0.03: 0.0574279, 0.04: 0.0640120, 0.05: 0.0709525, 0.07: 0.0858105}


LEVELISED = {0.025: 46.066, 0.03: 47.773, 0.04: 51.340, 0.05: 55.099, 0.07: 63.147}


@pytest.mark.parametrize("rate", RECOVERY)
def test_cost_of_capital(tmp_path, rate):
    """Proves that a plant costs the annuity of its owner's capital, and its upkeep, per MWh.

    1 300 €/kW over 25 yr, 40 €/kW/yr, 2 400 h: (CRF · 1 300 + 40) / 2.4 €/MWh. Without wind the
    price would be that of the market, 1 000.
    """
    assert annuity_factor(rate, 25) == approx(RECOVERY[rate], abs=5e-8)
    cost = {"investment": 1300, "fixed_cost": 40}
    outcome = solve(
        tmp_path,
        demand({RURAL: 24}),
        carrier("electricity", 1000),
        actor("developer", "private", rate),
        plant("wind", {RURAL: 1000}, cost=cost, lifetime=25, full_load_hours=2400, profile="wind"),
        steps(24, wind=[1]),
    )
    expected = (float(annuity_factor(rate, 25)) * 1300 + 40) / 2.4
    assert expected == approx(LEVELISED[rate], abs=5e-4)
    assert price(outcome, RURAL) == approx([expected])
    assert outcome.attrs["objective"] == approx(24 * expected / 1000)
    assert outcome["capacity"].sel(technology="wind").sum() == approx(10)  # MW: 24 GWh / 2 400 h


def neighbours(capacity: float | None, wind: float) -> list:
    """R: D 50, wind @55. U: D 200, solar ≤ 30 @80, market @100. Link: loss 5 %, toll 4 on sent."""
    limit = {} if capacity is None else {"link_capacity": capacity / 8.76}
    return [
        demand({RURAL: 50, URBAN: 200}),
        carrier("electricity", 100, exchange="contract", loss=0.05, toll=4, **limit),
        plant("wind", {RURAL: wind}, cost=55),
        plant("solar", {URBAN: 30}, cost=80),
    ]


def test_no_exchange(tmp_path):
    """Proves that alone each serves itself: 50·55 + 30·80 + 170·100 = 22 150 k€."""
    outcome = solve(tmp_path, *neighbours(80, 150))
    assert outcome.attrs["objective"] == approx(22.150)
    assert outcome.sizes["link"] == 0


def test_scarce_link(tmp_path):
    """Proves that a full link keeps two prices apart and earns the gain.

    80 sent, 76 received: 130·55 + 30·80 + 94·100 + 80·4 = 19 270; the link earns
    0.95·100 − 4 − 55 = 36 per MWh, 36·80 = 2 880. Without the link the cost would be 22 150.
    """
    outcome = solve(tmp_path, *neighbours(80, 150), cooperation=POOL)
    assert outcome.attrs["objective"] == approx(19.270)
    assert 22.150 - outcome.attrs["objective"] == approx(2.880)
    assert sent(outcome, RURAL, URBAN) == approx(80)
    assert [made(outcome, "wind", RURAL), made(outcome, "solar")] == approx([130, 30])
    assert bought(outcome) == approx(94)
    assert price(outcome, RURAL) + price(outcome) == approx([55, 100])


def test_scarce_wind(tmp_path):
    """Proves that with a wide link the potential earns the gain.

    100 sent, 95 received: 150·55 + 30·80 + 75·100 + 100·4 = 18 550; prices 91 = 0.95·100 − 4
    and 100; the wind earns 91 − 55 = 36. Without the link the cost would be 22 150.
    """
    outcome = solve(tmp_path, *neighbours(None, 150), cooperation=POOL)
    assert outcome.attrs["objective"] == approx(18.550)
    assert sent(outcome, RURAL, URBAN) == approx(100)
    assert price(outcome, RURAL) + price(outcome) == approx([91, 100])
    rent = outcome["potential_rent"].sel(epci=RURAL, technology="wind", year=2030)
    assert float(rent) == approx(36)


def test_ample_wind(tmp_path):
    """Proves that with wind to spare the city takes the whole gain.

    200/0.95 = 210.5263 sent: 260.5263·55 + 210.5263·4 = 15 171.0526; the city's price is
    (55 + 4)/0.95 = 62.1053, so solar and market stop. Without the link the cost would be 22 150.
    """
    outcome = solve(tmp_path, *neighbours(None, 500), cooperation=POOL)
    assert outcome.attrs["objective"] == approx(15.1710526315)
    assert 22.150 - outcome.attrs["objective"] == approx(6.9789473684)
    assert sent(outcome, RURAL, URBAN) == approx(210.526315789)
    assert [made(outcome, "solar"), bought(outcome)] == approx([0, 0], abs=1e-6)
    assert price(outcome, RURAL) + price(outcome) == approx([55, 62.105263157])


def supply_and_saving(value: float) -> list:
    """D 200; savings 20 @30, 30 @70, 40 @130, each a share of what is left; wind ≤ 60 @60."""
    return [
        demand({URBAN: 200}),
        carrier("electricity", 100, emission=0.227),
        plant("wind", {URBAN: 60}, cost=60),
        measure("light", 1, 20 / 200, 30),
        measure("deep", 2, 30 / 180, 70),
        measure("full", 3, 40 / 150, 130),
        carbon(value),
    ]


def test_saving_against_production(tmp_path):
    """Proves that saving and producing compete at their cost.

    20·30 + 30·70 + 60·60 + 90·100 = 15 300 k€, price 100; the third step, at 130, waits. Without
    measures the cost would be 60·60 + 140·100 = 17 600.
    """
    outcome = solve(tmp_path, *supply_and_saving(0))
    assert outcome.attrs["objective"] == approx(15.300)
    found = [saved(outcome, name) for name in ("light", "deep", "full")]
    assert found == approx([20, 30, 0], abs=1e-6)
    assert [made(outcome, "wind"), bought(outcome)] == approx([60, 90])
    assert price(outcome) == approx([100])


def test_carbon_value_that_brings_the_last_step(tmp_path):
    """Proves where saving overtakes the market: 100 + 0.227·χ = 130 at χ = 132.1586 €/t."""
    switch = 30 / 0.227
    assert switch == approx(132.1586, abs=5e-5)
    below = solve(tmp_path, *supply_and_saving(switch - 0.01))
    above = solve(tmp_path, *supply_and_saving(switch + 0.01))
    assert [saved(below, "full"), saved(above, "full")] == approx([0, 40], abs=1e-6)
    assert price(below) == approx([100 + 0.227 * (switch - 0.01)])
    assert price(above) == approx([100 + 0.227 * (switch + 0.01)])


def gas_or_wood(value: float) -> list:
    """Heat 100: gas 40/0.90 = 44.4444; wood 28/0.85 + 25 = 57.9412 €/MWh of heat."""
    return [
        demand({URBAN: 100 / 0.9}, "gas", "gas-boiler"),
        rows("services", {"service": "heat", "sector": "residential"}),
        carrier("electricity", 100),
        carrier("gas", 40, balance="yearly", emission=0.227),
        carrier("wood", 28, balance="yearly", emission=0.03),
        device("gas-boiler", {"gas": -1 / 0.9}, service="heat", lifetime=1000),
        device("wood-boiler", {"wood": -1 / 0.85}, service="heat", cost=25),
        carbon(value),
    ]


def test_carbon_value_that_brings_wood(tmp_path):
    """Proves the switch: (57.9412 − 44.4444) / (0.252222 − 0.0352941) = 62.2175 €/t.

    Below it wood would cost more than gas and its carbon; above it all the heat is of wood.
    """
    switch = (28 / 0.85 + 25 - 40 / 0.9) / (0.227 / 0.9 - 0.03 / 0.85)
    assert switch == approx(62.2175, abs=5e-5)
    below = solve(tmp_path, *gas_or_wood(switch - 0.01))
    above = solve(tmp_path, *gas_or_wood(switch + 0.01))
    assert [made(below, "gas-boiler"), made(below, "wood-boiler")] == approx([100, 0], abs=1e-6)
    assert [made(above, "gas-boiler"), made(above, "wood-boiler")] == approx([0, 100], abs=1e-6)
    assert below.attrs["objective"] == approx(4.44444 + 0.0252222 * (switch - 0.01), rel=1e-5)
    assert float(below["emissions"].sum()) == approx(25.2222, rel=1e-5)
    assert float(above["emissions"].sum()) == approx(3.52941, rel=1e-5)
