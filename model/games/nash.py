"""Nash bargaining: the largest product of gains, each to the power of its weight, in the core.

    max Π g_i^{w_i}   subject to   Σ g = v(N),  g(S) ≥ v(S) for every S

Money being transferable, it is v(N) shared by weight whenever no coalition objects (Nash 1950;
Kalai 1977 for weights). Where one does, its saving is respected first: rows enter one by one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.games.core import Shares, everyone_only, stake
from model.games.excess.oracle import Scale, oracle_of
from model.games.game import ROUNDING, Game, GameError, Vector
from model.games.nucleolus import least_core
from model.games.proportional import proportional_gain
from model.words.catalogue import say

LEAST = 1e-9
"""Least gain of a player, as a share of the whole gain: the logarithm of 0 is not a number."""


def nash(game: Game, weights: Shares | None = None) -> pd.Series[float]:
    """The Nash bargaining solution within the core.

    Parameters
    ----------
    game : Game
    weights : by player, optional
        Bargaining weights; equal if not given.

    Raises
    ------
    GameError
        If someone has no plan alone, there is no gain, or the core is empty.
    """
    shares = proportional_gain(game, weights)
    if game.gain <= ROUNDING * stake(game):
        raise GameError(
            say("cooperation gains {gain:g}: there is nothing to bargain over", gain=game.gain)
        )
    oracle, span, scale = oracle_of(game), everyone_only(game.size), Scale.of(game.size, None)
    rows: list[Vector] = []
    savings: list[float] = []
    while True:
        found = oracle.worst(game.vector(shares), 0.0, scale, span)
        if found is None or found[1] <= ROUNDING * game.gain or _among(found[0], rows):
            return shares
        if not rows:
            _require_core(game)
        members, excess = found
        rows.append(members)
        saving = (game.alone.to_numpy() - shares.to_numpy()) @ members + excess
        savings.append(float(saving) / game.gain)
        split = _bargain(game.weights(weights), np.array(rows), np.array(savings))
        shares = game.alone - game.series(game.gain * split)


def _among(members: Vector, rows: list[Vector]) -> bool:
    return any((members == row).all() for row in rows)


def _require_core(game: Game) -> None:
    epsilon = least_core(game)[1]
    if epsilon > ROUNDING * stake(game):
        raise GameError(
            say(
                "the core is empty: some coalition pays at least {epsilon:g} too much",
                epsilon=epsilon,
            )
        )


def _bargain(weights: Vector, rows: Vector, savings: Vector) -> Vector:
    """Shares of a gain of 1 that maximise Σ w·log g, with g(S) ≥ savings for each row."""
    from scipy.optimize import minimize  # slow to import, and seldom needed

    weight = weights / weights.sum()
    found = minimize(
        lambda g: -weight @ np.log(g),
        weight,
        jac=lambda g: -weight / g,
        bounds=[(LEAST, 1.0)] * weight.size,
        constraints=[
            {"type": "eq", "fun": lambda g: g.sum() - 1.0, "jac": lambda g: np.ones_like(g)},
            {"type": "ineq", "fun": lambda g: rows @ g - savings, "jac": lambda g: rows},
        ],
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    return np.asarray(found.x / found.x.sum())
