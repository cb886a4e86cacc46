"""Rules of sharing: axioms, on random games, and words for wrong use."""

from itertools import combinations
from math import inf

import numpy as np
import pandas as pd
import pytest

from model.games import (
    Game,
    GameError,
    core_excess,
    gately,
    in_core,
    least_core,
    nash,
    nucleolus,
    owen_value,
    proportional_cost,
    proportional_gain,
    require_superadditive,
    shapley,
    voting_power,
    worst_split,
)
from tests.games.rules_case import earned, savings, tva


def random_game(seed, size=4):
    """Random costs, subadditive or not."""
    chance = np.random.default_rng(seed)
    values = {}
    for count in range(1, size + 1):
        for coalition in combinations(range(size), count):
            values[frozenset(coalition)] = float(chance.uniform(0, 10) + 4 * count)
    return Game.of_table(values)


@pytest.mark.parametrize("seed", range(5))
def test_shapley_is_efficient_symmetric_additive(seed):
    one, two = random_game(seed), random_game(seed + 100)
    both = Game(one.players, lambda s: one(s) + two(s))
    assert shapley(one).sum() == pytest.approx(one.total)
    np.testing.assert_allclose(shapley(both), shapley(one) + shapley(two))
    alike = Game(one.players, lambda s: one({2 if p == 3 else p for p in s}) + len(s))
    assert shapley(alike)[2] == pytest.approx(shapley(alike)[3])


@pytest.mark.parametrize("seed", range(5))
def test_dummy_pays_its_cost_alone(seed):
    base = random_game(seed)
    game = Game([*base.players, "dummy"], lambda s: base(s - {"dummy"}) + 7.0 * ("dummy" in s))
    assert shapley(game)["dummy"] == pytest.approx(7)
    assert owen_value(game, [[0, "dummy"], [1, 2, 3]])["dummy"] == pytest.approx(7)


@pytest.mark.parametrize("seed", range(5))
def test_owen_value_without_real_blocs_is_shapley(seed):
    game = random_game(seed)
    np.testing.assert_allclose(owen_value(game, [[0, 1, 2, 3]]), shapley(game))
    np.testing.assert_allclose(owen_value(game, [[0], [1], [2], [3]]), shapley(game))


def test_blocs_share_as_players_of_the_game_between_blocs():
    game = random_game(3)
    blocs = [[0, 3], [1, 2]]
    between = Game(range(2), lambda s: game(p for k in s for p in blocs[k]))
    shares = owen_value(game, blocs)
    assert [shares[bloc].sum() for bloc in blocs] == pytest.approx(shapley(between).tolist())


@pytest.mark.parametrize("scale", [1e-3, 1e4])
def test_rules_scale_with_money(scale):
    """P7 for the game layer."""
    small, large = tva(), Game(tva().players, lambda s: scale * tva()(s))
    for rule in (shapley, nucleolus, gately, nash, lambda g: least_core(g)[0]):
        np.testing.assert_allclose(rule(large), scale * rule(small), rtol=1e-6)


def test_nash_shares_equally_when_no_one_objects():
    assert tva().gains(nash(tva())).tolist() == pytest.approx([141858 / 3] * 3)


def test_nash_respects_a_coalition_that_objects():
    """A and B save 90 of 100 by themselves: C gets 10, they 45 each; by weight 2:1, 60 and 30."""
    game = savings("ABC", {"AB": 90, "ABC": 100})
    assert earned(nash(game)) == pytest.approx([45, 45, 10])
    assert earned(nash(game, {"A": 2, "B": 1, "C": 1})) == pytest.approx([60, 30, 10], rel=1e-6)


def test_gately_of_two_players_is_the_middle():
    game = savings("AB", {"AB": 10})
    assert earned(gately(game)) == pytest.approx([5, 5])


def test_proportional_cost():
    shares = proportional_cost(tva(), {"N": 1, "F": 1, "P": 2})
    assert shares.tolist() == pytest.approx([103146, 103146, 206292])
    assert isinstance(shares, pd.Series)


def test_proportional_gain():
    """A saving of 90: a third each, or by weight."""
    game = savings("UVW", {"UV": 60, "UW": 40, "UVW": 90})
    assert earned(proportional_gain(game)) == pytest.approx([30, 30, 30])
    assert earned(proportional_gain(game, {"U": 2, "V": 1, "W": 0})) == pytest.approx([60, 30, 0])


