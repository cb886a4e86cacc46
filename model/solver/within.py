"""Within: a plan that is near enough, whose unions other processes or machines can plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import SolverLimitError
from model.solver.highs import Solution, Solver
from model.solver.part import Stood, Task
from model.solver.prices import basis_by_prices
from model.solver.rounds import plan_within
from model.solver.watch import Progress, tell
from model.words.catalogue import say

Places = NDArray[np.int64]

FEW = 6
"""Partners of a union from which on it is planned by prices."""


@dataclass(frozen=True)
class Union:
    """A union of partners to be planned, as it can be handed to another process.

    `until` is of the clock of this process [s]; another one gets what is left.
    """

    task: Task
    solver: Mapping[str, Any]
    until: float

    @property
    def left(self) -> float:
        """Time that is left [s]."""
        return max(self.until - time.perf_counter(), 0.0)

    def __reduce__(self) -> tuple[Callable[..., Union], tuple[Any, ...]]:
        return _received, (self.task, self.solver, self.left)


def _received(task: Task, solver: Mapping[str, Any], left: float) -> Union:
    return Union(task, solver, time.perf_counter() + left)


Spread = Callable[[Iterable[Union], Callable[[], object]], Iterable[Stood]]
"""Calls `solve_union` on each, in their order; and the other while it waits: it may raise."""


def solve_union(union: Union) -> Stood:
    """Solve the program of a union from where it stood, or else from scratch; and where it stands.

    Raises as `Solver.solve` does.
    """
    task, solver = union.task, Solver(**union.solver)
    if task.basis is not None:
        found = solver.go_on(task.program, task.basis, task.way, union.left)
        if found is not None:
            return found, solver.basis
    if solver.chooses and np.unique(task.ends).size >= FEW:
        basis = basis_by_prices(task.program, task.ends, solver, union.left, FEW)
        if basis is not None:
            solver.stand(task.program, basis)
    return solver.solve(task.program, union.left), solver.basis


def here(unions: Iterable[Union], _: Callable[[], object]) -> Iterator[Stood]:
    """Solve unions one by one, in this process."""
    return map(solve_union, unions)


def _in_time(until: float) -> None:
    """Raise once the clock of this process is past a time [s]."""
    if time.perf_counter() > until:
        raise SolverLimitError(say("the time limit was reached before all parts were solved"))


@dataclass(frozen=True)
class Within:
    """How near is near enough.

    Attributes
    ----------
    gap : float
        How much more than the least a plan may cost, as a share of it [1].
    spread : callable
        Solves unions of partners, on other processes or machines perhaps.
    folder : Path, optional
        Where each round is kept, for a run that goes on from there.
    """

    gap: float
    spread: Spread = here
    folder: Path | None = None

    def plan(
        self, program: Program, ends: tuple[Places, Places], solver: Solver, time_limit: float
    ) -> Solution | None:
        """A plan that is near enough, from unions of partners; None if this is no way to one.

        Whoever watches is told how near each plan is that is not near enough.

        Raises
        ------
        SolverLimitError
            If the time is at its end first.
        """
        until, near = time.perf_counter() + time_limit, np.inf
        in_time = partial(_in_time, until)

        def solved(tasks: Iterable[Task]) -> Iterator[Stood]:
            unions = (Union(task, solver.settings, until) for task in tasks)
            try:
                for found in self.spread(unions, in_time):
                    in_time()
                    yield found
            except SolverLimitError as error:
                if near == np.inf:
                    raise
                words = say("{error} (at a gap of {near:.1e})", error=error, near=near)
                if self.folder is not None:
                    words = say("{words}: the next run goes on after the last round", words=words)
                raise SolverLimitError(words) from None

        def told(cost: float, bound: float) -> None:
            nonlocal near
            at = Progress(0, bound, until - time.perf_counter(), cost)
            near = at.gap
            if near > self.gap:
                tell(at)

        return plan_within(program, ends, self.gap, solved, told, self.folder)
