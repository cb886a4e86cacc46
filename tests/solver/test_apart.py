"""Apart: unions that plan by themselves make a bound, and a plan from where the bound stands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.solver import Solver
from model.solver.apart import Apart
from model.solver.links import Links
from model.solver.owners import Owners, ends_of
from model.solver.part import Task
from model.solver.samples import Samples
from model.solver.within import Union, solve_union
from tests.solver.towns_case import BY_HAND, ENDS, SIZE, towns

HALVES = np.repeat([0, 1], SIZE // 2)


def solved(tasks):
    """Each by itself."""
    return (solve_union(Union(task, {}, np.inf)) for task in tasks)


def from_scratch(tasks):
    """Each by itself, whatever is known of where it stands."""
    return solved(Task(task.program, task.ends) for task in tasks)


def halves(program, price, solve=solved):
    """Four towns and the other four, which pay for the budget."""
    owners = Owners.of(program.matrix, *ends_of(program, ENDS))
    samples = Samples(program, owners)
    samples.price = np.array([price])
    return Apart(program, owners, samples, Links(program, owners), HALVES, solve)


def test_a_bound_by_hand():
    """More of the budget saves a make at 50 of what is missed at 100; who makes at 10 is paid 98.

    At these prices the bound is the optimum. Where rows have no price, each end of a link pays 1 of
    its 2: those in need have all of their 40 sent, and nobody sends it. What is left is what the
    budget costs, 38 times 50.
    """
    unions = halves(BY_HAND, -50.0)
    bound, proof = unions.bound(np.array([100.0] * 4 + [98.0] * 4 + [0.0]))
    assert bound == pytest.approx(739)
    assert proof == pytest.approx(np.array([100.0] * 4 + [98.0] * 4 + [-50.0]))
    assert unions.bound(np.zeros(SIZE + 1))[0] == pytest.approx(7 + 40 - 38 * 50)


@settings(max_examples=60, deadline=None)
@given(
    need=st.lists(st.integers(0, 12), min_size=SIZE, max_size=SIZE),
    cost=st.lists(st.integers(1, 60), min_size=SIZE, max_size=SIZE),
    most=st.lists(st.integers(0, 20), min_size=SIZE, max_size=SIZE),
    budget=st.integers(0, 80),
    price=st.integers(-60, 0),
    worth=st.lists(st.integers(0, 100), min_size=SIZE, max_size=SIZE),
)
def test_a_bound_and_a_plan_of_halves(need, cost, most, budget, price, worth):
    """A bound at any prices, and a plan that everybody can have; from anywhere, as cheap."""
    program = towns(need, cost, most, float(budget))
    best = Solver().solve(program).objective
    shut = replace(program, upper=np.where(program.cost == 2.0, 0.0, program.upper))
    before = Solver().solve(shut)
    y, plans = np.array([*worth, 0.0]), []
    for solve in (solved, from_scratch):
        unions = halves(program, float(price), solve)
        assert unions.bound(y)[0] <= best + 1e-6
        plans.append(unions.plan(before.x))
    costs = [program.cost @ x + program.offset for x, _, _ in plans]
    assert costs[0] == pytest.approx(costs[1])
    assert best - 1e-6 <= costs[0] <= before.objective + 1e-6
    for x, _, (saved,) in plans:
        value = program.matrix @ x
        assert (program.row_lower - 1e-7 <= value).all()
        assert (value <= program.row_upper + 1e-7).all()
        assert saved <= 1e-9, "more of a budget does not cost"
