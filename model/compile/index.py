"""Index: what a block of columns or rows runs over, as arrays of labels.

An index is a product of factors; a factor is a set of labels, or a sparse set of tuples of
labels. Flat positions count in the order of the product, the last factor fastest, so that the
values of a component without sparse factors are `values.reshape(index.shape)`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyomo.core.base.component_namer import index_repr

Ints = NDArray[np.int32]
Values = NDArray[Any]


class Labels:
    """Distinct labels in order, with the position of each."""

    def __init__(self, values: Iterable[Any]) -> None:
        self.place = {value: i for i, value in enumerate(dict.fromkeys(values))}
        self._into: dict[int, tuple[Labels, Ints]] = {}

    def __len__(self) -> int:
        return len(self.place)

    @cached_property
    def values(self) -> list[Any]:
        """The labels in order."""
        return list(self.place)

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The labels as numbers; raises ValueError where one is not."""
        return np.array(self.values, dtype=float)

    def codes(self, values: Iterable[Any]) -> Ints:
        """Position of each of `values`; KeyError where one is no label."""
        return np.fromiter(map(self.place.__getitem__, values), dtype=np.int32)

    def into(self, other: Labels) -> Ints:
        """Position in `other` of each label of self, −1 where it has none."""
        known = self._into.get(id(other))
        if known is None:
            found = (other.place.get(value, -1) for value in self.place)
            known = other, np.fromiter(found, dtype=np.int32, count=len(self))
            self._into[id(other)] = known
        return known[1]


class Factor:
    """A set: `labels` and `codes` of each position of its members, which are unique.

    Attributes
    ----------
    name : str
        Name of the set.
    labels : tuple of Labels
        One for each position of a member: one for a plain set, k for a set of k-tuples.
    codes : tuple of arrays
        For each position, which label each member has there.
    """

    def __init__(self, name: str, labels: Sequence[Labels], codes: Sequence[Ints]) -> None:
        self.name, self.labels, self.codes = name, tuple(labels), tuple(codes)

    @classmethod
    def of(cls, name: str, members: Sequence[Any], dimen: int) -> Factor:
        """The factor of a set with these members."""
        if dimen == 1:
            labels = Labels(members)
            return cls(name, (labels,), (np.arange(len(labels), dtype=np.int32),))
        columns = list(zip(*members, strict=True)) if len(members) else [()] * dimen
        every = [Labels(column) for column in columns]
        return cls(name, every, [x.codes(c) for x, c in zip(every, columns, strict=True)])

    def __len__(self) -> int:
        return len(self.codes[0])

    @property
    def dimen(self) -> int:
        """Number of labels in a member."""
        return len(self.labels)

    @cached_property
    def _order(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        key = self._key(self.codes)
        order = np.argsort(key, kind="stable")
        return key[order], order

    def _key(self, codes: Sequence[Values]) -> NDArray[np.int64]:
        key = codes[0].astype(np.int64)
        for labels, code in zip(self.labels[1:], codes[1:], strict=True):
            key = key * len(labels) + code
        return key

    def positions(self, codes: Sequence[Values]) -> Values:
        """Position of the member with these codes, −1 where there is none."""
        if self.dimen == 1:
            return codes[0]
        keys, order = self._order
        wanted = self._key(codes)
        if not len(keys):
            return np.full(wanted.shape, -1)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        missing = keys[at] != wanted
        for code in codes:
            missing = missing | (code < 0)
        return np.where(missing, -1, order[at])

    def member(self, i: int) -> tuple[Any, ...]:
        """The labels of member `i`."""
        return tuple(x.values[c[i]] for x, c in zip(self.labels, self.codes, strict=True))


class Index:
    """A product of factors; no factor at all for a scalar."""

    def __init__(self, factors: Iterable[Factor]) -> None:
        self.factors = tuple(factors)
        self.shape = tuple(len(factor) for factor in self.factors)
        self.size = math.prod(self.shape)

    @property
    def labels(self) -> tuple[Labels, ...]:
        """Labels of each position of a member."""
        return tuple(labels for factor in self.factors for labels in factor.labels)

    @property
    def codes(self) -> tuple[Ints, ...]:
        """For each position, the code in `labels` of every member, flat."""
        return tuple(self.code(place) for place in range(len(self.labels)))

    def code(self, place: int) -> Ints:
        """The code in `labels` of every member at a position, flat."""
        every = [(axis, code) for axis, f in enumerate(self.factors) for code in f.codes]
        axis, code = every[place]
        shape = [-1 if i == axis else 1 for i in range(len(self.shape))]
        return np.broadcast_to(code.reshape(shape), self.shape).ravel()

    def column(self, place: int) -> Values:
        """The label of every member at a position, flat."""
        return _array(self.labels[place].values)[self.code(place)]

    def spread(self, values: Values, fill: float = 0.0) -> Values:
        """Values by member → an array with one axis per position, `fill` where no member is.

        Axis i is labelled by `labels[i].values`.
        """
        out = np.full([len(labels) for labels in self.labels], fill, dtype=float)
        out[self.codes] = values
        return out

    def member(self, i: int) -> tuple[Any, ...]:
        """The labels of flat position `i`."""
        places = np.unravel_index(i, self.shape) if self.shape else ()
        found = (f.member(int(p)) for f, p in zip(self.factors, places, strict=True))
        return tuple(label for member in found for label in member)

    def text(self, i: int) -> str:
        """How Pyomo writes the index at flat position `i`, such as `[a,2030]`; '' for a scalar."""
        if not self.factors:
            return ""
        member = self.member(i)
        return str(index_repr(member if len(member) > 1 else member[0]))


def _array(values: list[Any]) -> Values:
    """Labels as an array: of numbers or of text when all are, else of objects."""
    kinds = {type(value) for value in values}
    return np.array(values, dtype=None if len(kinds) == 1 and kinds <= {int, str} else object)
