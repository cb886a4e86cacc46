"""Programme: arrays into HiGHS and back, keeping the basis from one solve to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.errors import SolverLimitError
from model.games.game import GameError, Vector
from model.words.catalogue import say

FORMAT = {"csc": 1, "csr": 2}
"""HiGHS' numbers for a matrix by columns, and by rows."""

MINIMISE = 1
PRIMAL_SIMPLEX = 4

STATUS = highspy.HighsModelStatus
LIMITS = (STATUS.kTimeLimit, STATUS.kIterationLimit, STATUS.kMemoryLimit, STATUS.kInterrupt)

LOWER, BASIC, UPPER = 0, 1, 2
STATUSES = [highspy.HighsBasisStatus(number) for number in range(5)]

Statuses = NDArray[np.int8]


@dataclass(frozen=True)
class Linear:
    """min cost·x within bounds on x and on matrix·x; `name` says whose."""

    name: str
    matrix: sp.csr_array | sp.csc_array
    cost: Vector
    column_bounds: tuple[Vector, Vector]
    row_bounds: tuple[Vector, Vector]


@dataclass(frozen=True)
class Basis:
    """How each row and column stands at an optimum, in HiGHS' numbers."""

    rows: Statuses
    columns: Statuses

    def of_part(self, rows: NDArray[np.bool_], columns: NDArray[np.bool_]) -> Basis:
        """That of some rows and columns."""
        return Basis(self.rows[rows], self.columns[columns])


def load(linear: Linear, **options: bool | int | float | str) -> Any:
    """A solver that holds a linear programme; one thread."""
    matrix = linear.matrix
    solver = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, **options}.items():
        solver.setOptionValue(name, value)
    rows, columns = matrix.shape
    solver.passModel(
        columns,
        rows,
        matrix.nnz,
        FORMAT[matrix.format],
        MINIMISE,
        0.0,
        linear.cost,
        *linear.column_bounds,
        *linear.row_bounds,
        matrix.indptr.astype(np.int32, copy=False),
        matrix.indices.astype(np.int32, copy=False),
        matrix.data,
        np.zeros(columns, dtype=np.int32),
    )
    return solver


def optimum(solver: Any, what: str) -> float:
    """Run the solver: the least cost, or infinity if there is no plan.

    Raises
    ------
    SolverLimitError
        If a limit was met first.
    GameError
        If the cost has no lower bound, or HiGHS fails; `what` says whose cost it is.
    """
    solver.run()
    if solver.getModelStatus() == STATUS.kUnboundedOrInfeasible:
        solver.setOptionValue("presolve", "off")
        solver.run()
    status = solver.getModelStatus()
    if status == STATUS.kInfeasible:
        return np.inf
    words = say("{what}: {status}", what=what, status=solver.modelStatusToString(status))
    if status in LIMITS:
        raise SolverLimitError(words)
    if status != STATUS.kOptimal:
        raise GameError(words)
    return float(solver.getInfo().objective_function_value)


@dataclass(frozen=True)
class Optimum:
    """Least cost, infinity if there is no plan; and, if there is one, its basis and its point."""

    value: float
    basis: Basis | None = None
    point: Vector | None = None


def solve(linear: Linear, start: Basis | None, time_limit: float = np.inf) -> Optimum:
    """Solve a programme, from a basis if one is given.

    A start is improved by the primal simplex, which a plan that is feasible as it is asks for; its
    bounds are not perturbed, since a quarter of the time went into taking that back.
    """
    solver = load(linear, time_limit=time_limit)
    if start is not None:
        solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        solver.setOptionValue("primal_simplex_bound_perturbation_multiplier", 0.0)
        start_from(solver, start)
    value = optimum(solver, linear.name)
    if value == np.inf:
        return Optimum(value)
    found = solver.getSolution()
    x, rows = np.array(found.col_value), np.array(found.row_value)
    return Optimum(value, _basis(solver, linear, rows, x), x)


def start_from(solver: Any, start: Basis) -> None:
    """Start from a basis, which may have too few or too many basic variables."""
    given = highspy.HighsBasis()
    given.valid = given.alien = True
    given.row_status = [STATUSES[s] for s in start.rows.tolist()]
    given.col_status = [STATUSES[s] for s in start.columns.tolist()]
    solver.setBasis(given)


def _basis(solver: Any, linear: Linear, rows: Vector, columns: Vector) -> Basis:
    """The basis at which HiGHS stands; its own list of statuses takes long to read."""
    _, basic = solver.getBasicVariables()
    at_rows, at_columns = _sides(rows, linear.row_bounds), _sides(columns, linear.column_bounds)
    at_columns[basic[basic >= 0]] = BASIC
    at_rows[-1 - basic[basic < 0]] = BASIC
    return Basis(at_rows, at_columns)


def _sides(value: Vector, bounds: tuple[Vector, Vector]) -> Statuses:
    """Which bound is nearer."""
    lower, upper = bounds
    return np.where(upper - value < value - lower, UPPER, LOWER).astype(np.int8)
