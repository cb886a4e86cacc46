"""Certificates and targets, by hand."""

from __future__ import annotations

import pytest
from pytest import approx

from tests.blocks.hand_partners_case import POOL
from tests.cases import (
    RURAL,
    URBAN,
    carrier,
    demand,
    form,
    measure,
    plant,
    rows,
    service,
    solve,
    steps,
    technology,
)
from tests.results import made, paid, sent


def two_promises(rural: float) -> dict:
    """The city promises 30 GWh, the country `rural`, certificates counted; 50 €/MWh missed."""
    aim = {"quantity": "production", "definition": "contractual", "price": 50}
    return {
        "urban": {**aim, "of": [URBAN], "at": {2030: 30}},
        "rural": {**aim, "of": [RURAL], "at": {2030: rural}},
    }


@pytest.mark.parametrize(("rural", "moved"), [(0, 20), (12, 8)])
def test_origin_is_counted_once(tmp_path, rural, moved):
    """Proves that a certificate was produced, once (rows `certificates.backed`).

    20 GWh of wind: all go to the city, or 8 where the country needs 12 for itself (moving more
    would only move the gap, at 1 €/MWh). Counted twice, no gap would be left.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100, RURAL: 20}),
        carrier("electricity", 100),
        plant("wind", {RURAL: 20}),
        form("pool", 3, "members", certificate_cost=1),
        cooperation=POOL,
        targets=two_promises(rural),
    )
    assert sent(outcome, RURAL, URBAN, "certificate") == approx(moved)
    assert float(outcome["target_gap"].sum()) == approx(30 + rural - 20)
    balance = outcome["certificate_balance"].sel(year=2030)
    assert balance.sel(epci=[URBAN, RURAL]).values == approx([moved, -moved])
    used = outcome["final_consumption"].sum(["sector", "carrier"])
    contractual = (outcome["local_share"].sel(definition="contractual") * used).sum()
    assert float(contractual) == approx(20)  # what stands on the soil


def promise(quantity: str, value: float, price: float | None = None, **more: object) -> dict:
    """One target of the territory for 2030."""
    aim = {"quantity": quantity, "at": {2030: value}, **more}
    return {"aim": aim if price is None else {**aim, "price": price}}


AIMS = [
    ("production", 20, 50),  # wind at 150 against 100
    ("local-share", 0.2, 50),  # the same; a MWh saved at +30 spares 0.2 of it, so 150
    ("consumption", 90, 30),  # saving at 130 against 100
    ("emissions", 9, 30 / 0.1),  # the same: 0.1 t less a MWh
]


@pytest.mark.parametrize(("quantity", "value", "worth"), AIMS)
@pytest.mark.parametrize("soft", [False, True])
def test_targets(tmp_path, quantity, value, worth, soft):
    """Proves each target, hard and at a price.

    Rows `targets.produced`, `targets.shared`, `targets.sober`, `targets.clean`.
    D 100 @100 with 0.1 t/MWh; wind @150, saving @130. A hard target costs what it adds, and its
    dual says how much for the next unit; at half that price it is missed instead, and the penalty
    is an item of its own. Without targets the cost would be 10 000 k€.
    """
    short = {"production": 20, "local-share": 20, "consumption": 10, "emissions": 1}[quantity]
    price_missed = worth / 2 if soft else None
    outcome = solve(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", 100, emission=0.1),
        plant("wind", {URBAN: 100}, cost=150, emission_factor=0.1),
        measure("saving", 1, 0.5, 130),
        targets=promise(quantity, value, price_missed),
    )
    extra = short * worth / (2 if soft else 1) / 1000
    assert outcome.attrs["objective"] == approx(10 + extra)
    assert paid(outcome, "penalty") == approx(extra if soft else 0, abs=1e-9)
    assert float(outcome["target_gap"].sum()) == approx(short if soft else 0, abs=1e-6)
    assert float(outcome["target_price"].sum()) == approx(worth / 2 if soft else worth)


@pytest.mark.parametrize(("paid_per_ha", "gap"), [(None, 0), (100_000, 5)])
def test_land_target(tmp_path, paid_per_ha, gap):
    """Proves a ceiling on land (rows `targets.spared`): 5 ha, 5 MW at 1 ha/MW, 12 GWh.

    A MW is worth 2 400 h·50 €/MWh = 120 k€/yr, so is a ha; at 100 k€/ha the ceiling is passed by
    the 5 MW that complete the demand of 24. Without the target all the demand would be of wind.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 24}),
        carrier("electricity", 100),
        plant(
            "wind",
            {RURAL: 1000},
            cost={"variable_cost": 50, "fixed_cost": 0.001},
            land=1,
            full_load_hours=2400,
            profile="wind",
        ),
        steps(24, wind=[1]),
        targets=promise("land", 5, paid_per_ha),
    )
    assert made(outcome, "wind", RURAL) == approx(12 + 2.4 * gap)
    assert float(outcome["target_gap"].sum()) == approx(gap, abs=1e-6)
    worth = 120_000 if paid_per_ha is None else paid_per_ha
    assert float(outcome["target_price"].sum()) == approx(worth, rel=1e-4)


