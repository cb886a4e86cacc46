"""One planning problem told in three ways: Pyomo text, hand-made arrays, and linopy.

Regions on a ring plan electricity, heat, gas and wood over periods and chronological steps:
12 processes, 2 stores, 8 measures that lower demand, vintages, a renewable target, a limit on
imports and a pooled budget. About 87 nonzeros per region, period and step. The data are drawn
from a seed and mean nothing; energy in GWh, power in MW, money in MEUR.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyomo.environ as pyo
import scipy.sparse as sp
from numpy.typing import NDArray

from model.blocks.protocol import ArrayParam

Floats = NDArray[np.float64]

ELECTRICITY, HEAT, GAS, WOOD = range(4)
EXCHANGED = (ELECTRICITY, GAS)
FLOWS = {
    "pv": {ELECTRICITY: 1.0},
    "wind": {ELECTRICITY: 1.0},
    "hydro": {ELECTRICITY: 1.0},
    "biogas": {GAS: 1.0},
    "wood-boiler": {HEAT: 0.85, WOOD: -1.0},
    "gas-boiler": {HEAT: 0.9, GAS: -1.0},
    "heat-pump": {HEAT: 3.0, ELECTRICITY: -1.0},
    "solar-thermal": {HEAT: 1.0},
    "chp": {ELECTRICITY: 0.3, HEAT: 0.5, WOOD: -1.0},
    "electricity-import": {ELECTRICITY: 1.0},
    "gas-import": {GAS: 1.0},
    "forest": {WOOD: 1.0},
}
RENEWABLE = (0, 1, 2, 3, 7, 11)
IMPORT = 9
RATIO = np.array([[flows.get(c, 0.0) for c in range(4)] for flows in FLOWS.values()])
LIFE = np.array([25, 25, 50, 20, 20, 20, 20, 25, 25, 60, 60, 60])
CAPEX = np.array([0.9, 1.4, 3.0, 2.5, 0.5, 0.12, 0.8, 0.7, 3.2, 0.02, 0.02, 0.05])
UPKEEP = 0.02 * CAPEX
RUNNING = np.array([0.0, 2.0, 2.0, 20.0, 4.0, 2.0, 1.0, 0.0, 6.0, 110.0, 60.0, 30.0]) / 1000
STORED = np.array([ELECTRICITY, HEAT])
STORE_LIFE, STORE_CAPEX = np.array([15, 25]), np.array([0.25, 0.02])
KEPT, GIVEN = np.array([0.9995, 0.99]), np.array([0.95, 0.98])
SAVED = np.array([ELECTRICITY] * 3 + [HEAT] * 3 + [GAS, WOOD])
CHARGE_RATE, LINK_EFFICIENCY, TOLL, YEARS_PER_PERIOD = 0.25, 0.97, 1e-4, 5
NONZEROS = 87


@dataclass(frozen=True)
class Case:
    """The data of a size: R regions, P periods, T steps."""

    size: tuple[int, int, int]
    weight: Floats
    availability: Floats
    demand: Floats
    ceiling: Floats
    existing: Floats
    link_from: NDArray[np.int64]
    link_to: NDArray[np.int64]
    link_limit: Floats
    potential: Floats
    saving_cost: Floats
    saving_shape: Floats
    discount: Floats
    target: Floats
    import_limit: Floats
    budget: Floats
    in_service: NDArray[np.bool_]
    store_in_service: NDArray[np.bool_]


def size_of(nonzeros: float) -> tuple[int, int, int]:
    """Regions, periods and steps of a case of about so many nonzeros."""
    periods = 3 if nonzeros < 3e4 else 7
    return max(2, round(nonzeros / (NONZEROS * periods * 24))), periods, 24


def draw(size: tuple[int, int, int], seed: int = 0) -> Case:
    """The data of a case."""
    regions, periods, steps = size
    chance = np.random.default_rng(seed)
    hour = np.arange(steps) % 24
    sun = np.clip(np.sin((hour - 6) / 12 * np.pi), 0, None).round(9)
    availability = np.ones((regions, 12, steps))
    availability[:, 0] = sun * (0.3 + 0.2 * chance.random((regions, steps)))
    availability[:, 1] = np.clip(0.25 + 0.25 * chance.standard_normal((regions, steps)), 0.02, 0.95)
    availability[:, 2] = 0.45 + 0.1 * chance.random((regions, 1))
    availability[:, 7] = 0.9 * availability[:, 0]
    curves = [1 + 0.4 * np.sin((hour - 9) / 12 * np.pi), 1.2 + 0.3 * np.cos(hour / 12 * np.pi)]
    daily = np.stack([*curves, np.ones(steps), np.ones(steps)], axis=-1)
    base = chance.uniform(0.02, 0.2, (regions, 1, 1, 1)) * np.array([1.0, 1.4, 0.5, 0.3])
    growth = (1 + 0.01 * np.arange(periods))[:, None, None]
    noise = 0.95 + 0.1 * chance.random((regions, periods, steps, 4))
    demand = base * growth * daily * noise
    weight = np.full(steps, 8760.0 / steps)
    peak = 1000 * demand.sum((2, 3)).max(1)[:, None, None] / steps
    shares = np.array([6, 4, 0.3, 1, 3, 20, 8, 1, 1, 40, 40, 10])
    held = np.array([0.2, 0.3, 0.2, 0.02, 0.2, 4.0, 0.2, 0.01, 0.02, 6, 6, 3])
    age = YEARS_PER_PERIOD * np.arange(periods)
    remaining = np.maximum(0, 1 - age[:, None] / LIFE)
    remaining[:, IMPORT:] = 1
    yearly = (demand * weight[:, None]).sum((0, 2, 3))
    ring = np.arange(regions)
    ahead = (ring + 1) % regions
    reached = (1 + np.arange(periods))[:, None] / periods
    return Case(
        size=size,
        weight=weight,
        availability=availability / 1000,
        demand=demand,
        ceiling=np.broadcast_to(peak * shares, (regions, periods, 12)).copy(),
        existing=peak * held * remaining,
        link_from=np.concatenate([ring, ahead]),
        link_to=np.concatenate([ahead, ring]),
        link_limit=np.full(2 * regions, 0.5 * base.mean()),
        potential=chance.uniform(0.02, 0.06, (regions, periods, 8))
        * demand.mean(2)[:, :, SAVED]
        * reached,
        saving_cost=chance.uniform(90, 440, (regions, 8)),
        saving_shape=0.9 + 0.2 * chance.random((8, steps)),
        discount=YEARS_PER_PERIOD / 1.035**age,
        target=yearly * np.linspace(0.08, 0.22, periods),
        import_limit=(demand[..., 0] * weight).sum(2) * np.linspace(1.2, 0.9, periods),
        budget=np.full(periods, 0.6 * yearly.mean()),
        in_service=_in_service(age, LIFE),
        store_in_service=_in_service(age, STORE_LIFE),
    )


def _in_service(age: NDArray[np.int64], life: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a vintage (axis 1) serves in a period (axis 0), by process (axis 2)."""
    passed = (age[:, None] - age)[:, :, None]
    return (passed >= 0) & (passed < life)


