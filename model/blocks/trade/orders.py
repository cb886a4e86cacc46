"""Orders: a long agreement makes lending to the plants behind it safer, and their capital cheaper.

    covered     Σ_k Σ_{v in service at y} s[l,y] · ρ[k,c,y] · H[k] · w[l,k,v] ≤ b[l,y]
                                                            c the carrier of l, k gives it
    backed      Σ_{l out of n} w[l,k,v] ≤ Σ_a i[n,k,a,v]    a the private developer
    cost_order  − Σ_{l out of n} Σ_k Σ_{v in service at y} s[l,y] · δ[l,k,v] · w[l,k,v]

    w  ordered       GW          order link, technology, vintage   decided: built for an order
    b  volume        GWh/yr      link, year                        block agreements
    i  invest        GW          epci, technology, actor, vintage  block stock
    ρ  flow_ratio    1           technology, carrier, year         inputs/technology_flows
    H  full_load_hours  h/yr     technology                        inputs/technologies
    s  order_share   1           link, year                        scenario: part of the milestone
    δ  order_relief  MEUR/GW/yr  link, technology, vintage         scenario: annuity at the cost of
                                                                   capital of the owner less that of
                                                                   the order; 0 before and after it

Whoever lends to a plant whose output is sold for years to come asks for less. The order counts
for no more capacity than makes, in a mean year, what is sent under it, and only while it lasts:
afterwards the plant earns what the market pays, and its capital costs what it did.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_orders(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.orders`, which offers what orders spare, as a cost below 0 [MEUR/yr]."""
    need(m, data.arrays, "order_share", "order_relief", "flow_ratio", "full_load_hours")
    b = m.orders = pyo.Block(doc="Plants built for an order")
    b.ordered = pyo.Var(m.ORDER, within=pyo.NonNegativeReals, doc="Built for an order [GW]")

    @b.Constraint(m.ORDERED, doc="An order stands behind no more than it takes [GWh/yr]")
    def covered(b, i, y):
        made = sum(
            m.order_share[i, y] * m.flow_ratio[k, c, y] * m.full_load_hours[k] * b.ordered[i, k, v]
            for k in m.ORDERED_OF[i]
            for c in m.SENT_AS[i]
            for v in m.IN_SERVICE[k, y]
        )
        return made - m.agreements.volume[i, y] <= 0

    @b.Constraint(m.ORDERED_PLANT, doc="What is built for orders is built [GW]")
    def backed(b, n, k, v):
        ordered = sum(b.ordered[i, k, v] for i in m.ORDERS_FOR[n, k])
        return ordered - sum(m.stock.invest[n, k, a, v] for a in m.DEVELOPER) <= 0

    @b.Expression(m.EPCI, m.DEVELOPER, m.YEAR, doc="Minus what orders spare of capital [MEUR/yr]")
    def cost_order(b, n, a, y):
        return -sum(
            m.order_share[i, y] * m.order_relief[i, k, v] * b.ordered[i, k, v]
            for i in m.ORDERS_OUT_OF[n]
            for k in m.ORDERED_OF[i]
            for v in m.IN_SERVICE[k, y]
        )
