"""What the tests of rules share."""

from model.games import (
    Game,
)


def savings(players, values):
    """A game of savings by coalition, named by the letters of its players; 0 where not named."""
    table = {frozenset(name): value for name, value in values.items()}
    return Game.of_savings(players, lambda coalition: table.get(coalition, 0.0))


def earned(allocation):
    """Earnings, where costs are negative."""
    return (-allocation).tolist()


TVA = {
    "N": 163520.0,
    "F": 140826.0,
    "P": 250096.0,
    "NF": 301607.0,
    "NP": 378821.0,
    "FP": 367370.0,
    "NFP": 412584.0,
}
"""Costs of navigation, flood control and power (thousand dollars): Straffin and Heaney (1981)."""


def tva():
    return Game.of_table({frozenset(name): cost for name, cost in TVA.items()})
