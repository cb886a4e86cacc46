"""Rounds: a plan and a bound, made of unions of partners, that come together.

    min c·x     subject to    r⁻ ≤ D x ≤ r⁺                       rows that are shared
                              x_u ∈ X_u(f)                        rows of union u; f links across

Prices π of what is shared are taught by samples, and each partner is planned alone at them. Then
partners are put into unions; each round has others, of twice as many, which hold links that were
cut through before. A round makes a bound of its unions, a plan from where the bound stands, and
more bounds (`apart`). π are the mean of what unions would pay for a little more. Who pays what of
links across is told by prices of rows: those that proved the bound before or, after a plan, the
mean of them and of its own; but for the first bound those of partners alone, and after the first
plan its own. This ends where plan and bound are near enough; once the union is everyone, they are
the same. A run that was stopped goes on after the last round that it kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError
from model.solver.apart import Apart
from model.solver.highs import Solution
from model.solver.kept import Standing, keep, kept, place
from model.solver.links import Links
from model.solver.owners import NOBODY, Owners, groups
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
TIMES = 3
"""Bounds in the same unions after a plan; more of them gain little."""


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
        self._links = Links(self._program, owners)
        self._x = np.clip(np.zeros(program.cost.size), program.lower, program.upper)

    @property
    def possible(self) -> bool:
        """Whether unions know all: every column is of somebody, and nothing must be sent."""
        return self._links.met(self._program, self._x) and bool(
            (self._owners.first != NOBODY).all()
        )

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
        y = np.zeros(self._program.row_lower.size)
        if self._samples.shared.size:
            self._learn(self._samples.first())
            y = self._learn(self._samples.next(self._x, COUNT))
        ones = np.ones(self._links.column.size)
        return Standing(
            self._x, self._samples.price, -np.inf, y, ones, FIRST, self._solved.iterations
        )

    def _round(self, at: Standing, gap: float, told: Told) -> Standing:
        """A bound, a plan, and bounds until one is near enough."""
        link, owners, samples = self._links.column, self._owners, self._samples
        ends = np.array([owners.first[link], owners.second[link]])
        label = partition(ends, at.often, owners.count, at.most)
        apart = Apart(self._program, owners, samples, self._links, label, self._solved)
        bound, proof, y, first = at.bound, at.proof, at.proof, at.most == FIRST
        for time in range(1 + TIMES):
            if time == 1:
                self._x, of_plan, samples.price = apart.plan(self._x)
                y = of_plan if first else (y + of_plan) / 2
            found, prices = apart.bound(y)
            y = prices if found > -np.inf else y
            if found > bound:
                bound, proof = found, prices
            if time == 0 and first:  # nothing is planned yet that everybody can have
                continue
            told(self._cost, bound)
            if self._near(bound, gap):
                break
        often = np.where(label[ends[0]] == label[ends[1]], 1.0, at.often + 1.0)
        price, iterations = samples.price, self._solved.iterations
        return Standing(self._x, price, bound, proof, often, 2 * at.most, iterations)

    def _learn(self, sample: Part) -> Floats:
        """Learn what is shared is worth, and plan each partner alone at it: prices of its rows."""
        ends = self._owners.first[sample.columns]
        ((found, _),) = self._solved([Task(sample.program, (ends, ends))])
        self._samples.learn(found, sample)
        return self._alone()

    def _alone(self) -> Floats:
        """Plan each partner without links, at the prices of what is shared: prices of its rows."""
        owners, cost = self._owners, self._samples.cost
        rows = groups(owners.row, owners.count)
        columns = groups(np.where(owners.link, NOBODY, owners.first), owners.count)

        def task(partner: int) -> Task:
            part = cut(self._program, rows[partner], columns[partner], cost)
            return Task(part, (owners.first[columns[partner]],) * 2)

        y, found_alone = np.zeros(owners.row.size), self._solved(map(task, range(owners.count)))
        for own, mine, (found, _) in zip(rows, columns, found_alone, strict=True):
            self._x[mine], y[own] = found.x, found.row_dual
        return y
