"""Sensitivity: which factors the variance of a result hangs on, from draws that are there already.

A sum of orthonormal polynomials is fitted to the draws, and its coefficients give the indices
(Sudret 2008, doi:10.1016/j.ress.2007.04.002): no solve beside the draws is needed.

    y ≈ c₀ + Σ_j Σ_d c[j,d] P[j,d](x_j) + Σ_{j<k} c[j,k] P[j,1](x_j) P[k,1](x_k)
    V         Σ c² + mean squared error of draws left out, a fifth of them in turn
    first     S[j] = Σ_d c[j,d]² / V                    what j explains by itself
    total     T[j] = S[j] + Σ_k c[j,k]² / V             with what it does together with others
    explained 1 − error / V

P[j,d] has mean 0 and variance 1 under the distribution of x_j and is orthogonal to the others of
j. Terms enter one by one, that most like what is left first (a sparse expansion, as of Blatman and
Sudret 2011, doi:10.1016/j.jcp.2010.12.021). As many are kept as make the error of draws left out
smallest, where the choice of terms is made without these draws too: of noise, nothing is explained.
Nothing here knows energy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Term = tuple[int, ...]
"""Factor and degree of a polynomial of one factor; or the two factors of a product."""

DEGREE = 3
MOST, LARGEST = 0.3, 40
"""Most terms, as a share of the draws, and of however many draws."""
FOLDS = 5
"""Parts of the draws that are left out in turn."""
EXACT = 1e-9
"""Share of the spread below which nothing is left to explain."""
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
    _, triangle = np.linalg.qr(powers[0] / np.sqrt(len(grid)))
    return np.asarray(np.linalg.solve(triangle.T, powers[1].T).T[:, 1:])


def _fit(columns: Floats, y: Floats) -> tuple[list[int], Floats, float]:
    """Terms chosen one by one, their coefficients, and the mean squared error left out."""
    count = len(y)
    most = min(int(MOST * count), LARGEST, columns.shape[1])
    fold = np.arange(count) % FOLDS
    errors = np.zeros(most + 1)
    for k in range(FOLDS):
        out = fold == k
        for terms, (chosen, fitted) in enumerate(_path(columns[~out], y[~out], most)):
            errors[terms] += np.sum((y[out] - _at(columns[out], chosen, fitted)) ** 2)
        errors[terms + 1 :] += np.sum((y[out] - _at(columns[out], chosen, fitted)) ** 2)
    best = int(errors.argmin())
    *_, (chosen, fitted) = islice(_path(columns, y, most), best + 1)
    return chosen, fitted[1:], float(errors[best] / count)


def _path(columns: Floats, y: Floats, most: int) -> Iterator[tuple[list[int], Floats]]:
    """More and more terms, that most like what is left first, and their coefficients."""
    centred = columns - columns.mean(axis=0)
    scale = np.linalg.norm(centred, axis=0)
    scale[scale == 0] = np.inf
    chosen: list[int] = []
    fitted, residual = np.array([y.mean()]), y - y.mean()
    yield chosen, fitted
    while len(chosen) < most and np.std(residual) > EXACT * np.std(y):
        likeness = np.abs(centred.T @ residual) / scale
        likeness[chosen] = -1.0
        chosen = [*chosen, int(likeness.argmax())]
        design = np.column_stack([np.ones(len(y)), columns[:, chosen]])
        fitted = np.asarray(np.linalg.lstsq(design, y, rcond=None)[0], dtype=np.float64)
        residual = y - design @ fitted
        yield chosen, fitted


def _at(columns: Floats, chosen: list[int], fitted: Floats) -> Floats:
    return np.asarray(fitted[0] + columns[:, chosen] @ fitted[1:])
