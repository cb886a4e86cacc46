"""Rules of sharing: acceptance cases and published examples."""

import numpy as np
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
    proportional_gain,
    shapley,
    voting_power,
)
from tests.games.rules_case import earned, savings, tva

EXACT = {"rtol": 1e-6, "atol": 1e-6}


def bankruptcy(estate, claims):
    """What a coalition is left with when all others are paid: O'Neill (1982)."""
    return Game.of_savings(
        claims, lambda s: max(0.0, estate - sum(claims[p] for p in claims if p not in s))
    )


def airport(costs):
    """A runway long enough for the largest: Littlechild and Owen (1973)."""
    return Game(range(len(costs)), lambda s: max(costs[p] for p in s))


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
