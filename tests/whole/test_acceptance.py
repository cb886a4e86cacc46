"""The acceptance cases, each through a scenario and a folder of tables.

Every case can be redone with a pencil. EUR/MWh × GWh/yr / 1000 = MEUR/yr.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr
from pytest import approx

from model.data.assemble import load_data
from model.data.money import annuity_factor
from model.outcome.solve import solve_scenario
from model.scenario import load_scenario, override
from tests.cases import (
    RURAL,
    URBAN,
    actor,
    bought,
    carbon,
    carrier,
    constants,
    demand,
    device,
    form,
    made,
    measure,
    plant,
    price,
    rows,
    saved,
    sent,
    solve,
    steps,
    technology,
    write,
)

ROOT = Path(__file__).parents[2]

# --- T1 merit order --------------------------------------------------------------------------


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


# --- T2 annuity and cost of capital ----------------------------------------------------------

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


# --- T3 exchange -----------------------------------------------------------------------------


def neighbours(capacity: float | None, wind: float) -> list:
    """R: D 50, wind @55. U: D 200, solar ≤ 30 @80, market @100. Link: loss 5 %, toll 4 on sent."""
    limit = {} if capacity is None else {"link_capacity": capacity / 8.76}
    return [
        demand({RURAL: 50, URBAN: 200}),
        carrier("electricity", 100, exchange="contract", loss=0.05, toll=4, **limit),
        plant("wind", {RURAL: wind}, cost=55),
        plant("solar", {URBAN: 30}, cost=80),
    ]


POOL = {"form": "pool"}


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


# --- T4 and T5 the value of carbon -----------------------------------------------------------


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


# --- T6 engineering --------------------------------------------------------------------------


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


# --- T9 vintages -----------------------------------------------------------------------------


def test_renewal(tmp_path):
    """Proves that annuities charge the years in use: 30 years with a plant that lives 20.

    1 000 €/kW at 4 % over 20 yr: 73.58175 €/kW/yr, 30 end-year payments: 1 272.3781 MEUR for 1 GW
    = 1 000 + 1 000/1.04^20 − what is left of the second plant. Two lump sums without the value
    left would cost 1 456.39.
    """
    outcome = solve(
        tmp_path,
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


# --- T10 the local share ---------------------------------------------------------------------


def forty_two_percent() -> list:
    """D 14 444.444 @100; local 1 300, then ≤ 1 700 at +20; savings at +10."""
    return [
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


# --- T13 storage -----------------------------------------------------------------------------


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


# --- T14 the operating rule ------------------------------------------------------------------


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
            hire_limit=1,
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


# --- the report that founds the project ------------------------------------------------------


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