# --- as Pyomo text -----------------------------------------------------------------------------


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


class Arrays:
    """A linear program put together by hand: blocks of columns and rows, and triplets."""

    def __init__(self) -> None:
        self.parts: dict[str, list[Floats]] = {
            name: [] for name in ("cost", "lower", "upper", "row_lower", "row_upper")
        }
        self._row: list[Any] = []
        self._column: list[Any] = []
        self._value: list[Any] = []
        self._width = self._height = 0

    def columns(self, shape: tuple[int, ...], upper: Any = np.inf, cost: Any = 0.0) -> Any:
        """Numbers of new columns."""
        first, self._width = self._width, self._width + int(np.prod(shape))
        for name, value in (("lower", 0.0), ("upper", upper), ("cost", cost)):
            self.parts[name].append(np.broadcast_to(value, shape).ravel())
        return np.arange(first, self._width, dtype=np.int32).reshape(shape)

    def rows(self, shape: tuple[int, ...], lower: Any = -np.inf, upper: Any = np.inf) -> Any:
        """Numbers of new rows."""
        first, self._height = self._height, self._height + int(np.prod(shape))
        for name, value in (("row_lower", lower), ("row_upper", upper)):
            self.parts[name].append(np.broadcast_to(value, shape).ravel())
        return np.arange(first, self._height, dtype=np.int32).reshape(shape)

    def put(self, row: Any, column: Any, value: Any) -> None:
        """Coefficients, broadcast against one another."""
        row, column, value = np.broadcast_arrays(row, column, np.asarray(value, dtype=float))
        self._row.append(row.ravel())
        self._column.append(column.ravel())
        self._value.append(value.ravel())

    def matrix(self) -> sp.csr_array:
        """The triplets as one matrix."""
        value, *places = map(np.concatenate, (self._value, self._row, self._column))
        matrix = sp.csr_array(sp.coo_array((value, places), shape=(self._height, self._width)))
        matrix.eliminate_zeros()
        return matrix


