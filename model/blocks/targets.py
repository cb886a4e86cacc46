"""Targets: what a territory has promised, hard or at a price.

    produced       Σ_{n in g} ( P[n,y] + κ[g] · Z[n,y] ) + x[g,y] ≥ T[g,y]
    shared         Σ_{n in g} ( P[n,y] + κ[g] · Z[n,y] − T[g,y] · F[n,y] ) + x[g,y] ≥ 0
    timely         Σ_{n in g} (P[n,y] − Σ_t E[n,y,t] − T[g,y] · F[n,y]) + Σ_t m[g,y,t] + x[g,y] ≥ 0
    generated      m[g,y,t] ≤ Σ_{n in g} ( Σ_k ρ[k,c,y] · g[n,k,y,t] + stored electricity out − in )
    consumed       m[g,y,t] ≤ Σ_{n in g} electricity taken by devices in t
    sober          Σ_{n in g} F[n,y] − x[g,y] ≤ T[g,y]
    clean          Σ_{n in g} Σ_offers emissions[n,y] − x[g,y] ≤ T[g,y]
    spared         Σ_{n in g} Σ_offers land_use[n,y] − x[g,y] ≤ T[g,y]
    built          1000 · Σ_{n in g} Σ_{a, k of g} Σ_{v in service} i[n,k,a,v] + x[g,y] ≥ T[g,y]
    cost_penalty   Σ_{g of n} Π[g] · x[g,y] / members of g

    x  gap             unit of T  target, year        decided; ≤ gap_limit (0: hard target)
    m  matched         GWh/yr     target, year, step  decided: local electricity used in its hour,
                                                      less what stores take from elsewhere
    P  production      GWh/yr     epci, year          offers; local renewable and recovered
    Z  granted         GWh/yr     epci, vintage       block certificates
    F  consumption     GWh/yr     epci, year          offers; final consumption
    E  power           GWh/yr     epci, year, step    Σ_k ρ · g; renewable electricity, part of P
    g  activity        GWh/yr     epci, plant, year, step   block conversion
    i  invest          GW         epci, technology, actor, vintage  block stock
    ρ  flow_ratio      1          technology, carrier, year inputs/technology_flows
    T  target_value    unit of T  target, year        scenario
    Π  target_penalty  MEUR/unit  target              scenario
    κ  contractual     1          target              1 where certificates count, else 0
    scope_share        1          target              1 over the members that share the target
    gap_limit          unit of T  target              0 or unlimited

Three local shares are kept apart: `soil` counts what stands on the territory, `contractual`
adds certificates of origin received and takes away those given, `hourly` counts electricity
only in the hours when it is used. A share target missed is counted in GWh/yr of production.
What must be built, a project or the portfolio of a company, is in MW, and counts from its vintage
on while it is in service; what stood before does not count.
The penalty of a gap is in the objective and in an item of its own (`penalty`): it is no money
spent, and headline costs leave it out.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need, offers
from model.data.assemble import Data

MW_PER_GW = 1e3


def add_targets(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.targets`, which offers the penalty of the gaps [MEUR/yr]."""
    need(m, data.arrays, "target_value", "target_penalty", "gap_limit", "contractual")
    need(m, data.arrays, "scope_share", "flow_ratio")
    made, consumed_by = offers(m, "production"), offers(m, "consumption")
    emitted, taken = offers(m, "emissions"), offers(m, "land_use")
    b = m.targets = pyo.Block(doc="Targets")
    b.gap = pyo.Var(
        m.AIMED,
        bounds=lambda b, g, y: (0, m.gap_limit[g]),
        doc="What is missing to the target [unit of the target]",
    )

    @b.Constraint(m.PRODUCTION_AIM, doc="Local production [GWh/yr]")
    def produced(b, g, y):
        local = sum(offer[n, y] for offer in made for n in m.SCOPE[g])
        received = sum(m.certificates.granted[n, y] for n in m.SCOPE[g])
        return local + m.contractual[g] * received + b.gap[g, y] >= m.target_value[g, y]

    @b.Constraint(m.SHARE_AIM, doc="Local share of final consumption [GWh/yr]")
    def shared(b, g, y):
        local = sum(offer[n, y] for offer in made for n in m.SCOPE[g])
        received = sum(m.certificates.granted[n, y] for n in m.SCOPE[g])
        used = sum(offer[n, y] for offer in consumed_by for n in m.SCOPE[g])
        return local + m.contractual[g] * received - m.target_value[g, y] * used + b.gap[g, y] >= 0

    _add_timely(m, b, made, consumed_by)

    @b.Constraint(m.CONSUMPTION_AIM, doc="Final consumption [GWh/yr]")
    def sober(b, g, y):
        used = sum(offer[n, y] for offer in consumed_by for n in m.SCOPE[g])
        return used - b.gap[g, y] <= m.target_value[g, y]

    @b.Constraint(m.EMISSION_AIM, doc="Emissions [kt/yr]")
    def clean(b, g, y):
        return (
            sum(offer[n, y] for offer in emitted for n in m.SCOPE[g]) - b.gap[g, y]
            <= m.target_value[g, y]
        )

    @b.Constraint(m.LAND_AIM, doc="Land taken [ha]")
    def spared(b, g, y):
        return (
            sum(offer[n, y] for offer in taken for n in m.SCOPE[g]) - b.gap[g, y]
            <= m.target_value[g, y]
        )

    @b.Constraint(m.BUILT_AIM, doc="Power that the plan builds [MW]")
    def built(b, g, y):
        power = sum(
            m.stock.invest[n, k, a, v]
            for n in m.SCOPE[g]
            for a in m.ACTOR
            for k in m.COUNTED[g, a]
            for v in m.IN_SERVICE[k, y]
        )
        return MW_PER_GW * power + b.gap[g, y] >= m.target_value[g, y]

    @b.Expression(m.EPCI, m.AUTHORITY, m.VINTAGE, doc="Penalty of the gaps [MEUR/yr]")
    def cost_penalty(b, n, a, y):
        return sum(m.target_penalty[g] * m.scope_share[g] * b.gap[g, y] for g in m.AIMS_OF[n, y])


