"""HiGHS: arrays in, primal and dual values out; the next program starts from where this one stood.

    what differs from the program before          how it is solved
    nothing was solved before, or rows, columns   from scratch, by the method asked for
      or places of coefficients are others
    costs only: the plan stays feasible           from the basis before, by the primal simplex
    sides, bounds or coefficients too             from the basis before, by the dual simplex

From scratch, `choose` takes the dual simplex, and the interior point method with crossover, which
grows less with the number of partners, for a program of more than `LARGE` coefficients.

Only what differs is passed on. A start from a basis is given up for one from scratch when it takes
more than `PATIENCE` of the iterations that scratch took, or ends anywhere but at an optimum.
Neither costs nor bounds are perturbed then: near the optimum this only makes work, as measured in
docs/performance.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError, InputError, ModelError, SolverLimitError
from model.solver.watch import Watch
from model.words.catalogue import say

Floats = NDArray[np.float64]
Option = bool | int | float | str

ROWWISE, MINIMISE = 2, 1
DUAL, PRIMAL = 1, 4
LARGE = 500_000
"""Coefficients beyond which the interior point method is the faster: docs/performance.md."""
PATIENCE = 0.15
"""Share of the iterations from scratch; without presolve, one takes six times as long."""

STATUS = highspy.HighsModelStatus
LIMITS = (STATUS.kTimeLimit, STATUS.kIterationLimit, STATUS.kMemoryLimit, STATUS.kInterrupt)


class UnknownOptionError(ModelError):
    """HiGHS does not know an option, or refuses its value; `name` says which."""

    exit_code = InputError.exit_code

    def __init__(self, name: str, value: object) -> None:
        self.name, self.value = name, value
        words = say("HiGHS does not know an option {name} = {value!r}", name=name, value=value)
        if value == "hipo":
            words = say(
                "hipo needs the package highspy-extras=={version}",
                version=highspy.Highs().version(),
            )
        super().__init__(words)

    def __reduce__(self) -> tuple[type[UnknownOptionError], tuple[str, object]]:
        return type(self), (self.name, self.value)


@dataclass(frozen=True)
class Solution:
    """An optimal point.

    `row_dual` is the change of the objective per unit of right-hand side: ≥ 0 on a binding ≥
    row, ≤ 0 on a binding ≤ row, when minimising. `column_dual` are reduced costs.
    """

    objective: float
    x: Floats
    row_dual: Floats
    column_dual: Floats
    iterations: int


@dataclass(frozen=True)
class Basis:
    """Where a solver stands: the status of every column and row, and the work it took from scratch.

    Two arrays of bytes and a number, so that it can be handed to another process.
    """

    columns: NDArray[np.int8]
    rows: NDArray[np.int8]
    iterations: int

    def with_rows(self, count: int) -> Basis:
        """The same, with as many further rows, which bind nothing."""
        basic = np.full(count, int(highspy.HighsBasisStatus.kBasic), dtype=np.int8)
        return Basis(self.columns, np.append(self.rows, basic), self.iterations)


class Solver:
    """HiGHS, holding the last program and its basis; on one thread, so that runs can be repeated.

    Parameters
    ----------
    method : str
        Algorithm from scratch.
    options : mapping, optional
        Options of HiGHS, by name.
    patience : float
        Share of the iterations from scratch after which a start from a basis is given up [1].
    memory : float, optional
        Most memory that this process may hold meanwhile [GB].

    Raises
    ------
    UnknownOptionError
        If HiGHS refuses an option.
    """

    def __init__(
        self,
        method: str = "choose",
        options: Mapping[str, Option] | None = None,
        patience: float = PATIENCE,
        memory: float | None = None,
    ) -> None:
        self._patience = patience
        self._options: dict[str, Option] = {"threads": 1, "solver": method, **(options or {})}
        self._highs = highspy.Highs()
        self._watch = Watch(self._highs, memory)
        self._held: Program | None = None
        self._scratch, self._until = 0, 0.0
        self._set({})

    def solve(self, program: Program, time_limit: float = 600.0) -> Solution:
        """Solve to optimality, from the basis of the program before if there is one.

        Parameters
        ----------
        time_limit : float
            Longest time [s].

        Raises
        ------
        InfeasibleError
            If no point satisfies every row, or the cost has no lower bound.
        SolverLimitError
            If a limit was met first.
        ModelError
            If HiGHS refuses the program.
        """
        h = self._highs
        before, self._held = self._held, None  # held again once it is solved
        strategy = _strategy(before, program) if before and h.getBasis().valid else None
        self._until = h.getRunTime() + time_limit  # the clock of HiGHS goes on from run to run
        if before is None or strategy is None:
            self._load(program)
        else:
            self._change(before, program)
        large = self._options["solver"] == "choose" and program.matrix.nnz > LARGE
        self._run(strategy, {"time_limit": self._until} | ({"solver": "ipm"} if large else {}))
        found, info = h.getSolution(), h.getInfo()
        self._held = program
        return Solution(
            objective=float(info.objective_function_value),
            x=np.array(found.col_value),
            row_dual=np.array(found.row_dual),
            column_dual=np.array(found.col_dual),
            iterations=int(info.simplex_iteration_count + info.ipm_iteration_count),
        )

    @property
    def basis(self) -> Basis | None:
        """Where it stands; None where nothing was solved, or without a basis."""
        found = self._highs.getBasis()
        if self._held is None or not found.valid:
            return None
        columns, rows = (
            np.array([int(status) for status in side], dtype=np.int8)
            for side in (found.col_status, found.row_status)
        )
        return Basis(columns, rows, self._scratch)

    def stand(self, program: Program, basis: Basis) -> None:
        """Hold a program at a basis, as if it had just been solved there."""
        found = highspy.HighsBasis()
        found.col_status = [highspy.HighsBasisStatus(status) for status in basis.columns.tolist()]
        found.row_status = [highspy.HighsBasisStatus(status) for status in basis.rows.tolist()]
        found.valid = True
        self._load(program)
        self._highs.setBasis(found)
        self._held, self._scratch = program, basis.iterations

    def _run(self, strategy: int | None, scratch: dict[str, Option]) -> None:
        """Run from the basis by a strategy; without one, or if it fails, from scratch."""
        h = self._highs
        if strategy is not None:
            self._set(
                {
                    **scratch,
                    "solver": "simplex",
                    "simplex_strategy": strategy,
                    "simplex_iteration_limit": int(self._patience * self._scratch),
                    "dual_simplex_cost_perturbation_multiplier": 0.0,
                    "primal_simplex_bound_perturbation_multiplier": 0.0,
                }
            )
            self._watch.run(self._until - h.getRunTime())
            if h.getModelStatus() == STATUS.kOptimal:
                return
            h.clearSolver()
        self._set(scratch)
        self._watch.run(self._until - h.getRunTime())
        if h.getModelStatus() == STATUS.kUnboundedOrInfeasible:
            self._set({**scratch, "presolve": "off"})
            self._watch.run(self._until - h.getRunTime())
        _raise_unless_optimal(h)
        self._scratch = int(h.getInfo().simplex_iteration_count)

    def _set(self, more: Mapping[str, Option]) -> None:
        """The options given, and some more."""
        self._highs.resetOptions()
        for name, value in ({"output_flag": False} | self._options | dict(more)).items():
            if self._highs.setOptionValue(name, value) == highspy.HighsStatus.kError:
                raise UnknownOptionError(name, value)

    def _load(self, program: Program) -> None:
        rows, columns = program.matrix.shape
        status = self._highs.passModel(
            columns,
            rows,
            program.matrix.nnz,
            ROWWISE,
            MINIMISE,
            program.offset,
            program.cost,
            program.lower,
            program.upper,
            program.row_lower,
            program.row_upper,
            program.matrix.indptr.astype(np.int32, copy=False),
            program.matrix.indices.astype(np.int32, copy=False),
            program.matrix.data,
            np.zeros(columns, dtype=np.int32),
        )
        if status == highspy.HighsStatus.kError:
            raise ModelError(say("HiGHS refuses the program"))

    def _change(self, before: Program, program: Program) -> None:
        """Pass on what differs; all of it, and the basis, if coefficients do."""
        h = self._highs
        if not _same(before.matrix.data, program.matrix.data):
            basis = h.getBasis()
            self._load(program)
            h.setBasis(basis)
            return
        h.changeObjectiveOffset(program.offset)
        at = _differing(before, program, "cost")
        h.changeColsCost(at.size, at, program.cost[at])
        at = _differing(before, program, "lower", "upper")
        h.changeColsBounds(at.size, at, program.lower[at], program.upper[at])
        at = _differing(before, program, "row_lower", "row_upper")
        rows: Any = h  # its type hints leave out the next method
        rows.changeRowsBounds(at.size, at, program.row_lower[at], program.row_upper[at])


def _strategy(before: Program, program: Program) -> int | None:
    """The simplex that goes on from the basis before; None if the basis does not fit."""
    one, other = before.matrix, program.matrix
    if one.shape != other.shape or not (
        _same(one.indptr, other.indptr) and _same(one.indices, other.indices)
    ):
        return None
    limits = ("lower", "upper", "row_lower", "row_upper")
    stand = all(_same(getattr(before, name), getattr(program, name)) for name in limits)
    return PRIMAL if stand and _same(one.data, other.data) else DUAL


def _same(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one is other or np.array_equal(one, other)


def _differing(before: Program, program: Program, *names: str) -> NDArray[np.int32]:
    """Places at which one of these vectors differs."""
    pairs = ((getattr(before, name), getattr(program, name)) for name in names)
    differs = [one != other for one, other in pairs if one is not other]
    return np.flatnonzero(np.logical_or.reduce(differs)).astype(np.int32)


def _raise_unless_optimal(h: highspy.Highs) -> None:
    status = h.getModelStatus()
    if status == STATUS.kOptimal:
        return
    text = h.modelStatusToString(status)
    if status == STATUS.kInfeasible:
        raise InfeasibleError(say("no plan meets every hard target and limit"))
    if status == STATUS.kUnbounded:
        raise InfeasibleError(say("the cost has no lower bound: something is paid to be used"))
    if status in LIMITS:
        raise SolverLimitError(say("HiGHS stopped before the optimum: {text}", text=text))
    raise ModelError(say("HiGHS ended with status: {text}", text=text))
