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
import xarray as xr
from numpy.typing import NDArray

from model.data import funding, plants
from model.data.aims import Aim
from model.data.frame import Frame
from model.data.kinds import Ragged, Sets, chosen, kinds, rows_by
from model.data.partners import CERTIFICATE, LAND, LOAN, Link

Mask = NDArray[np.bool_]

AIMS = {
    "PRODUCTION_AIM": ("production", ("soil", "contractual")),
    "SHARE_AIM": ("local-share", ("soil", "contractual")),
    "TIMELY_AIM": ("local-share", ("hourly",)),
    "CONSUMPTION_AIM": ("consumption", ("soil",)),
    "EMISSION_AIM": ("emissions", ("soil",)),
    "LAND_AIM": ("land", ("soil",)),
    "BUILT_AIM": ("built", ("soil",)),
}
"""Quantity and definitions of the targets of each set."""

_KINDS = {
    "AGREED_HOURLY": "HOURLY_LINK",
    "AGREED_YEARLY": "YEARLY_LINK",
    "AGREED_CERTIFICATE": "CERTIFICATE_LINK",
}
"""Links of an agreement, by how what is sent is balanced."""

_ALONG = {
    "epci": "EPCI BUDGETED LANDED RULED SCARCE LENDER PARTNER WILLING CONTENT FRUGAL",
    "year": "YEAR VINTAGE PAST SETTLED",
    "step": "STEP",
    "service": "SERVICE",
    "measure": "MEASURE PACED_MEASURE",
    "actor": "ACTOR CONSUMER AUTHORITY DEVELOPER VEHICLE IN_HOUSE",
    "stage": "STAGE EMERGENCE DEVELOPMENT CONSTRUCTION OPERATION",
    "technology": "TECHNOLOGY PLANT DISPATCHED ANNUAL DEVICE STORE PROJECT LOCAL_POWER RENEWED",
    "carrier": "CARRIER HOURLY YEARLY BOUGHT_HOURLY BOUGHT_YEARLY SOLD_HOURLY SOLD_YEARLY POWER "
    "TOGETHER TOGETHER_HOURLY TOGETHER_YEARLY DUTY",
    "funder": "FUNDER",
    "link": "LINK HOURLY_LINK YEARLY_LINK CERTIFICATE_LINK LOAN_LINK LAND_LINK AGREED_LINK "
    "ORDERED_LINK",
    "target": "TARGET",
    "technology actor": "STAKE PROJECT_STAKE",
    "funder technology actor": "AIDED",
    "actor year": "SIGNED",
    "epci actor year": "SIGNED_SHARE",
    "epci technology": "LIMITED COLLECTED CAPPED RECORDED PROFILED",
    "epci carrier": "RATIONED_HOURLY RATIONED_YEARLY EARNED_HOURLY EARNED_YEARLY",
    "epci carrier year": "BOUND",
    "epci year": "BOUND_CERTIFICATE",
    "link technology year": "ORDER",
    "epci technology year": "PACED DECIDED ORDERED_PLANT",
    "link year": "LIMITED_HOURLY_LINK LIMITED_YEARLY_LINK AGREED AGREED_HOURLY AGREED_YEARLY "
    "AGREED_CERTIFICATE AGREED_LEAST AGREED_MOST NETTED_HOURLY NETTED_YEARLY NETTED_CERTIFICATE "
    "ORDERED LENT_AT_MOST",
    "target year": f"AIMED {' '.join(AIMS)}",
}
DIMS = {name: tuple(dims.split()) for dims, names in _ALONG.items() for name in names.split()}


def index_sets(
    frame: Frame, arrays: xr.Dataset, links: list[Link], aims: list[Aim]
) -> tuple[Sets, Ragged]:
    """Every index set and ragged family of the model."""
    sets, ragged = kinds(frame)
    _people(frame, arrays, sets, ragged)
    _limits(frame, arrays, sets)
    _links(frame, arrays, links, sets, ragged)
    _aims(frame, aims, sets, ragged)
    _participants(frame, sets, ragged)
    return sets, ragged


