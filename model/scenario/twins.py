"""Twins: the scenario from which the gain of cooperation is counted.

gain = objective of the twin − objective of the scenario                          [MEUR]
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Resolved = Mapping[str, Any]

ALONE = "none"
BESIDE = ("cooperation", "title", "question", "title_fr", "question_fr", "report", "uncertainty")
"""Keys that may differ between a scenario and its twin."""


def twin(name: str, scenarios: Mapping[str, Resolved]) -> str:
    """The scenario without cooperation that is otherwise the same; '' if there is none.

    `scenarios` are resolved, by name. A scenario without cooperation has no twin.
    """
    if _alone(scenarios[name]):
        return ""
    ours = _beside(scenarios[name])
    same = (n for n, other in scenarios.items() if _alone(other) and _beside(other) == ours)
    return next(same, "")


def _alone(scenario: Resolved) -> bool:
    return bool(scenario["cooperation"]["form"] == ALONE)


def _beside(scenario: Resolved) -> str:
    rest = {key: value for key, value in scenario.items() if key not in BESIDE}
    return json.dumps(rest, sort_keys=True)
