"""Remarks: what a reader must know before using the rules, in English and in French."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from model.games.core import stake, worst_split
from model.games.game import ROUNDING, Game, say
from model.games.nucleolus import least_core

Remark = tuple[str, str]

REMARKS: dict[str, Remark] = {
    "stuck": (
        "no plan alone: {}; their gains are infinite, and rules that compare gains are left blank",
        "pas de plan seul : {} ; leurs gains sont infinis, et les règles qui comparent des gains"
        " restent vides",
    ),
    "partial": (
        "{} of {} coalitions are solved: that none would leave is proven for marginal prices only",
        "{} coalitions sur {} sont résolues : qu'aucune ne partirait n'est prouvé que pour les"
        " prix marginaux",
    ),
    "split": (
        "not superadditive: {} and {} lose {:.3g} MEUR by merging",
        "pas superadditif : {} et {} perdent {:.3g} MEUR à s'unir",
    ),
    "empty": (
        "the core is empty: whatever the shares, some coalition pays at least {:.3g} MEUR too much",
        "le cœur est vide : quelles que soient les parts, une coalition paie au moins {:.3g} MEUR"
        " de trop",
    ),
    "nothing": (
        "marginal prices give nothing to {}: what they bring is not scarce",
        "les prix marginaux ne donnent rien à {} : ce qu'ils apportent n'est pas rare",
    ),
    "several": (
        "marginal prices are not unique: the share of {} is anything from {:.3f} to {:.3f} MEUR",
        "les prix marginaux ne sont pas uniques : la part de {} peut aller de {:.3f} à {:.3f} MEUR",
    ),
}


def remarks(game: Game, sheet: xr.Dataset) -> Iterator[Remark]:
    """The remarks that hold for a game and its sheet."""
    stuck = game.alone.index[np.isinf(game.alone)]
    if len(stuck):
        yield _told("stuck", say(stuck))
    yield from _of_prices(game, sheet)
    if len(game.known) < 2**game.size - 1:
        yield _told("partial", len(game.known), 2**game.size - 1)
    elif game.size > 1:
        yield from _of_coalitions(game, sheet)


def _of_prices(game: Game, sheet: xr.Dataset) -> Iterator[Remark]:
    small = 1e-6 * stake(game)
    gains = sheet["gain"].sel(rule="marginal-price").to_series()
    poor = gains.index[gains.abs() <= small]
    if len(poor) and game.gain > small:
        yield _told("nothing", say(poor))
    if "price_range" in sheet:
        low, high = (sheet["price_range"].sel(bound=bound) for bound in ("low", "high"))
        widest = (high - low).argmax("epci").item()
        if (high - low)[widest] > small:
            values = (table[widest].item() for table in (low, high))
            yield _told("several", sheet["epci"][widest].item(), *values)


def _of_coalitions(game: Game, sheet: xr.Dataset) -> Iterator[Remark]:
    one, other, loss = worst_split(game)
    small = ROUNDING * stake(game)
    if loss > small:
        yield _told("split", say(one), say(other), loss)
    if sheet["stability"].min() <= small:  # a rule is in the core: it is not empty
        return
    epsilon = least_core(game)[1]
    if epsilon > small:
        yield _told("empty", epsilon)


def _told(key: str, *values: object) -> Remark:
    english, french = REMARKS[key]
    return english.format(*values), french.format(*values)
