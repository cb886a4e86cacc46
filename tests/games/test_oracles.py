"""Oracles: whatever looks for the worst-treated coalition finds what a list of all finds."""

import numpy as np
import pytest

from benchmarks.games import network_game
from model.games import Game, LinearGame, core_excess, marginal_price, shapley
from model.games.core import everyone_only
from model.games.excess.oracle import Listing, Scale
from model.games.linear import cuts
from model.games.linear import game as linear_module
from model.games.linear.probe import Probe

LIMITS = {"search": (20, 0), "one programme": (0, 1_000_000), "cuts": (0, 0)}


@pytest.fixture(params=LIMITS, autouse=True)
def way(request, monkeypatch):
    """How a linear game looks for coalitions."""
    searched, large = LIMITS[request.param]
    monkeypatch.setattr(linear_module, "SEARCHED", searched)
    monkeypatch.setattr(linear_module, "LARGE", large)
    monkeypatch.setattr(cuts, "CLOSE", 1e-9)


@pytest.mark.parametrize("weights", [None, [1.0, 2.0, 3.0, 1.0, 2.0]], ids=["alike", "weighted"])
def test_the_worst_then_the_worst_of_what_is_not_settled(weights):
    game, same = network_game(3, 5), network_game(3, 5)
    listed = Game(same.players, same)
    listing, x = Listing(listed), shapley(listed).to_numpy()
    scale = Scale.of(5, None if weights is None else np.array(weights))
    span = everyone_only(5)
    while span.rank < 5:
        members, excess = game.worst(x, -2.0, scale, span)
        worst, most = listing.worst(x, -2.0, scale, span)
        assert excess + 2 * scale.at(members) == pytest.approx(most + 2 * scale.at(worst), abs=1e-5)
        assert span.add(members)


def test_who_has_no_plan_is_passed_over():
    """B pays 8, its prices say 6, but alone it has no resource; A pays 1, and would pay 3."""
    game = LinearGame("AB", [3.0], [[1.0], [1.0]], [[1, 2], [5, 0]], [">=", "<="])
    assert core_excess(game, {"A": 1.0, "B": 8.0}) == (frozenset("A"), pytest.approx(-2))


def test_a_quick_look_finds_who_would_leave_and_nobody_in_the_core():
    """At marginal prices nobody would; if one pays 100 more and another 100 less, some would."""
    game, span, scale = network_game(3, 5), everyone_only(5), Scale.of(5, None)
    shares = marginal_price(game)
    probe = Probe(game, game._bounds)
    assert 0.2 < np.mean(probe._starts()) < 0.8, "climbs start from small and from large ones"
    assert not probe.finds(shares.to_numpy(), 0.0, scale, span, 1e-6)
    shares += [0, 100, 0, -100, 0]
    assert probe.finds(shares.to_numpy(), 0.0, scale, span, 1e-6)
    asked = {s: cost for s, cost in game.known.items() if s != game.everyone}
    assert max(shares[list(s)].sum() - cost for s, cost in asked.items()) > 1
