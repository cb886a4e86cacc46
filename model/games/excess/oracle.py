"""Oracle: which coalition is treated worst by an allocation.

    worst   max_{S outside the span}  x(S) − C(S) − ε · w(S),     w(S) = constant + Σ_{i∈S} each_i

Rules ask an oracle and never list coalitions themselves: one that lists them all serves any
small game, one mixed-integer program serves a linear game of any size (`LinearGame`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from model.games.excess.span import Span
from model.games.game import Game, Vector, subset_sums, subsets


@dataclass(frozen=True)
class Scale:
    """What an excess is measured by: the coalition (constant 1), or its members' weights."""

    constant: float
    each: Vector

    @classmethod
    def of(cls, size: int, weights: Vector | None) -> Scale:
        """By coalition if there are no weights, else by the weight of its members."""
        return cls(1.0, np.zeros(size)) if weights is None else cls(0.0, weights)

    def at(self, members: Vector) -> float:
        """w(S)."""
        return float(self.constant + self.each @ members)


@runtime_checkable
class Oracle(Protocol):
    """Answers which coalition is treated worst."""

    def worst(
        self, x: Vector, epsilon: float, scale: Scale, span: Span
    ) -> tuple[Vector, float] | None:
        """The coalition of largest violation outside the span, and its excess x(S) − C(S).

        None if no coalition outside the span has a plan.
        """

    def violated(self, x: Vector, epsilon: float, scale: Scale, span: Span, *, prove: bool) -> None:
        """Ask the game for a coalition of positive violation, if there is one.

        Not always the worst. With `prove`, there is none when none becomes known; without, a
        quick look is enough.
        """


class Listing:
    """The oracle that lists every coalition; 2^N values are computed at the first question."""

    def __init__(self, game: Game) -> None:
        self._values = game.table()
        self._rows = subsets(game.size)

    def worst(
        self, x: Vector, epsilon: float, scale: Scale, span: Span
    ) -> tuple[Vector, float] | None:
        """See `Oracle`."""
        excess = subset_sums(x) - self._values
        violation = excess - epsilon * (scale.constant + subset_sums(scale.each))
        violation[~span.outside(self._rows)] = -np.inf
        place = int(np.argmax(violation))
        if violation[place] == -np.inf:
            return None
        return self._rows[place], float(excess[place])

    def violated(self, x: Vector, epsilon: float, scale: Scale, span: Span, *, prove: bool) -> None:
        """See `Oracle`; all is known already."""


def oracle_of(game: Game) -> Oracle:
    """The game's own oracle if it has one, else one that lists every coalition."""
    return game if isinstance(game, Oracle) else Listing(game)
