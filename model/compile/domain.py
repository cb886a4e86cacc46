"""Domain: the grid on which a template is evaluated, and where each symbol stands on it.

A domain is a list of axes. Every array on it broadcasts against the axes, so that what depends
on one index only stays small. A sum over a set adds an axis; a sum over a ragged set melts the
axes that the set depends on into one, as long as all its members together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from model.compile.components import Ragged
from model.compile.index import Factor, Ints, Labels, Values


class Place(NamedTuple):
    """A symbol on a domain: the code of its label, broadcast against the axes."""

    codes: Ints
    labels: Labels


@dataclass
class Domain:
    """Axes, the place of each symbol by identity, and row numbers as a sum of parts.

    A part of the row numbers broadcasts against the axes like a place.
    """

    shape: list[int] = field(default_factory=list)
    places: dict[int, Place] = field(default_factory=dict)
    rows: list[Ints] = field(default_factory=list)
    _number: Values | None = field(default=None, init=False)

    @classmethod
    def numbered(cls, shape: Sequence[int], places: dict[int, Place]) -> Domain:
        """A domain whose every point is a row."""
        self = cls(list(shape), places)
        stride = 1
        for axis in reversed(range(len(shape))):
            part = np.arange(shape[axis], dtype=np.int32) * np.int32(stride)
            self.rows.append(part.reshape([1] * axis + [-1]))
            stride *= shape[axis]
        return self

    def copy(self) -> Domain:
        """A domain that can be extended without changing this one."""
        return Domain(list(self.shape), dict(self.places), list(self.rows))

    def fit(self, x: Values) -> Values:
        """`x` with the trailing axes that were added since it was made."""
        missing = len(self.shape) - x.ndim
        return x.reshape(x.shape + (1,) * missing) if missing else x

    def axis(self, codes: Ints) -> Ints:
        """`codes` along the last axis."""
        return codes.reshape((1,) * (len(self.shape) - 1) + (-1,))

    @classmethod
    def over(cls, factors: Iterable[Factor], symbols: Sequence[Any]) -> Domain:
        """The domain of a component: one row for each member of its index."""
        self = cls()
        self.add(factors, symbols)
        return cls.numbered(self.shape, self.places)

    def add(self, factors: Iterable[Factor], symbols: Sequence[Any]) -> None:
        """One axis per factor, with its symbols."""
        used, self._number = 0, None
        for factor in factors:
            self.shape.append(len(factor))
            for labels, codes in zip(factor.labels, factor.codes, strict=True):
                self.places[id(symbols[used])] = Place(self.axis(codes), labels)
                used += 1

    def number(self) -> Values:
        """Row number of every point, broadcast against the axes; summed once for all terms."""
        if self._number is None:
            total: Values = np.zeros((1,) * len(self.shape), dtype=np.int32)
            for part in self.rows:
                total = total + self.fit(part)
            self._number = total
        return self._number

    def melt(self, at: Ints, sets: Ragged, symbols: Sequence[Any]) -> None:
        """Sum over the set at flat position `at` of a family of ragged sets."""
        self._number = None
        axes = [i for i, n in enumerate(at.shape) if n != 1]
        flat = at.ravel()
        count = sets.count[flat]
        turn = np.repeat(np.arange(len(flat)), count)
        first = np.cumsum(count) - count
        member = sets.start[flat][turn] + np.arange(len(turn)) - first[turn]
        if axes:
            picks = np.unravel_index(turn, [at.shape[i] for i in axes])
            self._regroup(axes, picks, len(turn))
        else:
            self.shape.append(len(turn))
            axes = [len(self.shape) - 1]
        lead = (1,) * axes[0]
        tail = (1,) * (len(self.shape) - axes[0] - 1)
        for symbol, labels, codes in zip(symbols, sets.labels, sets.codes, strict=True):
            self.places[id(symbol)] = Place(codes[member].reshape((*lead, -1, *tail)), labels)

    def _regroup(self, axes: list[int], picks: Sequence[Values], length: int) -> None:
        for axis in axes:
            self.shape[axis] = 1
        self.shape[axes[0]] = length
        self.places = {
            symbol: place._replace(codes=_regroup(place.codes, axes, picks))
            for symbol, place in self.places.items()
        }
        self.rows = [_regroup(part, axes, picks) for part in self.rows]


def _regroup(x: Ints, axes: list[int], picks: Sequence[Values]) -> Ints:
    """`x` with `axes` replaced by the first of them, along which it is taken at `picks`."""
    x = x.reshape(x.shape + (1,) * (axes[-1] + 1 - x.ndim))
    if all(x.shape[axis] == 1 for axis in axes):
        return x
    front = np.moveaxis(x, axes, range(len(axes)))
    sizes: tuple[int, ...] = front.shape[: len(axes)]
    taken = front[tuple(p if n != 1 else 0 * p for p, n in zip(picks, sizes, strict=True))]
    kept = [1 if i in axes else x.shape[i] for i in range(x.ndim) if i != axes[0]]
    return np.moveaxis(taken.reshape(-1, *kept), 0, axes[0])
