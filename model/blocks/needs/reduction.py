"""Reduction: measures lower the demand for services, step by step along a supply curve.

    ceiling     s[n,q,y] ≤ S[n,q,y]
    progress    s[n,q,y] − s[n,q,y'] ≤ R[n,q,y]                 y' the milestone before y
    lasting     s[n,q,y] ≥ κ[n,q,y] · s[n,q,y']
    service     Σ_{q acting on u} s[n,q,y]
    cost_measures   Σ_{q paid by a} C[q] · s[n,q,y]
    spending    Σ_{q paid by a} I[q] · (s[n,q,y] − s[n,q,y']) / Δ[y]

    s  saving              GWh/yr       epci, measure, year   decided: useful service saved
    S  saving_potential    GWh/yr       epci, measure, year   inputs/measures
    R  saving_progress     GWh/yr       epci, measure, year   inputs/measures (pace)
    κ  saving_kept         1            epci, measure, year   1, or less where demand itself falls
    C  saving_cost         MEUR/GWh     measure               annuity + running cost
    I  saving_investment   MEUR.yr/GWh  measure               inputs/measures
    Δ  period              yr           vintage               scenario

Successive measures act on what the earlier ones left: with shares p1, p2 of a demand D their
potentials are p1·D and p2·(1 − p1)·D, computed beforehand in the order of inputs/measures, so
that nothing is counted twice and the model stays linear. Sobriety is a kind of measure, kept
apart in every result. A saving lasts: it is renewed at the end of its life, at the same annuity.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_reduction(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.reduction`, which offers `service` [GWh/yr], `spending` and a cost."""
    need(m, data.arrays, "saving_potential", "saving_progress", "saving_kept", "saving_cost")
    need(m, data.arrays, "saving_investment", "period")
    b = m.reduction = pyo.Block(doc="Reduction measures")
    b.saving = pyo.Var(
        m.EPCI, m.MEASURE, m.YEAR, within=pyo.NonNegativeReals, doc="Service saved [GWh/yr]"
    )

    @b.Constraint(m.EPCI, m.MEASURE, m.YEAR, doc="No more than the potential [GWh/yr]")
    def ceiling(b, n, q, y):
        return b.saving[n, q, y] <= m.saving_potential[n, q, y]

    @b.Constraint(m.EPCI, m.PACED_MEASURE, m.VINTAGE, doc="No faster than the trade can [GWh/yr]")
    def progress(b, n, q, y):
        reached = sum(b.saving[n, q, w] for w in m.BEFORE[y])
        return b.saving[n, q, y] - reached <= m.saving_progress[n, q, y]

    @b.Constraint(m.EPCI, m.MEASURE, m.VINTAGE, doc="A saving lasts [GWh/yr]")
    def lasting(b, n, q, y):
        reached = sum(b.saving[n, q, w] for w in m.BEFORE[y])
        return b.saving[n, q, y] - m.saving_kept[n, q, y] * reached >= 0

    @b.Expression(m.EPCI, m.SERVICE, m.YEAR, doc="Service no longer needed [GWh/yr]")
    def service(b, n, u, y):
        return sum(b.saving[n, q, y] for q in m.ACTING[u])

    @b.Expression(m.EPCI, m.ACTOR, m.YEAR, doc="Annuities and running cost [MEUR/yr]")
    def cost_measures(b, n, a, y):
        return sum(m.saving_cost[q] * b.saving[n, q, y] for q in m.PAID_BY[a])

    @b.Expression(m.EPCI, m.ACTOR, m.VINTAGE, doc="Investment made in a period [MEUR/yr]")
    def spending(b, n, a, y):
        return sum(
            m.saving_investment[q]
            / m.period[y]
            * (b.saving[n, q, y] - sum(b.saving[n, q, w] for w in m.BEFORE[y]))
            for q in m.PAID_BY[a]
        )
