"""Participation: nobody is worse off than alone, by the plan itself.

    willing   Σ_y DF[y] · Σ_offers Σ_a cost_<item>[n,a,y] + Σ_v DF[v] · ( q[n,v] − r[n,v] ) ≤ C[n]
    content   Σ_offers Σ_a cost_<item>[n,a,v] + q[n,v] − r[n,v] ≤ c[n,v]
    even      Σ_n ( q[n,v] − r[n,v] ) = 0
    bounded   q[n,v] + r[n,v] ≤ T
    frugal_out   Σ_a cost_agreements[n,a,v] + q[n,v] − r[n,v] ≤ T       where T is given
    frugal_in    Σ_a cost_agreements[n,a,v] + q[n,v] − r[n,v] ≥ −T      where T is given
    earned        Σ_{l out of n} Σ_t f[l,v,t] − Σ_{l into n} η[l] · Σ_t f[l,v,t]
                    ≤ Σ_{k giving c} ρ[k,c,v] · o[n,k,v]                hourly carriers c
    yearly_earned Σ_{l out of n} s[l,v] − Σ_{l into n} η[l] · s[l,v]
                    ≤ Σ_{k giving c} ρ[k,c,v] · o[n,k,v]                yearly carriers c

    q  paid         MEUR/yr  epci, vintage  decided: to the other partners, as horizontal finance
    r  received     MEUR/yr  epci, vintage  decided
    C  alone_limit  MEUR     epci           cost alone, discounted; solved beforehand
    c  yearly_alone_limit  MEUR/yr  epci, year  cost alone
    T  transfer_limit      MEUR/yr              scenario; 0 for q and r where it is not given
    DF discount     yr       year           scenario
    f  flow         GWh/yr   link, year, step        block exchange
    s  shipment     GWh/yr   link, year              block exchange
    o  output       GWh/yr   epci, plant, year       block conversion
    ρ  flow_ratio   1        technology, carrier, year   inputs/technology_flows
    η  link_efficiency  1    link                    inputs/carriers

`participation: path` asks for `willing`, `period` for `content`, `free` for neither. Without
transfers the plan itself must leave everyone better off, and what that costs is the price of
trust: the objective less that of the same scenario with `free`. Costs are those on the soil of an
EPCI, and what it pays under agreements. A limit that is given holds for all the cash that passes
between partners, what agreements cost included; without one they pay what they have signed. Energy
is no coin: over a year nobody sends more of it than it makes, so nothing is bought to be given.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import costs, need
from model.data.assemble import Data


def add_participation(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.participation`, over the costs that the blocks before offer."""
    need(m, data.arrays, "alone_limit", "yearly_alone_limit", "transfer_limit", "discount")
    need(m, data.arrays, "flow_ratio", "link_efficiency")
    items = [(offer, *offer.index_set().subsets()) for offer in costs(m).values()]
    b = m.participation = pyo.Block(doc="Nobody is worse off than alone")
    free = {"within": pyo.NonNegativeReals}
    b.paid = pyo.Var(m.PARTNER, m.VINTAGE, doc="Paid to partners [MEUR/yr]", **free)
    b.received = pyo.Var(m.PARTNER, m.VINTAGE, doc="Received from partners [MEUR/yr]", **free)

    @b.Constraint(m.WILLING, doc="No dearer than alone over the path [MEUR]")
    def willing(b, n):
        cost = sum(
            m.discount[y] * offer[n, a, y]
            for offer, _, actors, years in items
            for a in actors
            for y in years
        )
        moved = sum(m.discount[v] * (b.paid[n, v] - b.received[n, v]) for v in m.VINTAGE)
        return cost + moved <= m.alone_limit[n]

    @b.Constraint(m.CONTENT, m.VINTAGE, doc="No dearer than alone in a period [MEUR/yr]")
    def content(b, n, v):
        cost = sum(offer[n, a, v] for offer, _, actors, _ in items for a in actors)
        return cost + b.paid[n, v] - b.received[n, v] <= m.yearly_alone_limit[n, v]

    @b.Constraint(m.SETTLED, doc="What one pays others receive [MEUR/yr]")
    def even(b, v):
        return sum(b.paid[n, v] - b.received[n, v] for n in m.PARTNER) == 0

    @b.Constraint(m.PARTNER, m.VINTAGE, doc="Few payments in a year [MEUR/yr]")
    def bounded(b, n, v):
        return b.paid[n, v] + b.received[n, v] <= m.transfer_limit

    @b.Constraint(m.FRUGAL, m.VINTAGE, doc="Few cash goes out in a year [MEUR/yr]")
    def frugal_out(b, n, v):
        agreed = sum(m.agreements.cost_agreements[n, a, v] for a in m.CONSUMER)
        return agreed + b.paid[n, v] - b.received[n, v] <= m.transfer_limit

    @b.Constraint(m.FRUGAL, m.VINTAGE, doc="Few cash comes in in a year [MEUR/yr]")
    def frugal_in(b, n, v):
        agreed = sum(m.agreements.cost_agreements[n, a, v] for a in m.CONSUMER)
        return -agreed - b.paid[n, v] + b.received[n, v] <= m.transfer_limit

    @b.Constraint(m.EARNED_HOURLY, m.VINTAGE, doc="What is sent is made [GWh/yr]")
    def earned(b, n, c, v):
        sent = sum(m.exchange.flow[i, v, t] for i in m.OUT_OF[n, c] for t in m.STEP)
        back = sum(
            m.link_efficiency[i] * m.exchange.flow[i, v, t] for i in m.INTO[n, c] for t in m.STEP
        )
        made = sum(m.flow_ratio[k, c, v] * m.conversion.output[n, k, v] for k in m.GIVERS_OF[c])
        return sent - back - made <= 0

    @b.Constraint(m.EARNED_YEARLY, m.VINTAGE, doc="What is sent is made [GWh/yr]")
    def yearly_earned(b, n, c, v):
        sent = sum(m.exchange.shipment[i, v] for i in m.OUT_OF[n, c])
        back = sum(m.link_efficiency[i] * m.exchange.shipment[i, v] for i in m.INTO[n, c])
        made = sum(m.flow_ratio[k, c, v] * m.conversion.output[n, k, v] for k in m.GIVERS_OF[c])
        return sent - back - made <= 0
