"""Kinds: the index sets that the tables and the horizon decide, whoever takes part.

Years and steps, actors, technologies and carriers by kind, and which of them belong together.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from model.data import plants
from model.data.cells import positions
from model.data.funding import VEHICLES
from model.data.ground import Ground, common
from model.fields import STAGES

Sets = dict[str, list[Any]]
Families = dict[Any, list[Any]]
Ragged = dict[str, tuple[tuple[str, ...], dict[Any, list[Any]]]]

POWER = "electricity"
"""The carrier of the `hourly` definition of the local share."""


def kinds(ground: Ground) -> tuple[Sets, Ragged]:
    """Index sets and ragged families, copied for each case."""
    sets, ragged = _kinds(ground)
    families = {
        name: (over, {label: list(of) for label, of in found.items()})
        for name, (over, found) in ragged.items()
    }
    return {name: list(members) for name, members in sets.items()}, families


@common
def _kinds(ground: Ground) -> tuple[Sets, Ragged]:
    sets: Sets = {}
    ragged: Ragged = {}
    for part in (_time, _actors, _technologies, _carriers, _users):
        part(ground, sets, ragged)
    return sets, ragged


def chosen(labels: Iterable[Any], mask: Iterable[object]) -> list[Any]:
    """Labels where a mask is true."""
    return [label for label, keep in zip(labels, mask, strict=True) if keep]


def rows_by(over: str, sets: Sets, column: pd.Series[str]) -> tuple[tuple[str], dict[Any, Any]]:
    """For each label of `over`, the index labels of the rows whose column says it."""
    found: dict[Any, list[Any]] = {label: [] for label in sets[over]}
    for row, label in zip(column.index.tolist(), column.tolist(), strict=True):
        if label in found:
            found[label].append(row)
    return (over,), found


def _time(ground: Ground, sets: Sets, ragged: Ragged) -> None:
    years, vintages = ground.years, ground.vintages
    sets |= {
        "YEAR": years,
        "VINTAGE": vintages,
        "PAST": [y for y in years if y in ground.known],
        "STEP": ground.steps,
    }
    before = [str(t) for t in ground.calendar["previous_step"].to_numpy()]
    ragged |= {
        "UNTIL": (("VINTAGE",), {v: [w for w in vintages if w <= v] for v in vintages}),
        "VINTAGE_BEFORE": (
            ("VINTAGE",),
            {v: vintages[max(0, i - 1) : i] for i, v in enumerate(vintages)},
        ),
        "BEFORE": (("YEAR",), {y: years[max(0, i - 1) : i] for i, y in enumerate(years)}),
        "PREVIOUS": (("STEP",), {t: [p] for t, p in zip(ground.steps, before, strict=True)}),
    }


def _actors(ground: Ground, sets: Sets, ragged: Ragged) -> None:
    kinds = ground.actors["kind"]
    vehicle = kinds.isin(VEHICLES)
    sets |= {
        "ACTOR": list(kinds.index),
        "CONSUMER": list(kinds.index[kinds == "consumer"]),
        "AUTHORITY": list(kinds.index[kinds == "local-authority"]),
        "DEVELOPER": list(kinds.index[kinds == "private"])[:1],
        "VEHICLE": list(kinds.index[vehicle]),
        "IN_HOUSE": list(kinds.index[vehicle & (ground.actors["in_house"] > 0)]),
        "STAGE": list(STAGES),
        **{stage.upper(): [stage] for stage in STAGES},
        "SERVICE": list(ground.services.index),
    }


def _technologies(ground: Ground, sets: Sets, ragged: Ragged) -> None:
    table = ground.technologies
    names = list(table.index)
    hourly = (ground.carriers["balance"] == "hourly").to_numpy()
    by_step = (plants.flow_ratio(ground) != 0).any(axis=2)[:, hourly].any(axis=1)
    device, store = ((table["kind"] == kind).to_numpy() for kind in ("device", "storage"))
    plant = ~device & ~store
    staged = table.index.isin(ground.tables["project_stages"]["technology"])
    sets |= {
        "TECHNOLOGY": names,
        "DEVICE": chosen(names, device),
        "STORE": chosen(names, store),
        "PLANT": chosen(names, plant),
        "RENEWED": chosen(names, table["renewal"] > 0),
        "DISPATCHED": chosen(names, plant & by_step),
        "ANNUAL": chosen(names, plant & ~by_step),
        "PROJECT": chosen(names, staged),
    }
    stake = _stakes(ground, sets)
    sets |= {
        "STAKE": stake,
        "PROJECT_STAKE": [(k, a) for k, a in stake if k in set(sets["PROJECT"])],
    }
    service = _in_service(ground)
    ragged |= {
        "HOLDERS": (("TECHNOLOGY",), _grouped(stake, names, by=0)),
        "HELD": (("ACTOR",), _grouped(stake, sets["ACTOR"], by=1)),
        "IN_SERVICE": (("TECHNOLOGY", "YEAR"), service),
        "RENEWED_BY": (("TECHNOLOGY", "YEAR"), _only(service, sets["RENEWED"])),
        "SERVING": rows_by("SERVICE", sets, table.loc[device, "service"]),
    }


def _only(families: Families, labels: list[str]) -> Families:
    """The families of some labels; those of the others are empty."""
    kept = set(labels)
    return {key: list(of) if key[0] in kept else [] for key, of in families.items()}


def _stakes(ground: Ground, sets: Sets) -> list[tuple[str, str]]:
    """Who may hold capacity: who may build it, and who owns the existing stock."""
    allowed, owner = ground.tables["technology_actors"], ground.technologies["incumbent"]
    stakes = set(zip(allowed["technology"], allowed["actor"], strict=True))
    stakes |= set(zip(owner.index, owner, strict=True))
    return [pair for pair in product(sets["TECHNOLOGY"], sets["ACTOR"]) if pair in stakes]


def _grouped(pairs: list[tuple[str, str]], labels: list[str], by: int) -> dict[Any, list[Any]]:
    """For each label, the other halves of the pairs whose half `by` it is."""
    found: dict[Any, list[Any]] = {label: [] for label in labels}
    for pair in pairs:
        found[pair[by]].append(pair[1 - by])
    return found


def _in_service(ground: Ground) -> dict[Any, list[int]]:
    """Vintages that are within their life in a year."""
    years, vintages = ground.years, ground.vintages
    return {
        (k, y): [v for v in vintages if v <= y < v + life]
        for k, life in ground.technologies["lifetime"].items()
        for y in years
    }


def _carriers(ground: Ground, sets: Sets, ragged: Ragged) -> None:
    table = ground.carriers
    hourly = table["balance"] == "hourly"
    bought, sold = (table[way] == "yes" for way in ("purchase", "sale"))
    carriers = list(table.index)
    sets |= {
        "CARRIER": carriers,
        "HOURLY": chosen(carriers, hourly),
        "YEARLY": chosen(carriers, ~hourly),
        "BOUGHT_HOURLY": chosen(carriers, bought & hourly),
        "BOUGHT_YEARLY": chosen(carriers, bought & ~hourly),
        "SOLD_HOURLY": chosen(carriers, sold & hourly),
        "SOLD_YEARLY": chosen(carriers, sold & ~hourly),
        "DUTY": chosen(carriers, (table["surplus"] == "duty") & ~hourly),
    }
    ragged |= {
        "BOUGHT_AS": (("CARRIER",), {c: [c] if bought[c] else [] for c in carriers}),
        "SOLD_AS": (("CARRIER",), {c: [c] if sold[c] else [] for c in carriers}),
    }


def _users(ground: Ground, sets: Sets, ragged: Ragged) -> None:
    """Who takes or gives each carrier."""
    touched = (plants.flow_ratio(ground) != 0).any(axis=2)
    takes = dict(zip(sets["TECHNOLOGY"], touched, strict=True))

    def users(of: list[str]) -> dict[Any, list[Any]]:
        return {c: [k for k in of if takes[k][i]] for i, c in enumerate(sets["CARRIER"])}

    ragged["PLANTS_OF"] = (("CARRIER",), users(sets["PLANT"]))
    places = positions(sets["TECHNOLOGY"], sets["PLANT"])
    gives = np.asarray((plants.flow_ratio(ground)[places] > 0).any(axis=2))
    ragged["GIVERS_OF"] = (
        ("CARRIER",),
        {c: chosen(sets["PLANT"], gives[:, i]) for i, c in enumerate(sets["CARRIER"])},
    )
    ragged["DEVICES_OF"] = (("CARRIER",), users(sets["DEVICE"]))
    stored = ground.tables["storages"].set_index("technology")["carrier"]
    ragged["STORES_OF"] = rows_by("CARRIER", sets, stored)
    sets["POWER"] = [c for c in sets["CARRIER"] if c == POWER]
    counted = ground.technologies["counted"]
    made = (k for c in sets["POWER"] for k in ragged["PLANTS_OF"][1][c])
    sets["LOCAL_POWER"] = [k for k in made if counted[k] > 0]
