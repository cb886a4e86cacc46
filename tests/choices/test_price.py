"""Price: the least and the most within a budget, by hand, beside another method, as properties."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx
from scipy.optimize import linprog

from model.choices.fronts import front
from model.choices.price import CLOSE, NEAR
from model.solver import Solver
from tests.choices.choices_case import program, search

INF = np.inf


def twins():
    """100 of x at 10 (≤ 80), y at 10.05 (≤ 80), z at 50; w ≥ 5 at 1. The least: 801 + 200 + 5."""
    rows = [([1, 1, 1, 0], 100, INF), ([0, 0, 0, 1], 5, INF)]
    return program([10, 10.05, 50, 1], rows, [80, 80, 80, 80])


def test_the_least_of_one_of_two_that_cost_almost_the_same():
    """Each unit from x to y costs 0.05: 1 EUR moves 20 units, and 3 EUR all that y can take."""
    found, cost = search(twins())
    assert cost == approx(1006)
    x = np.array([1.0, 0, 0, 0])
    one = found.least(x, cost + 1)
    assert one.value == approx(60, rel=1e-3)
    assert one.cost == approx(cost + 1)
    assert one.bound <= one.value
    assert found.least(x, cost + 3.5).value == approx(20, rel=1e-3)


def test_the_most_of_what_is_full_is_what_it_is():
    found, cost = search(twins())
    assert -found.least(np.array([-1.0, 0, 0, 0]), cost + 3).value == approx(80)


def test_what_is_needed_is_in_every_plan():
    """Without the row it would be nothing."""
    found, cost = search(twins())
    assert found.least(np.array([0, 0, 0, 1.0]), cost * 1.1).value == approx(5)


def test_what_is_dear_hardly_enters():
    """A unit of z in the place of y costs 39.95 more: 4 EUR buy a tenth of one."""
    found, cost = search(twins())
    z = np.array([0, 0, -1.0, 0])
    assert -found.least(z, cost + 4).value == approx(4 / 39.95, rel=1e-3)


def test_what_has_no_end_at_a_price_is_searched_below_it():
    """One costs 1 and brings 1, without end from a price of 1 on: 5 EUR more bring 5, at most."""
    found, cost = search(program([1, 3], [([1, 1], 5, INF)], [INF, INF]))
    assert -found.least(np.array([-1.0, 0]), cost + 5).value == approx(10)


def test_a_front_with_one_kink():
    """Clean units instead of dirty ones: 40 at 2 more each, then at 10 more."""
    dirty = program([10, 12, 20], [([1, 1, 1], 100, INF)], [200, 40, 200])
    found, cost = search(dirty)
    emitted = np.array([1.0, 0, 0])
    points = list(front(found, Solver("simplex", patience=10.0), emitted, cost + 680, 6))
    assert [p.x[0] for p in points] == approx([100, 80, 60, 40, 20, 0], abs=0.1)
    assert [p.cost - cost for p in points] == approx([0, 40, 80, 280, 480, 680], abs=2)
    assert points[1].slope == approx(2) and points[-1].slope == approx(10)


def random_case(seed: int):
    """A covering program that is feasible and bounded."""
    random = np.random.default_rng(seed)
    size, count = 6, 4
    matrix = random.integers(0, 4, (count, size)).astype(float)
    matrix[:, 0] += 1
    rows = [(row.tolist(), float(random.integers(1, 9)), INF) for row in matrix]
    cost = random.integers(1, 9, size) + random.random(size)
    return program(cost.tolist(), rows, [20.0] * size), random.integers(-3, 4, size).astype(float)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.001, 0.01, 0.1, 0.5]))
def test_as_with_a_row_for_the_budget(seed: int, slack: float):
    """And the optimum lies within, the plan is one, and the bound is below."""
    given_one, weights = random_case(seed)
    found, cost = search(given_one)
    budget = cost * (1 + slack)
    one = found.least(weights, budget)
    matrix = np.vstack([-given_one.matrix.todense(), given_one.cost])
    sides = np.append(-given_one.row_lower, budget)
    other = linprog(weights, matrix, sides, bounds=[(0, 20)] * weights.size, method="highs")
    start = float(weights @ found.x)
    close = CLOSE * abs(other.fun - start) + NEAR * np.abs(weights) @ found.x + 1e-6
    assert one.value == approx(other.fun, abs=close)
    assert one.bound <= other.fun + 1e-6
    assert one.value <= start + 1e-9
    assert one.cost <= budget * (1 + 1e-9)
    assert (given_one.matrix @ one.x >= given_one.row_lower - 1e-6).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_ranges_widen_with_the_slack(seed: int):
    given_one, weights = random_case(seed)
    found, cost = search(given_one)
    ends = [found.least(weights, cost * (1 + slack)) for slack in (0.01, 0.05, 0.2)]
    assert all(b.bound <= a.value + 1e-6 for a, b in pairwise(ends))
    assert all(b.value <= a.value + CLOSE * abs(a.value) + 1e-2 for a, b in pairwise(ends))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_front_is_monotone_and_convex(seed: int):
    """No point is better in both than another."""
    given_one, weights = random_case(seed)
    found, cost = search(given_one)
    points = list(front(found, Solver("simplex", patience=10.0), weights, cost * 1.3, 5))
    values, costs = ([f(p) for p in points] for f in (lambda p: weights @ p.x, lambda p: p.cost))
    assert all(np.diff(values) <= 1e-7)
    assert all(np.diff(costs) >= -1e-7)
    steps = [
        (c2 - c1) / (v1 - v2)
        for c1, c2, v1, v2 in zip(costs, costs[1:], values, values[1:], strict=False)
        if v1 - v2 > 1e-3
    ]
    assert all(np.diff(steps) >= -1e-4 * np.abs(steps[1:]))