def assemble(case: Case) -> Arrays:
    """The problem as whoever knows its matrix by heart would write it."""
    a, v = Arrays(), SimpleNamespace()
    regions, periods, steps = case.size
    hourly, yearly = (regions, periods, steps), (regions, periods)
    x = np.newaxis
    disc, weight = case.discount[:, x], case.weight
    v.activity = a.columns((*hourly, 12), cost=disc[..., x] * weight[:, x] * RUNNING)
    v.capacity = a.columns((*yearly, 12), case.ceiling, disc * UPKEEP)
    v.invest = a.columns((*yearly, 12), cost=disc * CAPEX)
    v.charge, v.discharge, v.level = (a.columns((*hourly, 2)) for _ in range(3))
    v.room = a.columns((*yearly, 2))
    v.store_invest = a.columns((*yearly, 2), cost=disc * STORE_CAPEX)
    toll = disc[..., x] * weight[:, x] * TOLL
    v.flow = a.columns((2 * regions, periods, steps, 2), case.link_limit[:, x, x, x], toll)
    v.saving = a.columns((*yearly, 8), case.potential, disc * case.saving_cost[:, x])
    _operate(a, case, v)
    _plan(a, case, v)
    return a


def _operate(a: Arrays, case: Case, v: SimpleNamespace) -> None:
    hourly, x = case.size, np.newaxis
    balance = a.rows((*hourly, 4), case.demand, case.demand)
    process, carrier = np.nonzero(RATIO)
    a.put(balance[..., carrier], v.activity[..., process], RATIO[process, carrier])
    a.put(balance[..., STORED], v.discharge, GIVEN)
    a.put(balance[..., STORED], v.charge, -1.0)
    a.put(balance[case.link_to][..., EXCHANGED], v.flow, LINK_EFFICIENCY)
    a.put(balance[case.link_from][..., EXCHANGED], v.flow, -1.0)
    a.put(balance[..., SAVED], v.saving[:, :, x], case.saving_shape.T)

    available = a.rows((*hourly, 12), upper=0.0)
    a.put(available, v.activity, 1.0)
    a.put(available, v.capacity[:, :, x], -case.availability.swapaxes(1, 2)[:, x])
    kept = a.rows((*hourly, 2), 0.0, 0.0)
    a.put(kept, v.level, 1.0)
    a.put(kept, np.roll(v.level, 1, 2), -KEPT)
    a.put(kept, v.charge, -GIVEN)
    a.put(kept, v.discharge, 1.0)
    fits = a.rows((*hourly, 2), upper=0.0)
    a.put(fits, v.level, 1.0)
    a.put(fits, v.room[:, :, x], -1.0)
    charging = a.rows((*hourly, 2), upper=0.0)
    a.put(charging, v.charge, 1.0)
    a.put(charging, v.room[:, :, x], -CHARGE_RATE)


def _plan(a: Arrays, case: Case, v: SimpleNamespace) -> None:
    yearly, x = case.size[:2], np.newaxis
    periods, weight = case.size[1], case.weight
    holding = a.rows((*yearly, 12), case.existing, case.existing)
    a.put(holding, v.capacity, 1.0)
    period, vintage, k = np.nonzero(case.in_service)
    a.put(holding[:, period, k], v.invest[:, vintage, k], -1.0)
    store_holding = a.rows((*yearly, 2), 0.0, 0.0)
    a.put(store_holding, v.room, 1.0)
    period, vintage, s = np.nonzero(case.store_in_service)
    a.put(store_holding[:, period, s], v.store_invest[:, vintage, s], -1.0)
    renewable = a.rows((periods,), lower=case.target)
    a.put(renewable[:, x, x], v.activity[..., RENEWABLE], weight[:, x])
    imported = a.rows(yearly, upper=case.import_limit)
    a.put(imported[..., x], v.activity[..., IMPORT], weight)
    affordable = a.rows((periods,), upper=case.budget)
    a.put(affordable[:, x], v.invest, CAPEX)
    a.put(affordable[:, x], v.store_invest, STORE_CAPEX)
