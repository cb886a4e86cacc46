"""The sampled Shapley value: unbiased, efficient, and its intervals cover the exact one (P10)."""

import numpy as np
import pytest

from benchmarks.games import network_game
from model.games import Game, GameError, shapley, shapley_sampled

SCHEMES = ("pairs", "circle")


def coverage(size, games, rounds, scheme, level):
    """Share of intervals, over players and games, that cover the exact value."""
    hits = []
    for seed in range(games):
        game = network_game(seed, size)
        exact = shapley(game)
        found = shapley_sampled(game, rounds, scheme=scheme, level=level, seed=seed)
        slack = 1e-9 * abs(game.total)
        hits += list((found["low"] - slack <= exact) & (exact <= found["high"] + slack))
    return float(np.mean(hits))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_sums_to_the_cost_of_all_and_repeats(scheme):
    game = network_game(1, 6)
    found = shapley_sampled(game, 12, scheme=scheme, seed=3)
    assert found["value"].sum() == pytest.approx(game.total)
    assert found.equals(shapley_sampled(network_game(1, 6), 12, scheme=scheme, seed=3))
    assert not found.equals(shapley_sampled(game, 12, scheme=scheme, seed=4))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_covers_the_exact_value(scheme):
    assert coverage(6, 12, 20, scheme, 0.99) >= 0.95


@pytest.mark.parametrize("scheme", SCHEMES)
def test_error_falls(scheme):
    game = network_game(2, 7)
    exact = shapley(game)
    few, many = (shapley_sampled(game, n, scheme=scheme)["value"] for n in (10, 1000))
    assert (many - exact).abs().max() < (few - exact).abs().max()


def test_both_schemes_are_exact_for_a_sum():
    """Marginal costs that never change leave nothing to estimate."""
    game = Game(range(5), lambda s: float(sum(s)))
    for scheme in SCHEMES:
        found = shapley_sampled(game, 10, scheme=scheme)
        np.testing.assert_allclose(found["low"], range(5), atol=1e-12)
        np.testing.assert_allclose(found["high"], range(5), atol=1e-12)


def test_pairs_are_exact_for_pairwise_effects():
    """An order and its reverse cancel what each two players do to one another."""
    game = Game(range(5), lambda s: float(len(s) ** 2 + sum(s)))
    found = shapley_sampled(game, 10, scheme="pairs")
    np.testing.assert_allclose(found["value"], shapley(game), atol=1e-9)


def test_a_circle_asks_for_its_arcs_only():
    game = network_game(0, 12)
    shapley_sampled(game, 10, scheme="circle")
    assert game.asked <= 10 * 12 * 11 + 1


def test_wrong_use():
    game = network_game(0, 4)
    with pytest.raises(GameError, match="too few"):
        shapley_sampled(game, 9)
    with pytest.raises(GameError, match="confidence"):
        shapley_sampled(game, 20, level=1.0)


@pytest.mark.campaign
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("rounds", [10, 30, 100])
def test_covers_the_exact_value_widely(scheme, rounds):
    assert coverage(7, 150, rounds, scheme, 0.99) >= 0.95
