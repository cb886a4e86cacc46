"""First step: what the file on a first step says, as rows and amounts, without words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from model.outcome.plain import Result
from model.words.numbers import Lang

THERE = 1.0
"""Capacity from which something is built, and from which two steps differ [MW]."""
SUBSTANTIAL = 0.1
"""Share of the larger of two steps from which they differ [1]."""


@dataclass(frozen=True)
class Built:
    """What is built of a family at a partner, or ('') at all of them [MW].

    `robust` by the step that is good in all draws, `mean` by the plan of the mean; `least` and
    `most` by the plans that know their draw.
    """

    epci: str
    family: str
    robust: float
    mean: float
    least: float
    most: float

    @property
    def more(self) -> float:
        """How much more than the plan of the mean, where that is something [MW]."""
        away = self.robust - self.mean
        known = abs(away) >= max(THERE, SUBSTANTIAL * max(self.robust, self.mean))
        return away if known else 0.0

    @property
    def always(self) -> bool:
        """Whether the plan of every draw builds some of it."""
        return self.least >= THERE


def built(found: Result, lang: Lang) -> list[Built]:
    """What either step builds at each partner, the largest of the robust one first."""
    return _ranked(_rows(found, lang, ("epci", "family")), 0.0)


def families(found: Result, lang: Lang) -> list[Built]:
    """What any step builds of each family at all partners."""
    return _ranked(_rows(found, lang, ("family",)), 1.0)


def _rows(found: Result, lang: Lang, over: tuple[str, ...]) -> Iterator[Built]:
    named = found.coordinate("family_name_fr" if lang == "fr" else "family_name")
    step, mean = (found.sum(name, *over).ravel() for name in ("step", "mean_step"))
    own = found.sum("own_step", "draw", *over).reshape(-1, step.size)
    for place, labels in enumerate(product(*(found.labels(dim) for dim in over))):
        *epci, family = labels
        low, high = float(own[:, place].min()), float(own[:, place].max())
        robust, average = float(step[place]), float(mean[place])
        yield Built("".join(epci), named[family], robust, average, low, high)


def _ranked(rows: Iterable[Built], own: float) -> list[Built]:
    """Those of some size, that of the plans that know their draw counted so much."""
    kept = [row for row in rows if max(row.robust, row.mean, own * row.most) >= THERE]
    return sorted(kept, key=lambda row: (-row.robust, -row.most))


@dataclass(frozen=True)
class Worth:
    """Mean costs [MEUR]: of plans that know their draw, of the robust step, of that of the mean.

    `gap` is how far below the robust one another first step could be at most.
    """

    known: float
    robust: float
    mean: float
    gap: float

    @property
    def knowing(self) -> float:
        """What it would be worth to know beforehand (EVPI)."""
        return self.robust - self.known

    @property
    def planning(self) -> float:
        """What it is worth to plan for all draws, not for the mean (VSS)."""
        return self.mean - self.robust


def worth(found: Result) -> Worth:
    """What the steps cost."""
    known, robust, bound, mean = (float(found.attrs[k]) for k in ("ws", "rp", "rp_bound", "eev"))
    return Worth(known, robust, mean, robust - bound)


def names(found: Result) -> dict[str, str]:
    """The name of each EPCI."""
    return found.coordinate("epci_name")
