"""Poorest: what it costs that the partner who gains least gains more, though nobody pays anybody.

    g(x) = min_n ( C_n − c_n · x )
    front    min  c · x    over plain plans with   g(x) ≥ g_p,     p = 0 … P − 1

    C_n  cost alone          of partner n, discounted [MEUR]
    c_n  cost with the plan  on its soil, and what it pays under agreements; Σ_n c_n = c
    g_0 is that of the plan, g_{P−1} the most within the budget, the others evenly between

Payments would make everybody gain without any other plan: these are the plans of partners who do
not pay one another. A row for each partner would hold a part of every column. Instead the plans
found until now are mixed by a small program, whose duals say what a cost of each partner counts,
and the plan that is cheapest by these prices joins them (Dantzig and Wolfe 1960): only costs
change, and the primal simplex goes on from where it was. It ends when no plan is cheaper by the
prices than the mix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.choices.fronts import Point
from model.compile import Program
from model.data.assemble import Data
from model.data.groups import DIMS
from model.solver import Solution, Solver

Floats = NDArray[np.float64]

SPENT = 1e-3
"""What a MEUR spent counts beside a MEUR of the gain: nobody pays a thousand for one [1]."""
CLOSE = 1e-7
"""Distance to the least cost at which a mix is the best, of that cost [1]."""
MOST = 200
"""Plans that are found for one front."""


@dataclass(frozen=True)
class Bills:
    """What partners pay, `costs @ x + constant`, and what each would pay alone [MEUR]."""

    costs: sp.csr_array
    constant: Floats
    alone: Floats

    def gains(self, x: Floats) -> Floats:
        """What each gains [MEUR]."""
        return np.asarray(self.alone - self.costs @ x - self.constant)


def bills(program: Program, data: Data, alone: Floats) -> Bills:
    """What each partner pays over the path; who has no plan alone gains by any, and is left out."""
    members = {siren: place for place, siren in enumerate(data.frame.members)}
    discount = data.arrays["discount"].to_series()
    shape = len(members), program.matrix.shape[1]
    costs, constant = sp.csr_array(shape), np.zeros(len(members))
    for name, part in program.expressions.items():
        if not name.rpartition(".")[2].startswith("cost_"):
            continue
        dims = [dim for factor in part.index.factors for dim in DIMS[factor.name]]
        epci, year = (part.index.column(dims.index(dim)) for dim in ("epci", "year"))
        rows = np.array([members[siren] for siren in epci.tolist()], dtype=int)
        weights = discount.reindex(year).to_numpy(float)
        picked = sp.csr_array((weights, (rows, np.arange(rows.size))), (len(members), rows.size))
        costs = costs + picked @ part.matrix
        constant += picked @ part.constant
    held = np.isfinite(alone)
    return Bills(sp.csr_array(costs[held]), constant[held], alone[held])


def poorest(
    program: Program, x: Floats, solver: Solver, paid: Bills, budget: float, points: int
) -> Iterator[Point]:
    """The cheapest plans in which the least gain is ever larger, within a budget [MEUR].

    `solver` stands at the plan `x`, the optimum of the program.
    """
    mix = _Mix(program, solver, paid, x)
    start, end = float(paid.gains(x).min()), mix.most(budget)
    yield Point(x, mix.costs[0], 0.0)
    for gain in np.linspace(start, end, points)[1:]:
        yield mix.least(float(gain))


class _Mix:
    """Plans found until now, and the best mix of them."""

    def __init__(self, program: Program, solver: Solver, paid: Bills, x: Floats) -> None:
        self._program, self._solver, self._paid = program, solver, paid
        self._plans: list[Floats] = []
        self.costs: list[float] = []
        self._gains: list[Floats] = []
        self._add(x)

    def most(self, budget: float) -> float:
        """The most of the least gain that a budget allows, as far as that is worth it [MEUR]."""
        while True:
            gains, ones = np.array(self._gains).T, np.ones((1, len(self.costs)))
            count = len(gains)
            table = np.vstack([gains, np.array([self.costs]), ones])
            table = np.column_stack([table, [*-np.ones(count), 0.0, 0.0]])  # the least gain
            low, high = [*np.zeros(count), -np.inf, 1.0], [*np.full(count, np.inf), budget, 1.0]
            found = _small(table, low, high, [*(SPENT * np.array(self.costs)), -1.0])
            if not self._better(found.row_dual[:count] / (SPENT - found.row_dual[count])):
                return float(found.x[-1])

    def least(self, gain: float) -> Point:
        """The cheapest mix in which everybody gains so much [MEUR]."""
        while True:
            table = np.vstack([np.array(self._gains).T, np.ones(len(self.costs))])
            low = [*np.full(len(table) - 1, gain), 1.0]
            high = [*np.full(len(table) - 1, np.inf), 1.0]
            found = _small(table, low, high, self.costs)
            prices = found.row_dual[:-1]
            if not self._better(prices):
                x = found.x @ np.array(self._plans[: found.x.size])
                return Point(x, found.objective, float(prices.sum()))

    def _better(self, prices: Floats) -> bool:
        """Add the plan that is cheapest where a MEUR that a partner gains is worth its price.

        Whether it is cheaper so than all those that were known.
        """
        known = min(np.array(self.costs) - np.array(self._gains) @ prices)
        cost = self._program.cost + self._paid.costs.T @ prices
        self._add(self._solver.solve(replace(self._program, cost=cost)).x)
        found = self.costs[-1] - float(self._gains[-1] @ prices)
        return bool(found < known - CLOSE * abs(known)) and len(self.costs) < MOST

    def _add(self, x: Floats) -> None:
        self._plans.append(x)
        self.costs.append(float(self._program.cost @ x) + self._program.offset)
        self._gains.append(self._paid.gains(x))


def _small(
    table: Floats, low: Sequence[float], high: Sequence[float], cost: Sequence[float]
) -> Solution:
    """The best mix; a last column beyond the plans may have any sign."""
    counts = np.array(cost)
    lower = np.where(counts == -1.0, -np.inf, 0.0)
    above = np.full(counts.size, np.inf)
    sides = np.array(low, dtype=float), np.array(high, dtype=float)
    matrix = sp.csr_array(table)
    program = Program(matrix, sides[0], sides[1], counts, 0.0, lower, above, {}, {}, {})
    return Solver("simplex").solve(program)
