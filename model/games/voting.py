"""Voting power: who tips the decision of a shareholders' meeting.

    power_i = share of the orders of arrival in which i turns a losing coalition into a winning one

(Shapley and Shubik 1954.) It is not the share of the capital: 68 % of an SPL is all of the power
at a simple majority.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from model.games.game import MOST_PLAYERS, ROUNDING, Game, GameError, subset_sums
from model.games.shapley import average_marginals
from model.words.catalogue import say


def voting_power(
    shares: pd.Series[float] | Mapping[Any, float], quota: float, *, strict: bool = False
) -> pd.Series[float]:
    """Shapley–Shubik power of each shareholder, summing to 1.

    Parameters
    ----------
    shares : by shareholder, positive
        Capital or votes; only ratios matter.
    quota : float, above 0 and at most 1
        Part of the votes that carries a decision.
    strict : bool
        More than the quota is needed, as in "more than 50 %"; else the quota suffices.

    Raises
    ------
    GameError
        If the quota is not in its range (a strict quota of 1 never passes), or there are too many
        shareholders to list every majority.
    """
    if not 0 < quota <= 1 or (strict and quota == 1):
        raise GameError(
            say("a quota is above 0 and at most 1 (below 1 if strict), not {quota:g}", quota=quota)
        )
    holders = Game(list(shares.keys()), lambda coalition: 0.0)
    if holders.size > MOST_PLAYERS:
        raise GameError(
            say("{size} shareholders have too many majorities to list", size=holders.size)
        )
    votes = holders.weights(shares)
    sums = subset_sums(votes / votes.sum())
    margin = ROUNDING if strict else -ROUNDING
    wins = (sums >= quota + margin).astype(float)
    return holders.series(np.asarray(average_marginals(wins, holders.size)))
