"""Staged: the first step that costs least on average, by cuts of every draw (L-shaped method).

    z* = min_x  Σ_s w_s φ_s(x)          x ≥ 0
    model  m(x) = min Σ_s w_s θ_s   θ_s ≥ φ_s(x_k) + g_sk · (x − x_k)  for every step x_k tried
                                    θ_s ≥ the cost of the plan that knows draw s

    bound  min_x m(x) ≤ z*         proven, over all x
    next   min m(x) with | x_j − x°_j | ≤ ρ · width_j      x° is the best step until now

A cut for each draw (Birge and Louveaux 1988) and a box around the best step (Linderoth and Wright
2003, doi:10.1023/A:1021858008222): without it the first hundred steps jump from corner to corner.
The box doubles where the model held what it promised, and halves where it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.robust.recourse import Cut, Recourse
from model.solver import Solver

Floats = NDArray[np.float64]
Told = Callable[[float, float], object]

START, SMALLEST, LARGEST = 2.0**-6, 2.0**-12, 4.0
"""Half-widths of the box [widths]."""
HELD, BETTER = 0.5, 0.1
"""Part of a promise from which it is held; from which a step is a better one."""
SLIVER = 0.01
"""Width of what no draw builds by itself, as a share of the widest."""
STEPS = 400
"""Most steps that are tried."""
TINY = 1e-9
"""A promise below is none [MEUR]."""


@dataclass(frozen=True)
class Staged:
    """A first step, what it costs in each draw and on average, and the least that any costs.

    `begun` is what the step that was tried first costs in each draw.
    """

    x: Floats
    cuts: Sequence[Cut]
    begun: Sequence[Cut]
    cost: float
    bound: float
    tried: int


def staged(
    draws: Sequence[Recourse],
    weights: Floats,
    start: Floats,
    gap: float,
    jobs: int = 1,
    told: Told | None = None,
) -> Staged:
    """The best first step, its cost known to `gap` [MEUR], or as well as `STEPS` steps tell.

    Parameters
    ----------
    start : array
        The step that is tried first, such as the one of the mean.
    jobs : int
        Draws at once, in threads: HiGHS lets others work. What is found does not depend on it.
    told : callable (cost, bound), optional
        Told after each step.
    """
    model = _Model(draws, weights)
    width = np.max([draw.own for draw in draws], axis=0)
    width = np.maximum(width, SLIVER * (width.max() or 1.0))
    tried, size, bound = 1, START, -np.inf
    with ThreadPoolExecutor(jobs) as threads:

        def follow(x: Floats) -> tuple[list[Cut], float]:
            cuts = list(threads.map(partial(Recourse.follow, x=x), draws))
            model.add(x, cuts)
            return cuts, float(weights @ [cut.value for cut in cuts])

        best = start = np.maximum(start, 0.0)
        cuts, cost = begun, _ = follow(start)
        while tried < STEPS:
            bound = max(bound, model.least(np.zeros_like(best))[1])
            if told is not None:
                told(cost, bound)
            if cost - bound <= gap:
                break
            x, promised = model.least(best - size * width, best + size * width)
            (others, other), tried = follow(x), tried + 1
            kept = (cost - other) / max(cost - promised, TINY)
            size *= 2.0 if kept > HELD else 1.0 if kept > BETTER else 0.5
            size = min(max(size, SMALLEST), LARGEST)
            if other < cost:
                best, cuts, cost = x, others, other
    return Staged(best, cuts, begun, cost, min(bound, cost), tried)


class _Model:
    """What the cuts know of the cost: a small linear program in x and θ."""

    def __init__(self, draws: Sequence[Recourse], weights: Floats) -> None:
        self._weights, self._size = weights, draws[0].own.size
        self._rows: list[Floats] = []
        self._sides: list[float] = []
        for place, draw in enumerate(draws):
            self._row(place, np.zeros(self._size), draw.best)

    def add(self, x: Floats, cuts: Sequence[Cut]) -> None:
        """A cut of each draw at a step."""
        for place, cut in enumerate(cuts):
            self._row(place, cut.slope, cut.value - float(cut.slope @ x))

    def _row(self, place: int, slope: Floats, side: float) -> None:
        """θ − slope · x ≥ side."""
        row = np.zeros(self._size + len(self._weights))
        row[: self._size], row[self._size + place] = -slope, 1.0
        self._rows.append(row)
        self._sides.append(side)

    def least(self, low: Floats, high: Floats | None = None) -> tuple[Floats, float]:
        """The step that costs least by the model, within limits, and what it costs."""
        free = np.full(len(self._weights), np.inf)
        above = np.full(self._size, np.inf) if high is None else high
        sides = np.array(self._sides)
        program = Program(
            sp.csr_array(np.array(self._rows)),
            sides,
            np.full(sides.size, np.inf),
            np.append(np.zeros(self._size), self._weights),
            0.0,
            np.append(np.maximum(low, 0.0), -free),
            np.append(above, free),
            {},
            {},
            {},
        )
        found = Solver("simplex").solve(program)
        return found.x[: self._size], found.objective
