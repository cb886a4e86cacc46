"""Gately point: no one has more reason than another to break the cooperation.

    d_i = (what the others would lose if i left) / (what i would lose) = equal for all
    g_i = v(N) · M_i / Σ M,     M_i = C(N∖i) + C({i}) − C(N)

Proposed for the regional planning of electric power by four Indian states (Gately 1974). Asks
for 2N + 1 values only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.games.core import stake
from model.games.game import ROUNDING, Game, GameError, Vector
from model.words.catalogue import say


def gately(game: Game) -> pd.Series[float]:
    """The allocation of equal propensity to disrupt.

    Raises
    ------
    GameError
        If someone has no plan alone, or no one's leaving would hurt: there is nothing to weigh.
    """
    loss = _losses(game)
    tolerance = ROUNDING * stake(game)
    if loss.min() < -tolerance:
        name = game.players[int(np.argmin(loss))]
        raise GameError(say("not superadditive: everyone is better off without {name}", name=name))
    if loss.sum() <= tolerance:
        raise GameError(say("no one's leaving would hurt: the Gately point is not defined"))
    return game.alone - game.series(game.gain * loss / loss.sum())


def propensity(game: Game, allocation: pd.Series[float]) -> pd.Series[float]:
    """Propensity to disrupt: the loss of the others over the loss of the player, if it left.

    Infinite for a player who gains nothing while the others gain from it.
    """
    gains = game.gains(allocation)
    others = game.series(_losses(game)) - gains
    with np.errstate(divide="ignore", invalid="ignore"):
        return others / gains


def _losses(game: Game) -> Vector:
    if np.isinf(game.gain):
        raise GameError(say("not defined: someone has no plan alone (infinite cost)"))
    rest = np.array([game(game.everyone - {player}) for player in game.players])
    if np.isinf(rest).any():
        name = game.players[int(np.argmax(rest))]
        raise GameError(
            say("not defined: there is no plan without {name} (infinite cost)", name=name)
        )
    return np.asarray(rest + game.alone.to_numpy() - game.total)
