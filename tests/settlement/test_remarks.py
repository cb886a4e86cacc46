"""What a reader is told before the rules: no plan alone, prices that are no answer, empty cores."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.games.game import Game
from model.settlement.remarks import remarks
from model.words.catalogue import told as told_in
from model.words.numbers import NARROW

PLAYERS = "abc"


def game(alone: float, pair: float, all_three: float) -> Game:
    """Three alike: what one, two and all of them cost [MEUR]."""
    costs = {1: alone, 2: pair, 3: all_three}
    every = [frozenset(s) for n in costs for s in combinations(PLAYERS, n)]
    return Game.of_table({s: costs[len(s)] for s in every})


def sheet(gains: tuple[float, ...], stability: float = -1.0, **more: Any) -> xr.Dataset:
    """What marginal prices give, and the worst excess of any rule [MEUR]."""
    return xr.Dataset(
        {
            "gain": (("rule", "epci"), [list(gains)]),
            "stability": ("rule", [stability]),
            **more,
        },
        {"rule": ["marginal-price"], "epci": list(PLAYERS)},
    )


def told(of: Game, *given: Any, **more: Any) -> list[str]:
    """The remarks in French."""
    of.table()
    return [told_in(one, "fr").replace(NARROW, " ") for one in remarks(of, sheet(*given, **more))]


def test_nothing_is_remarked_where_all_is_well() -> None:
    assert told(game(10, 18, 24), (2.0, 2.0, 2.0)) == []


def test_who_gains_nothing_at_marginal_prices_is_named() -> None:
    (line,) = told(game(10, 18, 24), (3.0, 0.0, 3.0))
    assert line == "les prix marginaux ne donnent rien à {b} : ce qu'ils apportent n'est pas rare"


def test_of_prices_that_are_not_unique_the_widest_share_is_told() -> None:
    """Most is open of what b pays: 7 to 9."""
    ends = [[8.0, 7.0, 8.0], [8.0, 9.0, 8.5]]
    known = xr.DataArray(ends, {"bound": ["low", "high"]}, ("bound", "epci"))
    (line,) = told(game(10, 18, 24), (2.0, 2.0, 2.0), price_range=known)
    assert "la part de b peut aller de 7.000 à 9.000 MEUR" in line


def test_an_empty_core_is_told_with_what_some_pay_too_much() -> None:
    """Two together pay 16 of 24 where all pay alike, and 14 by themselves."""
    (line,) = told(game(10, 14, 24), (2.0, 2.0, 2.0), 2.0)
    assert line.startswith("le cœur est vide")
    assert line.endswith("une coalition paie au moins 2 MEUR de trop")


def test_who_loses_by_merging_is_told_first() -> None:
    """Alone 10 and two for 14: together 26, 2 more."""
    first, then = told(game(10, 14, 26), (1.0, 1.0, 2.0), 3.0)
    assert first == "pas superadditif : {a} et {b, c} perdent 2 MEUR à s'unir"
    assert then.startswith("le cœur est vide")


def test_where_one_has_no_plan_alone_it_is_told_first() -> None:
    of = Game.of_table({frozenset("a"): np.inf, frozenset("b"): 5.0, frozenset("ab"): 20.0})
    of.table()
    two = xr.Dataset(
        {"gain": (("rule", "epci"), [[np.inf, 1.0]]), "stability": ("rule", [-1.0])},
        {"rule": ["marginal-price"], "epci": ["a", "b"]},
    )
    assert next(remarks(of, two)).startswith("no plan alone: {a}; their gains are infinite")


def test_coalitions_that_were_not_solved_are_counted() -> None:
    of = game(10, 18, 24)
    assert of(PLAYERS) + sum(of([p]) for p in PLAYERS) == pytest.approx(54)
    lines = [str(one) for one in remarks(of, sheet((2.0, 2.0, 2.0)))]
    assert lines == [
        "4 of 7 coalitions are solved: that none would leave is proven for marginal prices only"
    ]


def test_coalitions_beyond_count_are_not_counted() -> None:
    """Twelve who cost 10 each alone, and 100 together: 13 of 4 095 are known."""
    of = Game(range(12), lambda coalition: 10.0 * len(coalition) - 20.0 * (len(coalition) == 12))
    alone = of.alone
    found = xr.Dataset(
        {"gain": (("rule", "epci"), [(alone - of.total / 12).to_list()])},
        {"rule": ["marginal-price"], "epci": list(of.players)},
    )
    assert [str(one) for one in remarks(of, found)] == [
        "13 coalitions are solved, of too many for all: that none would leave is proven for "
        "marginal prices only"
    ]
