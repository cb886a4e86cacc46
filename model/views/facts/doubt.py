"""Doubt: what an ensemble says, as plain numbers.

A draw without a plan has no number: it counts among the draws, and never as one in which something
is gained or met.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.doubt import statistics
from model.outcome.plain import Result

Floats = NDArray[np.float64]

GAIN, BILL, MISSED, PARTNER = "gain", "bill", "missed", "gain:"
UNITS: Mapping[str, str] = {
    GAIN: "MEUR",
    BILL: "MEUR",
    "local_production": "GWh/yr",
    "final_consumption": "GWh/yr",
    "emissions": "kt/yr",
    "share:soil": "1",
    "share:contractual": "1",
    MISSED: "GWh/yr",
}
"""Unit of each headline; partners have that of the gain."""

FRACTIONS = (
    (0.925, "almost all"),
    (0.825, "nine tenths"),
    (0.7, "three quarters"),
    (0.58, "two thirds"),
    (0.42, "half"),
    (0.29, "a third"),
    (0.225, "a quarter"),
    (0.15, "a fifth"),
    (0.075, "a tenth"),
)
"""Least share that is told by each fraction."""
LEAST = 0.01
"""A smaller one is not even in a table."""
SAME = 1e-9
"""How far the objective of a result may be from that of draw 0, if both rest on the same inputs."""


@dataclass(frozen=True)
class Interval:
    """Between what a result lies.

    `central` is as the tables say; `four` and `nineteen` are the ends in 4 of 5 and in 19 of 20
    cases; in `above` of `draws` it is above 0; `error` is how well the ends of `four` are known.
    """

    central: float
    middle: float
    four: tuple[float, float]
    nineteen: tuple[float, float]
    above: int
    draws: int
    floor: float
    error: float


def interval(values: Floats) -> Interval:
    """The interval of a result, of draw 0 and the others; `floor` is what 19 of 20 exceed."""
    central, drawn = float(values[0]), values[1:]
    ends = statistics.FOUR_OF_FIVE
    return Interval(
        central,
        statistics.middle(drawn),
        statistics.between(drawn, ends),
        statistics.between(drawn, statistics.NINETEEN_OF_TWENTY),
        int((drawn > 0).sum()),
        len(drawn),
        statistics.between(drawn, (0.05, 0.95))[0],
        max(statistics.error(drawn, end) for end in ends),
    )


def values(found: Result, headline: str) -> Floats:
    """A headline result in every draw."""
    place = found.labels("headline").index(headline)
    return np.asarray(found.arrays["value"][:, place], dtype=float)


def unit(headline: str) -> str:
    """The unit of a headline result."""
    return UNITS.get(headline, UNITS[GAIN])


def headlines(found: Result) -> list[str]:
    """The headlines that are told, without those of partners."""
    known = found.labels("headline")
    return [name for name in UNITS if name in known]


def partners(found: Result) -> dict[str, Interval]:
    """What each partner gains, by SIREN."""
    named = [n for n in found.labels("headline") if n.startswith(PARTNER)]
    return {n.removeprefix(PARTNER): interval(values(found, n)) for n in named}


def all_gain(found: Result) -> int:
    """In how many draws every partner gains."""
    named = [n for n in found.labels("headline") if n.startswith(PARTNER)]
    each = np.column_stack([values(found, n)[1:] for n in named])
    return int((each > 0).all(axis=1).sum())


def met(found: Result) -> int | None:
    """In how many draws every target is met; None if there is none."""
    if "met" not in found:
        return None
    return int((found.arrays["met"][1:] > 0).sum())


def ends(found: Result) -> dict[str, int]:
    """How many draws ended otherwise than solved, by how."""
    own, twin = (found.arrays[name][1:] for name in ("status", "twin_status"))
    worst = np.where(own == "solved", np.where(twin == "", "solved", twin), own)
    names, counts = np.unique(worst, return_counts=True)
    told = dict(zip(names.tolist(), counts.tolist(), strict=True))
    told.pop("solved", None)
    return told


def bands(found: Result, name: str, **where: str) -> dict[str, list[float]]:
    """A result by year: as the tables say, the middle, and the ends in 4 of 5 and 19 of 20 cases.

    By `central`, `middle`, `least`, `low`, `high` and `most`.
    """
    table = found.sum(name, "draw", "year", **where)
    result = {"central": table[0].tolist()}
    told = [interval(column) for column in table.T]
    result["middle"] = [one.middle for one in told]
    for ends_of, names in (("nineteen", ("least", "most")), ("four", ("low", "high"))):
        for place, key in enumerate(names):
            result[key] = [getattr(one, ends_of)[place] for one in told]
    return result


def hangs(found: Result, headline: str, total: bool = True) -> dict[str, float]:
    """The share of the doubt about a headline that each group makes, the largest first."""
    place = found.labels("headline").index(headline)
    table = found.arrays["total_order" if total else "first_order"][place]
    pairs = zip(found.labels("group"), table.tolist(), strict=True)
    return dict(sorted(pairs, key=lambda pair: -pair[1] if math.isfinite(pair[1]) else 0.0))


def matter(found: Result, shown: Iterable[str], most: int) -> list[str]:
    """The groups that make at least a hundredth of the doubt about some headlines, the first ones.

    In the order of the first headline, then of the next.
    """
    ranked: dict[str, None] = {}
    for headline in shown:
        ranked |= {g: None for g, share in hangs(found, headline).items() if share >= LEAST}
    return list(ranked)[:most]


def doubtful(found: Result) -> list[str]:
    """Of the gain, the bill and the targets, those that vary from draw to draw."""
    known = [name for name in (GAIN, BILL, MISSED) if name in found.labels("headline")]
    return [name for name in known if math.isfinite(explained(found, name))]


def explained(found: Result, headline: str) -> float:
    """The share of the doubt about a headline that the indices explain."""
    return float(found.arrays["explained"][found.labels("headline").index(headline)])


def fraction(share: float) -> str:
    """A share in words that need no decimal; '' where it is small or unknown."""
    return next((words for least, words in FRACTIONS if share >= least), "")


def thresholds(found: Result) -> dict[str, float]:
    """The factor of each group at which cooperation stops gaining, where there is one."""
    if "threshold" not in found:
        return {}
    told = zip(found.labels("group"), found.arrays["threshold"].tolist(), strict=True)
    return {group: x for group, x in told if math.isfinite(x)}


def stands(found: Result, objective: float) -> bool:
    """Whether an ensemble is of the same inputs as a result: draw 0 has its objective."""
    central = float(found.arrays["total_cost"][0])
    return abs(central - objective) <= SAME * max(abs(objective), 1.0)


@dataclass(frozen=True)
class Comparison:
    """How much less one scenario costs than another, of the same draws.

    `crossings` are where that ends, by group, if it is known within the range that was drawn.
    """

    saved: Interval
    crossings: Mapping[str, statistics.Crossing]


def compare(one: Result, other: Result) -> Comparison | None:
    """By how much `one` costs less than `other`; None if their draws are not the same."""
    x = one.arrays["factor"]
    if x.shape != other.arrays["factor"].shape or not np.array_equal(x, other.arrays["factor"]):
        return None
    if one.labels("group") != other.labels("group"):
        return None
    saved = other.arrays["total_cost"] - one.arrays["total_cost"]
    found = {
        group: statistics.crossing(x[1:, j], saved[1:])
        for j, group in enumerate(one.labels("group"))
    }
    kinds = one.coordinate("group_distribution")
    width = dict(zip(found, np.ptp(x[1:], axis=0), strict=True))
    known = {
        group: at
        for group, at in found.items()
        if at is not None and at.error < width[group] / 2 and kinds[group] != "interval"
    }
    return Comparison(interval(saved), known)
