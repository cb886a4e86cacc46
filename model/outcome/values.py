"""Values: a solution vector → labelled arrays, one per variable, constraint or expression.

The index sets of a component say its dimensions; a sparse set (such as the pairs technology ×
actor of `STAKE`) is spread over full dimensions, zero where there is no column.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo
import xarray as xr
from numpy.typing import NDArray

from model.compile import Program
from model.data.assemble import Data
from model.solve import Solution

DIMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("EPCI", "BUDGETED", "LANDED", "RULED", "LENDER"), ("epci",)),
    **dict.fromkeys(("YEAR", "VINTAGE", "BASE"), ("year",)),
    **dict.fromkeys(("ACTOR", "CONSUMER", "AUTHORITY", "VEHICLE", "IN_HOUSE"), ("actor",)),
    **dict.fromkeys(
        ("TECHNOLOGY", "PLANT", "DISPATCHED", "ANNUAL", "DEVICE", "STORE", "PROJECT"),
        ("technology",),
    ),
    **dict.fromkeys(
        ("CARRIER", "HOURLY", "YEARLY", "BOUGHT_HOURLY", "BOUGHT_YEARLY"), ("carrier",)
    ),
    **dict.fromkeys(("SOLD_HOURLY", "SOLD_YEARLY"), ("carrier",)),
    **dict.fromkeys(
        ("LINK", "HOURLY_LINK", "YEARLY_LINK", "CERTIFICATE_LINK", "LOAN_LINK"), ("link",)
    ),
    "SERVICE": ("service",),
    "MEASURE": ("measure",),
    "PACED_MEASURE": ("measure",),
    "STEP": ("step",),
    "STAKE": ("technology", "actor"),
    "PROJECT_STAKE": ("technology", "actor"),
    "LIMITED": ("epci", "technology"),
    "CAPPED": ("epci", "technology"),
    "RECORDED": ("epci", "technology"),
    "PACED": ("epci", "technology", "year"),
    "RATIONED_HOURLY": ("epci", "carrier"),
    "RATIONED_YEARLY": ("epci", "carrier"),
    "LIMITED_HOURLY_LINK": ("link", "year"),
    "LIMITED_YEARLY_LINK": ("link", "year"),
    "AIMED": ("target", "year"),
    **{
        f"{name}_AIM": ("target", "year")
        for name in ("PRODUCTION", "SHARE", "TIMELY", "CONSUMPTION", "EMISSION", "LAND")
    },
}


class Values:
    """Labelled values of a solved model."""

    def __init__(
        self, m: pyo.ConcreteModel, data: Data, program: Program, solution: Solution
    ) -> None:
        self.model, self.data = m, data
        self._x = dict(zip(map(id, program.columns), solution.x.tolist(), strict=True))
        self._y = dict(zip(map(id, program.rows), solution.row_dual.tolist(), strict=True))
        for column, value in zip(program.columns, solution.x.tolist(), strict=True):
            column.set_value(value, skip_validation=True)

    def variable(self, name: str) -> xr.DataArray:
        """The variable called `block.name`; a column that no row holds is at its lower bound."""
        component = self.model.find_component(name)
        values = [self._x.get(id(v), 0.0) for v in component.values()]
        for v in component.values():
            if v.value is None:
                v.set_value(0.0, skip_validation=True)
        return self._spread(component, values)

    def dual(self, name: str) -> xr.DataArray:
        """The duals of the constraint called `block.name`."""
        component = self.model.find_component(name)
        return self._spread(component, [self._y.get(id(c), 0.0) for c in component.values()])

    def expression(self, component: Any) -> xr.DataArray:
        """The value of an Expression at the solution."""
        return self._spread(component, [pyo.value(e) for e in component.values()])

    def _spread(self, component: Any, values: list[float]) -> xr.DataArray:
        coordinates = {str(d): self.data.arrays[d].to_numpy() for d in self.data.arrays.dims}
        dims: list[str] = []
        places: list[list[NDArray[np.int64]]] = []
        for index in component.index_set().subsets(expand_all_set_operators=True):
            names = DIMS[index.local_name]
            dims += names
            places.append(_places(list(index), names, coordinates))
        result = np.zeros([len(coordinates[d]) for d in dims])
        grid = np.indices([len(group[0]) for group in places]).reshape(len(places), -1)
        where = tuple(axis[grid[i]] for i, group in enumerate(places) for axis in group)
        result[where] = values
        return xr.DataArray(result, {d: coordinates[d] for d in dims}, dims)


def _places(
    members: list[Any], names: tuple[str, ...], coordinates: dict[str, NDArray[Any]]
) -> list[NDArray[np.int64]]:
    """Positions of the members of a set along each of its dimensions."""
    rows = [m if isinstance(m, tuple) else (m,) for m in members]
    result = []
    for i, name in enumerate(names):
        rank = {label: j for j, label in enumerate(coordinates[name].tolist())}
        result.append(np.array([rank[row[i]] for row in rows], dtype=np.int64))
    return result
