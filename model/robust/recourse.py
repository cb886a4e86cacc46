"""Recourse: what following a first step costs in a draw, and how that changes with it.

    φ_s(x) = c_s · x + min { q_s · y :  rows of draw s,  0 ≤ y_F ≤ x }

    x  first step   what is decided before it is known which draw comes: capacity ordered [GW]
    F  its columns  what of it comes into service; q_s is 0 there, as it is paid for
    c  its cost     annuities, over the years that the plan pays them, discounted [MEUR/GW]

What is ordered is paid for in every draw, whether or not it can be built or is of use there; more
than that is not in service until later. So a step can be followed in every draw, wherever a plan
without any new plant until then can be. φ_s is convex, and the reduced costs of y_F at x are its
slope: φ_s(x') ≥ φ_s(x) + g · (x' − x), g = c + min(reduced cost, 0), whatever x' is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.solver import Solver

Floats = NDArray[np.float64]

PATIENCE = 0.6
"""A start from the basis of the step before is worth waiting for [1]."""


@dataclass(frozen=True)
class Cut:
    """What a step costs in a draw, its slope, and what of it is in service."""

    value: float
    slope: Floats
    served: Floats


class Recourse:
    """A draw, solved for one first step after another; each solve starts from the one before.

    Attributes
    ----------
    best : float
        Cost of the plan that knows the draw [MEUR].
    own : array
        Its first step [GW].
    cost : array
        Of the first step [MEUR/GW].
    """

    def __init__(self, program: Program, columns: NDArray[np.int64], solver: Solver) -> None:
        bare = replace(program, variables={}, constraints={}, expressions={})
        found = solver.solve(bare)
        self.best, self.own = found.objective, found.x[columns]
        self.cost = program.cost[columns].copy()
        paid = program.cost.copy()
        paid[columns] = 0.0
        self._program, self._columns, self._solver = replace(bare, cost=paid), columns, solver

    def follow(self, x: Floats) -> Cut:
        """What a first step costs; InfeasibleError where it leaves no plan."""
        upper = self._program.upper.copy()
        upper[self._columns] = np.minimum(upper[self._columns], np.maximum(x, 0.0))
        found = self._solver.solve(replace(self._program, upper=upper))
        slope = self.cost + np.minimum(found.column_dual[self._columns], 0.0)
        return Cut(float(self.cost @ x) + found.objective, slope, found.x[self._columns])
