"""Part: some rows and columns of a program, as a program of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """Rows and columns of a part, and its program."""

    rows: Places
    columns: Places
    program: Program


def cut(program: Program, rows: Places, columns: Places, cost: Floats) -> Program:
    """Some rows and columns of a program, at a cost."""
    return replace(
        program,
        matrix=sp.csr_array(program.matrix[rows][:, columns]),
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows],
        cost=cost[columns],
        offset=0.0,
        lower=program.lower[columns],
        upper=program.upper[columns],
    )
