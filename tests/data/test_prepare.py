"""What is prepared from the tables: money, needs, plants."""

from __future__ import annotations

import numpy as np
from pytest import approx

from model.data.money import annuity_factor, discount_factors
from tests.cases import (
    RURAL,
    URBAN,
    carrier,
    constants,
    demand,
    device,
    measure,
    plant,
    rows,
    steps,
    technology,
)
from tests.data.prepare_case import TO_2050, load, outlook


def test_annuities():
    """5 % over 20 years is 8.0243 %; at 0 % it is 1/L; a tiny rate is near to it, not noise."""
    assert annuity_factor(0.05, 20) == approx(0.0802425872)
    assert annuity_factor(0.0, 25) == approx(0.04)
    assert annuity_factor(1e-15, 25) == approx(0.04)
    assert annuity_factor([[0.0], [0.1]], [10, 20]) == approx(
        np.array([[0.1, 0.05], [0.1627453949, 0.1174596248]])
    )


def test_discount_factors():
    """2030 stands for 5 years, 2035 for the 5 years of the one before, or for 2."""
    r = 0.04
    first = sum(1.04**-n for n in range(10, 15))
    assert discount_factors([2030, 2035], 2020, r, None) == approx(
        [first, sum(1.04**-n for n in range(15, 20))]
    )
    assert discount_factors([2030, 2035], 2020, r, 2)[1] == approx(1.04**-15 + 1.04**-16)
    assert discount_factors([2030], 2030, r, None) == approx([1.0])
    assert discount_factors([2020, 2025], 2020, 0.0, None) == approx([5, 5])


def test_outlook_is_interpolated_and_the_row_of_an_epci_stands(tmp_path):
    """2020 → 2050: +60 % for all, −30 % for RURAL; 2030 is a third of the way."""
    data = load(
        tmp_path,
        outlook(every={2020: 1, 2050: 1.6}, rural={2020: 1, 2050: 0.7}),
        horizon=TO_2050,
    )
    found = data.arrays["service_demand"].sel(service="power")
    assert found.sel(epci=URBAN).values == approx([20, 24, 32])
    assert found.sel(epci=RURAL).values == approx([10, 9, 7])


def test_measures_act_on_what_the_earlier_ones_left(tmp_path):
    """0.5 then 0.4 of the rest then 0.1 of that: 0.5, 0.2, 0.03; half the sobriety: 0.015.

    The order of the file does not matter, `order` does.
    """
    data = load(
        tmp_path,
        measure("last", 3, 0.1, kind="sobriety"),
        measure("first", 1, 0.5),
        measure("second", 2, 0.4, kind="shift"),
        reduction={"sobriety": 0.5},
    )
    found = data.arrays["saving_potential"].sel(epci=URBAN, year=2030)
    assert found.measure.values.tolist() == ["first", "second", "last"]
    assert found.values == approx([10, 4, 0.3])


def test_pace_of_a_measure(tmp_path):
    """5 % a year of 0.5 · demand over 10 then 20 years; doubled by the scenario; none: no limit."""
    paced, free = measure("paced", 1, 0.5, pace=0.05), measure("free", 2, 0.5)
    data = load(tmp_path, paced, free, horizon=TO_2050, reduction={"pace": 2})
    found = data.arrays["saving_progress"].sel(epci=URBAN)
    assert found.sel(measure="paced").values == approx([0, 10, 20])
    assert np.isinf(found.sel(measure="free")).all()
    assert data.sets["PACED_MEASURE"] == ["paced"]
    assert data.arrays["saving_potential"].sel(year=2020).sum() == 0


def test_a_saving_lasts_while_the_demand_does(tmp_path):
    """Demand halves, so half of a saving is kept; where it grows, all of it."""
    data = load(
        tmp_path,
        outlook(every={2020: 1, 2050: 2}, rural={2020: 1, 2030: 0.5, 2050: 0.5}),
        measure("m", 1, 0.1),
        horizon=TO_2050,
    )
    kept = data.arrays["saving_kept"].sel(measure="m")
    assert kept.sel(epci=RURAL).values == approx([1, 0.5, 1])
    assert kept.sel(epci=URBAN).values == approx([1, 1, 1])


def test_the_base_year_need_not_be_a_milestone(tmp_path):
    """Ratios of the base year (2020: 0.5) turn consumption into service, those of 2030 do not."""
    stove = device("stove", {})
    stove["technology_flows"] = [
        {"technology": "stove", "carrier": "electricity", "year": y, "ratio": x}
        for y, x in {2020: -0.5, 2050: -0.2}.items()
    ]
    data = load(
        tmp_path,
        stove,
        demand({RURAL: 10, URBAN: 20}, by="stove"),
        rows(
            "end_uses",
            {"sector": "residential", "carrier": "electricity", "technology": "stove", "share": 1},
        ),
        rows(
            "end_uses",
            {
                "sector": "residential",
                "carrier": "electricity",
                "technology": "appliances",
                "share": 0,
            },
        ),
        measure("m", 1, 0.1, pace=0.02),
        horizon={"base_year": 2020, "years": [2030, 2050]},
    )
    assert data.sets["PAST"] == []
    assert data.arrays["service_demand"].sel(epci=URBAN).values == approx(np.array([[40, 40]]))
    assert data.arrays["period"].values.tolist() == [10, 20]
    assert data.arrays["saving_progress"].sel(epci=URBAN).values == approx(np.array([[0.8, 1.6]]))


