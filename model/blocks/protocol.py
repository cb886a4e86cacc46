"""How a block reads data and what it may offer: the only thing that blocks share.

Offers are indexed Expressions of a block, under these names:

    injection    GWh/yr   (epci, hourly carrier, year, step)  into the balance of a step
    supply       GWh/yr   (epci, yearly carrier, year)        into the balance of the year
    service      GWh/yr   (epci, service, year)               useful service met or saved
    consumption  GWh/yr   (epci, year)                        final consumption
    production   GWh/yr   (epci, year)                        local renewable and recovered production
    emissions    kt/yr    (epci, year)
    land_use     ha       (epci, year)
    spending     MEUR/yr  (epci, actor, vintage)              investment made in a period
    cost_<item>  MEUR/yr  (epci, actor, year)                 any number of items

Into the node is positive. What is offered is summed, exported and tabulated by block, EPCI,
actor and year with no further line.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pyomo.environ as pyo
import xarray as xr

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
    "vintage": "VINTAGE",
    "vintage_result": "VINTAGE",
    "year": "YEAR",
    "step": "STEP",
}


def need(m: pyo.ConcreteModel, data: xr.Dataset, *names: str) -> None:
    """Add the Params `names` to `m`, indexed by the sets of their dimensions, once each.

    Raises ValueError on a NaN, and on an infinite value where no `…_limit` or `…_capacity`
    is meant: Pyomo and HiGHS would otherwise call a wrong answer optimal.
    """
    for name in names:
        if m.component(name) is not None:
            continue
        array = data[name]
        values = array.to_numpy()
        unlimited = name.endswith(("_limit", "_capacity", "potential", "_ceiling", "_progress"))
        if np.isnan(values).any() or (not unlimited and np.isinf(values).any()):
            raise ValueError(f"{name} holds a value that is not a finite number")
        sets = [m.component(SETS[str(dim)]) for dim in array.dims]
        initial: Any = values.item() if values.ndim == 0 else _table(sets, values)
        setattr(
            m,
            name,
            pyo.Param(
                *sets,
                initialize=initial,
                within=pyo.Any,
                doc=f"{array.attrs['long_name']} [{array.attrs['units']}]",
            ),
        )


def _table(sets: list[pyo.Set], values: np.ndarray[Any, Any]) -> dict[Any, Any]:
    if len(sets) == 1:
        return dict(zip(sets[0], values.tolist(), strict=True))
    return dict(zip(product(*sets), values.ravel().tolist(), strict=True))


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
