"""A sweep is the product of its keys; every value says where it came from."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from model.errors import InputError
from model.scenario import (
    explain,
    load_scenario,
    load_scenarios,
    override,
)
from tests.scenario.scenario_case import MINIMAL, RICH, write


def test_a_sweep_is_the_product_and_neighbours_are_alike(folder: Path):
    text = "sweep:\n  production.density: [1, 2.5, 4]\n  economy.purchase_price.gas: [1, 2]\n"
    write(folder, text=MINIMAL + text)
    found = load_scenarios(None, folder)
    assert [s.name for s in found][:3] == [
        "a+production.density=1+economy.purchase_price.gas=1",
        "a+production.density=1+economy.purchase_price.gas=2",
        "a+production.density=2.5+economy.purchase_price.gas=2",
    ]
    pairs = [(s.production.density, s.economy.purchase_price["gas"]) for s in found]
    assert len(set(pairs)) == 6
    steps = pairwise(pairs)
    assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in steps)
    assert all(s.sweep == {} for s in found)


def test_one_scenario_of_a_sweep_has_a_name(folder: Path):
    write(folder, text=MINIMAL + "sweep: {horizon.years: [[2030], [2030, 2050]]}\n")
    assert load_scenario("a+horizon.years=no2", folder).horizon.years == (2030, 2050)
    assert [s.name for s in load_scenarios(["a+horizon.years=no1"], folder)] == [
        "a+horizon.years=no1"
    ]
    write(folder, "b", MINIMAL + "sweep: {economy.purchase_price.gas: [null, 2]}\n")
    assert [s.economy.purchase_price for s in load_scenarios(["b"], folder)] == [{}, {"gas": 2.0}]
    with pytest.raises(InputError, match="sweeps over 2 scenarios"):
        load_scenario("a", folder)


def test_an_override_takes_the_place_and_leaves_the_original(folder: Path):
    write(folder, text=RICH)
    one = load_scenarios(["a"], folder)[0]
    changes = {"territory.members": ["200010700"], "targets.local.at": {2050: 1}, "solver": None}
    other = override(one, changes, name="part")
    assert other.name == "part"
    assert other.territory.members == ("200010700",)
    assert other.targets["local"].at == {2050: 1.0}
    assert other.solver.method == "choose"
    assert one.territory.members == ("200023414", "200010700")
    assert other.inputs_folder == one.inputs_folder
    assert other.provenance["territory.members"].place == "override"
    with pytest.raises(InputError, match=r"production\.densty: unknown key"):
        override(one, {"production.densty": 2})


def leaves(value: object, path: tuple[str, ...] = ()) -> dict[str, object]:
    if isinstance(value, dict) and value:
        return {k: v for key, item in value.items() for k, v in leaves(item, (*path, key)).items()}
    return {".".join(path): value}


def test_every_value_has_an_origin(folder: Path):
    write(folder, "base", RICH)
    write(folder, "child", "extends: base\nsweep: null\nproduction:\n  density: 4\n")
    child = load_scenario("child", folder)
    origins = child.provenance
    assert {key: origin.value for key, origin in origins.items()} == leaves(child.resolved())
    density = origins["production.density"]
    assert density.place == f"{(folder / 'child.yaml').as_posix()}:4:12"
    assert [(o.value, o.line) for o in density.parents] == [(2.5, 30 + 1)]
    assert origins["reduction.pace"].place.endswith("base.yaml:27:9")
    assert origins["horizon.hourly_file"].line == 19


def test_explain_shows_value_place_and_what_it_overrides(folder: Path):
    write(folder, "base", MINIMAL + "production: {density: 2}\n")
    write(folder, "child", "extends: base\nproduction: {density: 4}\n")
    child = load_scenario("child", folder)
    line = explain(child, "production.density")
    assert "production.density = 4.0" in line
    assert "child.yaml:2:23, over 2 (" in line
    assert "base.yaml:3:23" in line
    assert "budget.limit" in explain(child)
    assert "= true  (default)" in explain(child, "budget.limit")
    assert len(explain(child, "budget").splitlines()) == 4
    with pytest.raises(InputError, match=r"did you mean 'budget\.limit'"):
        explain(child, "budget.limt")
