"""The shipped tables are coherent, documented, and shared by scenarios without harm."""

from __future__ import annotations

from typing import Any

from model.data.assemble import Data, load_data
from model.fields import STATUS
from model.scenario import Scenario, load_scenario, override
from model.tables.coherence import check_coherence
from model.tables.read import Tables, read_tables
from model.tables.sheet import read_sheet
from tests.data.prepare_case import ROOT


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
