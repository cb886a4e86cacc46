"""Pool: links between all of a group become what each sends to, and takes from, a pool.

    x[i,j]   sent from i to j ≠ i; its column is out[i] + in[j], its cost θ[j]
    s[i] = Σ_j x[i,j]    r[j] = Σ_i x[i,j]    Σ_i s[i] = Σ_j r[j]         the pool
    x[i,j] = s[i] · r[j] / Σ_i s[i]                                      afterwards

n(n−1) columns become 2n and one row. Prices of rows stay: the reduced cost of a pair is that of
s[i] plus that of r[j], as the price of the pool cancels. Plan and prices of the pool, spread over
the pairs, are therefore optimal for the programme of pairs, and its certificate proves it.

Who both sends and takes is netted first: it never pays, or costs nothing. Each taker then has the
same mix of senders, whatever the order of the partners: of a pool nobody can say more.

A group is pooled if each pair of it has a column, and no row tells the links of a partner apart:
no toll by distance, no agreement. The capacity of a link, a row of its own, is left out at first.
Where a flow that comes back does not fit, the mix is kept as far as capacities k allow:

    x[i,j] = min(k[i,j], a[i] · b[j])    with a, b such that Σ_j x[i,j] = s[i], Σ_i x[i,j] = r[j]

found by fitting rows and columns in turn; if there is no such x, the pool is of no use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.solver.highs import Solution
from model.solver.ties import Ties

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

Ends = Mapping[str, tuple[str, str, str]]
"""Origin, destination and carrier of each link, by its label."""

LEAST = 4
"""Fewest partners of a pool: 12 columns become 8."""

ROUNDS = 500
"""Of fitting flows to capacities."""

HUGE = 1e100
"""Factor that grows without end, as no flows fit."""

FITS = 1e-7
"""Excess over the capacity of a link that is none [GWh/yr]: the tolerance of the solver."""


@dataclass(frozen=True)
class Pairs:
    """Columns of links, the group of each, and the place of its ends among all members."""

    column: Places
    group: Places
    sender: Places
    taker: Places
    sizes: Places

    @classmethod
    def of(cls, column: Places, group: Places, sender: Places, taker: Places) -> Pairs:
        """The same with groups, and members group by group, numbered from 0."""
        _, group = np.unique(group, return_inverse=True)
        width = 1 + int(max(sender.max(initial=0), taker.max(initial=0)))
        members, place = np.unique(
            np.r_[group * width + sender, group * width + taker], return_inverse=True
        )
        sender, taker = np.split(place, 2)
        return cls(column, group, sender, taker, np.bincount(members // width))

    def only(self, groups: Flags) -> Pairs:
        """Those of some groups."""
        kept = groups[self.group]
        return Pairs.of(*(v[kept] for v in (self.column, self.group, self.sender, self.taker)))

    @property
    def complete(self) -> Flags:
        """Whether every member of a group has a link to every other."""
        return np.asarray(np.bincount(self.group) == self.sizes * (self.sizes - 1))


@dataclass(frozen=True)
class Pool:
    """A programme whose links are pooled where they can be, and the way back.

    Columns of `program`: `columns` of `whole`, what each member of each group sends, what each
    takes. Rows: `rows` of `whole`, one for each group. `most` bounds each column of `whole`.
    """

    whole: Program
    program: Program
    rows: Places
    columns: Places
    pairs: Pairs
    most: Floats

    def spread(self, found: Solution) -> Solution | None:
        """The solution of the programme of pairs; None if a link is too small for it."""
        whole, pairs = self.whole, self.pairs
        sent, taken = np.maximum(np.split(found.x[self.columns.size :], 2), 0.0)
        both = np.minimum(sent, taken)
        sent, taken = sent - both, taken - both
        group = np.repeat(np.arange(pairs.sizes.size), pairs.sizes)
        total = np.bincount(group, sent)[pairs.group]
        moved = sent[pairs.sender] * taken[pairs.taker]
        x = np.zeros(whole.cost.size)
        x[self.columns] = found.x[: self.columns.size]
        x[pairs.column] = np.divide(moved, total, out=np.zeros_like(moved), where=total > 0)
        tight = x[pairs.column] > self.most[pairs.column] + FITS
        for one in np.unique(pairs.group[tight]):
            column, mine = pairs.column[pairs.group == one], pairs.only(pairs.group == one)
            fitted = _fitted(mine, sent[group == one], taken[group == one], self.most[column])
            if fitted is None:
                return None
            x[column] = fitted
        y = np.zeros(whole.row_lower.size)
        y[self.rows] = found.row_dual[: self.rows.size]
        return Solution(
            objective=float(whole.cost @ x) + whole.offset,
            x=x,
            row_dual=y,
            column_dual=np.asarray(whole.cost - whole.matrix.T @ y),
            iterations=found.iterations,
            unique=found.unique,
        )

    def ties(self, whole: Ties) -> Ties:
        """Those of the pool, from those of the pairs: a member and a group weigh their mean."""
        pairs, weight = self.pairs, whole.columns[self.pairs.column]
        group, sent, taken = (
            np.bincount(place, weight) / np.bincount(place)
            for place in (pairs.group, pairs.sender, pairs.taker)
        )
        return Ties(
            np.r_[whole.columns[self.columns], sent, taken], np.r_[whole.rows[self.rows], group]
        )


def _fitted(pairs: Pairs, sent: Floats, taken: Floats, most: Floats) -> Floats | None:
    """Flows of the pairs of one group within their capacities; None if none were found."""
    capacity = np.zeros((sent.size, sent.size))
    capacity[pairs.sender, pairs.taker] = most
    by_taker = np.ones(taken.size)
    for _ in range(ROUNDS):
        by_sender = _factor(capacity, by_taker, sent)
        by_taker = _factor(capacity.T, by_sender, taken)
        if not (by_sender.max() < HUGE and by_taker.max() < HUGE):
            return None
        flow = np.minimum(capacity, np.outer(by_sender, by_taker))
        if np.abs(flow.sum(axis=1) - sent).max() <= FITS / 10:
            return np.asarray(flow[pairs.sender, pairs.taker])
    return None


def _factor(capacity: Floats, other: Floats, total: Floats) -> Floats:
    """For each row the factor f at which Σ_j min(capacity[j], f · other[j]) is the total."""
    size = np.broadcast_to(other, capacity.shape)
    full = np.divide(capacity, size, out=np.full(capacity.shape, np.inf), where=size > 0)
    order = np.argsort(full, axis=1, kind="stable")
    full, capacity, size = (np.take_along_axis(a, order, axis=1) for a in (full, capacity, size))
    finite = np.where(np.isfinite(full), capacity, 0.0)
    before = np.cumsum(finite, axis=1) - finite  # of those that are full by then
    rest = np.cumsum(size[:, ::-1], axis=1)[:, ::-1]
    reached = np.where(rest > 0, before + np.where(rest > 0, full, 0.0) * rest, before)
    place = np.argmax(reached >= total[:, None] * (1 - 1e-15), axis=1)[:, None]
    left = total - np.take_along_axis(before, place, axis=1)[:, 0]
    slope = np.take_along_axis(rest, place, axis=1)[:, 0]
    short = reached.max(axis=1) < total * (1 - 1e-15)
    factor = np.divide(left, slope, out=np.zeros_like(left), where=slope > 0)
    return np.where(short, np.inf, np.maximum(factor, 0.0))


def pool(program: Program, ends: Ends) -> Pool | None:
    """The same programme with pools instead of pairs; None if no group can be pooled."""
    most, limits = _limits(program)
    pairs = _links(program, ends, most)
    pairs = pairs.only(pairs.complete & (pairs.sizes >= LEAST))
    if pairs.column.size:
        pairs = pairs.only(_halves(program, pairs, limits)[0])
    if not pairs.column.size:
        return None
    _, halves = _halves(program, pairs, limits)
    count = int(pairs.sizes.sum())
    group = np.repeat(np.arange(pairs.sizes.size), pairs.sizes)
    sign = np.r_[-np.ones(count), np.ones(count)]
    balance = sp.csr_array((sign, (np.r_[group, group], np.arange(2 * count))))
    columns = np.delete(np.arange(program.cost.size), pairs.column)
    pooled = np.zeros(program.cost.size)
    pooled[pairs.column] = 1
    rows = np.flatnonzero(~(limits & (abs(program.matrix) @ pooled > 0)))
    toll, none = np.zeros(2 * count), np.zeros(pairs.sizes.size)
    toll[count + pairs.taker] = program.cost[pairs.column]
    blocks = [[program.matrix[rows][:, columns], halves[rows]], [None, balance]]
    smaller = replace(
        program,
        matrix=sp.csr_array(sp.block_array(blocks, format="csr")),
        row_lower=np.r_[program.row_lower[rows], none],
        row_upper=np.r_[program.row_upper[rows], none],
        cost=np.r_[program.cost[columns], toll],
        lower=np.r_[program.lower[columns], np.zeros(2 * count)],
        upper=np.r_[program.upper[columns], np.full(2 * count, np.inf)],
    )
    return Pool(program, smaller, rows, columns, pairs, most)


def _limits(program: Program) -> tuple[Floats, Flags]:
    """The most that each column may be, and the rows that say no more than that of one."""
    matrix, most = program.matrix, program.upper.copy()
    limits = (np.diff(matrix.indptr) == 1) & np.isneginf(program.row_lower)
    at = matrix.indptr[:-1][limits]
    limits[limits] = matrix.data[at] > 0
    at = matrix.indptr[:-1][limits]
    np.minimum.at(most, matrix.indices[at], program.row_upper[limits] / matrix.data[at])
    return most, limits


def _links(program: Program, ends: Ends, most: Floats) -> Pairs:
    """Every column of a link that may be used.

    A group is a variable, a carrier, and whatever else the variable runs over.
    """
    names = sorted({text for end in ends.values() for text in end})
    place = {text: i for i, text in enumerate(names)}
    found, first = [np.zeros((4, 0), dtype=np.int64)], 0
    for span in program.variables.values():
        labels = span.index.labels
        if not span.index.size or not all(label in ends for label in labels[0].values):
            continue
        end = np.array([[place[text] for text in ends[label]] for label in labels[0].values])
        origin, destination, group = end[span.index.code(0)].T
        for at, more in enumerate(labels[1:], start=1):
            group = group * len(more) + span.index.code(at)
        column = np.arange(span.start, span.start + span.index.size)
        free = (program.lower[column] == 0) & (most[column] > 0)
        found.append(np.array([column, group + first, origin, destination])[:, free])
        first += int(group.max()) + 1
    return Pairs.of(*np.concatenate(found, axis=1))


def _halves(program: Program, pairs: Pairs, limits: Flags) -> tuple[Flags, sp.csr_array]:
    """Which groups are made of halves, and the halves: row by member that sends, then takes."""
    matrix = program.matrix.tocsc()[:, pairs.column]
    at = np.repeat(np.arange(pairs.column.size), np.diff(matrix.indptr))
    key = pairs.group[at] * matrix.shape[0] + matrix.indices
    order = np.argsort(key, kind="stable")
    order = order[~limits[matrix.indices[order]]]
    key, at, value = key[order], at[order], matrix.data[order]
    start = np.flatnonzero(np.diff(key, prepend=-1))
    length = np.diff(start, append=key.size)
    group, row = np.divmod(key[start], matrix.shape[0])
    sender, taker = pairs.sender[at], pairs.taker[at]
    made = np.zeros(start.size, dtype=bool)
    owner = np.zeros(start.size, dtype=np.int64)
    for one in (taker[start], sender[start]):  # a row is of one member, that sends or takes there
        mine = np.repeat(one, length)
        whole = np.logical_and.reduceat((sender == mine) | (taker == mine), start)
        owner, made = np.where(whole, one, owner), made | whole
    out = sender == np.repeat(owner, length)
    entries = []
    for side in (out, ~out):
        size = np.add.reduceat(side.astype(np.int64), start)
        low = np.minimum.reduceat(np.where(side, value, np.inf), start)
        high = np.maximum.reduceat(np.where(side, value, -np.inf), start)
        made &= (size == 0) | ((size == pairs.sizes[group] - 1) & (low == high))
        entries.append((np.where(size > 0, low, 0.0), row, owner))
    dear, cheap = np.full(int(pairs.sizes.sum()), -np.inf), np.full(int(pairs.sizes.sum()), np.inf)
    np.maximum.at(dear, pairs.taker, program.cost[pairs.column])
    np.minimum.at(cheap, pairs.taker, program.cost[pairs.column])
    fit = np.bincount(group[~made], minlength=pairs.sizes.size) == 0
    apart = np.repeat(np.arange(pairs.sizes.size), pairs.sizes)[dear > cheap]
    fit[apart] = False
    (sent, rows, places), (taken, _, _) = entries
    values = np.r_[sent, taken]
    halves = sp.csr_array(
        (values, (np.r_[rows, rows], np.r_[places, places + dear.size])),
        shape=(matrix.shape[0], 2 * dear.size),
    )
    halves.eliminate_zeros()
    return fit, halves
