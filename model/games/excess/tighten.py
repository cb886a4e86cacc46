"""Tighten: hold the worst excess as low as it goes, then the next, over a growing set of rows.

    min ε   subject to   x(S) ≤ C(S) + ε · w(S)      coalitions that matter, outside the span
                         x(S) = C(S) + ε_S · w(S)    coalitions settled by the levels before
                         Σ x = C(N)

One such programme a level. A coalition whose dual is positive holds ε up: it is settled, and
with it what lies in the span of the settled. A full descent, over the rows at hand, ends in one
allocation; the oracle then looks, level by level, for a coalition that this allocation treats
worse than the level allows. It becomes a row, and the descent starts again; when there is none,
the levels are those of the whole game. Of 2^N rows, some hundreds suffice, because the end of a
descent lies in the middle of what the rows allow (row generation: Hallefjord, Helming and
Jörnsten 1995; Drechsel and Kimms 2010).

Costs are taken from those alone and divided by what is at stake, so that a gain of 1 % is not
lost in rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.games.core import everyone_only
from model.games.excess.oracle import Scale, oracle_of
from model.games.excess.pool import Pool
from model.games.excess.span import Span
from model.games.game import Game, GameError, Vector
from model.words.catalogue import say

CLOSE = 1e-9
"""A violation smaller than this, relative to what is at stake, is none."""

ROUNDING = 1e-12
"""A gain smaller than this, relative to the costs alone, is none."""

BATCH = 20
"""Most known coalitions that become rows at once."""

AHEAD = 3
"""Levels looked at before the first of them is proven."""

SMALL = 1e-4
"""Costs that differ by less than this, relative to those alone, are not blown up to be told apart:
that would make something of their last digit."""

POSITIVE = 1e-7
"""A dual above this holds ε up; those of a level sum to 1 over the weights."""


@dataclass(frozen=True)
class Level:
    """ε, and what was settled before: coalitions with their relative shares, and their span."""

    epsilon: float
    span: Span
    settled: list[tuple[Vector, float]]


class Tightening:
    """The levels of a game, and the allocation in which they end.

    Parameters
    ----------
    game : Game
    scale : Scale
        w(S).
    rational : bool
        No player pays more than alone.
    """

    def __init__(self, game: Game, scale: Scale, *, rational: bool) -> None:
        self.game, self.scale = game, scale
        self.oracle, self.pool = oracle_of(game), Pool(game)
        for members in (*np.eye(game.size), *(1.0 - np.eye(game.size))):
            game(game.coalition(members))
        self.pool.refresh()
        alone = game.alone.to_numpy()
        self.base = np.where(np.isfinite(alone), alone, 0.0)
        self.top = np.where(np.isfinite(alone) & rational, 0.0, np.inf)
        apart = np.abs(self.pool.costs - self.pool.rows @ self.base).max()
        self.unit = max(1e-12, SMALL * np.abs(self.base).sum(), apart)
        self.stake = float(self.unit + np.abs(self.base).max())
        self.active = [i for i, row in enumerate(self.pool.rows) if row.sum() < game.size]
        self.shares = self.base
        everyone = np.ones(game.size)
        gain = self.base.sum() - game.total
        if abs(gain) <= ROUNDING * np.abs(self.base).sum():
            gain = 0.0
        share = -gain / self.unit
        self.proven: list[Level] = []
        self.reached = Level(np.inf, everyone_only(game.size), [(everyone, share)])

    def solve(self, depth: int | None = None) -> list[Level]:
        """Levels, of which the first `depth` (all, if None) hold for every coalition.

        Raises
        ------
        GameError
            If infinite costs leave ε without a lower bound, or (rational) no allocation leaves
            every player at its cost alone or below.
        """
        while True:
            levels = self._descend()
            wanted = len(levels) if depth is None else depth - len(self.proven)
            if not self._doubtful(levels[:wanted]) and self._prove(levels, wanted):
                return self.proven

    def _doubtful(self, levels: list[Level]) -> bool:
        """Whether a quick look finds coalitions that the levels are too low for; they enter."""
        found = [self._challenged(level, prove=False) for level in levels[:AHEAD]]
        return any(found)

    def _prove(self, levels: list[Level], wanted: int) -> bool:
        """Prove levels one after another; False, and coalitions enter, where one does not hold.

        A level once proven stays: its ε, and what it settles, are those of the whole game.
        """
        for level, after in zip(levels[:wanted], [*levels[1:], self.reached], strict=False):
            if self._challenged(level, prove=True):
                return False
            self.proven.append(level)
            self.reached = after
        return True

    def _challenged(self, level: Level, *, prove: bool) -> bool:
        self.oracle.violated(self.shares, level.epsilon, self.scale, level.span, prove=prove)
        return self._enter(self.shares, level)

    def _enter(self, shares: Vector, level: Level) -> bool:
        """Make rows of known coalitions that the level treats too badly; whether there are any."""
        self.pool.refresh()
        rows = self.pool.rows
        weight = self.scale.constant + rows @ self.scale.each
        excess = rows @ shares - self.pool.costs - level.epsilon * weight
        excess[~level.span.outside(rows)] = -np.inf
        excess[self.active] = -np.inf
        worst = np.argsort(-excess, kind="stable")[:BATCH]
        fresh = [int(i) for i in worst if excess[i] > CLOSE * self.stake]
        self.active += fresh
        return bool(fresh)

    def _descend(self) -> list[Level]:
        """The levels not proven yet, over the known coalitions."""
        span, settled = self.reached.span.copy(), list(self.reached.settled)
        levels: list[Level] = []
        while span.rank < self.game.size:
            self.shares, epsilon, holding = self._least(span, settled)
            level = Level(epsilon, span.copy(), list(settled))
            if self._enter(self.shares, level):
                continue
            levels.append(level)
            for place in holding:
                members = self.pool.rows[place]
                if span.add(members):
                    value = self.pool.costs[place] + epsilon * self.scale.at(members)
                    settled.append((members, (value - members @ self.base) / self.unit))
        return levels

    def _least(
        self, span: Span, settled: list[tuple[Vector, float]]
    ) -> tuple[Vector, float, list[int]]:
        """Shares, ε, and the coalitions that hold it up."""
        from scipy.optimize import linprog  # slow to import, and seldom needed

        n, rows = self.game.size, self.pool.rows
        active = np.array(self.active, dtype=int)
        active = active[span.outside(rows[active])]
        if not active.size:
            raise GameError(
                say("not defined: too many coalitions have no plan alone (infinite costs)")
            )
        weight = self.scale.constant + rows[active] @ self.scale.each
        found = linprog(
            np.append(np.zeros(n), 1.0),
            A_ub=np.column_stack([rows[active], -weight]),
            b_ub=(self.pool.costs[active] - rows[active] @ self.base) / self.unit,
            A_eq=np.array([np.append(row, 0.0) for row, _ in settled]),
            b_eq=np.array([value for _, value in settled]),
            bounds=[*((-np.inf, top) for top in self.top), (-np.inf, np.inf)],
            method="highs-ds",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if found.status == 3:
            raise GameError(
                say("not defined: too many coalitions have no plan alone (infinite costs)")
            )
        if not found.success:
            raise GameError(say("no allocation leaves every player at its cost alone or below"))
        holding = active[-found.ineqlin.marginals > POSITIVE]
        shares = found.x[:n] * self.unit + self.base
        return shares, float(found.x[n]) * self.unit, holding.tolist()
