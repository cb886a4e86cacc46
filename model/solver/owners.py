"""Owners: whose each column and row of a program is, told by its labels.

A column with the label of a link is of both ends of it; any other of the EPCI that it names or,
where it names none, of the one whose rows it stands in. A row is of whom all its columns are that
are no links; one that holds columns of several is *shared*: capital of a vehicle, a pool, a target
together. What is left without the shared rows and the links falls apart, EPCI by EPCI.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.solver.pool import Ends, Pool

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOBODY = -1


@dataclass(frozen=True)
class Owners:
    """Places of EPCI: both ends of each column, alike where it is no link; and of each row.

    Columns of `NOBODY` stand in shared rows only. Rows of `NOBODY` hold links only, or nothing.
    """

    first: Places
    second: Places
    row: Places
    shared: Flags

    @classmethod
    def of(cls, matrix: sp.csr_array, first: Places, second: Places) -> Owners:
        """Those of rows, from those of columns; and of columns that name nobody, from rows."""
        row, shared = of_rows(matrix, np.where(first == second, first, NOBODY))
        unnamed = first == NOBODY
        if unnamed.any():
            columns, several = of_rows(
                sp.csr_array(matrix.T[unnamed]), np.where(shared, NOBODY, row)
            )
            first, second = first.copy(), second.copy()
            first[unnamed] = second[unnamed] = np.where(several, NOBODY, columns)
            row, shared = of_rows(matrix, np.where(first == second, first, NOBODY))
        return cls(first, second, row, shared)

    @property
    def count(self) -> int:
        """How many EPCI there are places for."""
        return 1 + int(max(self.first.max(initial=NOBODY), self.second.max(initial=NOBODY)))

    @property
    def link(self) -> Flags:
        """Which columns are links."""
        return np.asarray(self.first != self.second)

    def sides(self, label: Places) -> tuple[Places, Places, Places]:
        """The union at both ends of each column, and of each row, where each partner is in one."""
        union = np.append(label, NOBODY)
        return union[self.first], union[self.second], union[self.row]


def ends_of(program: Program, ends: Ends) -> tuple[Places, Places]:
    """The places of both EPCI that the labels of each column name; `NOBODY` where none does."""
    names = sorted({text for one in ends.values() for text in one[:2]})
    place = {text: i for i, text in enumerate(names)}
    first = np.full(program.cost.size, NOBODY)
    second = first.copy()
    for span in program.variables.values():
        if not span.index.size:
            continue
        for at, labels in enumerate(span.index.labels):
            texts = [str(label) for label in labels.values]
            if any(text in place for text in texts):
                for text in texts:  # who has no link has a place too
                    place.setdefault(text, len(place))
                pairs = [(place[text], place[text]) for text in texts]
            elif all(text in ends for text in texts):
                pairs = [(place[ends[text][0]], place[ends[text][1]]) for text in texts]
            else:
                continue
            code = span.index.code(at)
            first[span.slice], second[span.slice] = np.array(pairs)[code].T
            break
    return first, second


def ends_of_pool(pool: Pool, first: Places, second: Places) -> tuple[Places, Places]:
    """Those of the columns of a pool; what a member sends or takes names nobody."""
    more = np.full(pool.program.cost.size - pool.columns.size, NOBODY)
    return np.r_[first[pool.columns], more], np.r_[second[pool.columns], more]


def of_rows(matrix: sp.csr_array, owner: Places) -> tuple[Places, Flags]:
    """The owner of the columns in each row, `NOBODY` if none has one; which rows have several."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    whose = owner[matrix.indices]
    some = whose != NOBODY
    last = np.full(matrix.shape[0], NOBODY)
    np.maximum.at(last, row[some], whose[some])
    first = last.copy()
    np.minimum.at(first, row[some], whose[some])
    several = first < last
    return np.where(several, NOBODY, last), several


def groups(of: Places, count: int) -> list[Places]:
    """The places of each number from 0 to a count; those of `NOBODY` are left out."""
    order = np.argsort(of, kind="stable")
    return np.split(order, np.searchsorted(of[order], np.arange(count + 1)))[1:-1]
