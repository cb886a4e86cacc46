"""The problem as ordinary Pyomo text, compiled by `model.compile`."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
import pyomo.environ as pyo

from benchmarks.peers import case as data
from benchmarks.peers.case import Case
from model.blocks.protocol import ArrayParam
from model.compile import compile_model
from model.solver import Solver, passing

CAPS = ("pv", "wind", "boiler", "hp", "battery")
FLOWS = ("pv", "wind", "boiler", "hp", "charge", "discharge", "level", "power", "gas")

PER_HOUR = 1 / data.STORE_HOURS
LIMITS = {
    "boiler": ("boiler", 1.0),
    "hp": ("hp", 1.0),
    "level": ("battery", 1.0),
    "charge": ("battery", PER_HOUR),
    "discharge": ("battery", PER_HOUR),
}
"""What limits a flow, and the share of it."""


def load(case: Case) -> highspy.Highs:
    """The problem, loaded in HiGHS."""
    m = pyo.AbstractModel()
    _sets(m, case)
    _operation(m)
    _planning(m, case)
    solver = Solver()
    passing.load(solver._highs, compile_model(m))
    return solver._highs


def _sets(m: Any, case: Case) -> None:
    regions, hours = range(case.regions), range(case.hours)
    m.R, m.T = pyo.Set(initialize=regions), pyo.Set(initialize=hours)
    m.L = pyo.Set(initialize=range(len(case.links)))
    ends = list(enumerate(case.links))
    into = {r: [n for n, (_, there) in ends if there == r] for r in regions}
    out = {r: [n for n, (here, _) in ends if here == r] for r in regions}
    m.INTO, m.OUT = pyo.Set(m.R, initialize=into), pyo.Set(m.R, initialize=out)
    m.before = pyo.Param(m.T, initialize=dict(zip(hours, np.roll(hours, 1).tolist(), strict=True)))
    for name in ("pv", "wind", "load", "heat"):
        param = ArrayParam(m.R, m.T, array=getattr(case, name), doc=f"{name} of a region, by hour")
        setattr(m, f"{name}_data", param)
    most = {"pv": data.PV_MOST, "wind": data.WIND_MOST}
    for name in CAPS:
        setattr(m, f"{name}_cap", pyo.Var(m.R, bounds=(0, most.get(name))))
    for name in FLOWS:
        setattr(m, name, pyo.Var(m.R, m.T, within=pyo.NonNegativeReals))
    m.flow = pyo.Var(m.L, m.T, bounds=(0, data.LINK_SIZE))


def _operation(m: Any) -> None:
    @m.Constraint(m.R, m.T)
    def electricity(m, r, t):
        made = m.pv[r, t] + m.wind[r, t] + m.power[r, t] + m.discharge[r, t]
        received = sum(data.LINK * m.flow[n, t] for n in m.INTO[r])
        sent = sum(m.flow[n, t] for n in m.OUT[r])
        taken = m.hp[r, t] / data.COP + m.charge[r, t]
        return made + received - sent - taken == m.load_data[r, t]

    @m.Constraint(m.R, m.T)
    def heating(m, r, t):
        return m.boiler[r, t] + m.hp[r, t] == m.heat_data[r, t]

    @m.Constraint(m.R, m.T)
    def burning(m, r, t):
        return m.gas[r, t] - m.boiler[r, t] / data.BOILER == 0

    @m.Constraint(m.R, m.T)
    def stored(m, r, t):
        kept = (1 - data.LEAK) * m.level[r, m.before[t]]
        moved = data.STORE * m.charge[r, t] - m.discharge[r, t] / data.STORE
        return m.level[r, t] - kept - moved == 0


def _planning(m: Any, case: Case) -> None:
    @m.Constraint(m.R, m.T)
    def sunny(m, r, t):
        return m.pv[r, t] - m.pv_data[r, t] * m.pv_cap[r] <= 0

    @m.Constraint(m.R, m.T)
    def windy(m, r, t):
        return m.wind[r, t] - m.wind_data[r, t] * m.wind_cap[r] <= 0

    for name, (cap, share) in LIMITS.items():
        flow, size = getattr(m, name), getattr(m, f"{cap}_cap")

        def limit(m, r, t, flow=flow, size=size, share=share):
            return flow[r, t] - share * size[r] <= 0

        setattr(m, f"{name}_limit", pyo.Constraint(m.R, m.T, rule=limit))

    @m.Objective()
    def cost(m):
        capital = sum(
            case.capital[name] * getattr(m, f"{name}_cap")[r] for name in CAPS for r in m.R
        )
        bought = sum(
            data.POWER_PRICE * m.power[r, t] + data.GAS_PRICE * m.gas[r, t]
            for r in m.R
            for t in m.T
        )
        return capital + bought
