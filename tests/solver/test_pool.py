"""Pool: links between all of a group are solved as a pool, and come back as pairs."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.compile import Program
from model.compile.index import Factor, Index
from model.compile.program import Span
from model.solver import Labels, Solver, Ties, certify, parts, solve_apart
from model.solver.pool import Pairs, _fitted, pool

TOWNS = "ABCD"
LINKS = [f"{a}>{b}" for a, b in permutations(TOWNS, 2)]
ENDS = {link: (link[0], link[2], "power") for link in LINKS}
AC = 4 + LINKS.index("A>C")


def towns(need=(0, 0, 20, 20), cost=(10, 20, 90, 90), most=(30, 30, 30, 30), toll=1.0) -> Program:
    """Four towns make power, up to so much, and send it to whom they want at a toll.

    Columns: made by each, sent over each link. Rows: made + received − sent ≥ need.
    """
    matrix = np.zeros((4, 16))
    matrix[:, :4] = np.eye(4)
    for column, link in enumerate(LINKS, start=4):
        matrix[TOWNS.index(link[0]), column] = -1
        matrix[TOWNS.index(link[2]), column] = 1
    index = [Index([Factor.of(name, labels, 1)]) for name, labels in (("N", TOWNS), ("L", LINKS))]
    return Program(
        matrix=sp.csr_array(matrix),
        row_lower=np.array(need, dtype=float),
        row_upper=np.full(4, np.inf),
        cost=np.append(np.array(cost, dtype=float), np.full(12, toll)),
        offset=0.0,
        lower=np.zeros(16),
        upper=np.append(np.array(most, dtype=float), np.full(12, np.inf)),
        variables={"make": Span("make", 0, index[0]), "flow": Span("flow", 4, index[1])},
        constraints={},
        expressions={},
    )


def with_row(program: Program, entries: dict[int, float], low: float, high: float) -> Program:
    """One more row."""
    row = np.zeros((1, program.cost.size))
    row[0, list(entries)] = list(entries.values())
    return replace(
        program,
        matrix=sp.csr_array(sp.vstack([program.matrix, sp.csr_array(row)])),
        row_lower=np.append(program.row_lower, low),
        row_upper=np.append(program.row_upper, high),
    )


def test_by_hand():
    """C and D need 20 each: 30 of A at 10, 10 of B at 20, 40 of toll: 540; a quarter is of B."""
    program = towns()
    found = pool(program, ENDS)
    assert found.program.matrix.shape == (5, 4 + 2 * 4), "12 links are 8 halves and a balance"
    back = found.spread(Solver().solve(found.program))
    assert back.objective == pytest.approx(540)
    assert dict(zip(LINKS, back.x[4:].tolist(), strict=True)) == pytest.approx(
        dict.fromkeys(LINKS, 0.0) | {"A>C": 15, "A>D": 15, "B>C": 5, "B>D": 5}
    )
    assert back.row_dual.tolist() == pytest.approx([20, 20, 21, 21])
    assert certify(program, back).holds


def test_who_sends_and_takes_is_netted():
    """A toll of nothing lets a town send to itself: 3 of 5 sent come back, 2 go to another."""
    found = pool(towns(need=(0, 0, 2, 0), toll=0.0), ENDS)
    solved = Solver().solve(found.program)
    x = np.array([2.0, 0, 0, 0, 5, 0, 0, 0, 3, 0, 2, 0])
    back = found.spread(replace(solved, x=x))
    assert back.x[AC] == pytest.approx(2)
    assert back.x[4:].sum() == pytest.approx(2)


def test_what_a_town_may_take_does_not_limit_what_it_sends():
    """D makes 20 for A at 10 and a toll of 1, and may take 5; with more rows than links."""
    program = towns(need=(20, 0, 0, 0), cost=(90, 90, 90, 10))
    into = {4 + k: 1.0 for k, link in enumerate(LINKS) if link.endswith(">D")}
    program = with_row(program, into, -np.inf, 5.0)
    for _ in LINKS:
        program = with_row(program, {0: 1.0, 1: 1.0}, -np.inf, 99.0)
    found = pool(program, ENDS)
    back = found.spread(Solver().solve(found.program))
    assert back.objective == pytest.approx(220)
    assert certify(program, back).holds


def test_a_capacity_that_does_not_bind_is_left_out():
    program = with_row(towns(), {AC: 1.0}, -np.inf, 16.0)
    found = pool(program, ENDS)
    assert found.program.matrix.shape[0] == 4 + 1
    assert certify(program, found.spread(Solver().solve(found.program))).holds


def test_a_capacity_that_the_mix_does_not_fit_into_moves_flows():
    """15 from A to C do not fit into 12: A sends the rest of its 30 to D, which B leaves to it."""
    program = with_row(towns(), {AC: 1.0}, -np.inf, 12.0)
    found = pool(program, ENDS)
    back = found.spread(Solver().solve(found.program))
    assert dict(zip(LINKS, back.x[4:].tolist(), strict=True)) == pytest.approx(
        dict.fromkeys(LINKS, 0.0) | {"A>C": 12, "A>D": 18, "B>C": 8, "B>D": 2}, abs=1e-6
    )
    assert back.objective == pytest.approx(540)
    assert certify(program, back).holds


def test_a_capacity_that_is_too_small_is_solved_by_pairs(monkeypatch):
    """With 4 from A to C, D takes 20 of A, and 6 go round by B for one more toll each: 546."""
    monkeypatch.setattr(parts, "LARGE", 0)
    program = with_row(towns(), {AC: 1.0}, -np.inf, 4.0)
    found = pool(program, ENDS)
    assert found.spread(Solver().solve(found.program)) is None
    solved = solve_apart(program, Solver(), labels=Labels(ENDS))
    assert solved.objective == pytest.approx(546)
    assert certify(program, solved).holds


@settings(max_examples=60, deadline=None)
@given(flows=st.lists(st.integers(0, 9), min_size=12, max_size=12), slack=st.integers(0, 3))
def test_flows_are_found_wherever_some_fit(flows, slack):
    """Two senders, three takers: sums of flows that are within capacities, by construction."""
    known = np.array(flows[:6], dtype=float).reshape(2, 3)
    capacity = np.zeros((5, 5))
    capacity[:2, 2:] = known + slack + 0.5
    sender, taker = np.nonzero(~np.eye(5, dtype=bool))
    pairs = Pairs.of(np.arange(20), np.zeros(20, dtype=int), sender, taker)
    sent, taken = np.r_[known.sum(axis=1), 0, 0, 0], np.r_[0, 0, known.sum(axis=0)]
    found = _fitted(pairs, sent, taken, capacity[sender, taker])
    assert found is not None
    assert (found <= capacity[sender, taker]).all()
    assert np.bincount(sender, found, 5) == pytest.approx(sent, abs=1e-7)
    assert np.bincount(taker, found, 5) == pytest.approx(taken, abs=1e-7)


def test_what_chooses_is_the_mean_of_the_pairs():
    """A to C weighs 4 and the rest 1: what A sends and what C takes weigh (4 + 1 + 1) / 3 = 2."""
    program = towns()
    found = pool(program, ENDS)
    ties = Ties(np.ones(program.cost.size), np.ones(program.row_lower.size))
    ties.columns[AC] = 4
    there = found.ties(ties)
    assert (there.rows.size, there.columns.size) == found.program.matrix.shape
    assert sorted(there.columns)[-3:] == pytest.approx([1, 2, 2])
    assert there.rows[-1] == pytest.approx((4 + 11) / 12)
    chosen = found.spread(Solver().solve(found.program, ties=there))
    assert chosen.unique
    assert certify(program, chosen).holds


def test_what_tells_links_apart_is_no_pool():
    """A floor under one link, a toll by distance, a link that is missing or closed; three towns."""
    program, dear = towns(), towns()
    dear.cost[AC] = 2.0
    missing = {link: ends for link, ends in ENDS.items() if link != "A>C"}
    closed = with_row(program, {AC: 1.0}, -np.inf, 0.0)
    three = {link: (*ends[:2], "power" if "D" in link else "gas") for link, ends in ENDS.items()}
    assert pool(with_row(program, {AC: 1.0}, 5.0, np.inf), ENDS) is None
    assert pool(with_row(program, {AC: 1.0, 0: 1.0}, -np.inf, 5.0), ENDS) is None
    assert pool(dear, ENDS) is None
    assert pool(program, missing) is None
    assert pool(closed, ENDS) is None
    assert pool(program, three) is None
    assert pool(program, ENDS) is not None


numbers = st.lists(st.integers(0, 40), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(numbers, numbers, st.integers(0, 5))
@example([0, 0, 0, 0], [1, 2, 3, 4], 1)
def test_it_costs_what_the_pairs_cost(need, cost, toll):
    program = towns(need, cost, (80, 80, 80, 80), toll)
    found = pool(program, ENDS)
    back = found.spread(Solver().solve(found.program))
    assert back.objective == pytest.approx(Solver().solve(program).objective)
    assert certify(program, back).holds
