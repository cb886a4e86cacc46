"""Funding: what a region, an agency or a public bank pays of the works of partners.

    within       h[n,f,k,a,v] ≤ i[n,k,a,v]
    aid          Σ_a Σ_{k eligible} σ[f] · I[k,v] / Δ[v] · h[n,f,k,a,v]
    enveloped    Σ_n aid[f,n,v] ≤ B[f,v]
    cost_aid     − Σ_f σ[f] · Σ_{k eligible} Σ_{v in service at y} A[k,a,v] · h[n,f,k,a,v]

    h  aided       GW           epci, funder, technology, actor, vintage   decided
    i  invest      GW           epci, technology, actor, vintage           block stock
    σ  aid_share   1            funder                         inputs/funders
    B  aid_budget  MEUR/yr      funder, vintage                inputs/funders, scenario; 0 where the
                                                               form is not open to a funder
    I  investment  MEUR/GW      technology, vintage            inputs/technology_costs
    A  annuity     MEUR/GW/yr   technology, actor, vintage     inputs/technology_costs
    Δ  period      yr           vintage                        scenario

A funder pays part of an investment in the years in which it is made, up to an envelope that all
partners share; which works it helps, and whose, is in its row. What it pays need not be borrowed,
so that its part of the annuity falls away for the whole life of the plant: were it set against the
first years alone, idle plants would pay. It is money from outside: the bill of the partners is
lower by it, and so it is told apart in every result. What an EPCI can invest is limited before
aid, as aid comes when the works are done.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_funding(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.funding`, which offers what funders pay, as a cost below 0 [MEUR/yr]."""
    need(m, data.arrays, "aid_share", "aid_budget", "investment", "annuity", "period")
    b = m.funding = pyo.Block(doc="Aid of funders")
    b.aided = pyo.Var(
        m.EPCI, m.AIDED, m.VINTAGE, within=pyo.NonNegativeReals, doc="Works that are helped [GW]"
    )

    @b.Constraint(m.EPCI, m.AIDED, m.VINTAGE, doc="What is helped is built [GW]")
    def within(b, n, f, k, a, v):
        return b.aided[n, f, k, a, v] - m.stock.invest[n, k, a, v] <= 0

    @b.Expression(m.FUNDER, m.EPCI, m.VINTAGE, doc="Paid by a funder [MEUR/yr]")
    def aid(b, f, n, v):
        return m.aid_share[f] * sum(
            m.investment[k, v] / m.period[v] * b.aided[n, f, k, a, v]
            for a in m.ACTOR
            for k in m.ELIGIBLE[f, a]
        )

    @b.Constraint(m.FUNDER, m.VINTAGE, doc="The envelope of a funder [MEUR/yr]")
    def enveloped(b, f, v):
        return sum(b.aid[f, n, v] for n in m.EPCI) <= m.aid_budget[f, v]

    @b.Expression(m.EPCI, m.ACTOR, m.YEAR, doc="Minus what need not be paid back [MEUR/yr]")
    def cost_aid(b, n, a, y):
        return -sum(
            m.aid_share[f] * m.annuity[k, a, v] * b.aided[n, f, k, a, v]
            for f in m.FUNDER
            for k in m.ELIGIBLE[f, a]
            for v in m.IN_SERVICE[k, y]
        )
