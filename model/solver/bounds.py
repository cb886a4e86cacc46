"""Bounds: what no plan costs less than, made of unions of partners that plan apart.

A link across is planned by both its ends, each of which pays a part of its cost, c_j = c'_j +
c''_j; what is shared is paid at prices π. All unions together then cost no more than any plan, as a
plan of everyone is one of each union, at the same cost. Their prices, added up, are dual-feasible
for the whole: its certificate needs no more. Prices y of rows split the cost of a link:

    c'_j = Σ_i a_ij y_i + d_j / 2    rows i of its first end    d_j = c_j − Σ_i a_ij y_i    all rows

Any y would do: the nearer to that of the optimum, the higher the bound. In a small union what is
scarce for want of partners has a price far from 0, at which others would send it without end. Where
a link pays (d_j < 0), the scarce end therefore gives way: prices go towards 0 until no link pays.
Prices that prove a bound are better than those that it was made at: the next one is made at them,
from where its unions stand, in a seventh of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError
from model.solver.basis import Basis
from model.solver.owners import NOBODY, Owners, groups, of_rows
from model.solver.part import Solved, Task, cut
from model.solver.samples import Samples

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

TIMES = 3
"""Bounds in the same unions; more of them gain little."""
PAYS = 1e-9
"""What a link pays that is worth it [MEUR per unit]."""
SWEEPS = 1000
"""Most of them to bring prices together, each over all links; a dozen do."""


class Bounds:
    """Bounds of a program, at the prices that its samples have come to.

    Attributes
    ----------
    link : array of int
        Columns that are links.
    of_link : sparse array (link, row)
        What they use of rows that are not shared.
    bare : array of int
        Rows that hold links only.
    of_bare : sparse array (bare row, column)
    """

    def __init__(self, program: Program, owners: Owners, samples: Samples, solved: Solved) -> None:
        self._program, self._owners, self._samples = program, owners, samples
        self._solved = solved
        self.link = np.flatnonzero(owners.link)
        self.of_link = _without(program.matrix.tocsc()[:, self.link].T, owners.shared)
        self.bare = np.flatnonzero((owners.row == NOBODY) & ~owners.shared)
        self.of_bare = program.matrix[self.bare]

    def made(self, label: Places, y: Floats) -> Iterator[tuple[float, Floats]]:
        """What no plan costs less than [MEUR], and the prices of rows that prove it.

        The first is at given prices, each other one at those of the one before.
        """
        program, owners, price = self._program, self._owners, self._samples.price
        cost = self._samples.cost
        first, second, own = owners.sides(label)
        by_first, by_second = np.full((2, own.size), NOBODY)
        by_first[self.bare], _ = of_rows(self.of_bare, first)
        by_second[self.bare], _ = of_rows(self.of_bare, second)
        by_second[by_second == by_first] = NOBODY
        across, count = np.flatnonzero(first != second), int(label.max()) + 1
        rows = [place % own.size for place in groups(np.r_[own, by_first, by_second], count)]
        inner = groups(np.where(first == second, first, NOBODY), count)
        sent, taken = ([across[at] for at in groups(s[across], count)] for s in (first, second))
        limits = program.row_lower[self._samples.shared], program.row_upper[self._samples.shared]
        paid_for = np.where(price > 0, *limits)[price != 0] @ price[price != 0]
        stands: list[Basis | None] = [None] * count

        def task(union: int) -> Task:
            mine = inner[union], sent[union], taken[union]
            costs = cost[mine[0]], paid[mine[1]], cost[mine[2]] - paid[mine[2]]
            near = owners.first[mine[0]], owners.first[mine[1]], owners.second[mine[2]]
            far = owners.second[mine[0]], *near[1:]
            part = replace(cut(program, rows[union], np.r_[mine], cost), cost=np.r_[costs])
            return Task(part, (np.r_[near], np.r_[far]), stands[union])

        for _ in range(TIMES):
            paid = self._paid(cost, y, first, (own, by_first, by_second))
            bound, y = float(paid_for) + program.offset, np.zeros(own.size)
            y[self._samples.shared] = price
            try:
                for union, (found, stood) in enumerate(self._solved(map(task, range(count)))):
                    y[rows[union]] += found.row_dual
                    bound += found.objective
                    stands[union] = stood
            except InfeasibleError:  # a ring of links pays by a hair's breadth, without end
                yield -np.inf, y
                return
            yield bound, y

    def _paid(
        self, cost: Floats, y: Floats, first: Places, held: tuple[Places, Places, Places]
    ) -> Floats:
        """What the union at the first end of each link pays of its cost; 0 for what is no link."""
        links, y = self.of_link, self._together(cost, y)
        own, by_first, by_second = (of[links.indices] for of in held)
        number = np.repeat(np.arange(self.link.size), np.diff(links.indptr))
        times = (by_first != NOBODY).astype(float) + (by_second != NOBODY)
        mine = np.where(by_first != NOBODY, 1.0, 0.0) / np.maximum(times, 1.0)
        mine[own != NOBODY] = (own == first[self.link][number])[own != NOBODY]
        worth = links.data * y[links.indices]
        rest = cost[self.link] - np.bincount(number, worth, self.link.size)
        paid = np.zeros(cost.size)
        paid[self.link] = np.bincount(number, worth * mine, self.link.size) + rest / 2
        return paid

    def _together(self, cost: Floats, before: Floats) -> Floats:
        """Prices of rows at which no link pays, none farther from 0 than before."""
        y, ends = before.copy(), _without(self.of_link, self._owners.row == NOBODY)
        toll = cost[self.link] - self.of_link @ y + ends @ y
        number = np.repeat(np.arange(self.link.size), np.diff(ends.indptr))
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
