"""Exchange: energy sent along directed links between cooperating EPCI.

    limit           f[l,y,t] ≤ F[l,y] · h[t]                              hourly carriers
    yearly_limit    s[l,y]   ≤ F[l,y] · Σ_t h[t]                          yearly carriers
    injection       Σ_{l into n} η[l] · f[l,y,t] − Σ_{l out of n} f[l,y,t]
    supply          Σ_{l into n} η[l] · s[l,y] − Σ_{l out of n} s[l,y]
    cost_exchange   Σ_{l into n} θ[l] · (Σ_t f[l,y,t] + s[l,y])

    f  flow             GWh/yr    link, year, step  decided: energy sent, before losses
    s  shipment         GWh/yr    link, year        decided: energy sent, before losses
    F  link_capacity    GW        link, year        inputs/carriers; 0 in the base year
    h  step_hours       h/yr      step              inputs/calendar
    η  link_efficiency  1         link              inputs/carriers
    θ  link_toll        MEUR/GWh  link              inputs/carriers, cooperation_forms

A link has one carrier and one direction. Electricity between EPCI is a contract over the public
grid: it says who buys from whom, the physics stays national; its capacity is that of the
contract. Heat goes to neighbours only, wood by road. Losses and toll fall on the receiver, so
that sending both ways at once never pays (surplus may be let go for free).
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_exchange(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.exchange`: `injection`, `supply` [GWh/yr] and a cost [MEUR/yr]."""
    need(m, data.arrays, "link_capacity", "link_efficiency", "link_toll", "step_hours")
    b = m.exchange = pyo.Block(doc="Energy sent between EPCI")
    b.flow = pyo.Var(
        m.HOURLY_LINK, m.YEAR, m.STEP, within=pyo.NonNegativeReals, doc="Energy sent [GWh/yr]"
    )
    b.shipment = pyo.Var(
        m.YEARLY_LINK, m.YEAR, within=pyo.NonNegativeReals, doc="Energy sent [GWh/yr]"
    )

    @b.Constraint(m.LIMITED_HOURLY_LINK, m.STEP, doc="Energy sent fits in the link [GWh/yr]")
    def limit(b, i, y, t):
        return b.flow[i, y, t] <= m.link_capacity[i, y] * m.step_hours[t]

    @b.Constraint(m.LIMITED_YEARLY_LINK, doc="Energy sent fits in the link [GWh/yr]")
    def yearly_limit(b, i, y):
        return b.shipment[i, y] <= m.link_capacity[i, y] * sum(m.step_hours[t] for t in m.STEP)

    @b.Expression(m.EPCI, m.HOURLY, m.YEAR, m.STEP, doc="Received minus sent [GWh/yr]")
    def injection(b, n, c, y, t):
        received = sum(m.link_efficiency[i] * b.flow[i, y, t] for i in m.INTO[n, c])
        return received - sum(b.flow[i, y, t] for i in m.OUT_OF[n, c])

    @b.Expression(m.EPCI, m.YEARLY, m.YEAR, doc="Received minus sent [GWh/yr]")
    def supply(b, n, c, y):
        received = sum(m.link_efficiency[i] * b.shipment[i, y] for i in m.INTO[n, c])
        return received - sum(b.shipment[i, y] for i in m.OUT_OF[n, c])

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Toll, road and transaction [MEUR/yr]")
    def cost_exchange(b, n, a, y):
        contracts = sum(
            m.link_toll[i] * b.flow[i, y, t] for c in m.HOURLY for i in m.INTO[n, c] for t in m.STEP
        )
        return contracts + sum(
            m.link_toll[i] * b.shipment[i, y] for c in m.YEARLY for i in m.INTO[n, c]
        )
