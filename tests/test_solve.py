"""Solve: every end that a program can have, and a certificate that no wrong solution gets."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pyomo.environ as pyo
import pytest
from pytest import approx

from model.compile import Program, compile_model
from model.errors import AuditError, InfeasibleError, SolverLimitError
from model.solver import Solution, UnknownOptionError, certify, solve_program


def program(demand: float = 10.0, floor: float = 0.0) -> Program:
    """Least cost of x at 2 and y at 3, x ≤ 6, x + y ≥ demand: y is marginal."""
    m = pyo.ConcreteModel()
    m.x = pyo.Var(bounds=(floor, 6))
    m.y = pyo.Var(bounds=(floor, None))
    m.enough = pyo.Constraint(expr=m.x + m.y >= demand)
    m.cost = pyo.Objective(expr=2 * m.x + 3 * m.y + 1)
    return compile_model(m)


def transport(n: int = 40) -> Program:
    """A program large enough that presolve alone does not solve it."""
    random = np.random.default_rng(1)
    price = random.uniform(1, 9, (n, n))
    m = pyo.ConcreteModel()
    m.N = pyo.RangeSet(0, n - 1)
    m.x = pyo.Var(m.N, m.N, within=pyo.NonNegativeReals)
    m.out = pyo.Constraint(m.N, rule=lambda m, i: sum(m.x[i, j] for j in m.N) <= 1 + i % 3)
    m.into = pyo.Constraint(m.N, rule=lambda m, j: sum(m.x[i, j] for i in m.N) >= 1)
    m.cost = pyo.Objective(expr=sum(price[i, j] * m.x[i, j] for i in m.N for j in m.N))
    return compile_model(m)


def test_optimum_and_duals():
    """6 at 2, 4 at 3, and 1: 25. One more costs 3; one more of room for x saves 1."""
    found = solve_program(program())
    assert found.objective == approx(25)
    assert found.x.tolist() == approx([6, 4])
    assert found.row_dual.tolist() == approx([3])
    assert found.column_dual.tolist() == approx([-1, 0])
    assert certify(program(), found).holds


@pytest.mark.parametrize("method", ["simplex", "ipm", "choose"])
def test_every_method_gives_the_same(method):
    assert solve_program(transport(), method).objective == approx(
        solve_program(transport()).objective
    )


def test_twice_the_same_to_the_last_bit():
    one, two = solve_program(transport()), solve_program(transport())
    assert (one.x == two.x).all()
    assert (one.row_dual == two.row_dual).all()


def test_infeasible():
    wrong = program()
    with pytest.raises(InfeasibleError, match="no plan"):
        solve_program(replace(wrong, upper=np.array([6.0, 3.0])))


def test_unbounded():
    with pytest.raises(InfeasibleError, match="no lower bound"):
        solve_program(replace(program(), cost=np.array([2.0, -3.0])))


@pytest.mark.parametrize(
    ("limit", "options"),
    [(1e-9, {}), (60.0, {"simplex_iteration_limit": 1, "presolve": "off"})],
)
def test_limits(limit, options):
    with pytest.raises(SolverLimitError, match="before the optimum"):
        solve_program(transport(), "simplex", limit, options)


@pytest.mark.parametrize("option", [{"no_such_option": 1}, {"presolve": 3}, {"threads": "many"}])
def test_an_unknown_option_is_named(option):
    with pytest.raises(UnknownOptionError, match=next(iter(option))) as error:
        solve_program(program(), options=option)
    assert error.value.exit_code == 2
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


# --- the certificate -------------------------------------------------------------------------

RIGHT = {"x": [6, 4], "row_dual": [3], "column_dual": [-1, 0], "objective": 25}
WRONG = {
    "x is not feasible": {"x": [6, 3]},
    "x is over a bound": {"x": [7, 3]},
    "x is feasible, not the best": {"x": [5, 5]},
    "x is dearer, and the objective says so": {"x": [5, 5], "objective": 26},
    "the objective is not that of x": {"objective": 24},
    "a dual is too large": {"row_dual": [4]},
    "a reduced cost is wrong": {"column_dual": [-2, 0]},
    "duals fit one another, not x": {"row_dual": [2], "column_dual": [0, 1]},
    "a dual has the wrong sign": {"row_dual": [-3], "column_dual": [5, 6]},
    "x is not a number": {"x": [np.nan, 4]},
    "a dual is not a number": {"row_dual": [np.nan]},
    "the objective is not a number": {"objective": np.nan},
}


def solution(**changes: object) -> Solution:
    values = {k: np.array(v, dtype=float) for k, v in (RIGHT | changes).items()}
    objective = float(values.pop("objective"))
    return Solution(objective, row_value=np.zeros(1), iterations=0, seconds=0.0, **values)


def test_the_right_solution_is_certified():
    assert certify(program(), solution()).holds


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_solution_is_not_certified(what):
    with pytest.raises(AuditError, match="not proven optimal"):
        certify(program(), solution(**WRONG[what]))


def test_a_free_program_is_certified():
    """No row binds, no bound holds: all duals are 0."""
    m = pyo.ConcreteModel()
    m.x = pyo.Var()
    m.c = pyo.Constraint(expr=(-1, m.x, 1))
    m.cost = pyo.Objective(expr=0 * m.x)
    free = compile_model(m)
    assert certify(free, solve_program(free)).holds
