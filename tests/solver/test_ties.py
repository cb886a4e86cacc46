"""Ties: among equal plans and prices, the labels choose, by hand, and whatever the order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyomo.environ as pyo
import pytest
from pytest import approx

from model.compile import Program, compile_model
from model.solver import Solver, Ties, certify, solve_program
from model.solver.ties import cone, face


def twins(order: tuple[str, str] = ("east", "west"), need: float = 10.0) -> Program:
    """Two equal plants: 8 at most of each, both at 3; together they meet a need."""
    m = pyo.AbstractModel()
    m.PLACE = pyo.Set(initialize=order)
    m.plant = pyo.Var(m.PLACE, bounds=(0, 8))
    m.need = pyo.Constraint(rule=lambda m: sum(m.plant[p] for p in m.PLACE) >= need)
    m.cost = pyo.Objective(expr=lambda m: sum(3 * m.plant[p] for p in m.PLACE))
    return compile_model(m)


def shuffled(program: Program, ties: Ties, seed: int) -> tuple[Program, Ties, list[np.ndarray]]:
    """The same, rows and columns in another order."""
    random = np.random.default_rng(seed)
    rows, columns = (random.permutation(size) for size in program.matrix.shape)
    moved = replace(
        program,
        matrix=program.matrix[rows][:, columns],
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows],
        cost=program.cost[columns],
        lower=program.lower[columns],
        upper=program.upper[columns],
    )
    return moved, ties.of_part(rows, columns), [rows, columns]


def degenerate(seed: int) -> Program:
    """Sums of a few of 12 plants of equal cost: many plans are equal, and many prices."""
    random = np.random.default_rng(seed)
    holds = random.integers(0, 2, (8, 12))
    need = holds.sum(axis=1) // 2
    m = pyo.ConcreteModel()
    m.I, m.J = pyo.RangeSet(0, 7), pyo.RangeSet(0, 11)
    m.x = pyo.Var(m.J, bounds=(0, 1))
    m.row = pyo.Constraint(
        m.I,
        rule=lambda m, i: (
            sum(int(holds[i, j]) * m.x[j] for j in m.J) >= int(need[i])
            if holds[i].any()
            else pyo.Constraint.Skip
        ),
    )
    m.cost = pyo.Objective(expr=sum(m.x[j] for j in m.J))
    return compile_model(m)


@pytest.mark.parametrize("order", [("east", "west"), ("west", "east")])
def test_of_two_equal_plants_the_one_that_is_liked_more_is_full(order):
    """Both ways cost 30; 8 stand where the weight is less, 2 at the other place."""
    program = twins(order)
    ties = Ties.of(program)
    found = solve_program(program, ties=ties)
    assert found.objective == approx(30)
    assert found.unique
    liked, other = np.argsort(ties.columns)
    assert found.x[liked] == approx(8)
    assert found.x[other] == approx(2)
    at = dict(zip(order, found.x, strict=True))
    first = solve_program(twins(), ties=Ties.of(twins())).x
    assert [at["east"], at["west"]] == approx(first), "whatever the order"


def test_a_liking_outweighs_the_labels():
    program = twins()
    liked = int(np.argmin(Ties.of(program).columns))
    ties = Ties.of(program)
    ties.columns[liked] *= 100
    assert solve_program(program, ties=ties).x[liked] == approx(2)
    assert Ties.of(program, {"plant": 100}).columns == approx(100 * Ties.of(program).columns)


def test_of_equal_prices_the_least():
    """At a need of 8 from one plant at 3, full at 8, and one at 5, idle: any price from 3 to 5.

    What a unit less would spare is 3; the room of the first plant is then worth nothing.
    """
    program = replace(twins(need=8.0), cost=np.array([3.0, 5.0]))
    found = solve_program(program, ties=Ties.of(program))
    assert found.x == approx([8, 0])
    assert found.row_dual == approx([3])
    assert found.column_dual == approx([0, 2])
    assert certify(program, found).holds


def test_the_equal_plans():
    """The need is met exactly, whatever plants do: its price is 3; what is liked is the cost."""
    program = twins()
    ties = Ties.of(program)
    equal = face(program, np.array([8.0, 2.0]), (np.array([3.0]), np.zeros(2)), ties)
    assert (equal.row_lower, equal.row_upper) == (10, 10)
    assert (equal.lower.tolist(), equal.upper.tolist()) == ([0, 0], [8, 8])
    assert equal.cost == approx(1000 * ties.columns)
    dearer = face(program, np.array([8.0, 0.0]), (np.zeros(1), np.array([0.0, 2.0])), ties)
    assert (dearer.row_lower, dearer.row_upper) == (10, np.inf)
    assert dearer.upper.tolist() == [8, 0]


def test_the_prices_that_prove_a_plan():
    """The need binds, one plant is full, the other free; what is shut has no price."""
    program = twins()
    ties = Ties.of(program)
    near = cone(program, np.array([8.0, 2.0]), ties)
    assert near.row_lower == approx(-1000 * ties.rows)
    assert np.isinf(near.row_upper).all()
    assert near.lower.tolist() == [-np.inf, -np.inf]
    assert near.upper == approx([ties.columns[0], np.inf])
    shut = cone(replace(program, upper=np.array([8.0, 0.0])), np.array([8.0, 0.0]), ties)
    assert (shut.lower[1], shut.upper[1]) == (0, 0)


def test_weights_are_of_labels_not_of_places():
    here, there = Ties.of(twins()).columns, Ties.of(twins(("west", "east"))).columns
    assert here.tolist() == there[::-1].tolist()
    assert here[0] != here[1]
    assert ((here > 1) & (here < 2.01)).all()


def test_steps_of_one_thing_weigh_nearly_the_same():
    """What is liked in one step is liked in all: the last label changes a hundredth."""
    m = pyo.ConcreteModel()
    m.x = pyo.Var(["a", "b"], range(50), within=pyo.NonNegativeReals)
    m.row = pyo.Constraint(expr=m.x["a", 0] >= 0)
    m.cost = pyo.Objective(expr=m.x["a", 0])
    one, other = Ties.of(compile_model(m)).columns.reshape(2, 50)
    assert np.ptp(one) < 0.01
    assert abs(one.mean() - other.mean()) > 0.02
    assert len(set(one)) == 50


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_order_the_method_and_the_basis(seed):
    program = degenerate(seed)
    ties = Ties.of(program)
    plain, found = solve_program(program), solve_program(program, ties=ties)
    assert found.objective == approx(plain.objective, rel=1e-12)
    assert certify(program, found).holds
    assert found.unique

    moved, weights, (rows, columns) = shuffled(program, ties, seed)
    other = solve_program(moved, ties=weights)
    assert other.x == approx(found.x[columns], abs=1e-9)
    assert other.row_dual == approx(found.row_dual[rows], abs=1e-9)

    point = solve_program(program, "ipm", ties=ties)
    warm = Solver()
    warm.solve(replace(program, row_lower=program.row_lower - 0.5), ties=ties)
    for again in (point, warm.solve(program, ties=ties)):
        assert again.x == approx(found.x, abs=1e-9)
        assert again.row_dual == approx(found.row_dual, abs=1e-9)
        assert again.column_dual == approx(found.column_dual, abs=1e-9)


def test_there_is_something_to_choose():
    """Without ties, another order gives another plan, else the test above proves nothing."""
    apart = 0.0
    for seed in range(20):
        program = degenerate(seed)
        moved, _, (_, columns) = shuffled(program, Ties.of(program), seed)
        apart = max(apart, np.abs(solve_program(moved).x - solve_program(program).x[columns]).max())
    assert apart > 0.5


def test_without_a_basis_the_plan_stays():
    """An interior point alone leaves none."""
    program = twins()
    found = Solver("ipm", {"run_crossover": "off"}).solve(program, ties=Ties.of(program))
    assert found.objective == approx(30)
    assert not found.unique


def test_without_time_the_plan_stays(monkeypatch):
    """What chooses is given up, and the optimum found before is told."""
    monkeypatch.setattr(Solver, "_goes_on", lambda self, way, more=None: False)
    found = Solver().solve(twins(), ties=Ties.of(twins()))
    assert found.objective == approx(30)
    assert not found.unique
