"""Ties: among equal plans, and among equal prices, one that the labels alone choose.

    plan      min Σ_j d_j |x_j − b_j|    over the plans x of least cost
    prices    min Σ_i g_i |y_i| + Σ_j h_j |z_j|    over the prices y, z that prove it

    b  the side of a column nearest to 0
    d  what is liked least     1 + u[all labels but the last] + u[all labels] / 100, times a liking
    g  alike for rows; h = d · `SIDE`: the sign of a decision is hardly a price
    u  a hash of the name of the component and of its labels, as a number between 0 and 1

A column, or a row, has the same weight wherever it stands, so that what is found does not depend on
the order of members, tables and files, nor on the method, the basis or the machine. The labels but
the last (a year, a step) weigh most, so that the same is liked in every step of a year.

Any prices y, z that prove the optimum say which plans are equal (`face`): x_j stays where it is
where z_j ≠ 0, and row i where y_i ≠ 0. From a plan that is optimal and never leaves that face, the
primal simplex ends at the least of d. What prices are equal is said by the plan (`cone`): those of

    min c·w    subject to   A_i w ≥ −g_i where A_i x = r⁻_i,   A_i w ≤ g_i where A_i x = r⁺_i,
                            w_j ≥ −h_j where x_j = l_j,        w_j ≤ h_j where x_j = u_j

where rows that do not bind and columns between their sides are free, and columns that cannot move
have h = 0. Its dual is the second line above; w = 0 is a point of it, and the basis of the plan is
dual feasible there, whence the dual simplex goes on. The basis that it ends at is one of the
program itself, at which the plan is the same and the prices are those found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from model.compile import Index, Program, Span

Floats = NDArray[np.float64]
Places = NDArray[np.int64] | NDArray[np.bool_]

SCALE = 1e3
"""Of all weights, so that what they tell apart is far more than the tolerance of the solver."""
SIDE = 1e-3
"""Weight of the price of a column, in that of a row."""
ZERO = 1e-9
"""Prices below are none [MEUR per unit]: none between 2e-11 and 1e-6 was met."""
BINDING = 1e-9
"""Distance of a side at which it binds [unit of the row or column]."""


@dataclass(frozen=True)
class Ties:
    """How little each column and each row of a program is liked; made from labels by `of`."""

    columns: Floats
    rows: Floats

    @classmethod
    def of(cls, program: Program, liking: Mapping[str, float] | None = None) -> Ties:
        """The weights of a program; `liking` multiplies those of some components, by name."""
        height, width = program.matrix.shape
        columns = _weights(program.variables, width, liking or {})
        return cls(columns, _weights(program.constraints, height, liking or {}))

    def of_part(self, rows: Places, columns: Places) -> Ties:
        """Those of some rows and columns."""
        return Ties(self.columns[columns], self.rows[rows])


def face(program: Program, x: Floats, prices: tuple[Floats, Floats], ties: Ties) -> Program:
    """The plans as cheap as `x`, and what is liked least as their cost; prices of rows, columns."""
    row_dual, column_dual = prices
    lower, upper = _held(x, program.lower, program.upper, column_dual)
    row_lower, row_upper = _held(program.matrix @ x, program.row_lower, program.row_upper, row_dual)
    below = np.isfinite(program.lower)
    sign = np.where(below, 1.0, np.where(np.isfinite(program.upper), -1.0, 0.0))
    return replace(
        program,
        cost=SCALE * sign * ties.columns,
        offset=0.0,
        lower=lower,
        upper=upper,
        row_lower=row_lower,
        row_upper=row_upper,
    )


def cone(program: Program, x: Floats, ties: Ties) -> Program:
    """The program whose prices are the least of those that prove the plan `x`."""
    value = program.matrix @ x
    row_lower, row_upper = _around(value, program.row_lower, program.row_upper, SCALE * ties.rows)
    moving = SCALE * SIDE * (program.lower < program.upper)
    lower, upper = _around(x, program.lower, program.upper, moving * ties.columns)
    return replace(
        program,
        offset=0.0,
        lower=lower,
        upper=upper,
        row_lower=row_lower,
        row_upper=row_upper,
    )


def _held(at: Floats, lower: Floats, upper: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Sides, both at the one that has a price."""
    priced = np.abs(price) > ZERO
    side = np.where(at - lower <= upper - at, lower, upper)
    return np.where(priced, side, lower), np.where(priced, side, upper)


def _around(at: Floats, lower: Floats, upper: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """As far as the weight beyond the sides that bind; none elsewhere."""
    below, above = at - lower <= BINDING, upper - at <= BINDING
    return np.where(below, -weight, -np.inf), np.where(above, weight, np.inf)


def _weights(spans: Mapping[str, Span], size: int, liking: Mapping[str, float]) -> Floats:
    """The weight of every column, or row; 1 where there is no name."""
    weights = np.ones(size)
    for name, span in spans.items():
        weights[span.slice] += _hashed(name, span.index)
        weights[span.slice] *= liking.get(name, 1.0)
    return weights


def _hashed(name: str, index: Index) -> Floats:
    """What the labels of each member of an index add to its weight."""
    sofar = np.full(index.size, _number(name))
    before = sofar
    for place, labels in enumerate(index.labels):
        numbers = np.array([_number(str(label)) for label in labels.values], dtype=np.uint64)
        before, sofar = sofar, _mixed(sofar ^ numbers[index.code(place)])
    return _uniform(before) + 0.01 * _uniform(sofar)


def _number(text: str) -> np.uint64:
    """64 bits of a text, the same on every machine."""
    return np.uint64(int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little"))


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Bits that look like nothing of what they were (the last steps of SplitMix64)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _uniform(bits: NDArray[np.uint64]) -> Floats:
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53
