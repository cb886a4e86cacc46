"""Problem: partners with waste, plants that stand, and what a new plant costs by its size.

    I(Q) = c · Q^e                       investment [MEUR] in a plant of size Q [kt/yr]
    K(Q, q) = a · I(Q) + (f · Q + v · q) / 1000     yearly cost [MEUR/yr] of treating q ≤ Q there

    c  coefficient    MEUR    investment in a plant of 1 kt/yr
    e  exponent       1       below 1: an economy of scale
    a  annuity        1/yr    of the cost of capital of the local authority, over the life
    f  fixed_cost     EUR/t   each year, by tonne of capacity
    v  variable_cost  EUR/t   by tonne treated, what its energy is sold at taken off

The capital of a plant that stands is spent, whoever uses it: only its running cost counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EUR_PER_T = 1e-3
"""EUR/t times kt/yr is a thousandth of a MEUR/yr."""


@dataclass(frozen=True)
class Scale:
    """What a new plant costs by its size; symbols at the top of the module."""

    coefficient: float
    exponent: float
    smallest: float
    annuity: float
    fixed_cost: float = 0.0
    variable_cost: float = 0.0

    def investment(self, size: float) -> float:
        """Investment [MEUR] in a plant of this size [kt/yr]; 0 if there is none."""
        return float(self.coefficient * size**self.exponent) if size > 0 else 0.0

    def yearly(self, size: float, tonnes: float) -> float:
        """Yearly cost [MEUR/yr] of a plant of this size that treats so many tonnes [kt/yr]."""
        running = self.fixed_cost * size + self.variable_cost * tonnes
        return self.annuity * self.investment(size) + running * EUR_PER_T


@dataclass(frozen=True)
class Standing:
    """A plant that stands: where, what room it has [kt/yr], what a tonne costs there [EUR/t]."""

    place: str
    room: float
    cost: float


@dataclass(frozen=True)
class Problem:
    """Who could treat what with whom.

    Attributes
    ----------
    partners : tuple of str
        SIREN, or any names.
    waste : array (partner)
        What each must have treated [kt/yr].
    haulage : array (partner, host)
        From a partner to the plant of another [EUR/t]; 0 to its own.
    gate_fee : float
        Treatment outside, its haulage included [EUR/t]; infinity where there is none.
    scale : Scale
        Of a new plant.
    standing : tuple (partner) of tuples
        The plants that stand at each.
    builds : tuple (partner) of bool
        Who may host a new plant.
    rebate : float
        Off the cost of a plant that several use together [1].
    """

    partners: tuple[str, ...]
    waste: NDArray[np.float64]
    haulage: NDArray[np.float64]
    gate_fee: float
    scale: Scale
    standing: tuple[tuple[Standing, ...], ...]
    builds: tuple[bool, ...]
    rebate: float = 0.0
