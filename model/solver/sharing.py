"""Sharing: from a basis at prices of what is shared to one where it suffices.

    min c·x + π·s    subject to    r⁻ ≤ D x + s ≤ r⁺,    x ∈ X,    s = 0

With s free, who is planned at prices π is at the optimum of this: its basis, with each s of a price
basic and its row at a side, is dual feasible. The dual simplex then brings s to 0.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.solver.basis import BASIC, LOWER, UPPER, Basis

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def with_slack(program: Program, shared: Places, price: Floats, at: Basis) -> tuple[Program, Basis]:
    """A program with columns s after its own, and its basis from one at prices.

    Parameters
    ----------
    shared : array of int
        Its rows that are shared.
    price : array
        Price of each.
    at : Basis
        Where it stands at these prices; for shared rows it tells nothing.
    """
    lower, upper = program.row_lower[shared], program.row_upper[shared]
    binds = (lower == upper) | (price != 0)
    rows, none = at.rows.copy(), np.zeros(shared.size)
    at_upper = (price < 0) | np.isneginf(lower)
    rows[shared] = np.where(binds, np.where(at_upper, UPPER, LOWER), BASIC)
    slack = np.where(binds, BASIC, LOWER).astype(np.int8)
    ones = (np.ones(shared.size), (shared, np.arange(shared.size)))
    eye = sp.csr_array(ones, shape=(rows.size, shared.size))
    whole = replace(
        program,
        matrix=sp.csr_array(sp.hstack([program.matrix, eye])),
        cost=np.r_[program.cost, price],
        lower=np.r_[program.lower, none],
        upper=np.r_[program.upper, none],
    )
    return whole, Basis(np.r_[at.columns, slack], rows, at.iterations)
