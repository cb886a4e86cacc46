"""Statistics: between what a result lies in so many of the draws, and how well that is known.

    in 4 of 5 cases      between the quantiles at 10 and 90 %
    in 19 of 20 cases    between those at 2.5 and 97.5 %
    error of a quantile  half the distance of the order statistics n p ± 1.96 √(n p (1 − p))
    threshold            x* at which the line y ≈ a + b x crosses 0, if it was drawn on both sides
    its error            1.96 √(s² (1/n + (x* − x̄)² / Σ(x − x̄)²)) / |b|      s² of what is left over

Errors are those of independent draws; those of a Sobol sequence do better.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FOUR_OF_FIVE, NINETEEN_OF_TWENTY = (0.1, 0.9), (0.025, 0.975)
NORMAL = 1.96
"""Standard deviations that hold 19 of 20 cases."""


def known(values: Floats) -> Floats:
    """The values of the draws that have one."""
    return values[np.isfinite(values)]


def between(values: Floats, ends: tuple[float, float]) -> tuple[float, float]:
    """The quantiles at two probabilities; NaN if too few draws lie beyond them to know."""
    found = known(values)
    if len(found) * ends[0] < 1.0:
        return math.nan, math.nan
    low, high = np.quantile(found, ends)
    return float(low), float(high)


def middle(values: Floats) -> float:
    """The median."""
    found = known(values)
    return float(np.median(found)) if len(found) else math.nan


def error(values: Floats, at: float) -> float:
    """Half-width of the interval that holds a quantile in 19 of 20 cases; infinite if unknown."""
    found = np.sort(known(values))
    count = len(found)
    reach = NORMAL * math.sqrt(count * at * (1 - at))
    low, high = math.floor(count * at - reach), math.ceil(count * at + reach)
    if low < 0 or high >= count:
        return math.inf
    return float(found[high] - found[low]) / 2


def looseness(values: Floats) -> float:
    """The larger error of the two ends of 4 cases of 5, as a share of their distance."""
    low, high = between(values, FOUR_OF_FIVE)
    if not high > low:
        return math.inf if math.isnan(low) else 0.0
    return max(error(values, end) for end in FOUR_OF_FIVE) / (high - low)


@dataclass(frozen=True)
class Crossing:
    """Where a regression line crosses 0, and the error of that in 19 of 20 cases.

    Above it y is positive if the line is `rising`, else below it.
    """

    place: float
    error: float
    rising: bool


def crossing(x: Floats, y: Floats) -> Crossing | None:
    """Where a regression line of y on x crosses 0; None if not between the draws of x."""
    kept = np.isfinite(y)
    x, y = x[kept], y[kept]
    if len(x) < 8 or np.ptp(x) == 0:
        return None
    middle, spread = x.mean(), float(np.sum((x - x.mean()) ** 2))
    slope = float((x - middle) @ y / spread)
    if slope == 0:
        return None
    place = float(middle - y.mean() / slope)
    if not x.min() <= place <= x.max():
        return None
    left = y - y.mean() - slope * (x - middle)
    scatter = float(left @ left) / (len(x) - 2)
    error = math.sqrt(scatter * (1 / len(x) + (place - middle) ** 2 / spread)) / abs(slope)
    return Crossing(place, NORMAL * error, slope > 0)


def threshold(x: Floats, y: Floats) -> float:
    """The place of a crossing; NaN if there is none."""
    found = crossing(x, y)
    return math.nan if found is None else found.place
