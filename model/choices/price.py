"""Price: the least of a figure among all plans that cost no more than a budget.

    least   min  q(x)             over plain plans with f(x) = c · x + c0 ≤ B
    priced  φ(λ) = min f(x) + λ · q(x),   λ ≥ 0            over plain plans
    bound   q(x) ≥ ( φ(λ) − B ) / λ                        for every such plan and every λ > 0

A row for the budget would hold every column, and takes a simplex ten times as long. A price
λ [MEUR per unit of q] does the same: it only changes costs, so that the optimum of the price before
stays feasible and the primal simplex goes on from there. λ is raised until the plan is dearer than
the budget, or until raising it brings nothing. From then on it is that at which the last plan
within and the last beyond cost the same, priced. If a plan is found that costs less yet, it takes
the place of one of them; if none is, both are optimal at λ, and so is what lies between: that part
of the way from one to the other that costs B is the plan asked for. With a finite number of corners
this ends; it is stopped as soon as the bound is close enough. The most of q is minus the least
of −q.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError
from model.solver import Basis, Solver

Floats = NDArray[np.float64]

CLOSE = 2e-3
"""Distance to the bound at which the search ends, of the way from the plan [1]."""
NEAR = 1e-4
"""The same, of the size of the figure: nobody reads more digits [1]."""
EXACT = 1e-9
"""Rounding, of the size of a figure [1]."""
LEAST_STEP, MOST_STEP, BEYOND = 1.5, 6.0, 1.1
"""By how much a price is raised that was too low; by how much farther than it seems needed [1]."""
FIRST = 0.1
"""Part of the slack that a first price would spend if the figure fell to nothing [1]."""
LITTLE = 1e-3
"""Size of a figure that is nothing in the plan [its unit]."""
MOST, PATIENT = 60, 3
"""Solves of one search, where a handful is usual; those before one without end is given up."""


@dataclass(frozen=True)
class Corner:
    """A plan, what it costs [MEUR] and its figure."""

    x: Floats
    cost: float
    value: float


@dataclass(frozen=True)
class Extreme:
    """The plan with the least of a figure within a budget.

    Attributes
    ----------
    value, bound : float
        The figure, and what no plan is below.
    cost : float
        Of the plan. [MEUR]
    price : float
        What one unit less would cost. [MEUR per unit]
    solves : int
        Programs solved.
    """

    x: Floats
    value: float
    bound: float
    cost: float
    price: float
    solves: int


class Search:
    """Searches among the plans of a program, each from the basis of its optimum.

    Parameters
    ----------
    program : Program
        Its cost is that which the budget limits.
    basis : Basis
        Of its optimum.
    x : array
        Its optimum.
    solver : Solver
        Whatever it did before does not count.
    time_limit : float
        Longest time of a search [s].
    """

    def __init__(
        self,
        program: Program,
        basis: Basis,
        x: Floats,
        solver: Solver,
        time_limit: float = 600.0,
    ) -> None:
        self.program, self.basis, self.x = program, basis, x
        self._solver, self._limit = solver, time_limit
        self._least_cost = float(program.cost @ x) + program.offset

    def least(self, weights: Floats, budget: float) -> Extreme:
        """The plan with the least `weights @ x` that costs no more than `budget` [MEUR].

        Raises
        ------
        SolverLimitError
            If a solve takes too long.
        InfeasibleError
            If the figure has no end within the budget.
        """
        self._solver.stand(self.program, self.basis)
        inside = self._corner(self.x, weights)
        start, size = inside.value, float(np.abs(weights) @ np.abs(inside.x))
        room = max(budget - inside.cost, 0.0)
        price, floor, ceiling = FIRST * max(room, EXACT) / max(size, LITTLE), 0.0, np.inf
        beyond: Corner | None = None
        bound, solves = -np.inf, 0
        while solves < MOST:
            found, solves, asked = self._priced(weights, price), solves + 1, price
            if found is None:  # something is paid without end
                ceiling = price
            else:
                bound = max(bound, found.value + (found.cost - budget) / price)
                if found.cost > budget:
                    beyond = found
                elif found.value < inside.value:
                    inside = found
            reached = _between(inside, beyond, budget)
            close = max(CLOSE * abs(reached.value - start), NEAR * size, EXACT)
            if reached.value - bound <= close:
                return Extreme(reached.x, reached.value, bound, reached.cost, asked, solves)
            floor = floor if found is None else price
            price = self._next(inside, beyond, (floor, ceiling, budget))
            if found is None and beyond is None and solves > PATIENT:
                break
        return self._with_row(weights, budget, solves)

    def _next(
        self, inside: Corner, beyond: Corner | None, now: tuple[float, float, float]
    ) -> float:
        """The price to ask next: where two plans cost the same; without a second one, a higher.

        What a figure costs grows about as the square of its price.
        """
        price, ceiling, budget = now
        if beyond is not None:
            return (beyond.cost - inside.cost) / (inside.value - beyond.value)
        spent = inside.cost - self._least_cost
        wanted = np.sqrt((budget - self._least_cost) / spent) if spent > 0 else MOST_STEP
        higher = price * float(np.clip(BEYOND * wanted, LEAST_STEP, MOST_STEP))
        return higher if higher < ceiling else (price + ceiling) / 2

    def _with_row(self, weights: Floats, budget: float, solves: int) -> Extreme:
        """The same with a row for the budget: slow, and sure to end where a price does not."""
        program = self.program
        limited = replace(
            program,
            matrix=sp.csr_array(sp.vstack([program.matrix, sp.csr_array(program.cost[None, :])])),
            row_lower=np.append(program.row_lower, -np.inf),
            row_upper=np.append(program.row_upper, budget - program.offset),
            cost=weights,
            offset=0.0,
        )
        found = self._solver.solve(limited, self._limit)
        corner = self._corner(found.x, weights)
        price = -1.0 / found.row_dual[-1] if found.row_dual[-1] < 0 else np.inf
        return Extreme(corner.x, corner.value, found.objective, corner.cost, price, solves + 1)

    def _priced(self, weights: Floats, price: float) -> Corner | None:
        """The plan of a price; None if it has no end."""
        priced = replace(self.program, cost=self.program.cost + price * weights)
        try:
            return self._corner(self._solver.solve(priced, self._limit).x, weights)
        except InfeasibleError:
            self._solver.stand(self.program, self.basis)
            return None

    def _corner(self, x: Floats, weights: Floats) -> Corner:
        cost = float(self.program.cost @ x) + self.program.offset
        return Corner(x, cost, float(weights @ x))


def _between(inside: Corner, beyond: Corner | None, budget: float) -> Corner:
    """The part of the way from one to the other that the budget allows."""
    if beyond is None:
        return inside
    part = float(np.clip((budget - inside.cost) / (beyond.cost - inside.cost), 0.0, 1.0))
    return Corner(
        inside.x + part * (beyond.x - inside.x),
        inside.cost + part * (beyond.cost - inside.cost),
        inside.value + part * (beyond.value - inside.value),
    )
