"""Sharing: what partners save by one plant instead of several, and who keeps how much of it.

The cost of a coalition is that of `partition`; a coalition can always do what its parts do apart,
so that there is a saving to share. An economy of scale has no dual prices: the rules are those that
look at the coalitions, Shapley's and the nucleolus.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from model.cooperation.plants.partition import Group, Partition
from model.cooperation.plants.problem import Problem
from model.games import Game, core_excess, in_core, least_core, nucleolus, shapley
from model.games.game import Coalition

RULES = {"shapley": shapley, "nucleolus": nucleolus}


@dataclass(frozen=True)
class Shared:
    """What each partner would do alone, what they do together, and who saves what.

    Attributes
    ----------
    game : Game
        Costs of the coalitions [MEUR/yr].
    alone : dict
        By partner, what it would do.
    together : list
        The groups of everyone.
    gains : dict
        By rule, what each saves [MEUR/yr].
    tempted : dict
        By rule: the worst-treated coalition, what it pays too much [MEUR/yr], and whether the rule
        is in the core.
    epsilon : float
        Least that some coalition pays too much, whatever the rule [MEUR/yr]; at most 0: a core.
    """

    game: Game
    alone: dict[str, Group]
    together: list[Group]
    gains: dict[str, pd.Series[float]]
    tempted: dict[str, tuple[Coalition, float, bool]]
    epsilon: float

    @property
    def saving(self) -> float:
        """What all save together [MEUR/yr]."""
        return self.game.gain

    @property
    def avoided(self) -> float:
        """Investment that all would make alone less the one they make together [MEUR]."""
        apart = sum(group.use.investment for group in self.alone.values())
        return apart - sum(group.use.investment for group in self.together)


def share(problem: Problem) -> Shared:
    """Solve every coalition, and share the saving.

    Raises
    ------
    GameError
        If there are too many partners, or one cannot have its waste treated alone.
    """
    partition = Partition(problem)
    game = Game(problem.partners, partition.cost)
    allocations = {name: rule(game) for name, rule in RULES.items()}
    alone = {partner: partition.groups([partner])[0] for partner in problem.partners}
    return Shared(
        game,
        alone,
        partition.groups(problem.partners),
        {name: game.gains(allocation) for name, allocation in allocations.items()},
        {name: (*core_excess(game, x), in_core(game, x)) for name, x in allocations.items()},
        least_core(game)[1],
    )


def saving_with_rebate(problem: Problem, rebate: float) -> float:
    """What all save [MEUR/yr] if a plant that several use is so much cheaper [1]."""
    partition = Partition(replace(problem, rebate=rebate))
    alone = sum(partition.cost([partner]) for partner in problem.partners)
    return alone - partition.cost(problem.partners)
