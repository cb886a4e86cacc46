"""Orders by hand: what is sold for years to come is built with cheaper capital.

Wind of 8 760 EUR/kW that runs all year and lives 20 years: 1 000 · CRF EUR/MWh, 94.393 at the 7 %
of a developer and 73.582 at the 4 % of an order.
"""

from __future__ import annotations

import pytest
import xarray as xr
from pytest import approx

from model.settlement import game_of
from tests.cases import RURAL, URBAN, actor, carrier, demand, plant, solve, write
from tests.results import bought, made, over_years, paid, sent

USUAL, ORDERED = 94.392926, 73.581750
DEAR = {"investment": 8760}


def market(price: float) -> list:
    """R: D 50, wind ≤ 150. U: D 100. Both buy at a price."""
    return [
        demand({RURAL: 50, URBAN: 100}),
        carrier("electricity", price, exchange="contract"),
        actor("developer", "private", 0.07),
        plant("wind", {RURAL: 150}, cost=DEAR, lifetime=20),
    ]


def ordering(**terms: object) -> dict:
    """Full pooling, and an order by which R sends U electricity from 2030 on."""
    there = {"sender": RURAL, "receiver": URBAN, "carrier": "electricity", "signed": 2030}
    return {"form": "pool", "agreements": {"wind": there | terms}}


def spared(outcome: xr.Dataset) -> list[float]:
    """What orders spare, over the milestones [MEUR/yr]."""
    return (-outcome["cost"].sel(item="order").sum(["epci", "actor"])).values.tolist()


def test_an_order_makes_wind_pay(tmp_path):
    """Row `orders.covered`: at 80 wind pays for the 40 that are ordered, and for no other.

    40 · 73.582 + 110 · 80 = 11 743.27 k€. Without the order nothing is built: 150 · 80 = 12 000.
    """
    assert solve(tmp_path, *market(80), cooperation=ordering()).attrs["objective"] == approx(12)
    outcome = solve(tmp_path, *market(80), cooperation=ordering(ceiling=40, cost_of_capital=0.04))
    assert made(outcome, "wind", RURAL) == approx(40)
    assert sent(outcome, RURAL, URBAN) == approx(40)
    assert outcome.attrs["objective"] == approx(0.04 * ORDERED + 110 * 0.08, rel=1e-6)
    assert paid(outcome, "order") == approx(-0.04 * (USUAL - ORDERED), rel=1e-6)


def test_an_order_counts_for_what_is_built(tmp_path):
    """Row `orders.backed`: of an order of 400 for 30 of wind, 30 are spared capital."""
    pieces = [*market(100), plant("wind", {RURAL: 30}, cost=DEAR, lifetime=20)]
    outcome = solve(tmp_path, *pieces, cooperation=ordering(ceiling=400, cost_of_capital=0.04))
    assert spared(outcome) == approx([0.03 * (USUAL - ORDERED)], rel=1e-6)
    assert bought(outcome, RURAL) + bought(outcome) == approx(120)


def test_an_order_spares_no_more_than_there_is(tmp_path):
    """An order at 9 % is no help to whoever borrows at 7."""
    outcome = solve(tmp_path, *market(100), cooperation=ordering(cost_of_capital=0.09))
    assert spared(outcome) == approx([0], abs=1e-9)


@pytest.mark.parametrize(("term", "second"), [(10, 0.0), (15, 0.5), (20, 1.0)])
def test_after_the_order_capital_costs_what_it_did(tmp_path, term, second):
    """At 90 an order of 40 for ten years of twenty pays: (73.582 + 94.393) / 2 = 83.99.

    A term of fifteen years covers half of the second milestone, and takes half of 40 there.
    """
    outcome = solve(
        tmp_path,
        *market(90),
        cooperation=ordering(ceiling=40, term=term, cost_of_capital=0.04),
        horizon={"years": [2030, 2040], "last_period": 10},
    )
    assert over_years(outcome, "wind") == approx([40, 40])
    each = 0.04 * (USUAL - ORDERED)
    assert spared(outcome) == approx([each, second * each], rel=1e-6, abs=1e-9)


def test_an_order_needs_both(tmp_path):
    """Alone, R and U buy at 80; together they gain 40 · (80 − 73.582) = 256.73 k€."""
    terms = ordering(ceiling=40, cost_of_capital=0.04)
    game = game_of(write(tmp_path, *market(80), cooperation=terms))
    assert game.alone.tolist() == approx([4, 8])
    assert game.gain == approx(0.04 * (80 - ORDERED), rel=1e-6)
