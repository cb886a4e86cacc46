"""Ways out: choices of the scenario that hold it back, each taken back and solved again.

What nature, law or the tables hold back is told by `shortfall`. What whoever wrote the scenario
chose is told here: exclusions, cautious levels, limits of money, terms; and the targets themselves,
lowered by what is missing. A way is told only because it was solved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.errors import InputError
from model.outcome.shortfall import Missing, Shortfall, shortfall
from model.scenario import Scenario, override

MOST = 8
"""Choices that are taken back, one after the other: each is a solve."""
SLACK = 1e-6
"""By how much more a target is lowered than what is missing, of it [1]: no solver is exact."""
DEFAULTS: tuple[tuple[str, object], ...] = (
    ("production.exclude", []),
    ("reduction.exclude", []),
    ("production.level", "high"),
    ("production.density", 1.0),
    ("production.pace", 1.0),
    ("reduction.efficiency", 1.0),
    ("reduction.shift", 1.0),
    ("reduction.sobriety", 1.0),
    ("reduction.pace", 1.0),
    ("cooperation.realised", 1.0),
    ("cooperation.participation", "free"),
    ("cooperation.transfer_limit", None),
    ("budget.limit", False),
    ("budget.hiring_limit", False),
)
"""Choices, and what each is without: the value that holds back least, or the default."""
WHATEVER = ("budget.limit", "budget.hiring_limit", "production.level")
"""Of them, those that hold back by default: they are told though nobody wrote them."""


@dataclass(frozen=True)
class Way:
    """A choice taken back: its key and other value, and what is then missing.

    `missing` is what is missing at least to what must be; nothing, and the way works.
    """

    key: str
    value: object
    missing: tuple[Missing, ...]

    @property
    def works(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def left(self) -> float:
        """The sum of what is missing."""
        return sum(part.amount for part in self.missing)


def ways(scenario: Scenario, found: Shortfall) -> list[Way]:
    """Choices that make what is missing less, the best first; then the targets, if that works."""
    before = sum(part.amount for part in found.missing)
    tried = [_solved(scenario, {key: value}) for key, value in _choices(scenario)]
    better = [way for way in tried if way is not None and way.left < before * (1 - 1e-3)]
    lower = _lowered(scenario, found)
    last = _solved(scenario, lower) if lower else None
    ranked = sorted(better, key=lambda way: way.left)
    return ranked + ([last] if last is not None and last.works else [])


def _choices(scenario: Scenario) -> Iterator[tuple[str, object]]:
    """What was chosen otherwise than it could be, up to `MOST`."""
    resolved, origins, count = scenario.resolved(), scenario.provenance, 0
    for key, free in DEFAULTS:
        section, name = key.split(".")
        now = resolved[section][name]
        written = any(k == key and not o.default for k, o in origins.items())
        tighter = now < free if isinstance(now, float) and isinstance(free, float) else now != free
        if tighter and (written or key in WHATEVER) and count < MOST:
            count += 1
            yield key, free


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
    return Way(key, value, found.missing)
