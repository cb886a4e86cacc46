"""Rounds: plans and bounds of unions come together, and prove how near a plan is."""

from __future__ import annotations

import pickle
import time
from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import AuditError, SolverLimitError
from model.solver import Labels, Solver, Within, certify, parts, rounds, solve_apart, solve_union
from model.solver import links as linking
from model.solver import within as handing
from model.solver.kept import kept, place
from model.solver.owners import ends_of
from model.solver.part import Task
from model.solver.passing import DUAL, PRIMAL
from model.solver.rounds import plan_within
from model.solver.unions import partition
from model.solver.watch import watching
from tests.solver.towns_case import BY_HAND, ENDS, LINKS, SIZE, towns, with_row

PAIRS = np.array([[0, 1, 2, 2, 4], [1, 2, 3, 3, 5]])


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Unions of two towns at first, in programs of any size."""
    monkeypatch.setattr(rounds, "FIRST", 2)
    monkeypatch.setattr(parts, "LARGE", 0)


def solved(tasks):
    """Each by itself."""
    for task in tasks:
        yield solve_union(handing.Union(task, {}, np.inf))


def within(program, gap, told=lambda *_: None):
    return plan_within(program, ends_of(program, ENDS), gap, solved, told)


def test_who_is_in_a_union():
    """Two links join C and D, one A and B; B and C are cut through, and are one in the next."""
    assert partition(PAIRS, np.ones(5), 7, 2).tolist() == [0, 0, 1, 1, 2, 2, 3]
    assert partition(PAIRS, np.array([1.0, 9, 1, 1, 1]), 7, 2).tolist() == [0, 1, 1, 2, 3, 3, 4]
    assert partition(PAIRS, np.ones(5), 7, 4).tolist() == [0, 0, 0, 0, 1, 1, 2]


def test_plan_and_bound_come_together():
    """739 once all are one union; before that, no plan is cheaper and no bound dearer."""
    steps = []
    found = within(BY_HAND, 1e-9, lambda *at: steps.append(at))
    costs, bounds = zip(*steps, strict=True)
    assert costs[-1] == bounds[-1] == pytest.approx(739)
    assert list(costs) == sorted(costs, reverse=True)
    assert list(bounds) == sorted(bounds)
    assert costs[0] > 739 > bounds[0]
    assert certify(BY_HAND, found).holds


def test_one_round_by_hand():
    """B sends 10 to A, made at 10 and sent at 2; D sends 4 to C, which makes 6 more at 50.

    Nobody is better off with others: one round proves it.
    """
    program = towns([10, 0, 10, 0, 0, 0, 0, 0], [50, 10] * 4, [9, 10, 9, 4] * 2, 99.0)
    shut = program.upper.copy()
    shut[2 * SIZE :] = [99.0 if link in ("B>A", "D>C") else 0.0 for link in LINKS]
    steps = []
    program = replace(program, upper=shut)
    found = within(program, 1e-9, lambda *at: steps.append(at))
    assert steps == [pytest.approx((7 + 10 * 12 + 4 * 12 + 6 * 50,) * 2)]
    assert found.x[2 * SIZE + LINKS.index("B>A")] == pytest.approx(10)


def test_a_bound_is_made_again_from_where_it_stood(monkeypatch):
    """Prices at the links that are cut come nearer by half each time: 1232, 1233, 1233.5 of 1234.

    Four unions of two: each is solved from scratch once, and then from its basis: as a plan by the
    dual simplex, and as a bound at other prices by the primal simplex.
    """
    need, cost = [12, 3, 5, 7, 8, 5, 1, 12], [41, 3, 49, 44, 11, 37, 30, 2]
    program = towns(need, cost, [18, 14, 6, 0, 1, 15, 2, 10], 71.0, 4.0)
    steps, stood = [], []

    def noted(tasks):
        for task in tasks:
            stood.append(task.basis and task.way)
            yield from solved([task])

    plan_within(program, ends_of(program, ENDS), 1e-9, noted, lambda *at: steps.append(at))
    assert [bound for _, bound in steps[:3]] == pytest.approx([1232, 1233, 1233.5])
    before = 2 * (1 + SIZE)  # two samples, each after which all are planned alone
    assert stood[before : before + 20] == [None] * 4 + [DUAL] * 4 + [PRIMAL] * 12


def test_a_gap_is_proven():
    """The plan of the first round will do where what it lacks may be lacking, and nowhere else."""
    steps = []
    within(BY_HAND, 1e-9, lambda *at: steps.append(at))
    cost, bound = steps[0]
    near = (cost - bound) / cost
    found = within(BY_HAND, 1.01 * near)
    assert (found.objective, certify(BY_HAND, found, 1.01 * near).gap) == pytest.approx(
        (cost, near)
    )
    with pytest.raises(AuditError, match="not proven optimal"):
        certify(BY_HAND, found, 0.99 * near)


def test_a_run_that_was_stopped_goes_on_from_the_last_round(tmp_path):
    """Stopped in the second round, it need not learn again; the plan is that of one run, to a bit.

    The run that goes on asks for larger unions only: no sample, no town alone, no union of two.
    """
    ends = ends_of(BY_HAND, ENDS)

    def run(folder, asked, most=10**9):
        def limited(tasks):
            for task in tasks:
                asked.append(np.unique(task.ends).size)
                if len(asked) > most:
                    raise SolverLimitError("stopped")
                yield from solved([task])

        return plan_within(BY_HAND, ends, 1e-9, limited, lambda *_: None, folder)

    whole, before, after, again = [], [], [], []
    best = run(None, whole)
    first_round = 2 * (1 + SIZE) + 5 * 4
    with pytest.raises(SolverLimitError):
        run(tmp_path, before, first_round + 3)
    found = run(tmp_path, after)
    assert len(after) == len(whole) - first_round
    assert min(after) > 2 >= max(whole[:first_round][-16:])
    for name in ("objective", "iterations"):
        assert getattr(found, name) == getattr(best, name)
    assert (found.x == best.x).all()
    assert (found.row_dual == best.row_dual).all()
    assert run(tmp_path, again).objective == best.objective
    assert not again, "it had ended"


def test_what_is_kept_is_of_one_program_and_whole(tmp_path):
    ends = ends_of(BY_HAND, ENDS)
    other = replace(BY_HAND, cost=BY_HAND.cost + 1e-12)
    paths = [place(tmp_path, program, ends) for program in (BY_HAND, other, BY_HAND)]
    assert paths[0] == paths[2] != paths[1]
    within(BY_HAND, 1e-9)
    assert kept(paths[0]) is None, "nobody asked to keep anything"
    plan_within(BY_HAND, ends, 1e-9, solved, lambda *_: None, tmp_path)
    content = paths[0].read_bytes()
    assert kept(paths[0]).bound == pytest.approx(739)
    for damaged in (b"", content[:-40], content[: len(content) // 2], b"not a file of numpy"):
        paths[0].write_bytes(damaged)
        assert kept(paths[0]) is None


def test_a_limit_of_links_only_is_kept():
    """No more than 1 from E to A and back, whoever is in a union with whom."""
    ways = [2 * SIZE + LINKS.index(link) for link in ("E>A", "A>E")]
    program = with_row(BY_HAND, ["E>A", "A>E"], -np.inf, 1.0)
    steps = []
    found = within(program, 1e-9, lambda *at: steps.append(at))
    assert found.x[ways].sum() <= 1.0 + 1e-9
    assert steps[-1] == pytest.approx((Solver().solve(program).objective,) * 2)
    assert certify(program, found).holds


def test_who_cannot_do_without_links_is_solved_in_the_ordinary_way(monkeypatch):
    """H needs 9, each makes up to 3, nothing may be missed: with one partner, H has no plan."""
    upper = BY_HAND.upper.copy()
    upper[:SIZE], upper[SIZE : 2 * SIZE] = 3.0, 0.0
    low = np.append([0.0] * 7 + [9.0], -np.inf)
    program = replace(BY_HAND, upper=upper, row_lower=low)
    assert within(program, 0.1) is None
    monkeypatch.setattr(parts, "pool", lambda *_: None)
    found = solve_apart(program, Solver(), labels=Labels(ENDS), within=Within(0.1))
    assert found.objective == pytest.approx(Solver().solve(program).objective)


def test_what_stands_in_a_row_of_others_is_solved_in_the_ordinary_way():
    """What A sends to B counts in the row of C: no union of A and B knows it."""
    matrix = BY_HAND.matrix.tolil()
    matrix[2, 2 * SIZE + LINKS.index("A>B")] = 0.5
    program = replace(BY_HAND, matrix=sp.csr_array(matrix))
    assert within(program, 0.1) is None


def test_what_must_be_sent_is_solved_in_the_ordinary_way():
    """At least 1 from E to A, a row of its own: while E and A are apart, nobody sends it."""
    assert within(with_row(BY_HAND, ["E>A"], 1.0, np.inf), 0.1) is None


def test_a_link_that_pays_for_ever_bounds_nothing(monkeypatch):
    """At prices that were not brought together a union earns without end: the round has no bound.

    The last one, of everyone, does without.
    """
    monkeypatch.setattr(linking, "SWEEPS", 0)
    steps = []
    within(BY_HAND, 1e-9, lambda *at: steps.append(at))
    assert steps[0][1] == -np.inf
    assert steps[-1] == pytest.approx((739, 739))


def test_where_everybody_is_linked_with_everybody_the_optimum_is_found():
    """Links that a pool takes the place of are no matter of unions: any gap would do, none is."""
    found = solve_apart(BY_HAND, Solver(), labels=Labels(ENDS), within=Within(0.9))
    assert found.objective == pytest.approx(739)


def test_time_ends_with_the_gap_that_was_reached(monkeypatch):
    """After the first round, which is watched, the clock has run out."""
    monkeypatch.setattr(parts, "pool", lambda *_: None)
    seen = []

    def spread(unions, _):
        for union in unions:
            if seen:
                monkeypatch.setattr(handing.time, "perf_counter", lambda: np.inf)
            yield solve_union(union)

    with watching(seen.append), pytest.raises(SolverLimitError, match=r"at a gap of \d\.\de-\d"):
        solve_apart(BY_HAND, Solver(), labels=Labels(ENDS), within=Within(1e-9, spread))
    assert seen[0].cost > 739 > seen[0].bound


def test_a_union_that_never_comes_ends_with_the_time(monkeypatch):
    """The gap of the first round, the first to be watched, is told."""
    monkeypatch.setattr(parts, "pool", lambda *_: None)
    seen = []

    def spread(unions, look):
        for union in unions:
            while seen:
                look()
            yield solve_union(union)

    limit, words = 1.0, r"the time limit was reached .* \(at a gap of \d\.\de-\d"
    with watching(seen.append), pytest.raises(SolverLimitError, match=words):
        solve_apart(BY_HAND, Solver(), limit, labels=Labels(ENDS), within=Within(1e-9, spread))


@settings(max_examples=60, deadline=None)
@given(
    need=st.lists(st.integers(0, 12), min_size=SIZE, max_size=SIZE),
    cost=st.lists(st.integers(1, 60), min_size=SIZE, max_size=SIZE),
    most=st.lists(st.integers(0, 20), min_size=SIZE, max_size=SIZE),
    budget=st.integers(0, 80),
    toll=st.integers(0, 5),
    gap=st.sampled_from([1e-9, 0.01, 0.1, 0.5]),
)
def test_no_plan_is_dearer_than_its_gap_allows(need, cost, most, budget, toll, gap):
    program = towns(need, cost, most, float(budget), float(toll))
    best, steps = Solver().solve(program).objective, []
    found = within(program, gap, lambda *at: steps.append(at))
    for plan, bound in steps:
        assert bound - 1e-6 <= best <= plan + 1e-6
    assert found.objective <= best + gap * abs(found.objective) + 1e-6
    assert certify(program, found, gap).holds


def test_a_union_travels_with_the_time_that_is_left():
    """Clocks of two processes have nothing to do with one another; none has less than no time."""
    for left, known in ((100.0, 100.0), (-5.0, 0.0)):
        task = Task(BY_HAND, ends_of(BY_HAND, ENDS))
        union = handing.Union(task, {}, time.perf_counter() + left)
        there = pickle.loads(pickle.dumps(union))
        assert there.left == pytest.approx(known, abs=1.0)
        assert there.task.program.cost.tolist() == BY_HAND.cost.tolist()
