"""Emissions: what the territory emits, and the value of carbon.

    cost_carbon   χ[y] · Σ_offers (emissions[n,y] − avoided[n,y])

    χ  carbon_value  MEUR/kt  year  inputs/carbon_values, path chosen by the scenario

Scope: life-cycle factors of the energy bought, and what plants emit on site beyond their fuel.
The carbon value is what the community gives up by emitting; whether it is paid as a tax or not
does not change the plan, only who pays. It is an item of its own in every cost table. What is
sold spares the carbon of a purchase elsewhere, and is paid for it at the same value; inventories
and aims of emissions stay gross, as a PCAET counts them.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need, offers
from model.data.assemble import Data


def add_emissions(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.emissions`, which offers the cost of carbon [MEUR/yr]."""
    need(m, data.arrays, "carbon_value")
    emitted, avoided = offers(m, "emissions"), offers(m, "avoided")
    b = m.emissions = pyo.Block(doc="Carbon")

    @b.Expression(
        m.EPCI,
        m.CONSUMER,
        m.YEAR,
        doc="Value of the carbon emitted, net of what is spared [MEUR/yr]",
    )
    def cost_carbon(b, n, a, y):
        net = sum(offer[n, y] for offer in emitted) - sum(offer[n, y] for offer in avoided)
        return m.carbon_value[y] * net
