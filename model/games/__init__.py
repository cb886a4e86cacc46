"""Games: cooperative game theory, free of energy and usable alone.

    game          players and what each coalition pays; superadditivity, the stake
    core          allocations that no coalition can improve on
    nucleolus     the worst-treated coalition made as content as can be: least core, nucleolus
    shapley       what each saves the others on average; `sampling` where there are too many orders
    unions        Owen value: players that come in blocs
    nash          largest product of gains in the core
    gately        nobody has more reason than another to break the cooperation
    proportional  by a key that everyone can read
    voting        who tips the decision of a meeting
    perimeter     which partners, and who next; the least subsidy
    excess/       how the worst-treated coalition of any game is found
    linear/       games given by one linear programme: costs, dual prices, their own search

A game is `Game(players, cost)`, where `cost` maps a frozenset of players to a number. Allocations
are cost shares by player that sum to the cost of all.
"""

from model.games.core import core_excess, in_core, require_superadditive, worst_split
from model.games.game import Game, GameError
from model.games.gately import gately, propensity
from model.games.linear.game import LinearGame
from model.games.linear.prices import fair_price, marginal_price, nearest_price, price_range
from model.games.nash import nash
from model.games.nucleolus import least_core, nucleolus
from model.games.perimeter import least_subsidy, rank
from model.games.proportional import proportional_cost, proportional_gain
from model.games.sampling import shapley_sampled
from model.games.shapley import shapley
from model.games.unions import owen_value
from model.games.voting import voting_power

__all__ = [
    "Game",
    "GameError",
    "LinearGame",
    "core_excess",
    "fair_price",
    "gately",
    "in_core",
    "least_core",
    "least_subsidy",
    "marginal_price",
    "nash",
    "nearest_price",
    "nucleolus",
    "owen_value",
    "price_range",
    "propensity",
    "proportional_cost",
    "proportional_gain",
    "rank",
    "require_superadditive",
    "shapley",
    "shapley_sampled",
    "voting_power",
    "worst_split",
]
