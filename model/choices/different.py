"""Different: a few plans that differ from the plan, and from one another, as much as can be.

    d(p, p') = Σ_i | z_i(p) − z_i(p') | / W_f(i)       W_f = Σ_{i of f} ( most_i − least_i )
    p_1      = argmax_p d(p, plan)
    p_k      = argmax_p min( d(p, plan), d(p, p_1), …, d(p, p_{k−1}) )

    z  capacity of a family f at a partner; a family as a whole counts as much as any other
    p  the plans at the ends of the ranges: each is the farthest that one choice can be pushed

Other methods of near-optimal plans (MGA, SPORES) solve anew to find plans that differ; here the
ends of all the ranges are there already, and of these the farthest is taken, again and again
(Gonzalez 1985): its least distance is at least half of the best that any choice of them could have.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ALIKE = 1e-6
"""Distance below which two plans are the same [widths of ranges]."""


def farthest(plan: Floats, others: Floats, width: Floats, count: int) -> list[int]:
    """Places of up to `count` of the others (plan × choice), the farthest first; of equals one.

    `width` is by what each choice is divided; those with 0 do not count.
    """
    free = width > 0
    points = others[:, free] / width[free]
    away = np.abs(points - plan[free] / width[free]).sum(axis=1)
    chosen: list[int] = []
    while len(chosen) < count and away.size and away.max() > ALIKE:
        place = int(np.argmax(away.round(9)))
        chosen.append(place)
        away = np.minimum(away, np.abs(points - points[place]).sum(axis=1))
    return chosen
