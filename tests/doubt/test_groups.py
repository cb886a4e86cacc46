"""What a group moves, by hand; and one clear error for each key that is wrong."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pytest import approx

from model.doubt.groups import check_groups, groups
from model.doubt.moved import moved
from model.errors import InputError
from model.scenario import load_scenario
from model.tables.read import read_tables
from tests.cases import RURAL, URBAN, carrier, demand, form, plant, rows, write
from tests.doubt.doubt_case import ROOT, tiny

RANGE = {"distribution": "uniform", "low": 0.5, "high": 1.5}


def after(scenario, *factors):
    """The scenario and its tables at some factors."""
    tables = read_tables(scenario.inputs_folder)
    return moved(scenario, tables, groups(scenario, tables), factors)


def case(folder, *pieces, **groups_of):
    """A case whose only groups are those given."""
    return write(
        folder,
        demand({RURAL: 10}),
        carrier("electricity", {2029: 50, 2030: 60}),
        *pieces,
        uncertainty={"groups": groups_of},
    )


def test_a_factor_in_the_rows_that_are_meant(tmp_path):
    group = RANGE | {"inputs": ["carriers.loss[carrier=e*|gas]"]}
    scenario = case(tmp_path, carrier("wood", loss=0.1), a=group)
    _, tables = after(scenario, 0.5)
    wood = tables["carriers"].set_index("carrier")["loss"]
    assert wood["wood"] == 0.1
    two = case(tmp_path, a=RANGE | {"inputs": ["prices.purchase_price[carrier=e*]"]})
    assert after(two, 0.5)[1]["prices"]["purchase_price"].tolist() == [25, 30]


def test_a_trend_begins_where_the_plan_begins(tmp_path):
    """Nothing in 2029, all of it in 2030."""
    group = RANGE | {"inputs": ["prices.purchase_price"], "effect": "trend"}
    _, tables = after(case(tmp_path, a=group), 1.5)
    assert tables["prices"]["purchase_price"].tolist() == [50, 90]


def test_what_exceeds_one(tmp_path):
    group = RANGE | {"inputs": ["cooperation_forms.productivity[form=club]"], "effect": "excess"}
    club = form("club", 2, "members", productivity=1.2)
    _, tables = after(case(tmp_path, club, a=group), 0.5)
    forms = tables["cooperation_forms"].set_index("form")["productivity"]
    assert (forms["club"], forms["pool"]) == (approx(1.1), 1)


def test_a_column_stays_within_its_bounds(tmp_path):
    """A share of 0.9 does not become 1.35."""
    _, tables = after(
        case(tmp_path, carrier("wood", loss=0.9), a=RANGE | {"inputs": ["carriers.loss"]}), 1.5
    )
    assert tables["carriers"].set_index("carrier")["loss"]["wood"] == 0.99


def test_a_key_of_the_scenario(tmp_path):
    """Twice, if two groups move it; `production` is a table too."""
    one = RANGE | {"inputs": ["production.pace"]}
    scenario, _ = after(case(tmp_path, a=one, b=one), 0.5, 1.5)
    assert scenario.production.pace == approx(0.75)
    assert scenario.production.density == 1


def test_rows_with_their_own_interval(tmp_path):
    """At the end of 4 cases of 5: 10 GWh estimated, 0.8 to 1.5 of it; a potential of 5, 8 or 20."""
    estimate = {"epci": URBAN, "sector": "residential", "basis": "metered", "consumption": 10}
    error = {"quantity": "consumption", "of": "total", "basis": "metered", "low": 0.8, "high": 1.5}
    wind = plant("wind", {})
    wind["potentials"] = [{"epci": RURAL, "technology": "wind", "low": 5, "medium": 8, "high": 20}]
    scenario = case(
        tmp_path,
        wind,
        rows("consumption_by_epci", estimate | {"carrier": "electricity"}),
        rows("estimate_error", error),
        a={"distribution": "interval", "inputs": ["consumption_by_epci.consumption"]},
        b={"distribution": "interval", "inputs": ["potentials.low", "potentials.medium"]},
    )
    found = {}
    for z in (-2.5631, -1.28155, 0, 1.28155, 2.5631):
        _, tables = after(scenario, z, z)
        used = tables["consumption_by_epci"]["consumption"][0]
        low, medium = tables["potentials"][["low", "medium"]].to_numpy()[0]
        found[z] = [float(used), float(low), float(medium)]
    assert found[0] == [10, 5, 8]
    assert found[1.28155] == approx([15, 5, 20], abs=1e-3)
    assert found[-1.28155] == approx([8, 5, 5], abs=1e-3)
    assert found[2.5631] == approx([22.5, 5, 20], abs=1e-3), "no more than the ambitious level"
    assert found[-2.5631] == approx([6.4, 5, 5], abs=1e-3)


def test_every_shipped_group_moves_something_and_nothing_at_its_middle():
    scenario = load_scenario(ROOT / "scenarios" / "spl-widened.yaml")
    tables = read_tables(scenario.inputs_folder)
    found = groups(scenario, tables)
    middle = [0.0 if g.distribution == "interval" else 1.0 for g in found]
    same_scenario, same = moved(scenario, tables, found, middle)
    assert same_scenario.resolved() == scenario.resolved()
    for name, table in tables.items():
        numbers = [c for c in table.columns if table[c].dtype == float]
        assert same[name][numbers].equals(table[numbers]), name


def test_only_and_without():
    names = [g.name for g in groups(tiny(), read_tables(tiny().inputs_folder))]
    assert names == ["electricity-price", "wind-cost"]
    one = tiny(uncertainty__only=["wind-cost"])
    assert [g.name for g in groups(one, read_tables(one.inputs_folder))] == ["wind-cost"]


def test_a_scenario_changes_the_range_of_a_table():
    scenario = tiny(uncertainty__groups={"wind-cost": {"high": 2.0}})
    wind = groups(scenario, read_tables(scenario.inputs_folder))[1]
    assert (wind.low, wind.high, wind.label_en) == (0.9, 2.0, "Cost of wind power")


WRONG = [
    ("only: [nothing]", "uncertainty.only: no group 'nothing'", "one of electricity-price"),
    ("groups: {a: {inputs: [prices.price]}}", "a: distribution: is missing", "name a distr"),
    ("groups: {a: {distribution: uniform, low: 1, high: 2}}", "inputs: are missing", "say what"),
    ("groups: {a: {distribution: uniform, low: 1}}", "a: high: is missing", "give low and high"),
    ("groups: {wind-cost: {low: 3}}", "wind-cost.low: the range is empty: 3 to 1.1", "below"),
    ("groups: {a: {distribution: lognormal, low: 0, high: 1}}", "low: is not above 0", "triang"),
    (
        "groups: {a: {distribution: triangular, low: 2, high: 3}}",
        "a: likely: 1 is not between low and high",
        "most likely",
    ),
    (
        "groups: {wind-cost: {inputs: [prices.price]}}",
        "'prices.price': no such column of numbers",
        "one of purchase_price",
    ),
    (
        "groups: {wind-cost: {inputs: ['prices.purchase_price[carrier=gas]']}}",
        "no row is meant",
        "check the labels",
    ),
    (
        "groups: {wind-cost: {inputs: ['prices.purchase_price[gas]']}}",
        "which rows is not clear",
        "the key one of carrier",
    ),
    ("groups: {wind-cost: {inputs: ['prices purchase']}}", "is no input", "write table.column"),
    (
        "groups: {wind-cost: {inputs: [cooperation.form]}}",
        "'cooperation.form' is no number of the scenario",
        "that holds a number",
    ),
    (
        "groups: {wind-cost: {effect: trend, inputs: [measures.investment]}}",
        "a trend needs years",
        "effect times",
    ),
    (
        "groups: {wind-cost: {distribution: interval}}",
        "no interval is stated for it",
        "low and high",
    ),
    (
        "groups: {wind-cost: {distribution: interval, inputs: [production.pace]}}",
        "is one number: no trend and no interval",
        "low and high",
    ),
    ("without: [electricity-price, wind-cost]", "nothing is uncertain", "give rows"),
    ("groups: {wind-cost: {width: 2}}", "uncertainty.groups.wind-cost.width: unknown key", ""),
    ("sead: 3", "uncertainty.sead: unknown key", "seed"),
    ("groups: {wind-cost: {low: -1}}", "uncertainty.groups.wind-cost.low", ""),
]


@pytest.mark.parametrize(("text", "what", "mend"), WRONG)
def test_a_wrong_key_is_one_error_with_its_line(tmp_path, text, what, mend):
    file = tmp_path / "wrong.yaml"
    parent = Path(os.path.relpath(ROOT / "scenarios" / "tiny.yaml", tmp_path)).as_posix()
    file.write_text(f"extends: {parent}\nuncertainty:\n  {text}\n", encoding="utf-8")
    with pytest.raises(InputError) as found:
        scenario = load_scenario(file)
        check_groups(scenario)
    [fault] = found.value.faults
    assert re.search(rf"wrong\.yaml:3(:\d+)?  .*{re.escape(what)}", str(fault)), str(fault)
    assert mend in str(fault)


def test_a_wrong_row_of_the_table_is_told_by_its_line(tmp_path):
    row = {"group": "a", "distribution": "uniform", "low": 2, "high": 1, "inputs": "prices.price"}
    scenario = write(
        tmp_path, demand({RURAL: 1}), carrier("electricity", 1), rows("uncertainty", row)
    )
    with pytest.raises(InputError, match=r"uncertainty\.csv:2  low: the range is empty"):
        groups(scenario, read_tables(scenario.inputs_folder))
