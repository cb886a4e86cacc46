"""Tasks: the questions of a case, asked by workers, and their answers.

    least, most   of a quantity, within the budget
    without       the least cost where none of a family is built by a partner
    front         the plans that have ever less, or ever more, of a quantity
    poorest       those in which the partner who gains least gains ever more

Each is asked from the basis of the plan, by a solver of its own: an answer does not depend on what
was asked before, nor on how many workers there are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.choices.fronts import front
from model.choices.ledger import Ledger
from model.choices.linear import table
from model.choices.plain import plain
from model.choices.poorest import Bills, poorest
from model.choices.price import Search
from model.choices.quantities import Quantities, Quantity
from model.compile import Program
from model.cooperation.journal import fingerprint
from model.errors import InfeasibleError
from model.outcome.solve import Plan
from model.solver import Basis, Option, Solver
from model.workers import Workers

Floats = NDArray[np.float64]
Answer = dict[str, Any]
Progress = Callable[[int, int], object]

PATIENCE = 0.6
"""A start from a basis is worth waiting for: a price changes few of the decisions [1]."""


@dataclass(frozen=True)
class Terms:
    """What is asked.

    Attributes
    ----------
    within : float
        How much dearer than the plan another may be, as a share of its cost [1].
    year : int, optional
        Year of the quantities; by default the last.
    jobs : int
        Processes at once.
    progress : callable, optional
        Called with how many questions are answered, of how many.
    """

    within: float
    year: int | None = None
    jobs: int = 1
    progress: Progress | None = None


@dataclass(frozen=True)
class Task:
    """A question: its kind, the place of the quantity; of a front, how many points and the sign."""

    kind: str
    place: int
    name: str
    points: int = 0
    sign: float = 1.0


@dataclass(frozen=True)
class Case:
    """What the questions are asked of; it goes to every worker.

    Attributes
    ----------
    program, basis, x
        The plain plans, and where the plan stands among them.
    told : csr_array
        What is told of a plan: its quantities, then capacity [MW] and local production [GWh/yr] by
        EPCI and technology, as rows over the columns.
    constant : array
        What is added to it.
    built : tuple of arrays
        The columns in which each quantity is built; empty where it is not.
    budget, least_cost : float
        [MEUR]
    bills : Bills, optional
        What partners pay, where their gains are asked about.
    """

    program: Program
    basis: Basis
    x: Floats
    told: sp.csr_array
    constant: Floats
    built: tuple[NDArray[np.int64], ...]
    budget: float
    least_cost: float
    options: Mapping[str, Option]
    time_limit: float
    bills: Bills | None = None

    def of(self, x: Floats) -> list[float]:
        """What is told of a plan."""
        return [float(v) for v in self.told @ x + self.constant]

    def weights(self, place: int) -> Floats:
        """A quantity on every column."""
        return np.asarray(self.told[[place]].todense()).ravel()

    def solver(self) -> Solver:
        """A solver that has done nothing yet."""
        return Solver("simplex", self.options, PATIENCE)

    def search(self) -> Search:
        """A search from the plan."""
        return Search(self.program, self.basis, self.x, self.solver(), self.time_limit)

    @property
    def mark(self) -> str:
        """What the answers rest on."""
        rest = hashlib.sha256(self.told.data.tobytes() + self.told.indices.tobytes())
        alone = [] if self.bills is None else self.bills.alone.tolist()
        return json.dumps([fingerprint(self.program), rest.hexdigest(), self.budget, *alone])


def make_case(
    plan: Plan,
    basis: Basis | None,
    quantities: Quantities,
    every: Sequence[Quantity],
    within: float,
) -> Case:
    """The case of a plan, `within` a share of its cost."""
    scenario, program, data, x = plan.scenario, plan.program, plan.data, plan.solution.x
    limit, options = scenario.solver.time_limit, scenario.solver.options
    if basis is None:  # an interior point leaves none
        solver = Solver("simplex", options)
        x, basis = solver.solve(program, limit).x, solver.basis
        assert basis is not None
    compared = plain(program, data, x, quantities.year)
    rows = compared.matrix.shape[0] - program.matrix.shape[0]
    found = [quantities.linear(q) for q in every]
    size = program.matrix.shape[1]
    tables = [table(program, data, v, quantities.year) for v in ("capacity", "local_production")]
    figures = [sp.csr_array(one.cost(size)[None, :]) for one in found]
    told = sp.csr_array(sp.vstack([*figures, *tables]))
    constant = np.zeros(told.shape[0])
    constant[: len(found)] = [one.constant for one in found]
    cost = float(program.cost @ x) + program.offset
    patient = replace(basis, iterations=max(basis.iterations, program.matrix.shape[0] // 2))
    return Case(
        replace(compared, variables={}, constraints={}, expressions={}),
        patient.with_rows(rows),
        x,
        told,
        constant,
        tuple(_built(plan, q) for q in every),
        cost + within * abs(cost),
        cost,
        dict(options),
        limit,
    )


def ask(task: Task, case: Case) -> Answer:
    """The answer to a question: plain numbers, that can be written down."""
    if task.kind == "without":
        return _without(case, task.place)
    if task.kind in FRONTS:
        return FRONTS[task.kind](case, task)
    sign = 1.0 if task.kind == "least" else -1.0
    found = case.search().least(sign * case.weights(task.place), case.budget)
    constant = float(case.constant[task.place])
    return {
        "value": sign * found.value + constant,
        "bound": sign * found.bound + constant,
        "cost": found.cost - case.least_cost,
        "solves": found.solves,
        "told": case.of(found.x),
    }


def answer(tasks: Sequence[Task], case: Case, path: Path, terms: Terms) -> dict[str, Answer]:
    """The answers by the name of the question; those in the ledger at `path` are taken up.

    Raises
    ------
    ModelError
        What went wrong with a question, once the others are answered and written.
    """
    ledger = Ledger(path, case.mark)
    names = {task.name for task in tasks}
    open_ones = [task for task in tasks if task.name not in ledger.answers]
    done = len(tasks) - len(open_ones)
    wrong: Exception | None = None
    with Workers(partial(ask, case=case), min(terms.jobs, max(len(open_ones), 1))) as workers:
        for place, found in workers.run(open_ones):
            done += 1
            if isinstance(found, Exception):
                wrong = found
            else:
                ledger.add(open_ones[place].name, found)
            if terms.progress is not None:
                terms.progress(done, len(tasks))
    if wrong is not None:
        raise wrong
    return {name: ledger.answers[name] for name in names}


def _without(case: Case, place: int) -> Answer:
    """The least cost where a quantity is not built; infinite where no plan does without."""
    upper, columns = case.program.upper.copy(), case.built[place]
    upper[columns] = case.program.lower[columns]
    solver = case.solver()
    solver.stand(case.program, case.basis)
    try:
        found = solver.solve(replace(case.program, upper=upper), case.time_limit)
    except InfeasibleError:
        return {"cost": float("inf")}
    return {"cost": found.objective - case.least_cost}


def _front(case: Case, task: Task) -> Answer:
    weights = task.sign * case.weights(task.place)
    points = list(front(case.search(), case.solver(), weights, case.budget, task.points))
    return {
        "cost": [point.cost - case.least_cost for point in points],
        "slope": [point.slope for point in points],
        "told": [case.of(point.x) for point in points],
    }


def _poorest(case: Case, task: Task) -> Answer:
    assert case.bills is not None
    solver = case.solver()
    solver.stand(case.program, case.basis)
    points = list(poorest(case.program, case.x, solver, case.bills, case.budget, task.points))
    return {
        "cost": [point.cost - case.least_cost for point in points],
        "slope": [point.slope for point in points],
        "told": [case.of(point.x) for point in points],
        "value": [float(case.bills.gains(point.x).min()) for point in points],
    }


FRONTS: Mapping[str, Callable[[Case, Task], Answer]] = {"front": _front, "poorest": _poorest}


def _built(plan: Plan, quantity: Quantity) -> NDArray[np.int64]:
    """The columns of what a partner builds of a family."""
    span = plan.program.variables["stock.invest"]
    if not (quantity.epci and quantity.family) or not span.index.size:
        return np.empty(0, dtype=np.int64)
    epci, technology = span.index.column(0), span.index.column(1)
    held = (epci == quantity.epci) & np.isin(technology, list(quantity.weights["technology"]))
    return np.flatnonzero(held) + span.start