def stuck(infeasible):
    """A game in which the named coalitions have no plan."""
    no_plan = {frozenset(name) for name in infeasible}
    return Game("ABC", lambda s: inf if s in no_plan else 10.0 * len(s) - 2 * (len(s) - 1))


def test_costs_are_asked_once_and_counted():
    calls = []
    game = Game("ABC", lambda s: calls.append(s) or float(len(s)))
    shapley(game)
    nucleolus(game)
    assert game.asked == len(calls) == 7
    assert game(()) == 0.0
    assert game.asked == 7


def test_no_plan_alone_is_infinite_not_huge():
    game = stuck(["A"])
    assert game.alone["A"] == inf
    assert game.gain == inf
    assert game.gains({"A": 8, "B": 9, "C": 9})["A"] == inf


@pytest.mark.parametrize("rule", [shapley, gately, nash, proportional_gain])
def test_rules_that_infinite_costs_leave_undefined(rule):
    with pytest.raises(GameError, match="infinite cost"):
        rule(stuck(["A"]))


def test_nucleolus_where_one_has_no_plan_alone():
    """The others cannot be made to leave by A, who cannot stand alone: rows without A remain."""
    game = stuck(["A"])
    assert nucleolus(game).sum() == pytest.approx(game.total)
    assert in_core(game, nucleolus(game))


def test_nucleolus_unbounded():
    with pytest.raises(GameError, match="infinite costs"):
        nucleolus(stuck(["A", "AB", "AC"]))


def test_no_plan_together():
    with pytest.raises(GameError, match="nothing to share"):
        nucleolus(stuck(["ABC"]))


def test_not_superadditive_names_the_coalitions():
    game = Game("ABC", lambda s: {1: 5.0, 2: 12.0, 3: 14.0}[len(s)])
    one, other, loss = worst_split(game)
    assert (len(one), len(other), loss) == (1, 1, pytest.approx(2))
    with pytest.raises(GameError, match="not superadditive"):
        require_superadditive(game)
    require_superadditive(tva())


def test_together_dearer_than_alone():
    game = Game("AB", lambda s: {1: 5.0, 2: 12.0}[len(s)])
    with pytest.raises(GameError, match="more than alone"):
        nucleolus(game)
    assert nucleolus(game, rational=False).tolist() == pytest.approx([6, 6])


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (lambda: Game([], len), "needs players"),
        (lambda: Game("AA", len), "each named once"),
        (lambda: Game("AB", lambda s: float("nan")).total, "no number"),
        (lambda: Game("AB", len)({"A", "Z"}), "Z"),
        (lambda: core_excess(tva(), {"N": 1, "F": 1, "P": 1}), "sum to"),
        (lambda: core_excess(tva(), {"N": 1}), "every player"),
        (lambda: proportional_cost(tva(), {"N": -1, "F": 1, "P": 1}), "negative"),
        (lambda: proportional_cost(tva(), {"N": 0, "F": 0, "P": 0}), "nor all 0"),
        (lambda: nucleolus(tva(), {"N": 0, "F": 1, "P": 1}), "positive"),
        (lambda: owen_value(tva(), ["NF"]), "one bloc"),
        (lambda: core_excess(tva(), {"N": inf, "F": 1, "P": 1}), "not a finite number"),
        (lambda: voting_power({"a": 1}, 1.2), "quota"),
        (lambda: voting_power({"a": 1}, 0), "quota"),
        (lambda: voting_power({"a": 1}, 1, strict=True), "quota"),
        (lambda: voting_power(dict.fromkeys(range(21), 1), 0.5), "too many majorities"),
        (lambda: shapley(Game(range(21), len)), "too many to list"),
        (lambda: gately(Game("AB", lambda s: 4.0 * len(s))), "not defined"),
        (lambda: gately(savings("ABC", {"AB": 10, "ABC": 5})), "better off without C"),
        (lambda: gately(stuck(["AB"])), "no plan without C"),
        (lambda: nash(Game("AB", lambda s: 4.0 * len(s))), "nothing to bargain"),
    ],
)
def test_wrong_use(use, words):
    with pytest.raises(GameError, match=words):
        use()


def test_one_player():
    game = Game("A", lambda s: 3.0)
    assert shapley(game)["A"] == nucleolus(game)["A"] == 3.0
    assert core_excess(game, {"A": 3.0}) == (frozenset(), 0.0)
