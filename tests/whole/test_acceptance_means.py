"""Acceptance cases T6 to T14, by hand: staff, vintages, shares, storage, budgets."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr
from pytest import approx

from model.data.assemble import load_data
from model.outcome.solve import solve_scenario
from model.scenario import load_scenario, override
from tests.cases import (
    RURAL,
    URBAN,
    actor,
    carrier,
    constants,
    demand,
    form,
    measure,
    people,
    plant,
    rows,
    solve,
    steps,
    technology,
    write,
)
from tests.results import bought, made, price, saved, sent
from tests.whole.acceptance_case import POOL

ROOT = Path(__file__).parents[2]


def two_staffs(**pool: float) -> list:
    """Rural: 100 MW of wind, half an engineer. Urban: 12 MW, five. 10 MW per engineer.

    A MW is worth 72 k€/yr: 2 400 h at 90 − 60.
    """
    hours = {"full_load_hours": 2400, "profile": "wind"}
    return [
        demand({RURAL: 400, URBAN: 400}),
        carrier("electricity", 90),
        plant("wind", {RURAL: 240, URBAN: 28.8}, cost=60, **hours),
        steps(24, wind=[1]),
        rows("project_stages", {"technology": "wind", "stage": "emergence", "staff": 0.1}),
        rows("endowments", {"epci": RURAL, "staff": 0.5}, {"epci": URBAN, "staff": 5}),
        constants(),
        form("lend", 1, "members", **pool),
    ]


def turned(outcome: xr.Dataset, place: str) -> float:
    """Wind in use [MW]."""
    return made(outcome, "wind", place) / 2.4


def test_staff_alone(tmp_path):
    """Proves that without staff no project comes: 5 + 12 = 17 MW, worth 1 224 k€/yr."""
    outcome = solve(tmp_path, *two_staffs())
    assert [turned(outcome, RURAL), turned(outcome, URBAN)] == approx([5, 12])
    assert 72 - outcome.attrs["objective"] == approx(1.224)


def test_staff_pooled(tmp_path):
    """Proves that pooled staff unlocks the rural wind: 55 MW, worth 3 960 k€/yr.

    The city has work for 1.2 of its 5 engineers: at least 3.8 go. Without the pool it would be
    1 224: the gain is 2 736. An engineer is worth 10·72 = 720 k€.
    """
    outcome = solve(tmp_path, *two_staffs(lending=1), cooperation={"form": "lend"})
    assert turned(outcome, RURAL) + turned(outcome, URBAN) == approx(55)
    assert 72 - outcome.attrs["objective"] == approx(3.960)
    assert outcome["staff_price"].values.ravel() == approx([0.72, 0.72])
    assert float(outcome["staff_loan"].sel(link=f"{URBAN}>{RURAL}:staff").item()) >= 3.8 - 1e-9


def test_staff_lent_up_to_two(tmp_path):
    """Proves that a loan of 2 of the 5 engineers gives 25 + 12 = 37 MW: 2 664, gain 1 440 k€/yr."""
    outcome = solve(tmp_path, *two_staffs(lending=0.4), cooperation={"form": "lend"})
    assert [turned(outcome, RURAL), turned(outcome, URBAN)] == approx([25, 12])
    assert 72 - outcome.attrs["objective"] == approx(2.664)


def test_renewal(tmp_path):
    """Proves that annuities charge the years in use: 30 years with a plant that lives 20.

    1 000 €/kW at 4 % over 20 yr: 73.58175 €/kW/yr, 30 end-year payments: 1 272.3781 MEUR for 1 GW
    = 1 000 + 1 000/1.04^20 − what is left of the second plant. Two lump sums without the value
    left would cost 1 456.39.
    """
    outcome = solve(
        tmp_path,
        people(1_000_000),
        demand({RURAL: 8760}),
        carrier("electricity", 5000),
        actor("developer", "private", 0.04),
        plant("dam", {RURAL: 8760}, cost={"investment": 1000}, lifetime=20),
        horizon={
            "base_year": 2029,
            "years": [2030, 2050],
            "last_period": 10,
            "discount_rate": 0.04,
        },
    )
    assert outcome.attrs["objective"] == approx(1272.3781, rel=1e-6)
    left = 73.58175 * 8.110896 / 1.04**30
    assert 1000 + 1000 / 1.04**20 - left == approx(1272.3781, rel=1e-6)
    build = outcome["investment"].sel(technology="dam").sum(["epci", "actor"])
    assert build.values == approx([1000, 1000])  # MW: the plant is renewed


def forty_two_percent() -> list:
    """D 14 444.444 @100; local 1 300, then ≤ 1 700 at +20; savings at +10."""
    return [
        people(500_000),
        demand({URBAN: 1300 / 0.09}),
        carrier("electricity", 100),
        plant("present", {URBAN: 1300}, existing={URBAN: 1300}, cost=100, lifetime=1000),
        plant("new", {URBAN: 1700}, cost=120),
        measure("saving", 1, 0.6, 110),
    ]


def share_of(definition: str) -> dict:
    """42 % in 2030, no way around it."""
    aim = {"quantity": "local-share", "definition": definition, "of": [URBAN], "at": {2030: 0.42}}
    return {"share": aim}


def test_local_share(tmp_path):
    """Proves what 42 % on one's own soil takes.

    p = 1 700 and (3 000)/(14 444.444 − R) = 0.42: R = 7 301.5873; cost above the market
    1 700·20 + 7 301.5873·10 = 107 015.873 k€. A MWh more of the share costs 10/0.42 = 23.8095;
    one more of potential saves 23.8095 − 20. Without the target the cost would be 0 above it.
    """
    outcome = solve(tmp_path, *forty_two_percent(), targets=share_of("soil"))
    assert outcome.attrs["objective"] - 1300 / 0.9 == approx(107.015873, rel=1e-6)
    assert made(outcome, "new") == approx(1700)
    assert saved(outcome, "saving") == approx(7301.5873, rel=1e-6)
    assert float(outcome["target_price"].sel(year=2030).item()) == approx(23.8095, rel=1e-5)
    rent = outcome["potential_rent"].sel(epci=URBAN, technology="new", year=2030)
    assert float(rent) == approx(3.8095, rel=1e-4)
    share = outcome["local_share"].sel(epci=URBAN, year=2030)
    assert share.sel(definition=["soil", "contractual"]).values == approx([0.42, 0.42])


def test_local_share_with_a_partner(tmp_path):
    """Proves what partners bring: certificates at 22 do instead of the savings.

    0.42·14 444.444 − 3 000 = 3 066.6667: 34 000 + 3 066.6667·22 = 101 466.667 k€. Without the
    partner the cost would be 107 015.873, 5 549.206 more.
    """
    outcome = solve(
        tmp_path,
        *forty_two_percent(),
        demand({RURAL: 4000}),
        plant("wind", {RURAL: 4000}, cost=80),
        form("pool", 3, "members", certificate_cost=22),
        cooperation=POOL,
        targets=share_of("contractual"),
    )
    above = outcome.attrs["objective"] - 1300 / 0.9 - 4000 * 0.08
    assert above == approx(101.466667, rel=1e-6)
    assert 107.015873 - above == approx(5.549206, rel=1e-5)
    assert saved(outcome, "saving") == approx(0, abs=1e-6)
    assert sent(outcome, RURAL, URBAN, "certificate") == approx(3066.6667, rel=1e-6)


def day_and_night(held: float, sun: float = 0.0) -> list:
    """Solar 10 by day @`sun`, 4 used by day and 4 by night, market @100; store 0.9 in, 0.9 out.

    The store lasts 6 h, or 2 190 h over 365 days, so that `held`/2 190 GW hold `held` GWh.
    """
    battery = {"kind": "storage", "full_load_hours": 2190, "actors": ["consumer"]}
    size = {"epci": URBAN, "technology": "battery", "low": held, "medium": held, "high": held}
    store = {"technology": "battery", "carrier": "electricity", "duration": 6}
    return [
        demand({URBAN: 8}),
        carrier("electricity", 100),
        plant("solar", {URBAN: 10}, cost=sun, full_load_hours=4380, profile="sun"),
        technology("battery", {}, **battery),
        rows("potentials", size),
        rows("build_rates", {"technology": "battery", "rate": 1}),
        rows("storages", {**store, "charge_efficiency": 0.9, "discharge_efficiency": 0.9}),
        steps(12, 12, sun=[1, 0]),
    ]


def test_storage_shifts_the_day(tmp_path):
    """Proves that a store pays its losses: 4/0.9/0.9 = 4.938272 taken for 4 given, 1.061728 let go.

    Without it the night would cost 4·100 = 400 k€; with it nothing (or 1 €/MWh of sun, so that
    what is let go shows).
    """
    assert solve(tmp_path, *day_and_night(30)).attrs["objective"] == approx(0, abs=1e-9)
    outcome = solve(tmp_path, *day_and_night(30, sun=1))
    used = made(outcome, "solar")
    assert outcome.attrs["objective"] == approx(0.001 * used)
    assert [used - 4, 10 - used] == approx([4.938272, 1.061728], rel=1e-6)


def test_storage_that_is_too_small(tmp_path):
    """Proves the limit in energy: 3 held, 2.7 given, 1.3 bought: 130 k€.

    One more GWh of store saves 0.9·100 = 90. Without a store the cost would be 400.
    """
    outcome = solve(tmp_path, *day_and_night(3))
    assert outcome.attrs["objective"] == approx(0.130)
    assert bought(outcome) == approx(1.3)
    larger = solve(tmp_path, *day_and_night(3.1))
    assert larger.attrs["objective"] - outcome.attrs["objective"] == approx(-0.1 * 0.090)
    assert price(outcome) == approx([0, 100], abs=1e-6)


def hosting() -> list:
    """The city has 40 engineers, work for 40, and hires for a partner, at 65 k€ each.

    An engineer brings 1 MW: at home of solar, worth 2.4·(90 − 50) = 96 k€/yr, so that they stay;
    at the partner's of wind, worth 72 k€: more than a wage, less than a wage and the penalty of
    0.75 of the excess. The operating expenditure is 300 MEUR and grows 1 % by itself.
    """
    hours = {"full_load_hours": 2400, "profile": "wind"}
    return [
        demand({RURAL: 400, URBAN: 400}),
        carrier("electricity", 90),
        plant("wind", {RURAL: 240}, cost=60, **hours),
        plant("solar", {URBAN: 96}, cost=50, **hours),
        steps(24, wind=[1]),
        rows(
            "project_stages",
            {"technology": "wind", "stage": "emergence", "staff": 1},
            {"technology": "solar", "stage": "emergence", "staff": 1},
        ),
        rows(
            "endowments",
            {"epci": RURAL, "staff": 0},
            {"epci": URBAN, "staff": 40, "operating_expenditure": 300},
        ),
        constants(
            staff_wage=65_000,
            hire_share=1,
            operating_growth=0.01,
            operating_cap=0.012,
            excess_penalty=0.75,
            reimbursed_share=0.7,
        ),
    ]


@pytest.mark.parametrize(("rule", "hired"), [("gross", 9.230769), ("net", 30.769231), ("off", 40)])
def test_operating_rule(tmp_path, rule, hired):
    """Proves what the 1.2 % rule does to shared staff: 300·(1.012 − 1.010) = 0.6 MEUR of room.

    0.6/0.065 = 9.23 engineers when all of their cost counts, 0.6/(0.065·0.3) = 30.77 when 70 %
    is paid back. Without the rule the city would hire the 40 that the law of hiring allows.
    """
    cooperation = {"form": "pool"}
    outcome = solve(tmp_path, *hosting(), cooperation=cooperation, budget={"operating_rule": rule})
    assert float(outcome["hired_staff"].sel(epci=URBAN).item()) == approx(hired, rel=1e-6)
    assert 72 - outcome.attrs["objective"] == approx(40 * 0.096 + hired * 0.007, rel=1e-6)


def test_operating_ceiling(tmp_path):
    """Proves that the ceiling grows by 1.2 % a year: 310.930118 MEUR after three."""
    scenario = write(
        tmp_path, *hosting(), horizon={"years": [2030, 2032]}, budget={"operating_rule": "gross"}
    )
    ceiling = load_data(scenario).arrays["operating_ceiling"].sel(epci=URBAN)
    assert ceiling.values == approx([303.6, 310.930118], rel=1e-8)


def test_arithmetic_of_the_report():
    """Proves the totals behind 9 %, 42 %, 1 300 and 3 000, and that × 2.5 is × 2.31."""
    now, then = 1300 / 0.09, 3000 / 0.42
    assert [round(now), round(then)] == [14_444, 7_143]
    assert round(3000 / 1300, 2) == 2.31
    assert round(then / now - 1, 3) == -0.505
    assert 2.5 * 1300 == 3250


def test_base_year_of_rouen():
    """Proves that the shipped Rouen starts from 14 444 GWh, of which 1 300 GWh local: 9.0 %."""
    scenario = load_scenario(ROOT / "scenarios" / "rouen-alone.yaml")
    short = {"horizon.years": [2020, 2035, 2050], "horizon.hours_per_step": 24}
    outcome = solve_scenario(override(scenario, short)).sel(year=2020)
    assert float(outcome["final_consumption"].sum()) == approx(14_444, abs=1)
    assert float(outcome["local_production"].sum()) == approx(1300, abs=1)
    share = outcome["local_share"].squeeze("epci").sel(definition=["soil", "contractual"])
    assert share.values == approx([0.09, 0.09], abs=5e-4)
