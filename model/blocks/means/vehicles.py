"""Vehicles: companies through which EPCI invest together (SPL, SEM).

    capital     Σ_n Σ_offers spending[n,w,v] ≤ Γ[w] · ( Σ_n q[n,w,v] + σ°[w,v] · Q[w,v] ) + G[w]
    signed      q[n,w,v] = σ[n,w,v] · Q[w,v]                       vehicles whose shares are signed
    in_house_rule   Σ_n (h[w] − s[n,w,v]) · Σ_offers spending[n,w,v] ≤ 0

    q  equity           MEUR/yr  epci, vehicle, vintage  decided; ≤ equity_limit
    Q  fund             MEUR/yr  vehicle, vintage        decided: equity of all holders together
    σ  equity_share     1        epci, actor, vintage    scenario: signed shares of the members
    σ° outside_share    1        actor, vintage          scenario: those of funders
    equity_limit        MEUR/yr  epci, actor, vintage    0 where the EPCI is no shareholder
    Γ  capital_gearing  1        actor                   1 + debt per unit of equity, inputs/actors
    G  grant            MEUR/yr  actor                   scenario
    h  in_house         1        actor                   inputs/actors; 0.8 for an SPL
    s  shareholder      1        epci, actor, vintage    scenario: perimeter of the vehicle by year

Equity comes out of the budgets of the shareholders (block `budgets`), so that leverage never
funds everything unseen. Its shares are those that are signed; where none are, the plan says who
pays. An SPL works for its shareholders: at least h of its investment is on
their soil (quasi-régie, 80 %). It costs no tender and borrows cheaply: what sets vehicles apart
is their cost of capital, their pooled staff, and their perimeter. French law asks for two
shareholders at least; an SPL of one EPCI stands for an EPCI and its communes.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need, offers
from model.data.assemble import Data


def add_vehicles(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.vehicles`: equity, capital and the in-house rule [MEUR/yr]."""
    need(m, data.arrays, "capital_gearing", "grant", "equity_limit", "in_house", "shareholder")
    need(m, data.arrays, "equity_share", "outside_share")
    spent = offers(m, "spending")
    b = m.vehicles = pyo.Block(doc="Shared companies")
    b.equity = pyo.Var(
        m.EPCI,
        m.VEHICLE,
        m.VINTAGE,
        bounds=lambda b, n, w, v: (0, m.equity_limit[n, w, v]),
        doc="Equity paid in [MEUR/yr]",
    )

    b.fund = pyo.Var(m.SIGNED, within=pyo.NonNegativeReals, doc="Equity of all holders [MEUR/yr]")

    @b.Constraint(m.SIGNED_SHARE, doc="Each pays its signed share [MEUR/yr]")
    def signed(b, n, w, v):
        return b.equity[n, w, v] - m.equity_share[n, w, v] * b.fund[w, v] == 0

    @b.Constraint(m.VEHICLE, m.VINTAGE, doc="Equity and its debt pay for the works [MEUR/yr]")
    def capital(b, w, v):
        works = sum(offer[n, w, v] for offer in spent for n in m.EPCI)
        equity = sum(b.equity[n, w, v] for n in m.EPCI)
        others = sum(m.outside_share[w, v] * b.fund[u, v] for u in m.SIGNED_AS[w, v])
        return works - m.capital_gearing[w] * (equity + others) <= m.grant[w]

    @b.Constraint(m.IN_HOUSE, m.VINTAGE, doc="It works for its shareholders first [MEUR/yr]")
    def in_house_rule(b, w, v):
        return (
            sum(
                (m.in_house[w] - m.shareholder[n, w, v]) * offer[n, w, v]
                for offer in spent
                for n in m.EPCI
            )
            <= 0
        )
