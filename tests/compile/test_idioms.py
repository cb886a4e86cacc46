"""What the text of a model may say compiles the same by both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest

from model.compile import compile_model
from model.solver import solve_program
from tests.compile.compile_case import both, ground, same

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
    "sum over a family without members": (
        ("N",), lambda m, n: m.u[n] + sum(m.x[n, t] for t in m.VOID[n]) <= 1),
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
    "ragged sum at labels held by parameters": (
        ("N", "ODD", "T"), lambda m, n, r, t: m.of[m.who[n, t], m.when[n, r, t]] <= m.z),
    "literal index": (("T",), lambda m, t: m.x["b", t] + m.x["b", 2] + m.w["a", 3] <= m.p["a"]),
    "index as a number": (("T",), lambda m, t: (t + 1) * m.z <= 2 * t + pyo.exp(t)),
    "division and powers": (("T",), lambda m, t: m.z / (1 + m.half[t]) ** 2 <= 1 / m.half[t]),
    "functions": (("T",), lambda m, t: pyo.sqrt(m.half[t]) * m.z <= abs(-m.half[t])),
    "mutable parameter": (("N",), lambda m, n: m.mutable[n] * m.u[n] <= m.scalar * m.mutable[n]),
    "mutable number": ((), lambda m: m.tunable * m.z <= m.tunable + 1),
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
    assert (names.dtype.kind, steps.dtype.kind) == ("U", "i")


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
