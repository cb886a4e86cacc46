"""Shapley value by sampling, with confidence intervals, when 2^N values are too dear.

Two ways to draw, each an average of independent, unbiased rounds that sum to C(N) exactly:

    pairs    an order of arrival and its reverse (antithetic): 2N − 2 values a round
    circle   players seated at random around a table: every arc is asked for, so that each player
             arrives once at each position (stratified), from both sides (antithetic):
             N(N − 1) values a round

Rounds being independent, Student's t gives the interval. A player who tips a rare coalition may
look certain in a small sample: no interval uses less than the mean variance over the players,
which brings the coverage above the level asked for (figures in `docs/cooperation.md`).
Stratifying by position follows Castro, Gómez, Molina and Tejada (2017), who start from Castro,
Gómez and Tejada (2009); all N positions in one round is the structured sampling of van Campen et
al. (2018).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.games.game import Game, GameError, Vector
from model.words.catalogue import say

FEWEST = 10
"""Rounds below which Student's t says little about skewed marginal costs."""


def shapley_sampled(
    game: Game,
    rounds: int = 100,
    *,
    scheme: Literal["pairs", "circle"] = "pairs",
    level: float = 0.99,
    seed: int = 0,
) -> pd.DataFrame:
    """The Shapley value, estimated.

    Parameters
    ----------
    game : Game
    rounds : int
        Independent rounds, at least 10.
    scheme : {"pairs", "circle"}
        How a round is drawn (see the module).
    level : float
        Confidence of each interval.
    seed : int
        Same seed, same answer.

    Returns
    -------
    DataFrame by player
        `value` (summing to the cost of everyone), `low`, `high`.

    Raises
    ------
    GameError
        If there are too few rounds, or a coalition that comes up has no plan alone.
    """
    if rounds < FEWEST:
        raise GameError(
            say(
                "{rounds} rounds are too few for an interval: {fewest} at least",
                rounds=rounds,
                fewest=FEWEST,
            )
        )
    if not 0 < level < 1:
        raise GameError(say("a confidence level is between 0 and 1, not {level:g}", level=level))
    from scipy.special import stdtrit as student  # slow to import, and seldom needed

    draw = {"pairs": _pair, "circle": _circle}[scheme]
    chance = np.random.default_rng(seed)
    found = np.array([draw(game, chance.permutation(game.size)) for _ in range(rounds)])
    value = found.mean(axis=0)
    spread = found.var(axis=0, ddof=1)
    error = np.sqrt(np.maximum(spread, spread.mean()) / rounds)
    margin = error * student(rounds - 1, (1 + level) / 2)
    table = {"value": value, "low": value - margin, "high": value + margin}
    return pd.DataFrame(table, index=game.series(value).index)


Draw = Callable[[Game, NDArray[Any]], Vector]


def _pair(game: Game, order: NDArray[Any]) -> Vector:
    """Mean marginal cost of each player over an order and its reverse."""
    return (_arrivals(game, order) + _arrivals(game, order[::-1])) / 2


def _arrivals(game: Game, order: NDArray[Any]) -> Vector:
    values = [game.finite(game.players[i] for i in order[:k]) for k in range(game.size + 1)]
    result = np.empty(game.size)
    result[order] = np.diff(values)
    return result


def _circle(game: Game, seats: NDArray[Any]) -> Vector:
    """Mean marginal cost of each player over all starts around the table."""
    starts = (np.roll(seats, shift) for shift in range(game.size))
    return np.asarray(np.mean([_pair(game, order) for order in starts], axis=0))
