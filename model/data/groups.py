"""Groups: the index sets of a case, and which labels belong together.

`sets` are the index sets of the model by name; `ragged` are families of sets over other sets
(which sums run over what). Blocks restrict their rules by these, never by an `if`. `DIMS` says
along which dimensions of the data the members of each set lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.data.aims import Aim
from model.data.frame import Frame
from model.data.partners import CERTIFICATE, LOAN, VEHICLES, Link
from model.fields import STAGES

Sets = dict[str, list[Any]]
Ragged = dict[str, tuple[tuple[str, ...], dict[Any, list[Any]]]]
Mask = NDArray[np.bool_]

POWER = "electricity"
"""The carrier of the `hourly` definition of the local share."""

AIMS = {
    "PRODUCTION_AIM": ("production", ("soil", "contractual")),
    "SHARE_AIM": ("local-share", ("soil", "contractual")),
    "TIMELY_AIM": ("local-share", ("hourly",)),
    "CONSUMPTION_AIM": ("consumption", ("soil",)),
    "EMISSION_AIM": ("emissions", ("soil",)),
    "LAND_AIM": ("land", ("soil",)),
}
"""Quantity and definitions of the targets of each set."""

_KINDS = {
    "AGREED_HOURLY": "HOURLY_LINK",
    "AGREED_YEARLY": "YEARLY_LINK",
    "AGREED_CERTIFICATE": "CERTIFICATE_LINK",
}
"""Links of an agreement, by how what is sent is balanced."""

_ALONG = {
    "epci": "EPCI BUDGETED LANDED RULED LENDER PARTNER WILLING CONTENT",
    "year": "YEAR VINTAGE BASE SETTLED",
    "step": "STEP",
    "service": "SERVICE",
    "measure": "MEASURE PACED_MEASURE",
    "actor": "ACTOR CONSUMER AUTHORITY VEHICLE IN_HOUSE",
    "stage": "STAGE EMERGENCE DEVELOPMENT CONSTRUCTION OPERATION",
    "technology": "TECHNOLOGY PLANT DISPATCHED ANNUAL DEVICE STORE PROJECT LOCAL_POWER",
    "carrier": "CARRIER HOURLY YEARLY BOUGHT_HOURLY BOUGHT_YEARLY SOLD_HOURLY SOLD_YEARLY POWER",
    "link": "LINK HOURLY_LINK YEARLY_LINK CERTIFICATE_LINK LOAN_LINK",
    "target": "TARGET",
    "technology actor": "STAKE PROJECT_STAKE",
    "epci technology": "LIMITED CAPPED RECORDED PROFILED",
    "epci technology year": "PACED DECIDED",
    "epci carrier": "RATIONED_HOURLY RATIONED_YEARLY",
    "link year": "LIMITED_HOURLY_LINK LIMITED_YEARLY_LINK AGREED AGREED_HOURLY AGREED_YEARLY "
    "AGREED_CERTIFICATE AGREED_LEAST AGREED_MOST",
    "target year": f"AIMED {' '.join(AIMS)}",
}
DIMS = {name: tuple(dims.split()) for dims, names in _ALONG.items() for name in names.split()}


def index_sets(
    frame: Frame, arrays: xr.Dataset, links: list[Link], aims: list[Aim]
) -> tuple[Sets, Ragged]:
    """Every index set and ragged family of the model."""
    sets: Sets = {}
    ragged: Ragged = {}
    for part in (_time, _people, _technologies, _carriers, _members_by_carrier):
        part(frame, arrays, sets, ragged)
    _links(frame, arrays, links, sets, ragged)
    _aims(frame, aims, sets, ragged)
    _participants(frame, sets)
    return sets, ragged


def _chosen(labels: Iterable[Any], mask: Iterable[object]) -> list[Any]:
    return [label for label, keep in zip(labels, mask, strict=True) if keep]


def _where(mask: Mask, *axes: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Labels of the true places of a mask, one of each axis."""
    places = zip(axes, np.nonzero(mask), strict=True)
    return list(zip(*([axis[i] for i in place.tolist()] for axis, place in places), strict=True))


