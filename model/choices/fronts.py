"""Fronts: what a figure costs, step by step.

    min  c · x    over plain plans with   q(x) ≤ q_p,      p = 0 … P − 1

    q_0 is that of the plan, q_{P−1} the least within the budget, the others evenly between

Only the side of one row changes from point to point: the dual simplex goes on from where it was.
Cost as a function of q_p is convex, as of any linear program; the dual of the row is its slope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.choices.price import Search
from model.compile import Program
from model.solver import Solver

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Point:
    """A plan of a front, its cost [MEUR] and what one unit less would cost [MEUR per unit]."""

    x: Floats
    cost: float
    slope: float


def front(
    search: Search, solver: Solver, weights: Floats, budget: float, points: int
) -> Iterator[Point]:
    """The plans that have ever less of `weights @ x`, at the least cost, within a budget [MEUR]."""
    program, basis, x = search.program, search.basis, search.x
    start, end = float(weights @ x), search.least(weights, budget).value
    row = sp.csr_array(weights[None, :])
    matrix = sp.csr_array(sp.vstack([program.matrix, row]))
    solver.stand(_under(program, matrix, np.inf), basis.with_rows(1))
    yield Point(x, float(program.cost @ x) + program.offset, 0.0)
    for level in np.linspace(start, end, points)[1:]:
        found = solver.solve(_under(program, matrix, float(level)))
        yield Point(found.x, found.objective, -float(found.row_dual[-1]))


def _under(program: Program, matrix: sp.csr_array, level: float) -> Program:
    return replace(
        program,
        matrix=matrix,
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, level),
    )
