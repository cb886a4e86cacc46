"""Demand: useful services that devices meet and measures avoid.

    met    Σ_offers service[n,u,y] ≥ D[n,u,y]

    D  service_demand  GWh/yr  epci, service, year  inputs/consumption, end_uses, outlook

Demand is for services, not for carriers: heat for dwellings, motion for people and goods. The
base-year demand is what the base-year fleet gave with the recorded consumption, so that the
base year is reproduced; `outlook` carries it forward, before any measure. The dual of a row is
the marginal cost of the service.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need, offers
from model.data.assemble import Data


def add_demand(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.demand`: what devices give and measures save meets the demand."""
    need(m, data.arrays, "service_demand")
    given = offers(m, "service")
    b = m.demand = pyo.Block(doc="Useful services")

    @b.Constraint(m.EPCI, m.SERVICE, m.YEAR, doc="Every service is met or saved [GWh/yr]")
    def met(b, n, u, y):
        return sum(offer[n, u, y] for offer in given) >= m.service_demand[n, u, y]
