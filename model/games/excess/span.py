"""Span: the coalitions whose shares are settled, because those of others are.

Where x(S) is fixed for some coalitions, it is fixed for every coalition whose vector of 0 and 1
is a linear combination of theirs. Exact arithmetic: no tolerance decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray


class Span:
    """The linear span of vectors of 0 and 1, kept as reduced rows."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._rows: dict[int, list[Fraction]] = {}

    @property
    def rank(self) -> int:
        """Dimension of the span."""
        return len(self._rows)

    def add(self, vector: Sequence[float] | NDArray[np.float64]) -> bool:
        """Add a vector; False if it was in the span already."""
        row = [Fraction(round(value)) for value in vector]
        for place, known in self._rows.items():
            row = _less(row, known, row[place])
        pivot = next((j for j, value in enumerate(row) if value), None)
        if pivot is None:
            return False
        self.__dict__.pop("checks", None)
        row = [value / row[pivot] for value in row]
        self._rows = {p: _less(known, row, known[pivot]) for p, known in self._rows.items()}
        self._rows[pivot] = row
        return True

    def copy(self) -> Span:
        """The span as it is now."""
        other = Span(self.size)
        other._rows = dict(self._rows)
        return other

    @cached_property
    def checks(self) -> NDArray[np.float64]:
        """Integer vectors m such that z is in the span if and only if every m·z is 0."""
        free = [j for j in range(self.size) if j not in self._rows]
        return np.array([self._check(j) for j in free], dtype=float).reshape(-1, self.size)

    def _check(self, j: int) -> list[int]:
        scale = lcm(*(row[j].denominator for row in self._rows.values()))
        vector = [0] * self.size
        vector[j] = scale
        for pivot, row in self._rows.items():
            vector[pivot] = -int(row[j] * scale)
        return vector

    def outside(self, vectors: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of the rows of `vectors` are not in the span."""
        return np.asarray((np.abs(vectors @ self.checks.T) > 0.5).any(axis=1))


def _less(row: list[Fraction], other: list[Fraction], times: Fraction) -> list[Fraction]:
    return [a - times * b for a, b in zip(row, other, strict=True)] if times else row
