"""Cases of choices: small programs, and a territory with two sources of almost the same price."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp

from model.choices.price import Search
from model.compile import Program
from model.scenario import Scenario
from model.solver import Solver
from tests.cases import HOURS, RURAL, Piece, carrier, demand, plant, write


def program(
    cost: list[float], rows: list[tuple[list[float], float, float]], upper: list[float]
) -> Program:
    """Least cost of columns from 0 to `upper`; a row is its coefficients and its two sides."""
    matrix = sp.csr_array(np.array([row for row, _, _ in rows], dtype=float))
    low, high = (np.array([row[side] for row in rows], dtype=float) for side in (1, 2))
    zero = np.zeros(len(cost))
    costs = np.array(cost, dtype=float)
    return Program(matrix, low, high, costs, 0.0, zero, np.array(upper, dtype=float), {}, {}, {})


def search(given: Program) -> tuple[Search, float]:
    """A search from the optimum of a program, and what that costs."""
    solver = Solver("simplex")
    found = solver.solve(given)
    basis = solver.basis
    assert basis is not None
    return Search(given, basis, found.x, Solver("simplex", patience=10.0)), found.objective


def source(name: str, price: float, potential: float = 80.0) -> Piece:
    """A plant that runs all the year, all of whose cost is upkeep: `price` EUR/MWh."""
    costs = {"investment": 0, "fixed_cost": price * HOURS / 1000}
    labels = {"label_en": name.title(), "label_fr": f"Le {name}"}
    return plant(name, {RURAL: potential}, cost=costs, **labels)


def twins(folder: Path, **sections: object) -> Scenario:
    """100 GWh/yr: wind at 10 EUR/MWh, solar at 10.05, each up to 80 GWh; peat 100, grid 200.

    The plan: 80 of wind and 20 of solar, 0.800 + 0.201 = 1.001 MEUR.
    """
    return write(
        folder,
        demand({RURAL: 100.0}),
        carrier("electricity", 200.0),
        source("wind", 10.0),
        source("solar", 10.05),
        source("peat", 100.0),
        **sections,
    )
