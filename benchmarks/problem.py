"""One planning problem told in three ways: Pyomo text, hand-made arrays, and linopy.

Regions on a ring plan electricity, heat, gas and wood over periods and chronological steps:
12 processes, 2 stores, 8 measures that lower demand, vintages, a renewable target, a limit on
imports and a pooled budget. About 87 nonzeros per region, period and step. The data are drawn
from a seed and mean nothing; energy in GWh, power in MW, money in MEUR.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
