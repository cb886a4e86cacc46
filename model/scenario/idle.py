"""Idle: what a scenario says that has no effect, with the place of what takes it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from model.errors import Fault
from model.scenario.keys import is_entry
from model.scenario.origin import Origin
from model.scenario.schema import Scenario
from model.words.catalogue import say

Rule = tuple[tuple[str, ...], str, Callable[[Scenario], bool]]
"""Keys, the key that takes their effect away, and when it does."""

_RULES: tuple[Rule, ...] = (
    (
        ("horizon.calendar", "horizon.hours_per_step"),
        "horizon.hourly_file",
        lambda s: s.horizon.hourly_file is not None,
    ),
    (
        ("cooperation.transfer_limit",),
        "cooperation.participation",
        lambda s: s.cooperation.participation == "free",
    ),
    (
        ("budget.operating_growth",),
        "budget.operating_rule",
        lambda s: s.budget.operating_rule == "off",
    ),
    (
        ("reduction.pace",),
        "reduction",
        lambda s: s.reduction.efficiency == s.reduction.shift == s.reduction.sobriety == 0,
    ),
    (
        tuple(f"cooperation.{key}" for key in ("contracts", "transaction_cost", "reach")),
        "cooperation.form",
        lambda s: s.cooperation.form == "none" and not s.cooperation.beside,
    ),
)


def idle(scenario: Scenario) -> Iterator[Fault]:
    """What is written and changes nothing: restated, swept over, or without the key it needs."""
    origins = scenario.provenance
    swept = {step.partition("=")[0] for step in scenario.name.split("+")[1:]}
    for key, origin in origins.items():
        if not origin.parents:
            continue
        before = origin.parents[0]
        if key in swept and _own(before, scenario):
            told = {"key": key, "value": before.value, "place": f"{origin.file}:{origin.line}"}
            what = say("{key}: {value} has no effect: it is swept over at {place}", **told)
            yield Fault(before.file, what, say("keep one of them"), before.line, before.column)
        elif key not in swept and _restated(key, origin) and _own(origin, scenario):
            told = {"key": key, "value": origin.value, "place": before.place}
            what = say("{key}: {value} changes nothing: {place} says the same", **told)
            yield Fault(origin.file, what, say("leave it out"), origin.line, origin.column)
    for keys, other, applies in _RULES:
        if applies(scenario):
            yield from _without(scenario, keys, other)
    for name in scenario.production.exclude:
        yield from _without(scenario, (f"economy.investment.{name}",), "production.exclude")


def _restated(key: str, origin: Origin) -> bool:
    """Whether a parent says the same; the parts of a map, as shares, are said together."""
    return origin.parents[0].value == origin.value and not is_entry(key.split("."))


def _own(origin: Origin, scenario: Scenario) -> bool:
    """Whether the file of the scenario itself says it: what it inherits may be for others."""
    return Path(origin.file) == scenario.file and origin.value not in ([], {}, None)


def _without(scenario: Scenario, keys: tuple[str, ...], other: str) -> Iterator[Fault]:
    """Keys that another one leaves without effect, where they are written."""
    origins = scenario.provenance
    cause = next((o for k, o in origins.items() if f"{k}.".startswith(f"{other}.")), None)
    for key in keys:
        origin = origins.get(key)
        if origin is not None and _own(origin, scenario):
            place = cause.place if cause else "default"
            told = {"key": key, "other": other, "place": place}
            what = say("{key} has no effect: see {other} ({place})", **told)
            yield Fault(origin.file, what, say("leave it out"), origin.line, origin.column)
