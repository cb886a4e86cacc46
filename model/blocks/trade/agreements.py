"""Agreements: what partners have signed — volumes, years and prices of what one sends another.

    sent_hourly     b[l,y] = Σ_t f[l,y,t]                    hourly carriers
    sent_yearly     b[l,y] = s[l,y]                          yearly carriers
    certified       b[l,y] = z[l,y]                          certificates of origin
    floor           b[l,y] ≥ B⁻[l,y]
    ceiling         b[l,y] ≤ B⁺[l,y]
    cost_agreements Σ_{l into n} π[l,y] · b[l,y] − Σ_{l out of n} π[l,y] · b[l,y]

    b  volume        GWh/yr    link, year        decided: what is sent under an agreement
    f  flow          GWh/yr    link, year, step  block exchange
    s  shipment      GWh/yr    link, year        block exchange
    z  certificate   GWh/yr    link, vintage     block certificates
    B⁻ agreed_floor  GWh/yr    link, year        scenario: what must be taken
    B⁺ agreed_limit  GWh/yr    link, year        scenario: what may be taken
    π  agreed_price  MEUR/GWh  link, year        scenario; 0 where prices are settled afterwards

A link that has agreements is open in their years only: from the year of signature and the lead
time on, over the term. What is paid at an agreed price is a cost of one partner and an earning of
the other: it changes no total, but counts where nobody may be worse off than alone.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_agreements(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.agreements`, which offers what partners pay each other [MEUR/yr]."""
    need(m, data.arrays, "agreed_floor", "agreed_limit", "agreed_price")
    b = m.agreements = pyo.Block(doc="Agreements between partners")
    b.volume = pyo.Var(m.AGREED, within=pyo.NonNegativeReals, doc="Sent as agreed [GWh/yr]")

    @b.Constraint(m.AGREED_HOURLY, doc="The steps make the volume [GWh/yr]")
    def sent_hourly(b, i, y):
        return sum(m.exchange.flow[i, y, t] for t in m.STEP) - b.volume[i, y] == 0

    @b.Constraint(m.AGREED_YEARLY, doc="What is shipped is the volume [GWh/yr]")
    def sent_yearly(b, i, y):
        return m.exchange.shipment[i, y] - b.volume[i, y] == 0

    @b.Constraint(m.AGREED_CERTIFICATE, doc="What is certified is the volume [GWh/yr]")
    def certified(b, i, y):
        return m.certificates.certificate[i, y] - b.volume[i, y] == 0

    @b.Constraint(m.AGREED_LEAST, doc="No less than agreed [GWh/yr]")
    def floor(b, i, y):
        return b.volume[i, y] >= m.agreed_floor[i, y]

    @b.Constraint(m.AGREED_MOST, doc="No more than agreed [GWh/yr]")
    def ceiling(b, i, y):
        return b.volume[i, y] <= m.agreed_limit[i, y]

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Paid to partners less received [MEUR/yr]")
    def cost_agreements(b, n, a, y):
        bought = sum(m.agreed_price[i, y] * b.volume[i, y] for i in m.AGREED_INTO[n, y])
        return bought - sum(m.agreed_price[i, y] * b.volume[i, y] for i in m.AGREED_OUT_OF[n, y])
