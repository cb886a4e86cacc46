"""Aims: the targets of a scenario as labelled rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.data.cells import misplaced
from model.data.frame import Arrays, Frame
from model.data.funding import VEHICLES
from model.scenario.schema import Target
from model.words.catalogue import say

PRICE = {
    "production": 1e-3,
    "local-share": 1e-3,
    "consumption": 1e-3,
    "emissions": 1e-3,
    "land": 1e-6,
    "built": 1e-6,
}
"""MEUR per unit of the model in one EUR per unit of the scenario (MWh, t, ha, MW)."""


@dataclass(frozen=True)
class Aim:
    """One target row family: a quantity held over a group of EPCI at some milestones.

    Of what must be built: the technologies that count (none: all projects), who builds (empty:
    anyone), and those without any one of whom nobody is bound.
    """

    label: str
    quantity: str
    definition: str
    scope: tuple[str, ...]
    at: dict[int, float]
    price: float | None
    technologies: tuple[str, ...] = ()
    actor: str = ""
    partners: tuple[str, ...] = ()


def aims(frame: Frame) -> list[Aim]:
    """The targets, one per group; `each` gives one per member, or one for all when pooled.

    What must be built lapses without one of its partners, or without its company.
    """
    pooled = frame.form.pooled_targets == "yes"
    found = []
    for name, target in frame.scenario.targets.items():
        if not _binds(frame, name, target):
            continue
        built = (target.technologies, target.actor or "", target.partners)
        summed = pooled and target.of == "each" and target.quantity != "local-share"
        for label, scope in _groups(frame, name, target, pooled).items():
            factor = len(scope) if summed else 1
            at = {year: value * factor for year, value in target.at.items()}
            aim = Aim(label, target.quantity, target.definition, scope, at, target.price, *built)
            found.append(aim)
    return found


def _binds(frame: Frame, name: str, target: Target) -> bool:
    """Whether a target binds anyone.

    Raises
    ------
    InputError
        If it names a partner, a technology or an actor that is not there.
    """
    key = f"targets.{name}"
    frame.check_epci(f"{key}.partners", target.partners)
    frame.check_ids(f"{key}.technologies", target.technologies, list(frame.technologies.index))
    if target.actor is not None:
        frame.check_ids(f"{key}.actor", [target.actor], list(frame.actors.index))
        kind = str(frame.actors.loc[target.actor, "kind"])
        if kind in VEHICLES and getattr(frame.form, kind) != "yes":
            return False
    return set(target.partners) <= set(frame.members)


def _groups(frame: Frame, name: str, target: Target, pooled: bool) -> dict[str, tuple[str, ...]]:
    """The EPCI that reach a target together, by label."""
    if target.of == "each" and not pooled:
        return {f"{name}:{siren}": (siren,) for siren in frame.members}
    if isinstance(target.of, str):
        return {name: tuple(frame.members)}
    for siren in sorted(set(target.of) - set(frame.members)):
        raise misplaced(
            frame.scenario, f"targets.{name}.of", say("{siren} is not a member EPCI", siren=siren)
        )
    return {name: tuple(target.of)}


def aim_arrays(frame: Frame, found: list[Aim]) -> Arrays:
    """Values, prices and limits of the gaps."""
    value = np.array([[aim.at.get(y, 0.0) for y in frame.years] for aim in found])
    return {
        "target_value": value.reshape(len(found), len(frame.years)),
        "target_penalty": [(aim.price or 0.0) * PRICE[aim.quantity] for aim in found],
        "gap_limit": [0.0 if aim.price is None else np.inf for aim in found],
        "contractual": [float(aim.definition == "contractual") for aim in found],
        "scope_share": [1 / len(aim.scope) for aim in found],
    }
