"""Cuts: the worst-treated coalition of a linear game too large for one integer programme.

    max  x·z − θ − ε · (constant + each·z)    subject to  θ ≥ p_k·z  for every known price p_k
    z ∈ {0,1}^N,  1 ≤ Σ z ≤ N − 1,  z outside the span of what is settled

The dual prices of each coalition solved bound the cost of all, C(S) ≥ p_k(S): the programme, of N
binaries and one number, bounds every violation from above. The coalition it finds is solved, which
adds its prices, and is not looked at again: alone it may cost more than any price tells. When the
bound is met, or is no violation, nothing worse is left (Benders 1962).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import highspy
import numpy as np
import scipy.sparse as sp

from model.games.core import stake
from model.games.excess.oracle import Scale
from model.games.excess.span import Span
from model.games.game import ROUNDING, Game, GameError, Vector
from model.games.linear.programme import Linear, load
from model.words.catalogue import say

CLOSE = 1e-3
"""A violation smaller than this part of what everyone gains is none: proving the last thousandth
would take most of the coalitions."""


class Cuts:
    """The oracle of a game with additive bounds (see `Search`), whatever the size of its programme.

    Parameters
    ----------
    game : Game
    bounds : growing sequence of arrays (player,)
        Each sums, over any coalition, to no more than its cost.
    """

    def __init__(self, game: Game, bounds: Sequence[Vector]) -> None:
        self._game, self._bounds = game, bounds

    @cached_property
    def _least(self) -> float:
        return CLOSE * max(ROUNDING * stake(self._game), self._game.gain)

    def worst(
        self, x: Vector, epsilon: float, scale: Scale, span: Span
    ) -> tuple[Vector, float] | None:
        """See `Oracle`."""
        best: tuple[Vector, float] | None = None
        most, seen = -np.inf, list[Vector]()
        while True:
            found = self._bounded(x, epsilon, scale, span, seen)
            if found is None or found[1] <= most + self._least:
                return best
            seen.append(found[0])
            violation, excess = self._violation(found[0], x, epsilon, scale)
            if violation > most:
                most, best = violation, (found[0], excess)

    def violated(self, x: Vector, epsilon: float, scale: Scale, span: Span, *, prove: bool) -> None:
        """See `Oracle`; the quick look is one programme."""
        seen = list[Vector]()
        while True:
            found = self._bounded(x, epsilon, scale, span, seen)
            if found is None or found[1] <= self._least:
                return
            seen.append(found[0])
            violation, _ = self._violation(found[0], x, epsilon, scale)
            if violation > self._least or not prove:
                return

    def _violation(
        self, members: Vector, x: Vector, epsilon: float, scale: Scale
    ) -> tuple[float, float]:
        excess = float(x @ members) - self._game(self._game.coalition(members))
        return excess - epsilon * scale.at(members), excess

    def _bounded(
        self, x: Vector, epsilon: float, scale: Scale, span: Span, seen: list[Vector]
    ) -> tuple[Vector, float] | None:
        """The coalition, of those not seen, that may be violated most, and by how much at most."""
        n, prices = self._game.size, np.array(self._bounds)
        checks = np.vstack([span.checks, -span.checks]) if span.rank > 1 else np.empty((0, n))
        count, k, apart = len(prices), len(checks), np.array(seen).reshape(-1, n)
        room = 1.0 - np.minimum(checks, 0.0).sum(axis=1)
        none, some = np.zeros((1, 1)), float(min(k, 1))
        matrix = np.block(
            [
                [prices, np.full((count, 1), -1.0), np.zeros((count, k))],
                [np.ones((1, n)), none, np.zeros((1, k))],
                [1.0 - 2.0 * apart, np.zeros((len(apart), 1)), np.zeros((len(apart), k))],
                [checks, np.zeros((k, 1)), -np.diag(room)],
                [np.zeros((1, n)), none, np.ones((1, k))],
            ]
        )
        rows = (
            np.concatenate(
                [np.full(count, -np.inf), [1.0], 1.0 - apart.sum(axis=1), 1.0 - room, [some]]
            ),
            np.concatenate([np.zeros(count), [n - 1.0], np.full(len(apart) + k + 1, np.inf)]),
        )
        columns = (
            np.concatenate([np.zeros(n), [-np.inf], np.zeros(k)]),
            np.concatenate([np.ones(n), [np.inf], np.ones(k)]),
        )
        cost = np.concatenate([epsilon * scale.each - x, [1.0], np.zeros(k)])
        solver = load(Linear("separation", sp.csc_array(matrix), cost, columns, rows))
        for place in [*range(n), *range(n + 1, n + 1 + k)]:
            solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", self._least)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise GameError(
                say("separation stopped: {status}", status=solver.modelStatusToString(status))
            )
        members = np.round(solver.getSolution().col_value[:n])
        bound = -float(solver.getInfo().mip_dual_bound) - epsilon * scale.constant
        return members, bound
