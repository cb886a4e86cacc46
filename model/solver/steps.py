"""Steps: a program of many steps is solved with few long ones, then with twice as many, and so on.

    min c·x     subject to    r⁻ ≤ A x ≤ r⁺        l ≤ x ≤ u           all steps
    min c·Jz    subject to   Mr⁻ ≤ M A J z ≤ Mr⁺   l̄ ≤ z ≤ ū           steps put together

Labels tell which columns are one quantity at several steps, and which rows one rule. J says that a
quantity is the same at all steps put together, M takes the mean of a rule over them, and bounds are
means too. What the long step does, basic or at which bound, its short steps do at first: from there
few pivots of the primal simplex are left. Almost all that scratch would take are made in small
programs, each of them cheap.

What is found is a basis: where it stands, `Solver` proves the optimum as for any other. Where a
program of longer steps has no optimum, this way gives up: None.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.compile.program import Span
from model.errors import ModelError, SolverLimitError
from model.solver.basis import Basis
from model.solver.highs import Solution, Solver
from model.solver.passing import PRIMAL
from model.solver.reduced import Reduced

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

FEWEST = 250
"""Steps to begin with; it takes twice as many to be worth it."""
NEVER = -1

Groups = tuple[Places, Places]
"""The first of each group, and the group of each."""


@dataclass(frozen=True)
class Series:
    """Which series columns, or rows, are of, and at which step; `NEVER` where at none."""

    number: Places
    step: Places

    @classmethod
    def of(cls, spans: Mapping[str, Span], size: int, steps: Sequence[str]) -> Series:
        """Those that labels tell: alike but for the step is of one series."""
        place = {step: i for i, step in enumerate(steps)}
        number, step = np.arange(size), np.full(size, NEVER)
        for span in spans.values():
            index = span.index
            for at, labels in enumerate(index.labels):
                if not index.size or not all(label in place for label in labels.values):
                    continue
                step[span.slice] = np.array([place[x] for x in labels.values])[index.code(at)]
                codes = [np.zeros_like(x) if i == at else x for i, x in enumerate(index.codes)]
                alike = np.ravel_multi_index(codes, [len(x) for x in index.labels])
                number[span.slice] = span.start + np.unique(alike, return_inverse=True)[1]
                break
        return cls(number, step)

    def at(self, places: Places) -> Series:
        """Some of them."""
        return Series(self.number[places], self.step[places])

    def together(self, length: int) -> Groups:
        """The groups of those that are one where so many steps are put together."""
        key = self.number * (self.step.max(initial=0) + 2) + self.step // length
        _, first, group = np.unique(key, return_index=True, return_inverse=True)
        return first, group


Both = tuple[Series, Series]
"""Series of columns and rows."""


def series_of(program: Program, steps: Sequence[str]) -> Both:
    """The series that labels of steps, in their order, make of columns and rows."""
    rows, columns = program.matrix.shape
    return (
        Series.of(program.variables, columns, steps),
        Series.of(program.constraints, rows, steps),
    )


def basis_by_steps(whole: Program, series: Both, solver: Solver, time_limit: float) -> Basis | None:
    """The basis of an optimum; None where this way leads to none.

    Parameters
    ----------
    series : pair of Series
        Those of the columns and of the rows, as in `series_of`.
    solver : Solver
        Whose options are followed.
    time_limit : float
        Longest time [s].

    Raises
    ------
    SolverLimitError
        If a limit was met first.
    """
    until = time.perf_counter() + time_limit
    longest = (int(series[0].step.max(initial=NEVER)) + 1) // FEWEST
    if longest < 2:
        return None
    solver, reduced = solver.alike(), Reduced(whole)
    if not reduced.columns.size:
        return None
    columns, rows = series[0].at(reduced.columns), series[1].at(reduced.rows)
    found: Solution | None = None
    basis: Basis | None = None
    for doubled in reversed(range(longest.bit_length())):
        alike = columns.together(2**doubled), rows.together(2**doubled)
        found, basis = _stood(reduced.program, alike, basis, solver, until)
        if found is None or basis is None:
            return None
    return reduced.back(found, basis) if found and basis else None


def _stood(
    program: Program,
    alike: tuple[Groups, Groups],
    before: Basis | None,
    solver: Solver,
    until: float,
) -> tuple[Solution, Basis] | tuple[None, None]:
    """The optimum of steps put together, of each column and row; None where there is none."""
    (column, of_column), (row, of_row) = alike
    short = _together(program, of_column, of_row)
    left = max(until - time.perf_counter(), 0.0)
    if before is None:
        try:
            found: Solution | None = solver.solve(short, left)
        except SolverLimitError:
            raise
        except ModelError:
            return None, None
    else:
        first = Basis(before.columns[column], before.rows[row], 0)
        found = solver.go_on(short, first, PRIMAL, left)
    basis = solver.basis
    if found is None or basis is None:
        return None, None
    spread = replace(
        found,
        x=found.x[of_column],
        row_dual=found.row_dual[of_row],
        column_dual=found.column_dual[of_column],
    )
    done = found.iterations + (before.iterations if before else 0)
    return spread, Basis(basis.columns[of_column], basis.rows[of_row], done)


def _together(program: Program, column: Places, row: Places) -> Program:
    """A program whose columns of a group are one, and whose rows of a group are their mean."""
    join = sp.csr_array((np.ones(column.size), (np.arange(column.size), column)))
    mean = sp.csr_array((1 / np.bincount(row)[row], (row, np.arange(row.size))))
    return replace(
        program,
        matrix=sp.csr_array(mean @ program.matrix @ join),
        row_lower=_mean(row, program.row_lower),
        row_upper=_mean(row, program.row_upper),
        cost=program.cost @ join,
        lower=_mean(column, program.lower),
        upper=_mean(column, program.upper),
    )


def _mean(at: Places, values: Floats) -> Floats:
    """The mean of each group."""
    return np.bincount(at, values) / np.bincount(at)
