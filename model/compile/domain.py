"""Domain: the grid on which a template is evaluated, and where each symbol stands on it.

A domain is a list of axes. Every array on it broadcasts against the axes, so that what depends
on one index only stays small. A sum over a set adds an axis; a sum over a ragged set melts the
axes that the set depends on into one, as long as all its members together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np

from model.compile.components import Ragged
from model.compile.index import Factor, Ints, Labels, Values


class Place(NamedTuple):
    """A symbol on a domain: the code of its label, broadcast against the axes."""

    codes: Ints
    labels: Labels


class Domain:
    """Axes, where each symbol stands on them, and row numbers as a sum of parts.

    A domain is never changed: a sum, or an Expression met on the way, makes one more after it.
    What the one before knows is carried over when asked for, once. A part of the row numbers
    broadcasts against the axes like a place.
    """

    def __init__(
        self,
        shape: Sequence[int] = (),
        places: Mapping[int, Place] | None = None,
        before: Domain | None = None,
        carry: Callable[[Ints], Ints] | None = None,
    ) -> None:
        self.shape = tuple(shape)
        self._places, self._before = dict(places or {}), before
        self._carry = carry or self._fit

    @classmethod
    def over(cls, factors: Sequence[Factor], symbols: Sequence[Any]) -> Domain:
        """The domain of a component: one row for each member of its index."""
        return cls().add(factors, symbols).numbered()

    def numbered(self) -> Domain:
        """The same axes and places; every point is a row."""
        return Domain(self.shape, self._places)

    def bound(self, places: Mapping[int, Place]) -> Domain:
        """The same axes, with the places of more symbols."""
        return Domain(self.shape, places, self)

    def add(self, factors: Sequence[Factor], symbols: Sequence[Any]) -> Domain:
        """One axis more for each factor, with its symbols."""
        shape = (*self.shape, *map(len, factors))
        names, places = iter(symbols), {}
        for axis, factor in enumerate(factors, len(self.shape)):
            for labels, codes in zip(factor.labels, factor.codes, strict=True):
                places[id(next(names))] = Place(_along(codes, axis, len(shape)), labels)
        return Domain(shape, places, self)

    def melt(self, at: Ints, sets: Ragged, symbols: Sequence[Any]) -> Domain:
        """A sum over the set at flat position `at` of a family of ragged sets."""
        axes = [i for i, n in enumerate(at.shape) if n != 1]
        flat = at.ravel()
        count = sets.count[flat]
        turn = np.repeat(np.arange(len(flat)), count)
        first = np.cumsum(count) - count
        member = sets.start[flat][turn] + np.arange(len(turn)) - first[turn]
        shape, carry = [*self.shape], None
        if axes:
            picks = np.unravel_index(turn, [at.shape[i] for i in axes])
            carry = partial(_regroup, axes=axes, picks=picks)
            for axis in axes:
                shape[axis] = 1
        else:
            axes = [len(shape)]
            shape.append(1)
        shape[axes[0]] = len(turn)
        places = {
            id(symbol): Place(_along(codes[member], axes[0], len(shape)), labels)
            for symbol, labels, codes in zip(symbols, sets.labels, sets.codes, strict=True)
        }
        return Domain(shape, places, self, carry)

    def place(self, symbol: int) -> Place:
        """Where a symbol stands, by its identity; KeyError where it is not known."""
        known = self._places.get(symbol)
        if known is None:
            if self._before is None:
                raise KeyError(symbol)
            codes, labels = self._before.place(symbol)
            known = self._places[symbol] = Place(self._carry(codes), labels)
        return known

    @cached_property
    def number(self) -> Values:
        """Row number of every point, broadcast against the axes; summed once for all terms."""
        return sum(self._rows, np.zeros((1,) * len(self.shape), dtype=np.int32))

    @cached_property
    def _rows(self) -> list[Ints]:
        if self._before is not None:
            return [self._carry(part) for part in self._before._rows]
        strides = np.cumprod((1, *self.shape[:0:-1]), dtype=np.int32)[::-1]
        every = enumerate(zip(self.shape, strides, strict=False))  # of no axis there is a stride
        return [_along(np.arange(n, dtype=np.int32) * s, i, len(self.shape)) for i, (n, s) in every]

    def _fit(self, x: Ints) -> Ints:
        """`x` with the trailing axes that were added since it was made."""
        missing = len(self.shape) - x.ndim
        return x.reshape(x.shape + (1,) * missing) if missing else x


def _along(codes: Ints, axis: int, axes: int) -> Ints:
    """`codes` along one of so many axes."""
    return codes.reshape((1,) * axis + (-1,) + (1,) * (axes - axis - 1))


def _regroup(x: Ints, axes: Sequence[int], picks: Sequence[Values]) -> Ints:
    """`x` with `axes` replaced by the first of them, along which it is taken at `picks`."""
    varying = [(axis, at) for axis, at in zip(axes, picks, strict=True) if x.shape[axis] != 1]
    if not varying:
        return x
    if len(varying) == 1:
        ((axis, at),) = varying
        return x.take(at, axis).swapaxes(axis, axes[0])
    front = np.moveaxis(x, axes, range(len(axes)))
    sizes: tuple[int, ...] = front.shape[: len(axes)]
    taken = front[tuple(p if n != 1 else 0 * p for p, n in zip(picks, sizes, strict=True))]
    kept = [1 if i in axes else x.shape[i] for i in range(x.ndim) if i != axes[0]]
    return np.moveaxis(taken.reshape(-1, *kept), 0, axes[0])
