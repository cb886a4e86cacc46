"""Probe: a quick look for a badly treated coalition, before an integer programme proves the rest.

The dual prices of every coalition solved bound the cost of all: C(S) ≥ max_k p_k(S). The most
that x(S) can exceed that bound is climbed, one player in or out at a time; where the climb ends,
the coalition is solved, which either shows one that is violated or sharpens the bound.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.games.excess.oracle import Scale
from model.games.excess.span import Span
from model.games.game import Game, Vector

STARTS, SOLVES = 12, 20
"""Climbs, and coalitions solved, before giving up."""


class Probe:
    """A local search over the coalitions of a game with additive bounds (see `Search`)."""

    def __init__(self, game: Game, bounds: Sequence[Vector]) -> None:
        self._game, self._bounds = game, bounds
        self._chance = np.random.default_rng(0)
        self._found: list[Vector] = []

    def finds(self, x: Vector, epsilon: float, scale: Scale, span: Span, least: float) -> bool:
        """Whether a coalition outside the span is found that is violated by more than `least`."""
        slope = x - epsilon * scale.each
        checks = span.checks
        solved: set[bytes] = set()
        for start in self._starts():
            members = start
            while len(solved) < SOLVES:
                members = self._climb(members, slope, checks)
                if members.tobytes() in solved or not (np.abs(checks @ members) > 0.5).any():
                    break
                solved.add(members.tobytes())
                excess = float(x @ members) - self._game(self._game.coalition(members))
                if excess - epsilon * scale.at(members) > least:
                    self._found.append(members)
                    return True
        return False

    def _starts(self) -> list[Vector]:
        n = self._game.size
        recent = self._found[: -STARTS // 2 : -1]
        fresh = (self._chance.random((STARTS - len(recent), n)) < 0.5).astype(float)
        return [*recent, *fresh]

    def _climb(self, members: Vector, slope: Vector, checks: Vector) -> Vector:
        bounds = np.array(self._bounds)
        members, best = members.copy(), -np.inf
        while True:
            floor = bounds @ members
            step = 1.0 - 2.0 * members
            value = slope @ members + slope * step - (floor[:, None] + bounds * step).max(axis=0)
            inside = ~(np.abs((checks @ members)[:, None] + checks * step) > 0.5).any(axis=0)
            value[inside] = -np.inf
            place = int(np.argmax(value))
            if value[place] <= best:
                return members
            members[place] += step[place]
            best = float(value[place])
