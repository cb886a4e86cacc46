"""Links: who pays what of a link, where its two ends plan apart.

Each end pays a part of the cost, c_j = c'_j + c''_j, told by prices y of rows:

    c'_j = Σ_i a_ij y_i + d_j / 2    rows i of its first end    d_j = c_j − Σ_i a_ij y_i    all rows

Any y would do: the nearer to that of the optimum, the higher the bound that this leads to. Among
few partners what is scarce for want of others has a price far from 0, at which others would send it
without end. Where a link pays (d_j < 0), the scarce end therefore gives way: prices go towards 0
until no link pays.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.solver.owners import NOBODY, Owners

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

PAYS = 1e-9
"""What a link pays that is worth it [MEUR per unit]."""
SWEEPS = 1000
"""Most of them to bring prices together, each over all links; a dozen do."""


class Links:
    """Links of a program.

    Attributes
    ----------
    column : array of int
        Columns that are links.
    use : sparse array (link, row)
        What they use of rows that are not shared.
    bare : array of int
        Rows that hold links only.
    of_bare : sparse array (bare row, column)
    """

    def __init__(self, program: Program, owners: Owners) -> None:
        self._owners = owners
        self.column = np.flatnonzero(owners.link)
        self.use = _without(program.matrix.tocsc()[:, self.column].T, owners.shared)
        self.bare = np.flatnonzero((owners.row == NOBODY) & ~owners.shared)
        self.of_bare = program.matrix[self.bare]

    def met(self, program: Program, x: Floats) -> bool:
        """Whether a plan that sends nothing leaves nothing undone that must be sent.

        And whether the row of a partner holds its own links only.
        """
        owners, value, bare = self._owners, self.of_bare @ x, self.bare
        met = (program.row_lower[bare] <= value) & (value <= program.row_upper[bare])
        row = owners.row[self.use.indices]
        link = np.repeat(self.column, np.diff(self.use.indptr))
        ours = (row == NOBODY) | (row == owners.first[link]) | (row == owners.second[link])
        return bool(met.all() and ours.all())

    def paid(
        self, cost: Floats, y: Floats, first: Places, held: tuple[Places, Places, Places]
    ) -> Floats:
        """What the union at the first end of each link pays of its cost; 0 for what is no link.

        Parameters
        ----------
        cost : array (column)
        y : array (row)
            Prices.
        first : array of int (column)
            The union at the first end.
        held : three arrays of int (row)
            The union of each row that is of one, and both unions that hold one of links only.
        """
        y = self._together(cost, y)
        own, by_first, by_second = (of[self.use.indices] for of in held)
        number = np.repeat(np.arange(self.column.size), np.diff(self.use.indptr))
        times = (by_first != NOBODY).astype(float) + (by_second != NOBODY)
        mine = np.where(by_first != NOBODY, 1.0, 0.0) / np.maximum(times, 1.0)
        mine[own != NOBODY] = (own == first[self.column][number])[own != NOBODY]
        worth = self.use.data * y[self.use.indices]
        rest = cost[self.column] - np.bincount(number, worth, self.column.size)
        paid = np.zeros(cost.size)
        paid[self.column] = np.bincount(number, worth * mine, self.column.size) + rest / 2
        return paid

    def _together(self, cost: Floats, before: Floats) -> Floats:
        """Prices of rows at which no link pays, none farther from 0 than before."""
        y, ends = before.copy(), _without(self.use, self._owners.row == NOBODY)
        toll = cost[self.column] - self.use @ y + ends @ y
        number = np.repeat(np.arange(self.column.size), np.diff(ends.indptr))
        for _ in range(SWEEPS):
            pays = ends @ y - toll
            pays[pays <= PAYS] = 0.0
            if not pays.any():
                break
            scarce = np.where(ends.data * y[ends.indices] > 0, np.abs(ends.data), 0.0)
            step = pays / np.maximum(np.bincount(number, scarce, pays.size), PAYS)
            falls = np.zeros_like(y)
            np.maximum.at(falls, ends.indices, step[number] * (scarce > 0))
            y -= np.sign(y) * np.minimum(falls, np.abs(y))
        return y


def _without(matrix: sp.sparray, columns: Flags) -> sp.csr_array:
    """A matrix with nothing in some columns."""
    kept = sp.csr_array(matrix, copy=True)
    kept.data[columns[kept.indices]] = 0.0
    kept.eliminate_zeros()
    return kept
