"""Differences: in what scenarios are unlike, and what all have."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from model.views.facts.tables import Outcomes

TEXTS = {"title", "title_fr", "question", "question_fr", "report.for"}
"""Keys of a scenario that change no result."""


def differences(outcomes: Outcomes) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """What each scenario has unlike most (by scenario and key), and what all have (by key)."""
    flat = {name: dict(_flat(outcome.resolved)) for name, outcome in outcomes.items()}
    keys = sorted({key for values in flat.values() for key in values} - TEXTS)
    usual, same = {}, {}
    for key in keys:
        values = [values.get(key, "") for values in flat.values()]
        usual[key] = max(values, key=values.count)
        if len(set(values)) == 1:
            same[key] = values[0]
    unlike = {
        name: {key: values.get(key, "") for key in keys if values.get(key, "") != usual[key]}
        for name, values in flat.items()
    }
    return unlike, same


def _flat(scenario: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The values of a scenario by key and subkey, as text."""
    for key, value in scenario.items():
        inner = value if isinstance(value, dict) else {"": value}
        for subkey, entry in inner.items():
            yield f"{key}.{subkey}".removesuffix("."), _say(entry)


def _say(value: Any) -> str:
    """A value in words: lists and maps without their brackets."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_say(entry)}" for key, entry in value.items())
    if isinstance(value, list):
        return ", ".join(map(_say, value))
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
