"""How a block reads data and what it may offer: the only thing that blocks share.

Offers are indexed Expressions of a block, under these names:

    injection    GWh/yr   (epci, hourly carrier, year, step)  into the balance of a step
    supply       GWh/yr   (epci, yearly carrier, year)        into the balance of the year
    service      GWh/yr   (epci, service, year)               useful service met or saved
    consumption  GWh/yr   (epci, year)                        final consumption
    production   GWh/yr   (epci, year)                        local, renewable and recovered
    emissions    kt/yr    (epci, year)
    avoided      kt/yr    (epci, year)                        spared elsewhere by what is sold
    land_use     ha       (epci, year)
    spending     MEUR/yr  (epci, actor, vintage)              investment made in a period
    cost_<item>  MEUR/yr  (epci, actor, year)                 any number of items

Into the node is positive. What is offered is summed, exported and tabulated by block, EPCI,
actor and year with no further line.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.core as pyo
import xarray as xr
from numpy.typing import NDArray
from pyomo.core.base.param import IndexedParam

SETS = {
    "epci": "EPCI",
    "service": "SERVICE",
    "carrier": "CARRIER",
    "technology": "TECHNOLOGY",
    "measure": "MEASURE",
    "actor": "ACTOR",
    "stage": "STAGE",
    "link": "LINK",
    "target": "TARGET",
    "funder": "FUNDER",
    "vintage": "VINTAGE",
    "vintage_result": "VINTAGE",
    "year": "YEAR",
    "step": "STEP",
}


def need(m: pyo.Block, data: xr.Dataset, *names: str) -> None:
    """Add the Params `names` to `m`, indexed by the sets of their dimensions, once each.

    Raises ValueError on a NaN, and on an infinite value where no `…_limit` or `…_capacity`
    is meant: Pyomo and HiGHS would otherwise call a wrong answer optimal.
    """
    for name in names:
        if m.component(name) is not None:
            continue
        array = data.variables[name]
        values = array.values
        unlimited = name.endswith(("_limit", "_capacity", "potential", "_ceiling", "_progress"))
        if np.isnan(values).any() or (not unlimited and np.isinf(values).any()):
            raise ValueError(f"{name} holds a value that is not a finite number")
        sets = [m.component(SETS[str(dim)]) for dim in array.dims]
        doc = f"{array.attrs['long_name']} [{array.attrs['units']}]"
        if sets:
            param = ArrayParam(*sets, array=values, doc=doc)
        else:
            param = pyo.Param(initialize=values.item(), within=pyo.Any, doc=doc)
        setattr(m, name, param)


class ArrayParam(IndexedParam):
    """A Param whose values are an array, in the order of its sets.

    In a ConcreteModel it is filled like any Param; in a model that is not expanded it is a view
    on the array, and nothing is copied.
    """

    def __init__(self, *sets: pyo.Set, array: NDArray[Any], doc: str) -> None:
        super().__init__(*sets, within=pyo.Any, doc=doc)
        self.array = array

    def construct(self, data: None = None) -> None:
        """Fill every index, as Pyomo does."""
        if not self.is_constructed():
            for part in self._anonymous_sets or ():
                part.construct()
            self._data = dict(zip(self._index_set, self.array.ravel().tolist(), strict=True))
            self._constructed = True

    def _getitem_when_not_present(self, index: Any) -> Any:
        key = index if isinstance(index, tuple) else (index,)
        axes = self._index_set.subsets(False)
        return self.array[tuple(s.ord(k) - 1 for s, k in zip(axes, key, strict=True))].item()


def offers(m: pyo.ConcreteModel, name: str) -> list[pyo.Expression]:
    """The Expressions that the blocks added so far offer under `name`, in block order."""
    found = (block.component(name) for block in blocks(m))
    return [offer for offer in found if offer is not None and offer.ctype is pyo.Expression]


def costs(m: pyo.ConcreteModel) -> dict[str, pyo.Expression]:
    """Every offered cost by item, such as `investment`, `purchase` or `carbon`."""
    return {
        offer.local_name.removeprefix("cost_"): offer
        for block in blocks(m)
        for offer in block.component_objects(pyo.Expression, descend_into=False)
        if offer.local_name.startswith("cost_")
    }


def blocks(m: pyo.ConcreteModel) -> list[pyo.Block]:
    """The blocks of the model, in the order in which they were added."""
    return list(m.component_objects(pyo.Block, descend_into=False))
