"""Sensitivity: which factors the variance of a result hangs on, from draws that are there already.

A sum of orthonormal polynomials is fitted to the draws, and its coefficients give the indices
(Sudret 2008, doi:10.1016/j.ress.2007.04.002): no solve beside the draws is needed.

    y ≈ c₀ + Σ_j Σ_d c[j,d] P[j,d](x_j) + Σ_{j<k} c[j,k] P[j,1](x_j) P[k,1](x_k)
    V         Σ c² + mean squared error, each draw left out in turn
    first     S[j] = Σ_d c[j,d]² / V                    what j explains by itself
    total     T[j] = S[j] + Σ_k c[j,k]² / V             with what it does together with others
    explained 1 − error / V

P[j,d] has mean 0 and variance 1 under the distribution of x_j and is orthogonal to the others of
j. Terms enter one by one, that most like what is left first, and as many are kept as make the
error of the draws left out smallest (Blatman and Sudret 2011, doi:10.1016/j.jcp.2010.12.021).
Nothing here knows energy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Term = tuple[int, ...]
"""Factor and degree of a polynomial of one factor; or the two factors of a product."""

DEGREE = 3
MOST = 0.4
"""Most terms, as a share of the draws."""
PATIENCE = 8
"""Terms that are tried beyond the best."""
FLAT = 1e-9
"""Standard deviation, relative to the largest value, below which a result does not vary."""


@dataclass(frozen=True)
class Indices:
    """First-order and total index of each factor, and the share of the variance explained."""

    first: Floats
    total: Floats
    explained: float


def indices(x: Floats, grid: Floats, y: Floats) -> Indices:
    """The indices of a result.

    Parameters
    ----------
    x : (draw, factor)
        Factors drawn, independent of one another.
    grid : (probability, factor)
        Factors at evenly spread probabilities: their distributions.
    y : (draw,)
        The result of each draw; finite.

    Returns
    -------
    Indices
        NaN where the result does not vary, or there are too few draws.
    """
    count, size = x.shape
    unknown = np.full(size, np.nan)
    if count < 8 or np.std(y) <= FLAT * max(float(np.abs(y).max()), 1e-300):
        return Indices(unknown, unknown, float("nan"))
    names, columns = _candidates(x, grid)
    chosen, coefficients, error = _fit(columns, y)
    first, joint = np.zeros(size), np.zeros(size)
    for place, c in zip(chosen, coefficients, strict=True):
        kind, one, other = names[place]
        if kind == 0:
            first[one] += c**2
        else:
            joint[[one, other]] += c**2
    variance = float(np.sum(coefficients**2)) + error
    return Indices(first / variance, (first + joint) / variance, 1.0 - error / variance)


def _candidates(x: Floats, grid: Floats) -> tuple[list[Term], Floats]:
    """Terms (0, factor, degree) and (1, factor, factor), and their values (draw, term)."""
    each = [_polynomials(x[:, j], grid[:, j]) for j in range(x.shape[1])]
    names: list[Term] = []
    columns: list[Floats] = []
    for j, values in enumerate(each):
        names += [(0, j, d) for d in range(values.shape[1])]
        columns += list(values.T)
    for j, k in _pairs(len(each)):
        names.append((1, j, k))
        columns.append(each[j][:, 0] * each[k][:, 0])
    return names, np.column_stack(columns)


def _pairs(size: int) -> Iterator[tuple[int, int]]:
    return ((j, k) for j in range(size) for k in range(j + 1, size))


def _polynomials(x: Floats, grid: Floats) -> Floats:
    """Orthonormal polynomials of degrees 1 … (draw, degree), by their values on the grid."""
    middle, spread = grid.mean(), grid.std()
    powers = [np.vander((v - middle) / spread, DEGREE + 1, increasing=True) for v in (grid, x)]
    triangle = np.linalg.qr(powers[0] / np.sqrt(len(grid)), mode="r")
    return np.asarray(np.linalg.solve(triangle.T, powers[1].T).T[:, 1:])


def _fit(columns: Floats, y: Floats) -> tuple[list[int], Floats, float]:
    """Terms chosen one by one, their coefficients, and the mean squared error left out."""
    count = len(y)
    chosen: list[int] = []
    best: tuple[float, list[int], Floats] = (float(np.var(y)), [], np.zeros(0))
    scale, residual = np.linalg.norm(columns - columns.mean(axis=0), axis=0), y - y.mean()
    scale[scale == 0] = np.inf
    while len(chosen) < min(int(MOST * count), columns.shape[1]):
        likeness = np.abs((columns - columns.mean(axis=0)).T @ residual) / scale
        likeness[chosen] = -1.0
        chosen = [*chosen, int(likeness.argmax())]
        design = np.column_stack([np.ones(count), columns[:, chosen]])
        q, r = np.linalg.qr(design)
        if np.abs(np.diag(r)).min() < 1e-10:
            break
        solution = np.linalg.solve(r, q.T @ y)
        residual = y - design @ solution
        error = _left_out(residual, (q**2).sum(axis=1))
        if error < best[0]:
            best = error, chosen, solution[1:]
        elif len(chosen) - len(best[1]) >= PATIENCE:
            break
        if best[0] <= 1e-18 * np.var(y):
            break
    return best[1], best[2], best[0]


def _left_out(residual: Floats, leverage: Floats) -> float:
    """Mean squared error of each draw by a fit without it, corrected for the choice of terms."""
    count, terms = len(residual), float(leverage.sum())
    alone = residual / np.maximum(1.0 - leverage, 1e-12)
    return float(np.mean(alone**2) * count / max(count - terms, 1.0))
