"""Devices: boilers, heat pumps, cars and motors turn carriers into useful services.

    fleet         d[n,k,y] ≤ H[k] · Σ_a K[n,k,a,y]
    reach         d[n,k,y] ≤ R[n,k,y]
    service       Σ_{k serving u} d[n,k,y]
    injection     Σ_k ρ[k,c,y] · σ[k,t] · d[n,k,y]                  hourly carriers, ρ < 0
    supply        Σ_k ρ[k,c,y] · d[n,k,y]                           yearly carriers
    consumption   − Σ_k Σ_c ρ[k,c,y] · d[n,k,y]
    production    Σ_k γ[k] · d[n,k,y]
    emissions     Σ_k ε[k] · d[n,k,y]
    cost_network  − Σ_k Σ_c N[c,y] · ρ[k,c,y] · d[n,k,y]
    cost_devices  Σ_k V[k,y] · d[n,k,y]

    d  use               GWh/yr    epci, device, year          decided: service given
    K  capacity          GW        epci, device, actor, year   block stock
    H  full_load_hours   h/yr      technology                  inputs/technologies
    R  device_ceiling    GWh/yr    epci, technology, year      inputs/device_ceilings
    ρ  flow_ratio        1         technology, carrier, year   inputs/technology_flows
    σ  device_shape      1         technology, step            inputs/services, calendar
    γ  counted           1         technology                  inputs/technologies
    ε  plant_emission    kt/GWh    technology                  inputs/technologies
    N  network_charge    MEUR/GWh  carrier, year               inputs/prices
    V  variable_cost     MEUR/GWh  technology, year            inputs/technology_costs

A dwelling has one boiler: each device follows the shape of its service, whatever the price of
the hour. Fuel switching is therefore a choice of fleet, never of dispatch. Final consumption
is what enters the devices; the wood they burn is local production in final form.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_devices(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.devices`: service, injection, supply, consumption, production, costs."""
    need(m, data.arrays, "full_load_hours", "device_ceiling", "flow_ratio", "device_shape")
    need(m, data.arrays, "counted", "plant_emission", "network_charge", "variable_cost")
    b = m.devices = pyo.Block(doc="End-use devices")
    b.use = pyo.Var(
        m.EPCI, m.DEVICE, m.YEAR, within=pyo.NonNegativeReals, doc="Service given [GWh/yr]"
    )

    @b.Constraint(m.EPCI, m.DEVICE, m.YEAR, doc="The fleet is large enough [GWh/yr]")
    def fleet(b, n, k, y):
        capacity = sum(m.stock.capacity[n, k, a, y] for a in m.HOLDERS[k])
        return b.use[n, k, y] - m.full_load_hours[k] * capacity <= 0

    @b.Constraint(m.CAPPED, m.YEAR, doc="A device suits part of the demand [GWh/yr]")
    def reach(b, n, k, y):
        return b.use[n, k, y] <= m.device_ceiling[n, k, y]

    @b.Expression(m.EPCI, m.SERVICE, m.YEAR, doc="Service given [GWh/yr]")
    def service(b, n, u, y):
        return sum(b.use[n, k, y] for k in m.SERVING[u])

    @b.Expression(m.EPCI, m.HOURLY, m.YEAR, m.STEP, doc="Minus what devices take [GWh/yr]")
    def injection(b, n, c, y, t):
        return sum(
            m.flow_ratio[k, c, y] * m.device_shape[k, t] * b.use[n, k, y] for k in m.DEVICES_OF[c]
        )

    @b.Expression(m.EPCI, m.YEARLY, m.YEAR, doc="Minus what devices take [GWh/yr]")
    def supply(b, n, c, y):
        return sum(m.flow_ratio[k, c, y] * b.use[n, k, y] for k in m.DEVICES_OF[c])

    @b.Expression(m.EPCI, m.YEAR, doc="Final consumption [GWh/yr]")
    def consumption(b, n, y):
        return -sum(
            m.flow_ratio[k, c, y] * b.use[n, k, y] for c in m.CARRIER for k in m.DEVICES_OF[c]
        )

    @b.Expression(m.EPCI, m.YEAR, doc="Wood and the like burnt by devices [GWh/yr]")
    def production(b, n, y):
        return sum(m.counted[k] * b.use[n, k, y] for k in m.DEVICE)

    @b.Expression(m.EPCI, m.YEAR, doc="Emitted on site, beyond what is bought [kt/yr]")
    def emissions(b, n, y):
        return sum(m.plant_emission[k] * b.use[n, k, y] for k in m.DEVICE)

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Networks and supply [MEUR/yr]")
    def cost_network(b, n, a, y):
        return -sum(
            m.network_charge[c, y] * m.flow_ratio[k, c, y] * b.use[n, k, y]
            for c in m.CARRIER
            for k in m.DEVICES_OF[c]
        )

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Variable cost of devices [MEUR/yr]")
    def cost_devices(b, n, a, y):
        return sum(m.variable_cost[k, y] * b.use[n, k, y] for k in m.DEVICE)
