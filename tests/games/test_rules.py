"""Rules of sharing: the acceptance cases of the brief and published examples, and their axioms."""

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
    propensity,
    proportional_cost,
    proportional_gain,
    require_superadditive,
    shapley,
    voting_power,
    worst_split,
)

EXACT = {"rtol": 1e-6, "atol": 1e-6}


def savings(players, values):
    """A game of savings by coalition, named by the letters of its players; 0 where not named."""
    table = {frozenset(name): value for name, value in values.items()}
    return Game.of_savings(players, lambda coalition: table.get(coalition, 0.0))


def earned(allocation):
    """Earnings, where costs are negative."""
    return (-allocation).tolist()


def bankruptcy(estate, claims):
    """What a coalition is left with when all others are paid: O'Neill (1982)."""
    return Game.of_savings(
        claims, lambda s: max(0.0, estate - sum(claims[p] for p in claims if p not in s))
    )


def airport(costs):
    """A runway long enough for the largest: Littlechild and Owen (1973)."""
    return Game(range(len(costs)), lambda s: max(costs[p] for p in s))


TVA = {
    "N": 163520.0,
    "F": 140826.0,
    "P": 250096.0,
    "NF": 301607.0,
    "NP": 378821.0,
    "FP": 367370.0,
    "NFP": 412584.0,
}
"""Costs of navigation, flood control and power (thousand dollars): Straffin and Heaney (1981)."""

LEMAIRE = {
    "A": 46125.0,
    "B": 17437.5,
    "C": 5812.5,
    "AB": 69187.5,
    "AC": 53812.5,
    "BC": 30750.0,
    "ABC": 90000.0,
}
"""Interest earned by three investors: Lemaire (1991), ASTIN Bulletin 21."""


def tva():
    return Game.of_table({frozenset(name): cost for name, cost in TVA.items()})


# --- acceptance cases ----------------------------------------------------------------------


def test_t7_three_players():
    game = savings("UVW", {"UV": 60, "UW": 40, "UVW": 90})
    np.testing.assert_allclose(earned(shapley(game)), [140 / 3, 80 / 3, 50 / 3], **EXACT)
    np.testing.assert_allclose(earned(nucleolus(game)), [50, 25, 15], **EXACT)
    allocation, epsilon = least_core(game)
    assert epsilon == pytest.approx(-15)
    assert core_excess(game, allocation)[1] == pytest.approx(-15)


def test_t7_core_bounds_of_the_partners():
    game = savings("UVW", {"UV": 60, "UW": 40, "UVW": 90})
    assert in_core(game, {"U": -30, "V": -30, "W": -30})
    coalition, excess = core_excess(game, {"U": -29, "V": -30, "W": -31})
    assert (coalition, excess) == (frozenset("UV"), pytest.approx(1))


def test_t7_empty_core():
    game = savings("UVW", {"UV": 60, "UW": 60, "VW": 60, "UVW": 80})
    allocation, epsilon = least_core(game)
    assert epsilon == pytest.approx(20 / 3)
    np.testing.assert_allclose(earned(allocation), [80 / 3] * 3, **EXACT)
    np.testing.assert_allclose(earned(nucleolus(game)), [80 / 3] * 3, **EXACT)
    assert not in_core(game, allocation)
    with pytest.raises(GameError, match="core is empty"):
        nash(game)


def test_t11_dividends_and_votes():
    shares = {"a": 68, "b": 17, "c": 5, "d": 5, "e": 3, "f": 2}
    game = Game.of_savings(shares, lambda s: 1000.0 * (len(s) == 6))
    assert earned(proportional_gain(game, shares)) == pytest.approx([680, 170, 50, 50, 30, 20])
    dictator = [1, 0, 0, 0, 0, 0]
    assert voting_power(shares, 0.5, strict=True).tolist() == pytest.approx(dictator)
    assert voting_power(shares, 2 / 3).tolist() == pytest.approx(dictator)
    three_quarters, four_fifths = voting_power(shares, 0.75), voting_power(shares, 0.80)
    assert (720 * three_quarters).tolist() == pytest.approx([492, 84, 48, 48, 24, 24])
    assert (720 * four_fifths).tolist() == pytest.approx([408, 192, 48, 48, 12, 12])


def test_t12_duplicate_plants():
    size = {"Nantes": 60.0, "CARENE": 40.0}
    game = Game(size, lambda s: 1.2 * sum(size[p] for p in s) ** 0.7)
    assert game.alone.tolist() == pytest.approx([21.0808, 15.8717], abs=1e-4)
    assert game.total == pytest.approx(30.1426, abs=1e-4)
    assert game.gain == pytest.approx(6.8099, abs=1e-4)
    assert game.gains(shapley(game)).tolist() == pytest.approx([game.gain / 2] * 2)


