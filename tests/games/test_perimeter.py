"""Perimeter: which partners, who next, and what a third party must add."""

from math import inf, isnan

import pytest

from model.games import Game, least_subsidy, rank


def t7():
    """U with R saves 60, U with S 40, all three 90: domain case T7."""
    saving = {frozenset("UR"): 60, frozenset("US"): 40, frozenset("URS"): 90}
    game = Game.of_savings("URS", lambda coalition: saving.get(coalition, 0))
    game.table()
    return game


def test_perimeters_are_ranked():
    game = t7()
    table = rank(game, game.series([6e6, 1e6, 1e6]))
    assert table.index[0] == frozenset("URS")
    assert table["gain"].tolist()[:3] == [90, 60, 40]
    assert table["per_inhabitant"].iloc[0] == pytest.approx(90 / 8)
    assert table.loc[[frozenset("UR")], ["partner", "adds"]].to_numpy().tolist() == [["S", 30]]
    assert table.loc[[frozenset("U")], "partner"].item() == "R"
    assert table["partner"].iloc[0] == ""


def test_least_subsidy():
    """Pairs save 60 and all three 80: each pair is content at 30 each, 10 more than there is."""
    game = Game.of_savings("ABC", lambda s: {1: 0, 2: 60, 3: 80}[len(s)])
    game.table()
    assert least_subsidy(game) == pytest.approx(10)
    assert least_subsidy(t7()) == 0


def test_a_partner_who_has_no_plan_alone_is_nobody_s_next():
    """A stands alone for 10; B cannot: what B adds is no number, so A has no next partner."""
    costs = {frozenset("A"): 10.0, frozenset("B"): inf, frozenset("AB"): 15.0}
    game = Game("AB", costs.__getitem__)
    game.table()
    table = rank(game, game.series([1e6, 1e6]))
    assert table.loc[[frozenset("A")], "partner"].item() == ""
    assert isnan(table.loc[[frozenset("A")], "adds"].item())
    assert table.loc[[frozenset("AB")], "gain"].item() == inf
