"""Parts: a program that falls apart is solved part by part.

    min Σ_p c_p·x_p   subject to   r⁻_p ≤ A_p x_p ≤ r⁺_p,   l_p ≤ x_p ≤ u_p      for each part p

Two columns are of one part when a row holds both, or a chain of rows links them; columns that
cannot move (l = u) link nothing, and move to the sides of their rows. Points and duals side by side
are those of the whole. Partners who exchange nothing make a part each: time then grows with their
number only, which the simplex on the whole is far from.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from model.compile import Program
from model.errors import SolverLimitError
from model.solver.highs import LARGE, Option, Solution, Solver
from model.solver.owners import ends_of, ends_of_pool
from model.solver.part import Part
from model.solver.pool import Ends, pool
from model.solver.prices import basis_by_prices
from model.solver.steps import Both, basis_by_steps, series_of
from model.solver.ties import Ties
from model.solver.within import Within
from model.words.catalogue import say

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Labels:
    """What labels mean: origin, destination and carrier of each link, and the order of steps."""

    ends: Ends | None = None
    steps: Sequence[str] = ()


@dataclass(frozen=True)
class Told:
    """What is told of columns and rows: both ends of links, and series of steps."""

    ends: tuple[Places, Places] | None
    series: Both | None
    within: Within | None = None

    def of_part(self, rows: Places, columns: Places) -> Told:
        """That of some rows and columns."""
        return Told(
            self.ends and (self.ends[0][columns], self.ends[1][columns]),
            self.series and (self.series[0].at(columns), self.series[1].at(rows)),
            self.within,
        )


def solve_program(
    program: Program,
    method: str = "choose",
    time_limit: float = 600.0,
    options: Mapping[str, Option] | None = None,
    ties: Ties | None = None,
) -> Solution:
    """Solve one program from scratch; raises as `Solver` does."""
    return solve_apart(program, Solver(method, options), time_limit, ties=ties)


def solve_apart(
    program: Program,
    solver: Solver,
    time_limit: float = 600.0,
    labels: Labels | None = None,
    ties: Ties | None = None,
    within: Within | None = None,
) -> Solution:
    """Solve a program from scratch, part by part; raises as `Solver.solve` does.

    Parameters
    ----------
    time_limit : float
        Longest time for all the parts [s].
    labels : Labels, optional
        What its labels mean: a large program is then solved by pools, prices or steps.
    ties : Ties, optional
        What chooses among equal plans and prices.
    within : Within, optional
        How near is near enough, for a large program of many partners.
    """
    if program.matrix.nnz <= LARGE or labels is None:
        return _apart(program, solver, time_limit, ties)
    series = series_of(program, labels.steps) if labels.steps else None
    if not labels.ends:
        return _apart(program, solver, time_limit, ties, Told(None, series))
    named, pooled = ends_of(program, labels.ends), pool(program, labels.ends)
    told = Told(named, series, within)
    if pooled is None:
        return _apart(program, solver, time_limit, ties, told)
    started = time.perf_counter()
    if 2 * pooled.pairs.column.size > (named[0] != named[1]).sum():
        within = None  # what everybody shares with everybody is no matter of unions
    there, its = Told(ends_of_pool(pooled, *named), None, within), ties and pooled.ties(ties)
    back = pooled.spread(_apart(pooled.program, solver, time_limit, its, there))
    if back is not None:
        return back
    left = started + time_limit - time.perf_counter()
    return _apart(program, solver, max(left, 0.0), ties, told)


def _apart(
    program: Program,
    solver: Solver,
    time_limit: float,
    ties: Ties | None,
    told: Told | None = None,
) -> Solution:
    fixed = program.lower == program.upper
    labels = _labels(program, ~fixed)
    if labels.max(initial=0) == 0:
        return _in_one(program, solver, time_limit, ties, told)
    started = time.perf_counter()
    x, y = np.where(fixed, program.lower, 0.0), np.zeros(program.matrix.shape[0])
    iterations, unique = 0, True
    for part in _parts(program, fixed, labels):
        left = started + time_limit - time.perf_counter()
        if left <= 0:
            raise SolverLimitError(say("the time limit was reached before all parts were solved"))
        mine = None if ties is None else ties.of_part(part.rows, part.columns)
        there = told and told.of_part(part.rows, part.columns)
        found = _in_one(part.program, solver, left, mine, there)
        x[part.columns], y[part.rows] = found.x, found.row_dual
        iterations += found.iterations
        unique = unique and found.unique
    return Solution(
        objective=float(program.cost @ x) + program.offset,
        x=x,
        row_dual=y,
        column_dual=np.asarray(program.cost - program.matrix.T @ y),
        iterations=iterations,
        unique=unique,
    )


def _in_one(
    program: Program,
    solver: Solver,
    time_limit: float,
    ties: Ties | None,
    told: Told | None,
) -> Solution:
    """Solve what does not fall apart; from where prices or steps lead to, if they do."""
    started = time.perf_counter()
    if told is not None and solver.chooses and program.matrix.nnz > LARGE:
        if told.ends and told.within:
            found = told.within.plan(program, told.ends, solver, time_limit)
            if found is not None:
                return found
        left = started + time_limit - time.perf_counter()
        basis = told.ends and basis_by_prices(program, told.ends, solver, left)
        if basis is None and told.series is not None:
            left = started + time_limit - time.perf_counter()
            basis = basis_by_steps(program, told.series, solver, left)
        if basis is not None:
            solver.stand(program, basis)
    left = started + time_limit - time.perf_counter()
    return solver.solve(program, max(left, 0.0), ties)


def _labels(program: Program, free: NDArray[np.bool_]) -> Places:
    """The number of the part of each row, then of each column.

    What stands alone is of the largest part; where all does, the number is −1.
    """
    matrix, (rows, columns) = program.matrix, program.matrix.shape
    linked = free[matrix.indices] & (matrix.data != 0)
    before = np.append(0, np.cumsum(linked))[matrix.indptr]
    starts = np.append(before, np.full(columns, before[-1]))
    ends = matrix.indices[linked] + rows
    size = rows + columns
    graph = sp.csr_array((np.ones(ends.size), ends, starts), shape=(size, size))
    _, found = connected_components(graph, directed=False)
    counts = np.bincount(found)
    alone = counts == 1
    number = np.cumsum(~alone) - 1
    number[alone] = number[counts.argmax()]
    return np.asarray(number[found], dtype=np.int64)


def _parts(program: Program, fixed: NDArray[np.bool_], labels: Places) -> Iterator[Part]:
    """Each part, cut from the program with its rows and columns sorted by part."""
    count, free = program.matrix.shape[0], np.flatnonzero(~fixed)
    of_row, of_column = labels[:count], labels[count:][free]
    rows, columns = np.argsort(of_row, kind="stable"), np.argsort(of_column, kind="stable")
    columns = free[columns]
    matrix = program.matrix[rows][:, columns]
    moved = program.matrix @ np.where(fixed, program.lower, 0.0)
    numbers = np.arange(labels.max() + 2)
    first_row = np.searchsorted(of_row[rows], numbers)
    first_column = np.searchsorted(labels[count:][columns], numbers)
    for low, high, left, right in zip(
        first_row[:-1], first_row[1:], first_column[:-1], first_column[1:], strict=True
    ):
        mine, ours = rows[low:high], columns[left:right]
        yield Part(
            mine,
            ours,
            replace(
                program,
                matrix=matrix[low:high, left:right],
                row_lower=program.row_lower[mine] - moved[mine],
                row_upper=program.row_upper[mine] - moved[mine],
                cost=program.cost[ours],
                offset=0.0,
                lower=program.lower[ours],
                upper=program.upper[ours],
            ),
        )
