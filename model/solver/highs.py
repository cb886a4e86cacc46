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
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError, InputError, ModelError, SolverLimitError
from model.solver.basis import Basis, highs_basis, told_basis
from model.solver.passing import DUAL, PRIMAL, change, load, strategy
from model.solver.ties import Ties, cone, face
from model.solver.watch import Watch
from model.words.catalogue import say

Floats = NDArray[np.float64]
Option = bool | int | float | str

NEAR: Mapping[str, Option] = {
    "solver": "simplex",
    "dual_simplex_cost_perturbation_multiplier": 0.0,
    "primal_simplex_bound_perturbation_multiplier": 0.0,
}
DEVEX = 1
SAME = 1e-9
"""How far costs of plans may be apart that are called equal [1]."""
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
    row, ≤ 0 on a binding ≤ row, when minimising. `column_dual` are reduced costs. `unique` says
    whether the labels alone chose it among equal ones.
    """

    objective: float
    x: Floats
    row_dual: Floats
    column_dual: Floats
    iterations: int
    unique: bool = False


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
    large : str
        What `choose` takes from scratch for a program of more than `LARGE` coefficients.

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
        large: str = "ipm",
    ) -> None:
        self._patience, self._memory, self._large = patience, memory, large
        self._options: dict[str, Option] = {"threads": 1, "solver": method, **(options or {})}
        self._highs = highspy.Highs()
        self._watch = Watch(self._highs, memory)
        self._held: Program | None = None
        self._scratch, self._until = 0, 0.0
        self._set({})

    def solve(
        self, program: Program, time_limit: float = 600.0, ties: Ties | None = None
    ) -> Solution:
        """Solve to optimality, from the basis of the program before if there is one.

        Parameters
        ----------
        time_limit : float
            Longest time [s].
        ties : Ties, optional
            What chooses among equal plans and prices; where time does not suffice for that, the
            plan is as good, and not `unique`.

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
        way = strategy(before, program) if before and h.getBasis().valid else None
        self._until = h.getRunTime() + time_limit  # the clock of HiGHS goes on from run to run
        if before is None or way is None:
            load(self._highs, program)
        else:
            change(h, before, program)
        large = self.chooses and program.matrix.nnz > LARGE
        self._run(way, {"time_limit": self._until} | ({"solver": self._large} if large else {}))
        self._held = program
        found = self._told()
        return found if ties is None else self._settled(program, found, ties)

    def _told(self) -> Solution:
        """Where HiGHS stands."""
        found, info = self._highs.getSolution(), self._highs.getInfo()
        return Solution(
            objective=float(info.objective_function_value),
            x=np.array(found.col_value),
            row_dual=np.array(found.row_dual),
            column_dual=np.array(found.col_dual),
            iterations=int(info.simplex_iteration_count + info.ipm_iteration_count),
        )

    def _settled(self, program: Program, found: Solution, ties: Ties) -> Solution:
        """The optimum that `ties` choose; the one found where the simplex does not end there."""
        h, basis = self._highs, self._highs.getBasis()
        if not basis.valid:
            return found
        equal = now = face(program, found.x, (found.row_dual, found.column_dual), ties)
        chosen = found
        change(h, program, equal)
        if self._goes_on(PRIMAL):
            x = self._told().x
            now = cone(program, x, ties)
            change(h, equal, now)
            self._set_out_again()
            cost = float(program.cost @ x) + program.offset
            as_cheap = abs(cost - found.objective) <= SAME * max(1.0, abs(found.objective))
            if self._goes_on(DUAL, {"simplex_dual_edge_weight_strategy": DEVEX}) and as_cheap:
                chosen = replace(self._told(), objective=cost, x=x, unique=True)
                chosen = replace(chosen, iterations=found.iterations)
        change(h, now, program)
        if not chosen.unique:
            h.setBasis(basis)
        return chosen

    def _set_out_again(self) -> None:
        """Keep the basis only: HiGHS holds on to weights, and to their kind, from run to run."""
        basis = self._highs.getBasis()
        self._highs.clearSolver()
        self._highs.setBasis(basis)

    def _goes_on(self, way: int, more: Mapping[str, Option] | None = None) -> bool:
        """Run from the basis in a way, by the simplex; whether that ends at an optimum."""
        limit = {"time_limit": self._until}
        self._set({**NEAR, **limit, "simplex_strategy": way, **(more or {})})
        self._watch.run(self._until - self._highs.getRunTime())
        return self._highs.getModelStatus() == STATUS.kOptimal

    @property
    def basis(self) -> Basis | None:
        """Where it stands; None where nothing was solved, or without a basis."""
        if self._held is None or not self._highs.getBasis().valid:
            return None
        return told_basis(self._highs, self._scratch)

    def stand(self, program: Program, basis: Basis) -> None:
        """Hold a program at a basis, as if it had just been solved there."""
        load(self._highs, program)
        self._highs.setBasis(highs_basis(basis))
        self._held, self._scratch = program, basis.iterations

    def go_on(self, program: Program, basis: Basis, way: int, time_limit: float) -> Solution | None:
        """Solve from a basis, by the simplex of a way; None if that does not end at an optimum."""
        self.stand(program, basis)
        self._until = self._highs.getRunTime() + time_limit
        if self._goes_on(way):
            return self._told()
        self._held = None
        return None

    @property
    def chooses(self) -> bool:
        """Whether the method is left to us."""
        return self._options["solver"] == "choose"

    @property
    def settings(self) -> dict[str, Any]:
        """What makes another one of the same options."""
        method, options = self._options["solver"], self._options
        held = {"patience": self._patience, "memory": self._memory, "large": self._large}
        return {"method": method, "options": options, **held}

    def alike(self) -> Solver:
        """Another one of the same options, by the simplex."""
        simplex = {"method": "simplex", "options": {**self._options, "solver": "simplex"}}
        return Solver(**{**self.settings, **simplex})

    def _run(self, way: int | None, scratch: dict[str, Option]) -> None:
        """Run from the basis in a way; without one, or if it fails, from scratch."""
        h = self._highs
        if way is not None:
            patience = {"simplex_iteration_limit": int(self._patience * self._scratch)}
            if self._goes_on(way, patience):
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
