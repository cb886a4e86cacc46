"""Plants: one plant instead of two — number, place and size of shared plants, exactly.

    problem    partners, what they bring, what stands, what a plant costs by its size
    treatment  the least cost of so many tonnes at one place
    partition  who joins whom: every coalition at once, by dynamic programming over subsets
    sharing    the game that this makes, and how its saving is shared
    case       the tables of a scenario → a problem

An economy of scale is not convex, so that this stands beside the planning programme, which stays
linear; and marginal prices, which are stable there, mean nothing here (see `docs/cooperation.md`).
"""

from model.cooperation.plants.case import case
from model.cooperation.plants.partition import MOST_PARTNERS, Group, Partition
from model.cooperation.plants.problem import Problem, Scale, Standing
from model.cooperation.plants.sharing import Shared, share

__all__ = [
    "MOST_PARTNERS",
    "Group",
    "Partition",
    "Problem",
    "Scale",
    "Shared",
    "Standing",
    "case",
    "share",
]
