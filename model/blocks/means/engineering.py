"""Engineering: projects need people, time and luck before they can be built.

    developing    Σ_{v'≤v} Σ_a d[n,k,a,v'] ≤ Σ_{v'≤v} ψ[k,g] · μ[k,g,v',v] · p[n,k,v']   g emergence
    building      Σ_{v'≤v} i[n,k,a,v'] ≤ Σ_{v'≤v} ψ[k,g] · μ[k,g,v',v] · d[n,k,a,v']   g development
    staffed       W[n,v] ≤ E[n,v] + r[n,v] − θ[v] · g[n,v]
                    + Σ_{l into n} ℓ[l,v] − Σ_{l out of n} ℓ[l,v]
    workload      W = Σ_k ( φ[k,emergence] · p[n,k,v] + Σ_a χ[a] · φ[k,development] · d[n,k,a,v]
                    + Σ_a χ[a] · φ[k,construction] · i[n,k,a,v] ) / Δ[v]
                    + Σ_k Σ_a χ[a] · φ[k,operation] · Σ_{v' in service at v} i[n,k,a,v']
    recruiting    r[n,v] − r[n,v'] ≤ g[n,v]                     v' the vintage before v
    hiring        g[n,v] ≤ H[n,v]                             where few can be found
    lending       Σ_{l out of n} ℓ[l,v] ≤ Λ[n]
    signed        ℓ[l,v] ≤ S[l,v]                             loans that are signed
    cost_staff    ω · r[n,v] + κ · g[n,v] / Δ[v]

    p  prospect        GW         epci, project, vintage         decided: projects identified
    d  developed       GW         epci, project, actor, vintage  decided: studies finished
    r  hired           FTE        epci, vintage                  decided
    g  recruited       FTE        epci, vintage                  decided: of them, in the period
    ℓ  loan            FTE        loan link, vintage             decided: staff lent; ≤ loan_limit
    i  invest          GW         epci, technology, actor, vintage  block stock
    φ  stage_staff     FTE.yr/GW  technology, stage              inputs/project_stages
    ψ  stage_success   1          technology, stage              inputs/project_stages
    μ  matured         1          technology, stage, vintage, vintage   inputs/project_stages
    χ  public_staff    1          actor                          inputs/actors
    E  staff           FTE        epci, year                     inputs/endowments × productivity
    H  hire_limit      FTE        epci, vintage                  inputs/endowments, constants
    θ  hire_absence    1          vintage                        inputs/constants
    κ  hire_cost       MEUR/FTE                                  inputs/constants
    loan_limit         FTE        link, vintage                  0 before partners cooperate
    S  loan_ceiling    FTE        link, vintage                  scenario
    Λ  lending_limit   FTE        epci                           inputs/cooperation_forms; share
                                                                 of its staff, before productivity
    ω  staff_wage      MEUR/FTE/yr                               inputs/constants
    Δ  period          yr         vintage                        scenario

Emergence (finding sites, grid, consent) takes public staff whoever builds later: a rural EPCI
without an engineer sees no project come. Work is spread evenly over a period and its result
comes after the duration of the stage: what started late matures in a later period, which is
what μ measures. Construction time is counted with development. Staff at hand is sunk; only
hired staff costs. Each year a few engineers can be found, and they do the work a while later. Staff
is an endowment of one EPCI; lending it (mécénat de compétences, a shared SPL) is what unlocks the
potential of partners.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_engineering(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.engineering`, which offers the cost of hired staff [MEUR/yr]."""
    need(m, data.arrays, "stage_staff", "stage_success", "matured", "public_staff", "staff")
    need(m, data.arrays, "hire_limit", "hire_absence", "hire_cost", "lending_limit", "staff_wage")
    need(m, data.arrays, "period", "loan_limit", "loan_ceiling")
    b = m.engineering = pyo.Block(doc="Projects and staff")
    free = {"within": pyo.NonNegativeReals}
    b.prospect = pyo.Var(m.EPCI, m.PROJECT, m.VINTAGE, doc="Projects identified [GW]", **free)
    b.developed = pyo.Var(m.EPCI, m.PROJECT_STAKE, m.VINTAGE, doc="Studies finished [GW]", **free)
    b.hired = pyo.Var(m.EPCI, m.VINTAGE, doc="Staff hired [FTE]", **free)
    b.recruited = pyo.Var(m.EPCI, m.VINTAGE, doc="Staff hired in the period [FTE]", **free)
    b.loan = pyo.Var(
        m.LOAN_LINK,
        m.VINTAGE,
        bounds=lambda b, i, v: (0, m.loan_limit[i, v]),
        doc="Staff lent [FTE]",
    )

    @b.Constraint(m.EPCI, m.PROJECT, m.VINTAGE, doc="Studies follow prospects [GW]")
    def developing(b, n, k, v):
        studied = sum(b.developed[n, k, a, w] for a in m.HOLDERS[k] for w in m.UNTIL[v])
        return (
            studied
            - sum(
                m.stage_success[k, g] * m.matured[k, g, w, v] * b.prospect[n, k, w]
                for g in m.EMERGENCE
                for w in m.UNTIL[v]
            )
            <= 0
        )

    @b.Constraint(m.EPCI, m.PROJECT_STAKE, m.VINTAGE, doc="Works follow studies [GW]")
    def building(b, n, k, a, v):
        built = sum(m.stock.invest[n, k, a, w] for w in m.UNTIL[v])
        return (
            built
            - sum(
                m.stage_success[k, g] * m.matured[k, g, w, v] * b.developed[n, k, a, w]
                for g in m.DEVELOPMENT
                for w in m.UNTIL[v]
            )
            <= 0
        )

    @b.Expression(m.EPCI, m.VINTAGE, doc="Staff that projects need [FTE]")
    def workload(b, n, v):
        finding = sum(
            m.stage_staff[k, g] / m.period[v] * b.prospect[n, k, v]
            for k in m.PROJECT
            for g in m.EMERGENCE
        )
        studying = sum(
            m.public_staff[a] * m.stage_staff[k, g] / m.period[v] * b.developed[n, k, a, v]
            for k, a in m.PROJECT_STAKE
            for g in m.DEVELOPMENT
        )
        building = sum(
            m.public_staff[a] * m.stage_staff[k, g] / m.period[v] * m.stock.invest[n, k, a, v]
            for k, a in m.PROJECT_STAKE
            for g in m.CONSTRUCTION
        )
        running = sum(
            m.public_staff[a] * m.stage_staff[k, g] * m.stock.invest[n, k, a, w]
            for k, a in m.PROJECT_STAKE
            for g in m.OPERATION
            for w in m.IN_SERVICE[k, v]
        )
        return finding + studying + building + running

    @b.Constraint(m.EPCI, m.VINTAGE, doc="Work fits the staff [FTE]")
    def staffed(b, n, v):
        borrowed = sum(b.loan[i, v] for i in m.LOANS_INTO[n])
        lent = sum(b.loan[i, v] for i in m.LOANS_OUT_OF[n])
        working = b.hired[n, v] - m.hire_absence[v] * b.recruited[n, v]
        return b.workload[n, v] - working - borrowed + lent <= m.staff[n, v]

    @b.Constraint(m.EPCI, m.VINTAGE, doc="Who is there more was recruited [FTE]")
    def recruiting(b, n, v):
        there = sum(b.hired[n, w] for w in m.VINTAGE_BEFORE[v])
        return b.hired[n, v] - there - b.recruited[n, v] <= 0

    @b.Constraint(m.SCARCE, m.VINTAGE, doc="The market holds few [FTE]")
    def hiring(b, n, v):
        return b.recruited[n, v] <= m.hire_limit[n, v]

    @b.Constraint(m.LENDER, m.VINTAGE, doc="Part of the staff can be lent [FTE]")
    def lending(b, n, v):
        return sum(b.loan[i, v] for i in m.LOANS_OUT_OF[n]) <= m.lending_limit[n]

    @b.Constraint(m.LENT_AT_MOST, doc="No more than signed [FTE]")
    def signed(b, i, v):
        return b.loan[i, v] <= m.loan_ceiling[i, v]

    @b.Expression(m.EPCI, m.AUTHORITY, m.VINTAGE, doc="Wages and search of hired staff [MEUR/yr]")
    def cost_staff(b, n, a, v):
        return m.staff_wage * b.hired[n, v] + m.hire_cost / m.period[v] * b.recruited[n, v]
