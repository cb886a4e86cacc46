"""HiGHS: arrays in, primal and dual values out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError, InputError, ModelError, SolverLimitError

Floats = NDArray[np.float64]
Option = bool | int | float | str

ROWWISE, MINIMISE = 2, 1


class UnknownOptionError(ModelError):
    """HiGHS does not know an option, or refuses its value; `name` says which."""

    exit_code = InputError.exit_code

    def __init__(self, name: str, value: object) -> None:
        self.name, self.value = name, value
        super().__init__(f"HiGHS does not know an option {name} = {value!r}")

    def __reduce__(self) -> tuple[type[UnknownOptionError], tuple[str, object]]:
        return type(self), (self.name, self.value)


LIMITS = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kMemoryLimit,
    highspy.HighsModelStatus.kInterrupt,
)


@dataclass(frozen=True)
class Solution:
    """An optimal point.

    `row_dual` is the change of the objective per unit of right-hand side: ≥ 0 on a binding ≥
    row, ≤ 0 on a binding ≤ row, when minimising. `column_dual` are reduced costs.
    """

    objective: float
    x: Floats
    row_value: Floats
    row_dual: Floats
    column_dual: Floats
    iterations: int
    seconds: float


def solve_program(
    program: Program,
    method: str = "choose",
    time_limit: float = 600.0,
    options: Mapping[str, Option] | None = None,
) -> Solution:
    """Solve to optimality, on one thread, so that a run can be repeated bit by bit.

    Raises
    ------
    InfeasibleError
        If no point satisfies every row, or the cost has no lower bound.
    SolverLimitError
        If a limit was met first.
    UnknownOptionError
        If HiGHS refuses an option.
    ModelError
        If HiGHS refuses the program.
    """
    started = time.perf_counter()
    h = highspy.Highs()
    chosen: dict[str, Option] = {
        "output_flag": False,
        "threads": 1,
        "solver": method,
        "time_limit": time_limit,
    }
    for name, value in (chosen | dict(options or {})).items():
        if h.setOptionValue(name, value) == highspy.HighsStatus.kError:
            raise UnknownOptionError(name, value)
    _load(h, program)
    h.run()
    status = h.getModelStatus()
    if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        h.setOptionValue("presolve", "off")
        h.run()
        status = h.getModelStatus()
    _raise_unless_optimal(h, status)
    found, info = h.getSolution(), h.getInfo()
    return Solution(
        objective=float(info.objective_function_value),
        x=np.asarray(found.col_value),
        row_value=np.asarray(found.row_value),
        row_dual=np.asarray(found.row_dual),
        column_dual=np.asarray(found.col_dual),
        iterations=int(info.simplex_iteration_count + info.ipm_iteration_count),
        seconds=time.perf_counter() - started,
    )


def _load(h: highspy.Highs, program: Program) -> None:
    rows, columns = program.matrix.shape
    status = h.passModel(
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
        program.matrix.indptr.astype(np.int32),
        program.matrix.indices.astype(np.int32),
        program.matrix.data,
        np.zeros(columns, dtype=np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise ModelError("HiGHS refuses the program")


def _raise_unless_optimal(h: highspy.Highs, status: highspy.HighsModelStatus) -> None:
    if status == highspy.HighsModelStatus.kOptimal:
        return
    text = h.modelStatusToString(status)
    if status == highspy.HighsModelStatus.kInfeasible:
        raise InfeasibleError("no plan meets every hard target and limit")
    if status == highspy.HighsModelStatus.kUnbounded:
        raise InfeasibleError("the cost has no lower bound: something is paid to be used")
    if status in LIMITS:
        raise SolverLimitError(f"HiGHS stopped before the optimum: {text}")
    raise ModelError(f"HiGHS ended with status: {text}")