def _where(mask: Mask, *axes: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Labels of the true places of a mask, one of each axis."""
    places = zip(axes, np.nonzero(mask), strict=True)
    return list(zip(*([axis[i] for i in place.tolist()] for axis, place in places), strict=True))


def _finite(values: xr.DataArray) -> Mask:
    return np.asarray(np.isfinite(values.to_numpy()))


def _people(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    members = frame.members
    ruled = frame.scenario.budget.operating_rule != "off"
    below = np.asarray(_finite(arrays["operating_ceiling"]).all(axis=1))
    paced = np.asarray(_finite(arrays["saving_progress"]).all(axis=(0, 2)))
    sets |= {
        "EPCI": members,
        "BUDGETED": chosen(members, _finite(arrays["budget_limit"])),
        "LANDED": chosen(members, _finite(arrays["land_limit"])),
        "SCARCE": chosen(members, np.asarray(_finite(arrays["hire_limit"]).all(axis=1))),
        "RULED": chosen(members, below & ruled),
        "MEASURE": list(frame.measures.index),
        "PACED_MEASURE": chosen(frame.measures.index, paced),
    }
    _capital(frame, arrays, sets, ragged)
    ragged["RULED_AT"] = (("EPCI",), {n: [n] if n in sets["RULED"] else [] for n in members})
    ragged["ACTING"] = rows_by("SERVICE", sets, frame.measures["service"])
    ragged["PAID_BY"] = rows_by("ACTOR", sets, frame.measures["actor"])


def _capital(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    """Whose shares of a company are signed, and whose works a funder helps."""
    vehicles, years = sets["VEHICLE"], frame.vintages
    shares = arrays["equity_share"].to_numpy()
    signed = shares.sum(axis=0) > 0
    sets["SIGNED"] = _where(signed, sets["ACTOR"], years)
    held = arrays["shareholder"].to_numpy() > 0
    sets["SIGNED_SHARE"] = _where(signed & held, frame.members, sets["ACTOR"], years)
    among = set(sets["SIGNED"])
    ragged["SIGNED_AS"] = (
        ("VEHICLE", "VINTAGE"),
        {key: [key[0]] if key in among else [] for key in product(vehicles, years)},
    )
    eligible = funding.eligible(frame, sets["STAKE"], sets["PROJECT"])
    sets["FUNDER"] = list(arrays["funder"].to_numpy())
    sets["AIDED"] = [(f, k, a) for (f, a), helped in eligible.items() for k in helped]
    ragged["ELIGIBLE"] = (("FUNDER", "ACTOR"), eligible)


def _limits(frame: Frame, arrays: xr.Dataset, sets: Sets) -> None:
    names, at = sets["TECHNOLOGY"], (frame.members, sets["TECHNOLOGY"])
    is_plant, device, dispatched = (
        _mask(names, sets[n]) for n in ("PLANT", "DEVICE", "DISPATCHED")
    )
    recorded = (arrays["recorded"].to_numpy() > 0).any(axis=2) & is_plant
    profiled = recorded & dispatched & (frame.technologies["profile"] != "").to_numpy()
    known = profiled[:, :, None] & np.isin(frame.years, frame.known)
    limited = _finite(arrays["purchase_limit"])
    bounded, collects = _finite(arrays["potential"]) & is_plant, plants.collects(frame)[None, :]
    sets |= {
        "LIMITED": _where(bounded & ~collects, *at),
        "COLLECTED": _where(bounded & collects, *at),
        "CAPPED": _where(_finite(arrays["device_ceiling"]).any(axis=2) & device, *at),
        "RECORDED": _where(recorded, *at),
        "PROFILED": _where(profiled, *at),
        "DECIDED": _where(dispatched[:, None] & ~known, *at, frame.years),
        "PACED": _where(_finite(arrays["build_limit"]), *at, frame.vintages),
    }
    joined = frame.form.purchase_rebate > 0 and len(frame.members) > 1
    for name in ("HOURLY", "YEARLY"):
        sets[f"TOGETHER_{name}"] = list(sets[f"BOUGHT_{name}"]) if joined else []
        of = _mask(sets["CARRIER"], sets[f"BOUGHT_{name}"])
        sets[f"RATIONED_{name}"] = _where(limited & of, frame.members, sets["CARRIER"])
    both = {*sets["TOGETHER_HOURLY"], *sets["TOGETHER_YEARLY"]}
    sets["TOGETHER"] = [carrier for carrier in sets["CARRIER"] if carrier in both]


def _mask(labels: Iterable[Any], kept: Iterable[Any]) -> Mask:
    """Which labels are among those kept."""
    among = set(kept)
    return np.array([label in among for label in labels], dtype=bool)


def _links(frame: Frame, arrays: xr.Dataset, links: list[Link], sets: Sets, ragged: Ragged) -> None:
    sent = {
        "HOURLY_LINK": sets["HOURLY"],
        "YEARLY_LINK": sets["YEARLY"],
        "CERTIFICATE_LINK": [CERTIFICATE],
        "LOAN_LINK": [LOAN],
        "LAND_LINK": [LAND],
    }
    sets["LINK"] = labels = [link.label for link in links]
    for name, carriers in sent.items():
        sets[name] = chosen(labels, (link.carrier in carriers for link in links))
    limited = _finite(arrays["link_capacity"])
    for name in ("HOURLY_LINK", "YEARLY_LINK"):
        of = _mask(labels, sets[name])[:, None]
        sets[f"LIMITED_{name}"] = _where(limited & of, labels, frame.years)
    for family, end in {"INTO": "destination", "OUT_OF": "origin"}.items():
        at: dict[Any, list[Any]] = {
            key: [] for key in product(frame.members, [*sets["CARRIER"], CERTIFICATE, LOAN, LAND])
        }
        for link, label in zip(links, labels, strict=True):
            at[getattr(link, end), link.carrier].append(label)
        energy = {key: at[key] for key in product(frame.members, sets["CARRIER"])}
        ragged[family] = (("EPCI", "CARRIER"), energy)
        besides = {"CERTIFICATES": CERTIFICATE, "LOANS": LOAN, "CESSIONS": LAND}
        for name, kind in besides.items():
            ragged[f"{name}_{family}"] = (("EPCI",), {n: at[n, kind] for n in frame.members})
    most = _finite(arrays["loan_ceiling"]) & _mask(labels, sets["LOAN_LINK"])[:, None]
    sets["LENT_AT_MOST"] = _where(most, labels, frame.vintages)
    sets["LENDER"] = [n for n, out in ragged["LOANS_OUT_OF"][1].items() if out]


def agree(
    arrays: xr.Dataset, links: list[Link], governed: Mask, sets: Sets, ragged: Ragged
) -> None:
    """Add the links and years that agreements govern, by kind of what is sent."""
    labels, years = sets["LINK"], sets["YEAR"]
    sets["AGREED"] = _where(governed, labels, years)
    for name, family in _KINDS.items():
        of = _mask(labels, sets[family])[:, None]
        sets[name] = _where(governed & of, labels, years)
    least = arrays["agreed_floor"].to_numpy() > 0
    sets["AGREED_LEAST"] = _where(governed & least, labels, years)
    sets["AGREED_MOST"] = _where(governed & _finite(arrays["agreed_limit"]), labels, years)
    paid = (arrays["agreed_price"].to_numpy() > 0) & bool(sets["PARTNER"])
    netted = governed & (least | paid)
    _bound(links, governed, netted, sets, ragged)
    for name, family in _KINDS.items():
        of = _mask(labels, sets[family])[:, None]
        sets[name.replace("AGREED", "NETTED")] = _where(netted & of, labels, years)
    for name, end in {"AGREED_INTO": "destination", "AGREED_OUT_OF": "origin"}.items():
        at: dict[Any, list[Any]] = {key: [] for key in product(sets["EPCI"], years)}
        for i, y in np.argwhere(governed).tolist():
            at[getattr(links[i], end), years[y]].append(labels[i])
        ragged[name] = (("EPCI", "YEAR"), at)


def _bound(links: list[Link], governed: Mask, netted: Mask, sets: Sets, ragged: Ragged) -> None:
    """Who has signed to send; the links beside one that is agreed, out of and into its sender."""
    years = sets["YEAR"]
    signed: dict[Any, list[str]] = {}
    for i, y in np.argwhere(governed).tolist():
        signed.setdefault((links[i].origin, links[i].carrier, years[y]), []).append(links[i].label)
    every = list(product(sets["EPCI"], sets["CARRIER"], years)) if signed else []
    sets["BOUND"] = [key for key in every if key in signed]
    ragged["SIGNED_OUT_OF"] = (
        ("EPCI", "CARRIER", "YEAR"),
        {key: signed.get(key, []) for key in every},
    )
    granted = {(n, y): signed.get((n, CERTIFICATE, y), []) for n in sets["EPCI"] for y in years}
    sets["BOUND_CERTIFICATE"] = [key for key, found in granted.items() if found]
    ragged["SIGNED_CERTIFICATES_OUT_OF"] = (("EPCI", "YEAR"), granted)
    agreed = np.flatnonzero(governed.any(axis=1)).tolist()
    sets["AGREED_LINK"] = [links[i].label for i in agreed]
    for name, end in (("OUT", "origin"), ("IN", "destination")):
        at: dict[Any, list[int]] = {}
        for j, link in enumerate(links):
            at.setdefault((getattr(link, end), link.carrier), []).append(j)
        beside = {links[i].label: at.get((links[i].origin, links[i].carrier), []) for i in agreed}
        ragged[f"BESIDE_{name}"] = (
            ("AGREED_LINK",),
            {label: [links[j].label for j in found] for label, found in beside.items()},
        )
        ragged[f"NETTED_{name}"] = (
            ("AGREED_LINK", "YEAR"),
            {
                (label, year): [links[j].label for j in found if netted[j, y]]
                for label, found in beside.items()
                for y, year in enumerate(years)
            },
        )


def _participants(frame: Frame, sets: Sets, ragged: Ragged) -> None:
    """Who must not be worse off than alone, in what sense; what they may send one another."""
    asked = frame.scenario.cooperation.participation
    limited = frame.scenario.cooperation.transfer_limit is not None
    everyone = {True: frame.members, False: []}
    sets |= {
        "PARTNER": everyone[asked != "free"],
        "WILLING": everyone[asked == "path"],
        "CONTENT": everyone[asked == "period"],
        "SETTLED": list(frame.vintages) if asked != "free" else [],
        "FRUGAL": everyone[limited and asked != "free"],
    }
    sending = ragged["OUT_OF"][1]
    for name in ("HOURLY", "YEARLY"):
        every = product(sets["PARTNER"], sets[name])
        sets[f"EARNED_{name}"] = [pair for pair in every if sending[pair]]


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
    _works(aims, sets, ragged)


def _works(aims: list[Aim], sets: Sets, ragged: Ragged) -> None:
    """What counts as built for each target, by who builds it."""
    counted: dict[Any, list[Any]] = {key: [] for key in product(sets["TARGET"], sets["ACTOR"])}
    for aim in aims:
        for k, a in sets["STAKE"] if aim.quantity == "built" else []:
            named = k in aim.technologies if aim.technologies else k in sets["PROJECT"]
            if named and aim.actor in {"", a}:
                counted[aim.label, a].append(k)
    ragged["COUNTED"] = (("TARGET", "ACTOR"), counted)
