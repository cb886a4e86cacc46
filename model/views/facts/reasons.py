"""Reasons: the numbers behind the questions that a first answer raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.facts.essentials import PLANTS, helped

FEW = 3
"""Things that a reason names."""
CENT = 0.5
"""Prices below which nothing is scarce [EUR/MWh]."""


@dataclass(frozen=True)
class Soil:
    """Why an EPCI makes less on its soil together than alone, in the last year.

    Made [GWh/yr] and share [1] alone and together; what it would have made more of alone, the most
    first [GWh/yr]; what the last MWh of its target costs alone and together [EUR/MWh];
    what partners certify, each, and send, net [GWh/yr].
    """

    alone: float
    together: float
    alone_share: float
    together_share: float
    less: Mapping[str, float]
    alone_price: float
    together_price: float
    partners: Mapping[str, float]
    received: float


def soil(outcome: Result, alone: Result, epci: str) -> Soil | None:
    """The numbers, if it makes less on its soil than alone; else None."""
    made, before = (tables.last(tables.at(o, "local_production", epci)) for o in (outcome, alone))
    share, own_share = (
        tables.last(tables.at(o, "local_share", epci, definition="soil")) for o in (alone, outcome)
    )
    if made > before - CENT:
        return None
    own, other = (tables.rows(o, "local_production", "technology", epci) for o in (outcome, alone))
    less = {k: other[k][-1] - own[k][-1] for k in own if k in other}
    most = sorted((k for k in less if less[k] >= 1), key=lambda k: -less[k])[:FEW]
    partners = {e: v for e, v in tables.credits(outcome, epci).items() if v >= CENT}
    told = {k: less[k] for k in most}
    received = tables.net_received(outcome)[epci][-1]
    prices = price(alone, epci), price(outcome, epci)
    return Soil(before, made, share, own_share, told, *prices, partners, received)


def price(outcome: Result, epci: str) -> float:
    """What the last MWh of the dearest target of production or share costs [EUR/MWh]."""
    year = outcome.years[-1]
    found = [
        float(outcome.sum("target_price", target=target, year=year))
        for target, goal in tables.goals_of(outcome).get(epci, {}).items()
        if goal["quantity"] in ("production", "local-share")
    ]
    return max(found, default=0.0)


@dataclass(frozen=True)
class Winner:
    """Why a partner gains most: what it makes by inhabitant, sends, certifies and borrows.

    Inhabitants; MWh by inhabitant and year, of it and of all; GWh/yr, less what it receives; FTE.
    """

    people: float
    made: float
    mean: float
    sent: float
    certified: float
    borrowed: float


def winner(outcome: Result, epci: str) -> Winner:
    """The numbers behind the gain of a partner, in the last year."""
    people = outcome.coordinate("population")
    made = dict(
        zip(outcome.labels("epci"), outcome.sum("local_production", "epci", "year")[:, -1],
            strict=True)
    )  # fmt: skip
    return Winner(
        people[epci],
        1e3 * float(made[epci]) / people[epci],
        1e3 * float(sum(made.values())) / sum(people.values()),
        -tables.net_received(outcome)[epci][-1],
        -tables.last(tables.at(outcome, "certificate_balance", epci)),
        sum(v for (_, to), v in helped(outcome).items() if to == epci),
    )


@dataclass(frozen=True)
class More:
    """What one more is worth: an engineer in a year [EUR], a hectare of a technology [EUR/yr]."""

    year: int
    engineer: float
    technology: str
    hectare: float


def more(outcome: Result, epci: str, year: int) -> More:
    """What one more engineer in a year, and one more hectare in the last year, are worth."""
    engineer = 1e6 * float(outcome.sum("staff_price", epci=epci, year=year))
    land = {k: v[-1] for k, v in tables.rows(outcome, "land", "technology", epci).items()}
    made = tables.rows(outcome, "local_production", "technology", epci)
    rents = tables.rents(outcome, epci)
    widest = max((k for k in rents if land[k] > CENT), key=lambda k: land[k], default="")
    hectare = 1e3 * rents[widest] * made[widest][-1] / land[widest] if widest else 0.0
    return More(year, engineer, widest, hectare)


def used_up(outcome: Result, epci: str) -> list[str]:
    """The plants of which no more can be built in the last year, the most wanted first."""
    kinds = outcome.coordinate("technology_kind")
    rents = tables.rents(outcome, epci)
    return [k for k, rent in rents.items() if kinds[k] in PLANTS and rent >= CENT]
