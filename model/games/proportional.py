"""Proportional rules: divide the bill, or the gain, by a key that everyone can read.

    of the cost   x_i = C(N) · w_i / Σ w                 demand, population, investment
    of the gain   x_i = C({i}) − v(N) · w_i / Σ w        shares of the equity: the "do nothing" rule

Simple, and blind to what partners bring: compare with the core test, which says who would leave.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.games.core import Shares
from model.games.game import Game, GameError, Vector
from model.words.catalogue import say


def proportional_cost(game: Game, weights: Shares) -> pd.Series[float]:
    """The cost of everyone, by weight (population, demand)."""
    share = _parts(game, weights)
    return game.series(game.total * share)


def proportional_gain(game: Game, weights: Shares | None = None) -> pd.Series[float]:
    """Costs alone less the gain by weight: equal shares if None, dividends if shares of equity.

    Raises
    ------
    GameError
        If someone has no plan alone: the gain is then infinite.
    """
    if np.isinf(game.gain):
        raise GameError(say("not defined: someone has no plan alone (infinite cost)"))
    share = np.full(game.size, 1 / game.size) if weights is None else _parts(game, weights)
    return game.alone - game.series(game.gain * share)


def _parts(game: Game, weights: Shares) -> Vector:
    """Weights as parts of 1; some may be 0."""
    share = game.vector(weights)
    if (share < 0).any() or share.sum() <= 0:
        raise GameError(say("shares must not be negative, nor all 0"))
    return np.asarray(share / share.sum())
