"""Cases solved by hand: devices, reduction, demand, emissions.

EUR/MWh × GWh/yr / 1000 = MEUR/yr. A docstring names the rows that decide the case.
"""

from __future__ import annotations

import pytest
from pytest import approx

from tests.cases import (
    RURAL,
    URBAN,
    carbon,
    carrier,
    demand,
    device,
    measure,
    plant,
    rows,
    service,
    solve,
)
from tests.results import bought, made, over_years, paid, saved

FIVE_YEARS = {"base_year": 2020, "years": [2025, 2030]}


# --- devices ---------------------------------------------------------------------------------


def warm(charge: float = 0.0, power: float = 100, **pump: object) -> list:
    """Heat 100: boilers at 40/0.9 = 44.44 €/MWh; heat pumps at (power + charge)/3."""
    return [
        service("heat"),
        demand({URBAN: 100 / 0.9}, "gas", "boiler"),
        carrier("electricity", power, charge=charge),
        carrier("gas", 40, balance="yearly"),
        device("boiler", {"gas": -1 / 0.9}, service="heat", lifetime=1000),
        device("pump", {"electricity": -1 / 3}, service="heat", **pump),
    ]


@pytest.mark.parametrize(("charge", "pumps"), [(30, 100), (40, 0)])
def test_network_charge_decides_between_pump_and_boiler(tmp_path, charge, pumps):
    """Proves that a final use pays its networks: (100 + 30)/3 = 43.33 < 44.44 < (100 + 40)/3.

    Without the charge the pump would heat at 33.33 in both cases.
    """
    outcome = solve(tmp_path, *warm(charge))
    assert made(outcome, "pump") == approx(pumps, abs=1e-6)
    assert paid(outcome, "network") == approx(pumps / 3 * charge / 1000, abs=1e-9)


def test_devices_have_a_reach(tmp_path):
    """Proves that a device suits a part of the demand (rows `devices.reach`).

    Pumps suit 60 % of the heat: 60·33.33 + 40·44.44 = 3 777.8 k€. Without the ceiling the pumps
    would give all, at 3 333.3.
    """
    most = rows("device_ceilings", {"technology": "pump", "type": "urban", "ceiling": 0.6})
    outcome = solve(tmp_path, *warm(), most)
    assert made(outcome, "pump") == approx(60)
    assert outcome.attrs["objective"] == approx((60 * 100 / 3 + 40 * 40 / 0.9) / 1000)


@pytest.mark.parametrize(("power", "pumps"), [(110, 0), (90, 50)])
def test_new_devices_follow_old_ones(tmp_path, power, pumps):
    """Proves that a paid fleet serves until it retires (rows `devices.fleet`).

    Half of the boilers of 2020 (life 20) stand in 2030 and heat at 44.44. For the other half a
    new boiler adds 500/20/2 = 12.5, in all 56.94; a pump 1 000/20/2 = 25, in all 61.67 with
    electricity at 110 and 55 at 90. Without old boilers at 90 the pumps would give 100.
    """
    life = {"lifetime": 20, "full_load_hours": 2000}
    outcome = solve(
        tmp_path,
        *warm(power=power, cost={"investment": 1000}, **life),
        device("boiler", {"gas": -1 / 0.9}, service="heat", cost={"investment": 500}, **life),
        horizon={"base_year": 2020, "years": [2030]},
    )
    assert made(outcome, "pump") == approx(pumps, abs=1e-6)
    new = 56.944444 if power == 110 else 55
    assert outcome.attrs["objective"] == approx((50 * 40 / 0.9 + 50 * new) / 1000, rel=1e-6)


def test_wood_in_stoves_is_local_energy(tmp_path):
    """Proves that wood burnt at home counts once, as fuel: 75 of heat from 100 of wood.

    Without `counted` the 100 GWh of wood would be no local production; share 100/100.
    """
    stove = device("stove", {"wood": -1 / 0.75}, service="heat", counted=1 / 0.75, lifetime=1000)
    outcome = solve(
        tmp_path,
        service("heat"),
        demand({RURAL: 100}, "wood", "stove"),
        carrier("electricity", 100),
        carrier("wood", 30, balance="yearly"),
        stove,
    )
    assert made(outcome, "stove", RURAL) == approx(75)
    assert float(outcome["local_production"].sum()) == approx(100)
    assert float(outcome["local_share"].sel(definition="soil").item()) == approx(1)


# --- reduction -------------------------------------------------------------------------------


def test_measures_act_on_what_is_left(tmp_path):
    """Proves that nothing is saved twice (rows `reduction.ceiling`): 50, 25, 12.5 of 100.

    Without the second measure the third takes half of what the first left, 25. Counted on the
    whole demand, the three halves would save 150 of 100.
    """
    halves = [measure(name, i, 0.5) for i, name in enumerate(("light", "deep", "full"))]
    pieces = [demand({URBAN: 100}), carrier("electricity", 100), *halves]
    outcome = solve(tmp_path, *pieces)
    assert [saved(outcome, n) for n in ("light", "deep", "full")] == approx([50, 25, 12.5])
    assert outcome.attrs["objective"] == approx(12.5 * 0.1)
    without = solve(tmp_path, *pieces, reduction={"exclude": ["deep"]})
    assert [saved(without, n) for n in ("light", "full")] == approx([50, 25])


