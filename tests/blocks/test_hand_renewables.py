"""Renewables and storage, by hand."""

from __future__ import annotations

import pytest
from pytest import approx

from tests.cases import RURAL, URBAN, carrier, demand, plant, rows, solve, steps, technology
from tests.results import bought, made


def test_accepted_potential(tmp_path):
    """Proves that acceptance bounds the potential and density multiplies what takes land.

    A fifth of 100 GWh is 20 (rows `renewables.accepted`); at a density of 2, 40. Without the
    reserve of the territory the wind would give all 90.
    """
    pieces = [
        demand({RURAL: 90}),
        carrier("electricity", 100),
        plant("wind", {RURAL: 100}, cost=50, land=0.5),
    ]
    reserve = rows("acceptability", {"epci": RURAL, "technology": "wind", "acceptability": 0.2})
    assert made(solve(tmp_path, *pieces), "wind", RURAL) == approx(90)
    assert made(solve(tmp_path, *pieces, reserve), "wind", RURAL) == approx(20)
    dense = solve(tmp_path, *pieces, reserve, production={"density": 2.0})
    assert made(dense, "wind", RURAL) == approx(40)
    assert dense.attrs["objective"] == approx(40 * 0.05 + 50 * 0.1)


def test_land_set_aside(tmp_path):
    """Proves that land bounds what is added, not what stands (rows `renewables.spared`).

    5 ha at 1 ha/MW: 5 MW more, 12 GWh, beside the 24 GWh of the 10 MW that stand. Without the
    limit the wind would meet all 100.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 100}),
        carrier("electricity", 100),
        plant(
            "wind",
            {RURAL: 1000},
            existing={RURAL: 24},
            full_load_hours=2400,
            profile="wind",
            land=1,
            lifetime=1000,
        ),
        steps(24, wind=[1]),
        rows("endowments", {"epci": RURAL, "land": 5}),
    )
    assert made(outcome, "wind", RURAL) == approx(12 + 24 * 0.999)


def night(leak: float = 0.0, held: float = 100.0) -> list:
    """Solar free by day, 4 used by night @100; a store of `held`/8 760 GW and 12 h."""
    size = {"epci": RURAL, "technology": "tank", "low": held, "medium": held, "high": held}
    store = {"technology": "tank", "carrier": "electricity", "duration": 12}
    ways = {"charge_efficiency": 1, "discharge_efficiency": 1, "standing_loss": leak}
    return [
        demand({RURAL: 4}),
        rows("services", {"service": "power", "sector": "residential", "profile": "dark"}),
        carrier("electricity", 100),
        plant("solar", {RURAL: 1000}, full_load_hours=4380, profile="sun"),
        technology("tank", {}, kind="storage", actors=["consumer"]),
        rows("potentials", size),
        rows("build_rates", {"technology": "tank", "rate": 1}),
        rows("storages", {**store, **ways}),
        steps(12, 12, sun=[1, 0], dark=[0, 1]),
    ]


def test_power_of_a_store(tmp_path):
    """Proves that power bounds what goes in and out.

    Rows `storage.charging`, `storage.discharging`.
    A store for 2 GWh at full power gives 1 in the 12 h of the night: 3 are bought, 300 k€.
    Without it the night would cost 400.
    """
    outcome = solve(tmp_path, *night(held=2))
    assert outcome.attrs["objective"] == approx(0.3)
    assert bought(outcome, RURAL) == approx(3)


def test_energy_of_a_store(tmp_path):
    """Proves that energy bounds what is held (rows `storage.room`).

    4/8 760 GW could give 2 GWh in the nights of a year; with 6 h it holds 4/8 760·6·365 = 1,
    and 3 are bought, 300 k€. Without it the night would cost 400.
    """
    short = rows(
        "storages",
        {
            "technology": "tank",
            "carrier": "electricity",
            "duration": 6,
            "charge_efficiency": 1,
            "discharge_efficiency": 1,
        },
    )
    outcome = solve(tmp_path, *night(held=4), short)
    assert outcome.attrs["objective"] == approx(0.3)


def test_store_leaks(tmp_path):
    """Proves that what waits is lost by the hour (rows `storage.level_balance`).

    At 1 % an hour 12 hours keep 0.99^12 = 0.886385 of what was taken; a store of 4 GWh held
    gives 3.545539 and 0.454461 is bought. Without the leak nothing would be.
    """
    outcome = solve(tmp_path, *night(0.01, held=8))
    assert bought(outcome, RURAL) == approx(4 * (1 - 0.99**12))
    assert bought(solve(tmp_path, *night(0, held=8)), RURAL) == approx(0, abs=1e-9)


@pytest.mark.parametrize(("form_", "burnt", "cost"), [("none", 10, 11), ("pool", 30, 8)])
def test_waste_that_others_sent_is_not_ones_own(tmp_path, form_, burnt, cost):
    """Proves the duty to treat waste (rows `renewables.collected`), each its own.

    The town collects 10 GWh, and burnt 30 in the base year: 20 came from elsewhere. Alone it burns
    10, and the country pays 50 EUR/MWh for its 20; together all 30 are burnt, which spares 1 MEUR
    there and 20 GWh at 100 EUR/MWh here. Were what stands its own, the town would burn 30 alone.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100, RURAL: 10}),
        carrier("electricity", 100),
        carrier(
            "waste",
            sale=-50,
            balance="yearly",
            surplus="duty",
            backup="collection",
            exchange="contract",
        ),
        plant("collection", {URBAN: 10, RURAL: 20}, flows={"waste": 1}, kind="resource", counted=0),
        plant(
            "burner",
            {URBAN: 30},
            flows={"waste": -1, "electricity": 1},
            existing={URBAN: 30},
            kind="recovered",
            lifetime=1000,
        ),
        cooperation={"form": form_},
    )
    assert made(outcome, "collection", URBAN) == approx(10)
    assert made(outcome, "burner", URBAN) == approx(burnt)
    assert outcome.attrs["objective"] == approx(cost)
