"""The real model compiles the same by both engines."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest

from benchmarks.problem import draw, size_of
from benchmarks.problem_arrays import assemble
from benchmarks.problem_text import tell
from model.build import BLOCKS, build
from model.compile import compile_model
from model.data.assemble import Data, load_data
from model.scenario import Scenario, load_scenarios, override
from tests.compile.compile_case import close, same

ROOT = Path(__file__).parents[2]


AXE_SEINE = ["200023414", "200084952", "200010700"]


SCENARIOS = {s.name: s for s in load_scenarios()}


EVERY_TARGET: dict[str, Any] = {
    "hourly": {"quantity": "local-share", "definition": "hourly", "of": "territory",
               "at": {2035: 0.2, 2050: 0.4}, "price": 300},
    "soil": {"quantity": "local-share", "of": "each", "at": {2050: 0.3}, "price": 100},
    "sober": {"quantity": "consumption", "of": "territory", "at": {2050: 9000}, "price": 10},
    "clean": {"quantity": "emissions", "of": AXE_SEINE[:2], "at": {2035: 900}, "price": 50},
    "land": {"quantity": "land", "of": "territory", "at": {2050: 50}, "price": 1},
    "produced": {"quantity": "production", "of": AXE_SEINE[:1], "at": {2050: 3000}, "price": 9},
    "built": {"quantity": "built", "of": "territory", "technologies": ["wind"], "at": {2050: 100},
              "price": 9},
}  # fmt: skip


def coarse(scenario: Scenario, changes: dict[str, Any]) -> Data:
    """A scenario with few years and steps: every block and set, few members."""
    short = {"horizon.years": [2020, 2035, 2050], "horizon.hours_per_step": 8}
    return load_data(override(scenario, short | changes))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_compiles_the_same_by_both_engines(name: str) -> None:
    scenario = SCENARIOS[name]
    few = {"territory.members": AXE_SEINE, "targets": {}}
    data = load_data(scenario) if scenario.inputs else coarse(scenario, few)
    same(compile_model(build(data)), compile_model(build(data, "pyomo")))


@pytest.fixture(scope="module")
def rich() -> Data:
    """A scenario where every block has rows: targets, operating rule, an SPL, contracts, aid."""
    members = {"territory.members": AXE_SEINE, "territory.ring": 0}
    rule = {"budget.operating_rule": "gross", "targets": EVERY_TARGET}
    sent = {"sender": AXE_SEINE[1], "receiver": AXE_SEINE[0], "signed": 2020, "price": 60}
    agreed = {
        "wind": sent | {"carrier": "electricity", "floor": 1, "cost_of_capital": 0.04},
        "origin": sent | {"carrier": "certificate", "ceiling": 20},
    }
    terms = {
        "cooperation.agreements": agreed,
        "cooperation.participation": "path",
        "cooperation.funders": {"region": "table"},
    }
    return coarse(SCENARIOS["spl-widened"], members | rule | terms)


def test_every_block_and_target_compiles_the_same(rich: Data) -> None:
    a, b = compile_model(build(rich)), compile_model(build(rich, "pyomo"))
    same(a, b)
    filled = {name.split(".")[0] for name, span in a.constraints.items() if span.index.size}
    without_rows = {"market", "emissions"}  # the first where nothing is rationed
    assert {add.__name__.removeprefix("add_") for add in BLOCKS} - without_rows <= filled
    empty = {name for name, span in a.constraints.items() if not span.index.size}
    assert not {name for name in empty if name.startswith("targets.")}


def test_a_block_is_not_expanded(rich: Data) -> None:
    m = build(rich)
    compile_model(m).expressions["stock.cost_investment"]
    for ctype in (pyo.Var, pyo.Constraint, pyo.Expression):
        assert [c.name for c in m.component_objects(ctype) if c.is_indexed() and c._data] == []


def test_a_row_of_an_unexpanded_model_is_made_when_asked_for(rich: Data) -> None:
    lazy, full = build(rich), build(rich, "pyomo")
    program = compile_model(lazy)
    key = program.constraints["conversion.available"].index.member(7)
    assert str(lazy.conversion.available[key].expr) == str(full.conversion.available[key].expr)
    assert lazy.annuity["wind", "spl", 2035] == full.annuity["wind", "spl", 2035]


def test_the_benchmark_makes_the_matrix_that_is_made_by_hand() -> None:
    case = draw((3, 3, 24))
    m = pyo.AbstractModel()
    tell(m, case)
    program, hand = compile_model(m), assemble(case)
    assert close(program.matrix, hand.matrix())
    for name, parts in hand.parts.items():
        np.testing.assert_allclose(getattr(program, name), np.concatenate(parts), rtol=1e-12)


def test_a_model_is_built_about_as_fast_as_a_matrix_by_hand() -> None:
    case = draw(size_of(1e6))

    def seconds(way: Callable[[], Any]) -> float:
        started = time.process_time()
        way()
        return time.process_time() - started

    def told() -> None:
        m = pyo.AbstractModel()
        tell(m, case)
        compile_model(m)

    def by_hand() -> None:
        hand = assemble(case)
        hand.matrix()
        for parts in hand.parts.values():
            np.concatenate(parts)

    ours, raw = (min(seconds(way) for _ in range(3)) for way in (told, by_hand))
    assert ours < 4 * raw  # without loading; the benchmark measures both
