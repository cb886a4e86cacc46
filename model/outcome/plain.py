"""Plain: a result file as plain arrays, read once for every language and summed fast.

xarray takes a millisecond to select a label, and a page selects ten thousand: 10 s of the default
batch, whole 20. Here an array is summed once over what is not asked for, the sum is kept, and a
label is a place in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from model.outcome.files import read_dataset

if TYPE_CHECKING:
    import xarray as xr

STEP = "step"
"""Dimension whose arrays are not read: they are large, and a page shows years."""

Array = NDArray[Any]
Dims = tuple[str, ...]
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Result:
    """The arrays of a file by name, with the dimensions of each, and its attributes."""

    arrays: Mapping[str, Array]
    dims: Mapping[str, Dims]
    attrs: Mapping[str, Any]
    _sums: dict[tuple[str, Dims], Array] = field(default_factory=dict, repr=False)
    _labels: dict[str, list[Any]] = field(default_factory=dict, repr=False)
    _places: dict[str, dict[Any, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, dataset: xr.Dataset) -> Self:
        """The same as a Dataset, which need not be kept."""
        every = {str(name): array for name, array in dataset.variables.items()}
        kept = {name: a for name, a in every.items() if STEP not in a.dims}
        return cls(
            {name: np.array(array.values) for name, array in kept.items()},
            {name: tuple(map(str, array.dims)) for name, array in kept.items()},
            dict(dataset.attrs),
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """The same as a netCDF file."""
        return cls.of(read_dataset(path))

    def __contains__(self, name: str) -> bool:
        return name in self.arrays

    def labels(self, dim: str) -> list[Any]:
        """The labels of a dimension; none if there is no such dimension."""
        if dim not in self._labels:
            self._labels[dim] = self.arrays[dim].tolist() if dim in self else []
        return self._labels[dim]

    def places(self, dim: str) -> Mapping[Any, int]:
        """The place of each label of a dimension; none if there is no such dimension."""
        if dim not in self._places:
            self._places[dim] = {label: place for place, label in enumerate(self.labels(dim))}
        return self._places[dim]

    def coordinate(self, name: str) -> dict[str, Any]:
        """An array over one dimension, by label."""
        (dim,) = self.dims[name]
        return dict(zip(self.labels(dim), self.arrays[name].tolist(), strict=True))

    def sum(self, name: str, *keep: str, **where: Any) -> Array:
        """An array over the dimensions `keep`, at the labels `where`, summed over the others."""
        over = (*where, *keep)
        if (name, over) not in self._sums:
            dims = self.dims[name]
            rest = tuple(axis for axis, dim in enumerate(dims) if dim not in over)
            left = [dim for dim in dims if dim in over]
            summed = self.arrays[name].sum(axis=rest) if rest else self.arrays[name]
            self._sums[name, over] = np.transpose(summed, [left.index(dim) for dim in over])
        place = tuple(self.places(dim)[label] for dim, label in where.items())
        found: Array = self._sums[name, over][place]
        return found

    @cached_property
    def years(self) -> list[int]:
        """The milestones."""
        return self.labels("year")

    @cached_property
    def resolved(self) -> dict[str, Any]:
        """The scenario, every value resolved."""
        found: dict[str, Any] = json.loads(self.attrs["resolved"])
        return found


def once(of: Callable[[Result], Found]) -> Callable[[Result], Found]:
    """A function of a result that is computed once, and kept as long as the result is.

    A page asks for each EPCI what takes one pass over all the links.
    """
    kept: WeakKeyDictionary[Result, Found] = WeakKeyDictionary()

    @wraps(of)
    def found(result: Result) -> Found:
        if result not in kept:
            kept[result] = of(result)
        return kept[result]

    return found
