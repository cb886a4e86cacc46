"""Ways out: choices of the scenario that hold it back, each taken back and solved again.

What nature, law or the tables hold back is told by `shortfall`. What whoever wrote the scenario
chose is told here: exclusions, cautious levels, limits of money, terms; and the targets themselves,
lowered by what is missing. A way is told only because it was solved.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from model.errors import InputError
from model.outcome.shortfall import Missing, Shortfall, shortfall
from model.scenario import Scenario, override

MOST = 12
"""Choices that are taken back, one after the other: each is a solve."""
ITEMS = 4
"""Of them, most that are one item of a list that excludes several."""
SLACK = 1e-6
"""By how much more a target is lowered than what is missing, of it [1]: no solver is exact."""
EXCLUDES = {"production.exclude": "technology", "reduction.exclude": "measure"}
"""Lists that exclude, and the label of limits by which their items are known."""
DEFAULTS: tuple[tuple[str, object], ...] = (
    ("cooperation.transfer_limit", None),
    ("cooperation.reach", None),
    ("cooperation.carriers", None),
    ("budget.hiring_limit", False),
    ("budget.limit", False),
    ("cooperation.participation", "free"),
    ("reduction.shift", 1.0),
    ("reduction.sobriety", 1.0),
    ("reduction.efficiency", 1.0),
    ("reduction.pace", 1.0),
    ("production.density", 1.0),
    ("production.pace", 1.0),
    ("production.level", "high"),
    ("cooperation.realised", 1.0),
)
"""Choices, the narrowest first, and what each is without: the value that holds back least, or the
default. Shareholders and excluded items are narrower; what was promised to a partner comes last."""
WHATEVER = ("budget.limit", "budget.hiring_limit", "production.level")
"""Of them, those that hold back by default: they are ways out though nobody wrote them."""


@dataclass(frozen=True)
class Way:
    """A choice taken back: its key and other value, and what is then missing.

    `missing` is what is missing at least to what must be; nothing, and the way works. `written`
    where the scenario says so itself: then it is a cause.
    """

    key: str
    value: object
    missing: tuple[Missing, ...]
    written: bool = False

    @property
    def works(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def left(self) -> float:
        """The sum of what is missing."""
        return sum(part.amount for part in self.missing)


def ways(scenario: Scenario, found: Shortfall) -> list[Way]:
    """Choices that make what is missing less, the best first; then the targets, if that works.

    Of those that are as good, what somebody wrote comes first, and the narrowest of it.
    """
    written = {key for key, origin in scenario.provenance.items() if not origin.default}
    better: list[Way] = []
    before = sum(part.amount for part in _musts(scenario, found))
    for key, value in islice(_choices(scenario, found), MOST):
        told = any(f"{k}.".startswith(f"{key}.") for k in written)
        known = any(way.key == key and way.works for way in better)
        useful = (told or key in WHATEVER) and not known
        way = _solved(scenario, {key: value}) if useful else None
        if way is not None and way.left < before * (1 - 1e-3):
            better = [other for other in better if other.key != key or not way.works]
            better.append(replace(way, written=told))
    lower = _lowered(scenario, found)
    last = _solved(scenario, lower) if lower else None
    ranked = sorted(better, key=lambda way: (way.left, not way.written))
    return ranked + ([last] if last is not None and last.works else [])


def _choices(scenario: Scenario, found: Shortfall) -> Iterator[tuple[str, object]]:
    """What was chosen otherwise than it could be, the narrowest first."""
    resolved = scenario.resolved()
    for name, perimeter in resolved["cooperation"]["vehicles"].items():
        if set(map(str, perimeter.values())) != {"all"}:
            yield f"cooperation.vehicles.{name}", dict.fromkeys(perimeter, "all")
    for key, label in EXCLUDES.items():
        yield from _without(key, _value(resolved, key), {r.labels.get(label) for r in found.limits})
    for key, free in DEFAULTS:
        now = _value(resolved, key)
        if now < free if isinstance(now, float) and isinstance(free, float) else now != free:
            yield key, free
    for name, terms in resolved["cooperation"]["agreements"].items():
        if terms["floor"]:
            yield f"cooperation.agreements.{name}.floor", 0.0


def _without(key: str, items: list[str], named: Container[object]) -> Iterator[tuple[str, object]]:
    """A list without one of its items, those that limits name before others; then no list."""
    if len(items) > 1:
        for item in sorted(items, key=lambda item: item not in named)[:ITEMS]:
            yield key, [other for other in items if other != item]
    if items:
        yield key, []


def _value(resolved: Mapping[str, Any], key: str) -> Any:
    section, name = key.split(".")
    return resolved[section][name]


def _lowered(scenario: Scenario, found: Shortfall) -> dict[str, object]:
    """Every target that lacks something, lowered by it (raised, if it is a ceiling)."""
    changes: dict[str, object] = {}
    for part in found.missing:
        name = part.label.partition(":")[0]
        target = scenario.targets.get(name) if part.kind == "target" else None
        if target is None or target.quantity == "local-share" or part.year not in target.at:
            return {}
        sign = -1 if target.quantity in ("production", "built") else 1
        value = target.at[part.year] + sign * part.amount * (1 + SLACK)
        changes[f"targets.{name}.at.{part.year}"] = max(value, 0.0)
    return changes


def _solved(scenario: Scenario, changes: dict[str, object]) -> Way | None:
    """A scenario with changes, solved; None if they do not fit together."""
    key = ", ".join(changes)
    value = next(iter(changes.values())) if len(changes) == 1 else tuple(changes.values())
    try:
        found = shortfall(override(scenario, changes))
    except InputError:
        return None
    return Way(key, value, _musts(scenario, found))


def _musts(scenario: Scenario, found: Shortfall) -> tuple[Missing, ...]:
    """What is missing to what must be: a target that has a price may be missed."""
    priced = {name for name, target in scenario.targets.items() if target.price is not None}
    return tuple(
        part
        for part in found.missing
        if part.kind != "target" or part.label.partition(":")[0] not in priced
    )
