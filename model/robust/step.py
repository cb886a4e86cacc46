"""Step: what is decided first — the capacity of a family that is built until a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.choices.quantities import Family
from model.compile import Program
from model.errors import Fault, InputError
from model.words.catalogue import say

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """The columns of `stock.invest` of the first step, and the labels of each."""

    columns: NDArray[np.int64]
    epci: Sequence[str]
    family: Sequence[str]
    actor: Sequence[str]

    def table(self, values: Floats, *over: Sequence[str]) -> Floats:
        """Values of the columns (…, column), summed by EPCI, family and actor."""
        told = (self.epci, self.family, self.actor)
        places = [
            [labels.index(one) for one in mine] for labels, mine in zip(over, told, strict=True)
        ]
        shape = tuple(len(labels) for labels in over)
        flat = np.ravel_multi_index(tuple(np.array(p, dtype=int) for p in places), shape)
        out = np.zeros((int(np.prod(shape)), *values.shape[:-1]))
        np.add.at(out, flat, np.moveaxis(values, -1, 0))
        return np.moveaxis(out, 0, -1).reshape(*values.shape[:-1], *shape)


def step_of(program: Program, families: Sequence[Family], year: int) -> Step:
    """What the first step decides: the families, built in periods that end by `year`.

    Raises
    ------
    InputError
        If nothing of them is built until then.
    """
    span = program.variables["stock.invest"]
    epci, technology, actor, vintage = (span.index.column(place) for place in range(4))
    of = {k: family.id for family in families for k in family.technologies}
    early = np.isin(technology, list(of)) & (vintage <= year) & (span.of(program.upper) > 0)
    at = np.flatnonzero(early)
    if not at.size:
        what = say("nothing is decided until {year}", year=year)
        raise InputError(Fault("--first", what, say("name a later year")))
    held = [of[k] for k in technology[at].tolist()]
    return Step(at + span.start, epci[at].tolist(), held, actor[at].tolist())
