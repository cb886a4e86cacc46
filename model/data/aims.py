"""Aims: the targets of a scenario as labelled rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.data.frame import Frame, array, misplaced
from model.data.partners import form

PRICE = {
    "production": 1e-3,
    "local-share": 1e-3,
    "consumption": 1e-3,
    "emissions": 1e-3,
    "land": 1e-6,
}
"""MEUR per unit of the model in one EUR per unit of the scenario (MWh, t, ha)."""

UNIT = {
    "production": "GWh/yr",
    "local-share": "1",
    "consumption": "GWh/yr",
    "emissions": "kt/yr",
    "land": "ha",
}


@dataclass(frozen=True)
class Aim:
    """One target row family: a quantity held over a group of EPCI at some milestones."""

    label: str
    quantity: str
    definition: str
    scope: tuple[str, ...]
    at: dict[int, float]
    price: float | None


def aims(frame: Frame) -> list[Aim]:
    """The targets, one per group; `each` gives one per member, or one for all when pooled."""
    pooled = form(frame)["pooled_targets"] == "yes"
    found = []
    for name, target in frame.scenario.targets.items():
        key = f"targets.{name}"
        for year in target.at:
            if year not in frame.vintages:
                raise misplaced(
                    frame.scenario,
                    f"{key}.at",
                    f"{year} is not a milestone after the base year",
                    f"use one of {', '.join(map(str, frame.vintages))}",
                )
        for label, scope in _groups(frame, name, target.of, pooled):
            extensive = target.quantity != "local-share" and target.of == "each" and pooled
            factor = len(scope) if extensive else 1
            at = {year: value * factor for year, value in target.at.items()}
            found.append(Aim(label, target.quantity, target.definition, scope, at, target.price))
    return found


def _groups(
    frame: Frame, name: str, of: object, pooled: bool
) -> list[tuple[str, tuple[str, ...]]]:
    everyone = tuple(frame.members)
    if of == "territory" or (of == "each" and pooled):
        return [(name, everyone)]
    if of == "each":
        return [(f"{name}:{siren}", (siren,)) for siren in everyone]
    assert isinstance(of, list | tuple)
    for siren in of:
        if siren not in everyone:
            raise misplaced(frame.scenario, f"targets.{name}.of", f"{siren} is not a member EPCI")
    return [(name, tuple(of))]


def aim_arrays(frame: Frame, found: list[Aim]) -> list[xr.DataArray]:
    """Values, prices and limits of the gaps."""
    labels = {"target": [aim.label for aim in found], "year": frame.years}
    value = np.array([[aim.at.get(y, 0.0) for y in frame.years] for aim in found])
    price = [0.0 if aim.price is None else aim.price * PRICE[aim.quantity] for aim in found]
    return [
        array("target_value", value.reshape(len(found), len(frame.years)), **labels),
        array("target_penalty", price, **labels),
        array("gap_limit", [0.0 if aim.price is None else np.inf for aim in found], **labels),
        array("contractual", [float(aim.definition == "contractual") for aim in found], **labels),
        array("scope_share", [1 / len(aim.scope) for aim in found], **labels),
    ]
