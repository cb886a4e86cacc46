"""Plants that a duty asks for, that have a least size, or that are renewed, by hand."""

from __future__ import annotations

import pytest
from pytest import approx

from tests.cases import (
    RURAL,
    URBAN,
    carrier,
    demand,
    plant,
    solve,
)
from tests.results import made, paid


def treating(gate_fee: float | None = 50, burner: float = 600, **more: object) -> list:
    """50 GWh of waste of the country; a burner takes 5 for 1 of electricity, at `burner` €/MWh.

    Elsewhere it is taken for a gate fee.
    """
    return [
        demand({RURAL: 100, URBAN: 100}),
        carrier("electricity", 100),
        carrier(
            "waste",
            sale=None if gate_fee is None else -gate_fee,
            balance="yearly",
            exchange="road",
            surplus="duty",
        ),
        plant("collection", {RURAL: 50}, flows={"waste": 1}, kind="resource", counted=0),
        plant("burner", {URBAN: 100}, flows={"waste": -5, "electricity": 1}, cost=burner, **more),
    ]


@pytest.mark.parametrize(("form_", "burnt", "cost"), [("none", 0, 22.5), ("pool", 10, 21)])
def test_waste_is_treated_by_someone(tmp_path, form_, burnt, cost):
    """Proves that waste is a duty (rows `renewables.collected`, `balance.spent`).

    The country has no plant: 50 GWh at 50 €/MWh, 2.5 MEUR, beside 20 for electricity. With the
    city its burner makes 10 GWh at 200 that cost 100 to buy: 1 MEUR more, less than 2.5. Without
    the duty nothing would be burnt, and the cost would be 20.
    """
    outcome = solve(tmp_path, *treating(burner=200), cooperation={"form": form_})
    assert made(outcome, "burner", URBAN) == approx(burnt, abs=1e-9)
    assert outcome.attrs["objective"] == approx(cost)


def test_a_plant_has_a_least_size(tmp_path):
    """Proves that no plant is built where there is no room for the smallest one.

    100 GWh of potential is 11.4 MW: with plants of 12 MW or more there is none, and the waste is
    paid for; 1 MW at least changes nothing.
    """
    pool = {"form": "pool"}
    small = solve(tmp_path, *treating(burner=200, smallest=1), cooperation=pool)
    large = solve(tmp_path, *treating(burner=200, smallest=12), cooperation=pool)
    assert made(small, "burner", URBAN) == approx(10)
    assert made(large, "burner", URBAN) == approx(0, abs=1e-9)
    assert large.attrs["objective"] == approx(22.5)


@pytest.mark.parametrize(("renewal", "kept", "invested"), [(0.5, 8.76, 0.0125), (0, 4.38, 0)])
def test_what_stands_is_renewed(tmp_path, renewal, kept, invested):
    """Proves renewal like for like (rows `stock.renewing`): half of 1 MW retires in ten years.

    No one may build. Renewed for half of 1 000 €/kW over 20 years: 25 €/kW/yr, 12.5 k€ for 0.5 MW,
    where 4.38 GWh cost 438 to buy. Without renewal they are bought.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 100}),
        carrier("electricity", 100),
        plant(
            "wind",
            {RURAL: 8.76},
            existing={RURAL: 8.76},
            lifetime=20,
            actors=(),
            renewal=renewal,
            cost={"investment": 1000},
        ),
        horizon={"base_year": 2020, "years": [2030]},
    )
    assert made(outcome, "wind", RURAL) == approx(kept)
    assert paid(outcome, "investment") == approx(invested)
    assert float(outcome["renewed"].sum()) == approx(0.5 if renewal else 0)


def test_renewal_that_does_not_pay(tmp_path):
    """Proves that a plant goes where its renewal costs more than what it gives."""
    dear = plant(
        "wind",
        {RURAL: 8.76},
        existing={RURAL: 8.76},
        lifetime=20,
        actors=(),
        renewal=1,
        cost={"investment": 20_000},
    )
    horizon = {"base_year": 2020, "years": [2030]}
    outcome = solve(
        tmp_path, demand({RURAL: 100}), carrier("electricity", 100), dear, horizon=horizon
    )
    assert made(outcome, "wind", RURAL) == approx(4.38)
