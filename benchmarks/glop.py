"""A linear program solved by GLOP, Google's simplex, which shares no line with HiGHS.

    python -m benchmarks.glop FILE    prints the optimal cost of a `Program` in npz (`save`)

It runs in an environment of its own (`benchmarks.environment`) and imports nothing of ours.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import scipy.sparse as sp

SIDES = ("cost", "lower", "upper", "row_lower", "row_upper", "offset")


def save(program: Any, file: str) -> None:
    """Write the arrays of a program."""
    matrix = program.matrix
    parts = {name: getattr(matrix, name) for name in ("data", "indices", "indptr")}
    np.savez(file, **parts, **{name: getattr(program, name) for name in SIDES})


def optimum(file: str) -> float:
    """The least cost that GLOP finds for a program in a file."""
    from ortools.linear_solver.python import model_builder

    given = np.load(file)
    cost, lower, upper, row_lower, row_upper, offset = (given[name] for name in SIDES)
    parts = tuple(given[name] for name in ("data", "indices", "indptr"))
    matrix = sp.csr_matrix(parts, shape=(row_lower.size, cost.size))
    model, solver = model_builder.Model(), model_builder.Solver("glop")
    model.helper.fill_model_from_sparse_data(lower, upper, cost, row_lower, row_upper, matrix)
    model.helper.set_objective_offset(float(offset))
    status = solver.solve(model)
    if status != model_builder.SolveStatus.OPTIMAL:
        raise RuntimeError(f"GLOP ended with {status}")
    return float(solver.objective_value)


if __name__ == "__main__":
    print(repr(optimum(sys.argv[1])))
