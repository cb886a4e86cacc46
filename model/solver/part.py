"""Part: some rows and columns of a program, as a program of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.solver.basis import Basis
from model.solver.highs import Solution
from model.solver.passing import PRIMAL

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """Rows and columns of a part, and its program."""

    rows: Places
    columns: Places
    program: Program


@dataclass(frozen=True)
class Task:
    """The program of a union, the places of both ends of its columns, and where it stands.

    From there, the simplex of a way solves it.
    """

    program: Program
    ends: tuple[Places, Places]
    basis: Basis | None = None
    way: int = PRIMAL


Stood = tuple[Solution, Basis | None]
"""What was found, and where that stands."""
Solved = Callable[[Iterable[Task]], Iterable[Stood]]
"""Solves tasks, in their order."""


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
