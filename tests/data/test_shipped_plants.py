"""What stands today in the territories of the cases: shipped rows, and how they hang together."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from pytest import approx

from model.data.assemble import Data, load_data
from model.data.evidence import estimate
from model.scenario import load_scenario, override
from model.tables.read import Tables, read_tables
from tests.data.prepare_case import ROOT

NANTES, TOULOUSE, BREST, POHER = "244400404", "243100518", "242900314", "242900744"
CAUX, EVREUX, HAVRE, DONGES = "200010700", "200071454", "200084952", "244400644"
MONTPELLIER, ERDRE, SILLON, TOURNY = "243400017", "244400503", "200072734", "200072312"
BLAIN = "244400453"
WASTE = ["waste-plant", "waste-heat-plant"]
SUN = ["solar-ground", "solar-roof-large", "solar-roof-small"]


@cache
def tables() -> Tables:
    return read_tables(ROOT / "inputs")


@cache
def stands() -> Data:
    """Every EPCI with rows of its own, as known in 2020 and in 2026."""
    named = pd.concat([tables()[name]["epci"] for name in ("production", "consumption")])
    change = {
        "territory.members": sorted(set(named)),
        "targets": None,
        "demand.large_sites": True,
        "horizon.hours_per_step": 12.0,
    }
    return load_data(override(load_scenario(ROOT / "scenarios" / "rouen-alone.yaml"), change))


def made(epci: str, technology: str | list[str], year: int = 2020) -> float:
    at = {"epci": epci, "technology": technology, "year": year}
    return float(stands().arrays["recorded"].sel(at).sum())


def heat_used(epci: str, year: int = 2020) -> float:
    rows = estimate.consumption(stands().frame, year)
    return float(rows[(rows["epci"] == epci) & (rows["carrier"] == "district-heat")]["value"].sum())


def heat_made(epci: str, year: int = 2020) -> float:
    """Heat of recorded plants [GWh/yr], without farms: their cogeneration may stand alone."""
    flow = stands().arrays["flow_ratio"].sel(carrier="district-heat", year=year).clip(min=0)
    heat = stands().arrays["recorded"].sel(epci=epci, year=year) * flow
    return float(heat.drop_sel(technology="biogas-chp").sum())


@pytest.mark.parametrize("epci", [NANTES, TOULOUSE, BREST, POHER, CAUX, EVREUX])
def test_waste_plants_and_heat_networks_are_there(epci):
    """Both kinds of plant work in the base year, and their heat is used."""
    for technology in WASTE:
        assert made(epci, technology) > 0
    assert heat_used(epci) > 0.6 * made(epci, "waste-plant")


def test_recorded_heat_is_used():
    """No plant is written beside a network that is too small for it, in either year."""
    frame = stands().frame
    assert frame.known == [2020, 2026]
    for year in frame.known:
        for epci in frame.members:
            assert heat_made(epci, year) <= heat_used(epci, year) + 1e-6, (epci, year)


def test_the_heat_of_brest_is_that_of_waste():
    """75 % of 146 GWh is 109.5, of which 0.6 · 20 comes with electricity; none is of industry."""
    assert made(BREST, "waste-heat") == 0
    assert made(BREST, "waste-plant") * 0.6 + made(BREST, "waste-heat-plant") == approx(109.5)


@pytest.mark.parametrize(
    ("epci", "technology", "value"),
    [
        (ERDRE, "wind", 58.5),
        (SILLON, "wind", 22.6),
        (TOURNY, "wind", 20.2),
        (EVREUX, "wind", 0),
        (TOULOUSE, "biogas-injection", 39.2),
        (MONTPELLIER, "biogas-chp", 26.9),
        (DONGES, "wood-heat-plant", 0),
    ],
)
def test_what_was_contradicted_is_as_published(epci, technology, value):
    assert made(epci, technology) == approx(value)


@pytest.mark.parametrize(
    ("epci", "value"), [(NANTES, 20.41), (DONGES, 5.25), (BLAIN, 1.65), (MONTPELLIER, 54)]
)
def test_sun_is_that_of_meters(epci, value):
    assert made(epci, SUN) == approx(value, abs=0.01)


@pytest.mark.parametrize(
    ("epci", "technology", "value"),
    [
        (HAVRE, "waste-heat", 80),
        (HAVRE, "wood-heat-plant", 40 + 240),
        (HAVRE, "waste-heat-plant", 60),
        (BREST, "wood-heat-plant", 27.1 + 8.8),
        (DONGES, "wood-heat-plant", 2),
        (TOULOUSE, "solar-ground", 20.7 * 2.776 + 19.5),
    ],
)
def test_what_opened_since_comes_on_top(epci, technology, value):
    """Power × full-load hours; the sun that stood in 2020 has grown as that of the nation."""
    assert made(epci, technology, 2026) == approx(value, abs=0.05)


def test_steam_to_factories_is_used_by_industry():
    rows = estimate.consumption(stands().frame, 2020)
    industry = rows[(rows["sector"] == "industry") & (rows["carrier"] == "district-heat")]
    steam = industry.set_index("epci")["value"]
    for epci in (CAUX, POHER):
        assert steam[epci] == approx(0.6 * made(epci, "waste-plant") + made(epci, WASTE[1]))


def test_gas_of_power_stations_is_no_final_consumption():
    """7 308 GWh of gas are published for Saint-Nazaire, refinery and power stations included."""
    rows = estimate.consumption(stands().frame, 2020)
    gas = rows[(rows["epci"] == DONGES) & (rows["carrier"] == "gas")]["value"].sum()
    assert 1500 < gas < 2500


def test_what_a_waste_plant_needs_its_twin_has():
    """Every table that speaks of plants in general lists both; scale is known of one."""
    places = ("production", "projects", "potentials", "acceptability", "production_by_epci")
    own = (*places, "plant_scale", "treatment_capacity")
    for name, table in tables().items():
        if "technology" in table and name not in own and (table["technology"] == WASTE[0]).any():
            rows = table[table["technology"] == WASTE[0]]
            twin = table[table["technology"] == WASTE[1]]
            assert not twin.empty, name
            for key in {"actor", "stage", "level", "year"} & set(table):
                assert set(rows[key].fillna(0)) == set(twin[key].fillna(0)), (name, key)


def test_heat_from_waste_costs_a_quarter_less_for_the_same_waste():
    """2.5 · 5 000 h a kW against 5 · 7 500 h: 0.75 · 12.5 / 37.5 of the EUR/kW."""
    plants = tables()["technologies"].set_index("technology")["full_load_hours"]
    flows = tables()["technology_flows"]
    taken = flows[flows["carrier"] == "waste"].set_index("technology")["ratio"].abs()
    costs = tables()["technology_costs"].set_index(["technology", "year"])
    burnt = {name: taken[name] * plants[name] for name in WASTE}
    for column in ("investment", "fixed_cost"):
        per_waste = [costs.loc[name, column] / burnt[name] for name in WASTE]
        assert (per_waste[1] / per_waste[0]).to_numpy() == approx(0.75, rel=0.01)


def test_residual_waste_is_promised_once():
    """Potentials by inhabitant: 5 and 2.5 MWh of waste per MWh are no more than is collected."""
    table = tables()["potential_estimate"].set_index(["technology", "type", "level"])["per_head"]
    electricity, heat, waste = (table[name] for name in (*WASTE, "waste-collection"))
    assert (5 * electricity + 2.5 * heat <= waste + 1e-9).all()
