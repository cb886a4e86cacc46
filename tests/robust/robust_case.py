"""Cases of first steps: two sources of a place whose demand is not known, solved with a pencil.

A year, a place, electricity at 80 EUR/MWh. Wind costs 50, up to 50 GWh/yr; solar 60, up to 200;
both are all annuity: what is ordered is paid for. Demand is 60 or 140 GWh/yr, in one case of two.

    known before   60: 50 · 50 + 10 · 60 = 3 100     140: 50 · 50 + 90 · 60 = 7 900   WS  5 500
    of the mean    100: wind 50, solar 50; costs 5 500, and 40 · 80 bought at 140     EEV 7 100
    for both       up to 60 a source saves 80 in both cases, beyond in one of two: 40, less than
                   either costs. Wind 50, solar 10: 3 100, and 80 · 80 bought at 140  RP  6 300

in k€/yr, so that knowing would be worth 800, and planning for both is worth 800.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.scenario import Scenario
from model.solver import Solver
from tests.cases import HOURS, RURAL, Piece, carrier, demand, plant, rows, write

Floats = NDArray[np.float64]
LOW, HIGH = 0.6, 1.4
WS, RP, EEV = 5.5, 6.3, 7.1
"""MEUR/yr."""


def source(name: str, price: float, potential: float) -> Piece:
    """A plant that runs all the year, paid off in a year: `price` EUR/MWh, all of it annuity."""
    costs = {"investment": price * HOURS / 1000, "fixed_cost": 0}
    return plant(name, {RURAL: potential}, cost=costs, lifetime=1, label_fr=name)


def windy(folder: Path) -> Scenario:
    """The place."""
    uncertain = {
        "group": "demand",
        "distribution": "uniform",
        "low": LOW,
        "high": HIGH,
        "inputs": "consumption.consumption",
    }
    return write(
        folder,
        demand({RURAL: 100.0}),
        carrier("electricity", 80.0),
        source("wind", 50.0, 50.0),
        source("solar", 60.0, 200.0),
        rows("uncertainty", uncertain),
    )


def whole(programs: list[Program], weights: Floats, columns: NDArray[np.int64]) -> float:
    """The least cost of one first step, all draws side by side in one program: the reference.

    min Σ_s w_s ( c_s · x + q_s · y_s )   rows of each s,   y_s,F − x ≤ 0
    """
    size, count = columns.size, len(programs)
    step = sum(w * p.cost[columns] for w, p in zip(weights, programs, strict=True))
    costs, blocks, links = [step], [], []
    for w, p in zip(weights, programs, strict=True):
        cost = p.cost.copy()
        cost[columns] = 0.0
        costs.append(w * cost)
        blocks.append(p.matrix)
        place = np.arange(size), columns
        links.append(sp.csr_array((np.ones(size), place), (size, p.cost.size)))
    rows_of = sp.hstack(
        [sp.csr_array((sum(b.shape[0] for b in blocks), size)), sp.block_diag(blocks)]
    )
    below = sp.hstack([sp.vstack([-sp.eye_array(size)] * count), sp.block_diag(links)])
    free = np.full(size * count, np.inf)
    joined = Program(
        sp.csr_array(sp.vstack([rows_of, below])),
        np.concatenate([*(p.row_lower for p in programs), -free]),
        np.concatenate([*(p.row_upper for p in programs), np.zeros(size * count)]),
        np.concatenate(costs),
        float(sum(w * p.offset for w, p in zip(weights, programs, strict=True))),
        np.concatenate([np.zeros(size), *(p.lower for p in programs)]),
        np.concatenate([np.full(size, np.inf), *(p.upper for p in programs)]),
        {},
        {},
        {},
    )
    return Solver("simplex").solve(joined).objective
