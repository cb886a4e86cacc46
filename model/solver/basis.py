"""Basis: where a solver stands, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

LOWER, BASIC, UPPER, FREE = 0, 1, 2, 3
"""Statuses of HiGHS."""


@dataclass(frozen=True)
class Basis:
    """Where a solver stands: the status of every column and row, and the work it took from scratch.

    Two arrays of bytes and a number, so that it can be handed to another process.
    """

    columns: NDArray[np.int8]
    rows: NDArray[np.int8]
    iterations: int

    def with_rows(self, count: int) -> Basis:
        """The same, with as many further rows, which bind nothing."""
        basic = np.full(count, BASIC, dtype=np.int8)
        return Basis(self.columns, np.append(self.rows, basic), self.iterations)


def told_basis(h: highspy.Highs, iterations: int) -> Basis:
    """The basis at which HiGHS stands."""
    found = h.getBasis()
    columns, rows = (
        np.array([int(status) for status in side], dtype=np.int8)
        for side in (found.col_status, found.row_status)
    )
    return Basis(columns, rows, iterations)


def highs_basis(basis: Basis) -> highspy.HighsBasis:
    """A basis as HiGHS takes it."""
    found = highspy.HighsBasis()
    found.col_status = [highspy.HighsBasisStatus(status) for status in basis.columns.tolist()]
    found.row_status = [highspy.HighsBasisStatus(status) for status in basis.rows.tolist()]
    found.valid = True
    return found