def test_a_profile_gives_the_full_load_hours(tmp_path):
    """Sun by day only, 1 000 h a year: 1 000 / (365 · 12) per hour of day, nothing at night."""
    data = load(
        tmp_path,
        steps(12, 12, sun=[0.3, 0.0]),
        plant("solar", {}, profile="sun", full_load_hours=1000),
        plant("hydro", {}, availability=0.5, full_load_hours=4000),
    )
    found = data.arrays["availability"]
    assert found.sel(technology="solar").values == approx([1000 / 4380, 0])
    assert found.sel(technology="hydro").values == approx([0.5, 0.5])


def test_stock_retires_and_pace_limits(tmp_path):
    """8.76 GWh at 8 760 h is 1 MW, of which 2/3 remain after 10 of 30 years, none after 30.

    10 % a year of a potential of 87.6 GWh/yr (10 MW) is 10 MW in 10 years.
    """
    data = load(
        tmp_path,
        plant("hydro", {URBAN: 87.6}, existing={URBAN: 8.76}),
        rows("build_rates", {"technology": "hydro", "rate": 0.1}),
        horizon=TO_2050,
    )
    at = {"epci": URBAN, "technology": "hydro"}
    assert data.arrays["existing"].sel(at).values == approx([1e-3, 2e-3 / 3, 0])
    assert data.arrays["build_limit"].sel(at).values == approx([10e-3, 20e-3])


def test_potential_accepted_and_dense(tmp_path):
    """100 · 0.5 accepted · 0.8 dense where land is taken; never below what stands there."""
    accepted = rows("acceptability", {"epci": URBAN, "technology": "wind", "acceptability": 0.5})
    data = load(
        tmp_path,
        plant("wind", {URBAN: 100, RURAL: 10}, existing={RURAL: 9}, land=1),
        plant("roof", {URBAN: 100}),
        accepted,
        production={"density": 0.8},
    )
    found = data.arrays["potential"]
    assert found.sel(epci=URBAN, technology=["wind", "roof"]).values == approx([40, 100])
    assert found.sel(epci=RURAL, technology="wind") == 9


def test_what_is_worked_late_matures_late(tmp_path):
    """Studies of 5 years: half of the work of 2020–2030 is ripe in 2030, all of it in 2050."""
    stage = {"technology": "wind", "stage": "emergence", "staff": 2, "duration": 5, "success": 0.5}
    data = load(
        tmp_path, plant("wind", {}), rows("project_stages", stage), constants(), horizon=TO_2050
    )
    found = data.arrays["matured"].sel(technology="wind", stage="emergence")
    assert found.values == approx(np.array([[0.5, 1.0], [0.0, 0.75]]))
    assert data.arrays["stage_staff"].sel(technology="wind", stage="emergence") == 2000


def test_backup_covers_the_peak_whoever_shares_it(tmp_path):
    """Loads of 20 GWh, all by day: 20 / 4 380 h at 0.5 per unit; two carriers add up."""
    data = load(
        tmp_path,
        steps(12, 12, daily=[1.0, 0.0]),
        rows("services", {"service": "heat", "sector": "residential", "profile": "daily"}),
        device("radiator", {"steam": -1}, service="heat"),
        device("bath", {"water": -1}, service="heat"),
        demand({RURAL: 0, URBAN: 20}, "steam", "radiator"),
        demand({RURAL: 0, URBAN: 20}, "water", "bath"),
        demand({RURAL: 10, URBAN: 20}),
        carrier("steam", backup="boiler"),
        carrier("water", backup="boiler", balance="hourly"),
        technology("boiler", {"steam": 0.5, "water": 0.5, "electricity": -1}, kind="conversion"),
    )
    stock = data.arrays["existing"].sel(epci=URBAN, technology="boiler").values
    assert stock == approx([2 * 20 / 4380 / 0.5 * 29 / 30])


def test_what_feeds_a_standing_plant_stands_too(tmp_path):
    """30 of biogas take 60 of residues: collected in the base year, whatever the potential, 10."""
    data = load(
        tmp_path,
        demand({RURAL: 10, URBAN: 20}),
        carrier("residues", backup="collection", balance="yearly"),
        plant("collection", {URBAN: 10}, flows={"residues": 1}),
        plant(
            "digester", {URBAN: 5}, flows={"electricity": 1, "residues": -2}, existing={URBAN: 30}
        ),
    )
    potential = data.arrays["potential"].sel(epci=URBAN)
    assert potential.sel(technology="collection") == approx(60)
    assert potential.sel(technology="digester") == approx(30)
