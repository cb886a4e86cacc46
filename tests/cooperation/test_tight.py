"""Tight: fewer rows and activities, and every coalition costs the same."""

import numpy as np
import pytest
import scipy.sparse as sp

from model.compile import Program
from model.cooperation.ownership import Ownership
from model.cooperation.restriction import restrict
from model.cooperation.tight import tighten
from model.games.game import subsets
from model.games.linear.programme import Linear, solve
from model.settlement import game_of
from tests.rouen_case import small

LESS = -np.inf


def by_hand():
    """Two partners, A and B.

    stands = 3; built ≤ 2 · stands and held = 0 are of A; link ≤ 4 is of both; common ≤ 5 too,
    though A alone carries it out; use ≤ built + link; use ≥ 1 is held.
    """
    #    stands built held link common use
    rows = [
        ([1, 0, 0, 0, 0, 0], 3, 3, [1, 0]),
        ([-2, 1, 0, 0, 0, 0], LESS, 0, [1, 0]),
        ([0, 0, 1, 0, 0, 0], LESS, 0, [1, 0]),
        ([0, 0, 0, 2, 0, 0], LESS, 8, [0.5, 0.5]),
        ([0, 0, 0, 0, 1, 0], LESS, 5, [0.5, 0.5]),
        ([0, -1, 0, -1, 0, 1], LESS, 0, [1, 0]),
        ([0, 0, 0, 0, 0, 1], 1, np.inf, [1, 0]),
    ]
    matrix, lower, upper, share = (np.array(part, dtype=float) for part in zip(*rows, strict=True))
    needs = np.array([[1, 0], [1, 0], [1, 0], [1, 1], [1, 0], [1, 0]], dtype=bool)
    free = np.zeros(6), np.full(6, np.inf)
    cost = np.array([0.0, 1, 1, 1, -1, -2])
    program = Program(sp.csr_array(matrix), lower, upper, cost, 0.0, *free, {}, {}, {})
    none = np.zeros(7, dtype=bool)
    return program, Ownership(share, needs, np.zeros((7, 2), dtype=bool), none[:6], none)


def test_rows_of_one_activity_become_bounds():
    program, owned = by_hand()
    held = np.arange(7) == 6
    tight = tighten(program, owned, held)
    assert tight.rows.tolist() == [False, False, False, False, True, True, True]
    assert tight.columns.tolist() == [True, True, False, True, True, True]
    assert tight.lower.tolist() == [3, 0, 0, 0, 0, 0]
    assert tight.upper.tolist() == [3, 6, 0, 4, np.inf, np.inf]


def test_what_contradicts_stays_a_row():
    """Two rows that no plan meets are left to the solver."""
    program, owned = by_hand()
    program.row_upper[2] = -1.0
    tight = tighten(program, owned, np.zeros(7, dtype=bool))
    assert tight.rows[2]
    assert tight.columns[2]


@pytest.mark.parametrize("name", ["bilateral", "spl-widened", "pool"])
def test_every_coalition_costs_the_same(name):
    game = game_of(small(name))
    assert game.tight.rows.mean() < 0.7
    for row in subsets(game.size)[1:]:
        coalition = game.coalition(row)
        flags = game.flags(coalition)
        part, matrix = restrict(game.program, game.owned, flags)
        upper = game._pooling.without_partner(part, flags)
        bounds = game.program.lower[part.columns], game.program.upper[part.columns]
        cost = game.program.cost[part.columns]
        whole = solve(Linear("", matrix, cost, bounds, (part.lower, upper)), None)
        fixed = game.program.offset * flags.mean()
        assert game(coalition) == pytest.approx(whole.value + fixed, rel=1e-9)


def test_restriction_keeps_what_is_left():
    program, owned = by_hand()
    tight = tighten(program, owned, np.zeros(7, dtype=bool))
    part, matrix = restrict(program, owned, np.array([True, False]), tight)
    assert part.columns.tolist() == [True, True, False, False, True, True]
    assert part.upper.tolist() == [2.5, 0]
    assert matrix.shape == (2, 4)
