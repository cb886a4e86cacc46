"""Least core and nucleolus: make the worst-treated coalition as content as it can be.

    least core   min_x max_S  (x(S) − C(S)) / w(S)
    nucleolus    then the second worst, and so on, until one allocation is left

w(S) = 1 as in the textbooks; weights of the members, such as population, give the per-capita
forms. The nucleolus is in the core whenever the core is not empty (Schmeidler 1969; Maschler,
Peleg and Shapley 1979). Each programme settles the coalitions whose dual is positive; what lies
in their span is settled with them, so that at most N − 1 programmes are needed.
"""

from __future__ import annotations

import pandas as pd

from model.games.core import Shares
from model.games.excess.oracle import Scale
from model.games.excess.tighten import Tightening
from model.games.game import ROUNDING, Game, GameError
from model.words.catalogue import say


def least_core(game: Game, weights: Shares | None = None) -> tuple[pd.Series[float], float]:
    """An allocation of the least core, and ε.

    Parameters
    ----------
    game : Game
    weights : by player, optional
        Measure the excess of a coalition by the weight of its members (1 each: per capita).

    Returns
    -------
    allocation : Series by player, summing to the cost of everyone
        One of the least core; it is often not the only one.
    epsilon : float
        Largest excess x(S) − C(S), per unit of weight. Positive: the core is empty, and this is
        the tax on leaving that keeps everyone in.

    Raises
    ------
    GameError
        If infinite costs leave ε without a lower bound.
    """
    if game.size == 1:
        return game.series([game.total]), 0.0
    programme = Tightening(game, _scale(game, weights), rational=False)
    first = programme.solve(1)[0]
    return game.series(programme.shares), first.epsilon


def nucleolus(
    game: Game, weights: Shares | None = None, *, rational: bool = True
) -> pd.Series[float]:
    """The nucleolus; by weight of the members if `weights` are given.

    Parameters
    ----------
    game : Game
    weights : by player, optional
        1 each for the per-capita nucleolus, population for one by inhabitant.
    rational : bool
        No player may pay more than alone, as the definition asks; False: the prenucleolus.

    Raises
    ------
    GameError
        If everyone together costs more than everyone alone (there is no such allocation), or
        infinite costs leave it undefined.
    """
    if game.size == 1:
        return game.series([game.total])
    if rational and game.gain < -ROUNDING * abs(game.total):
        raise GameError(
            say(
                "together costs {gain:g} more than alone: there is no gain to share",
                gain=-game.gain,
            )
        )
    programme = Tightening(game, _scale(game, weights), rational=rational)
    programme.solve()
    return game.series(programme.shares)


def _scale(game: Game, weights: Shares | None) -> Scale:
    return Scale.of(game.size, None if weights is None else game.weights(weights))
