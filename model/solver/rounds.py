"""Rounds: a plan and a bound, made of unions of partners, that come together.

    min c·x     subject to    r⁻ ≤ D x ≤ r⁺                       rows that are shared
                              x_u ∈ X_u(f)                        rows of union u; f links across

Prices π of what is shared are taught by samples, and each partner is planned alone at them. Then
partners are put into unions; each round has others, of twice as many, which hold links that were
cut through before. A round makes two things of its unions, each a program by itself:

    plan     links across stay at f⁰; each union has what it used of what is shared, and its part of
             what is left:    D_u x_u ≤ D_u x⁰_u + s_u (r⁺ − D x⁰),   Σ_u s_u = 1      (≥ alike)
    bound    what no plan costs less than: `bounds`

All plans together are a plan of everyone, no dearer than that of the round before. π are the mean
of what unions would pay for a little more. The bound begins with the prices of rows of the first
plan, and then with those that proved the bound of the round before. This ends where plan and bound
are near enough; once the union is everyone, they are the same. A run that was stopped goes on after
the last round that it kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError
from model.solver.bounds import Bounds
from model.solver.highs import Solution
from model.solver.kept import Standing, keep, kept, place
from model.solver.owners import NOBODY, Owners, groups, of_rows
from model.solver.part import Part, Solved, Stood, Task, cut
from model.solver.samples import SAMPLE, Samples
from model.solver.unions import partition

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

Told = Callable[[float, float], object]
"""Is told what the plan costs, and the bound [MEUR]."""

COUNT = 4 * SAMPLE
"""Partners of the second sample."""
FIRST = 16
"""Partners of a union of the first round, at most."""
USED = 1e-9
"""A use of what is shared that is none [MEUR]."""


def plan_within(
    program: Program,
    ends: tuple[Places, Places],
    gap: float,
    solved: Solved,
    told: Told,
    folder: Path | None = None,
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
    folder : Path, optional
        Where each round is kept; from the last one kept there, this goes on.

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
    path = folder and place(folder, program, ends)
    try:
        return rounds.until(gap, told, path)
    except InfeasibleError:  # a partner who cannot do without links
        return None


class _Counted:
    """Solves tasks as another does, and counts iterations."""

    def __init__(self, solved: Solved) -> None:
        self._solved, self.iterations = solved, 0

    def __call__(self, tasks: Iterable[Task]) -> Iterator[Stood]:
        for found, stands in self._solved(tasks):
            self.iterations += found.iterations
            yield found, stands


class Rounds:
    """The rounds of a program, of whose columns and rows `owners` tells the partners."""

    def __init__(self, program: Program, owners: Owners, solved: Solved) -> None:
        self._program = replace(program, variables={}, constraints={}, expressions={})
        self._owners, self._solved = owners, _Counted(solved)
        self._samples = Samples(self._program, owners)
        self._shared, self._use = self._samples.shared, self._samples.use
        self._bounds = Bounds(self._program, owners, self._samples, self._solved)
        self._x = np.clip(np.zeros(program.cost.size), program.lower, program.upper)

    @property
    def possible(self) -> bool:
        """Whether unions know all: columns are of somebody, rows of a partner hold its own links.

        And whether nothing must be sent: rows of links only are met where there are none.
        """
        owners, program, bounds = self._owners, self._program, self._bounds
        value, held, bare = bounds.of_bare @ self._x, bounds.of_link, bounds.bare
        met = (program.row_lower[bare] <= value) & (value <= program.row_upper[bare])
        row, link = owners.row[held.indices], np.repeat(bounds.link, np.diff(held.indptr))
        ours = (row == NOBODY) | (row == owners.first[link]) | (row == owners.second[link])
        return bool(met.all() and ours.all() and (owners.first != NOBODY).all())

    def until(self, gap: float, told: Told, path: Path | None = None) -> Solution | None:
        """The plan, once no other can cost less by more than a share of it."""
        at = (path and kept(path)) or self._first()
        self._x, self._samples.price, self._solved.iterations = at.x, at.price, at.iterations
        while not self._near(at.bound, gap):
            if at.most >= 2 * self._owners.count:
                return None
            at = self._round(at, gap, told)
            if path:
                keep(at, path)
        reduced = np.asarray(self._program.cost - self._program.matrix.T @ at.proof)
        return Solution(self._cost, at.x, at.proof, reduced, at.iterations)

    @property
    def _cost(self) -> float:
        """What the plan costs [MEUR]."""
        return float(self._program.cost @ self._x) + self._program.offset

    def _near(self, bound: float, gap: float) -> bool:
        return self._cost - bound <= gap * max(1.0, abs(self._cost))

    def _first(self) -> Standing:
        """Each partner alone, at prices that samples have taught."""
        if self._shared.size:
            self._learn(self._samples.first())
            self._learn(self._samples.next(self._x, COUNT))
        none, ones = np.zeros(self._program.row_lower.size), np.ones(self._bounds.link.size)
        return Standing(
            self._x, self._samples.price, -np.inf, none, ones, FIRST, self._solved.iterations
        )

    def _round(self, at: Standing, gap: float, told: Told) -> Standing:
        """A plan, and bounds until one is near enough."""
        link, owners = self._bounds.link, self._owners
        ends = np.array([owners.first[link], owners.second[link]])
        label = partition(ends, at.often, owners.count, at.most)
        planned = self._plan(label)
        bound, proof = at.bound, at.proof
        for found, prices in self._bounds.made(label, planned if np.isneginf(bound) else proof):
            if found > bound:
                bound, proof = found, prices
            told(self._cost, bound)
            if self._near(bound, gap):
                break
        often = np.where(label[ends[0]] == label[ends[1]], 1.0, at.often + 1.0)
        price, iterations = self._samples.price, self._solved.iterations
        return Standing(self._x, price, bound, proof, often, 2 * at.most, iterations)

    def _learn(self, sample: Part) -> None:
        """Learn what is shared is worth, and plan each partner alone at these prices."""
        ends = self._owners.first[sample.columns]
        ((found, _),) = self._solved([Task(sample.program, (ends, ends))])
        self._samples.learn(found, sample)
        self._alone()

    def _alone(self) -> None:
        """Plan each partner without links, at the prices of what is shared."""
        owners, cost = self._owners, self._samples.cost
        rows = groups(owners.row, owners.count)
        columns = groups(np.where(owners.link, NOBODY, owners.first), owners.count)

        def task(partner: int) -> Task:
            part = cut(self._program, rows[partner], columns[partner], cost)
            return Task(part, (owners.first[columns[partner]],) * 2)

        found_alone = self._solved(map(task, range(owners.count)))
        for mine, (found, _) in zip(columns, found_alone, strict=True):
            self._x[mine] = found.x

    def _plan(self, label: Places) -> Floats:
        """Plan each union, with links across as they are, and tell the prices of its rows."""
        program, owners, use, x = self._program, self._owners, self._use, self._x
        first, second, of_row = owners.sides(label)
        of_column = np.where(first == second, first, NOBODY)
        of_row[self._bounds.bare], _ = of_rows(self._bounds.of_bare, of_column)
        moved = program.matrix @ np.where(of_column == NOBODY, x, 0.0)
        below, above = (
            side[self._shared] - use @ x for side in (program.row_lower, program.row_upper)
        )
        size = np.abs(self._samples.value(x)).sum(axis=1) + USED
        part = np.bincount(label, size) / size.sum()
        rows, columns = (groups(of, part.size) for of in (of_row, of_column))

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
        self._samples.price = price
        return y