# --- published examples --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100, [100 / 3] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_talmud(estate, shares):
    """Aumann and Maschler (1985): the nucleolus explains the Mishnah's three divisions."""
    game = bankruptcy(estate, {"first": 100, "second": 200, "third": 300})
    np.testing.assert_allclose(earned(nucleolus(game)), shares, **EXACT)


def test_contested_garment():
    """Two hold a cloak, one claims all of it, the other half: three quarters and one quarter."""
    game = bankruptcy(1.0, {"all": 1.0, "half": 0.5})
    np.testing.assert_allclose(earned(nucleolus(game)), [0.75, 0.25], **EXACT)


def test_airport_shapley():
    """Littlechild and Owen (1973): each strip of runway is shared by those who need it."""
    costs = [1.0, 3.0, 4.0, 9.0]
    strips = np.diff([0.0, *costs]) / [4, 3, 2, 1]
    np.testing.assert_allclose(shapley(airport(costs)), np.cumsum(strips), **EXACT)


def test_airport_nucleolus():
    """Littlechild (1974), step by step: 1 / 2, then (4 − 1 + 1/2) / 3 for the next two."""
    shares = nucleolus(airport([1.0, 3.0, 4.0, 9.0]))
    np.testing.assert_allclose(shares, [1 / 2, 7 / 6, 7 / 6, 37 / 6], **EXACT)


def test_majority_game_has_no_core():
    """Von Neumann and Morgenstern (1944): any two of three take all."""
    game = Game.of_savings("ABC", lambda s: float(len(s) >= 2))
    allocation, epsilon = least_core(game)
    assert epsilon == pytest.approx(1 / 3)
    np.testing.assert_allclose(earned(allocation), [1 / 3] * 3, **EXACT)
    np.testing.assert_allclose(earned(nucleolus(game)), [1 / 3] * 3, **EXACT)


def test_glove_game():
    """Shapley and Shubik (1969): one left glove, two right ones. The core has one point."""
    game = Game.of_savings("LRS", lambda s: float("L" in s and len(s) >= 2))
    np.testing.assert_allclose(earned(shapley(game)), [2 / 3, 1 / 6, 1 / 6], **EXACT)
    np.testing.assert_allclose(earned(nucleolus(game)), [1, 0, 0], **EXACT)
    assert not in_core(game, shapley(game))


def test_tennessee_valley():
    """Straffin and Heaney (1981)."""
    np.testing.assert_allclose(shapley(tva()), [117829.0, 100756.5, 193998.5], **EXACT)
    np.testing.assert_allclose(nucleolus(tva()), [116234.0, 93540.0, 202810.0], **EXACT)


def test_tennessee_valley_gately_is_the_separable_cost_method():
    """Straffin and Heaney (1981): the TVA's engineers equalised the propensity to disrupt."""
    shares = gately(tva())
    disruption = propensity(tva(), shares)
    np.testing.assert_allclose(disruption, disruption.iloc[0])
    np.testing.assert_allclose(shares, [117476.0, 99157.0, 195951.0], atol=1.0)


def test_three_investors():
    """Lemaire (1991), tables of the Shapley value and the nucleolus."""
    game = Game.of_savings("ABC", lambda s: LEMAIRE["".join(sorted(s))])
    np.testing.assert_allclose(earned(shapley(game)), [51750, 25875, 12375], **EXACT)
    np.testing.assert_allclose(earned(nucleolus(game)), [52687.5, 24468.75, 12843.75], **EXACT)


def test_security_council():
    """Shapley and Shubik (1954), with the 15 members of today: 19.6 % against 0.19 %."""
    votes = {f"permanent{i}": 7 for i in range(5)} | {f"elected{i}": 1 for i in range(10)}
    power = voting_power(votes, 39 / 45)
    assert power.iloc[0] == pytest.approx(0.196270, abs=1e-6)
    assert power.iloc[-1] == pytest.approx(0.001865, abs=1e-6)


def test_union_of_two_in_a_majority():
    """Owen (1977): two who ally in a majority of three share all of the power."""
    game = Game.of_savings("ABC", lambda s: float(len(s) >= 2))
    np.testing.assert_allclose(earned(owen_value(game, ["AB", "C"])), [0.5, 0.5, 0], atol=1e-12)


# --- axioms (P4), on random games ------------------------------------------------------------


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


# --- Nash, Gately, proportional --------------------------------------------------------------


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


# --- wrong use gives a clear word --------------------------------------------------------------


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
        (lambda: nucleolus(tva(), {"N": 0, "F": 1, "P": 1}), "positive"),
        (lambda: owen_value(tva(), ["NF"]), "one bloc"),
        (lambda: voting_power({"a": 1}, 1.2), "quota"),
        (lambda: voting_power(dict.fromkeys(range(21), 1), 0.5), "too many majorities"),
        (lambda: shapley(Game(range(21), len)), "too many to list"),
        (lambda: gately(Game("AB", lambda s: 4.0 * len(s))), "not defined"),
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
