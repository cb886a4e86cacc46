"""Preparation: money, outlook, measures, stocks, partners and links; and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import approx

from model.data.assemble import Data, load_data
from model.data.money import annuity_factor, discount_factors
from model.errors import InputError
from model.fields import FIELDS, STATUS
from model.scenario import Scenario, load_scenario, override
from model.tables.coherence import check_coherence
from model.tables.read import Tables, read_tables
from model.tables.sheet import read_sheet
from tests.cases import (
    RURAL,
    THIRD,
    URBAN,
    actor,
    carrier,
    constants,
    demand,
    device,
    measure,
    plant,
    rows,
    steps,
    technology,
    write,
)

ROOT = Path(__file__).parents[2]
TO_2050 = {"base_year": 2020, "years": [2020, 2030, 2050]}
ALL = {"members": [RURAL, URBAN, THIRD]}
GRID = carrier("electricity", 50)
LOAD = demand({RURAL: 10, URBAN: 20})


def load(tmp_path: Path, *pieces: object, **sections: object) -> Data:
    return load_data(write(tmp_path, LOAD, GRID, *pieces, **sections))


# --- money -----------------------------------------------------------------------------------


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


# --- demand and measures ---------------------------------------------------------------------


def outlook(**index: dict[int, float]) -> dict[str, Any]:
    """An outlook for all EPCI (`every`) or for one."""
    place = {"every": "", "rural": RURAL}
    return rows(
        "outlook",
        *(
            {"outlook": "reference", "service": "power", "epci": place[n], "year": y, "index": x}
            for n, values in index.items()
            for y, x in values.items()
        ),
    )


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
    assert data.sets["BASE"] == []
    assert data.arrays["service_demand"].sel(epci=URBAN).values == approx(np.array([[40, 40]]))
    assert data.arrays["period"].values.tolist() == [10, 20]
    assert data.arrays["saving_progress"].sel(epci=URBAN).values == approx(np.array([[0.8, 1.6]]))


# --- plants ----------------------------------------------------------------------------------


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


# --- cooperation -----------------------------------------------------------------------------


def partners(tmp_path: Path, **cooperation: object) -> Data:
    every = carrier("electricity", 50, exchange="contract", toll=2)
    heat = carrier("heat", exchange="neighbour", reach=150)
    wood = carrier(
        "wood", 30, balance="yearly", exchange="road", toll=1, toll_per_km=0.1, reach=150
    )
    pieces = (every, heat, wood, technology("smelter", {"heat": 1}, kind="conversion"))
    return load(tmp_path, *pieces, territory=ALL, horizon=TO_2050, cooperation=cooperation)


def test_contracts_open_both_ways_after_the_base_year(tmp_path):
    data = partners(tmp_path, form="bilateral", contracts=[[URBAN, THIRD]])
    ends = {(link.origin, link.destination) for link in data.links}
    assert ends == {(URBAN, THIRD), (THIRD, URBAN)}
    power = data.arrays["link_capacity"].sel(link=f"{URBAN}>{THIRD}:electricity")
    assert power.values.tolist() == [0, np.inf, np.inf]


def test_no_form_opens_nothing(tmp_path):
    assert partners(tmp_path, contracts=[[URBAN, THIRD]]).links == []


def test_links_by_border_and_by_road(tmp_path):
    """RURAL–URBAN share a border and 100 km; URBAN–THIRD 100 km; RURAL–THIRD 200 km, too far.

    Wood pays 1 + 0.1 · 100 + 3 of transaction.
    """
    data = partners(tmp_path, form="pool", transaction_cost=3)
    labels = {link.label: link for link in data.links}
    assert {k for k in labels if k.endswith(":heat")} == {
        f"{RURAL}>{URBAN}:heat",
        f"{URBAN}>{RURAL}:heat",
    }
    assert f"{URBAN}>{THIRD}:wood" in labels
    assert f"{RURAL}>{THIRD}:wood" not in labels
    assert f"{RURAL}>{THIRD}:electricity" in labels
    assert labels[f"{URBAN}>{THIRD}:wood"].toll == approx(14)
    assert sum(k.endswith(":certificate") for k in labels) == 6
    assert sum(k.endswith(":staff") for k in labels) == 6


@pytest.mark.parametrize(("reach", "pairs"), [(None, 6), (150, 4), (50, 0)])
def test_cooperation_reaches_so_far(tmp_path, reach, pairs):
    """RURAL–URBAN and URBAN–THIRD are 100 km apart, RURAL–THIRD 200 km."""
    data = partners(tmp_path, form="pool", reach=reach)
    assert sum(link.carrier == "certificate" for link in data.links) == pairs


def test_a_contract_reaches_farther(tmp_path):
    data = partners(tmp_path, form="pool", reach=150, contracts=[[RURAL, THIRD]])
    assert sum(link.carrier == "certificate" for link in data.links) == 6


def test_a_perimeter_widens(tmp_path):
    """URBAN alone until 2029, everyone from 2030: partners, shareholders and equity follow."""
    vehicles = {"spl": {2020: [URBAN], 2040: "all"}}
    data = partners(tmp_path, form="spl", vehicles=vehicles)
    held = data.arrays["shareholder"].sel(actor="spl")
    assert held.sel(vintage=2030).values.tolist() == [0, 1, 0]
    assert held.sel(vintage=2050).values.tolist() == [1, 1, 1]
    assert data.arrays["equity_limit"].sel(actor="spl", epci=RURAL).values.tolist() == [0, np.inf]
    opened = data.arrays["certificate_limit"].sel(link=f"{RURAL}>{URBAN}:certificate")
    assert opened.values.tolist() == [0, np.inf]


def test_a_vehicle_that_the_form_does_not_open_builds_nothing(tmp_path):
    smelter = technology("smelter", {"heat": 1}, kind="conversion", actors=["spl", "developer"])
    sections = {
        "territory": ALL,
        "cooperation": {"form": "bilateral", "vehicles": {"spl": {2020: "all"}}},
    }
    data = load(tmp_path, carrier("heat"), smelter, **sections)
    limit = data.arrays["invest_limit"].sel(technology="smelter")
    assert (limit.sel(actor="spl") == 0).all()
    assert np.isinf(limit.sel(actor="developer")).all()
    assert (limit.sel(actor="consumer") == 0).all()


def test_pooled_targets_add_up(tmp_path):
    """10 GWh each are 30 together; a share stays a share."""
    targets = {
        "made": {"quantity": "production", "of": "each", "at": {2030: 10}},
        "share": {"quantity": "local-share", "of": "each", "at": {2030: 0.3}, "price": 40},
    }
    pooled = load(tmp_path, territory=ALL, targets=targets, cooperation={"form": "pool"})
    assert pooled.arrays["target_value"].sel(year=2030).values == approx([30, 0.3])
    assert pooled.arrays["target_penalty"].values == approx([0, 0.04])
    assert pooled.ragged["SCOPE"][1]["made"] == [RURAL, URBAN, THIRD]
    alone = load(tmp_path, territory=ALL, targets=targets)
    assert alone.sets["TARGET"][0] == f"made:{RURAL}"
    assert alone.arrays["target_value"].sel(year=2030).values == approx([10] * 3 + [0.3] * 3)


def test_a_ring_adds_neighbours_and_exclude_takes_them_away(tmp_path):
    borders = [(RURAL, URBAN), (THIRD, URBAN)]
    table = rows("contiguity", *({"epci": a, "neighbour": b, "distance": 100} for a, b in borders))
    around = {"members": [RURAL], "ring": 1}
    assert load(tmp_path, table, territory=around).sets["EPCI"] == [RURAL, URBAN]
    wider = around | {"ring": 2, "exclude": [URBAN]}
    assert load(tmp_path, table, territory=wider).sets["EPCI"] == [RURAL, THIRD]


def test_every_field_is_prepared_and_finite():
    """The shipped case: every field of the registry, with its dims and unit, and no NaN."""
    data = load_data(load_scenario(ROOT / "scenarios" / "spl-widened.yaml"))
    assert set(data.arrays.data_vars) == {field.name for field in FIELDS}
    for field in FIELDS:
        array = data.arrays[field.name]
        assert (array.dims, array.attrs["units"]) == (field.dims, field.unit)
        assert not array.isnull().any()


def test_tables_are_read_again_when_a_file_changes(tmp_path):
    scenario = write(tmp_path, LOAD, GRID)
    assert load_data(scenario).consumption.sum() == 30
    file = scenario.inputs_folder / "consumption.csv"
    file.write_text(file.read_text().replace(",20\n", ",2000\n"))
    assert load_data(scenario).consumption.sum() == 2010


# --- what is refused, at which line ----------------------------------------------------------


def wind(**more: object) -> dict[str, Any]:
    return plant("wind", {RURAL: 5}, **more)


def without(piece: dict[str, Any], *tables: str) -> dict[str, Any]:
    return {name: given for name, given in piece.items() if name not in tables}


LATE = (2031, 2050)
BATTERY = technology("battery", {}, kind="storage")
STORE = {"technology": "battery", "carrier": "electricity", "duration": 4}
STORE |= {"charge_efficiency": 1, "discharge_efficiency": 1}

TABLES_AT_ODDS: dict[str, tuple[list[Any], str, int, str]] = {
    "device without a service": (
        [technology("d", {"electricity": -1}, kind="device")],
        "technologies.csv",
        3,
        "device without a service",
    ),
    "plant with a service": ([wind(service="power")], "technologies.csv", 3, "is no device"),
    "device that takes nothing": ([device("d", {})], "technologies.csv", 3, "takes no carrier"),
    "plant without flows": (
        [without(wind(), "technology_flows")],
        "technologies.csv",
        3,
        "carrier",
    ),
    "production of a device": (
        [rows("production", {"epci": RURAL, "technology": "appliances", "production": 1})],
        "production.csv",
        2,
        "is no plant",
    ),
    "storage without efficiencies": ([BATTERY], "technologies.csv", 3, "efficiencies"),
    "storage of a plant": (
        [wind(), rows("storages", STORE | {"technology": "wind"})],
        "storages.csv",
        2,
        "not of kind storage",
    ),
    "ceiling of a plant": (
        [wind(), rows("device_ceilings", {"technology": "wind", "type": "rural", "ceiling": 1})],
        "device_ceilings.csv",
        2,
        "is no device",
    ),
    "no price": ([without(carrier("gas", 5), "prices")], "carriers.csv", 3, "no price"),
    "two consumers": ([actor("other", "consumer")], "actors.csv", 0, "2 actors of kind 'consumer'"),
    "end use of another sector": (
        [
            rows("sectors", {"sector": "residential"}, {"sector": "industry"}),
            rows("services", {"service": "melt", "sector": "industry"}),
            device("oven", {"electricity": -1}, service="melt"),
            demand({RURAL: 10, URBAN: 20}, by="oven"),
        ],
        "end_uses.csv",
        3,
        "is no device of the sector",
    ),
    "end uses that do not sum to 1": (
        [device("lamp", {"electricity": -1}), demand({RURAL: 10, URBAN: 20}, by="lamp")],
        "end_uses.csv",
        2,
        "sum to 2, not 1",
    ),
    "end use of another carrier": (
        [carrier("gas", 5, balance="yearly"), demand({RURAL: 1, URBAN: 1}, "gas")],
        "end_uses.csv",
        3,
        "does not take gas",
    ),
    "consumption without end use": (
        [carrier("gas", 5), {"consumption": demand({RURAL: 1}, "gas")["consumption"]}],
        "end_uses.csv",
        0,
        "sum to 0, not 1",
    ),
    "no potential": ([without(wind(), "potentials")], "technologies.csv", 3, "has no potential"),
    "potentials that fall": (
        [
            wind(),
            rows(
                "potentials",
                {"epci": RURAL, "technology": "wind", "low": 3, "medium": 2, "high": 4},
            ),
        ],
        "potentials.csv",
        2,
        "do not rise",
    ),
    "production at 0 hours": (
        [wind(existing={RURAL: 3}, full_load_hours=0)],
        "technologies.csv",
        3,
        "0 full-load hours",
    ),
    "more hours than available": (
        [wind(availability=0.5, full_load_hours=5000)],
        "technologies.csv",
        3,
        "cannot run 5000 h",
    ),
    "profile of zeros": (
        [steps(24, sun=[0.0]), wind(profile="sun")],
        "technologies.csv",
        3,
        "zero all year",
    ),
    "missing constants": (
        [wind(), rows("project_stages", {"technology": "wind", "stage": "operation", "staff": 1})],
        "constants.csv",
        0,
        "no constant 'staff_wage'",
    ),
    "milestone outside the anchors": (
        [rows("build_rates", *({"technology": "appliances", "year": y, "rate": 1} for y in LATE))],
        "build_rates.csv",
        2,
        "not for 2030",
    ),
    "outlook without a service": (
        [
            rows("services", {"service": "heat", "sector": "residential"}),
            outlook(every={2029: 1, 2050: 1}),
        ],
        "outlook.csv",
        0,
        "service 'heat'",
    ),
    "backup that yields something else": (
        [carrier("heat", backup="wind"), wind()],
        "carriers.csv",
        3,
        "does not produce heat",
    ),
}


@pytest.mark.parametrize("name", TABLES_AT_ODDS)
def test_tables_at_odds_are_refused(tmp_path, name):
    pieces, file, line, words = TABLES_AT_ODDS[name]
    with pytest.raises(InputError) as error:
        load(tmp_path, *pieces)
    [found] = error.value.faults
    assert Path(found.file).name == file
    assert words in found.what
    assert found.line == line
    assert found.mend


SCENARIO_AT_ODDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "member": ({"territory": {"members": ["732829320"]}}, "members", "no EPCI 732829320"),
    "contract": (
        {"cooperation": {"contracts": [[RURAL, "732829320"]]}},
        "contracts",
        "no EPCI 732829320",
    ),
    "form": ({"cooperation": {"form": "marriage"}}, "form", "no form 'marriage'"),
    "vehicle": (
        {"cooperation": {"form": "spl", "vehicles": {"developer": {2020: "all"}}}},
        "developer",
        "'developer' is not in the inputs",
    ),
    "stranger": (
        {"cooperation": {"form": "spl", "vehicles": {"spl": {2020: [THIRD]}}}},
        "spl",
        "is not a member EPCI",
    ),
    "grant": ({"cooperation": {"grants": {"consumer": 1.0}}}, "grants", "'consumer'"),
    "outlook": ({"demand": {"outlook": "rosy"}}, "outlook", "no outlook 'rosy'"),
    "carbon": ({"economy": {"carbon": "free"}}, "carbon", "no path 'free'"),
    "price": ({"economy": {"purchase_price": {"oil": 2.0}}}, "purchase_price", "'oil'"),
    "investment": ({"economy": {"investment": {"oil": 2.0}}}, "investment", "'oil'"),
    "technology": ({"production": {"exclude": ["wnd"]}}, "exclude", "'wnd'"),
    "measure": ({"reduction": {"exclude": ["hope"]}}, "exclude", "'hope'"),
    "bearer": (
        {"targets": {"t": {"quantity": "production", "of": [THIRD], "at": {2030: 1}}}},
        "of",
        "is not a member EPCI",
    ),
}


@pytest.mark.parametrize("name", SCENARIO_AT_ODDS)
def test_a_scenario_at_odds_with_its_tables_is_refused_at_its_line(tmp_path, name):
    sections, key, words = SCENARIO_AT_ODDS[name]
    with pytest.raises(InputError) as error:
        load(tmp_path, outlook(every={2029: 1, 2050: 1}), **sections)
    [found] = error.value.faults
    assert words in found.what
    text = Path(found.file).read_text().splitlines()
    near = "".join(text[max(0, found.line - 3) : found.line])
    assert key in near


def test_an_outlook_that_moves_the_base_year_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"outlook\.csv:2 .* not 1 in the base year, 2020"):
        load(tmp_path, outlook(every={2020: 1.1, 2050: 1.2}), horizon=TO_2050)


def test_a_distance_without_a_centroid_is_refused(tmp_path):
    town = {"epci": URBAN, "name": "Town", "nature": "CC", "type": "urban", "population": 9}
    wood = carrier("wood", 30, balance="yearly", exchange="road", toll_per_km=0.1)
    with pytest.raises(InputError, match=rf"epci\.csv:3 .* centroid of {URBAN} is blank"):
        load(tmp_path, wood, rows("epci", town), cooperation={"form": "pool"})


def test_a_ring_without_borders_is_refused(tmp_path):
    scenario = write(tmp_path, LOAD, GRID, territory={"members": [RURAL], "ring": 1})
    (scenario.inputs_folder / "contiguity.csv").unlink()
    with pytest.raises(InputError, match=r"territory\.ring: contiguity\.csv has no row"):
        load_data(scenario)


def test_every_contradiction_is_told_at_once(tmp_path):
    with pytest.raises(InputError) as error:
        load(tmp_path, device("d", {}), BATTERY, actor("other", "consumer"))
    assert len(error.value.faults) == 3


def test_the_shipped_tables_are_coherent():
    check_coherence(read_tables(ROOT / "inputs"))


def same(one: Data, other: Data) -> bool:
    parts = ("sets", "ragged", "links", "aims")
    plain = all(getattr(one, part) == getattr(other, part) for part in parts)
    return plain and one.arrays.identical(other.arrays)


def fresh(scenario: Scenario) -> Data:
    """Prepared from tables that no other scenario has seen."""
    tables = read_tables(scenario.inputs_folder)
    return load_data(scenario, Tables(tables.folder, dict(tables)))


def test_a_scenario_does_not_depend_on_those_before_it():
    """What they share is made once: it must not hold anything of the one that came first."""
    changes: list[dict[str, Any]] = [
        {},
        {"horizon.years": [2020, 2030, 2040, 2050]},
        {"horizon.hours_per_step": 12},
        {"horizon.calendar": "8-days"},
        {"economy.investment": {"wind": 2.0}, "economy.purchase_price": {"electricity": 3.0}},
        {"production.exclude": ["wind"], "reduction.exclude": ["car-pooling"]},
        {"cooperation.vehicles": None, "territory.members": ["200023414"], "territory.ring": 0},
    ]
    plain = load_scenario(ROOT / "scenarios" / "spl-widened.yaml")
    for change in [*changes, {}]:
        scenario = override(plain, change)
        assert same(load_data(scenario), fresh(scenario)), change


def test_who_writes_into_prepared_data_changes_it_for_nobody_else():
    scenario = load_scenario(ROOT / "scenarios" / "rouen-alone.yaml")
    spoiled = load_data(scenario)
    for array in spoiled.arrays.data_vars.values():
        array.values[...] = -1.0
    for labels in spoiled.sets.values():
        labels.clear()
    assert same(load_data(scenario), fresh(scenario))


def test_the_readme_of_the_inputs_names_every_file():
    """And the status that its rows have, so that the page cannot drift from the tables."""
    text = (ROOT / "inputs" / "README.md").read_text(encoding="utf-8")
    cells = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    files = {path.name for path in (ROOT / "inputs").iterdir() if path.is_file()}
    assert files - {"README.md", "datapackage.json"} == {name for name in cells if "." in name}
    assert {path.name for path in (ROOT / "inputs" / "make").glob("*.*")} <= set(text.split("`"))
    for name, table in read_tables(ROOT / "inputs").items():
        if "status" in table:
            told = cells[f"{name}.csv"].split("|")[3].strip().split(", ")
            assert told == [status for status in STATUS if status in set(table["status"])], name


def test_every_source_is_declared():
    """Those of `make/` too, which the reader does not see."""
    folder = ROOT / "inputs"
    declared = set(read_sheet(folder / "sources.csv").columns[0])
    for path in [*folder.glob("*.csv"), *(folder / "make").glob("*.csv")]:
        sheet = read_sheet(path)
        assert set(sheet.columns[sheet.header.index("source")]) <= declared, path.name
