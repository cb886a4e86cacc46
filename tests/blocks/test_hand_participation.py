"""Participation, solved by hand: nobody is worse off than alone."""

import pytest
from pytest import approx

from tests.blocks.hand_agreements_case import agreed, neighbours
from tests.cases import RURAL, URBAN, carrier, demand, device, plant, service, solve
from tests.results import made, sent


@pytest.mark.parametrize("balance", ["hourly", "yearly"])
def test_nobody_pays_with_what_it_buys(tmp_path, balance):
    """Rows `participation.earned`, `participation.yearly_earned`: energy is no coin.

    R has wind, and U could pay it with fuel that both buy at 90: 40 · 55 + 40 · 90 = 5 800 k€, each
    better off. But nothing that U could give is its own: 40 · 100 + 40 · 90 = 7 600.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 40}),
        demand({RURAL: 40}, "fuel", "boiler"),
        service("warmth"),
        carrier("electricity", 100, exchange="contract"),
        carrier("fuel", 90, balance=balance, exchange="contract"),
        device("boiler", {"fuel": -1}, service="warmth", lifetime=1000),
        plant("wind", {RURAL: 40}, cost=55),
        cooperation={"form": "pool", "participation": "path"},
    )
    assert outcome["exchange"].values == approx(0, abs=1e-6)
    assert outcome.attrs["objective"] == approx(7.6)


def test_what_one_makes_it_may_keep(tmp_path):
    """Row `participation.yearly_earned`: R burns 50 of its forest at 20, U buys 10 at 30."""
    outcome = solve(
        tmp_path,
        service("heat"),
        device("stove", {"wood": -1}, service="heat", lifetime=1000),
        demand({RURAL: 50, URBAN: 10}, "wood", "stove"),
        carrier("electricity", 100),
        carrier("wood", 30, balance="yearly", exchange="road"),
        plant("forest", {RURAL: 50}, flows={"wood": 1}, kind="resource", cost=20),
        cooperation={"form": "pool", "participation": "path"},
    )
    assert outcome.attrs["objective"] == approx(50 * 0.020 + 10 * 0.030)


def test_nobody_is_worse_off_over_the_path(tmp_path):
    """Row `participation.willing`: without money R has no reason to build for U.

    R may spend no more than its 2 750 k€ alone: nothing is sent, nothing is gained.
    """
    cooperation = {"form": "pool", "participation": "path"}
    outcome = solve(tmp_path, *neighbours(), cooperation=cooperation)
    assert sent(outcome, RURAL, URBAN) == approx(0, abs=1e-6)
    assert outcome.attrs["objective"] == approx(22.75)


def test_a_price_makes_everyone_willing(tmp_path):
    """At 70, above the 55 that wind costs and below the market, all 100 are sent."""
    cooperation = agreed(price=70) | {"participation": "path"}
    outcome = solve(tmp_path, *neighbours(), cooperation=cooperation)
    assert outcome.attrs["objective"] == approx(18.25)
    cheap = agreed(price=50) | {"participation": "path"}
    assert solve(tmp_path, *neighbours(), cooperation=cheap).attrs["objective"] == approx(22.75)


@pytest.mark.parametrize("carrier_sent", ["electricity", "certificate"])
def test_no_cash_passes_beside_the_limit(tmp_path, carrier_sent):
    """Rows `participation.frugal_in`, `participation.frugal_out`: a price is cash as well.

    Of 2 200 k€/yr at most, R can be paid for 40 GWh; of none at all, for nothing.
    """
    cooperation = agreed(price=100, carrier=carrier_sent) | {"participation": "path"}
    for limit, objective in ((2.2, 20.95), (0, 22.75)):
        found = solve(tmp_path, *neighbours(), cooperation=cooperation | {"transfer_limit": limit})
        assert found.attrs["objective"] == approx(objective, rel=1e-5)


@pytest.mark.parametrize("sense", ["path", "period"])
def test_transfers_pay_for_what_they_can(tmp_path, sense):
    """Rows `participation.content`, `participation.even`, `participation.bounded`.

    Of 2 200 k€/yr at most, R can be paid for 2 200 / 55 = 40 GWh sent: 18 250 + 60 · 45 = 20 950.
    """
    cooperation = {"form": "pool", "participation": sense, "transfer_limit": 2.2}
    outcome = solve(tmp_path, *neighbours(), cooperation=cooperation)
    assert made(outcome, "wind", RURAL) == approx(90)
    assert outcome.attrs["objective"] == approx(20.95)
    free = cooperation | {"transfer_limit": 1000}
    assert solve(tmp_path, *neighbours(), cooperation=free).attrs["objective"] == approx(18.25)
