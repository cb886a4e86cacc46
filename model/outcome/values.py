"""Values: a solution vector → tables, one per variable, constraint or expression.

The index of a component says along which dimensions it lies (`model.data.groups.DIMS`); a sparse
set, such as the pairs technology × actor of `STAKE`, is spread over full dimensions, zero where
there is no column.

A table is an array with named dimensions, whose labels are those of the data: as all tables agree
on them, they are left out of the arithmetic, and put on when a result is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.compile import Factor, Index, Program
from model.data.assemble import Data
from model.data.cells import positions
from model.data.groups import DIMS
from model.solver import Solution

COST, PLAN = "cost_", "plan"

Table = xr.Variable
Ints = NDArray[np.int64]


class Values:
    """Tables of a solved program.

    Attributes
    ----------
    data : Data
    given : mapping
        The arrays of the data, as tables.
    """

    def __init__(self, data: Data, program: Program, solution: Solution) -> None:
        self.data, self._program, self._solution = data, program, solution
        self.given: Mapping[Any, Table] = data.arrays.variables
        self._labels = data.labels
        self._places: dict[str, list[Ints]] = {}
        self._tables: dict[str, Table] = {}

    def at(self, x: NDArray[np.float64]) -> Values:
        """The tables of other values (column) or (column, plan), then with this last dimension.

        They have no duals.
        """
        none = np.empty(0)
        other = Values(self.data, self._program, Solution(0.0, x, none, none, 0))
        other._places = self._places
        return other

    def variable(self, name: str) -> Table:
        """The variable called `block.name`."""
        if name not in self._tables:
            span = self._program.variables[name]
            self._tables[name] = self._spread(span.index, span.of(self._solution.x))
        return self._tables[name]

    def dual(self, name: str) -> Table:
        """The duals of the constraint called `block.name`: Δ objective per unit of its side."""
        span = self._program.constraints[name]
        return self._spread(span.index, span.of(self._solution.row_dual))

    def offered(self, name: str) -> Table:
        """The sum of what the blocks offer under a name, such as `production`."""
        parts = [self._expression(path) for path in self._offers if path.endswith(f".{name}")]
        return sum(parts[1:], start=parts[0])

    @cached_property
    def costs(self) -> dict[str, Table]:
        """Every offered cost by item, such as `investment`, `purchase` or `carbon`."""
        items = {path: path.rpartition(".")[2] for path in self._offers}
        return {
            name.removeprefix(COST): self._expression(path)
            for path, name in items.items()
            if name.startswith(COST)
        }

    def places(self, dim: str, labels: Iterable[object]) -> Ints:
        """Where labels are along a dimension."""
        return positions(self._labels[dim], labels)

    def labelled(self, table: Table) -> xr.DataArray:
        """A table with its labels."""
        return xr.DataArray(table, {dim: self._labels[str(dim)] for dim in table.dims})

    @property
    def _offers(self) -> list[str]:
        return list(self._program.expressions)

    def _expression(self, path: str) -> Table:
        if path not in self._tables:
            found = self._program.expressions[path]
            self._tables[path] = self._spread(found.index, found.at(self._solution.x))
        return self._tables[path]

    def _spread(self, index: Index, values: NDArray[np.float64]) -> Table:
        dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
        where = []
        for axis, factor in enumerate(index.factors):
            shape = [-1 if i == axis else 1 for i in range(len(index.factors))]
            where += [place.reshape(shape) for place in self._found(factor)]
        plans = values.shape[1:]
        result = np.zeros([*(len(self._labels[dim]) for dim in dims), *plans])
        result[tuple(where)] = values.reshape(*index.shape, *plans)
        return xr.Variable([*dims, PLAN] if plans else dims, result)

    def _found(self, factor: Factor) -> list[Ints]:
        """Place of each member of a set along each of its dimensions."""
        if factor.name not in self._places:
            parts = zip(DIMS[factor.name], factor.labels, factor.codes, strict=True)
            self._places[factor.name] = [
                self.places(dim, labels.values)[codes] for dim, labels, codes in parts
            ]
        return self._places[factor.name]


def summed(table: Table, *dims: str) -> Table:
    """The sum over some dimensions; not a number where a term is not. Half the time of xarray's."""
    axes = tuple(table.dims.index(dim) for dim in dims)
    return xr.Variable([dim for dim in table.dims if dim not in dims], table.data.sum(axes))


def renamed(table: Table, **names: str) -> Table:
    """A table with other names of dimensions."""
    return xr.Variable([names.get(str(dim), dim) for dim in table.dims], table.data)


def stacked(tables: Iterable[Table], dim: str) -> Table:
    """Tables one after another along a new dimension."""
    first, *others = tables
    whole: Table = xr.Variable.concat([first, *(t.transpose(*first.dims) for t in others)], dim)
    return whole
