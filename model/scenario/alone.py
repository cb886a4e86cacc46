"""Alone: the scenario in which only some of the members take part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.scenario.schema import Scenario
from model.scenario.sweep import override


def among(scenario: Scenario, members: Sequence[str]) -> Scenario:
    """The same scenario for some members only; nobody is held to be better off than alone.

    Targets and companies of others lose their share in them, and leave when nobody is left. One
    member by itself does without cooperation: it has no company to share.
    """
    changes: dict[str, Any] = {
        "territory.members": list(members),
        "territory.ring": 0,
        "cooperation.participation": "free",
    }
    if len(members) == 1:
        changes["cooperation.form"] = "none"
    for name, target in scenario.targets.items():
        if not isinstance(target.of, str):
            kept = [siren for siren in target.of if siren in members]
            told = target.model_dump(mode="json") | {"of": kept}
            changes[f"targets.{name}"] = told if kept else None
    for vehicle, perimeter in scenario.cooperation.vehicles.items():
        changes[f"cooperation.vehicles.{vehicle}"] = {
            year: who if who == "all" else [siren for siren in who if siren in members]
            for year, who in perimeter.items()
        }
    return override(scenario, changes)
