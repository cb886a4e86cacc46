"""Conversion: plants turn carriers into carriers, from wind and wood to heat and gas.

    total        Σ_t g[n,k,y,t] = o[n,k,y]                               plants as decided
    available    g[n,k,y,t] ≤ α[k,t] · h[t] · Σ_a K[n,k,a,y]             plants as decided
    profiled     g[n,k,y0,t] = α[k,t] · h[t] · Σ_a K[n,k,a,y0]           plants as recorded
    yearly       o[n,k,y] ≤ H[k] · Σ_a K[n,k,a,y]                        annual plants
    calibrated   o[n,k,y0] = o0[n,k,y0]                                recorded plants, history
    injection    Σ_k ρ[k,c,y] · g[n,k,y,t]                               hourly carriers
    supply       Σ_k ρ[k,c,y] · o[n,k,y]                                 yearly carriers
    emissions    Σ_k ε[k] · o[n,k,y]
    cost_operation  Σ_k V[k,y] · o[n,k,y]

    g  activity         GWh/yr    epci, dispatched plant, year, step   decided: energy of the year
    o  output           GWh/yr    epci, plant, year                    decided
    K  capacity         GW        epci, plant, actor, year             block stock
    α  availability     1         technology, step                     inputs/technologies, calendar
    h  step_hours       h/yr      step                                 inputs/calendar
    H  full_load_hours  h/yr      technology                           inputs/technologies
    o0 recorded         GWh/yr    epci, technology, year               inputs/production, projects
    ρ  flow_ratio       1         technology, carrier, year            inputs/technology_flows
    ε  plant_emission   kt/GWh    technology                           inputs/technologies
    V  variable_cost    MEUR/GWh  technology, year                     inputs/technology_costs

A plant is dispatched when one of its carriers is balanced at every step; else only its year
counts. Less than the available output is curtailment, and free. History, y0, is the base year and
the year in which the plan begins: a recorded plant did what its record says and, if it follows a
profile, gave at each step all that there was. The steps of its record are not added up again:
they make the year by the size of `existing`, and a sum of thousands of known terms that must be a
known number, to the last digit, is a contradiction to a solver that rounds. All others decide
their steps. Variable costs fall on the consumers of the EPCI.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_conversion(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.conversion`: `injection`, `supply` [GWh/yr], `emissions` [kt/yr], a cost."""
    need(m, data.arrays, "availability", "step_hours", "full_load_hours", "recorded")
    need(m, data.arrays, "flow_ratio", "plant_emission", "variable_cost")
    b = m.conversion = pyo.Block(doc="Plants")
    b.output = pyo.Var(
        m.EPCI, m.PLANT, m.YEAR, within=pyo.NonNegativeReals, doc="Activity of the year [GWh/yr]"
    )
    b.activity = pyo.Var(
        m.EPCI,
        m.DISPATCHED,
        m.YEAR,
        m.STEP,
        within=pyo.NonNegativeReals,
        doc="Activity of the year in a step [GWh/yr]",
    )

    @b.Constraint(m.DECIDED, doc="The steps make the year [GWh/yr]")
    def total(b, n, k, y):
        return sum(b.activity[n, k, y, t] for t in m.STEP) - b.output[n, k, y] == 0

    @b.Constraint(m.DECIDED, m.STEP, doc="Activity is available [GWh/yr]")
    def available(b, n, k, y, t):
        capacity = sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k])
        return b.activity[n, k, y, t] - m.availability[k, t] * m.step_hours[t] * capacity <= 0

    @b.Constraint(m.PROFILED, m.PAST, m.STEP, doc="The record follows its profile [GWh/yr]")
    def profiled(b, n, k, y, t):
        capacity = sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k])
        return b.activity[n, k, y, t] - m.availability[k, t] * m.step_hours[t] * capacity == 0

    @b.Constraint(m.EPCI, m.ANNUAL, m.YEAR, doc="The year fits the capacity [GWh/yr]")
    def yearly(b, n, k, y):
        capacity = sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k])
        return b.output[n, k, y] - m.full_load_hours[k] * capacity <= 0

    @b.Constraint(m.RECORDED, m.PAST, doc="History is as recorded [GWh/yr]")
    def calibrated(b, n, k, y):
        return b.output[n, k, y] == m.recorded[n, k, y]

    @b.Expression(m.EPCI, m.HOURLY, m.YEAR, m.STEP, doc="Out minus in [GWh/yr]")
    def injection(b, n, c, y, t):
        return sum(m.flow_ratio[k, c, y] * b.activity[n, k, y, t] for k in m.PLANTS_OF[c])

    @b.Expression(m.EPCI, m.YEARLY, m.YEAR, doc="Out minus in [GWh/yr]")
    def supply(b, n, c, y):
        return sum(m.flow_ratio[k, c, y] * b.output[n, k, y] for k in m.PLANTS_OF[c])

    @b.Expression(m.EPCI, m.YEAR, doc="Emitted on site [kt/yr]")
    def emissions(b, n, y):
        return sum(m.plant_emission[k] * b.output[n, k, y] for k in m.PLANT)

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Variable cost without energy bought [MEUR/yr]")
    def cost_operation(b, n, a, y):
        return sum(m.variable_cost[k, y] * b.output[n, k, y] for k in m.PLANT)
