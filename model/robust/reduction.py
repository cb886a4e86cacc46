"""Reduction: few draws that stand for many, each with the weight of those nearest to it.

    min over J, |J| = m     Σ_i p_i · min_{j∈J} ‖ z_i − z_j ‖

    z  what a draw makes of the plan: a few results, each divided by its standard deviation

Fast forward selection (Heitsch and Römisch 2003, doi:10.1023/A:1021805924152): the draw that
lowers the sum most is taken, again and again; then each hands its weight to the nearest of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Floats = NDArray[np.float64]


def reduced(results: Floats, count: int) -> tuple[list[int], Floats]:
    """Places of up to `count` draws, in rising order, and their weights, which sum to 1.

    Parameters
    ----------
    results : (draw, result)
        Finite.
    """
    spread = results.std(axis=0)
    away = cdist(*[(results / np.where(spread > 0, spread, 1.0))] * 2)
    nearest = np.full(len(results), np.inf)
    chosen: list[int] = []
    while len(chosen) < min(count, len(results)):
        left = np.minimum(away, nearest).sum(axis=1)
        left[chosen] = np.inf
        chosen.append(int(np.argmin(left)))
        nearest = np.minimum(nearest, away[chosen[-1]])
    chosen.sort()
    served = away[:, chosen].argmin(axis=1)
    served[chosen] = np.arange(len(chosen))
    return chosen, np.bincount(served, minlength=len(chosen)) / len(results)
