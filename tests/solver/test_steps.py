"""Steps: few long steps at first, then shorter ones, end at the optimum of all steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from model.compile import Program
from model.compile.index import Factor, Index
from model.compile.program import Span
from model.outcome.solve import make_plan
from model.scenario import load_scenario, override
from model.solver import Labels, Solver, certify, parts, solve_apart, steps
from model.solver.steps import NEVER, Series, basis_by_steps, series_of

STEPS = [f"h{i}" for i in range(8)]
N = len(STEPS)
UNMET = 100.0
"""Cost of a need that is not met."""


def town(need, price: float, store: float, share: float = 1.0) -> Program:
    """A plant of a size that is chosen and a store, through eight hours; what is missed costs.

    Columns: size; then made, missed, put in, stored, by hour.
    Rows: made + missed − put in ≥ need; made ≤ size; stored − stored before − put in = 0, the first
    hour after the last one; Σ missed ≤ share of the needs.
    """
    eye, none = np.eye(N), np.zeros((N, N))
    before = np.roll(eye, -1, axis=1)
    hour, size = Factor.of("H", STEPS, 1), Factor.of("S", ["size"], 1)
    names = ("made", "missed", "put", "stored")
    spans = {name: Span(name, 1 + i * N, Index([hour])) for i, name in enumerate(names)}
    limits = {
        name: Span(name, i * N, Index([hour])) for i, name in enumerate(("met", "fit", "keep"))
    }
    return Program(
        matrix=sp.csr_array(
            np.block(
                [
                    [np.zeros((N, 1)), eye, eye, -eye, none],
                    [-np.ones((N, 1)), eye, none, none, none],
                    [np.zeros((N, 1)), none, none, -eye, eye - before],
                    [np.zeros((1, 1 + N)), np.ones((1, N)), np.zeros((1, 2 * N))],
                ]
            )
        ),
        row_lower=np.r_[np.array(need, dtype=float), np.full(N, -np.inf), np.zeros(N), -np.inf],
        row_upper=np.r_[np.full(N, np.inf), np.zeros(2 * N), share * float(np.sum(need))],
        cost=np.r_[price, np.full(N, 1.0), np.full(N, UNMET), np.zeros(2 * N)],
        offset=7.0,
        lower=np.r_[np.zeros(1 + 2 * N), np.full(N, -np.inf), np.zeros(N)],
        upper=np.r_[np.full(1 + 3 * N, np.inf), np.full(N, store)],
        variables={"size": Span("size", 0, Index([size])), **spans},
        constraints={**limits, "share": Span("share", 3 * N, Index([]))},
        expressions={},
    )


BY_HAND = town(need=[4, 8, 2, 6, 10, 1, 3, 5], price=150.0, store=0.0)
"""The last unit of size is worth 99 in each hour that needs more. Two hours need more than 6, one
more than 8: the plant has 8, makes 37 and misses 2: 8 · 150 + 37 + 200 + 7 = 1 444."""


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """From two steps on, in programs of any size."""
    monkeypatch.setattr(steps, "FEWEST", 2)
    monkeypatch.setattr(parts, "LARGE", 0)


def test_series_are_told_by_labels():
    """Alike but for the step is of one series; what has no step is one by itself."""
    columns, rows = series_of(BY_HAND, STEPS)
    assert columns.step.tolist() == [NEVER] + [*range(N)] * 4
    assert np.unique(columns.number).size == 5
    assert rows.step.tolist() == [*range(N)] * 3 + [NEVER]
    both = Index([Factor.of("P", "AB", 1), Factor.of("H", STEPS, 1), Factor.of("Y", [1, 2], 1)])
    told = Series.of({"x": Span("x", 0, both)}, both.size, STEPS)
    assert told.step[:4].tolist() == [0, 0, 1, 1]
    assert np.unique(told.number).size == 4, "two places in two years"


def test_steps_are_put_together():
    """Two by two, an hour needs the mean of both, and a limit on all hours counts both."""
    columns, rows = series_of(BY_HAND, STEPS)
    (column, of_column), (row, of_row) = columns.together(2), rows.together(2)
    short = steps._together(BY_HAND, of_column, of_row)
    assert (column.size, row.size) == (1 + 4 * 4, 3 * 4 + 1)
    assert short.row_lower[:4].tolist() == [6, 4, 5.5, 4]
    assert short.cost.tolist() == [150] + [2] * 4 + [200] * 4 + [0] * 8
    assert short.matrix.toarray()[-1, 5:9].tolist() == [2] * 4
    assert np.isneginf(short.row_lower[4:8]).all()
    assert short.matrix.toarray()[4, [0, 1]].tolist() == [-1, 1]


def test_by_hand():
    solver = Solver()
    basis = basis_by_steps(BY_HAND, series_of(BY_HAND, STEPS), solver, 10.0)
    solver.stand(BY_HAND, basis)
    found = solver.solve(BY_HAND)
    assert found.iterations == 0, "the basis is optimal as it is"
    assert found.objective == pytest.approx(1444)
    assert certify(BY_HAND, found).holds
    assert found.x[0] == pytest.approx(8)


def test_few_steps_are_solved_in_the_ordinary_way(monkeypatch):
    monkeypatch.setattr(steps, "FEWEST", 5)
    assert basis_by_steps(BY_HAND, series_of(BY_HAND, STEPS), Solver(), 10.0) is None
    assert solve_apart(BY_HAND, Solver(), labels=Labels(steps=STEPS)).objective == pytest.approx(
        1444
    )


def test_what_long_steps_cannot_do_is_solved_in_the_ordinary_way():
    """Hours that take turns make 2 more than the others: long steps make as much in each."""
    row = np.zeros((1, BY_HAND.cost.size))
    row[0, 1:5] = 1, -1, 1, -1
    program = replace(
        BY_HAND,
        matrix=sp.csr_array(sp.vstack([BY_HAND.matrix, sp.csr_array(row)])),
        row_lower=np.append(BY_HAND.row_lower, 2.0),
        row_upper=np.append(BY_HAND.row_upper, np.inf),
    )
    assert basis_by_steps(program, series_of(program, STEPS), Solver(), 10.0) is None
    found = solve_apart(program, Solver(), labels=Labels(steps=STEPS))
    assert certify(program, found).holds
    assert found.objective == pytest.approx(Solver().solve(program).objective)


@settings(max_examples=60, deadline=None)
@given(
    need=st.lists(st.integers(0, 12), min_size=N, max_size=N),
    price=st.integers(0, 900),
    store=st.integers(0, 9),
    share=st.just(0.0) | st.floats(1e-6, 1.0),
)
def test_the_optimum_is_that_of_the_whole(need, price, store, share):
    """HiGHS takes coefficients of 1e-9 and less for 0, before or after presolve."""
    program = town(need, float(price), float(store), share)
    found = solve_apart(program, Solver(), labels=Labels(steps=STEPS))
    assert found.objective == pytest.approx(Solver().solve(program).objective, rel=1e-9)
    assert certify(program, found).holds


def test_the_plan_of_a_scenario_is_the_same(monkeypatch):
    """Four days of 24 hours, from 24 long steps on: the plan that is chosen from scratch."""
    asked = {"horizon.calendar": "4-days", "horizon.hours_per_step": 1}
    scenario = override(load_scenario("rouen-alone"), asked, "hours")
    monkeypatch.setattr(steps, "FEWEST", 24)
    known = []
    basis = parts.basis_by_steps
    monkeypatch.setattr(parts, "basis_by_steps", lambda *a: known.append(basis(*a)) or known[-1])
    found = make_plan(scenario).solution
    assert known and known[0] is not None
    monkeypatch.setattr(parts, "LARGE", 1e9)
    scratch = make_plan(scenario).solution
    assert found.unique and scratch.unique
    assert found.x == pytest.approx(scratch.x, rel=1e-6, abs=1e-6)
