"""Choices: what the files on almost-as-good plans say, as rows and differences, without words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from model.errors import Fault, InputError
from model.outcome.plain import Result
from model.words.catalogue import say
from model.words.numbers import Lang

PERCENT = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*%\s*")
MOST_SHARE = 0.2
"""Beyond, a plan is not almost as good [1]."""
NEARLY = 2.0
"""What doing without is told up to so many times the slack [1]."""
DUST = 5e-3
"""What is as good as nothing, of a figure."""
FEW = 3
"""Differences that are told of a plan."""


def share_of(text: str) -> float:
    """A share from a text such as `0.5%`.

    Raises
    ------
    InputError
        If it has no %, or is not above 0 and at most 20 %.
    """
    found = PERCENT.fullmatch(text)
    share = float(found[1].replace(",", ".")) / 100 if found else 0.0
    if not 0 < share <= MOST_SHARE:
        what = say("{text!r} is no share of the cost", text=text)
        mend = say("write a percentage above 0 and up to 20, such as 0.5%")
        raise InputError(Fault("--within", what, mend))
    return share


@dataclass(frozen=True)
class Range:
    """A quantity: its labels, the plan, the least and the most; what doing without it costs."""

    id: str
    name: str
    epci: str
    family: str
    family_name: str
    unit: str
    plan: float
    least: float
    most: float
    without: float
    kind: str
    weight: float

    @property
    def width(self) -> float:
        """From the least to the most."""
        return self.most - self.least


def ranges(found: Result, lang: Lang) -> list[Range]:
    """Every quantity, in the order of the file."""
    named = "family_name_fr" if lang == "fr" else "family_name"
    columns = ("quantity", "name", "of", "family", named, "unit", "plan", "least", "most")
    every = (*columns, "without_cost", "kind")
    cells = [[_clean(cell) for cell in found.arrays[name].tolist()] for name in every]
    weights = found.arrays["weight"].tolist()
    return [Range(*row) for row in zip(*cells, weights, strict=True)]


def _clean(cell: Any) -> Any:
    """A cell without the dust of the solver."""
    return 0.0 if isinstance(cell, float) and abs(cell) < DUST else cell


def names(found: Result) -> dict[str, str]:
    """The name of each EPCI."""
    return found.coordinate("epci_name")


def slack(found: Result) -> float:
    """How much dearer a plan may be [MEUR]."""
    return abs(float(found.attrs["objective"])) * float(found.attrs["within"])


def spared(found: Result, lang: Lang) -> list[Range]:
    """What can be done without for the slack, or a bit more; the largest of its family first."""
    most = NEARLY * slack(found)
    known = [r for r in ranges(found, lang) if r.kind == "choice" and r.without <= most]
    return sorted(known, key=lambda r: -r.plan * r.weight)


@dataclass(frozen=True)
class Other:
    """A plan that differs: what it costs more [MEUR], and its largest differences."""

    number: str
    cost: float
    differences: Sequence[tuple[Range, float]]


def others(found: Result, lang: Lang) -> Iterator[Other]:
    """The different plans, with the quantities of partners that differ most from the plan."""
    every = ranges(found, lang)
    costs, values = found.coordinate("alternative_cost"), found.arrays["alternative_value"]
    for number, row in zip(costs, values.tolist(), strict=True):
        away = [
            (abs(value - r.plan) * r.weight, r, value)
            for r, value in zip(every, row, strict=True)
            if r.weight > 0
        ]
        away.sort(key=lambda one: -one[0])
        yield Other(number, costs[number], [(r, value) for _, r, value in away[:FEW]])


@dataclass(frozen=True)
class Front:
    """A trade-off: the cost more [MEUR] and the figure of each point.

    `slope` is what a unit cost in the year since the point before [EUR per MWh, t or ha].
    """

    name: str
    unit: str
    cost: Sequence[float]
    value: Sequence[float]
    slope: Sequence[float]


PER_UNIT = {"GWh/yr": 1e3, "kt/yr": 1e3, "ha": 1e6}
MONEY = "MEUR"
"""Unit of a front whose steps are told to the cent."""
SMALL = {"GWh/yr": "EUR/MWh", "kt/yr": "EUR/t", "ha": "EUR/ha", "MEUR": "EUR/EUR"}
"""Of the small unit of each: EUR in a MEUR per unit, and its name."""


def digits(front: Front) -> int:
    """Decimals of what a step costs."""
    return 2 if front.unit == MONEY else 0


def fronts(found: Result) -> list[Front]:
    """Every front of the file."""
    units, discount = found.coordinate("front_unit"), float(found.attrs["discount"])
    result = []
    for place, (name, unit) in enumerate(units.items()):
        cost = found.arrays["cost"][place].tolist()
        value = found.arrays["value"][place].tolist()
        per = PER_UNIT.get(unit, discount) / discount
        steps = list(zip(cost, cost[1:], value, value[1:], strict=False))
        slope = [
            per * (c2 - c1) / abs(v2 - v1) if abs(v2 - v1) > 1e-9 else math.nan
            for c1, c2, v1, v2 in steps
        ]
        result.append(Front(name, unit, cost, value, [math.nan, *slope]))
    return result
