"""The index sets of the model, and the ragged sets that say which sums run over what.

    EPCI CARRIER SERVICE TECHNOLOGY MEASURE ACTOR STAGE LINK TARGET YEAR VINTAGE STEP
    HOURLY, YEARLY          carriers, by how they are balanced
    DEVICE, PLANT, STORE    technologies: serve a service, turn carriers, store
    DISPATCHED, ANNUAL      plants with an hourly carrier, and the others
    DECIDED                 (epci, dispatched plant, year) but for PROFILED in the base year
    RECORDED, PROFILED      (epci, plant) of the base year; those of them that follow a profile
    PROJECT                 technologies whose projects need engineering
    CONSUMER, AUTHORITY, VEHICLE   actors by kind
    STAKE                   (technology, actor) that may hold capacity

Membership is data: it is read from the dataset's `groups`, never decided inside a rule.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.data.assemble import Data


def add_sets(m: pyo.ConcreteModel, data: Data) -> None:
    """Add every index set to `m`, in the order of the data."""
    for name, members in data.sets.items():
        dimen = data.dimen.get(name, 1)
        setattr(m, name, pyo.Set(initialize=list(members), dimen=dimen))
    for name, (over, families) in data.ragged.items():
        index = [m.component(s) for s in over]
        setattr(m, name, pyo.Set(*index, initialize=families, dimen=1))
