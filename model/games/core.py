"""Core: the allocations that no coalition can improve on.

    core    { x : Σ x = C(N),  x(S) ≤ C(S) for every S }

The worst-treated coalition tells whether an allocation is in it, and by how much it is not
(Gillies 1959; Shapley 1967 for the conditions under which it is not empty).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from model.games.excess.oracle import Scale, oracle_of
from model.games.excess.span import Span
from model.games.game import ROUNDING, Coalition, Game, GameError, Vector, listed
from model.words.catalogue import say

Shares = pd.Series | Mapping[Any, float]


def core_excess(game: Game, allocation: Shares) -> tuple[Coalition, float]:
    """The worst-treated coalition, and its excess x(S) − C(S).

    Positive: it would rather leave, and the allocation is not in the core. Negative: everyone
    is better off by at least so much. Neither the empty coalition nor everyone counts; a game
    without any other coalition that has a plan gives (∅, 0).

    Raises
    ------
    GameError
        If the shares do not sum to the cost of everyone.
    """
    x = efficient(game, allocation)
    found = oracle_of(game).worst(x, 0.0, Scale.of(game.size, None), everyone_only(game.size))
    if found is None:
        return frozenset(), 0.0
    return game.coalition(found[0]), found[1]


def in_core(game: Game, allocation: Shares, tolerance: float = ROUNDING) -> bool:
    """Whether no coalition would rather leave; `tolerance` is relative to the money at stake."""
    return core_excess(game, allocation)[1] <= tolerance * stake(game)


def stake(game: Game) -> float:
    """Scale of the money at stake: the largest finite cost, alone or together (at least 1e-9)."""
    alone = game.alone.to_numpy()
    return max(1e-9, abs(game.total), float(np.abs(alone[np.isfinite(alone)]).max(initial=0.0)))


def efficient(game: Game, allocation: Shares) -> Vector:
    """The shares as a vector; GameError unless they sum to the cost of everyone."""
    x = game.vector(allocation)
    if abs(x.sum() - game.total) > 10 * ROUNDING * stake(game):
        raise GameError(
            say(
                "the shares sum to {sum:g}, not to the cost {total:g} of all",
                sum=x.sum(),
                total=game.total,
            )
        )
    return x


def everyone_only(size: int) -> Span:
    """The span of the coalition of everyone: what is settled before any rule speaks."""
    span = Span(size)
    span.add(np.ones(size))
    return span


def worst_split(game: Game) -> tuple[Coalition, Coalition, float]:
    """Two disjoint coalitions, and what they lose by merging: C(S∪T) − C(S) − C(T).

    The pair that loses most. The game is superadditive (in savings) when the loss is ≤ 0: it
    then never pays to split up, and every rule of sharing a gain makes sense.
    """
    game.table()
    values = game.known
    pairs = ((s, t) for s, t in combinations(values, 2) if not s & t)
    losses = ((s, t, _loss(values[s | t], values[s] + values[t])) for s, t in pairs)
    return max(losses, key=lambda found: found[2], default=(frozenset(), frozenset(), 0.0))


def require_superadditive(game: Game) -> None:
    """Raise GameError, naming the coalitions, if it pays some to split up."""
    s, t, loss = worst_split(game)
    if loss > ROUNDING * stake(game):
        raise GameError(
            say(
                "not superadditive: {s} and {t} together cost {loss:g} more",
                s=listed(s),
                t=listed(t),
                loss=loss,
            )
        )


def _loss(together: float, apart: float) -> float:
    return -np.inf if np.isinf(apart) else together - apart