def test_hourly_share(tmp_path):
    """Proves that electricity counts in its hour.

    Rows `targets.timely`, `targets.generated`, `targets.consumed`.
    Solar gives 10 by day, 4 are used then and 4 by night: 10/8 over the year, 4/8 in its hours.
    For 60 %, 0.6·8 − 4 = 0.8 GWh are missing, at 20 €/MWh. Counted by the year nothing would be.
    """
    sun = {"full_load_hours": 4380, "profile": "sun", "lifetime": 1000, "actors": ()}
    outcome = solve(
        tmp_path,
        demand({RURAL: 8}),
        carrier("electricity", 100, sale=1),
        plant("solar", {RURAL: 10}, existing={RURAL: 10 / 0.999}, **sun),
        steps(12, 12, sun=[1, 0]),
        targets=promise("local-share", 0.6, 20, definition="hourly"),
    )
    share = outcome["local_share"].sel(epci=RURAL, year=2030)
    assert share.sel(definition=["soil", "hourly"]).values == approx([10 / 8, 0.5])
    assert float(outcome["target_gap"].sum()) == approx(0.8)
    assert paid(outcome, "penalty") == approx(0.8 * 0.020)


@pytest.mark.parametrize("aimed", [False, True])
def test_store_filled_from_the_market_makes_nothing_local(tmp_path, aimed):
    """Proves that the hourly count leaves stores alone and credits them with nothing.

    Bought by night at 50 for the day at 150: 4/0.9 @50 = 222.2 k€ instead of 600. No electricity
    is local: share −(4/0.9 − 4)/4, what the store loses. Without the row for what stores take, an
    aim that costs nothing to miss would forbid the store (600 k€), or the share would be 4/4.
    """
    both = {"duration": 12, "charge_efficiency": 1, "discharge_efficiency": 0.9}
    outcome = solve(
        tmp_path,
        demand({RURAL: 4}),
        service("power", profile="busy"),
        carrier("electricity", 100, price_profile="spot"),
        technology("battery", {}, kind="storage", actors=["consumer"]),
        rows("storages", {"technology": "battery", "carrier": "electricity", **both}),
        steps(12, 12, busy=[0, 1], spot=[1, 3]),
        targets=promise("local-share", 0.5, 0, definition="hourly") if aimed else {},
    )
    assert outcome.attrs["objective"] == approx(4 / 0.9 * 0.050)
    share = outcome["local_share"].sel(definition="hourly")
    assert float(share.item()) == approx(-(4 / 0.9 - 4) / 4)


def test_pooled_targets(tmp_path):
    """Proves that a pool keeps its promises together.

    20 GWh each: alone the city pays 150 for its wind, the country 110: 20·50 + 20·10. Together
    the country makes all 40: 40·10. Without the pool the cost would be 800 k€ higher.
    """
    pieces = [
        demand({URBAN: 100, RURAL: 100}),
        carrier("electricity", 100),
        plant("hill", {RURAL: 100}, cost=110),
        plant("roof", {URBAN: 100}, cost=150),
    ]
    each = {"each": {"quantity": "production", "of": "each", "at": {2030: 20}}}
    alone = solve(tmp_path, *pieces, targets=each)
    together = solve(tmp_path, *pieces, targets=each, cooperation=POOL)
    assert alone.attrs["objective"] == approx(20 + 1.2)
    assert together.attrs["objective"] == approx(20 + 0.4)
    assert made(together, "roof") == approx(0, abs=1e-6)


def test_penalty_falls_on_those_who_promised(tmp_path):
    """Proves that members share the penalty of a common target equally: 10·50/2 each.

    Without shares the penalty would stand in no one's accounts.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100, RURAL: 100}),
        carrier("electricity", 100),
        targets=promise("production", 10, 50),
    )
    shares = outcome["cost"].sel(item="penalty").sum(["actor", "year"])
    assert shares.sel(epci=[URBAN, RURAL]).values == approx([0.25, 0.25])
