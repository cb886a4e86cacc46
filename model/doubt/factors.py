"""Factors: the distributions, and the draws from them.

    u ~ scrambled Sobol points of (0, 1)^groups     x = F⁻¹(u)

    uniform      low + u (high − low)
    triangular   the inverse of a triangle over low, likely, high
    lognormal    √(low · high) · (high / low)^(z / 2 z₉₀)       z = Φ⁻¹(u); four cases of five
                                                                are between low and high
    interval     z itself: how many standard deviations from the estimate

The first points of a sequence stay when more are drawn. All groups have a dimension of their own,
in the order of their names: who has the same groups and the same seed has the same draws.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import qmc

from model.doubt.groups import Group
from model.doubt.inputs import INTERVAL

Floats = NDArray[np.float64]

TENTH = float(ndtri(0.9))
"""Standard deviations from the middle to the ends that hold four cases of five."""
EDGE = 1e-9
"""Least probability that is drawn: a point of the sequence may be 0."""


def draw(groups: Sequence[Group], seed: int, count: int) -> Floats:
    """Factors (draw, group); the first `count` of the sequence of a seed."""
    sobol = qmc.Sobol(len(groups), scramble=True, rng=np.random.default_rng(seed))
    points = sobol.random_base2(max(count - 1, 1).bit_length())[:count]
    columns = [quantile(group, points[:, i]) for i, group in enumerate(groups)]
    return np.column_stack(columns)


def quantile(group: Group, u: Floats) -> Floats:
    """The factors below which a group is with some probabilities."""
    u = np.clip(u, EDGE, 1 - EDGE)
    low, high = group.low, group.high
    if group.distribution == "uniform":
        return np.asarray(low + u * (high - low))
    if group.distribution == "triangular":
        return _triangular(u, low, group.likely, high)
    z = np.asarray(ndtri(u))
    if group.distribution == INTERVAL:
        return z
    return np.asarray(np.sqrt(low * high) * (high / low) ** (z / (2 * TENTH)))


def central(group: Group) -> float:
    """The factor at which the inputs are as the tables say."""
    return 0.0 if group.distribution == INTERVAL else 1.0


def _triangular(u: Floats, low: float, likely: float, high: float) -> Floats:
    whole, left = high - low, (likely - low) / (high - low)
    rising = low + np.sqrt(u * whole * (likely - low))
    falling = high - np.sqrt((1 - u) * whole * (high - likely))
    return np.where(u < left, rising, falling)
