"""Solve: every end that a program can have, and a certificate that no wrong solution gets."""

from __future__ import annotations

import gc
import pickle
import weakref
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pyomo.environ as pyo
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from model.compile import Program, compile_model
from model.errors import AuditError, InfeasibleError, ModelError, SolverLimitError
from model.solver import Solution, Solver, UnknownOptionError, certify, highs, solve_program


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


def test_choose_takes_the_interior_point_for_a_large_program(monkeypatch):
    """The same optimum; the iterations of the simplex are then those of the crossover."""
    usual = solve_program(transport())
    monkeypatch.setattr(highs, "LARGE", 100)
    large = solve_program(transport())
    assert large.objective == approx(usual.objective)
    assert large.iterations < usual.iterations
    assert solve_program(transport(), "simplex").iterations == usual.iterations


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


def test_what_highs_refuses_is_told():
    """A coefficient of 10¹⁶ is more than it takes."""
    with pytest.raises(ModelError, match="refuses the program"):
        solve_program(replace(program(), matrix=program().matrix * 1e16))


@pytest.mark.skipif(find_spec("highspy_extras") is not None, reason="the package is installed")
def test_a_missing_package_is_named():
    with pytest.raises(UnknownOptionError, match="highspy-extras=="):
        Solver("hipo")


# --- from one program to the next ------------------------------------------------------------

NEXT = {
    "costs": {"cost": np.array([2.0, 1.0])},
    "sides": {"row_lower": np.array([8.0])},
    "bounds": {"upper": np.array([5.0, np.inf]), "lower": np.array([1.0, 0.0])},
    "offset": {"offset": 7.0},
    "coefficients": {"matrix": program().matrix * 2.0},
    "places of coefficients": {"matrix": sp.csr_array(np.array([[0.0, 1.0]]))},
    "nothing": {},
}


@pytest.mark.parametrize("what", NEXT)
def test_the_next_program_is_solved_as_from_scratch(what):
    solver, changed = Solver(), replace(program(), **NEXT[what])
    solver.solve(program())
    found, alone = solver.solve(changed), solve_program(changed)
    assert found.objective == approx(alone.objective, rel=1e-12)
    assert found.x == approx(alone.x)
    assert certify(changed, found).holds


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["cost", "row_lower", "upper", "matrix"]),
            st.integers(0, 2**32 - 1),
            st.floats(0.5, 2.0),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=15, deadline=None)
def test_a_row_of_neighbours_is_solved_as_from_scratch(steps):
    """Costs, demands, bounds and coefficients stretched at random: feasible or not, the same."""
    now, solver = transport(12), Solver()
    solver.solve(now)
    for what, seed, stretch in steps:
        chance = np.random.default_rng(seed).uniform(min(1, stretch), max(1, stretch), 144)
        if what == "matrix":
            changed = now.matrix.copy()
            changed.data = changed.data * np.resize(chance, changed.nnz)
        elif what == "upper":
            changed = np.minimum(now.upper, 3.0) * chance
        else:
            changed = getattr(now, what) * np.resize(chance, getattr(now, what).size)
        now = replace(now, **{what: changed})
        try:
            alone = solve_program(now)
        except InfeasibleError:
            with pytest.raises(InfeasibleError):
                solver.solve(now)
            continue
        found = solver.solve(now)
        assert found.objective == approx(alone.objective, rel=1e-9)
        assert certify(now, found).holds


def test_a_near_program_takes_few_iterations():
    solver = Solver("simplex")
    scratch = solver.solve(transport()).iterations
    near = replace(transport(), cost=transport().cost * np.linspace(1.0, 1.01, 1600))
    assert solver.solve(near).iterations < 0.2 * scratch


def test_a_far_program_starts_from_scratch():
    """Prices turned around: the start is given up, and the plan is the one from scratch."""
    solver, far = Solver("simplex"), replace(transport(), cost=10.0 - transport().cost)
    solver.solve(transport())
    found, alone = solver.solve(far), solve_program(far, "simplex")
    assert found.iterations == alone.iterations
    assert (found.x == alone.x).all()


def test_a_solver_stands_where_another_stood():
    """Handed over as bytes: nothing is left to do. A further row that binds nothing keeps it."""
    first, second = Solver("simplex"), Solver("simplex")
    assert first.basis is None
    scratch = first.solve(transport())
    handed = pickle.loads(pickle.dumps(first.basis))
    assert handed.iterations == scratch.iterations
    second.stand(transport(), handed)
    found = second.solve(transport())
    assert found.iterations == 0
    assert found.x == approx(scratch.x)

    wider = transport()
    row = sp.csr_array(np.ones((1, wider.cost.size)))
    wider = replace(
        wider,
        matrix=sp.csr_array(sp.vstack([wider.matrix, row])),
        row_lower=np.append(wider.row_lower, 0.0),
        row_upper=np.append(wider.row_upper, np.inf),
    )
    second.stand(wider, handed.with_rows(1))
    assert second.solve(wider).iterations == 0


def test_after_an_infeasible_program_the_next_is_solved():
    solver = Solver()
    solver.solve(program())
    with pytest.raises(InfeasibleError):
        solver.solve(replace(program(), upper=np.array([6.0, 3.0])))
    assert solver.solve(program()).objective == approx(25)


def test_the_time_limit_counts_for_each_program_alone(monkeypatch):
    """The clock of HiGHS goes on from run to run: the limit is set on top of it."""
    solver, told = Solver(), []
    monkeypatch.setattr(solver, "_set", told.append)
    monkeypatch.setattr(solver._highs, "getRunTime", lambda: 100.0, raising=False)
    solver.solve(program(), 5.0)
    assert told[-1]["time_limit"] == 105.0


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
    return Solution(objective, iterations=0, **values)


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


def test_what_highs_holds_goes_with_the_solver():
    """At once: nothing waits for a collection of cycles, which may be long in coming."""
    gc.disable()
    try:
        solver = Solver()
        held = weakref.ref(solver._highs)
        del solver
        assert held() is None
    finally:
        gc.enable()
