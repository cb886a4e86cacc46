"""The data of the problem: the same draw for every framework, whatever its version of numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

HOURS = 8760
CAPITAL = {"pv": 60.0, "wind": 110.0, "boiler": 8.0, "hp": 70.0, "battery": 20.0}
"""Yearly cost of a unit of capacity; of the battery, of a unit of energy."""
POWER_PRICE, GAS_PRICE = 0.12, 0.07
BOILER, COP, LINK, STORE, LEAK = 0.9, 3.0, 0.97, 0.95, 0.0005
LINK_SIZE, PV_MOST, WIND_MOST, PLENTY = 15.0, 400.0, 150.0, 1e5
STORE_HOURS = 4


@dataclass(frozen=True)
class Case:
    """Loads and availability (region, hour); `capital` is for the hours of the case."""

    regions: int
    hours: int
    pv: Any
    wind: Any
    load: Any
    heat: Any
    capital: dict[str, float]

    @property
    def links(self) -> list[tuple[int, int]]:
        """Origin and destination of each link of the ring, both ways."""
        ring = [(r, (r + 1) % self.regions) for r in range(self.regions)]
        return ring + [(there, here) for here, there in ring]


def draw(regions: int, hours: int) -> Case:
    """The same case for the same size."""
    chance, hour = np.random.default_rng(1), np.arange(hours) % 24
    size = (regions, hours)
    sun = np.clip(np.sin((hour - 6) / 12 * np.pi), 0, None)
    base = chance.uniform(20, 100, (regions, 1))
    daily = 0.8 + 0.4 * np.sin((hour - 9) / 24 * 2 * np.pi)
    cold = 1 + 0.3 * np.cos(hour / 24 * 2 * np.pi)
    return Case(
        regions,
        hours,
        pv=np.round(sun * (0.6 + 0.4 * chance.random(size)), 4),
        wind=np.round(np.clip(0.3 + 0.25 * chance.standard_normal(size), 0.02, 0.95), 4),
        load=np.round(base * daily * (0.95 + 0.1 * chance.random(size)), 3),
        heat=np.round(1.3 * base * cold * (0.95 + 0.1 * chance.random(size)), 3),
        capital={name: cost * hours / HOURS for name, cost in CAPITAL.items()},
    )
