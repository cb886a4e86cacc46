"""Scenarios take from their parents; maps merge, lists replace, null removes."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.errors import InputError
from model.scenario import (
    load_scenario,
    load_scenarios,
    override,
)
from tests.scenario.scenario_case import MINIMAL, RICH, faults_of, write


def test_maps_merge_lists_replace_null_removes(folder: Path):
    write(folder, "base", RICH)
    text = """\
title: Child
extends: base
horizon: {last_period: null, years: [2030, 2040]}
reduction: {exclude: []}
cooperation: {grants: {sem: 1}, vehicles: {spl: {2021: null, 2025: all}}}
targets: {local: {at: {2050: null, 2040: 0.3}}}
solver: null
sweep: null
"""
    write(folder, "child", text)
    child = load_scenario("child", folder)
    assert child.horizon.years == (2030, 2040)
    assert child.horizon.last_period is None
    assert child.horizon.discount_rate == 0.032
    assert child.reduction.exclude == ()
    assert child.reduction.efficiency == 0.8
    assert child.cooperation.grants == {"spl": 3.0, "sem": 1.0}
    assert child.cooperation.vehicles["spl"] == {2020: ("200023414",), 2025: "all"}
    assert child.targets["local"].at == {2030: 0.2, 2040: 0.3}
    assert child.solver.time_limit == 600.0


def test_of_several_parents_the_later_wins(folder: Path):
    write(folder, "one", "abstract: true\nproduction: {density: 2, pace: 2}\n")
    write(folder, "two", "abstract: true\nproduction: {density: 3}\n")
    write(folder, "child", MINIMAL + "extends: [one, two]\n")
    production = load_scenario("child", folder).production
    assert (production.density, production.pace) == (3.0, 2.0)


def test_abstract_is_not_inherited_and_not_run(folder: Path):
    write(folder, "base", "abstract: true\n" + MINIMAL)
    write(folder, "child", "extends: base\n")
    assert [s.name for s in load_scenarios(None, folder)] == ["child"]
    with pytest.raises(InputError, match="abstract"):
        load_scenario("base", folder)
    with pytest.raises(InputError, match="abstract"):
        load_scenarios(["base"], folder)


def test_an_abstract_file_is_checked_too(folder: Path):
    write(folder, "base", "abstract: true\nhorizon: {yaers: [2050]}\n")
    with pytest.raises(InputError, match=r"base\.yaml:2:11  horizon\.yaers: unknown key"):
        load_scenarios(None, folder)


def test_paths_are_relative_to_the_file_that_says_them(folder: Path):
    shared = folder / "shared"
    (shared / "tables").mkdir(parents=True)
    (shared / "year.csv").touch()
    text = MINIMAL + "inputs: tables\nhorizon: {hourly_file: year.csv}\n"
    write(shared, "base", text)
    write(folder, "child", "extends: shared/base.yaml\n")
    child = load_scenario("child", folder)
    assert child.inputs_folder == (shared / "tables").resolve()
    assert child.hourly_path == (shared / "year.csv").resolve()


def test_paths_hold_wherever_the_scenario_goes(folder: Path, monkeypatch: pytest.MonkeyPatch):
    write(folder)
    monkeypatch.chdir(folder.parent)
    scenario = load_scenario("a")
    monkeypatch.chdir(folder)
    assert scenario.inputs_folder == (folder.parent / "inputs").resolve()
    assert override(scenario, {"inputs": str(folder)}).inputs_folder == folder.resolve()


def test_a_circle_of_parents_is_refused(folder: Path):
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        write(folder, name, MINIMAL + f"extends: {parent}\n")
    with pytest.raises(InputError, match="circle: a → b → c → a"):
        load_scenario("a", folder)


@pytest.mark.parametrize("together", [True, False])
def test_eight_generations_are_enough(folder: Path, together: bool):
    write(folder, "g0")
    for number in range(1, 10):
        write(folder, f"g{number}", f"extends: g{number - 1}\n")
    assert load_scenario("g8", folder).title == "Small"
    with pytest.raises(InputError, match="more than 8 generations"):
        load_scenarios(None if together else ["g9"], folder)


def test_an_unknown_parent_is_told_with_its_neighbour(folder: Path):
    write(folder, "reference")
    fault = faults_of(folder, MINIMAL + "extends: [refrence]\n")[0]
    assert (fault.line, fault.column, fault.mend) == (3, 11, "did you mean 'reference'?")


def test_a_fault_of_a_parent_is_told_at_the_parent(folder: Path):
    write(folder, "base", MINIMAL + "production: {density: -1}\n")
    fault = faults_of(folder, "extends: base\n")[0]
    assert (Path(fault.file).name, fault.line) == ("base.yaml", 3)
