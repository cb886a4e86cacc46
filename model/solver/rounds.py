"""Rounds: a plan and a bound, made of unions of partners, that come together.

    min c·x     subject to    r⁻ ≤ D x ≤ r⁺                       rows that are shared
                              x_u ∈ X_u(f)                        rows of union u; f links across

Prices π of what is shared are taught by samples, and each partner is planned alone at them. Then
partners are put into unions; each round has others, of twice as many, which hold links that were
cut through before. A round makes two things of its unions, each a program by itself:

    plan     links across stay at f⁰; each union has what it used of what is shared, and its part of
             what is left:    D_u x_u ≤ D_u x⁰_u + s_u (r⁺ − D x⁰),   Σ_u s_u = 1      (≥ alike)
    bound    a link across is planned by both its ends, apart; each pays a part of its cost,
             c_j = c'_j + c''_j, and what is shared is paid at prices π

All plans together are a plan of everyone, no dearer than that of the round before. All bounds
together are no more than any plan costs, as a plan of everyone is one of each union, at the same
cost. Their prices, added up, are dual-feasible for the whole: its certificate needs no more. Prices
y of rows split the cost of a link:

    c'_j = Σ_i a_ij y_i + d_j / 2    rows i of its first end    d_j = c_j − Σ_i a_ij y_i    all rows

π are the mean of what unions would pay for a little more, y at first those of the plan. Any would
do: the nearer to those of the optimum, the higher the bound. In a small union what is scarce for
want of partners has a price far from 0, at which others would send it without end. Where a link
pays (d_j < 0), the scarce end therefore gives way: prices go towards 0 until no link pays. Prices
that prove a bound are better than those that it was made at: the next one is made at them, in the
same unions from where they stand, for a seventh of the time, and then in others. This ends where
plan and bound are near enough; once the union is everyone, they are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError
from model.solver.basis import Basis
from model.solver.highs import Solution
from model.solver.owners import NOBODY, Owners, of_rows
from model.solver.part import Part, cut
from model.solver.samples import SAMPLE, Samples
from model.solver.unions import partition

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Task:
    """The program of a union, the places of both ends of its columns, and where it last stood."""

    program: Program
    ends: tuple[Places, Places]
    basis: Basis | None = None


Stood = tuple[Solution, Basis | None]
"""What was found, and where that stands."""
Solved = Callable[[Iterable[Task]], Iterable[Stood]]
"""Solves tasks, in their order."""
Told = Callable[[float, float], object]
"""Is told what the plan costs, and the bound [MEUR]."""

COUNT = 4 * SAMPLE
"""Partners of the second sample."""
FIRST = 16
"""Partners of a union of the first round, at most."""
BOUNDS = 3
"""Bounds of a round; more of them gain little."""
PAYS = 1e-9
"""What a link pays that is worth it [MEUR per unit]; and a use of what is shared that is none."""
SWEEPS = 1000
"""Most of them to bring prices together, each over all links; a dozen do."""


def plan_within(
    program: Program, ends: tuple[Places, Places], gap: float, solved: Solved, told: Told
) -> Solution | None:
    """A plan that costs at most a share of it more than the least; None if this is no way to one.

    Parameters
    ----------
    ends : pair of arrays of int
        Places of the EPCI at both ends of each column, as in `owners`.
    gap : float
        That share.
    solved : callable
        What solves the programs of unions; what it raises is raised.
    told : callable
        Told after each bound.

    Returns
    -------
    Solution
        Its prices prove how near it is.
    """
    names = np.setdiff1d(ends, [NOBODY])  # in a part, not everybody is met
    first, second = (np.where(end == NOBODY, NOBODY, np.searchsorted(names, end)) for end in ends)
    owners = Owners.of(program.matrix, first, second)
    rounds = Rounds(program, owners, solved)
    if owners.count < 2 * FIRST or not rounds.possible:
        return None
    try:
        return rounds.until(gap, told)
    except InfeasibleError:  # a partner who cannot do without links
        return None


class Rounds:
    """The rounds of a program, of whose columns and rows `owners` tells the partners."""

    def __init__(self, program: Program, owners: Owners, solved: Solved) -> None:
        self._program = replace(program, variables={}, constraints={}, expressions={})
        self._owners, self._solved = owners, solved
        self._samples = Samples(self._program, owners)
        self._shared, self._use = self._samples.shared, self._samples.use
        self._bare = np.flatnonzero((owners.row == NOBODY) & ~owners.shared)  # rows of links only
        self._of_bare = program.matrix[self._bare]
        self._link = np.flatnonzero(owners.link)
        self._of_link = _without(program.matrix.tocsc()[:, self._link].T, owners.shared)
        self._x = np.clip(np.zeros(program.cost.size), program.lower, program.upper)
        self._iterations = 0

    @property
    def possible(self) -> bool:
        """Whether unions know all: columns are of somebody, rows of a partner hold its own links.

        And whether nothing must be sent: rows of links only are met where there are none.
        """
        owners, held, program = self._owners, self._of_link, self._program
        value = self._of_bare @ self._x
        met = (program.row_lower[self._bare] <= value) & (value <= program.row_upper[self._bare])
        row, link = owners.row[held.indices], np.repeat(self._link, np.diff(held.indptr))
        ours = (row == NOBODY) | (row == owners.first[link]) | (row == owners.second[link])
        return bool(met.all() and ours.all() and (owners.first != NOBODY).all())

    def until(self, gap: float, told: Told) -> Solution | None:
        """The plan, once no other can cost less by more than a share of it."""
        program, most = self._program, FIRST
        owners = self._owners
        ends = np.array([owners.first[self._link], owners.second[self._link]])
        if self._shared.size:
            self._learn(self._samples.first())
            self._learn(self._samples.next(self._x, COUNT))
        often, bound = np.ones(self._link.size), -np.inf
        proof: Floats | None = None
        while most < 2 * owners.count:
            label = partition(ends, often, owners.count, most)
            planned = self._plan(label)
            cost = float(program.cost @ self._x) + program.offset
            for found, prices in self._bounds(label, planned if proof is None else proof):
                if found > bound:
                    bound, proof = found, prices
                told(cost, bound)
                if proof is not None and cost - bound <= gap * max(1.0, abs(cost)):
                    reduced = np.asarray(program.cost - program.matrix.T @ proof)
                    return Solution(cost, self._x, proof, reduced, self._iterations)
            often = np.where(label[ends[0]] == label[ends[1]], 1.0, often + 1.0)
            most *= 2
        return None

    def _learn(self, sample: Part) -> None:
        """Learn what is shared is worth, and plan each partner alone at these prices."""
        ends = self._owners.first[sample.columns]
        ((found, _),) = self._solved([Task(sample.program, (ends, ends))])
        self._samples.learn(found, sample)
        self._alone()

    def _alone(self) -> None:
        """Plan each partner without links, at the prices of what is shared."""
        owners, cost = self._owners, self._samples.cost
        rows = _groups(owners.row, owners.count)
        columns = _groups(np.where(owners.link, NOBODY, owners.first), owners.count)

        def task(partner: int) -> Task:
            part = cut(self._program, rows[partner], columns[partner], cost)
            return Task(part, (owners.first[columns[partner]],) * 2)

        found_alone = self._solved(map(task, range(owners.count)))
        for mine, (found, _) in zip(columns, found_alone, strict=True):
            self._x[mine] = found.x
            self._iterations += found.iterations

    def _plan(self, label: Places) -> Floats:
        """Plan each union, with links across as they are, and tell the prices of its rows."""
        program, owners, use, x = self._program, self._owners, self._use, self._x
        first, second, of_row = self._sides(label)
        of_column = np.where(first == second, first, NOBODY)
        of_row[self._bare], _ = of_rows(self._of_bare, of_column)
        moved = program.matrix @ np.where(of_column == NOBODY, x, 0.0)
        below, above = (
            side[self._shared] - use @ x for side in (program.row_lower, program.row_upper)
        )
        size = np.abs(self._samples.value(x)).sum(axis=1) + PAYS
        part = np.bincount(label, size) / size.sum()
        rows, columns = (_groups(of, part.size) for of in (of_row, of_column))

        def task(union: int) -> Task:
            own, mine = rows[union], columns[union]
            had = use[:, mine] @ x[mine]
            lower = program.row_lower[own] - moved[own], had + part[union] * below
            upper = program.row_upper[own] - moved[own], had + part[union] * above
            whole = cut(program, np.r_[own, self._shared], mine, program.cost)
            whole = replace(whole, row_lower=np.r_[lower], row_upper=np.r_[upper])
            return Task(whole, (owners.first[mine], owners.second[mine]))

        self._x, y = x.copy(), np.zeros(of_row.size)
        price = np.zeros(self._shared.size)
        for union, (found, _) in enumerate(self._solved(map(task, range(part.size)))):
            own, mine = rows[union], columns[union]
            self._x[mine], y[own] = found.x, found.row_dual[: own.size]
            price += part[union] * found.row_dual[own.size :]
            self._iterations += found.iterations
        self._samples.price = price
        return y

    def _bounds(self, label: Places, y: Floats) -> Iterator[tuple[float, Floats]]:
        """What no plan costs less than [MEUR], and the prices of rows that prove it.

        The first is at given prices, each other one at those of the one before.
        """
        program, owners, price = self._program, self._owners, self._samples.price
        cost = self._samples.cost
        first, second, own = self._sides(label)
        by_first, by_second = np.full((2, own.size), NOBODY)
        by_first[self._bare], _ = of_rows(self._of_bare, first)
        by_second[self._bare], _ = of_rows(self._of_bare, second)
        by_second[by_second == by_first] = NOBODY
        across, count = np.flatnonzero(first != second), int(label.max()) + 1
        rows = [place % own.size for place in _groups(np.r_[own, by_first, by_second], count)]
        inner = _groups(np.where(first == second, first, NOBODY), count)
        sent, taken = ([across[at] for at in _groups(s[across], count)] for s in (first, second))
        limits = program.row_lower[self._shared], program.row_upper[self._shared]
        paid_for = np.where(price > 0, *limits)[price != 0] @ price[price != 0]
        stands: list[Basis | None] = [None] * count

        def task(union: int) -> Task:
            mine = inner[union], sent[union], taken[union]
            costs = cost[mine[0]], paid[mine[1]], cost[mine[2]] - paid[mine[2]]
            near = owners.first[mine[0]], owners.first[mine[1]], owners.second[mine[2]]
            far = owners.second[mine[0]], *near[1:]
            part = replace(cut(program, rows[union], np.r_[mine], cost), cost=np.r_[costs])
            return Task(part, (np.r_[near], np.r_[far]), stands[union])

        for _ in range(BOUNDS):
            paid = self._paid(cost, y, first, (own, by_first, by_second))
            bound, y = float(paid_for) + program.offset, np.zeros(own.size)
            y[self._shared] = price
            try:
                for union, (found, stood) in enumerate(self._solved(map(task, range(count)))):
                    y[rows[union]] += found.row_dual
                    bound += found.objective
                    self._iterations += found.iterations
                    stands[union] = stood
            except InfeasibleError:  # a ring of links pays by a hair's breadth, without end
                yield -np.inf, y
                return
            yield bound, y

    def _sides(self, label: Places) -> tuple[Places, Places, Places]:
        """The union at both ends of each column, and of each row."""
        union = np.append(label, NOBODY)
        return union[self._owners.first], union[self._owners.second], union[self._owners.row]

    def _paid(
        self, cost: Floats, y: Floats, first: Places, held: tuple[Places, Places, Places]
    ) -> Floats:
        """What the union at the first end of each link pays of its cost; 0 for what is no link."""
        links, y = self._of_link, self._together(cost, y)
        own, by_first, by_second = (of[links.indices] for of in held)
        number = np.repeat(np.arange(self._link.size), np.diff(links.indptr))
        times = (by_first != NOBODY).astype(float) + (by_second != NOBODY)
        mine = np.where(by_first != NOBODY, 1.0, 0.0) / np.maximum(times, 1.0)
        mine[own != NOBODY] = (own == first[self._link][number])[own != NOBODY]
        worth = links.data * y[links.indices]
        rest = cost[self._link] - np.bincount(number, worth, self._link.size)
        paid = np.zeros(cost.size)
        paid[self._link] = np.bincount(number, worth * mine, self._link.size) + rest / 2
        return paid

    def _together(self, cost: Floats, before: Floats) -> Floats:
        """Prices of rows at which no link pays, none farther from 0 than before."""
        y, ends = before.copy(), _without(self._of_link, self._owners.row == NOBODY)
        toll = cost[self._link] - self._of_link @ y + ends @ y
        number = np.repeat(np.arange(self._link.size), np.diff(ends.indptr))
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


def _groups(of: Places, count: int) -> list[Places]:
    """The places of each number from 0 to a count; those of `NOBODY` are left out."""
    order = np.argsort(of, kind="stable")
    return np.split(order, np.searchsorted(of[order], np.arange(count + 1)))[1:-1]


def _without(matrix: sp.sparray, columns: Flags) -> sp.csr_array:
    """A matrix with nothing in some columns."""
    kept = sp.csr_array(matrix, copy=True)
    kept.data[columns[kept.indices]] = 0.0
    kept.eliminate_zeros()
    return kept
