"""Prices: partners are planned one by one at the prices of what they share, then joined.

    min Σ_p c_p·x_p + t·f   subject to   x_p ∈ X_p(f)                rows of partner p
                                         r⁻ ≤ Σ_p D_p x_p ≤ r⁺       rows that are shared
                                         f ≥ 0                       links from partner to partner

Some hundred rows are shared, however many the partners: pools by step and year, capital of the
vehicles. At prices π of those rows each partner minimises (c_p − D_pᵀπ)·x_p alone. Four steps lead
to a basis that is optimal for the whole, each from where the one before stands:

    sample    a few partners, each in the weight of those that it stands for, share: π
    alone     each partner at π, without links
    joined    two by two, those with the most links first, at π: links open, primal simplex
    whole     what is shared suffices: dual simplex (`sharing`)

Few pivots are left for each step, and most of them are made in small programs. After a first
sample, others of twice as many, solved from where their partners stand, teach better prices.

What is found is a basis: where it stands, `Solver` proves the optimum as for any other. A step that
finds no optimum (a partner who cannot do without links) gives up: None.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import ModelError, SolverLimitError
from model.solver.basis import BASIC, FREE, LOWER, UPPER, Basis
from model.solver.highs import Solution, Solver
from model.solver.owners import NOBODY, Owners
from model.solver.part import Part, cut
from model.solver.passing import DUAL, PRIMAL
from model.solver.reduced import Reduced
from model.solver.samples import SAMPLE, Samples
from model.solver.sharing import with_slack
from model.solver.unions import parts_of, unions
from model.words.catalogue import say

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

FEWEST = 2 * SAMPLE
"""Partners from which on it is worth it."""


def basis_by_prices(
    whole: Program,
    ends: tuple[Places, Places],
    solver: Solver,
    time_limit: float,
    fewest: int | None = None,
) -> Basis | None:
    """The basis of an optimum; None where this way leads to none.

    Parameters
    ----------
    ends : pair of arrays of int
        Places of the EPCI at both ends of each column, as in `owners`.
    solver : Solver
        Whose options are followed.
    time_limit : float
        Longest time [s].
    fewest : int, optional
        Partners from which on it is worth it.

    Raises
    ------
    SolverLimitError
        If a limit was met first.
    """
    until = time.perf_counter() + time_limit
    reduced = Reduced(whole)
    first, second = (end[reduced.columns] for end in ends)
    owners = Owners.of(reduced.program.matrix, first, second)
    if np.unique(owners.row[owners.row != NOBODY]).size < FEWEST:
        return None
    try:
        found = Joint(reduced.program, owners, solver.alike(), until).solved()
    except SolverLimitError:
        raise
    except (ModelError, _AstrayError):
        return None
    return reduced.back(*found)


class _AstrayError(Exception):
    """A step does not end at an optimum."""


class Joint:
    """A program of partners, the prices of what they share, and where columns and rows stand."""

    def __init__(self, program: Program, owners: Owners, solver: Solver, until: float) -> None:
        self._program, self._owners, self._solver, self._until = program, owners, solver, until
        self._samples = Samples(program, owners)
        self._x = np.zeros(program.cost.size)
        self._iterations = 0
        below, above = np.isfinite(program.lower), np.isfinite(program.upper)
        self._columns = np.where(below, LOWER, np.where(above, UPPER, FREE)).astype(np.int8)
        self._rows = np.full(program.row_lower.size, BASIC, dtype=np.int8)

    def solved(self) -> tuple[Solution, Basis]:
        """The optimum, and its basis."""
        each, samples = np.arange(self._owners.count), self._samples
        sample = samples.first()
        samples.learn(self._solver.solve(sample.program, self._left()), sample)
        self._plan(each, scratch=True)
        count = SAMPLE
        while 2 * count < each.size:
            count *= 2
            sample = samples.next(self._x, count)
            samples.learn(self._together(sample)[0], sample)
            self._plan(each)
        for label in unions(self._owners):
            self._plan(label)
        rows, columns = (np.arange(size) for size in self._program.matrix.shape)
        return self._together(Part(rows, columns, self._program))

    def _plan(self, label: Places, scratch: bool = False) -> None:
        """Solve each union of partners at the prices, from where its columns and rows stand."""
        cost = self._samples.cost
        for rows, columns in parts_of(self._program.matrix, self._owners, label):
            part = cut(self._program, rows, columns, cost)
            stood = Basis(self._columns[columns], self._rows[rows], 0)
            found, stands = self._from(part, stood, None if scratch else PRIMAL)
            self._x[columns] = found.x
            self._columns[columns], self._rows[rows] = stands.columns, stands.rows

    def _together(self, part: Part) -> tuple[Solution, Basis]:
        """Partners share, from where they stand: the slack of what is shared goes to 0."""
        size, shared = part.columns.size, np.flatnonzero(self._owners.shared[part.rows])
        stood = Basis(self._columns[part.columns], self._rows[part.rows], 0)
        whole, stood = with_slack(part.program, shared, self._samples.price, stood)
        found, stands = self._from(whole, stood, DUAL)
        stands.rows[shared[stands.columns[size:] == BASIC]] = BASIC
        found = replace(found, x=found.x[:size], column_dual=found.column_dual[:size])
        return found, Basis(stands.columns[:size], stands.rows, self._iterations)

    def _from(self, program: Program, basis: Basis, way: int | None) -> tuple[Solution, Basis]:
        """Solve a program from a basis in a way; without one from scratch."""
        if way is None:
            found: Solution | None = self._solver.solve(program, self._left())
        else:
            found = self._solver.go_on(program, basis, way, self._left())
        stands = self._solver.basis
        if found is None or stands is None:
            raise _AstrayError
        self._iterations += found.iterations
        return found, stands

    def _left(self) -> float:
        """Time that is left [s]."""
        left = self._until - time.perf_counter()
        if left <= 0:
            raise SolverLimitError(say("the time limit was reached before all parts were solved"))
        return left
