"""Funding: what a region, an agency or a public bank pays of the works of partners.

    within       g[f,n,v] ≤ σ[f] · Σ_a Σ_{k eligible} I[k,v] / Δ[v] · i[n,k,a,v]
    enveloped    Σ_n g[f,n,v] ≤ B[f,v]
    cost_aid     − Σ_f g[f,n,v]

    g  aid         MEUR/yr  funder, epci, vintage            decided
    i  invest      GW       epci, technology, actor, vintage block stock
    σ  aid_share   1        funder                           inputs/funders
    B  aid_budget  MEUR/yr  funder, vintage                  inputs/funders, scenario; 0 where the
                                                             form is not open to a funder
    I  investment  MEUR/GW  technology, vintage              inputs/technology_costs
    Δ  period      yr       vintage                          scenario

A funder pays part of an investment in the years in which it is made, up to an envelope that all
partners share; which works it helps, and whose, is in its row. It is money from outside: the
bill of the partners is lower by it, and so it is told apart in every result. What an EPCI can
invest is limited before aid, as aid comes when the works are done.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_funding(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.funding`, which offers what funders pay, as a cost below 0 [MEUR/yr]."""
    need(m, data.arrays, "aid_share", "aid_budget", "investment", "period")
    b = m.funding = pyo.Block(doc="Aid of funders")
    b.aid = pyo.Var(
        m.FUNDER, m.EPCI, m.VINTAGE, within=pyo.NonNegativeReals, doc="Paid by a funder [MEUR/yr]"
    )

    @b.Constraint(m.FUNDER, m.EPCI, m.VINTAGE, doc="Part of the works at most [MEUR/yr]")
    def within(b, f, n, v):
        works = sum(
            m.investment[k, v] / m.period[v] * m.stock.invest[n, k, a, v]
            for a in m.ACTOR
            for k in m.ELIGIBLE[f, a]
        )
        return b.aid[f, n, v] - m.aid_share[f] * works <= 0

    @b.Constraint(m.FUNDER, m.VINTAGE, doc="The envelope of a funder [MEUR/yr]")
    def enveloped(b, f, v):
        return sum(b.aid[f, n, v] for n in m.EPCI) <= m.aid_budget[f, v]

    @b.Expression(m.EPCI, m.AUTHORITY, m.VINTAGE, doc="Minus what funders pay [MEUR/yr]")
    def cost_aid(b, n, a, v):
        return -sum(b.aid[f, n, v] for f in m.FUNDER)
