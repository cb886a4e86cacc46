"""Nucleolus and least core against brute force, and by Kohlberg's criterion (P5)."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from benchmarks.games import network_game
from model.games import Game, in_core, least_core, nucleolus
from model.games.game import subsets


def random_game(seed, size):
    """Random costs, subadditive: the cost of a coalition is the cheapest way to split it."""
    chance = np.random.default_rng(seed)
    values = {frozenset(): 0.0}
    for count in range(1, size + 1):
        for members in combinations(range(size), count):
            whole = frozenset(members)
            drawn = float(chance.integers(1, 60)) + 10.0 * count
            parts = [values[s] + values[whole - s] for s in values if s and s < whole]
            values[whole] = min([drawn, *parts])
    del values[frozenset()]
    return Game.of_table(values)


def brute_force(game, weight):
    """The nucleolus by its definition: every coalition a row, tested for being always tight."""
    n, rows = game.size, subsets(game.size)[1:-1]
    costs = np.array([game(game.coalition(row)) for row in rows])
    scale = np.array([weight(row) for row in rows])
    fixed = {}
    while len(fixed) < len(rows):
        free = [k for k in range(len(rows)) if k not in fixed]
        equal = np.array([np.ones(n), *(rows[k] for k in fixed)])
        values = np.array([game.total, *(costs[k] + fixed[k] * scale[k] for k in fixed)])
        alone = [(None, c) for c in game.alone]
        least = linprog(
            [*np.zeros(n), 1.0],
            A_ub=np.column_stack([rows[free], -scale[free]]),
            b_ub=costs[free],
            A_eq=np.column_stack([equal, np.zeros(len(equal))]),
            b_eq=values,
            bounds=[*alone, (None, None)],
        )
        epsilon = least.x[n]
        limits = costs[free] + epsilon * scale[free] + 1e-9
        for k in free:
            loosest = linprog(
                rows[k], A_ub=rows[free], b_ub=limits, A_eq=equal, b_eq=values, bounds=alone
            )
            if loosest.fun >= costs[k] + epsilon * scale[k] - 1e-6:
                fixed[k] = epsilon
    return game.series(least.x[:n])


def balanced(game, shares):
    """Kohlberg (1971): at each level, worst-treated coalitions and above span a balanced family."""
    rows = subsets(game.size)[1:-1]
    excess = np.array([shares @ row - game(game.coalition(row)) for row in rows])
    for level in np.unique(np.round(excess, 5)):
        family = rows[excess >= level - 1e-5]
        push = linprog(
            -family.sum(axis=0),
            A_ub=-family,
            b_ub=np.zeros(len(family)),
            A_eq=np.ones((1, game.size)),
            b_eq=[0],
            bounds=[(-1, 1)] * game.size,
        )
        if push.fun < -1e-6:
            return False
    return True


@pytest.mark.parametrize("size", [2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(3))
def test_equal_to_brute_force(size, seed):
    game = random_game(seed, size)
    found = nucleolus(game)
    np.testing.assert_allclose(found, brute_force(game, lambda row: 1.0), atol=1e-5)
    if least_core(game)[1] <= 0:
        assert in_core(game, found)


@pytest.mark.parametrize("seed", range(3))
def test_weighted_equal_to_brute_force(seed):
    game = random_game(seed, 4)
    people = {0: 5.0, 1: 1.0, 2: 3.0, 3: 2.0}
    weights = np.array(list(people.values()))
    np.testing.assert_allclose(
        nucleolus(game, people), brute_force(game, lambda row: weights @ row), atol=1e-5
    )


@pytest.mark.parametrize("seed", range(10))
def test_kohlberg(seed):
    game = random_game(seed, 5)
    found = nucleolus(game, rational=False)
    assert balanced(game, found)
    assert not balanced(game, found + game.series([1, -1, 0, 0, 0]))


def test_least_core_is_least():
    """No allocation on a fine grid does better."""
    game = random_game(1, 3)
    allocation, epsilon = least_core(game)
    values = {s: game(s) for s in map(frozenset, ([0], [1], [2], [0, 1], [0, 2], [1, 2]))}
    assert max(allocation[list(s)].sum() - c for s, c in values.items()) == pytest.approx(epsilon)
    for one in np.linspace(0, game.total, 101):
        for two in np.linspace(0, game.total, 101):
            shares = np.array([one, two, game.total - one - two])
            assert max(shares[list(s)].sum() - c for s, c in values.items()) >= epsilon - 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_row_generation_asks_few_coalitions(seed):
    game, listed = network_game(seed, 8), network_game(seed, 8)
    everything = Game(listed.players, listed)
    np.testing.assert_allclose(nucleolus(game), nucleolus(everything), atol=1e-5)
    assert game.asked < everything.asked == 255


def test_who_saves_nothing_but_a_last_digit_pays_as_alone():
    """0.02 + 0.02 + 0.12 is 0.16 or, in another order, a last digit less: that is no saving."""
    alone = {"A": 0.02, "B": 0.02, "C": 0.12, "D": 0.02}
    less = np.nextafter(0.16, 0) - 0.16
    game = Game(alone, lambda s: sum(alone[p] for p in s) + less * s.issuperset("ABC"))
    assert game.gain != 0
    for shares in (nucleolus(game), least_core(game)[0]):
        np.testing.assert_allclose(shares, list(alone.values()), rtol=1e-9)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100))
def test_equal_to_brute_force_widely(seed):
    game = random_game(1000 + seed, 3 + seed % 3)
    np.testing.assert_allclose(nucleolus(game), brute_force(game, lambda row: 1.0), atol=1e-5)
