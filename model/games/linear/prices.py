"""Marginal prices: each partner pays what its endowments are worth, demand less resources.

    x_i = k_i + y · b_i,     y optimal dual prices of the one programme of everyone

Owen (1975): these shares sum to C(N), and no coalition can improve on them, because y bounds
C(S) for every S. One solve, for 7 partners or 700. Where the prices are not unique, so are not
the shares; inside the optimal dual face one is chosen by a second programme of the same size:

    max t   subject to   y optimal,   σ_k · x_{i(k)} + t · w_k ≤ d_k  for each request k

asked in its dual form, in which players are fuzzy and the plan w* of everyone may be moved:

    min  c·w + Σ k_i z_i + Σ d_k λ_k
    subject to   A w − B z ≥ 0  where w* leaves no slack,   w ≥ 0  where w* is 0, else free
                 z_i = −Σ_{k of i} σ_k λ_k,   Σ w_k λ_k = 1,   λ ≥ 0

and the shares are the duals of the second rows: complementary slackness with w* is what makes
prices optimal.

Conditions, and what holds when they do not (`docs/cooperation.md`): the programme is linear; A
and c are the same for every coalition; endowments add up. Where a coalition alone works worse
than everyone together does (dearer capital, no pooled staff, whole plants), its true cost is
higher still, and the shares stay in the core.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import pandas as pd

from model.games.core import Shares
from model.games.game import GameError, Vector
from model.games.linear.game import LinearGame
from model.games.linear.programme import optimum
from model.words.catalogue import say

SLACK = 1e-9
"""A row or activity further than this from its limit is not at it."""


@dataclass(frozen=True)
class Request:
    """sign · x_player + t · weight ≤ limit."""

    player: int
    sign: float
    weight: float
    limit: float


def marginal_price(game: LinearGame) -> pd.Series[float]:
    """The shares at the dual prices that the solver happens to return; always in the core."""
    return game.worth(game.everyone)


def fair_price(
    game: LinearGame, weights: Shares | None = None, alone: pd.Series[float] | None = None
) -> pd.Series[float]:
    """Of the marginal-price shares, those with the largest least gain per weight.

    Parameters
    ----------
    game : LinearGame
    weights : by player, optional
        Population for the least gain per inhabitant; 1 each if not given.
    alone : Series by player, optional
        Costs alone that gains are counted from, where those of the game are not the true ones.

    Raises
    ------
    GameError
        If no player has a plan alone: there is no gain to compare.
    """
    limits = (game.alone if alone is None else alone).to_numpy()
    per = _relative(game.weights(weights))
    requests = [
        Request(i, 1.0, per[i], limits[i]) for i in range(game.size) if np.isfinite(limits[i])
    ]
    if not requests:
        raise GameError(say("no player has a plan alone: gains are infinite"))
    return game.series(_chosen(game, requests))


def nearest_price(
    game: LinearGame, wanted: Shares, weights: Shares | None = None
) -> pd.Series[float]:
    """Of the marginal-price shares, the closest to `wanted`: least largest distance per weight."""
    goal, per = game.vector(wanted), _relative(game.weights(weights))
    requests = [
        Request(i, sign, per[i], sign * goal[i]) for i in range(game.size) for sign in (1.0, -1.0)
    ]
    return game.series(_chosen(game, requests))


def price_range(game: LinearGame) -> pd.DataFrame:
    """Least and largest share of each player under any optimal prices: columns `low`, `high`.

    Equal for all players when the marginal-price allocation is unique.
    """
    low = [_chosen(game, [Request(i, 1.0, 1.0, 0.0)])[i] for i in range(game.size)]
    high = [_chosen(game, [Request(i, -1.0, 1.0, 0.0)])[i] for i in range(game.size)]
    return pd.DataFrame({"low": low, "high": high}, index=game.series(low).index)


def _relative(weights: Vector) -> Vector:
    """Weights around 1, so that the programme stays well scaled."""
    return np.asarray(weights / weights.mean())


def _chosen(game: LinearGame, requests: list[Request]) -> Vector:
    """The shares that meet the requests by the largest t."""
    solver, n, free = game.programme(), game.size, highspy.kHighsInf
    rows, first = _loosen(game, solver), solver.getNumCol()
    empty = np.array([], dtype=np.int32), np.array([], dtype=float)
    for request in requests:
        solver.addCol(request.limit, 0.0, free, 0, *empty)
    for i, place in enumerate(game.places):
        mine = [(first + k, r.sign) for k, r in enumerate(requests) if r.player == i]
        _row(solver, [(place, 1.0), *mine], 0.0)
    _row(solver, [(first + k, r.weight) for k, r in enumerate(requests)], 1.0)
    if np.isinf(optimum(solver, say("the choice among dual prices"))):
        raise GameError(say("no choice among dual prices: everyone's plan is not optimal"))
    return np.array(solver.getSolution().row_dual[rows : rows + n])


def _loosen(game: LinearGame, solver: highspy.Highs) -> int:
    """Drop the rows that everyone's plan leaves slack, free what it uses; rows that are left."""
    point = game.plan
    slack = np.abs(game.matrix @ point - game.endowments.sum(axis=1)) > SLACK
    dropped = np.flatnonzero(slack).astype(np.int32)
    solver.deleteRows(dropped.size, dropped)
    freed = np.append(np.flatnonzero(point > SLACK), game.places).astype(np.int32)
    infinite = np.full(freed.size, highspy.kHighsInf)
    solver.changeColsBounds(freed.size, freed, -infinite, infinite)
    return int(solver.getNumRow())


def _row(solver: highspy.Highs, entries: list[tuple[int, float]], value: float) -> None:
    places = np.array([place for place, _ in entries], dtype=np.int32)
    factors = np.array([factor for _, factor in entries], dtype=float)
    solver.addRow(value, value, len(entries), places, factors)
