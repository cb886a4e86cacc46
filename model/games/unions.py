"""Owen value: Shapley's, when players come in blocs — a pôle, a PETR, a département.

Blocs arrive in random order, and the members of a bloc one after another: blocs share among
themselves first, then each shares within (Owen 1977). With one bloc, or with blocs of one
player, it is the Shapley value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import comb
from typing import Any

import pandas as pd

from model.games.game import Game, GameError, subsets
from model.words.catalogue import say


def owen_value(game: Game, unions: Iterable[Iterable[Any]]) -> pd.Series[float]:
    """The value with a-priori unions.

    Parameters
    ----------
    game : Game
    unions : blocs of players
        Each player in one bloc exactly.

    Raises
    ------
    GameError
        If the blocs are no partition of the players, or a coalition that comes up has no plan.
    """
    blocs = [tuple(bloc) for bloc in unions]
    inside = [player for bloc in blocs for player in bloc]
    if sorted(map(str, inside)) != sorted(map(str, game.players)) or not all(blocs):
        raise GameError(say("each player must be in one bloc, exactly"))
    found = {
        player: _share(game, player, [b for b in blocs if b != bloc], bloc)
        for bloc in blocs
        for player in bloc
    }
    return game.series([found[player] for player in game.players])


def _share(
    game: Game, player: Any, others: Sequence[tuple[Any, ...]], bloc: tuple[Any, ...]
) -> float:
    mates = [mate for mate in bloc if mate != player]
    total = 0.0
    for row in subsets(len(others)):
        before = frozenset(p for take, b in zip(row, others, strict=True) if take for p in b)
        weight = _chance(int(row.sum()), len(others))
        for line in subsets(len(mates)):
            here = before | {m for take, m in zip(line, mates, strict=True) if take}
            chance = weight * _chance(int(line.sum()), len(mates))
            total += chance * (game.finite(here | {player}) - game.finite(here))
    return total


def _chance(arrived: int, others: int) -> float:
    """Chance that exactly these, so many of the others, arrived before."""
    return 1.0 / ((others + 1) * comb(others, arrived))
