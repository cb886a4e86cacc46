"""Stock: capacity by vintage, who builds it, how it retires, what it costs to hold.

    holding       K[n,k,a,y] = ( K0[n,k,y] + Σ_{v in service at y} r[n,k,v] ) · own[k,a]
                               + Σ_{v in service at y} i[n,k,a,v]
    pace          Σ_a i[n,k,a,v] ≤ G[n,k,v]
    renewing      r[n,k,v] ≤ R[n,k,v]
    cost_investment   Σ_k Σ_{v in service at y} A[k,a,v] · ( i[n,k,a,v] + ς[k] · own · r[n,k,v] )
    cost_upkeep       Σ_k F[k,y] · K[n,k,a,y]
    spending      Σ_k I[k,v] · ( i[n,k,a,v] + ς[k] · own · r[n,k,v] ) / Δ[v]

    i  invest         GW           epci, technology, actor, vintage   decided; ≤ invest_limit
    r  renewed        GW           epci, technology, vintage          decided
    K  capacity       GW           epci, technology, actor, year      decided
    K0 existing       GW           epci, technology, year             inputs/production, consumption
    own incumbent     1            technology, actor                  inputs/technologies
    R  renewal_limit  GW           epci, technology, vintage          K0 that retires in the period
    ς  renewal        1            technology                         inputs/technologies
    G  build_limit    GW           epci, technology, vintage          inputs/technologies
    A  annuity        MEUR/GW/yr   technology, actor, vintage         inputs/technology_costs
    F  fixed_cost     MEUR/GW/yr   technology, year                   inputs/technology_costs
    I  investment     MEUR/GW      technology, vintage                inputs/technology_costs
    Δ  period         yr           vintage                            scenario
    invest_limit      GW           epci, technology, actor, vintage   0 where an actor may not build

Annuities, not lump sums, so that the end of the horizon does not distort the choice: a vintage
is paid in each year of its life, at the cost of capital of the actor that owns it, and only
while it is inside the horizon. What is built in the period that ends at milestone v serves from
v on. The existing stock retires linearly over the life of its technology; its investment is
sunk, its upkeep is not. A plant that stands has its site, its link and its consent: it is renewed
like for like for part of its price, with no project to find and no trade to wait for; it goes
only where that does not pay.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_stock(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.stock`, which offers `spending` and two costs [MEUR/yr]."""
    need(m, data.arrays, "existing", "incumbent", "build_limit", "annuity", "fixed_cost")
    need(m, data.arrays, "investment", "period", "invest_limit", "renewal", "renewal_limit")
    b = m.stock = pyo.Block(doc="Capacity by vintage and owner")
    b.invest = pyo.Var(
        m.EPCI,
        m.STAKE,
        m.VINTAGE,
        bounds=lambda b, n, k, a, v: (0, m.invest_limit[n, k, a, v]),
        doc="Capacity built in the period that ends at the vintage [GW]",
    )
    b.renewed = pyo.Var(
        m.EPCI,
        m.RENEWED,
        m.VINTAGE,
        within=pyo.NonNegativeReals,
        doc="Capacity that stood and is renewed in the period [GW]",
    )
    b.capacity = pyo.Var(
        m.EPCI, m.STAKE, m.YEAR, within=pyo.NonNegativeReals, doc="Capacity in service [GW]"
    )

    @b.Constraint(m.EPCI, m.STAKE, m.YEAR, doc="Capacity is what remains and what was built [GW]")
    def holding(b, n, k, a, y):
        built = sum(b.invest[n, k, a, v] for v in m.IN_SERVICE[k, y])
        renewed = sum(b.renewed[n, k, v] for v in m.RENEWED_BY[k, y])
        stood = m.existing[n, k, y] * m.incumbent[k, a]
        return b.capacity[n, k, a, y] - built - m.incumbent[k, a] * renewed == stood

    @b.Constraint(m.PACED, doc="A period builds no more than the trade can [GW]")
    def pace(b, n, k, v):
        return sum(b.invest[n, k, a, v] for a in m.HOLDERS[k]) <= m.build_limit[n, k, v]

    @b.Constraint(
        m.EPCI, m.RENEWED, m.VINTAGE, doc="No more is renewed than retires in the period [GW]"
    )
    def renewing(b, n, k, v):
        return b.renewed[n, k, v] <= m.renewal_limit[n, k, v]

    @b.Expression(m.EPCI, m.ACTOR, m.YEAR, doc="Annuities of what is in service [MEUR/yr]")
    def cost_investment(b, n, a, y):
        built = sum(
            m.annuity[k, a, v] * b.invest[n, k, a, v] for k in m.HELD[a] for v in m.IN_SERVICE[k, y]
        )
        return built + sum(
            m.renewal[k] * m.incumbent[k, a] * m.annuity[k, a, v] * b.renewed[n, k, v]
            for k in m.RENEWED
            for v in m.RENEWED_BY[k, y]
        )

    @b.Expression(m.EPCI, m.ACTOR, m.YEAR, doc="Fixed operation and maintenance [MEUR/yr]")
    def cost_upkeep(b, n, a, y):
        return sum(m.fixed_cost[k, y] * b.capacity[n, k, a, y] for k in m.HELD[a])

    @b.Expression(m.EPCI, m.ACTOR, m.VINTAGE, doc="Investment made in a period [MEUR/yr]")
    def spending(b, n, a, v):
        built = sum(m.investment[k, v] / m.period[v] * b.invest[n, k, a, v] for k in m.HELD[a])
        return built + sum(
            m.renewal[k] * m.incumbent[k, a] * m.investment[k, v] / m.period[v] * b.renewed[n, k, v]
            for k in m.RENEWED
        )
