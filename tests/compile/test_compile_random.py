"""Random models: sets, ragged and sparse ones, data with zeros, nested sums, every kind of row.

A rule is drawn as a tree of tuples and read twice, by templates and by Pyomo.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.blocks.protocol import ArrayParam
from model.compile import Program, compile_model

Env = dict[str, Any]
NUMBERS = st.sampled_from([0.0, 1.0, -2.0, 0.5, 3.0])


# --- what is drawn ---------------------------------------------------------------------------


@st.composite
def grounds(draw: st.DrawFn) -> dict[str, Any]:
    """Sets and data: 1 to 3 labels, 1 to 4 steps, any pairs, any members of ragged sets."""
    labels = ["a", "b", "c"][: draw(st.integers(1, 3))]
    steps = list(range(2020, 2020 + draw(st.integers(1, 4))))
    pairs = [(n, t) for n in labels for t in steps]
    shape = len(labels), len(steps)

    def some(of: list[Any]) -> list[Any]:
        return draw(st.lists(st.sampled_from(of), unique=True, max_size=len(of)))

    def numbers(count: int) -> list[float]:
        return draw(st.lists(NUMBERS, min_size=count, max_size=count))

    return {
        "N": labels,
        "T": steps,
        "PAIR": draw(st.permutations(some(pairs))),
        "OF": {n: some(steps) for n in labels},
        "BY": {(n, t): some(labels) for n, t in pairs},
        "TO": {t: some(pairs) for t in steps},
        "p": dict(zip(labels, numbers(shape[0]), strict=True)),
        "q": np.array(numbers(shape[0] * shape[1])).reshape(shape),
        "home": {t: draw(st.sampled_from(labels)) for t in steps},
        "before": {t: draw(st.sampled_from(steps)) for t in steps},
        "top": dict(zip(labels, numbers(shape[0]), strict=True)),
    }


def data(depth: int = 2) -> st.SearchStrategy[Any]:
    """Trees without variables."""
    leaf = st.one_of(st.tuples(st.just("number"), NUMBERS), st.just(("p",)), st.just(("q",)))
    if not depth:
        return leaf
    less = data(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(st.just("times"), less, less),
        st.tuples(st.just("plus"), less, less),
        st.tuples(st.just("sum"), st.sampled_from(SUMS), less),
    )


def linear(depth: int = 3, names: bool = True) -> st.SearchStrategy[Any]:
    """Trees with variables; with the Expressions of the model where `names`."""
    leaf = st.sampled_from([("x",), ("u",), ("z",), ("back",), *([("e",), ("s",)] * names)])
    if not depth:
        return leaf
    less = linear(depth - 1, names)
    return st.one_of(
        leaf,
        st.tuples(st.just("plus"), less, st.one_of(less, data(1))),
        st.tuples(st.just("minus"), less, less),
        st.tuples(st.just("times"), data(), less),
        st.tuples(st.just("over"), less),
        st.tuples(st.just("sum"), st.sampled_from(SUMS), less),
        st.tuples(st.just("loop"), st.sampled_from(SUMS), less),
    )


SUMS = ("N", "T", "PAIR", "OF", "BY", "TO")
KINDS = st.sampled_from(["equal", "below", "above", "range"])
OVER = st.sampled_from([(), ("N",), ("T",), ("N", "T"), ("PAIR",), ("PAIR", "T")])


@st.composite
def models(draw: st.DrawFn) -> dict[str, Any]:
    """A ground, two Expressions, some Constraints and an Objective."""
    rows = st.tuples(OVER, KINDS, linear(), data(1))
    return {
        "ground": draw(grounds()),
        "e": draw(linear(2, names=False)),
        "s": draw(linear(2, names=False)),
        "rows": draw(st.lists(rows, min_size=1, max_size=3)),
        "cost": draw(linear()),
    }


# --- how it is read --------------------------------------------------------------------------


def tell(m: Any, drawn: dict[str, Any]) -> None:
    """Put a drawn model into an AbstractModel or a ConcreteModel."""
    ground = drawn["ground"]
    m.N, m.T = (pyo.Set(initialize=ground[k], dimen=1) for k in ("N", "T"))
    m.PAIR = pyo.Set(initialize=ground["PAIR"], dimen=2)
    m.OF = pyo.Set(m.N, initialize=ground["OF"], dimen=1)
    m.BY = pyo.Set(m.N, m.T, initialize=ground["BY"], dimen=1)
    m.TO = pyo.Set(m.T, initialize=ground["TO"], dimen=2)
    m.p = pyo.Param(m.N, initialize=ground["p"])
    m.q = ArrayParam(m.N, m.T, array=ground["q"], doc="")
    m.top = pyo.Param(m.N, initialize=ground["top"])
    m.home, m.before = (
        pyo.Param(m.T, initialize=ground[k], within=pyo.Any) for k in ("home", "before")
    )
    m.x = pyo.Var(m.N, m.T, within=pyo.NonNegativeReals)
    m.u = pyo.Var(m.PAIR, bounds=lambda m, n, t: (m.top[n] - 1, 2 + m.q[n, t]))
    m.z = pyo.Var(bounds=(None, 5))
    m.e = pyo.Expression(m.N, m.T, rule=lambda m, n, t: read(drawn["e"], m, {"n": n, "t": t}))
    m.s = pyo.Expression(m.N, rule=lambda m, n: read(drawn["s"], m, {"n": n}))
    for i, (over, *row) in enumerate(drawn["rows"]):
        sets = [m.component(name) for name in over]
        m.add_component(f"row{i}", pyo.Constraint(*sets, rule=rule(over, *row)))
    m.cost = pyo.Objective(rule=lambda m: m.z + read(drawn["cost"], m, {}))


def rule(over: tuple[str, ...], kind: str, body: Any, limit: Any) -> Any:
    """The rule of a Constraint; `m.z` keeps Pyomo from finding a row without a variable."""

    def made(m: Any, *index: Any) -> Any:
        names = "".join({"N": "n", "T": "t", "PAIR": "nt"}[s] for s in over)
        env = dict(zip(names, index, strict=bool(over)))
        left, right = 7 * m.z + read(body, m, env), read(limit, m, env)
        if kind == "range":
            return pyo.inequality(right - 1, left, right + 1)
        return {"equal": left == right, "below": left <= right, "above": left >= right}[kind]

    return made


def read(tree: Any, m: Any, env: Env) -> Any:
    """A tree as a Pyomo expression, at the indices of `env` (n a label, t a step)."""
    kind, *parts = tree
    if kind == "number":
        return parts[0]
    if kind == "sum":
        return summed(parts[0], parts[1], m, env)
    if kind == "loop":
        return looped(parts[0], parts[1], m, env)
    if parts:
        return combined(kind, [read(part, m, env) for part in parts])
    n, t = env.get("n", m.first[0]), env.get("t", m.first[1])
    return {
        "p": lambda: m.p[n],
        "q": lambda: m.q[n, t],
        "x": lambda: m.x[n, t],
        "back": lambda: m.x[m.home[t], m.before[t]],
        "u": lambda: sum(m.u[k, r] for k, r in m.PAIR),
        "z": lambda: m.z,
        "e": lambda: m.e[n, t],
        "s": lambda: m.s[n],
    }[kind]()


def combined(kind: str, parts: list[Any]) -> Any:
    if kind == "over":
        return parts[0] / 4.0
    a, b = parts
    return {"plus": a + b, "minus": a - b}[kind] if kind != "times" else a * b


def summed(over: str, body: Any, m: Any, env: Env) -> Any:
    n, t = env.get("n", m.first[0]), env.get("t", m.first[1])
    return {
        "N": lambda: sum(read(body, m, env | {"n": k}) for k in m.N),
        "T": lambda: sum(read(body, m, env | {"t": k}) for k in m.T),
        "PAIR": lambda: sum(read(body, m, {"n": j, "t": k}) for j, k in m.PAIR),
        "OF": lambda: sum(read(body, m, env | {"t": k}) for k in m.OF[n]),
        "BY": lambda: sum(read(body, m, env | {"n": k}) for k in m.BY[n, t]),
        "TO": lambda: sum(read(body, m, {"n": j, "t": k}) for j, k in m.TO[t]),
    }[over]()


def looped(over: str, body: Any, m: Any, env: Env) -> Any:
    """Python loops around and within."""
    if over in ("N", "BY"):
        return sum(f * read(body, m, env | {"n": k}) for f in (1.0, 2.0) for k in m.N)
    return sum(f * read(body, m, env | {"t": k}) for k in m.T for f in (1.0, 2.0))


def programs(drawn: dict[str, Any]) -> tuple[Program, Program]:
    made = []
    for kind in (pyo.AbstractModel, pyo.ConcreteModel):
        m = kind("m")
        m.first = (drawn["ground"]["N"][0], drawn["ground"]["T"][0])
        tell(m, drawn)
        made.append(compile_model(m))
    return made[0], made[1]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(models())
def test_a_random_model_compiles_the_same_by_both_engines(drawn: dict[str, Any]) -> None:
    a, b = programs(drawn)
    assert a.matrix.shape == b.matrix.shape
    keep = np.isfinite(b.row_lower) | np.isfinite(b.row_upper)  # Pyomo drops what cannot bind
    for mine, other in (
        (a.matrix.toarray()[keep], b.matrix.toarray()[keep]),
        (a.row_lower[keep], b.row_lower[keep]),
        (a.row_upper[keep], b.row_upper[keep]),
        (a.cost, b.cost),
        (a.offset, b.offset),
        (a.lower, b.lower),
        (a.upper, b.upper),
        *((a.expressions[k].matrix.toarray(), b.expressions[k].matrix.toarray()) for k in "es"),
        *((a.expressions[k].constant, b.expressions[k].constant) for k in "es"),
    ):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-9)
    rows, columns = a.matrix.shape
    assert [a.row_name(i) for i in range(rows)] == [b.row_name(i) for i in range(rows)]
    assert [a.column_name(j) for j in range(columns)] == [b.column_name(j) for j in range(columns)]


@pytest.mark.campaign
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(models())
def test_many_random_models_compile_the_same(drawn: dict[str, Any]) -> None:
    test_a_random_model_compiles_the_same_by_both_engines.hypothesis.inner_test(drawn)
