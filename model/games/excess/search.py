"""Search: the worst-treated coalition of a small game, with as few costs as bounds allow.

Every coalition has a lower bound of its cost, so an upper bound of its excess. The one with the
largest is solved, which sharpens the bounds of all; when it stays the largest, it is the worst.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.games.excess.oracle import Scale
from model.games.excess.span import Span
from model.games.game import Game, Vector, subset_sums, subsets


class Search:
    """The oracle of a game with additive bounds.

    Parameters
    ----------
    game : Game
    bounds : growing sequence of arrays (player,)
        Each sums, over any coalition, to no more than its cost. One at least, for everyone.
    """

    def __init__(self, game: Game, bounds: Sequence[Vector]) -> None:
        self._game, self._bounds = game, bounds
        self._rows = subsets(game.size)
        self._coalitions = [game.coalition(row) for row in self._rows]
        self._floor = np.full(len(self._rows), -np.inf)
        self._exact = np.zeros(len(self._rows), dtype=bool)
        self._used = 0

    def worst(
        self, x: Vector, epsilon: float, scale: Scale, span: Span
    ) -> tuple[Vector, float] | None:
        """See `Oracle`."""
        paid = subset_sums(x)
        allowed = paid - epsilon * (scale.constant + subset_sums(scale.each))
        candidates = np.flatnonzero(span.outside(self._rows))
        while candidates.size:
            self._sharpen()
            violation = (allowed - self._floor)[candidates]
            place = int(candidates[np.argmax(violation)])
            if violation.max() == -np.inf:
                break
            if self._exact[place]:
                return self._rows[place], float(paid[place] - self._floor[place])
            self._learn(place, self._game(self._coalitions[place]))
        return None

    def violated(self, x: Vector, epsilon: float, scale: Scale, span: Span, *, prove: bool) -> None:
        """See `Oracle`."""
        self.worst(x, epsilon, scale, span)

    def _sharpen(self) -> None:
        """Use the bounds, and the costs, that came since the last time."""
        for bound in self._bounds[self._used :]:
            np.maximum(self._floor, subset_sums(bound), out=self._floor, where=~self._exact)
        self._used = len(self._bounds)

    def _learn(self, place: int, cost: float) -> None:
        self._floor[place] = cost
        self._exact[place] = True
