"""Pool: the coalitions whose cost is known and finite, as rows of 0 and 1."""

from __future__ import annotations

import numpy as np

from model.games.game import Game, Vector


class Pool:
    """Grows with the game; a row keeps its place."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self._seen = 0
        self.rows: Vector = np.empty((0, game.size))
        self.costs: Vector = np.empty(0)

    def refresh(self) -> None:
        """Take in what the game was asked since the last time."""
        fresh = list(self._game.known.items())[self._seen :]
        self._seen += len(fresh)
        finite = [(coalition, cost) for coalition, cost in fresh if np.isfinite(cost)]
        if finite:
            rows = [[float(p in coalition) for p in self._game.players] for coalition, _ in finite]
            self.rows = np.vstack([self.rows, rows])
            self.costs = np.append(self.costs, [cost for _, cost in finite])
