"""Remarks: what a reader must know before using the rules."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from model.cooperation.energy import MOST_PLAYERS
from model.games.core import stake, worst_split
from model.games.game import ROUNDING, Game, listed
from model.games.nucleolus import least_core
from model.words.catalogue import Said, say


def remarks(game: Game, sheet: xr.Dataset, gap: float = 0.0) -> Iterator[Said]:
    """The remarks that hold for a game and its sheet, whose plan may be dearer by a gap [MEUR]."""
    if gap:
        yield say(
            "the gain is that of a plan that costs at most {gap:.1f} MEUR more than the least: so "
            "much more could be gained, and so much saved by leaving, at marginal prices",
            gap=gap,
        )
    stuck = game.alone.index[np.isinf(game.alone)]
    if len(stuck):
        yield say(
            "no plan alone: {names}; their gains are infinite, and rules that compare gains are "
            "left blank",
            names=listed(stuck),
        )
    yield from _of_prices(game, sheet)
    if game.size > MOST_PLAYERS:
        yield say(
            "{known} coalitions are solved, of too many for all: that none would leave is proven "
            "for marginal prices only",
            known=len(game.known),
        )
    elif len(game.known) < 2**game.size - 1:
        yield say(
            "{known} of {count} coalitions are solved: that none would leave is proven for "
            "marginal prices only",
            known=len(game.known),
            count=2**game.size - 1,
        )
    else:
        yield from _of_coalitions(game, sheet)


def _of_prices(game: Game, sheet: xr.Dataset) -> Iterator[Said]:
    small = 1e-6 * stake(game)
    gains = sheet["gain"].sel(rule="marginal-price").to_series()
    poor = gains.index[gains.abs() <= small]
    if len(poor) and game.gain > small:
        yield say(
            "marginal prices give nothing to {names}: what they bring is not scarce",
            names=listed(poor),
        )
    if "price_range" in sheet:
        low, high = (sheet["price_range"].sel(bound=bound) for bound in ("low", "high"))
        widest = (high - low).argmax("epci").item()
        if (high - low)[widest] > small:
            yield say(
                "marginal prices are not unique: the share of {name} is anything from {low:.3f} "
                "to {high:.3f} MEUR",
                name=sheet["epci"][widest].item(),
                low=low[widest].item(),
                high=high[widest].item(),
            )


def _of_coalitions(game: Game, sheet: xr.Dataset) -> Iterator[Said]:
    one, other, loss = worst_split(game)
    small = ROUNDING * stake(game)
    if loss > small:
        yield say(
            "not superadditive: {one} and {other} lose {loss:.3g} MEUR by merging",
            one=listed(one),
            other=listed(other),
            loss=loss,
        )
    if sheet["stability"].min() <= small:  # a rule is in the core: it is not empty
        return
    epsilon = least_core(game)[1]
    if epsilon > small:
        yield say(
            "the core is empty: whatever the shares, some coalition pays at least {excess:.3g} "
            "MEUR too much",
            excess=epsilon,
        )
