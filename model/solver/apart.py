"""Apart: unions of partners, each of which is a program by itself, make a bound and a plan.

    bound    Σ_u min (c − Dᵀπ)·x_u + π·r        links across at the part of their cost that is paid
    plan     Σ_u min c·x_u                      links across stay at f⁰, and of what is shared
             D_u x_u ≤ D_u x⁰_u + s_u (r⁺ − D x⁰),   Σ_u s_u = 1    (≥ alike)    each has its part

The bound: a link across is planned by both its ends, each of which pays a part (`links`); what is
shared is paid at prices π. All unions together cost no more than any plan, as a plan of everyone is
one of each union, at the same cost. Their prices, added up, are dual-feasible for the whole: its
certificate needs no more. Prices that prove a bound are better than those that it was made at: the
next one is made at them, from where its unions stand, in a seventh of the time.

The plan: all plans together are one of everyone, no dearer than the one before. It is the program
of the bound with links across held, and with what is shared in the place of its price (`sharing`):
from where the bound stands, this takes a third of the time that it takes from scratch.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError
from model.solver.basis import Basis
from model.solver.links import Links
from model.solver.owners import NOBODY, Owners, groups, of_rows
from model.solver.part import Solved, Task, cut
from model.solver.passing import DUAL
from model.solver.samples import Samples
from model.solver.sharing import with_slack

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

USED = 1e-9
"""A use of what is shared that is none [MEUR]."""


class Apart:
    """Unions of the partners of a program.

    Parameters
    ----------
    samples : Samples
        At whose prices, which may change, what is shared is paid for.
    label : array of int (partner)
        The union of each.
    solved : callable
        What solves their programs.
    """

    def __init__(
        self,
        program: Program,
        owners: Owners,
        samples: Samples,
        links: Links,
        label: Places,
        solved: Solved,
    ) -> None:
        self._program, self._samples, self._links = program, samples, links
        self._label, self._solved, self._count = label, solved, int(label.max()) + 1
        self._ends = owners.first, owners.second
        self._first, second, own = owners.sides(label)
        by_first, by_second = np.full((2, own.size), NOBODY)
        by_first[links.bare], _ = of_rows(links.of_bare, self._first)
        by_second[links.bare], _ = of_rows(links.of_bare, second)
        by_second[by_second == by_first] = NOBODY
        self._held = own, by_first, by_second
        self._rows = [at % own.size for at in groups(np.r_[self._held], self._count)]
        self._across = self._first != second
        self._columns = list(
            zip(
                groups(np.where(self._across, NOBODY, self._first), self._count),
                groups(np.where(self._across, self._first, NOBODY), self._count),
                groups(np.where(self._across, second, NOBODY), self._count),
                strict=True,
            )
        )
        self._costs: list[Floats] = []
        self._stands: list[Basis | None] = [None] * self._count

    def bound(self, y: Floats) -> tuple[float, Floats]:
        """What no plan costs less than [MEUR], and the prices of rows that prove it.

        −∞ where links pay without end.

        Parameters
        ----------
        y : array (row)
            Prices that tell who pays what of links across.
        """
        program, price, shared = self._program, self._samples.price, self._samples.shared
        cost = self._samples.cost
        paid = self._links.paid(cost, y, self._first, self._held)
        sides = program.row_lower[shared], program.row_upper[shared]
        paid_for = np.where(price > 0, *sides)[price != 0] @ price[price != 0]
        bound, proof = float(paid_for) + program.offset, np.zeros(y.size)
        proof[shared] = price
        self._costs = [
            np.r_[cost[inner], paid[sent], cost[taken] - paid[taken]]
            for inner, sent, taken in self._columns
        ]

        def task(union: int) -> Task:
            part = cut(program, self._rows[union], np.concatenate(self._columns[union]), cost)
            part = replace(part, cost=self._costs[union])
            return Task(part, self._near(union), self._stands[union])

        try:
            for union, (found, stood) in enumerate(self._solved(map(task, range(self._count)))):
                proof[self._rows[union]] += found.row_dual
                bound += found.objective
                self._stands[union] = stood
        except InfeasibleError:  # a ring of links pays by a hair's breadth
            return -np.inf, proof
        return bound, proof

    def plan(self, x: Floats) -> tuple[Floats, Floats, Floats]:
        """The next plan, the prices of rows that are not shared, and those of rows that are.

        It starts from where the bound at the same prices stands.

        Parameters
        ----------
        x : array (column)
            The plan before.
        """
        program, samples, shared = self._program, self._samples, self._samples.shared
        lower, upper = (np.where(self._across, x, side) for side in (program.lower, program.upper))
        held, value = replace(program, lower=lower, upper=upper), program.matrix @ x
        used = np.abs(samples.value(x)).sum(axis=1) + USED
        parts = np.bincount(self._label, used) / used.sum()
        more = samples.price @ samples.use

        def task(union: int) -> Task:
            rows, columns = np.r_[self._rows[union], shared], np.concatenate(self._columns[union])
            part = cut(held, rows, columns, more)
            own, here = rows.size - shared.size, part.matrix @ x[columns]
            times = np.r_[np.ones(own), np.full(shared.size, parts[union])]
            below, above = (
                here + times * (side[rows] - value[rows])
                for side in (program.row_lower, program.row_upper)
            )
            part = replace(
                part, cost=part.cost + self._costs[union], row_lower=below, row_upper=above
            )
            at = self._stands[union]
            if at is not None:
                at = at.with_rows(shared.size)
                part, at = with_slack(part, np.arange(own, rows.size), samples.price, at)
            return Task(part, self._near(union), at, DUAL)

        after, y, price = x.copy(), np.zeros(value.size), np.zeros(shared.size)
        for union, (found, _) in enumerate(self._solved(map(task, range(self._count)))):
            inner, rows = self._columns[union][0], self._rows[union]
            after[inner] = found.x[: inner.size]
            y[rows] += found.row_dual[: rows.size]
            price += parts[union] * found.row_dual[rows.size :]
        return after, y, price

    def _near(self, union: int) -> tuple[Places, Places]:
        """Both ends of the columns of a union; a link across has one only."""
        (inner, sent, taken), (first, second) = self._columns[union], self._ends
        near = first[sent], second[taken]
        return np.r_[first[inner], *near], np.r_[second[inner], *near]
