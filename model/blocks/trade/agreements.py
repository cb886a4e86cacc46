"""Agreements: what partners have signed — volumes, years and prices of what one sends another.

    sent_hourly     b[l,y] + e[l,y] = Σ_t f[l,y,t]           hourly carriers
    sent_yearly     b[l,y] + e[l,y] = s[l,y]                 yearly carriers
    certified       b[l,y] + e[l,y] = z[l,y]                 certificates of origin
    floor           b[l,y] ≥ B⁻[l,y]
    ceiling         b[l,y] ≤ B⁺[l,y]
    made            Σ_{l out of n} b[l,y] ≤ Σ_{k giving c} ρ[k,c,y] · o[n,k,y]
    owned           Σ_{l out of n} b[l,y] ≤ Σ_offers production[n,y]            certificates
    kept_hourly     Σ_{l' out} Σ_t f − Σ_{l' into} η · Σ_t f ≥ Σ_{l' out} b − Σ_{l' into} η · b
    kept_yearly     Σ_{l' out} s − Σ_{l' into} η · s ≥ Σ_{l' out} b − Σ_{l' into} η · b
    kept            Σ_{l' out} z − Σ_{l' into} z ≥ Σ_{l' out} b − Σ_{l' into} b
                    l' of the same carrier, out of or into the sender of l; of b, those netted
    cost_agreements Σ_{l into n} π[l,y] · b[l,y] − Σ_{l out of n} π[l,y] · b[l,y]
                    + Σ_{l into n} τ · e[l,y]

    b  volume        GWh/yr    link, year        decided: what is sent under an agreement
    e  beyond        GWh/yr    link, year        decided: what is sent besides
    f  flow          GWh/yr    link, year, step  block exchange
    s  shipment      GWh/yr    link, year        block exchange
    z  certificate   GWh/yr    link, vintage     block certificates
    o  output        GWh/yr    epci, plant, year block conversion
    ρ  flow_ratio    1         technology, carrier, year   inputs/technology_flows
    η  link_efficiency  1      link              inputs/carriers
    B⁻ agreed_floor  GWh/yr    link, year        scenario: what must be taken
    B⁺ agreed_limit  GWh/yr    link, year        scenario: what may be taken at the agreed price
    π  agreed_price  MEUR/GWh  link, year        scenario; 0 where prices are settled afterwards
    τ  beyond_toll   MEUR/GWh                    so small that it only says which is used first

What is agreed is energy that the sender makes: what it buys to send does not count. It is netted if
it has a floor, or a price where nobody may be worse off than alone: it does not come back, by this
road or another, and its sender sends that much more than it receives. Outside of its years, and
besides what is agreed, a link is what it would be without: an option never costs. A milestone that
it covers in part counts for that part. What is paid at an agreed price is a cost of one partner and
an earning of the other: no total changes, but it counts where nobody may be worse off than alone.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need, offers
from model.data.assemble import Data


def add_agreements(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.agreements`, which offers what partners pay each other [MEUR/yr]."""
    need(m, data.arrays, "agreed_floor", "agreed_limit", "agreed_price", "beyond_toll")
    need(m, data.arrays, "flow_ratio", "link_efficiency")
    produced = offers(m, "production")
    b = m.agreements = pyo.Block(doc="Agreements between partners")
    free = {"within": pyo.NonNegativeReals}
    b.volume = pyo.Var(m.AGREED, doc="Sent as agreed [GWh/yr]", **free)
    b.beyond = pyo.Var(m.AGREED, doc="Sent besides [GWh/yr]", **free)

    @b.Constraint(m.AGREED_HOURLY, doc="The steps make the volume [GWh/yr]")
    def sent_hourly(b, i, y):
        sent = sum(m.exchange.flow[i, y, t] for t in m.STEP)
        return sent - b.volume[i, y] - b.beyond[i, y] == 0

    @b.Constraint(m.AGREED_YEARLY, doc="What is shipped is the volume [GWh/yr]")
    def sent_yearly(b, i, y):
        return m.exchange.shipment[i, y] - b.volume[i, y] - b.beyond[i, y] == 0

    @b.Constraint(m.AGREED_CERTIFICATE, doc="What is certified is the volume [GWh/yr]")
    def certified(b, i, y):
        return m.certificates.certificate[i, y] - b.volume[i, y] - b.beyond[i, y] == 0

    @b.Constraint(m.AGREED_LEAST, doc="No less than agreed [GWh/yr]")
    def floor(b, i, y):
        return b.volume[i, y] >= m.agreed_floor[i, y]

    @b.Constraint(m.AGREED_MOST, doc="No more than agreed [GWh/yr]")
    def ceiling(b, i, y):
        return b.volume[i, y] <= m.agreed_limit[i, y]

    @b.Constraint(m.BOUND, doc="The sender makes what is agreed [GWh/yr]")
    def made(b, n, c, y):
        given = sum(m.flow_ratio[k, c, y] * m.conversion.output[n, k, y] for k in m.GIVERS_OF[c])
        return sum(b.volume[i, y] for i in m.SIGNED_OUT_OF[n, c, y]) - given <= 0

    @b.Constraint(m.BOUND_CERTIFICATE, doc="The sender produces what it certifies [GWh/yr]")
    def owned(b, n, y):
        due = sum(b.volume[i, y] for i in m.SIGNED_CERTIFICATES_OUT_OF[n, y])
        return due - sum(offer[n, y] for offer in produced) <= 0

    @b.Constraint(m.NETTED_HOURLY, doc="What is agreed does not come back [GWh/yr]")
    def kept_hourly(b, i, y):
        sent = sum(m.exchange.flow[j, y, t] for j in m.BESIDE_OUT[i] for t in m.STEP)
        back = sum(
            m.link_efficiency[j] * m.exchange.flow[j, y, t] for j in m.BESIDE_IN[i] for t in m.STEP
        )
        due = sum(b.volume[j, y] for j in m.NETTED_OUT[i, y])
        return (
            sent
            - back
            - due
            + sum(m.link_efficiency[j] * b.volume[j, y] for j in m.NETTED_IN[i, y])
            >= 0
        )

    @b.Constraint(m.NETTED_YEARLY, doc="What is agreed does not come back [GWh/yr]")
    def kept_yearly(b, i, y):
        sent = sum(m.exchange.shipment[j, y] for j in m.BESIDE_OUT[i])
        back = sum(m.link_efficiency[j] * m.exchange.shipment[j, y] for j in m.BESIDE_IN[i])
        due = sum(b.volume[j, y] for j in m.NETTED_OUT[i, y])
        return (
            sent
            - back
            - due
            + sum(m.link_efficiency[j] * b.volume[j, y] for j in m.NETTED_IN[i, y])
            >= 0
        )

    @b.Constraint(m.NETTED_CERTIFICATE, doc="Certificates do not come back [GWh/yr]")
    def kept(b, i, y):
        sent = sum(m.certificates.certificate[j, y] for j in m.BESIDE_OUT[i])
        back = sum(m.certificates.certificate[j, y] for j in m.BESIDE_IN[i])
        due = sum(b.volume[j, y] for j in m.NETTED_OUT[i, y])
        return sent - back - due + sum(b.volume[j, y] for j in m.NETTED_IN[i, y]) >= 0

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Paid to partners less received [MEUR/yr]")
    def cost_agreements(b, n, a, y):
        bought = sum(m.agreed_price[i, y] * b.volume[i, y] for i in m.AGREED_INTO[n, y])
        besides = sum(m.beyond_toll * b.beyond[i, y] for i in m.AGREED_INTO[n, y])
        sold = sum(m.agreed_price[i, y] * b.volume[i, y] for i in m.AGREED_OUT_OF[n, y])
        return bought + besides - sold
