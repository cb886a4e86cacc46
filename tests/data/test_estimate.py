"""Estimates: the formulas by hand, what overrides them, and every EPCI of the shipped inputs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from model.data.assemble import load_data
from model.data.evidence import estimate
from model.data.frame import Frame
from model.errors import InputError
from model.scenario import load_scenario, override
from model.tables.read import read_tables
from tests.cases import RURAL, THIRD, URBAN, carrier, demand, plant, rows, technology, write

ROOT = Path(__file__).parents[2]
PLACE = {"sector": "residential", "carrier": "electricity"}
ROOFS = ("roof", "wind")
TOWN = {"epci": URBAN, "name": "Town", "nature": "CC", "type": "urban", "population": 4000}


def frame(tmp_path: Path, *pieces: object, **sections: object) -> Frame:
    scenario = write(tmp_path, demand({RURAL: 10}), carrier("electricity", 50), *pieces, **sections)
    return Frame(scenario, read_tables(scenario.inputs_folder))


def both(**more: object) -> dict[str, object]:
    return {"territory": {"members": [RURAL, URBAN]}, **more}


def test_consumption_follows_population_and_density(tmp_path):
    """4 000 people on 10 km² are 400/km², 4 × the reference: 2 · 4 000 · 4^−0.5 = 4 000 MWh.

    RURAL is measured: its row stands, whatever the rule says.
    """
    rule = {**PLACE, "per_head": 2, "reference_density": 100, "elasticity": -0.5}
    case = frame(
        tmp_path, rows("epci", TOWN | {"area": 10}), rows("consumption_estimate", rule), **both()
    )
    found = estimate.consumption(case, case.base).set_index("epci")
    assert found.loc[URBAN, "value"] == approx(4.0)
    assert found.loc[RURAL, "value"] == 10


def test_area_and_population_make_production_and_potential(tmp_path):
    """Town of 10 km² and 4 000 people: 30 · 10 + 0.1 · 4 000 = 700 MWh; high is 2 000 · 10."""
    by_type = [{"technology": "wind", "type": kind} for kind in ("rural", "urban")]
    level = {"low": 500, "medium": 1000, "high": 2000}
    potential = [r | {"level": k, "per_area": v} for r in by_type for k, v in level.items()]
    case = frame(
        tmp_path,
        plant("wind", {RURAL: 7}, existing={RURAL: 3}),
        {"potentials": [{"epci": RURAL, "technology": "wind", "low": 6, "medium": 7, "high": 8}]},
        rows("production_estimate", *(r | {"per_area": 30, "per_head": 0.1} for r in by_type)),
        rows("potential_estimate", *potential),
        rows("epci", TOWN | {"area": 10}),
        **both(production={"level": "high"}),
    )
    produced = estimate.production(case, case.base).set_index("epci")["value"]
    assert produced[URBAN] == approx(0.7)
    assert produced[RURAL] == 3
    found = estimate.potentials(case)
    assert len(found) == len(found[["epci", "technology"]].drop_duplicates())
    at_town = found[(found["epci"] == URBAN) & (found["line"] < 100)]
    assert at_town["value"].to_list() == [0.0]  # `plant` wrote a row of 0, which stands


def test_potential_of_the_level(tmp_path):
    """3 levels by area: 10 km² of 500, 1 000 or 2 000 MWh/km² are 5, 10 or 20 GWh."""
    wind = {"technology": "wind", "type": "urban"}
    level = {"low": 500, "medium": 1000, "high": 2000}
    wide = rows(
        "potential_estimate", *(wind | {"level": k, "per_area": v} for k, v in level.items())
    )
    for name, value in {"low": 5, "medium": 10, "high": 20}.items():
        piece = plant("wind", {})
        piece["potentials"] = []
        case = frame(
            tmp_path,
            piece,
            wide,
            rows("epci", TOWN | {"area": 10}),
            territory={"members": [URBAN]},
            production={"level": name},
        )
        assert estimate.potentials(case)["value"].to_list() == [value]


def test_a_row_of_endowments_overrides_cell_by_cell(tmp_path):
    """Staff is given; the budget, 30 EUR × 1 000 people, and 1 % of 100 km² are estimated."""
    rule = {"type": "rural", "staff": 0.5, "budget_per_head": 30, "land_share": 0.01}
    given = {"epci": RURAL, "staff": 4, "operating_expenditure": 2.5}
    case = frame(tmp_path, rows("endowment_estimate", rule), rows("endowments", given))
    found = estimate.endowments(case).loc[RURAL]
    assert found.to_dict() == approx(
        {"staff": 4, "budget": 0.03, "operating_expenditure": 2.5, "land": 100}
    )


def test_without_row_or_rule_an_endowment_is_not_limited(tmp_path):
    data = load_data(
        write(tmp_path, demand({RURAL: 10}), carrier("electricity", 50), plant("wind", {}))
    )
    for name in ("budget_limit", "land_limit"):
        assert np.isinf(data.arrays[name]).all()
    assert data.sets["BUDGETED"] == data.sets["LANDED"] == data.sets["RULED"] == []


@pytest.mark.parametrize(("column", "value"), [("area", ""), ("area", 0), ("population", 0)])
def test_an_estimate_without_area_is_refused(tmp_path, column, value):
    rule = {**PLACE, "per_head": 2, "elasticity": -0.5}
    town = TOWN | {"area": 10} | {column: value}
    case = frame(tmp_path, rows("epci", town), rows("consumption_estimate", rule), **both())
    with pytest.raises(InputError) as error:
        estimate.consumption(case, case.base)
    [fault] = error.value.faults
    assert fault.file.endswith("epci.csv")
    assert (fault.line, URBAN in fault.what) == (3, True)


# --- the shipped inputs ----------------------------------------------------------------------


@cache
def shipped() -> Frame:
    """Every EPCI of mainland France (and Corsica) in one case."""
    scenario = load_scenario(ROOT / "scenarios" / "rouen-alone.yaml")
    tables = read_tables(ROOT / "inputs")
    epci = tables["epci"]
    members = epci.loc[epci["area"].notna(), "epci"].tolist()
    wide = override(
        scenario, {"territory": {"members": members}, "targets": {}, "demand.large_sites": True}
    )
    return Frame(wide, tables)


def test_every_mainland_epci_has_a_finite_estimate():
    case = shipped()
    assert len(case.members) == 1232
    base = [case.base]
    sources = ((estimate.consumption, base), (estimate.production, base), (estimate.potentials, []))
    for rows_of, years in sources:
        found = rows_of(case, *years)
        assert np.isfinite(found["value"]).all()
        assert (found["value"] >= 0).all()
        assert set(found["epci"]) == set(case.members)
    assert (estimate.consumption(case, case.base).groupby("epci")["value"].sum() > 0).all()
    assert estimate.endowments(case).notna().all(axis=None)


def test_overseas_epci_are_refused_by_name_and_line():
    case, table = shipped(), shipped().tables["epci"]
    overseas = table[table["area"].isna()]
    assert len(overseas) == 23
    for siren, line in zip(overseas["epci"], overseas["line"], strict=True):
        alone = override(case.scenario, {"territory": {"members": [siren]}})
        with pytest.raises(InputError) as error:
            estimate.consumption(Frame(alone, case.tables), case.base)
        [fault] = error.value.faults
        assert fault.line == line
        assert "area" in fault.what
        assert fault.mend


def test_estimates_add_up_to_the_nation():
    """Residential electricity 150.7 TWh, road fuel 481 TWh; all about 1 600 TWh (docs)."""
    case = shipped()
    found = estimate.consumption(case, case.base).groupby(["sector", "carrier"])["value"].sum()
    assert 1_500_000 < found.sum() < 1_700_000
    assert found["residential", "electricity"] == approx(150_700, rel=0.05)
    assert found["road-transport", "liquid-fuel"] == approx(481_000, rel=0.05)


def test_the_estimate_of_an_epci_is_that_of_its_table():
    """Lyons Andelle: its rows, but for residential electricity, which is observed."""
    case = shipped()
    table = case.tables["consumption_by_epci"]
    own = table[table["epci"] == "200070142"].set_index(["sector", "carrier"])["consumption"]
    found = estimate.consumption(case, case.base).set_index(["epci", "sector", "carrier"])
    assert found.loc[("200070142", "residential", "gas"), "value"] == own["residential", "gas"]
    assert found.loc[("200070142", "residential", "electricity"), "value"] == 58.4
    assert len(found.loc["200070142"]) == len(own)


def test_what_an_epci_with_an_estimate_does_not_have_is_zero(tmp_path):
    """TOWN has rows of its own: the rule per head is for others; sites are left out if asked."""
    rule = {**PLACE, "per_head": 2, "elasticity": 0}
    coal = {"epci": URBAN, "sector": "industry", "carrier": "coal", "basis": "metered"}
    pieces = (
        rows("epci", TOWN | {"area": 10}),
        rows("consumption_estimate", rule),
        rows("consumption_by_epci", coal | {"consumption": 90, "large_sites": 70}),
        carrier("coal", 20),
        rows("sectors", {"sector": "industry"}),
    )
    for asked, value in ((True, 90), (False, 20)):
        case = frame(tmp_path, *pieces, **both(demand={"large_sites": asked}))
        found = estimate.consumption(case, case.base).set_index("epci").loc[[URBAN]]
        assert found[["carrier", "value", "basis"]].to_numpy().tolist() == [
            ["coal", value, "metered"]
        ]


def test_base_year_of_a_case_holds_its_rows(tmp_path):
    """What is given is what the base year consumes and produces; THIRD has nothing."""
    data = load_data(
        write(
            tmp_path,
            demand({RURAL: 10, URBAN: 25}),
            carrier("electricity", 50),
            plant("wind", {RURAL: 7}, existing={RURAL: 3}),
            territory={"members": [RURAL, URBAN, THIRD]},
            horizon={"years": [2029, 2030]},
        )
    )
    assert data.consumption.sum(["sector", "carrier"]).values.tolist() == [10, 25, 0]
    wind = data.arrays["recorded"].sel(technology="wind", year=2029)
    assert wind.values.tolist() == [3, 0, 0]
    assert data.arrays["existing"].sel(epci=RURAL, technology="wind", year=2030).item() == approx(
        3 / 8760 * 29 / 30
    )


def test_a_potential_of_the_epci_stands_before_the_rule(tmp_path):
    """Roofs known for the town: 9. Its wind, of which nothing is known there, is by area: 10."""
    rule = ({"type": "urban", "level": "medium", "per_area": 1000, "technology": n} for n in ROOFS)
    known = {"epci": URBAN, "technology": "roof", "low": 8, "medium": 9, "high": 11}
    case = frame(
        tmp_path,
        technology("roof", {"electricity": 1}, kind="renewable"),
        technology("wind", {"electricity": 1}, kind="renewable"),
        rows("potential_estimate", *rule),
        rows("potentials_by_epci", known),
        rows("epci", TOWN | {"area": 10}),
        **both(),
    )
    found = estimate.potentials(case).set_index(["epci", "technology"])["value"]
    assert found[URBAN, "roof"] == 9
    assert found[URBAN, "wind"] == approx(10)


def test_small_roofs_follow_houses():
    """Towns of flats have less of them a head than places of houses, and none has 4 MWh a head."""
    case = shipped()
    found = estimate.potentials(case, "medium").set_index(["technology", "epci"])["value"]
    each = 1e3 * found["solar-roof-small"] / case.epci["population"]  # MWh a head
    assert each.between(0.3, 4).all()
    urban = case.epci["type"] == "urban"
    assert each[urban].median() < 0.8 * each[~urban].median()
