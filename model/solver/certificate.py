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

Floats = NDArray[np.float64]

PRIMAL, DUAL, GAP = 1e-6, 1e-6, 1e-8
"""Largest violation of a row [its unit] and of a reduced cost [MEUR per unit]; relative gap."""


@dataclass(frozen=True)
class Certificate:
    """Largest violation of each optimality condition."""

    primal: float
    stationarity: float
    sign: float
    gap: float

    @property
    def holds(self) -> bool:
        """Whether every condition is met."""
        return (
            self.primal <= PRIMAL
            and self.stationarity <= DUAL
            and self.sign <= DUAL
            and self.gap <= GAP
        )


def certify(program: Program, solution: Solution) -> Certificate:
    """Check the optimality conditions; raise AuditError if one fails."""
    x, y, z = solution.x, solution.row_dual, solution.column_dual
    value = program.matrix @ x
    primal = max(
        _worst(program.row_lower - value),
        _worst(value - program.row_upper),
        _worst(program.lower - x),
        _worst(x - program.upper),
    )
    stationarity = float(np.abs(program.cost - program.matrix.T @ y - z).max(initial=0.0))
    rows, at_rows = _supported(y, program.row_lower, program.row_upper)
    columns, at_columns = _supported(z, program.lower, program.upper)
    bound = rows + columns + program.offset
    found, told = float(program.cost @ x) + program.offset, solution.objective
    gap = max(abs(found - bound), abs(found - told)) / max(1.0, abs(told))
    result = Certificate(primal, stationarity, max(at_rows, at_columns), gap)
    if not result.holds:
        raise AuditError(f"the solution is not proven optimal: {result}")
    return result


def _worst(excess: Floats) -> float:
    """Largest excess over a bound; NaN if one is."""
    return float(np.maximum(excess, 0.0).max(initial=0.0))


def _supported(dual: Floats, lower: Floats, upper: Floats) -> tuple[float, float]:
    """Value of the bounds at the duals, and the largest dual that no bound supports."""
    up, down = np.maximum(dual, 0.0), np.minimum(dual, 0.0)
    loose = max(up[np.isinf(lower)].max(initial=0.0), -down[np.isinf(upper)].min(initial=0.0))
    value = up[np.isfinite(lower)] @ lower[np.isfinite(lower)]
    value += down[np.isfinite(upper)] @ upper[np.isfinite(upper)]
    return float(value), float(loose)
