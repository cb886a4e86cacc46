"""Program: a linear program as arrays, with the name of every row and column.

    min  c·x + c0      subject to   r⁻ ≤ A x ≤ r⁺,   l ≤ x ≤ u
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Program:
    """A linear program; `rows` and `columns` are the Pyomo data behind each row and column."""

    matrix: sp.csr_array
    row_lower: Floats
    row_upper: Floats
    cost: Floats
    offset: float
    lower: Floats
    upper: Floats
    rows: list[Any]
    columns: list[Any]

    def check(self) -> None:
        """Raise ValueError on a number that no solver would refuse but no plan can hold."""
        for name in ("cost", "lower", "upper", "row_lower", "row_upper"):
            values = getattr(self, name)
            if np.isnan(values).any():
                raise ValueError(f"{name} holds a NaN: {self._name(name, np.isnan(values))}")
        if not np.isfinite(self.matrix.data).all():
            raise ValueError("a coefficient is not finite")
        if not np.isfinite(self.cost).all():
            raise ValueError(f"a cost is infinite: {self._name('cost', ~np.isfinite(self.cost))}")

    def _name(self, name: str, where: NDArray[np.bool_]) -> str:
        place = int(np.argmax(where))
        owner = self.rows[place] if name.startswith("row") else self.columns[place]
        return str(owner.name)

    def decades(self) -> tuple[float, float]:
        """Smallest and largest absolute coefficient of the matrix, zeros aside."""
        size = np.abs(self.matrix.data)
        size = size[size > 0]
        return (float(size.min()), float(size.max())) if size.size else (1.0, 1.0)
