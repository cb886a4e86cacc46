"""Values: a solution vector → labelled arrays, one per variable, constraint or expression.

The index of a component says along which dimensions it lies (`model.data.groups.DIMS`); a sparse
set, such as the pairs technology × actor of `STAKE`, is spread over full dimensions, zero where
there is no column.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.compile import Factor, Index, Program
from model.data.assemble import Data
from model.data.frame import positions
from model.data.groups import DIMS
from model.solver import Solution

COST = "cost_"


class Values:
    """Labelled values of a solved program."""

    def __init__(self, data: Data, program: Program, solution: Solution) -> None:
        self.data, self._program, self._solution = data, program, solution
        self._known: dict[str, list[NDArray[np.int64]]] = {}
        self._tables: dict[str, xr.DataArray] = {}

    def variable(self, name: str) -> xr.DataArray:
        """The variable called `block.name`."""
        if name not in self._tables:
            span = self._program.variables[name]
            self._tables[name] = self._spread(span.index, span.of(self._solution.x))
        return self._tables[name]

    def dual(self, name: str) -> xr.DataArray:
        """The duals of the constraint called `block.name`: Δ objective per unit of its side."""
        span = self._program.constraints[name]
        return self._spread(span.index, span.of(self._solution.row_dual))

    def offered(self, name: str) -> xr.DataArray:
        """The sum of what the blocks offer under a name, such as `production`."""
        parts = [self._expression(path) for path in self._offers if path.endswith(f".{name}")]
        return sum(parts[1:], start=parts[0])

    @cached_property
    def costs(self) -> dict[str, xr.DataArray]:
        """Every offered cost by item, such as `investment`, `purchase` or `carbon`."""
        items = {path: path.rpartition(".")[2] for path in self._offers}
        return {
            name.removeprefix(COST): self._expression(path)
            for path, name in items.items()
            if name.startswith(COST)
        }

    @property
    def _offers(self) -> list[str]:
        return list(self._program.expressions)

    def _expression(self, path: str) -> xr.DataArray:
        if path not in self._tables:
            found = self._program.expressions[path]
            self._tables[path] = self._spread(found.index, found.at(self._solution.x))
        return self._tables[path]

    def _spread(self, index: Index, values: NDArray[np.float64]) -> xr.DataArray:
        dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
        coords = {dim: self.data.arrays.indexes[dim] for dim in dims}
        where = []
        for axis, factor in enumerate(index.factors):
            shape = [-1 if i == axis else 1 for i in range(len(index.factors))]
            where += [place.reshape(shape) for place in self._found(factor)]
        result = np.zeros([len(labels) for labels in coords.values()])
        result[tuple(where)] = values.reshape(index.shape)
        return xr.DataArray(result, coords, dims)

    def _found(self, factor: Factor) -> list[NDArray[np.int64]]:
        """Place of each member of a set along each of its dimensions."""
        if factor.name not in self._known:
            parts = zip(DIMS[factor.name], factor.labels, factor.codes, strict=True)
            self._known[factor.name] = [
                positions(self.data.arrays.indexes[dim].tolist(), labels.values)[codes]
                for dim, labels, codes in parts
            ]
        return self._known[factor.name]
