"""Kept: what rounds have come to, in a file, so that a run that was stopped goes on from there."""

from __future__ import annotations

import hashlib
import zipfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import WriteError
from model.files import whole

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Standing:
    """Where rounds stand.

    Attributes
    ----------
    x : array (column)
        The plan.
    price : array (shared row)
        Prices of what is shared [MEUR per unit].
    bound : float
        What no plan costs less than [MEUR]; −∞ before the first round.
    proof : array (row)
        Prices that prove it.
    often : array (link)
        Rounds since a link was within a union, and 1.
    most : int
        Partners of a union of the next round, at most.
    iterations : int
    """

    x: Floats
    price: Floats
    bound: float
    proof: Floats
    often: Floats
    most: int
    iterations: int


def place(folder: Path, program: Program, ends: tuple[Places, Places]) -> Path:
    """Where the standing of a program is kept: its name tells all of the program."""
    matrix, sha = program.matrix, hashlib.sha256()
    sides = program.row_lower, program.row_upper, program.lower, program.upper
    for array in (matrix.indptr, matrix.indices, matrix.data, program.cost, *sides, *ends):
        sha.update(np.ascontiguousarray(array).data)
    return folder / f"rounds-{sha.hexdigest()[:16]}.npz"


def keep(standing: Standing, path: Path) -> None:
    """Keep where rounds stand; a disk that refuses is no reason to end them."""
    with suppress(WriteError), whole(path) as aside, aside.open("wb") as file:
        np.savez(file, **asdict(standing))


def kept(path: Path) -> Standing | None:
    """What was kept; None where there is nothing, or nothing whole."""
    try:
        with path.open("rb") as file, np.load(file) as found:
            standing = {name: found[name] for name in Standing.__dataclass_fields__}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    numbers = {name: standing[name].item() for name in ("bound", "most", "iterations")}
    return Standing(**standing | numbers)
