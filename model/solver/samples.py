"""Samples: a few partners, each in the weight of those that it stands for, teach prices.

    min Σ_p w_p c_p·x_p    subject to    x_p ∈ X_p,    r⁻ ≤ Σ_p w_p D_p x_p ≤ r⁺    p of the sample

A first sample is told by size. Then partners whose plans use what is shared alike are put together
(Ward's method on D x π), and the one nearest to their mean stands for them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.solver.highs import Solution
from model.solver.owners import NOBODY, Owners
from model.solver.part import Part, cut
from model.solver.unions import weights

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

SAMPLE = 10
"""Partners of the first sample; half of them the largest, who stand for themselves only."""
SMALL = 1e-3
"""Size of a partner who shares nothing, in that of the one who shares most."""


class Samples:
    """Samples of the partners of a program, and what they have taught.

    Attributes
    ----------
    shared : array of int
        Rows that are shared.
    use : sparse array (shared row, column)
        What columns use of them.
    price : array
        Price of each shared row.
    """

    def __init__(self, program: Program, owners: Owners) -> None:
        self._program, self._owners = program, owners
        self.shared = np.flatnonzero(owners.shared)
        self.use = program.matrix[self.shared]
        self.price = np.zeros(self.shared.size)

    def first(self) -> Part:
        """A sample told by size."""
        size = self._sizes()
        return self._sample(size, size[:, None], SAMPLE)

    def next(self, x: Floats, count: int) -> Part:
        """A sample of so many partners, told by what their plans use."""
        value = self.value(x)
        size = _some(np.abs(value).sum(axis=1))
        return self._sample(size, value / size[:, None], count)

    def learn(self, found: Solution, part: Part) -> None:
        """Take the prices of a sample that was solved."""
        price = found.row_dual[self._owners.shared[part.rows]]
        free_below = np.isneginf(self._program.row_lower[self.shared])
        free_above = np.isposinf(self._program.row_upper[self.shared])
        most, least = np.where(free_below, 0.0, np.inf), np.where(free_above, 0.0, -np.inf)
        self.price = np.clip(price, least, most)

    @property
    def cost(self) -> Floats:
        """What columns cost where what is shared is paid for."""
        return np.asarray(self._program.cost - self.use.T @ self.price)

    def value(self, x: Floats) -> Floats:
        """What each partner uses of each shared row, at its price [MEUR]."""
        shared = sp.coo_array(self.use)
        row, column = shared.coords
        own = ~self._owners.link[column] & (self._owners.first[column] != NOBODY)
        used = shared.data * x[column] * np.abs(self.price[row])
        size = (self._owners.count, self.shared.size)
        at = np.ravel_multi_index((self._owners.first[column][own], row[own]), size)
        return _summed(at, used[own], size[0] * size[1]).reshape(size)

    def _sizes(self) -> Floats:
        """How much each partner has to do with: all limits of its rows together."""
        low, high = np.abs(self._program.row_lower), np.abs(self._program.row_upper)
        limit = np.where(np.isfinite(low), low, np.where(np.isfinite(high), high, 0.0))
        own = self._owners.row != NOBODY
        return _some(_summed(self._owners.row[own], limit[own], self._owners.count))

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


def _summed(at: Places, value: Floats, count: int) -> Floats:
    """Values summed at each of so many places."""
    return np.bincount(at, value, count).astype(np.float64)


def _some(size: Floats) -> Floats:
    """Sizes that are all more than nothing."""
    return size + (SMALL * float(size.max()) or 1.0)
