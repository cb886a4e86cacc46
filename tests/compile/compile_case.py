"""What the tests of compile share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyomo.environ as pyo

from model.blocks.protocol import ArrayParam
from model.compile import Program, compile_model

Text = Callable[[Any], None]


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


def ground(m: Any) -> None:
    """Sets, parameters and variables that the idioms below use."""
    m.N = pyo.Set(initialize=["a", "b", "c"])
    m.T = pyo.RangeSet(0, 3)
    m.ODD = pyo.Set(within=m.T, initialize=[1, 3])
    m.PAIR = pyo.Set(initialize=[("c", 1), ("a", 3), ("a", 0)], dimen=2)
    m.NONE = pyo.Set(initialize=[], dimen=1)
    m.OF = pyo.Set(m.N, initialize={"a": [0, 2], "b": [], "c": [3]}, dimen=1)
    m.OF2 = pyo.Set(m.N, m.T, initialize=lambda m, n, t: ["a", "c"][: t % 3], dimen=1)
    m.VOID = pyo.Set(m.N, initialize={n: [] for n in "abc"})
    m.SOME = pyo.Set(m.N, initialize={"a": [0, 2], "c": [3]}, dimen=1)
    m.TO = pyo.Set(m.T, initialize={t: [("a", t), ("b", 3 - t)] for t in range(4)}, dimen=2)
    m.p = pyo.Param(m.N, initialize={"a": 2.0, "b": 0.0, "c": -1.5})
    m.q = pyo.Param(m.N, m.T, initialize=lambda m, n, t: ord(n) % 7 + t / 3)
    m.half = pyo.Param(m.T, default=0.5, initialize={1: 2.5})
    m.scalar = pyo.Param(initialize=3.0)
    m.mutable = pyo.Param(m.N, initialize=dict.fromkeys("abc", 4.0), mutable=True)
    m.tunable = pyo.Param(initialize=2.0, mutable=True)
    m.before = pyo.Param(m.T, initialize={t: (t - 1) % 4 for t in range(4)}, within=pyo.Any)
    m.home = pyo.Param(m.T, initialize=dict(enumerate("abca")), within=pyo.Any)
    m.who = pyo.Param(m.N, m.T, initialize=lambda m, n, t: "acb"[(ord(n) + t) % 3], within=pyo.Any)
    m.when = pyo.Param(
        m.N, m.ODD, m.T, initialize=lambda m, n, r, t: (ord(n) + r + 2 * t) % 4, within=pyo.Any
    )
    m.field = ArrayParam(m.N, m.T, array=np.arange(1.0, 13.0).reshape(3, 4), doc="")
    m.x = pyo.Var(m.N, m.T, within=pyo.NonNegativeReals)
    m.u = pyo.Var(m.N, bounds=(-1, 8))
    m.w = pyo.Var(m.PAIR, bounds=lambda m, n, t: (None, m.q[n, t]))
    m.z = pyo.Var(bounds=(1, None))
    m.e = pyo.Expression(m.N, m.T, rule=lambda m, n, t: m.x[n, t] + m.q[n, t] * m.u[n] - 1)
    m.s = pyo.Expression(m.PAIR, rule=lambda m, n, t: sum(m.e[n, r] for r in m.OF[n]) + m.w[n, t])
    m.only_data = pyo.Expression(m.N, rule=lambda m, n: m.p[n] * sum(m.q[n, t] for t in m.T))
    m.of = pyo.Expression(
        m.N, m.T, rule=lambda m, n, t: sum(m.q[n, t] * m.x[n, r] for r in m.OF[n])
    )
    m.total = pyo.Expression(rule=lambda m: sum(m.u[n] for n in m.N) + m.z)
    m.cost = pyo.Objective(
        rule=lambda m: sum(m.q[n, t] * m.x[n, t] for n in m.N for t in m.T) + m.z + 2
    )
