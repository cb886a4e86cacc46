"""Causes: the limits that conflict, the likeliest cause first.

A kind of limit is a cause if everything can be kept once it alone gives way. Of several, the one
that must give way least comes first:

    min Σ_i s[i] / σ[i]     over every plan that keeps all promises and all other rows
    s  what row i of the kind gives beyond its side
    σ  size of the row: its side, or half of what it weighs in the plan that misses least

More of nothing is nothing: a row of size 0 gives way only where no other row of its kind is enough,
and its kind comes after those that have something to give more of. What asks comes last: what is
missing to it is told already.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.errors import InfeasibleError
from model.outcome.shortfall import (
    INVEST,
    KINDS,
    NEGLIGIBLE,
    Floats,
    Limit,
    Relaxed,
    Shortfall,
    giving,
)

ASKING = ("need", "target", "record", "agreement", "participation")
"""Kinds that ask; the others hold back."""
NARROW = ("capital", "in-house", "lending", "transfer", "own-production")
"""Kinds that bind one company or one act: first, of what must give way as much."""
WHOLE = 1.0
"""The change of a leave to build, which is given or not: as much as doubling a limit [1]."""
DIGITS = 6
"""Of changes that are compared [1]: no solver is more exact."""


@dataclass(frozen=True)
class Cause:
    """Limits of a kind in an EPCI, or anywhere; `enough` if its kind alone, moved, would do."""

    kind: str
    epci: str
    limits: tuple[Limit, ...]
    enough: bool


def causes(found: Shortfall) -> list[Cause]:
    """The limits in conflict, by kind and EPCI, the likeliest cause first."""
    groups: dict[tuple[str, str], list[Limit]] = {}
    whole: dict[str, float] = {}
    for limit in found.limits:
        groups.setdefault((limit.kind, str(limit.labels.get("epci", ""))), []).append(limit)
        whole[limit.kind] = whole.get(limit.kind, 0.0) + limit.part
    alone = {kind: change(found.relaxed, kind) for kind in whole if kind not in ASKING}

    def rank(place: tuple[str, str]) -> tuple[object, ...]:
        kind, epci = place
        least = alone.get(kind)
        last = kind in ASKING, least is None, round(least or 0.0, DIGITS), kind not in NARROW
        return *last, -whole[kind], kind, epci

    return [
        Cause(*place, tuple(groups[place]), alone.get(place[0]) is not None)
        for place in sorted(groups, key=rank)
    ]


def change(relaxed: Relaxed | None, kind: str) -> float | None:
    """By how much a kind of limit must give way, alone, of its size [1]; None: it is not enough.

    Infinite if it holds nothing that there could be more of.
    """
    if relaxed is None:
        return None
    program = relaxed.promised()
    if kind == "builder":
        return None if _least(relaxed, _open(program)) is None else WHOLE
    spans = (program.constraints[name].slice for name, other in KINDS.items() if other == kind)
    rows = np.concatenate([np.arange(len(program.row_lower))[span] for span in spans])
    size = _sizes(relaxed, rows)
    some = size > NEGLIGIBLE
    least = _least(relaxed, _moved(program, rows[some], size[some])) if some.any() else None
    if least is None and not some.all():
        least = _least(relaxed, _moved(program, rows, np.ones(len(rows))))
        return None if least is None else np.inf
    return least


def _sizes(relaxed: Relaxed, rows: NDArray[np.int64]) -> Floats:
    """The size of rows, each in its unit."""
    whole = relaxed.whole
    sides = np.array([whole.row_lower[rows], whole.row_upper[rows]])
    side = np.abs(np.where(np.isfinite(sides), sides, 0.0)).max(axis=0)
    weight = abs(whole.matrix[rows]) @ np.abs(relaxed.solution.x[: len(whole.cost)])
    return np.asarray(np.maximum(side, weight / 2))


def _moved(program: Program, rows: NDArray[np.int64], size: Floats) -> Program:
    """Some rows give way, on the side that they have, at a price by their size."""
    below, above = np.isfinite(program.row_lower[rows]), np.isfinite(program.row_upper[rows])
    places = np.concatenate([rows[below], rows[above]])
    signs = np.repeat([1.0, -1.0], [below.sum(), above.sum()])
    return giving(program, places, signs, 1 / np.concatenate([size[below], size[above]]))


def _open(program: Program) -> Program:
    """Whoever is there may build everything, and nothing costs anything."""
    upper = program.upper.copy()
    places = program.variables[INVEST].slice
    upper[places] = np.where(upper[places] == 0, np.inf, upper[places])
    return replace(program, upper=upper, cost=np.zeros_like(program.cost), offset=0.0)


def _least(relaxed: Relaxed, program: Program) -> float | None:
    """The least cost of a program; None if it has no plan."""
    try:
        return relaxed.solve(program).objective
    except InfeasibleError:
        return None
