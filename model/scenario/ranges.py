"""Ranges: numbers of a scenario that cannot be, and those that are seldom meant, by their unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from model.fields.ranges import MULTIPLE, PENALTY, RANGES, Range, meant_by
from model.scenario.keys import KEYS
from model.scenario.schema import Scenario
from model.words.catalogue import say

Told = tuple[tuple[str | int, ...], str, str]
"""A place, what is told of it, how to mend it."""

MULTIPLES = {
    "reduction.pace",
    "production.density",
    "production.pace",
    "economy.purchase_price",
    "economy.investment",
}
"""Keys that multiply what the tables say."""

_AIMS = {
    "production": "GWh/yr",
    "consumption": "GWh/yr",
    "emissions": "kt/yr",
    "land": "ha",
    "built": "MW",
}
_PENALTIES = {"emissions": "EUR/t", "land": "EUR/ha", "built": "EUR/MW"}


def impossible(scenario: Scenario) -> Iterator[Told]:
    """Numbers that are beyond what their unit allows."""
    for place, value, unit, usual in _numbers(scenario):
        if abs(value) > usual.most:
            what = say(
                "{value:g} {unit} cannot be: at most {most:g}",
                value=value,
                unit=unit,
                most=usual.most,
            )
            yield place, what, meant_by(usual.meant(value))


def unlikely(scenario: Scenario) -> Iterator[Told]:
    """Numbers that are seldom meant."""
    for place, value, unit, usual in _numbers(scenario):
        if usual.unusual(value):
            what = say(
                "{value:g} {unit} is unusual, most are between {low:g} and {high:g}",
                value=value,
                unit=unit,
                low=usual.low,
                high=usual.high,
            )
            yield place, what, meant_by(usual.meant(value))


def _numbers(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], float, str, Range]]:
    """Every number that has a range, with its place and unit."""
    for path, value in _leaves(scenario.resolved()):
        unit, usual = _range(scenario, path)
        if usual is not None and isinstance(value, int | float) and not isinstance(value, bool):
            yield path, value, unit, usual


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    else:
        yield path, value


def _range(scenario: Scenario, path: tuple[str, ...]) -> tuple[str, Range | None]:
    """The unit and the range of a number."""
    if path[0] == "targets":
        quantity = scenario.targets[path[1]].quantity
        if path[2] == "at":
            unit = _AIMS.get(quantity, "1")
            return unit, RANGES.get(unit)
        return _PENALTIES.get(quantity, "EUR/MWh"), PENALTY if path[2] == "price" else None
    if path[-1] == "ceiling":
        staff = scenario.cooperation.agreements[path[2]].carrier == "staff"
        unit = "FTE" if staff else "GWh/yr"
        return unit, RANGES[unit]
    for key in KEYS:
        parts = key.name.split(".")
        length = len(parts) + key.open
        if len(path) == length and all(
            p in ("<name>", q) for p, q in zip(parts, path, strict=False)
        ):
            return key.unit, MULTIPLE if key.name in MULTIPLES else RANGES.get(key.unit)
    return "", None
