"""Shapley value: what each player saves the others on average, over all orders of arrival.

    x_i = Σ_{S∌i}  |S|! (N−|S|−1)! / N!  ·  (C(S∪i) − C(S))

Fair in the sense of its axioms: alike players pay alike, one who changes nothing pays its cost
alone, and two games add up (Shapley 1953). It asks for all 2^N values, and need not be stable.
"""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd

from model.games.game import Game, Vector, subsets


def shapley(game: Game) -> pd.Series[float]:
    """The Shapley value, exactly.

    Raises
    ------
    GameError
        If a coalition has no plan alone, or there are more than 20 players (see
        `shapley_sampled`).
    """
    return game.series(average_marginals(game.finite_table(), game.size))


def average_marginals(values: Vector, n: int) -> Vector:
    """Shapley value of the game with these 2^n values, in the order of `subsets`."""
    members = subsets(n)
    size = members.sum(axis=1).astype(int)
    chance = np.array([1.0 / (n * comb(n - 1, k)) for k in range(n)])
    result = np.empty(n)
    for i in range(n):
        without = np.flatnonzero(members[:, i] == 0)
        result[i] = chance[size[without]] @ (values[without + (1 << i)] - values[without])
    return result
