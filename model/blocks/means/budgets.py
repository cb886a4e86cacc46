"""Budgets: what an EPCI can invest, and what it may spend to run its services.

    investing   Σ_offers spending[n,a,v] + Σ_w q[n,w,v] ≤ B[n]                     a the authority
    operating   O[n,v] + ω · r[n,v] − ρ · ω · Σ_{l out of n} ℓ[l,v] ≤ C[n,v] + x[n,v]
    cost_excess   δ · x[n,v]

    x  excess             MEUR/yr  epci, vintage   decided: operating expenditure above the rule
    q  equity             MEUR/yr  epci, vehicle, vintage   block vehicles
    r  hired              FTE      epci, vintage   block engineering
    ℓ  loan               FTE      loan link, vintage       block engineering
    B  budget_limit       MEUR/yr  epci            inputs/endowments
    O  operating_base     MEUR/yr  epci, year      inputs/endowments, grown at its own pace
    C  operating_ceiling  MEUR/yr  epci, year      inputs/endowments, grown at 1.2 % a year
    ω  staff_wage         MEUR/FTE/yr              inputs/constants
    ρ  reimbursed_share   1                        0 under the gross rule, as it was applied
    δ  excess_penalty     1                        inputs/constants

The 1.2 % rule of the contracts of 2018–2022 counted gross cost: staff hosted for partners hit
the host even when they paid it back. `operating_rule: gross` shows that, `net` the reform that
partners asked for, `off` (default) the law since 2020.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need, offers
from model.data.assemble import Data


def add_budgets(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.budgets`, which offers the penalty of the operating rule [MEUR/yr]."""
    need(m, data.arrays, "budget_limit", "operating_base", "operating_ceiling", "staff_wage")
    need(m, data.arrays, "reimbursed_share", "excess_penalty")
    spent = offers(m, "spending")
    b = m.budgets = pyo.Block(doc="Budgets of the EPCI")
    b.excess = pyo.Var(
        m.RULED, m.VINTAGE, within=pyo.NonNegativeReals, doc="Above the rule [MEUR/yr]"
    )

    @b.Constraint(m.BUDGETED, m.VINTAGE, doc="Own investment and equity fit the budget [MEUR/yr]")
    def investing(b, n, v):
        own = sum(offer[n, a, v] for offer in spent for a in m.AUTHORITY)
        return own + sum(m.vehicles.equity[n, w, v] for w in m.VEHICLE) <= m.budget_limit[n]

    @b.Constraint(m.RULED, m.VINTAGE, doc="Operating expenditure grows slowly [MEUR/yr]")
    def operating(b, n, v):
        hosted = m.staff_wage * m.engineering.hired[n, v]
        lent = sum(m.engineering.loan[i, v] for i in m.LOANS_OUT_OF[n])
        return (
            hosted - m.reimbursed_share * m.staff_wage * lent - b.excess[n, v]
            <= m.operating_ceiling[n, v] - m.operating_base[n, v]
        )

    @b.Expression(m.EPCI, m.AUTHORITY, m.VINTAGE, doc="Taken back by the State [MEUR/yr]")
    def cost_excess(b, n, a, v):
        return sum(m.excess_penalty * b.excess[i, v] for i in m.RULED_AT[n])