def _finite(values: xr.DataArray) -> Mask:
    return np.asarray(np.isfinite(values.to_numpy()))


def _family(over: str, sets: Sets, column: pd.Series[str]) -> tuple[tuple[str], dict[Any, Any]]:
    """For each label of `over`, the index labels of the rows whose column says it."""
    found: dict[Any, list[Any]] = {label: [] for label in sets[over]}
    for row, label in zip(column.index.tolist(), column.tolist(), strict=True):
        if label in found:
            found[label].append(row)
    return (over,), found


def _time(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    years, vintages = frame.years, frame.vintages
    sets |= {
        "YEAR": years,
        "VINTAGE": vintages,
        "BASE": [y for y in years if y == frame.base],
        "STEP": list(frame.steps),
    }
    before = [str(t) for t in frame.calendar["previous_step"].to_numpy()]
    ragged |= {
        "UNTIL": (("VINTAGE",), {v: [w for w in vintages if w <= v] for v in vintages}),
        "BEFORE": (("YEAR",), {y: years[max(0, i - 1) : i] for i, y in enumerate(years)}),
        "PREVIOUS": (("STEP",), {t: [p] for t, p in zip(frame.steps, before, strict=True)}),
    }


def _people(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    members, kinds = frame.members, frame.actors["kind"]
    vehicle = kinds.isin(VEHICLES)
    ruled = frame.scenario.budget.operating_rule != "off"
    below = np.asarray(_finite(arrays["operating_ceiling"]).all(axis=1))
    paced = np.asarray(_finite(arrays["saving_progress"]).all(axis=(0, 2)))
    sets |= {
        "EPCI": members,
        "BUDGETED": _chosen(members, _finite(arrays["budget_limit"])),
        "LANDED": _chosen(members, _finite(arrays["land_limit"])),
        "RULED": _chosen(members, below & ruled),
        "ACTOR": list(kinds.index),
        "CONSUMER": list(kinds.index[kinds == "consumer"]),
        "AUTHORITY": list(kinds.index[kinds == "local-authority"]),
        "VEHICLE": list(kinds.index[vehicle]),
        "IN_HOUSE": list(kinds.index[vehicle & (frame.actors["in_house"] > 0)]),
        "STAGE": list(STAGES),
        **{stage.upper(): [stage] for stage in STAGES},
        "SERVICE": list(frame.services.index),
        "MEASURE": list(frame.measures.index),
        "PACED_MEASURE": _chosen(frame.measures.index, paced),
    }
    ragged["RULED_AT"] = (("EPCI",), {n: [n] if n in sets["RULED"] else [] for n in members})
    ragged["ACTING"] = _family("SERVICE", sets, frame.measures["service"])
    ragged["PAID_BY"] = _family("ACTOR", sets, frame.measures["actor"])


def _technologies(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    table = frame.technologies
    names = list(table.index)
    hourly = (frame.carriers["balance"] == "hourly").to_numpy()
    by_step = (arrays["flow_ratio"] != 0).any("year").to_numpy()[:, hourly].any(axis=1)
    device, store = ((table["kind"] == kind).to_numpy() for kind in ("device", "storage"))
    plant = ~device & ~store
    staged = table.index.isin(frame.tables["project_stages"]["technology"])
    recorded = (arrays["recorded"].to_numpy() > 0) & plant
    profiled = recorded & by_step & (table["profile"] != "").to_numpy()
    known = profiled[:, :, None] & (np.array(frame.years) == frame.base)
    sets |= {
        "TECHNOLOGY": names,
        "DEVICE": _chosen(names, device),
        "STORE": _chosen(names, store),
        "PLANT": _chosen(names, plant),
        "DISPATCHED": _chosen(names, plant & by_step),
        "ANNUAL": _chosen(names, plant & ~by_step),
        "PROJECT": _chosen(names, staged),
    }
    stake, at = _stakes(frame, sets), (frame.members, names)
    sets |= {
        "STAKE": stake,
        "PROJECT_STAKE": [(k, a) for k, a in stake if k in set(sets["PROJECT"])],
        "LIMITED": _where(_finite(arrays["potential"]) & plant, *at),
        "CAPPED": _where(_finite(arrays["device_ceiling"]).any(axis=2) & device, *at),
        "RECORDED": _where(recorded, *at),
        "PROFILED": _where(profiled, *at),
        "DECIDED": _where((plant & by_step)[:, None] & ~known, *at, frame.years),
        "PACED": _where(_finite(arrays["build_limit"]), *at, frame.vintages),
    }
    ragged |= {
        "HOLDERS": (("TECHNOLOGY",), _grouped(stake, names, by=0)),
        "HELD": (("ACTOR",), _grouped(stake, sets["ACTOR"], by=1)),
        "IN_SERVICE": (("TECHNOLOGY", "YEAR"), _in_service(frame)),
        "SERVING": _family("SERVICE", sets, table.loc[device, "service"]),
    }


def _stakes(frame: Frame, sets: Sets) -> list[tuple[str, str]]:
    """Who may hold capacity: who may build it, and who owns the existing stock."""
    allowed, owner = frame.tables["technology_actors"], frame.technologies["incumbent"]
    stakes = set(zip(allowed["technology"], allowed["actor"], strict=True))
    stakes |= set(zip(owner.index, owner, strict=True))
    return [pair for pair in product(sets["TECHNOLOGY"], sets["ACTOR"]) if pair in stakes]


def _grouped(pairs: list[tuple[str, str]], labels: list[str], by: int) -> dict[Any, list[Any]]:
    """For each label, the other halves of the pairs whose half `by` it is."""
    found: dict[Any, list[Any]] = {label: [] for label in labels}
    for pair in pairs:
        found[pair[by]].append(pair[1 - by])
    return found


def _in_service(frame: Frame) -> dict[Any, list[int]]:
    """Vintages that are within their life in a year."""
    years, vintages = frame.years, frame.vintages
    return {
        (k, y): [v for v in vintages if v <= y < v + life]
        for k, life in frame.technologies["lifetime"].items()
        for y in years
    }


def _carriers(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    table = frame.carriers
    hourly = table["balance"] == "hourly"
    bought, sold = (table[way] == "yes" for way in ("purchase", "sale"))
    carriers = list(table.index)
    sets |= {
        "CARRIER": carriers,
        "HOURLY": _chosen(carriers, hourly),
        "YEARLY": _chosen(carriers, ~hourly),
        "BOUGHT_HOURLY": _chosen(carriers, bought & hourly),
        "BOUGHT_YEARLY": _chosen(carriers, bought & ~hourly),
        "SOLD_HOURLY": _chosen(carriers, sold & hourly),
        "SOLD_YEARLY": _chosen(carriers, sold & ~hourly),
    }
    limited = _finite(arrays["purchase_limit"])
    for name in ("HOURLY", "YEARLY"):
        of = np.isin(carriers, sets[f"BOUGHT_{name}"])
        sets[f"RATIONED_{name}"] = _where(limited & of, frame.members, carriers)
    ragged |= {
        "BOUGHT_AS": (("CARRIER",), {c: [c] if bought[c] else [] for c in carriers}),
        "SOLD_AS": (("CARRIER",), {c: [c] if sold[c] else [] for c in carriers}),
    }


def _members_by_carrier(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    touched = (arrays["flow_ratio"] != 0).any("year").to_numpy()
    takes = dict(zip(sets["TECHNOLOGY"], touched, strict=True))

    def users(of: list[str]) -> dict[Any, list[Any]]:
        return {c: [k for k in of if takes[k][i]] for i, c in enumerate(sets["CARRIER"])}

    ragged["PLANTS_OF"] = (("CARRIER",), users(sets["PLANT"]))
    ragged["DEVICES_OF"] = (("CARRIER",), users(sets["DEVICE"]))
    stored = frame.tables["storages"].set_index("technology")["carrier"]
    ragged["STORES_OF"] = _family("CARRIER", sets, stored)
    sets["POWER"] = [c for c in sets["CARRIER"] if c == POWER]
    counted = frame.technologies["counted"]
    made = (k for c in sets["POWER"] for k in ragged["PLANTS_OF"][1][c])
    sets["LOCAL_POWER"] = [k for k in made if counted[k] > 0]


def _links(frame: Frame, arrays: xr.Dataset, links: list[Link], sets: Sets, ragged: Ragged) -> None:
    kinds = {
        "HOURLY_LINK": sets["HOURLY"],
        "YEARLY_LINK": sets["YEARLY"],
        "CERTIFICATE_LINK": [CERTIFICATE],
        "LOAN_LINK": [LOAN],
    }
    sets["LINK"] = [link.label for link in links]
    for name, carriers in kinds.items():
        sets[name] = [link.label for link in links if link.carrier in carriers]
    limited = _finite(arrays["link_capacity"])
    for name in ("HOURLY_LINK", "YEARLY_LINK"):
        of = np.isin(sets["LINK"], sets[name])[:, None]
        sets[f"LIMITED_{name}"] = _where(limited & of, sets["LINK"], frame.years)
    for family, end in {"INTO": "destination", "OUT_OF": "origin"}.items():
        at: dict[Any, list[Any]] = {
            key: [] for key in product(frame.members, [*sets["CARRIER"], CERTIFICATE, LOAN])
        }
        for link in links:
            at[getattr(link, end), link.carrier].append(link.label)
        energy = {key: at[key] for key in product(frame.members, sets["CARRIER"])}
        ragged[family] = (("EPCI", "CARRIER"), energy)
        for name, kind in {"CERTIFICATES": CERTIFICATE, "LOANS": LOAN}.items():
            ragged[f"{name}_{family}"] = (("EPCI",), {n: at[n, kind] for n in frame.members})
    sets["LENDER"] = [n for n, out in ragged["LOANS_OUT_OF"][1].items() if out]


def agree(
    arrays: xr.Dataset, links: list[Link], governed: Mask, sets: Sets, ragged: Ragged
) -> None:
    """Add the links and years that agreements govern, by kind of what is sent."""
    labels, years = sets["LINK"], sets["YEAR"]
    sets["AGREED"] = _where(governed, labels, years)
    for name, family in _KINDS.items():
        of = np.isin(labels, sets[family])[:, None]
        sets[name] = _where(governed & of, labels, years)
    least = arrays["agreed_floor"].to_numpy() > 0
    sets["AGREED_LEAST"] = _where(governed & least, labels, years)
    sets["AGREED_MOST"] = _where(governed & _finite(arrays["agreed_limit"]), labels, years)
    for name, end in {"AGREED_INTO": "destination", "AGREED_OUT_OF": "origin"}.items():
        at: dict[Any, list[Any]] = {key: [] for key in product(sets["EPCI"], years)}
        for i, y in np.argwhere(governed).tolist():
            at[getattr(links[i], end), years[y]].append(labels[i])
        ragged[name] = (("EPCI", "YEAR"), at)


def _participants(frame: Frame, sets: Sets) -> None:
    """Who must not be worse off than alone, in what sense."""
    asked = frame.scenario.cooperation.participation
    everyone = {True: frame.members, False: []}
    sets |= {
        "PARTNER": everyone[asked != "free"],
        "WILLING": everyone[asked == "path"],
        "CONTENT": everyone[asked == "period"],
        "SETTLED": list(frame.vintages) if asked != "free" else [],
    }


def _aims(frame: Frame, aims: list[Aim], sets: Sets, ragged: Ragged) -> None:
    sets["TARGET"] = [aim.label for aim in aims]
    sets["AIMED"] = [(aim.label, y) for aim in aims for y in sorted(aim.at)]
    for name, (quantity, definitions) in AIMS.items():
        family = [a for a in aims if a.quantity == quantity and a.definition in definitions]
        sets[name] = [(aim.label, y) for aim in family for y in sorted(aim.at)]
    borne: dict[Any, list[Any]] = {key: [] for key in product(frame.members, frame.vintages)}
    for aim in aims:
        for key in product(aim.scope, sorted(aim.at)):
            borne[key].append(aim.label)
    ragged["SCOPE"] = (("TARGET",), {aim.label: list(aim.scope) for aim in aims})
    ragged["AIMS_OF"] = (("EPCI", "VINTAGE"), borne)
