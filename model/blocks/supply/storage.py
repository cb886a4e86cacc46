"""Storage: energy moved between the steps of a representative day.

    level_balance  e[n,k,y,t] = φ[k,t] · e[n,k,y,t'] + η⁺[k] · c[n,k,y,t] − x[n,k,y,t] / η⁻[k]
    room           e[n,k,y,t] ≤ τ[k] · w[t] · Σ_a K[n,k,a,y]
    charging       c[n,k,y,t] ≤ h[t] · Σ_a K[n,k,a,y]
    discharging    x[n,k,y,t] ≤ h[t] · Σ_a K[n,k,a,y]
    injection      Σ_{k storing c} (x[n,k,y,t] − c[n,k,y,t])

    e  level                 GWh/yr  epci, storage, year, step   decided: of the days of a day
    c  charge                GWh/yr  epci, storage, year, step   decided
    x  discharge             GWh/yr  epci, storage, year, step   decided
    K  capacity              GW      epci, storage, actor, year  block stock: power in and out
    φ  retention             1       technology, step            inputs/storages
    η⁺ charge_efficiency     1       technology                  inputs/storages
    η⁻ discharge_efficiency  1       technology                  inputs/storages
    τ  storage_duration      h       technology                  inputs/storages
    w  step_weight           1       step                        inputs/calendar
    h  step_hours            h/yr    step                        inputs/calendar

t' is the step before t, cyclic within its day: a day ends as it began, so nothing is carried
from one season to another (with an hourly file, the year is one single day).
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_storage(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.storage`, which offers `injection` [GWh/yr]."""
    need(m, data.arrays, "charge_efficiency", "discharge_efficiency", "storage_duration")
    need(m, data.arrays, "retention", "step_weight", "step_hours")
    b = m.storage = pyo.Block(doc="Storage")
    index = (m.EPCI, m.STORE, m.YEAR, m.STEP)
    b.level = pyo.Var(*index, within=pyo.NonNegativeReals, doc="Energy held [GWh/yr]")
    b.charge = pyo.Var(*index, within=pyo.NonNegativeReals, doc="Energy taken [GWh/yr]")
    b.discharge = pyo.Var(*index, within=pyo.NonNegativeReals, doc="Energy given [GWh/yr]")

    @b.Constraint(*index, doc="Level follows charge and discharge [GWh/yr]")
    def level_balance(b, n, k, y, t):
        before = sum(b.level[n, k, y, p] for p in m.PREVIOUS[t])
        return (
            b.level[n, k, y, t]
            - m.retention[k, t] * before
            - m.charge_efficiency[k] * b.charge[n, k, y, t]
            + b.discharge[n, k, y, t] / m.discharge_efficiency[k]
            == 0
        )

    @b.Constraint(*index, doc="Level fits the store [GWh/yr]")
    def room(b, n, k, y, t):
        capacity = sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k])
        return b.level[n, k, y, t] - m.storage_duration[k] * m.step_weight[t] * capacity <= 0

    @b.Constraint(*index, doc="Charge fits the power [GWh/yr]")
    def charging(b, n, k, y, t):
        capacity = sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k])
        return b.charge[n, k, y, t] - m.step_hours[t] * capacity <= 0

    @b.Constraint(*index, doc="Discharge fits the power [GWh/yr]")
    def discharging(b, n, k, y, t):
        capacity = sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k])
        return b.discharge[n, k, y, t] - m.step_hours[t] * capacity <= 0

    @b.Expression(m.EPCI, m.HOURLY, m.YEAR, m.STEP, doc="Given minus taken [GWh/yr]")
    def injection(b, n, c, y, t):
        return sum(b.discharge[n, k, y, t] - b.charge[n, k, y, t] for k in m.STORES_OF[c])
