"""What is no linear program is refused by name."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.core.expr.template_expr import IndexTemplate

from model.compile import NotCompilableError, compile_model
from tests.compile.compile_case import Text, both, ground, same

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
    "a choice between data": (
        lambda m, n, t: m.x[n, t] <= pyo.Expr_if(m.q[n, t] > 1, 1, 2), "holds a Expr_if"),
    "a strict inequality": (lambda m, n, t: m.x[n, t] < 2, "strict"),
    "a sum without a term": (
        lambda m, n, t: m.u[n] + sum(m.x[n, r] for r in m.T for _ in ()) <= 2, "no term"),
    "a set that some have not": (
        lambda m, n, t: m.u[n] + sum(m.x[n, r] for r in m.SOME[n]) <= 2, "no set for some index"),
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


def _each_its_domain(m: Any) -> None:
    m.y = pyo.Var(m.N, within=lambda m, n: pyo.Reals if n == "a" else pyo.NonNegativeReals)


def _over_all_numbers(m: Any) -> None:
    m.y = pyo.Var(pyo.Integers)


def _over_labels_and_pairs(m: Any) -> None:
    m.MIXED = pyo.Set(initialize=[1, (2, 3)], dimen=None)
    m.y = pyo.Var(m.MIXED)


@pytest.mark.parametrize(
    ("add", "reason"),
    [
        (_each_its_domain, "y cannot be compiled: its domain differs by index"),
        (_over_all_numbers, "the set has no end"),
        (_over_labels_and_pairs, "MIXED cannot be compiled: its members are not all of one length"),
    ],
)
def test_what_no_array_can_hold_is_refused(add: Text, reason: str) -> None:
    m = pyo.AbstractModel()
    ground(m)
    add(m)
    with pytest.raises(NotCompilableError, match=reason):
        compile_model(m)


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


def test_an_objective_without_end_is_refused() -> None:
    m = pyo.AbstractModel()
    m.x = pyo.Var()
    m.cost = pyo.Objective(rule=lambda m: m.x + float("inf"))
    with pytest.raises(ValueError, match="constant of the objective"):
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