def test_saving_takes_time(tmp_path):
    """Proves that a tenth of the potential a year is the most (rows `reduction.progress`).

    40 GWh to save: 4 a year, 20 after five years, 40 after ten. Without the pace all 40 would
    be saved in 2025.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", 100),
        measure("saving", 1, 0.4, pace=0.1),
        horizon={"base_year": 2020, "years": [2025, 2030, 2035]},
    )
    found = outcome["consumption_reduction"].sel(epci=URBAN, measure="saving")
    assert found.values == approx([20, 40, 40])


@pytest.mark.parametrize(("later", "both"), [(50, 40), (10, 0)])
def test_saving_lasts(tmp_path, later, both):
    """Proves that a saving is kept (rows `reduction.lasting`): 40 GWh at 60 €/MWh, then as now.

    At 100 in 2025 it gains 40, in 2030 it loses 60 − 50 = 10 or 60 − 10 = 50: done in the first
    case only. Without the row it would be done in 2025 in both.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", {2025: 100, 2030: later}),
        measure("saving", 1, 0.4, 60),
        horizon=FIVE_YEARS,
    )
    found = outcome["consumption_reduction"].sel(epci=URBAN, measure="saving")
    assert found.values == approx([both, both], abs=1e-6)


def test_sobriety_is_kept_apart(tmp_path):
    """Proves that sobriety has a switch and a name of its own.

    Efficiency saves 20 of 100, sobriety at full 10 % of the 80 left: 8, at half 4. Without the
    switch a plan could not show what rests on habits.
    """
    pieces = [
        demand({URBAN: 100}),
        carrier("electricity", 100),
        measure("insulation", 1, 0.2),
        measure("19-degrees", 2, 0.1, kind="sobriety"),
    ]
    full = solve(tmp_path, *pieces)
    half = solve(tmp_path, *pieces, reduction={"sobriety": 0.5})
    assert [saved(full, n) for n in ("insulation", "19-degrees")] == approx([20, 8])
    assert [saved(half, n) for n in ("insulation", "19-degrees")] == approx([20, 4])
    assert full["measure_kind"].values.tolist() == ["efficiency", "sobriety"]


def test_saving_is_an_annuity(tmp_path):
    """Proves that renovation costs the annuity of its investment.

    1 000 EUR per MWh a year over 20 yr at 0 %: 50 €/MWh, and 5 to run: 40·55 instead of 40·100.
    Without the measure the cost would be 10 000 k€.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", 100),
        measure("renovation", 1, 0.4, 5, investment=1000, lifetime=20),
    )
    assert paid(outcome, "measures") == approx(2.2)
    assert outcome.attrs["objective"] == approx(8.2)


# --- demand ----------------------------------------------------------------------------------


def test_outlook_carries_demand(tmp_path):
    """Proves that demand follows the outlook, each EPCI its own (rows `demand.met`).

    Index 1.2 in 2030 for all, 0.9 for the city: 120 and 90. Without an outlook: 100 and 100.
    """
    index = {"outlook": "growth", "service": "power"}
    outcome = solve(
        tmp_path,
        demand({RURAL: 100, URBAN: 100}),
        carrier("electricity", 100),
        rows(
            "outlook",
            {**index, "epci": "", "year": 2029, "index": 1},
            {**index, "epci": "", "year": 2030, "index": 1.2},
            {**index, "epci": URBAN, "index": 0.9},
        ),
        demand={"outlook": "growth"},
    )
    assert [bought(outcome, RURAL), bought(outcome, URBAN)] == approx([120, 90])


def test_falling_demand_releases_a_saving(tmp_path):
    """Proves that a saving lasts as a share: demand halves, and so does what must be kept.

    40 saved of 100 in 2025, 20 of 50 in 2030. Were 40 kept, the ceiling of 20 would be broken.
    """
    index = {"outlook": "decline", "service": "power", "epci": ""}
    outcome = solve(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", 100),
        rows(
            "outlook",
            {**index, "year": 2020, "index": 1},
            {**index, "year": 2025, "index": 1},
            {**index, "year": 2030, "index": 0.5},
        ),
        measure("saving", 1, 0.4, 60),
        demand={"outlook": "decline"},
        horizon=FIVE_YEARS,
    )
    assert outcome["consumption_reduction"].sel(epci=URBAN).values.ravel() == approx([40, 20])
    assert over_years(outcome, "appliances", URBAN) == approx([60, 30])


# --- emissions -------------------------------------------------------------------------------


def test_carbon_is_an_item_of_its_own(tmp_path):
    """Proves what carbon costs: on site 0.1 t/MWh, bought 0.05, at 200 €/t.

    The plant costs 60 + 20 and the market 70.5 + 10: the plant's 40 GWh emit 4 kt, the 60 bought
    3 kt: 7·200/1000 = 1.4 MEUR. Without a value of carbon the plant would give the same 40.
    """
    outcome = solve(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", 70.5, emission=0.05),
        plant("engine", {URBAN: 40}, kind="recovered", cost=60, emission_factor=0.1),
        carbon(200),
    )
    assert made(outcome, "engine") == approx(40)
    assert float(outcome["emissions"].sum()) == approx(7)
    assert paid(outcome, "carbon") == approx(1.4)
    assert outcome.attrs["objective"] == approx(40 * 0.06 + 60 * 0.0705 + 1.4)
