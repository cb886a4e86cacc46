"""Worth: what each member bears of the cost of a plan, at its marginal prices.

    Σ_rows share · (y⁺ r⁻ + y⁻ r⁺)  +  Σ_columns share · (z⁺ l + z⁻ u)  +  offset    [MEUR]

Owen's allocation: what a member brings (demand, potential, staff, budget …) at the dual prices of
the rows that hold it, and of the bounds of its activities. Summed over everyone, the objective.
Without cooperation nobody shares a row, and it is what each pays alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.cooperation.joint import worth
from model.cooperation.ownership import ownership
from model.outcome.solve import Plan

Floats = NDArray[np.float64]


def borne(plan: Plan) -> Floats:
    """What each member bears (epci) [MEUR]; sums to the objective of the plan."""
    owned = ownership(plan.program, plan.data)
    rows = worth(plan.program, plan.solution.row_dual, owned)
    if np.isclose(rows.sum(), plan.solution.objective, rtol=1e-9, atol=1e-6):
        return rows
    needs = owned.needs.astype(float)
    nobody = needs.sum(axis=1) == 0
    needs[nobody] = 1.0
    needs /= needs.sum(axis=1, keepdims=True)
    return np.asarray(rows + _bounds(plan.program, plan.solution.column_dual) @ needs)


def _bounds(program: Program, dual: Floats) -> Floats:
    """Value of the bounds of each column at its reduced cost."""
    low, high = (np.where(np.isfinite(side), side, 0.0) for side in (program.lower, program.upper))
    return np.asarray(np.maximum(dual, 0.0) * low + np.minimum(dual, 0.0) * high)
