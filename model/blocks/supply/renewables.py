"""Renewables: what the territory holds, accepts, and counts as local production.

    accepted     o[n,k,y] ≤ P[n,k]
    collected    o[n,k,y] = P[n,k]                             k collects what must be treated
    spared       Σ_k λ[k] · (Σ_a K[n,k,a,y] − K0[n,k,y])
                   + Σ_{l out of n} c[l,y] − Σ_{l into n} c[l,y] ≤ L[n]
    production   Σ_k γ[k] · o[n,k,y]
    land_use     Σ_k λ[k] · (Σ_a K[n,k,a,y] − K0[n,k,y])
    cost_restoration  Σ_{l into n} θ[l] · c[l,y]

    c  ceded       ha      land link, vintage        decided: set aside for a partner;
                                                     ≤ cession_limit
    θ  link_toll   MEUR/ha link                      inputs/constants: rent and care
    o  output      GWh/yr  epci, plant, year         block conversion
    K  capacity    GW      epci, plant, actor, year  block stock
    K0 existing    GW      epci, technology, year    inputs/production
    P  potential   GWh/yr  epci, technology          inputs/potentials × acceptability × density
    λ  land_need   ha/GW   technology                inputs/technologies
    L  land_limit  ha      epci                      inputs/endowments
    γ  counted     1       technology                inputs/technologies
    cession_limit  ha      link, vintage             0 before partners compensate one another

Potential and land are endowments: each is the right-hand side of a row of its own and belongs
to one EPCI. Production is counted once, in final form, where the plant stands. Devices that
burn wood count theirs in block `devices`. Where partners compensate, one that has land left sets
some of it aside (restored farmland, say) for what another takes beyond its own limit. Waste is no
choice: all of it is collected, and someone treats it, near or far.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_renewables(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.renewables`, which offers `production` [GWh/yr] and `land_use` [ha]."""
    need(m, data.arrays, "potential", "land_need", "land_limit", "counted", "existing")
    need(m, data.arrays, "cession_limit", "link_toll")
    b = m.renewables = pyo.Block(doc="Potentials, land and local production")

    b.ceded = pyo.Var(
        m.LAND_LINK,
        m.VINTAGE,
        bounds=lambda b, i, y: (0, m.cession_limit[i, y]),
        doc="Set aside for a partner [ha]",
    )

    @b.Constraint(m.LIMITED, m.YEAR, doc="No more than the accepted potential [GWh/yr]")
    def accepted(b, n, k, y):
        return m.conversion.output[n, k, y] <= m.potential[n, k]

    @b.Constraint(m.COLLECTED, m.VINTAGE, doc="All that must be treated [GWh/yr]")
    def collected(b, n, k, y):
        return m.conversion.output[n, k, y] == m.potential[n, k]

    @b.Expression(m.EPCI, m.YEAR, doc="Land taken since the base year [ha]")
    def land_use(b, n, y):
        return sum(
            m.land_need[k]
            * (sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k]) - m.existing[n, k, y])
            for k in m.PLANT
        )

    @b.Constraint(m.LANDED, m.VINTAGE, doc="No more land than is set aside [ha]")
    def spared(b, n, y):
        given = sum(b.ceded[i, y] for i in m.CESSIONS_OUT_OF[n])
        received = sum(b.ceded[i, y] for i in m.CESSIONS_INTO[n])
        return b.land_use[n, y] + given - received <= m.land_limit[n]

    @b.Expression(m.EPCI, m.AUTHORITY, m.VINTAGE, doc="Paid for land set aside [MEUR/yr]")
    def cost_restoration(b, n, a, y):
        return sum(m.link_toll[i] * b.ceded[i, y] for i in m.CESSIONS_INTO[n])

    @b.Expression(m.EPCI, m.YEAR, doc="Local renewable and recovered production [GWh/yr]")
    def production(b, n, y):
        return sum(m.counted[k] * m.conversion.output[n, k, y] for k in m.PLANT)
