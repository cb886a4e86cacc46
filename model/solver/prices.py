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
    whole     D x + s with s free at price π is what is solved by now; s = 0, dual simplex

Few pivots are left for each step, and most of them are made in small programs. A first sample is
told by size; then partners whose plans use what is shared alike are put together (Ward's method on
D x π), the one nearest to their mean stands for them, and samples of twice as many, solved from
where their partners stand, teach better prices.

What is found is a basis: where it stands, `Solver` proves the optimum as for any other. A step that
finds no optimum (a partner who cannot do without links) gives up: None.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.errors import ModelError, SolverLimitError
from model.solver.highs import Basis, Solution, Solver
from model.solver.owners import NOBODY, Owners
from model.solver.part import Part, cut
from model.solver.passing import DUAL, PRIMAL
from model.solver.reduced import Reduced
from model.solver.unions import parts_of, unions, weights
from model.words.catalogue import say

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

SAMPLE = 10
"""Partners of a sample; half of them the largest, who stand for themselves only."""
FEWEST = 2 * SAMPLE
"""Partners from which on it is worth it."""
SMALL = 1e-3
"""Size of a partner who shares nothing, in that of the one who shares most."""

LOWER, BASIC, UPPER, FREE = 0, 1, 2, 3
"""Statuses of HiGHS."""


def basis_by_prices(
    whole: Program, ends: tuple[Places, Places], solver: Solver, time_limit: float
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
        self._shared = np.flatnonzero(owners.shared)
        self._use = program.matrix[self._shared]
        self._price = np.zeros(self._shared.size)
        self._x = np.zeros(program.cost.size)
        self._iterations = 0
        below, above = np.isfinite(program.lower), np.isfinite(program.upper)
        self._columns = np.where(below, LOWER, np.where(above, UPPER, FREE)).astype(np.int8)
        self._rows = np.full(program.row_lower.size, BASIC, dtype=np.int8)

    def solved(self) -> tuple[Solution, Basis]:
        """The optimum, and its basis."""
        each, size = np.arange(self._owners.count), self._sizes()
        sample = self._sample(size, size[:, None], SAMPLE)
        self._take(self._solver.solve(sample.program, self._left()), sample)
        self._plan(each, scratch=True)
        count = SAMPLE
        while 2 * count < each.size:
            count *= 2
            value = self._value()
            size = _some(np.abs(value).sum(axis=1))
            sample = self._sample(size, value / size[:, None], count)
            self._take(self._together(sample)[0], sample)
            self._plan(each)
        for label in unions(self._owners):
            self._plan(label)
        rows, columns = (np.arange(size) for size in self._program.matrix.shape)
        return self._together(Part(rows, columns, self._program))

    def _sizes(self) -> Floats:
        """How much each partner has to do with: all limits of its rows together."""
        low, high = np.abs(self._program.row_lower), np.abs(self._program.row_upper)
        limit = np.where(np.isfinite(low), low, np.where(np.isfinite(high), high, 0.0))
        own = self._owners.row != NOBODY
        return _some(_summed(self._owners.row[own], limit[own], self._owners.count))

    def _value(self) -> Floats:
        """What each partner uses of each shared row, at its price [MEUR]."""
        shared = sp.coo_array(self._use)
        row, column = shared.coords
        own = ~self._owners.link[column] & (self._owners.first[column] != NOBODY)
        used = shared.data * self._x[column] * np.abs(self._price[row])
        size = (self._owners.count, self._shared.size)
        at = np.ravel_multi_index((self._owners.first[column][own], row[own]), size)
        return _summed(at, used[own], size[0] * size[1]).reshape(size)

    def _sample(self, size: Floats, kind: Floats, count: int) -> Part:
        """Some partners, each in the weight of those that it stands for."""
        owners, program, shared = self._owners, self._program, self._owners.shared
        often = np.append(weights(size, kind, count), 1.0)  # the last one is of nobody
        columns = np.flatnonzero(~owners.link & (often[owners.first] > 0))
        rows = np.flatnonzero(shared | ((owners.row != NOBODY) & (often[owners.row] > 0)))
        part = cut(program, rows, columns, program.cost)
        times = often[owners.first[columns]]
        used = sp.diags_array(shared[rows].astype(float)) @ part.matrix
        weighed = sp.csr_array(part.matrix + used @ sp.diags_array(times - 1.0))
        return Part(rows, columns, replace(part, matrix=weighed, cost=times * part.cost))

    def _take(self, found: Solution, part: Part) -> None:
        """Take the prices of what is shared."""
        price = found.row_dual[self._owners.shared[part.rows]]
        free_below = np.isneginf(self._program.row_lower[self._shared])
        free_above = np.isposinf(self._program.row_upper[self._shared])
        most, least = np.where(free_below, 0.0, np.inf), np.where(free_above, 0.0, -np.inf)
        self._price = np.clip(price, least, most)

    def _plan(self, label: Places, scratch: bool = False) -> None:
        """Solve each union of partners at the prices, from where its columns and rows stand."""
        cost = self._program.cost - self._use.T @ self._price
        for rows, columns in parts_of(self._program.matrix, self._owners, label):
            part = cut(self._program, rows, columns, cost)
            stood = Basis(self._columns[columns], self._rows[rows], 0)
            found, stands = self._from(part, stood, None if scratch else PRIMAL)
            self._x[columns] = found.x
            self._columns[columns], self._rows[rows] = stands.columns, stands.rows

    def _together(self, part: Part) -> tuple[Solution, Basis]:
        """Partners share, from where they stand: the slack of what is shared goes to 0."""
        program, size = part.program, part.columns.size
        shared = np.flatnonzero(self._owners.shared[part.rows])
        equal = program.row_lower[shared] == program.row_upper[shared]
        binds = equal | (self._price != 0)
        at_upper = (self._price < 0) | np.isneginf(program.row_lower[shared])
        rows = self._rows[part.rows]
        rows[shared] = np.where(binds, np.where(at_upper, UPPER, LOWER), BASIC)
        slack = np.where(binds, BASIC, LOWER).astype(np.int8)
        none = np.zeros(shared.size)
        ones = (np.ones(shared.size), (shared, np.arange(shared.size)))
        eye = sp.csr_array(ones, shape=(rows.size, shared.size))
        whole = replace(
            program,
            matrix=sp.csr_array(sp.hstack([program.matrix, eye])),
            cost=np.r_[program.cost, self._price],
            lower=np.r_[program.lower, none],
            upper=np.r_[program.upper, none],
        )
        stood = Basis(np.r_[self._columns[part.columns], slack], rows, 0)
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


def _summed(at: Places, value: Floats, count: int) -> Floats:
    """Values summed at each of so many places."""
    return np.bincount(at, value, count).astype(np.float64)


def _some(size: Floats) -> Floats:
    """Sizes that are all more than nothing."""
    return size + (SMALL * float(size.max()) or 1.0)
