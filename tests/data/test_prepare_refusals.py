"""What tables and scenario cannot say together is told at its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model.data.assemble import load_data
from model.errors import InputError
from tests.cases import (
    RURAL,
    THIRD,
    URBAN,
    actor,
    carrier,
    demand,
    device,
    rows,
    steps,
    technology,
    write,
)
from tests.data.prepare_case import GRID, LOAD, TO_2050, load, outlook, wind


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
        "0 is not between 1 and 8784",
    ),
    "more hours than available": (
        [wind(availability=0.5, full_load_hours=5000)],
        "technologies.csv",
        3,
        "cannot run 5000 h",
    ),
    "profile that the calendar lacks": (
        [wind(profile="gale")],
        "technologies.csv",
        3,
        "no profile 'gale' in the calendar",
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
    "reader": ({"report": {"for": "Paris"}}, "report", "'Paris' does not name one of the members"),
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
    town = {"epci": URBAN, "name": "Town", "nature": "CC", "type": "urban", "population": 900}
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
