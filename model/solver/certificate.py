"""Certificate: a solution proves itself optimal, by our own arithmetic.

    primal         r⁻ ≤ A x ≤ r⁺,  l ≤ x ≤ u
    stationarity   c − Aᵀ y − z = 0
    signs          y ≥ 0 where A x = r⁻ only, y ≤ 0 where A x = r⁺ only, y = 0 in between; z alike
    gap            c·x − (Σ y⁺ r⁻ + Σ y⁻ r⁺ + Σ z⁺ l + Σ z⁻ u) = 0, and c·x is the objective told

A point and duals that pass all four are optimal, whatever the solver said (Karush, Kuhn, Tucker).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import AuditError
from model.solver.highs import Solution
from model.words.catalogue import say

Floats = NDArray[np.float64]

PRIMAL, DUAL, GAP = 1e-6, 1e-6, 1e-8
"""Largest violation of a row [its unit] and of a reduced cost [MEUR per unit]; relative gap."""


@dataclass(frozen=True)
class Certificate:
    """Largest violation of each optimality condition, and what gap was asked for."""

    primal: float
    stationarity: float
    sign: float
    gap: float
    within: float = GAP

    @property
    def optimal(self) -> bool:
        """Whether no plan costs less."""
        return self.gap <= GAP

    @property
    def holds(self) -> bool:
        """Whether every condition is met."""
        return (
            self.primal <= PRIMAL
            and self.stationarity <= DUAL
            and self.sign <= DUAL
            and self.gap <= self.within
        )


def certify(program: Program, solution: Solution, gap: float = 0.0) -> Certificate:
    """Check the optimality conditions; raise AuditError if one fails.

    With a `gap`, that the plan costs at most a share of it more than any other may.
    """
    x, y, z = solution.x, solution.row_dual, solution.column_dual
    value = program.matrix @ x
    rows_out = np.concatenate([program.row_lower - value, value - program.row_upper])
    primal = _worst(np.concatenate([rows_out, program.lower - x, x - program.upper]))
    stationarity = float(np.abs(program.cost - program.matrix.T @ y - z).max(initial=0.0))
    rows, loose_rows = _supported(y, program.row_lower, program.row_upper)
    columns, loose_columns = _supported(z, program.lower, program.upper)
    sign = _worst(np.concatenate([loose_rows, loose_columns]))
    bound = rows + columns + program.offset
    found, told = float(program.cost @ x) + program.offset, solution.objective
    apart = _worst(np.abs([found - bound, found - told])) / max(1.0, abs(told))
    result = Certificate(primal, stationarity, sign, apart, max(gap, GAP))
    if not result.holds:
        raise AuditError(say("the solution is not proven optimal: {result}", result=result))
    return result


def _worst(excess: Floats) -> float:
    """Largest excess, 0 if there is none; NaN if one is."""
    return float(np.maximum(excess, 0.0).max(initial=0.0))


def _supported(dual: Floats, lower: Floats, upper: Floats) -> tuple[float, Floats]:
    """Value of the bounds at the duals, and the duals that no bound supports."""
    up, down = np.maximum(dual, 0.0), np.minimum(dual, 0.0)
    below, above = np.isfinite(lower), np.isfinite(upper)
    value = up[below] @ lower[below] + down[above] @ upper[above]
    return float(value), np.concatenate([up[~below], -down[~above]])
