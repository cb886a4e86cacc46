"""Objective: the discounted cost of everyone, whatever block offers it.

total_cost   min Σ_y DF[y] · Σ_offers Σ_n Σ_a cost_<item>[n,a,y]

DF  discount  yr  year  scenario
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import costs, need
from model.data.assemble import Data


def add_objective(m: pyo.Block, data: Data) -> None:
    """Add the cost to be least, over what the blocks offer."""
    need(m, data.arrays, "discount")
    items = costs(m)

    @m.Objective(doc="Discounted cost of every EPCI and actor [MEUR]")
    def total_cost(m):
        return sum(
            m.discount[y] * offer[n, a, y]
            for offer in items.values()
            for n, a, y in offer.index_set()
        )
