"""Sharing: what the file of a cooperation says, as plain numbers.

    gain of a partner = cost alone − its share of the common cost                     [MEUR]
    excess of a coalition = what its members bear − what they would pay by themselves [MEUR]

A file may lack any variable: a quick one has only the rules that need few coalitions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model.outcome.plain import Result
from model.views.facts.tables import NAN
from model.words.numbers import Lang

AS_IT_FALLS, MARGINAL = "as-it-falls", "marginal-price"
BY_PRICE = ("fair-price", MARGINAL)
PREFERRED = ("nucleolus", *BY_PRICE)
"""Rules on which a page opens, the first that is there."""

SMALL = 0.005
"""Share of the whole gain below which a partner gains next to nothing."""

COUNTED = 2**10
"""Most coalitions whose number is told: of more, not all are ever computed."""

ByPartner = Mapping[str, float]


def rules(game: Result) -> list[str]:
    """The rules that are not blank, in order."""
    return [rule for rule, by in gains(game).items() if not all(map(math.isnan, by.values()))]


def gains(game: Result) -> Mapping[str, ByPartner]:
    """Gain over the whole path, by rule and partner [MEUR]."""
    return by_rule(game, "gain")


def by_rule(game: Result, name: str) -> Mapping[str, ByPartner]:
    """A variable by rule and partner; nothing if it is not there. A page asks for it many times."""
    if name not in game:
        return {}
    partners = game.labels("epci")
    rows = zip(game.labels("rule"), game.sum(name, "rule", "epci").tolist(), strict=True)
    return {rule: dict(zip(partners, values, strict=True)) for rule, values in rows}


def by_year(game: Result, name: str, **where: str) -> dict[str, list[float]]:
    """A variable by partner and year; nothing if it is not there."""
    if name not in game:
        return {}
    table = game.sum(name, "epci", "year", **where)
    return dict(zip(game.labels("epci"), table.tolist(), strict=True))


def by_label(game: Result, name: str) -> dict[str, Any]:
    """A variable over one dimension, by label; nothing if it is not there."""
    return game.coordinate(name) if name in game else {}


def alone(game: Result) -> ByPartner:
    """What each partner would pay alone over the whole path [MEUR]."""
    first = rules(game)[0]
    share, gain = by_rule(game, "allocation")[first], gains(game)[first]
    return {partner: share[partner] + gain[partner] for partner in share}


def whole(game: Result) -> float:
    """What cooperation saves against each alone [MEUR]."""
    return float(game.attrs["gain"])


def gap(game: Result) -> float:
    """What a better plan could save at most, beside what is saved; 0 of an optimum [MEUR]."""
    return float(game.attrs.get("gap", 0.0))


def command(outcome: Result, name: str) -> str:
    """What computes who gains; coalitions are compared with a proven optimum only."""
    near = outcome.attrs["status"] == "near"
    return f"python run.py run {name} --force" if near else f"python run.py cooperate {name}"


def asked(game: Result) -> tuple[int, int]:
    """How many coalitions were computed, and how many there are."""
    return len(game.labels("coalition")), (1 << len(game.labels("epci"))) - 1


def reason(game: Result, rule: str, lang: Lang) -> str:
    """Why a rule is blank; '' if nothing is said."""
    french = by_label(game, "reason_fr") if lang == "fr" else {}
    return str((french or by_label(game, "reason")).get(rule, ""))


def losers(gain: ByPartner, least: float) -> list[str]:
    """Who loses more than `least`, the most first."""
    return sorted((e for e, v in gain.items() if v < -least), key=lambda e: gain[e])


def unpaid(game: Result) -> list[str]:
    """Who gains next to nothing at marginal prices: what it brings is not scarce."""
    gain = gains(game).get(MARGINAL, {})
    return [partner for partner, v in gain.items() if abs(v) < SMALL * whole(game)]


def drawable(game: Result) -> list[str]:
    """The rules by which nobody loses more than all gain together: the others dwarf a figure."""
    least, found = -whole(game), gains(game)
    every = {rule: found[rule].values() for rule in rules(game)}
    return [r for r, v in every.items() if all(map(math.isfinite, v)) and min(v) >= least]


@dataclass(frozen=True)
class Verdict:
    """The coalition that a rule treats worst, and its excess [MEUR]."""

    excess: float
    coalition: Sequence[str]

    @property
    def stable(self) -> bool:
        """Whether no coalition would do better by itself."""
        return self.excess <= 1e-6


def verdict(game: Result, rule: str) -> Verdict | None:
    """The verdict on a rule; None if the file has none."""
    excess = by_label(game, "stability").get(rule, NAN)
    coalition = by_label(game, "tempted").get(rule, "")
    return Verdict(excess, coalition.split("+")) if coalition and not math.isnan(excess) else None


def by_type(gain: ByPartner, types: Mapping[str, str]) -> ByPartner:
    """The gain summed over the EPCI of each type."""
    found: dict[str, float] = {}
    for partner, value in gain.items():
        kind = types.get(partner, "")
        found[kind] = found.get(kind, 0.0) + value
    return found
