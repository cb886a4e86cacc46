"""Cooperation: what every set of EPCI would pay for its energy, and the rules of sharing by name.

    ownership    whose each row and column of the program is
    restriction  the program that a coalition would solve on its own
    energy       the game that these programs make
    journal      costs of coalitions on disk, so that a run can be taken up again
    joint        the plan of everyone together, and what rules need to know of it
    rules        every way of sharing that a report shows, by name
    tail         whether a sharing is still stable when it is opened again, some years later

Who owes whom is `model.settlement`; the rules themselves, which know no energy, are `model.games`.
"""

from model.cooperation.energy import EnergyGame
from model.games import (
    Game,
    GameError,
    LinearGame,
    core_excess,
    in_core,
    least_core,
    nucleolus,
    shapley,
)

__all__ = [
    "EnergyGame",
    "Game",
    "GameError",
    "LinearGame",
    "core_excess",
    "in_core",
    "least_core",
    "nucleolus",
    "shapley",
]
