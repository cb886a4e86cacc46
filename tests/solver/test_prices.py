"""Prices: partner by partner at prices of what they share, then joined, is the optimum of all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import ModelError, SolverLimitError
from model.solver import Labels, Solver, certify, parts, prices, solve_apart
from model.solver.owners import NOBODY, Owners, ends_of
from model.solver.prices import basis_by_prices
from model.solver.reduced import Reduced
from model.solver.unions import unions, weights
from tests.solver.towns_case import BY_HAND, ENDS, LINKS, SIZE, towns, with_row


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Samples of three partners, then of six, in programs of any size."""
    monkeypatch.setattr(prices, "SAMPLE", 3)
    monkeypatch.setattr(prices, "FEWEST", 6)
    monkeypatch.setattr(parts, "LARGE", 0)


def test_owners_are_told_by_labels_and_rows():
    first, second = ends_of(BY_HAND, ENDS)
    owners = Owners.of(BY_HAND.matrix, first, second)
    assert owners.first[:SIZE].tolist() == owners.first[SIZE : 2 * SIZE].tolist() == [*range(SIZE)]
    at = 2 * SIZE + LINKS.index("C>E")
    assert (owners.first[at], owners.second[at]) == (2, 4)
    assert owners.row.tolist() == [*range(SIZE), NOBODY]
    assert owners.shared.tolist() == [False] * SIZE + [True]


def test_what_names_nobody_is_of_whose_row_it_stands_in():
    """A gap of a target stands in the row of one town; a fund stands in the shared row only."""
    extra = sp.csr_array(([1.0, 1.0], ([3, SIZE], [0, 1])), shape=(SIZE + 1, 2))
    matrix = sp.csr_array(sp.hstack([BY_HAND.matrix, extra]))
    first, second = (np.append(end, [NOBODY] * 2) for end in ends_of(BY_HAND, ENDS))
    owners = Owners.of(matrix, first, second)
    assert owners.first[-2:].tolist() == [3, NOBODY]
    assert owners.count == SIZE


def test_who_stands_for_whom():
    """The two largest for themselves; of two like each other, the one nearer to their mean."""
    size = np.array([9.0, 5.0, 1.0, 2.0, 1.0, 3.0])
    kind = np.array([[0.0], [9.0], [0.0], [0.3], [5.0], [5.4]])
    assert weights(size, kind, 4) == pytest.approx([1, 1, 0, 3 / 2, 0, 4 / 3])


def test_who_is_joined_with_whom():
    """A and B have three links, C and D two, B and C one: first AB and CD, then all; E has none."""
    pairs = [(0, 1), (1, 0), (0, 1), (2, 3), (3, 2), (1, 2)]
    first, second = np.array([*pairs, *[(i, i) for i in range(5)]]).T
    owners = Owners.of(sp.csr_array((0, 11)), first, second)
    assert [label.tolist() for label in unions(owners)] == [[0, 0, 1, 1, 2], [0, 0, 0, 0, 1]]


def test_by_hand():
    solver = Solver()
    basis = basis_by_prices(BY_HAND, ends_of(BY_HAND, ENDS), solver, 10.0)
    solver.stand(BY_HAND, basis)
    found = solver.solve(BY_HAND)
    assert found.iterations == 0, "the basis is optimal as it is"
    assert found.objective == pytest.approx(739)
    assert certify(BY_HAND, found).holds
    assert found.row_dual[SIZE] == pytest.approx(-50), "the budget saves 100 for 50"


def test_who_cannot_do_without_links_is_solved_in_the_ordinary_way():
    """H needs 9, makes up to 4 and may miss 1: at any price it has no plan of its own."""
    upper = BY_HAND.upper.copy()
    upper[[SIZE - 1, 2 * SIZE - 1]] = 4.0, 1.0
    low = np.append([10.0] * 4 + [0.0] * 3 + [9.0], -np.inf)
    program = replace(BY_HAND, upper=upper, row_lower=low)
    assert basis_by_prices(program, ends_of(program, ENDS), Solver(), 10.0) is None
    found = solve_apart(program, Solver(), labels=Labels(ENDS))
    assert certify(program, found).holds
    assert found.objective == pytest.approx(Solver().solve(program).objective)


def test_a_step_that_fails_leads_to_the_ordinary_way(monkeypatch):
    """Whatever a step ends with but a limit, the whole is solved as if it had not been tried."""

    def fails(*_: object) -> None:
        raise ModelError("HiGHS ended with status: Unknown")

    monkeypatch.setattr(Solver, "go_on", fails)
    assert basis_by_prices(BY_HAND, ends_of(BY_HAND, ENDS), Solver(), 10.0) is None
    assert solve_apart(BY_HAND, Solver(), labels=Labels(ENDS)).objective == pytest.approx(739)


def test_a_limit_is_a_limit(monkeypatch):
    def ends(*_: object) -> None:
        raise SolverLimitError("no optimum was found within 1 s")

    monkeypatch.setattr(Solver, "go_on", ends)
    with pytest.raises(SolverLimitError):
        basis_by_prices(BY_HAND, ends_of(BY_HAND, ENDS), Solver(), 10.0)


def test_who_has_nothing_left_after_presolve_is_joined_by_links():
    """H may neither make nor miss anything: it has links only."""
    upper = BY_HAND.upper.copy()
    upper[[SIZE - 1, 2 * SIZE - 1]] = 0.0
    program = replace(BY_HAND, upper=upper, row_lower=np.append(np.ones(SIZE), -np.inf))
    found = solve_apart(program, Solver(), labels=Labels(ENDS))
    assert certify(program, found).holds
    assert found.objective == pytest.approx(Solver().solve(program).objective)


def test_a_limit_of_links_only_is_kept():
    """No more than 1 from E to A, a row of its own over two links: it holds in the plan."""
    ways = [2 * SIZE + LINKS.index(link) for link in ("E>A", "A>E")]
    program = with_row(BY_HAND, ["E>A", "A>E"], -np.inf, 1.0)
    found = solve_apart(program, Solver(), labels=Labels(ENDS))
    assert found.x[ways].sum() <= 1.0 + 1e-9
    assert found.objective == pytest.approx(Solver().solve(program).objective)


def test_presolve_and_back():
    """What presolve leaves, solved, gives a basis at which the whole is solved."""
    reduced = Reduced(BY_HAND)
    assert reduced.program.cost.size <= BY_HAND.cost.size
    solver = Solver()
    found = solver.solve(reduced.program)
    basis = reduced.back(found, solver.basis)
    assert found.objective == pytest.approx(739)
    assert (basis.columns == 1).sum() + (basis.rows == 1).sum() == BY_HAND.row_lower.size


@settings(max_examples=60, deadline=None)
@given(
    need=st.lists(st.integers(0, 12), min_size=SIZE, max_size=SIZE),
    cost=st.lists(st.integers(1, 60), min_size=SIZE, max_size=SIZE),
    most=st.lists(st.integers(0, 20), min_size=SIZE, max_size=SIZE),
    budget=st.integers(0, 80),
    toll=st.integers(0, 5),
)
def test_the_optimum_is_that_of_the_whole(need, cost, most, budget, toll):
    program = towns(need, cost, most, float(budget), float(toll))
    found = solve_apart(program, Solver(), labels=Labels(ENDS))
    assert found.objective == pytest.approx(Solver().solve(program).objective, rel=1e-9)
    assert certify(program, found).holds
    basis = basis_by_prices(program, ends_of(program, ENDS), Solver(), 10.0)
    if basis is not None:
        solver = Solver()
        solver.stand(program, basis)
        assert certify(program, solver.solve(program)).holds
