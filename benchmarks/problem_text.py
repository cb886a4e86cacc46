"""The planning problem of `benchmarks.problem` as the text of a Pyomo model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from benchmarks.problem import (
    CAPEX,
    CHARGE_RATE,
    EXCHANGED,
    GIVEN,
    IMPORT,
    KEPT,
    LINK_EFFICIENCY,
    RATIO,
    RENEWABLE,
    RUNNING,
    SAVED,
    STORE_CAPEX,
    STORED,
    TOLL,
    UPKEEP,
    Case,
)
from model.blocks.protocol import ArrayParam


def tell(m: Any, case: Case) -> None:
    """Put the problem into an AbstractModel or a ConcreteModel."""
    _sets(m, case)
    _params(m, case)
    _variables(m)
    _operation(m)
    _planning(m)


def _sets(m: Any, case: Case) -> None:
    regions, periods, steps = case.size

    def of(flags: NDArray[Any]) -> dict[Any, list[int]]:
        places = np.argwhere(flags)
        found: dict[Any, list[int]] = {
            key[0] if len(key) == 1 else key: [] for key in np.ndindex(flags.shape[:-1])
        }
        for *key, member in places.tolist():
            found[key[0] if len(key) == 1 else tuple(key)].append(member)
        return found

    sizes = {"R": regions, "P": periods, "T": steps, "K": 12, "C": 4, "S": 2, "M": 8}
    for name, size in (sizes | {"L": 2 * regions}).items():
        setattr(m, name, pyo.RangeSet(0, size - 1))
    m.X = pyo.Set(initialize=EXCHANGED)
    m.RENEWABLE = pyo.Set(initialize=RENEWABLE)
    carriers = np.arange(4)[:, None]
    m.TURNING = pyo.Set(m.C, initialize=of(RATIO.T != 0), dimen=1)
    m.STORING = pyo.Set(m.C, initialize=of(carriers == STORED), dimen=1)
    m.SAVING = pyo.Set(m.C, initialize=of(carriers == SAVED), dimen=1)
    m.BUILT = pyo.Set(m.P, m.K, initialize=of(case.in_service.swapaxes(1, 2)), dimen=1)
    m.STORE_BUILT = pyo.Set(m.P, m.S, initialize=of(case.store_in_service.swapaxes(1, 2)), dimen=1)
    for name, ends in (("INTO", case.link_to), ("OUT_OF", case.link_from)):
        links: dict[Any, list[int]] = {(r, c): [] for r in range(regions) for c in range(4)}
        for link, region in enumerate(ends.tolist()):
            for carrier in EXCHANGED:
                links[region, carrier].append(link)
        setattr(m, name, pyo.Set(m.R, m.C, initialize=links, dimen=1))


def _params(m: Any, case: Case) -> None:
    def put(name: str, sets: str, array: NDArray[Any]) -> None:
        setattr(m, name, ArrayParam(*(m.component(s) for s in sets), array=array, doc=""))

    put("ratio", "KC", RATIO)
    put("capex", "K", CAPEX)
    put("upkeep", "K", UPKEEP)
    put("running", "K", RUNNING)
    put("store_capex", "S", STORE_CAPEX)
    put("kept", "S", KEPT)
    put("given", "S", GIVEN)
    put("before", "T", np.roll(np.arange(case.size[2]), 1))
    for name, sets in {
        "weight": "T",
        "availability": "RKT",
        "demand": "RPTC",
        "ceiling": "RPK",
        "existing": "RPK",
        "link_limit": "L",
        "potential": "RPM",
        "saving_cost": "RM",
        "saving_shape": "MT",
        "discount": "P",
        "target": "P",
        "import_limit": "RP",
        "budget": "P",
    }.items():
        put(name, sets, getattr(case, name))


def _variables(m: Any) -> None:
    free = {"within": pyo.NonNegativeReals}
    m.activity = pyo.Var(m.R, m.P, m.T, m.K, **free)
    m.capacity = pyo.Var(m.R, m.P, m.K, bounds=lambda m, r, p, k: (0, m.ceiling[r, p, k]))
    m.invest = pyo.Var(m.R, m.P, m.K, **free)
    m.charge = pyo.Var(m.R, m.P, m.T, m.S, **free)
    m.discharge = pyo.Var(m.R, m.P, m.T, m.S, **free)
    m.level = pyo.Var(m.R, m.P, m.T, m.S, **free)
    m.room = pyo.Var(m.R, m.P, m.S, **free)
    m.store_invest = pyo.Var(m.R, m.P, m.S, **free)
    m.flow = pyo.Var(m.L, m.P, m.T, m.X, bounds=lambda m, i, p, t, c: (0, m.link_limit[i]))
    m.saving = pyo.Var(m.R, m.P, m.M, bounds=lambda m, r, p, j: (0, m.potential[r, p, j]))


def _operation(m: Any) -> None:
    @m.Constraint(m.R, m.P, m.T, m.C)
    def balance(m, r, p, t, c):
        made = sum(m.ratio[k, c] * m.activity[r, p, t, k] for k in m.TURNING[c])
        stored = sum(
            m.given[s] * m.discharge[r, p, t, s] - m.charge[r, p, t, s] for s in m.STORING[c]
        )
        received = sum(LINK_EFFICIENCY * m.flow[i, p, t, c] for i in m.INTO[r, c])
        sent = sum(m.flow[i, p, t, c] for i in m.OUT_OF[r, c])
        saved = sum(m.saving_shape[j, t] * m.saving[r, p, j] for j in m.SAVING[c])
        return made + stored + received - sent + saved == m.demand[r, p, t, c]

    @m.Constraint(m.R, m.P, m.T, m.K)
    def available(m, r, p, t, k):
        return m.activity[r, p, t, k] - m.availability[r, k, t] * m.capacity[r, p, k] <= 0

    @m.Constraint(m.R, m.P, m.T, m.S)
    def level_balance(m, r, p, t, s):
        return (
            m.level[r, p, t, s]
            - m.kept[s] * m.level[r, p, m.before[t], s]
            - m.given[s] * m.charge[r, p, t, s]
            + m.discharge[r, p, t, s]
            == 0
        )

    @m.Constraint(m.R, m.P, m.T, m.S)
    def fits(m, r, p, t, s):
        return m.level[r, p, t, s] - m.room[r, p, s] <= 0

    @m.Constraint(m.R, m.P, m.T, m.S)
    def charging(m, r, p, t, s):
        return m.charge[r, p, t, s] - CHARGE_RATE * m.room[r, p, s] <= 0


def _planning(m: Any) -> None:
    @m.Constraint(m.R, m.P, m.K)
    def holding(m, r, p, k):
        built = sum(m.invest[r, v, k] for v in m.BUILT[p, k])
        return m.capacity[r, p, k] - built == m.existing[r, p, k]

    @m.Constraint(m.R, m.P, m.S)
    def store_holding(m, r, p, s):
        return m.room[r, p, s] - sum(m.store_invest[r, v, s] for v in m.STORE_BUILT[p, s]) == 0

    @m.Constraint(m.P)
    def renewable(m, p):
        made = sum(
            m.weight[t] * m.activity[r, p, t, k] for r in m.R for t in m.T for k in m.RENEWABLE
        )
        return made >= m.target[p]

    @m.Constraint(m.R, m.P)
    def imported(m, r, p):
        bought = sum(m.weight[t] * m.activity[r, p, t, IMPORT] for t in m.T)
        return bought <= m.import_limit[r, p]

    @m.Constraint(m.P)
    def affordable(m, p):
        spent = sum(m.capex[k] * m.invest[r, p, k] for r in m.R for k in m.K)
        stores = sum(m.store_capex[s] * m.store_invest[r, p, s] for r in m.R for s in m.S)
        return spent + stores <= m.budget[p]

    @m.Expression(m.P)
    def operation_cost(m, p):
        running = sum(
            m.weight[t] * m.running[k] * m.activity[r, p, t, k]
            for r in m.R
            for t in m.T
            for k in m.K
        )
        sent = sum(m.weight[t] * TOLL * m.flow[i, p, t, c] for i in m.L for t in m.T for c in m.X)
        upkeep = sum(m.upkeep[k] * m.capacity[r, p, k] for r in m.R for k in m.K)
        return running + sent + upkeep

    @m.Objective()
    def cost(m):
        invested = sum(
            m.discount[p] * m.capex[k] * m.invest[r, p, k] for r in m.R for p in m.P for k in m.K
        )
        stores = sum(
            m.discount[p] * m.store_capex[s] * m.store_invest[r, p, s]
            for r in m.R
            for p in m.P
            for s in m.S
        )
        saved = sum(
            m.discount[p] * m.saving_cost[r, j] * m.saving[r, p, j]
            for r in m.R
            for p in m.P
            for j in m.M
        )
        return sum(m.discount[p] * m.operation_cost[p] for p in m.P) + invested + stores + saved


# --- as arrays ---------------------------------------------------------------------------------
