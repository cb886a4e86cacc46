"""Eight towns make what they need, or have it sent: programs of partners."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import scipy.sparse as sp

from model.compile import Program
from model.compile.index import Factor, Index
from model.compile.program import Span

TOWNS = "ABCDEFGH"
LINKS = [f"{a}>{b}" for a, b in permutations(TOWNS, 2)]
ENDS = {link: (link[0], link[2], "wood") for link in LINKS}
SIZE = len(TOWNS)
UNMET = 100.0
"""Cost of a need that is not met: it is always dearer than to meet it."""


def towns(need, cost, most, budget: float, toll: float = 2.0) -> Program:
    """Eight towns make up to so much of what they need, and send it at a toll; one budget for all.

    Columns: made by each, not met by each, sent over each link.
    Rows: made + not met + received − sent ≥ need, by town; Σ made ≤ budget.
    """
    matrix = np.zeros((SIZE + 1, 2 * SIZE + len(LINKS)))
    matrix[:SIZE, :SIZE] = matrix[:SIZE, SIZE : 2 * SIZE] = np.eye(SIZE)
    for column, link in enumerate(LINKS, start=2 * SIZE):
        matrix[TOWNS.index(link[0]), column] = -1
        matrix[TOWNS.index(link[2]), column] = 1
    matrix[SIZE, :SIZE] = 1
    index = [Index([Factor.of(name, labels, 1)]) for name, labels in (("N", TOWNS), ("L", LINKS))]
    spans = {"make": Span("make", 0, index[0]), "miss": Span("miss", SIZE, index[0])}
    return Program(
        matrix=sp.csr_array(matrix),
        row_lower=np.append(np.array(need, dtype=float), -np.inf),
        row_upper=np.append(np.full(SIZE, np.inf), budget),
        cost=np.r_[np.array(cost, dtype=float), np.full(SIZE, UNMET), np.full(len(LINKS), toll)],
        offset=7.0,
        lower=np.zeros(2 * SIZE + len(LINKS)),
        upper=np.r_[np.array(most, dtype=float), np.full(SIZE + len(LINKS), np.inf)],
        variables={**spans, "flow": Span("flow", 2 * SIZE, index[1])},
        constraints={},
        expressions={},
    )


def with_row(program: Program, links: list[str], lower: float, upper: float) -> Program:
    """The same, with a row of its own for what is sent over some links together."""
    row = np.zeros((1, program.cost.size))
    row[0, [2 * SIZE + LINKS.index(link) for link in links]] = 1.0
    return replace(
        program,
        matrix=sp.csr_array(sp.vstack([program.matrix, sp.csr_array(row)])),
        row_lower=np.append(program.row_lower, lower),
        row_upper=np.append(program.row_upper, upper),
    )


BY_HAND = towns(need=[10] * 4 + [0] * 4, cost=[50] * 4 + [10] * 4, most=[9] * 8, budget=38.0)
"""Needs of 40, a budget of 38: the four that need nothing make 36 at 10 and send it at 2; 2 more
are made at 50, and 2 are missed at 100: 360 + 72 + 100 + 200 + 7 = 739."""
