"""Rules: every way of sharing that a report shows side by side, by name.

A rule that a game does not allow is left blank, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.games.game import Game, GameError
from model.games.gately import gately
from model.games.linear.game import LinearGame
from model.games.linear.prices import fair_price
from model.games.nash import nash
from model.games.nucleolus import least_core, nucleolus
from model.games.proportional import proportional_cost, proportional_gain
from model.games.shapley import shapley

Shares = pd.Series


@dataclass(frozen=True)
class Case:
    """What rules are applied to; the series are by player.

    Attributes
    ----------
    game : Game
    linear : callable
        Makes the same game as one programme, for the choice among dual prices.
    priced : Series
        Shares at the dual prices of everyone's plan [MEUR].
    borne : Series
        Discounted costs that fall on each player in everyone's plan [MEUR].
    population, demand, investment, equity : Series
        Inhabitants; consumption of the base year [GWh/yr]; capacity built on its soil, and equity
        paid in, both discounted [MEUR].
    """

    game: Game
    linear: Callable[[], LinearGame]
    priced: pd.Series[float]
    borne: pd.Series[float]
    population: pd.Series[float]
    demand: pd.Series[float]
    investment: pd.Series[float]
    equity: pd.Series[float]


RULES: dict[str, Callable[[Case], pd.Series[float]]] = {
    "as-it-falls": lambda case: case.borne,
    "marginal-price": lambda case: case.priced,
    "fair-price": lambda case: fair_price(case.linear(), case.population, case.game.alone),
    "nucleolus": lambda case: nucleolus(case.game),
    "nucleolus-per-inhabitant": lambda case: nucleolus(case.game, case.population),
    "shapley": lambda case: shapley(case.game),
    "gately": lambda case: gately(case.game),
    "least-core": lambda case: least_core(case.linear())[0],
    "nash": lambda case: nash(case.game),
    "equal-gain": lambda case: proportional_gain(case.game),
    "gain-by-population": lambda case: proportional_gain(case.game, case.population),
    "gain-by-equity": lambda case: proportional_gain(case.game, case.equity),
    "cost-by-population": lambda case: proportional_cost(case.game, case.population),
    "cost-by-demand": lambda case: proportional_cost(case.game, case.demand),
    "cost-by-investment": lambda case: proportional_cost(case.game, case.investment),
}
"""Allocation by rule; `docs/cooperation.md` says when to use which."""

ALL = ("nucleolus", "nucleolus-per-inhabitant", "shapley", "gately", "least-core", "nash")
"""Rules that ask for other coalitions than single players and everyone."""

QUICK = tuple(name for name in RULES if name not in ALL)

WIDE = (*QUICK, "least-core")
"""Rules for so many players that not all coalitions can be solved."""


def apply_rules(
    case: Case, names: Iterable[str] = RULES
) -> tuple[pd.DataFrame, dict[str, GameError]]:
    """Cost shares (rule, player) [MEUR], and the reason where a rule is left blank."""
    rows, reasons = {}, {}
    for name in names:
        try:
            rows[name] = RULES[name](case)
        except GameError as error:
            rows[name] = case.game.series(np.full(case.game.size, np.nan))
            reasons[name] = error
    return pd.DataFrame(rows).T, reasons