def _add_timely(
    m: pyo.ConcreteModel, b: pyo.Block, made: list[pyo.Expression], used: list[pyo.Expression]
) -> None:
    """Add the rows of the hourly definition of the local share."""
    b.matched = pyo.Var(
        m.TIMELY_AIM,
        m.STEP,
        doc="Local electricity used in its step [GWh/yr]",
    )

    @b.Expression(m.EPCI, m.YEAR, m.STEP, doc="Renewable electricity of a step [GWh/yr]")
    def power(b, n, y, t):
        return sum(
            m.flow_ratio[k, c, y] * m.conversion.activity[n, k, y, t]
            for c in m.POWER
            for k in m.LOCAL_POWER
        )

    @b.Constraint(m.TIMELY_AIM, m.STEP, doc="No more than is generated [GWh/yr]")
    def generated(b, g, y, t):
        stored = sum(
            m.storage.discharge[n, k, y, t] - m.storage.charge[n, k, y, t]
            for n in m.SCOPE[g]
            for c in m.POWER
            for k in m.STORES_OF[c]
        )
        return b.matched[g, y, t] - sum(b.power[n, y, t] for n in m.SCOPE[g]) - stored <= 0

    @b.Constraint(m.TIMELY_AIM, m.STEP, doc="No more than is used [GWh/yr]")
    def consumed(b, g, y, t):
        return (
            b.matched[g, y, t]
            + sum(m.devices.injection[n, c, y, t] for n in m.SCOPE[g] for c in m.POWER)
            <= 0
        )

    @b.Constraint(m.TIMELY_AIM, doc="Local share, electricity matched in time [GWh/yr]")
    def timely(b, g, y):
        local = sum(offer[n, y] for offer in made for n in m.SCOPE[g])
        spilt = sum(b.power[n, y, t] for n in m.SCOPE[g] for t in m.STEP)
        matched = sum(b.matched[g, y, t] for t in m.STEP)
        total = sum(offer[n, y] for offer in used for n in m.SCOPE[g])
        return local - spilt + matched - m.target_value[g, y] * total + b.gap[g, y] >= 0
