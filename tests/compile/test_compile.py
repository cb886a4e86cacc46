"""Both engines make the same program of the same text; what is no template is refused by name."""

from __future__ import annotations

import builtins
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.core.expr.template_expr import IndexTemplate

from benchmarks.problem import assemble, draw, size_of, tell
from model.blocks.protocol import ArrayParam
from model.build import BLOCKS, build
from model.compile import NotCompilableError, Program, compile_model
from model.data.assemble import Data, load_data
from model.scenario import Scenario, load_scenarios, override
from model.solver import solve_program

ROOT = Path(__file__).parents[2]
Text = Callable[[Any], None]
AXE_SEINE = ["200023414", "200084952", "200010700"]


def both(text: Text) -> tuple[Program, Program]:
    """The program of a text by templates, and by Pyomo."""
    made = []
    for kind in (pyo.AbstractModel, pyo.ConcreteModel):
        m = kind("m")
        text(m)
        made.append(compile_model(m))
    return made[0], made[1]


def same(a: Program, b: Program) -> None:
    """Fail unless two programs agree row by row, column by column and name by name."""
    assert list(a.constraints) == list(b.constraints)
    assert list(a.variables) == list(b.variables)
    assert a.matrix.shape == b.matrix.shape
    assert close(a.matrix, b.matrix)
    for part in ("cost", "offset", "lower", "upper", "row_lower", "row_upper"):
        np.testing.assert_allclose(getattr(a, part), getattr(b, part), rtol=1e-12, atol=1e-12)
    for i in range(0, a.matrix.shape[0], 1 + a.matrix.shape[0] // 50):
        assert a.row_name(i) == b.row_name(i)
    for j in range(0, a.matrix.shape[1], 1 + a.matrix.shape[1] // 50):
        assert a.column_name(j) == b.column_name(j)
    assert list(a.expressions) == list(b.expressions)
    for name in a.expressions:
        mine, other = a.expressions[name], b.expressions[name]
        assert close(mine.matrix, other.matrix)
        np.testing.assert_allclose(mine.constant, other.constant, rtol=1e-12, atol=1e-12)


def close(a: Any, b: Any) -> bool:
    """Whether two sparse matrices agree, entry by entry."""
    excess = abs(a - b) - 1e-12 * (abs(a) + abs(b))
    return a.shape == b.shape and bool((excess.data <= 1e-12).all())


# --- the real model --------------------------------------------------------------------------

SCENARIOS = {s.name: s for s in load_scenarios()}
EVERY_TARGET: dict[str, Any] = {
    "hourly": {"quantity": "local-share", "definition": "hourly", "of": "territory",
               "at": {2035: 0.2, 2050: 0.4}, "price": 300},
    "soil": {"quantity": "local-share", "of": "each", "at": {2050: 0.3}, "price": 100},
    "sober": {"quantity": "consumption", "of": "territory", "at": {2050: 9000}, "price": 10},
    "clean": {"quantity": "emissions", "of": AXE_SEINE[:2], "at": {2035: 900}, "price": 50},
    "land": {"quantity": "land", "of": "territory", "at": {2050: 50}, "price": 1},
    "produced": {"quantity": "production", "of": AXE_SEINE[:1], "at": {2050: 3000}, "price": 9},
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
    """A scenario in which every block has rows: targets, operating rule, an SPL, an agreement."""
    members = {"territory.members": AXE_SEINE, "territory.ring": 0}
    rule = {"budget.operating_rule": "gross", "targets": EVERY_TARGET}
    sent = {"sender": AXE_SEINE[1], "receiver": AXE_SEINE[0], "signed": 2020, "price": 60}
    agreed = {
        "wind": sent | {"carrier": "electricity", "floor": 1, "ceiling": 20},
        "origin": sent | {"carrier": "certificate"},
    }
    terms = {"cooperation.agreements": agreed, "cooperation.participation": "path"}
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


# --- what a text may say ---------------------------------------------------------------------


def ground(m: Any) -> None:
    """Sets, parameters and variables that the idioms below use."""
    m.N = pyo.Set(initialize=["a", "b", "c"])
    m.T = pyo.RangeSet(0, 3)
    m.ODD = pyo.Set(within=m.T, initialize=[1, 3])
    m.PAIR = pyo.Set(initialize=[("c", 1), ("a", 3), ("a", 0)], dimen=2)
    m.NONE = pyo.Set(initialize=[], dimen=1)
    m.OF = pyo.Set(m.N, initialize={"a": [0, 2], "b": [], "c": [3]}, dimen=1)
    m.OF2 = pyo.Set(m.N, m.T, initialize=lambda m, n, t: ["a", "c"][: t % 3], dimen=1)
    m.TO = pyo.Set(m.T, initialize={t: [("a", t), ("b", 3 - t)] for t in range(4)}, dimen=2)
    m.p = pyo.Param(m.N, initialize={"a": 2.0, "b": 0.0, "c": -1.5})
    m.q = pyo.Param(m.N, m.T, initialize=lambda m, n, t: ord(n) % 7 + t / 3)
    m.half = pyo.Param(m.T, default=0.5, initialize={1: 2.5})
    m.scalar = pyo.Param(initialize=3.0)
    m.mutable = pyo.Param(m.N, initialize=dict.fromkeys("abc", 4.0), mutable=True)
    m.before = pyo.Param(m.T, initialize={t: (t - 1) % 4 for t in range(4)}, within=pyo.Any)
    m.home = pyo.Param(m.T, initialize=dict(enumerate("abca")), within=pyo.Any)
    m.field = ArrayParam(m.N, m.T, array=np.arange(1.0, 13.0).reshape(3, 4), doc="")
    m.x = pyo.Var(m.N, m.T, within=pyo.NonNegativeReals)
    m.u = pyo.Var(m.N, bounds=(-1, 8))
    m.w = pyo.Var(m.PAIR, bounds=lambda m, n, t: (None, m.q[n, t]))
    m.z = pyo.Var(bounds=(1, None))
    m.e = pyo.Expression(m.N, m.T, rule=lambda m, n, t: m.x[n, t] + m.q[n, t] * m.u[n] - 1)
    m.s = pyo.Expression(m.PAIR, rule=lambda m, n, t: sum(m.e[n, r] for r in m.OF[n]) + m.w[n, t])
    m.only_data = pyo.Expression(m.N, rule=lambda m, n: m.p[n] * sum(m.q[n, t] for t in m.T))
    m.total = pyo.Expression(rule=lambda m: sum(m.u[n] for n in m.N) + m.z)
    m.cost = pyo.Objective(
        rule=lambda m: sum(m.q[n, t] * m.x[n, t] for n in m.N for t in m.T) + m.z + 2
    )


IDIOMS: dict[str, tuple[tuple[str, ...], Callable[..., Any]]] = {
    "equality": (("N", "T"), lambda m, n, t: m.x[n, t] == m.u[n] + 1),
    "constant on the left": (("N",), lambda m, n: m.p[n] <= m.u[n]),
    "greater": (("N",), lambda m, n: m.u[n] >= m.p[n]),
    "range": (("N",), lambda m, n: pyo.inequality(m.p[n] - 3, m.u[n] + 1, 9)),
    "tuple of three": (("N",), lambda m, n: (0, m.u[n], m.p[n] + 5)),
    "tuple of two": (("N",), lambda m, n: (m.u[n], m.p[n])),
    "no index": ((), lambda m: m.z + m.total <= 5),
    "sum over a set": (("N",), lambda m, n: sum(m.x[n, t] for t in m.T) <= m.p[n]),
    "sum over a subset": (("N",), lambda m, n: sum(m.x[n, t] for t in m.ODD) <= m.p[n]),
    "sum over a ragged set": (("N",), lambda m, n: sum(m.x[n, t] for t in m.OF[n]) + m.z >= 1),
    "sum over a ragged set of two indices": (
        ("N", "T"), lambda m, n, t: sum(m.q[k, t] * m.x[k, t] for k in m.OF2[n, t]) - m.z <= 0),
    "sum over pairs": (("T",), lambda m, t: sum(m.w[n, r] * m.half[t] for n, r in m.PAIR) <= 1),
    "sum over ragged pairs": (
        ("T",), lambda m, t: sum(m.x[n, r] * m.half[t] for n, r in m.TO[t]) <= 1),
    "sum over a product": ((), lambda m: sum(m.q[n, t] * m.x[n, t] for n, t in m.N * m.T) <= 9),
    "sums within sums": (
        ("T",), lambda m, t: sum(m.p[n] * sum(m.x[n, r] for r in m.OF[n]) for n in m.N) <= m.z),
    "ragged after ragged": (
        ("N",), lambda m, n: sum(m.x[k, t] for t in m.OF[n] for k in m.OF2[n, t]) - m.z <= 0),
    "sum over an empty set": (("N",), lambda m, n: m.u[n] + sum(m.x[n, t] for t in m.NONE) <= 1),
    "constant of a sum": (("N",), lambda m, n: m.u[n] + sum(m.q[n, t] for t in m.OF[n]) <= 4),
    "sum of data as a factor": (
        ("N", "T"), lambda m, n, t: sum(m.half[r] for r in m.T) * m.x[n, t] <= m.p[n]),
    "ragged sum of data as a factor": (
        ("N", "T"), lambda m, n, t: sum(m.half[r] for r in m.OF[n]) * m.x[n, t] + m.z <= 1),
    "indexed by pairs": (("PAIR",), lambda m, n, t: m.w[n, t] + m.x[n, t] <= m.q[n, t]),
    "pairs times a set": (("PAIR", "N"), lambda m, n, t, k: m.w[n, t] + m.u[k] <= m.q[k, t]),
    "indexed by nothing": (("NONE",), lambda m, t: m.z <= t),
    "expression": (("N", "T"), lambda m, n, t: 2 * m.e[n, t] - m.u[n] <= m.e["a", t]),
    "expression of expressions": (("PAIR",), lambda m, n, t: m.s[n, t] / 4 <= m.p[n]),
    "expression of data": (("N",), lambda m, n: m.only_data[n] * m.u[n] + m.z <= m.only_data[n]),
    "sum of expressions": (("N",), lambda m, n: -sum(m.e[n, t] for t in m.T) <= m.total),
    "index held by a parameter": (("N", "T"), lambda m, n, t: m.x[n, m.before[t]] <= m.x[n, t]),
    "label held by a parameter": (("T",), lambda m, t: m.u[m.home[t]] <= m.q[m.home[t], t]),
    "literal index": (("T",), lambda m, t: m.x["b", t] + m.x["b", 2] + m.w["a", 3] <= m.p["a"]),
    "index as a number": (("T",), lambda m, t: (t + 1) * m.z <= 2 * t + pyo.exp(t)),
    "division and powers": (("T",), lambda m, t: m.z / (1 + m.half[t]) ** 2 <= 1 / m.half[t]),
    "functions": (("T",), lambda m, t: pyo.sqrt(m.half[t]) * m.z <= abs(-m.half[t])),
    "mutable parameter": (("N",), lambda m, n: m.mutable[n] * m.u[n] <= m.scalar * m.mutable[n]),
    "array parameter": (("N", "T"), lambda m, n, t: m.field[n, t] * m.u[n] <= m.field[n, t]),
    "terms that cancel": (("N",), lambda m, n: m.u[n] - m.u[n] + m.z <= 1),
    "a variable twice": (("N",), lambda m, n: m.u[n] + 2 * m.u["a"] <= 1),
    "variables on both sides": (("N", "T"), lambda m, n, t: m.u[n] >= 3 * m.x[n, t] - 2),
    "python loop around": (
        ("N",), lambda m, n: sum(k * m.x[n, t] for k in (2.0, 3.0) for t in m.OF[n]) - m.z <= 0),
    "python loop within": (
        ("N",), lambda m, n: sum(k * m.x[n, t] for t in m.OF[n] for k in (2.0, 3.0)) - m.z <= 0),
    "python loop over sets": (
        (), lambda m: sum(m.x["a", t] for s in (m.T, m.ODD) for t in s) <= m.z),
    "negated sum": (("N",), lambda m, n: -(m.u[n] - sum(m.x[n, t] for t in m.T)) <= 0),
    "no bound at all": (("N",), lambda m, n: m.u[n] <= float("inf")),
}  # fmt: skip


@pytest.mark.parametrize("idiom", IDIOMS)
def test_an_idiom_compiles_the_same_by_both_engines(idiom: str) -> None:
    over, rule = IDIOMS[idiom]

    def text(m: Any) -> None:
        ground(m)
        m.row = pyo.Constraint(*(m.component(name) for name in over), rule=rule)

    a, b = both(text)
    if idiom == "no bound at all":  # Pyomo leaves such a row out, here it only never binds
        assert np.isinf(a.row_upper).all()
        return
    same(a, b)


def test_names_are_those_of_pyomo() -> None:
    m = pyo.ConcreteModel()
    ground(m)
    m.row = pyo.Constraint(m.PAIR, m.N, rule=lambda m, n, t, k: m.w[n, t] + m.u[k] <= 1)
    program = compile_model(m)
    columns = [x.name for v in m.component_objects(pyo.Var) for x in v.values()]
    assert [program.column_name(j) for j in range(len(program.cost))] == columns
    assert [program.row_name(i) for i in range(9)] == [x.name for x in m.row.values()]


def test_a_rule_may_skip_where_pyomo_expands() -> None:
    m = pyo.ConcreteModel()
    ground(m)
    m.row = pyo.Constraint(
        m.N, m.T, rule=lambda m, n, t: m.x[n, t] <= 1 if t > 1 else pyo.Constraint.Skip
    )
    program = compile_model(m)
    assert program.row_name(2) == "row[b,2]"
    assert program.constraints["row"].index.member(5) == ("c", 3)
    assert program.matrix[[2]].indices.tolist() == [program.variables["x"].start + 6]


def test_an_inactive_constraint_has_no_rows() -> None:
    m = pyo.ConcreteModel()
    ground(m)
    m.row = pyo.Constraint(m.N, rule=lambda m, n: m.u[n] <= 1)
    m.row.deactivate()
    a, b = compile_model(m, "template"), compile_model(m, "pyomo")
    same(a, b)
    assert a.matrix.shape[0] == 0


def test_a_solution_becomes_labelled_arrays() -> None:
    program, _ = both(ground)
    x = np.arange(len(program.cost), dtype=float)
    span = program.variables["x"]
    assert span.of(x).reshape(span.index.shape)[1, 2] == span.start + 6
    assert program.column_name(span.start + 6) == "x[b,2]"
    pairs = program.variables["w"]
    spread = pairs.index.spread(pairs.of(x), fill=-1.0)
    n, t = (labels.values for labels in pairs.index.labels)
    assert spread[n.index("a"), t.index(3)] == pairs.start + 1
    assert (spread == -1).sum() == spread.size - 3
    names, steps = map(pairs.index.column, (0, 1))
    assert names.tolist() == ["c", "a", "a"]
    assert steps.tolist() == [1, 3, 0]


def test_an_expression_is_affine_in_the_solution() -> None:
    program, _ = both(ground)
    x = np.linspace(1, 2, len(program.cost))
    found = program.expressions["e"]
    at = {program.column_name(j): value for j, value in enumerate(x)}
    i = 6
    n, t = found.index.member(i)
    expected = at[f"x[{n},{t}]"] + (ord(n) % 7 + t / 3) * at[f"u[{n}]"] - 1
    assert found.at(x)[i] == pytest.approx(expected, rel=1e-14)
    assert program.expressions["only_data"].matrix.nnz == 0


def test_both_engines_have_one_optimum() -> None:
    def text(m: Any) -> None:
        ground(m)
        m.row = pyo.Constraint(m.T, rule=lambda m, t: sum(m.x[n, t] for n in m.N) >= t)

    a, b = (solve_program(program) for program in both(text))
    assert a.objective == pytest.approx(b.objective, rel=1e-12)


# --- what is refused -------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[..., Any], str]] = {
    "a condition on a number": (lambda m, n, t: m.x[n, t] <= (1 if t > 0 else 2), "no template"),
    "a condition on a label": (lambda m, n, t: m.x[n, t] <= (1 if n == "a" else 2), "compared"),
    "a label in a list": (lambda m, n, t: m.x[n, t] <= (1 if n in ["a"] else 2), "compared"),
    "a label in a dict": (lambda m, n, t: m.x[n, t] <= {"a": 1}[n], "no template"),
    "a label in a set": (lambda m, n, t: m.x[n, t] <= (1 if n in {"a"} else 2), "no template"),
    "a condition in a sum": (
        lambda m, n, t: sum(m.x[n, r] for r in m.T if r in (1, 2)) <= 2, "compared"),
    "a numpy array": (lambda m, n, t: m.x[n, t] <= np.arange(4.0)[t], "no template"),
    "a list in a sum": (lambda m, n, t: sum([m.x[n, r] for r in m.T]) <= 2, "outside of sum"),
    "a loop": (lambda m, n, t: next(iter(m.x[n, r] for r in m.T)) <= 2, "outside of sum"),
    "a skipped row": (lambda m, n, t: pyo.Constraint.Skip, "no expression"),
    "no expression": (lambda m, n, t: None, "no expression"),
    "a truth": (lambda m, n, t: True, "neither"),
    "a product of variables": (lambda m, n, t: m.x[n, t] * m.u[n] <= 2, "multiplies"),
    "a division by a variable": (lambda m, n, t: 1 / m.u[n] <= 2, "divides"),
    "a function of a variable": (lambda m, n, t: pyo.exp(m.u[n]) <= 2, "not linear"),
    "a power of a variable": (lambda m, n, t: m.u[n] ** 2 <= 2, "not linear"),
    "an index outside": (lambda m, n, t: m.w[n, t] <= 2, "not in PAIR"),
    "a step outside": (lambda m, n, t: m.x[n, t - 1] <= 2, "not in T"),
    "a label outside": (lambda m, n, t: m.u[m.home[t]] + m.x["d", t] <= 2, "not in N"),
    "an expression outside": (lambda m, n, t: m.s[n, t] <= 2, "not in PAIR"),
    "too few indices": (lambda m, n, t: m.q[n] * m.u[n] <= 2, "indices"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_linear_template_is_refused_by_name(case: str) -> None:
    rule, reason = REFUSED[case]
    m = pyo.AbstractModel()
    ground(m)
    m.b = pyo.Block()
    m.b.row = pyo.Constraint(m.N, m.T, rule=lambda b, n, t: rule(m, n, t))
    with pytest.raises(NotCompilableError, match=reason) as error:
        compile_model(m)
    assert error.value.component == "b.row"


def test_after_a_refusal_python_is_as_before() -> None:
    m = pyo.AbstractModel()
    ground(m)
    m.row = pyo.Constraint(m.T, rule=lambda m, t: m.z <= (1 if t == 0 else 2))
    plain, compare = builtins.sum, IndexTemplate.__eq__
    with pytest.raises(NotCompilableError):
        compile_model(m)
    assert builtins.sum is plain
    assert IndexTemplate.__eq__ is compare
    assert list(m.T) == [0, 1, 2, 3]


def _discrete(m: Any) -> None:
    m.y = pyo.Var(m.N, within=pyo.Binary)


def _two_objectives(m: Any) -> None:
    m.other = pyo.Objective(rule=lambda m: m.z)


def _maximised(m: Any) -> None:
    m.del_component("cost")
    m.cost = pyo.Objective(rule=lambda m: m.z, sense=pyo.maximize)


def _indexed_block(m: Any) -> None:
    m.b = pyo.Block(m.N)


def _special_ordered(m: Any) -> None:
    m.sos = pyo.SOSConstraint(var=m.u, sos=1)


@pytest.mark.parametrize(
    ("add", "name"),
    [
        (_discrete, "y"),
        (_two_objectives, "m"),
        (_maximised, "cost"),
        (_indexed_block, "b"),
        (_special_ordered, "sos"),
    ],
)
@pytest.mark.parametrize("kind", [pyo.AbstractModel, pyo.ConcreteModel])
def test_what_is_no_linear_program_is_refused_by_both(kind: Any, add: Text, name: str) -> None:
    m = kind("m")
    ground(m)
    add(m)
    with pytest.raises(NotCompilableError) as error:
        compile_model(m)
    assert error.value.component == name


NUMBERS: dict[str, dict[str, Any]] = {
    "floats": {"a": 1.0, "b": 2.5, "c": -1.0},
    "numbers of numpy": {"a": np.float64(1.5), "b": np.int64(2), "c": np.float32(0.5)},
    "whole numbers": {"a": 0, "b": 1, "c": 2},
}


@pytest.mark.parametrize("given", NUMBERS)
def test_a_dict_of_numbers_is_not_taken_entry_by_entry(given: str, monkeypatch: Any) -> None:
    """And says the same, at a symbol as at a label."""

    def tell(m: Any) -> None:
        ground(m)
        m.g = pyo.Param(m.N, initialize=NUMBERS[given])
        m.row = pyo.Constraint(m.N, rule=lambda m, n: m.g[n] * m.u[n] + m.g["c"] * m.z <= m.g["b"])

    same(*both(tell))
    m = pyo.AbstractModel()
    tell(m)
    taken: set[str] = set()
    check = type(m.g)._validate_value

    def noted(self: Any, *args: Any, **named: Any) -> None:
        taken.add(self.name)
        check(self, *args, **named)

    monkeypatch.setattr(type(m.g), "_validate_value", noted)
    compile_model(m)
    assert "g" not in taken and "q" in taken


WRONG_DICTS: dict[str, dict[str, Any]] = {
    "no value for an index": {"initialize": {"a": 1.0, "b": 2.0}},
    "a value for no index": {"initialize": {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}},
    "a value out of its domain": {
        "initialize": {"a": 1.0, "b": -2.0, "c": 3.0},
        "within": pyo.NonNegativeReals,
    },
    "a text": {"initialize": {"a": 1.0, "b": "2", "c": 3.0}, "within": pyo.Reals},
}


@pytest.mark.parametrize("what", WRONG_DICTS)
def test_a_wrong_dict_is_refused_as_pyomo_does(what: str) -> None:
    m = pyo.AbstractModel()
    ground(m)
    m.g = pyo.Param(m.N, **WRONG_DICTS[what])
    m.row = pyo.Constraint(m.N, rule=lambda m, n: m.g[n] * m.u[n] <= 1)
    with pytest.raises((ValueError, KeyError)):
        compile_model(m)


@pytest.mark.parametrize("kind", [pyo.AbstractModel, pyo.ConcreteModel])
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_no_nan_and_no_infinity_reaches_the_solver(kind: Any, value: float) -> None:
    m = kind("m")
    ground(m)
    m.bad = pyo.Param(m.N, initialize={"a": 1.0, "b": value, "c": 1.0}, within=pyo.Any)
    m.row = pyo.Constraint(m.N, rule=lambda m, n: m.bad[n] * m.u[n] + m.z <= 1)
    with pytest.raises(ValueError, match=r"row\[b\]|NaN|nan|non-finite|inf"):
        compile_model(m)


def test_a_nan_in_a_bound_is_named() -> None:
    m = pyo.AbstractModel()
    ground(m)
    m.bad = pyo.Param(m.N, initialize={"a": 1.0, "b": float("nan"), "c": 1.0}, within=pyo.Any)
    m.y = pyo.Var(m.N, bounds=lambda m, n: (0, m.bad[n]))
    with pytest.raises(ValueError, match=r"upper holds a NaN: y\[b\]"):
        compile_model(m)


def test_a_division_by_zero_is_named() -> None:
    m = pyo.AbstractModel()
    ground(m)
    m.row = pyo.Constraint(m.N, rule=lambda m, n: m.u[n] / m.p[n] <= 1)
    with pytest.raises(ValueError, match=r"not finite: row\[b\]"):
        compile_model(m)


def test_a_fixed_variable_is_no_rule() -> None:
    m = pyo.ConcreteModel()
    ground(m)
    m.u["a"].fix(1.0)
    with pytest.raises(NotCompilableError, match="fixed"):
        compile_model(m, "template")


def test_an_unexpanded_model_is_not_for_pyomo() -> None:
    m = pyo.AbstractModel()
    ground(m)
    with pytest.raises(NotCompilableError, match="not expanded"):
        compile_model(m, "pyomo")
