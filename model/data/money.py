"""Money over time: annuities and discount factors.

CRF(r, L) = r / (1 − (1 + r)^−L);  1 / L when r = 0
DF[y]     = Σ_{t = 0 … n[y]−1} (1 + r)^−(y + t − y0)      n[y] years that milestone y stands for
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def annuity_factor(rate: ArrayLike, lifetime: ArrayLike) -> NDArray[np.float64]:
    """Capital recovery factor [1/yr] at a cost of capital [1/yr] over a life [yr]."""
    r, life = np.broadcast_arrays(np.asarray(rate, float), np.asarray(lifetime, float))
    safe = np.where(r > 0, r, 1.0)
    return np.where(r > 0, safe / -np.expm1(-life * np.log1p(safe)), 1 / life)


def discount_factors(
    years: Sequence[int], base: int, rate: float, last_period: int | None
) -> NDArray[np.float64]:
    """Σ of the discount factors of the years that each milestone stands for [yr].

    A milestone stands for the years until the next one; the last for `last_period` years, by
    default as many as the milestone before it (one, if it is alone).
    """
    spans = milestone_years(years, last_period)
    return np.array(
        [
            sum((1 + rate) ** -(year + t - base) for t in range(span))
            for year, span in zip(years, spans, strict=True)
        ]
    )


def milestone_years(years: Sequence[int], last_period: int | None) -> list[int]:
    """How many years each milestone stands for [yr]."""
    spans: list[int] = np.diff(years).tolist()
    return [*spans, last_period or (spans[-1] if spans else 1)]
