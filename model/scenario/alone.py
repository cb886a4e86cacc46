"""Alone: the scenario in which only some of the members take part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model.scenario.kinds import is_siren
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
        "report": None,
    }
    if len(members) == 1:
        changes |= {"cooperation.form": "none", "cooperation.beside": []}
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
    for vehicle, signed in scenario.cooperation.equity.items():
        changes[f"cooperation.equity.{vehicle}"] = _kept(signed, members)
    return override(scenario, changes)


def _kept(
    signed: Mapping[int, Mapping[str, float]], members: Sequence[str]
) -> dict[int, dict[str, float]] | None:
    """Shares of those who stay, and of funders, as parts of what they hold together."""
    kept = {}
    for year, shares in signed.items():
        own = {who: part for who, part in shares.items() if who in members}
        outside = {who: part for who, part in shares.items() if not is_siren(who)}
        whole = sum(own.values()) + sum(outside.values())
        if sum(own.values()):
            kept[year] = {who: part / whole for who, part in (own | outside).items()}
    return kept or None
