"""Linear game: partners put their endowments together in one linear programme.

    C(S) = Σ_{i∈S} k_i + min c·w   subject to   A w ≥ Σ_{i∈S} b_i,   w ≥ 0      (rows ≥, ≤ or =)

One programme is loaded, in which each player is a column z_i of its endowments, between 0 and 1:

    min c·w + k·z   subject to   A w − B z ≥ 0

    z fixed at 0 and 1        the cost of a coalition; each next one starts from the last basis
    reduced cost of z_i       k_i + y·b_i: what the endowments of i are worth at the dual prices y
    z free, objective − x·z   a fuzzy coalition that x treats badly; none: x is in the core
    z of 0 and 1              the worst-treated coalition, by one mixed-integer programme

The prices y of any coalition bound the costs of all: C(T) ≥ Σ_{i∈T} (k_i + y·b_i), since what
is dual-feasible does not depend on endowments (Owen 1975). Small games are searched with these
bounds: a coalition is solved only if its bound does not already clear it.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import ArrayLike

from model.errors import SolverLimitError
from model.games.excess.oracle import Oracle, Scale
from model.games.excess.search import Search
from model.games.excess.span import Span
from model.games.game import Coalition, Game, GameError, Vector, listed
from model.games.linear.cuts import Cuts
from model.games.linear.probe import Probe
from model.games.linear.programme import Linear, load, optimum
from model.games.linear.separation import Separation
from model.words.catalogue import say

SEARCHED = 14
"""Most players for which all coalitions are kept in view, with bounds instead of costs."""

SENSES = (">=", "<=", "=")

LARGE = 20_000
"""Non-zeros beyond which one integer programme takes longer than many coalitions."""


class LinearGame(Game):
    """A game whose costs are optima of one linear programme.

    Parameters
    ----------
    players : iterable of hashable
    cost : array (activity,)
        c.
    matrix : array or sparse array (row, activity)
        A; the same for every coalition.
    endowments : array (row, player)
        B: what each player adds to the right-hand side of each row.
    senses : array of ">=", "<=" or "=" (row,)
        One for each row; all ">=" if not given.
    constants : array (player,), optional
        k: costs that no decision changes.

    Attributes
    ----------
    time_limit : float
        Longest time for all coalitions, from the first that is asked for [s].

    Raises
    ------
    GameError
        If shapes disagree, a number is not finite, or a coalition's cost has no lower bound; later,
        if time is at its end.
    """

    def __init__(
        self,
        players: Iterable[Hashable],
        cost: ArrayLike,
        matrix: Any,
        endowments: ArrayLike,
        senses: ArrayLike | None = None,
        constants: ArrayLike | None = None,
    ) -> None:
        super().__init__(players, self._solve)
        self.time_limit = np.inf
        self.activities = np.asarray(cost, dtype=float)
        self.matrix = sp.csc_array(matrix)
        self.endowments = np.asarray(endowments, dtype=float).reshape(-1, self.size)
        rows, columns = self.matrix.shape
        self.senses = np.array([">="] * rows if senses is None else senses, dtype=str)
        self.constants = np.zeros(self.size) if constants is None else np.asarray(constants, float)
        shapes = (len(self.activities), len(self.endowments), len(self.senses), len(self.constants))
        if shapes != (columns, rows, rows, self.size):
            raise GameError(say("costs, rows, endowments and constants do not fit together"))
        if not np.isin(self.senses, SENSES).all():
            raise GameError(say("a row is one of {known}", known=", ".join(SENSES)))
        parts = (self.activities, self.matrix.data, self.endowments, self.constants)
        if not all(np.isfinite(part).all() for part in parts):
            raise GameError(say("a number of the programme is not finite"))
        self._plan: Vector | None = None
        self._worths: dict[Coalition, Vector] = {}
        self._bounds: list[Vector] = []
        self._kept: set[bytes] = set()

    @cached_property
    def _loaded(self) -> Any:
        return self.programme()

    def programme(self) -> Any:
        """The programme with a column for each player, free between 0 and 1, as a new solver."""
        both = sp.hstack([self.matrix, -sp.csc_array(self.endowments)], format="csc")
        lower = np.where(self.senses == "<=", -np.inf, 0.0)
        higher = np.where(self.senses == ">=", np.inf, 0.0)
        upper = np.append(np.full(self.activities.size, np.inf), np.ones(self.size))
        cost = np.append(self.activities, self.constants)
        return load(Linear("the game", both, cost, (np.zeros_like(upper), upper), (lower, higher)))

    @property
    def places(self) -> list[int]:
        """Columns of the players in the programme."""
        return list(range(self.activities.size, self.activities.size + self.size))

    @cached_property
    def _until(self) -> float:
        return time.perf_counter() + self.time_limit

    def _solve(self, coalition: Coalition) -> float:
        members = np.array([player in coalition for player in self.players], dtype=float)
        left, solver = self._until - time.perf_counter(), self._loaded
        for place, value in zip(self.places, members, strict=True):
            solver.changeColBounds(place, value, value)
        solver.setOptionValue("time_limit", solver.getRunTime() + max(left, 0.0))
        try:
            value = optimum(solver, say("the cost of {coalition}", coalition=listed(coalition)))
        except SolverLimitError:
            raise GameError(
                say(
                    "not found among {size} players in {limit:.0f} s; make groups of them",
                    size=self.size,
                    limit=self.time_limit,
                )
            ) from None
        if value == np.inf:
            return value
        found = solver.getSolution()
        self._worths[coalition] = np.array(found.col_dual[self.activities.size :])
        if coalition == self.everyone:
            self._plan = np.array(found.col_value[: self.activities.size])
        self._remember(self._worths[coalition])
        return value

    @property
    def plan(self) -> Vector:
        """What everyone together does, by activity."""
        if self._plan is None:
            self._solve(self.everyone)
        if self._plan is None:
            raise GameError(say("there is no plan for everyone together"))
        return self._plan

    def take(self, cost: float, plan: Vector, worth: Vector | None = None) -> None:
        """Take the cost and the plan of everyone, solved elsewhere, as known; and its prices.

        `worth` is what endowments are worth at them, by player.
        """
        self.remember({self.everyone: cost})
        self._plan = plan
        if worth is not None:
            self._worths[self.everyone] = worth
            self._remember(worth)

    def _remember(self, bound: Vector) -> None:
        """Keep a bound that is not there already, to nine digits."""
        key = np.round(bound / max(1e-12, np.abs(bound).max()), 9).tobytes()
        if key not in self._kept:
            self._kept.add(key)
            self._bounds.append(bound)

    def worth(self, coalition: Iterable[Any]) -> pd.Series[float]:
        """What each player's endowments are worth at the dual prices of a coalition's optimum.

        Summed over the coalition, its cost; over any other, no more than its cost.
        """
        key = frozenset(coalition)
        self.finite(key)
        return self.series(self._worths[key])

    def certificate(self, allocation: pd.Series[float]) -> float:
        """Largest excess of a fuzzy coalition: 0 proves that the allocation is in the core.

        Players take part by any share between 0 and 1: one linear programme, whatever their
        number. Above 0 nothing is proven, except for the marginal-price allocation.
        """
        return -self._relaxed(self.vector(allocation))

    def _relaxed(self, x: Vector) -> float:
        solver = self._loaded
        for place, value, constant in zip(self.places, x, self.constants, strict=True):
            solver.changeColBounds(place, 0.0, 1.0)
            solver.changeColCost(place, constant - value)
        value = optimum(solver, "the certificate")
        for place, constant in zip(self.places, self.constants, strict=True):
            solver.changeColCost(place, constant)
        return value

    def worst(
        self, x: Vector, epsilon: float, scale: Scale, span: Span
    ) -> tuple[Vector, float] | None:
        """See `Oracle`: a search with bounds if the game is small, else an integer programme."""
        return self._oracle.worst(x, epsilon, scale, span)

    def violated(self, x: Vector, epsilon: float, scale: Scale, span: Span, *, prove: bool) -> None:
        """See `Oracle`."""
        self._oracle.violated(x, epsilon, scale, span, prove=prove)

    @cached_property
    def _oracle(self) -> Oracle:
        if not self._bounds:
            self._solve(self.everyone)
        if self.size <= SEARCHED:
            return Search(self, self._bounds)
        if self.matrix.nnz > LARGE:
            return Cuts(self, self._bounds)
        return Separation(self, self.programme(), self.places, Probe(self, self._bounds))
