"""Passing: arrays into HiGHS, all of them or what differs from the program that it holds."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import ModelError
from model.words.catalogue import say

ROWWISE, MINIMISE = 2, 1
DUAL, PRIMAL = 1, 4


def load(h: highspy.Highs, program: Program) -> None:
    """Pass a program; what was held before is forgotten."""
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
        program.matrix.indptr.astype(np.int32, copy=False),
        program.matrix.indices.astype(np.int32, copy=False),
        program.matrix.data,
        np.zeros(columns, dtype=np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise ModelError(say("HiGHS refuses the program"))


def change(h: highspy.Highs, before: Program, program: Program) -> None:
    """Pass on what differs; all of it, and the basis, if coefficients do."""
    if not _same(before.matrix.data, program.matrix.data):
        basis = h.getBasis()
        load(h, program)
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


def strategy(before: Program, program: Program) -> int | None:
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
