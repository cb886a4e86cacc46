"""Program: a linear program as arrays, with the component behind every row and column.

    min  c·x + c0      subject to   r⁻ ≤ A x ≤ r⁺,   l ≤ x ≤ u

Columns and rows stand in the order of the components of the model, and within a component in
the order of its index: a component is a slice. Names are made when asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile.index import Index

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Span:
    """The columns of a Var, or the rows of a Constraint."""

    name: str
    start: int
    index: Index

    @property
    def slice(self) -> slice:
        """Where they are among all columns, or rows."""
        return slice(self.start, self.start + self.index.size)

    def of(self, values: Floats) -> Floats:
        """Their part of a vector over all columns, or rows."""
        return values[self.slice]


@dataclass(frozen=True)
class Affine:
    """An Expression of the model at any point: `matrix @ x + constant`, one entry per index."""

    name: str
    index: Index
    matrix: sp.csr_array
    constant: Floats

    def at(self, x: Floats) -> Floats:
        """Value at the point `x`, or at many (column, point), in the order of the index."""
        return np.asarray(((self.matrix @ x).T + self.constant).T)


@dataclass(frozen=True)
class Program:
    """A linear program.

    `variables`, `constraints` and `expressions` say by component name, such as `stock.invest`,
    where the columns of a Var are, where the rows of a Constraint are, and what an Expression is
    worth.
    """

    matrix: sp.csr_array
    row_lower: Floats
    row_upper: Floats
    cost: Floats
    offset: float
    lower: Floats
    upper: Floats
    variables: Mapping[str, Span]
    constraints: Mapping[str, Span]
    expressions: Mapping[str, Affine]

    def row_name(self, i: int) -> str:
        """Name of row `i`, such as `balance[200023414,electricity,2030,d1h01]`."""
        return _name(self.constraints, i)

    def column_name(self, j: int) -> str:
        """Name of column `j`."""
        return _name(self.variables, j)

    def check(self) -> None:
        """Raise ValueError on a number that no solver would refuse but no plan can hold."""
        for name in ("lower", "upper", "row_lower", "row_upper", "cost"):
            values = getattr(self, name)
            self._refuse(name, np.isnan(values), "NaN")
            if name.endswith("lower"):
                self._refuse(name, values == np.inf, "+infinity")
            if name.endswith("upper"):
                self._refuse(name, values == -np.inf, "-infinity")
        self._refuse("cost", np.isinf(self.cost), "infinity")
        if not np.isfinite(self.offset):
            raise ValueError("the constant of the objective is not finite")
        wrong = ~np.isfinite(self.matrix.data)
        if wrong.any():
            row = int(np.searchsorted(self.matrix.indptr, np.argmax(wrong), side="right")) - 1
            raise ValueError(f"a coefficient is not finite: {self.row_name(row)}")

    def _refuse(self, name: str, where: NDArray[np.bool_], what: str) -> None:
        if where.any():
            place = int(np.argmax(where))
            owner = self.row_name(place) if name.startswith("row") else self.column_name(place)
            raise ValueError(f"{name} holds a {what}: {owner}")

    def decades(self) -> tuple[float, float]:
        """Smallest and largest absolute coefficient of the matrix, zeros aside."""
        size = np.abs(self.matrix.data)
        size = size[size > 0]
        return (float(size.min()), float(size.max())) if size.size else (1.0, 1.0)


def spans(indices: Mapping[str, Index]) -> dict[str, Span]:
    """Components one after another."""
    out: dict[str, Span] = {}
    start = 0
    for name, index in indices.items():
        out[name] = Span(name, start, index)
        start += index.size
    return out


def _name(parts: Mapping[str, Span], place: int) -> str:
    found: list[Any] = [span for span in parts.values() if span.index.size]
    span = found[bisect_right([s.start for s in found], place) - 1]
    return f"{span.name}{span.index.text(place - span.start)}"
