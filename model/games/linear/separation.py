"""Separation: the worst-treated coalition of a large linear game, by one integer programme.

    max_{z ∈ {0,1}^N, w ≥ 0}  x·z − k·z − c·w − ε · (constant + each·z)    subject to  A w ≥ B z
    1 ≤ Σ z ≤ N − 1,  and z outside the span of what is settled

N binaries only. Being outside the span means that one of its checks m·z is not 0: a binary for
each check and sign, one of which must hold.
"""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from model.games.excess.oracle import Scale
from model.games.excess.span import Span
from model.games.game import Game, GameError, Vector
from model.games.linear.probe import Probe
from model.words.catalogue import say

NONE, TINY = 1e-9, 1e-7


class Separation:
    """The oracle of a linear game.

    Parameters
    ----------
    game : Game
        Asked for the cost of the coalitions found.
    solver : Highs
        The programme with a column for each player; it is changed.
    places : list of int
        Columns of the players.
    """

    def __init__(self, game: Game, solver: highspy.Highs, places: list[int], probe: Probe) -> None:
        self._game, self._solver, self._probe = game, solver, probe
        self._places = np.array(places, dtype=np.int32)
        n = game.size
        self._columns, rows = solver.getNumCol(), solver.getNumRow()
        self._costs = np.array(solver.getLp().col_cost_)[self._places]
        for place in places:
            solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        solver.addRow(1.0, n - 1.0, n, self._places, np.ones(n))
        self._rows = rows + 1
        solver.setOptionValue("mip_rel_gap", 0.0)

    def worst(
        self, x: Vector, epsilon: float, scale: Scale, span: Span
    ) -> tuple[Vector, float] | None:
        """See `Oracle`."""
        solver = self._solver
        for place, cost in zip(self._places, self._costs - x + epsilon * scale.each, strict=True):
            solver.changeColCost(int(place), float(cost))
        solver.setOptionValue("mip_abs_gap", max(NONE, TINY * float(np.abs(x).max())))
        if span.rank > 1:
            self._forbid(span)
        solver.run()
        status = solver.getModelStatus()
        values = np.asarray(solver.getSolution().col_value)
        self._forget()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise GameError(
                say("separation stopped: {status}", status=solver.modelStatusToString(status))
            )
        members = np.round(values[self._places])
        return members, float(x @ members) - self._game(self._game.coalition(members))

    def violated(self, x: Vector, epsilon: float, scale: Scale, span: Span, *, prove: bool) -> None:
        """See `Oracle`; the quick look is a probe."""
        if prove:
            self.worst(x, epsilon, scale, span)
        else:
            least = max(NONE, TINY * float(np.abs(x).max()))
            self._probe.finds(x, epsilon, scale, span, least)

    def _forbid(self, span: Span) -> None:
        """Ask that one check of the span be 1 or more, or −1 or less."""
        solver, first = self._solver, self._columns
        signed = [sign * check for check in span.checks for sign in (1.0, -1.0)]
        count = len(signed)
        for k, check in enumerate(signed):
            solver.addCol(0.0, 0.0, 1.0, 0, np.array([], dtype=np.int32), np.array([]))
            solver.changeColIntegrality(first + k, highspy.HighsVarType.kInteger)
            used = np.flatnonzero(check)
            room = 1.0 - check[check < 0].sum()
            indices = np.append(self._places[used], first + k).astype(np.int32)
            solver.addRow(1.0 - room, np.inf, indices.size, indices, np.append(check[used], -room))
        chosen = np.arange(first, first + count, dtype=np.int32)
        solver.addRow(1.0, np.inf, count, chosen, np.ones(count))

    def _forget(self) -> None:
        """Take the rows and columns of `_forbid` out again."""
        solver = self._solver
        if solver.getNumRow() > self._rows:
            solver.deleteRows(*_range(self._rows, solver.getNumRow()))
            solver.deleteCols(*_range(self._columns, solver.getNumCol()))


def _range(first: int, end: int) -> tuple[int, NDArray[np.int32]]:
    places = np.arange(first, end, dtype=np.int32)
    return places.size, places
