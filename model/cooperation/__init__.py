"""Cooperation: who gains, who would leave, and what partners owe each other."""

from model.cooperation.cooperate import cooperate, game_of, glance
from model.cooperation.core import (
    core_excess,
    in_core,
    require_superadditive,
    worst_split,
)
from model.cooperation.energy import EnergyGame
from model.cooperation.game import Game, GameError
from model.cooperation.gately import gately, propensity
from model.cooperation.linear import LinearGame
from model.cooperation.marginal import fair_price, marginal_price, nearest_price, price_range
from model.cooperation.nash import nash
from model.cooperation.nucleolus import least_core, nucleolus
from model.cooperation.perimeter import least_subsidy, rank
from model.cooperation.proportional import proportional_cost, proportional_gain
from model.cooperation.sampling import shapley_sampled
from model.cooperation.settlement import settle
from model.cooperation.shapley import shapley
from model.cooperation.unions import owen_value
from model.cooperation.voting import voting_power

__all__ = [
    "EnergyGame",
    "Game",
    "GameError",
    "LinearGame",
    "cooperate",
    "core_excess",
    "fair_price",
    "game_of",
    "gately",
    "glance",
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
    "settle",
    "shapley",
    "shapley_sampled",
    "voting_power",
    "worst_split",
]
