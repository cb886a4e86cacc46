"""Restriction: the programme that a coalition would solve on its own.

Partners who are not in bring nothing: no demand, no stock, no potential, no staff. Their rows and
activities leave the programme, links that lack an end close, and a row held in common keeps the
part of its right-hand side that the members bring. Costs and coefficients stay as they are. A row
without activities that nothing at all satisfies leaves too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from model.compile import Program
from model.cooperation.ownership import Flags, Ownership
from model.cooperation.tight import Tight
from model.games.game import Vector


@dataclass(frozen=True)
class Part:
    """A part of a programme: which rows and columns it keeps, and its bounds on the rows."""

    rows: Flags
    columns: Flags
    lower: Vector
    upper: Vector


def restrict(
    program: Program, owned: Ownership, members: Flags, tight: Tight | None = None
) -> tuple[Part, sp.csr_array]:
    """The part of a programme that some members (true in `members`) can carry out, and its matrix.

    Of a programme that was made `tight`, what is left of it. The matrix is not kept with the part:
    of many coalitions, they would fill the memory.
    """
    rows, columns = owned.rows_of(members), owned.columns_of(members)
    if tight is not None:
        rows, columns = rows & tight.rows, columns & tight.columns
    mine = np.flatnonzero(rows)
    part = owned.part(members)[mine]
    lower, upper = (scaled(side[mine], part) for side in (program.row_lower, program.row_upper))
    matrix = program.matrix[mine][:, np.flatnonzero(columns)]
    kept = (np.diff(matrix.indptr) > 0) | (lower > 0) | (upper < 0)
    rows = np.zeros(program.matrix.shape[0], dtype=bool)
    rows[mine[kept]] = True
    return Part(rows, columns, lower[kept], upper[kept]), matrix[kept]


def scaled(side: Vector, part: Vector) -> Vector:
    """A side of rows times a part of it; no limit stays none."""
    limited = np.isfinite(side)
    return np.where(limited, np.where(limited, side, 0.0) * part, side)
