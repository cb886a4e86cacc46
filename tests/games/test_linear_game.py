"""Linear games: marginal prices, the core they are in, and the search for who would leave."""

import numpy as np
import pytest

from benchmarks.games import network_game
from model.games import (
    Game,
    GameError,
    LinearGame,
    core_excess,
    fair_price,
    in_core,
    least_core,
    marginal_price,
    nearest_price,
    nucleolus,
    price_range,
    shapley,
)
from model.games.linear import cuts
from model.games.linear import game as linear_module


def t8(demand):
    """U with a demand and 10 GWh of PV; R1 with 60 of wind, R2 with 30: domain case T8."""
    return LinearGame(
        ["U", "R1", "R2"],
        [50, 60, 70, 90],
        [[1, 1, 1, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
        [[demand, 10, 20], [10, 0, 0], [0, 60, 0], [0, 0, 30]],
        [">=", "<=", "<=", "<="],
    )


def t6(staff):
    """Projects worth 72 k€/MW need staff: rural 100 MW and 0.5 FTE, urban 12 MW and `staff`."""
    return LinearGame(
        ["rural", "urban"],
        [-72, -72],
        [[1, 0], [0, 1], [0.1, 0.1]],
        [[100, 0], [0, 12], [0.5, staff]],
        ["<="] * 3,
    )


def test_t8_marginal_prices():
    game = t8(100)
    assert game.total == pytest.approx(8900)
    assert game.alone.tolist() == pytest.approx([8600, 600, 1400])
    pairs = [game(pair) for pair in (("U", "R1"), ("U", "R2"), ("R1", "R2"))]
    assert pairs == pytest.approx([7700, 9800, 1800])
    shares = marginal_price(game)
    assert shares.tolist() == pytest.approx([8600, -900, 1200])
    assert game.gains(shares).tolist() == pytest.approx([0, 1500, 200])
    assert core_excess(game, shares)[1] == pytest.approx(0, abs=1e-9)
    tight = [shares[["U", "R1"]].sum() - pairs[0], shares[["U", "R2"]].sum() - pairs[1]]
    assert tight == pytest.approx([0, 0], abs=1e-9)


def test_t8_other_rules():
    game = t8(100)
    gains = game.gains(shapley(game))
    assert gains.tolist() == pytest.approx([783.3333333, 783.3333333, 133.3333333])
    assert game.gains(nucleolus(game)).tolist() == pytest.approx([800, 800, 100])


def test_t8b_degenerate_prices():
    game = t8(70)
    assert game.total == pytest.approx(6200)
    assert game.alone.tolist() == pytest.approx([5900, 600, 1400])
    chosen = game.gains(fair_price(game))
    np.testing.assert_allclose(chosen, [171.4285714, 1357.1428571, 171.4285714], rtol=1e-7)
    gains = {name: game.alone - column for name, column in price_range(game).items()}
    assert gains["high"].tolist() == pytest.approx([0, 500, 0])
    assert gains["low"].tolist() == pytest.approx([1200, 1500, 200])
    assert in_core(game, fair_price(game))


def test_unique_prices_have_no_range():
    table = price_range(t8(100))
    np.testing.assert_allclose(table["low"], table["high"], rtol=1e-9)


def test_nearest_price_stays_in_the_face():
    game = t8(70)
    wanted = nucleolus(game)
    chosen = nearest_price(game, wanted)
    assert chosen.sum() == pytest.approx(game.total)
    assert in_core(game, chosen)
    distance = (chosen - wanted).abs().max()
    for price in np.linspace(70, 90, 41):
        shares = game.alone - [5400 - 60 * price, 50 * price - 3000, 10 * price - 700]
        assert (shares - wanted).abs().max() >= distance - 1e-6


def test_fair_price_by_inhabitant():
    """Weights move the choice: R2 ten times as populous asks for ten times the gain."""
    game = t8(70)
    gains = game.gains(fair_price(game, {"U": 1, "R1": 1, "R2": 10}))
    assert gains["R2"] == pytest.approx(10 * min(gains["U"], gains["R2"] / 10))
    assert gains["R2"] > game.gains(fair_price(game))["R2"]


def test_t6_pooled_engineers():
    game = t6(5)
    assert (-game.alone).tolist() == pytest.approx([360, 864])
    assert game.total == pytest.approx(-3960)
    shares = -marginal_price(game)
    assert shares.tolist() == pytest.approx([360, 3600])


def test_t6_shapley():
    game = t6(5)
    gain = game.gain
    assert game.gains(shapley(game)).tolist() == pytest.approx([gain / 2, gain / 2])
    assert (-shapley(game)).tolist() == pytest.approx([1728, 2232])


def test_degraded_coalitions_keep_marginal_prices_stable():
    """Sandwich: coalitions that work worse than everyone together have one reason less to leave."""
    check_stable(range(5), 1.1)


def check_stable(seeds, dearer):
    for seed in seeds:
        size = 3 + seed % 3
        game, worse = network_game(seed, size), network_game(seed, size, dearer=dearer)
        shares = marginal_price(game)
        assert shares.sum() == pytest.approx(game.total), seed
        assert game.certificate(shares) <= 1e-6, seed
        real = Game(game.players, lambda s, g=game, w=worse: g(s) if s == g.everyone else w(s))
        assert core_excess(real, shares)[1] <= 1e-6, seed


def test_marginal_prices_are_in_the_core():
    check_stable(range(20), 1.0)


@pytest.mark.campaign
@pytest.mark.parametrize("dearer", [1.0, 1.1])
def test_marginal_prices_are_in_the_core_widely(dearer):
    """1 000 games, 500 of them with sub-coalitions 10 % dearer and with twice the losses."""
    check_stable(range(500), dearer)


def test_certificate_of_an_unstable_allocation():
    game = t8(100)
    assert game.certificate(game.series([8000, 0, 900])) > 1


@pytest.mark.parametrize("large", [0, 1_000_000], ids=["cuts", "one programme"])
@pytest.mark.parametrize("seed", range(2))
def test_integer_programmes_find_what_the_search_finds(seed, large, monkeypatch):
    searched = network_game(seed, 6)
    monkeypatch.setattr(linear_module, "SEARCHED", 0)
    monkeypatch.setattr(linear_module, "LARGE", large)
    monkeypatch.setattr(cuts, "CLOSE", 1e-9)
    separated = network_game(seed, 6)
    allocation = shapley(searched)
    excess, same = (core_excess(game, allocation)[1] for game in (searched, separated))
    assert excess == pytest.approx(same, abs=1e-5)
    assert separated.asked < searched.asked
    assert least_core(separated)[1] == pytest.approx(least_core(searched)[1], abs=1e-5)
    np.testing.assert_allclose(nucleolus(separated), nucleolus(searched), atol=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_bounds_of_a_coalition_hold_for_all(seed):
    game = network_game(seed, 5)
    game.table()
    for seen in game.known:
        worth = game.worth(seen)
        assert worth[list(seen)].sum() == pytest.approx(game(seen))
        for other, cost in game.known.items():
            assert worth[list(other)].sum() <= cost + 1e-6


def test_constants_and_equalities():
    """A cost that no decision changes is borne by its owner; an equality row has a price too."""
    game = LinearGame("AB", [3.0], [[1.0]], [[2.0, 4.0]], ["="], [10.0, 0.0])
    assert game.total == pytest.approx(28)
    assert marginal_price(game).tolist() == pytest.approx([16, 12])


def test_no_plan_alone():
    """B has no resource of its own: its cost alone is infinite, its share is not."""
    game = LinearGame("AB", [3.0], [[1.0], [1.0]], [[1, 2], [5, 0]], [">=", "<="])
    assert game.alone.tolist() == [3.0, np.inf]
    assert fair_price(game).sum() == pytest.approx(9)
    with pytest.raises(GameError, match="infinite"):
        game.worth("B")


def test_who_has_no_plan_alone_may_have_one_together():
    """A has one of two resources that a plan needs, B the other: no gain can be compared."""
    game = LinearGame("AB", [3.0], [[1.0]] * 3, [[1, 1], [5, 0], [0, 5]], [">=", "<=", "<="])
    assert game.total == pytest.approx(6)
    with pytest.raises(GameError, match="no player has a plan alone"):
        fair_price(game)


def test_no_plan_for_everyone():
    game = LinearGame("AB", [3.0], [[1.0], [1.0]], [[1, 2], [0, 0]], [">=", "<="])
    with pytest.raises(GameError, match="no plan for everyone"):
        _ = game.plan


def test_what_everyone_costs_may_be_known_before():
    """From elsewhere, without prices: U and R1, who cost 7700 and pay 8900, are found."""
    game = t8(100)
    game.take(8900.0, np.array([10.0, 60.0, 30.0, 0.0]))
    coalition, excess = core_excess(game, {"U": 8900, "R1": 0, "R2": 0})
    assert (coalition, excess) == (frozenset({"U", "R1"}), pytest.approx(1200))


def test_prices_of_everyone_may_be_known_before():
    """8600, −900 and 1200, which nobody does better without: everyone is not solved again."""
    game = t8(100)
    worth = game.worth(game.everyone)
    again = t8(100)
    again.take(game.total, game.plan, worth.to_numpy())
    assert again.asked == 1
    assert marginal_price(again).equals(worth)
    assert core_excess(again, worth)[1] == pytest.approx(0.0, abs=1e-6)


def test_a_search_ends_with_the_time():
    """No time, no coalition: what is known already stays."""
    game = t8(100)
    game.take(8900.0, np.array([10.0, 60.0, 30.0, 0.0]))
    game.time_limit = 0.0
    with pytest.raises(GameError, match=r"not found among 3 players in 0 s; make groups of them"):
        game({"U", "R1"})
    assert game.total == 8900.0


def test_wrong_programmes():
    with pytest.raises(GameError, match="do not fit"):
        LinearGame("AB", [1.0, 2.0], [[1.0]], [[1.0, 1.0]])
    with pytest.raises(GameError, match="not finite"):
        LinearGame("AB", [1.0], [[1.0]], [[np.inf, 1.0]])
    with pytest.raises(GameError, match="one of >=, <=, ="):
        LinearGame("AB", [1.0], [[1.0]], [[1.0, 1.0]], ["<"])
    with pytest.raises(GameError, match="nbounded"):
        LinearGame("AB", [-1.0], [[1.0]], [[1.0, 1.0]])("A")
