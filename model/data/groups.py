"""Groups: the index sets of a case, and which labels belong together.

`sets` are the index sets of the model by name; `ragged` are families of sets over other sets
(which sums run over what). Blocks restrict their rules by these, never by an `if`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from model.data.aims import Aim
from model.data.frame import Frame
from model.data.partners import CERTIFICATE, LOAN, Link
from model.fields import STAGES

Sets = dict[str, list[Any]]
Ragged = dict[str, tuple[tuple[str, ...], dict[Any, list[Any]]]]

PAIRS = {"STAKE": 2, "PROJECT_STAKE": 2, "PACED": 3, "RECORDED": 2, "LIMITED": 2, "CAPPED": 2}
PAIRS |= {"RATIONED_HOURLY": 2, "RATIONED_YEARLY": 2}
PAIRS |= {"LIMITED_HOURLY_LINK": 2, "LIMITED_YEARLY_LINK": 2, "AIMED": 2}
PAIRS |= {f"{name}_AIM": 2 for name in ("PRODUCTION", "SHARE", "TIMELY", "CONSUMPTION")}
PAIRS |= {"EMISSION_AIM": 2, "LAND_AIM": 2}
"""Sets whose members are tuples, and how long they are."""


def index_sets(
    frame: Frame, arrays: xr.Dataset, links: list[Link], aims: list[Aim]
) -> tuple[Sets, Ragged]:
    """Every index set and ragged family of the model."""
    sets: Sets = {}
    ragged: Ragged = {}
    for part in (_labels, _technologies, _carriers):
        part(frame, arrays, sets, ragged)
    _links(frame, arrays, links, sets, ragged)
    _aims(frame, aims, sets, ragged)
    return sets, ragged


def _labels(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    years, vintages = frame.years, frame.vintages
    actors = frame.actors["kind"]
    owned = np.isfinite(arrays["budget_limit"].to_numpy())
    landed = np.isfinite(arrays["land_limit"].to_numpy())
    ruled = frame.scenario.budget.operating_rule != "off"
    below = np.isfinite(arrays["operating_ceiling"].to_numpy()).all(axis=1)
    members = np.array(frame.members)
    sets |= {
        "EPCI": frame.members,
        "YEAR": years,
        "VINTAGE": vintages,
        "BASE": [y for y in years if y == frame.base],
        "STEP": frame.steps,
        "SERVICE": list(frame.services.index),
        "CARRIER": list(frame.carriers.index),
        "TECHNOLOGY": list(frame.technologies.index),
        "MEASURE": list(frame.measures.index),
        "ACTOR": list(actors.index),
        "STAGE": list(STAGES),
        **{stage.upper(): [stage] for stage in STAGES},
        "CONSUMER": list(actors.index[actors == "consumer"]),
        "AUTHORITY": list(actors.index[actors == "local-authority"]),
        "VEHICLE": list(actors.index[actors.isin(["spl", "sem"])]),
        "IN_HOUSE": list(
            actors.index[actors.isin(["spl", "sem"]) & (frame.actors["in_house"] > 0)]
        ),
        "BUDGETED": members[owned].tolist(),
        "LANDED": members[landed].tolist(),
        "RULED": members[below & ruled].tolist(),
    }
    steps = frame.calendar["previous_step"].to_numpy()
    sets["PACED_MEASURE"] = _finite(arrays["saving_progress"], sets["MEASURE"])
    ragged |= {
        "UNTIL": (("VINTAGE",), {v: [w for w in vintages if w <= v] for v in vintages}),
        "BEFORE": (("YEAR",), {y: years[max(0, i - 1) : i] for i, y in enumerate(years)}),
        "PREVIOUS": (("STEP",), {t: [str(p)] for t, p in zip(frame.steps, steps, strict=True)}),
        "ACTING": _family("SERVICE", sets, frame.measures["service"]),
        "PAID_BY": _family("ACTOR", sets, frame.measures["actor"]),
    }


def _finite(values: xr.DataArray, labels: list[str]) -> list[str]:
    bounded = np.isfinite(values.to_numpy()).all(axis=(0, 2))
    return [label for label, keep in zip(labels, bounded, strict=True) if keep]


def _family(over: str, sets: Sets, column: pd.Series) -> tuple[tuple[str], dict[Any, list[Any]]]:
    """For each label of `over`, the index labels of the rows whose column says it."""
    return (over,), {label: list(column.index[column == label]) for label in sets[over]}


def _technologies(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    table = frame.technologies
    names, kinds = list(table.index), table["kind"]
    ratio = arrays["flow_ratio"]
    touched = (ratio != 0).any("year")
    hourly = (frame.carriers["balance"] == "hourly").to_numpy()
    by_step = touched.to_numpy()[:, hourly].any(axis=1)
    device, store = (kinds == "device").to_numpy(), (kinds == "storage").to_numpy()
    plant = ~device & ~store

    def chosen(mask: Any) -> list[str]:
        return [name for name, keep in zip(names, mask, strict=True) if keep]

    sets |= {
        "DEVICE": chosen(device),
        "STORE": chosen(store),
        "PLANT": chosen(plant),
        "DISPATCHED": chosen(plant & by_step),
        "ANNUAL": chosen(plant & ~by_step),
    }
    allowed = frame.tables["technology_actors"]
    stakes = set(zip(allowed["technology"], allowed["actor"], strict=True))
    stakes |= set(zip(table.index, table["incumbent"], strict=True))
    stakes = {(k, a) for k, a in stakes if k in set(names) and a in set(sets["ACTOR"])}
    stake = [(k, a) for k in names for a in sets["ACTOR"] if (k, a) in stakes]
    staged = set(frame.tables["project_stages"]["technology"])
    sets["STAKE"] = stake
    sets["PROJECT"] = [k for k in names if k in staged]
    sets["PROJECT_STAKE"] = [(k, a) for k, a in stake if k in staged]
    alive = _in_service(frame)
    ragged |= {
        "HOLDERS": (("TECHNOLOGY",), {k: [a for j, a in stake if j == k] for k in names}),
        "HELD": (("ACTOR",), {a: [k for k, b in stake if b == a] for a in sets["ACTOR"]}),
        "IN_SERVICE": (("TECHNOLOGY", "YEAR"), alive),
        "SERVING": _family("SERVICE", sets, table.loc[device, "service"]),
    }
    members = frame.members
    sets |= {
        "LIMITED": _where(arrays["potential"], np.isfinite, sets["PLANT"], members),
        "CAPPED": _where(arrays["device_ceiling"].min("year"), np.isfinite, sets["DEVICE"], members),
        "RECORDED": _where(arrays["recorded"], lambda x: x > 0, sets["PLANT"], members),
        "PACED": _paced(arrays["build_limit"]),
    }
    _members_by_carrier(frame, touched, sets, ragged)


def _in_service(frame: Frame) -> dict[Any, list[int]]:
    life = frame.technologies["lifetime"]
    return {
        (k, y): [v for v in frame.vintages if v <= y < v + life[k]]
        for k in life.index
        for y in frame.years
    }


def _where(
    values: xr.DataArray, test: Callable[[Any], Any], labels: list[str], members: list[str]
) -> list[tuple[str, str]]:
    passed = np.asarray(test(values.sel(technology=labels).to_numpy())).reshape(
        len(members), len(labels)
    )
    return [
        (n, k)
        for (i, n), (j, k) in product(enumerate(members), enumerate(labels))
        if passed[i, j]
    ]


def _paced(values: xr.DataArray) -> list[tuple[Any, ...]]:
    bounded = np.argwhere(np.isfinite(values.to_numpy()))
    labels = [values[dim].to_numpy().tolist() for dim in values.dims]
    return [tuple(axis[i] for axis, i in zip(labels, row, strict=True)) for row in bounded]


def _members_by_carrier(frame: Frame, touched: xr.DataArray, sets: Sets, ragged: Ragged) -> None:
    carriers = sets["CARRIER"]
    takes = {k: row for k, row in zip(sets["TECHNOLOGY"], touched.to_numpy(), strict=True)}

    def users(of: Iterable[str]) -> dict[str, list[str]]:
        return {c: [k for k in of if takes[k][i]] for i, c in enumerate(carriers)}

    ragged["PLANTS_OF"] = (("CARRIER",), users(sets["PLANT"]))
    ragged["DEVICES_OF"] = (("CARRIER",), users(sets["DEVICE"]))
    stored = frame.tables["storages"].set_index("technology")["carrier"]
    ragged["STORES_OF"] = _family("CARRIER", sets, stored[stored.index.isin(sets["STORE"])])
    counted = frame.technologies["counted"]
    power = [c for c in carriers if c == "electricity"]
    made = [k for c in power for k in ragged["PLANTS_OF"][1][c] if counted[k] > 0]
    sets["POWER"], sets["LOCAL_POWER"] = power, made


def _carriers(frame: Frame, arrays: xr.Dataset, sets: Sets, ragged: Ragged) -> None:
    table = frame.carriers
    hourly = (table["balance"] == "hourly").to_numpy()
    bought, sold = (table[way] == "yes" for way in ("purchase", "sale"))
    carriers = list(table.index)
    sets |= {
        "HOURLY": [c for c, h in zip(carriers, hourly, strict=True) if h],
        "YEARLY": [c for c, h in zip(carriers, hourly, strict=True) if not h],
        "BOUGHT_HOURLY": list(table.index[bought & hourly]),
        "BOUGHT_YEARLY": list(table.index[bought & ~hourly]),
        "SOLD_HOURLY": list(table.index[sold & hourly]),
        "SOLD_YEARLY": list(table.index[sold & ~hourly]),
    }
    ragged |= {
        "BOUGHT_AS": (("CARRIER",), {c: [c] if bought[c] else [] for c in carriers}),
        "SOLD_AS": (("CARRIER",), {c: [c] if sold[c] else [] for c in carriers}),
    }
    limited = np.isfinite(arrays["purchase_limit"].to_numpy())
    place = {c: i for i, c in enumerate(carriers)}
    for name in ("HOURLY", "YEARLY"):
        sets[f"RATIONED_{name}"] = [
            (n, c)
            for i, n in enumerate(frame.members)
            for c in sets[f"BOUGHT_{name}"]
            if limited[i, place[c]]
        ]


def _links(
    frame: Frame, arrays: xr.Dataset, links: list[Link], sets: Sets, ragged: Ragged
) -> None:
    hourly, yearly = set(sets["HOURLY"]), set(sets["YEARLY"])
    sets |= {
        "LINK": [i.label for i in links],
        "HOURLY_LINK": [i.label for i in links if i.carrier in hourly],
        "YEARLY_LINK": [i.label for i in links if i.carrier in yearly],
        "CERTIFICATE_LINK": [i.label for i in links if i.carrier == CERTIFICATE],
        "LOAN_LINK": [i.label for i in links if i.carrier == LOAN],
    }
    capacity = arrays["link_capacity"]
    finite = np.isfinite(capacity.to_numpy())
    for name in ("HOURLY", "YEARLY"):
        inside = set(sets[f"{name}_LINK"])
        sets[f"LIMITED_{name}_LINK"] = [
            (label, y)
            for i, label in enumerate(sets["LINK"])
            for j, y in enumerate(frame.years)
            if label in inside and finite[i, j]
        ]
    ends = {"INTO": "destination", "OUT_OF": "origin"}
    for family, end in ends.items():
        energy: dict[Any, list[str]] = {
            key: [] for key in product(frame.members, sets["CARRIER"])
        }
        others: dict[str, dict[Any, list[str]]] = {
            kind: {n: [] for n in frame.members} for kind in (CERTIFICATE, LOAN)
        }
        for link in links:
            place = getattr(link, end)
            group = others.get(link.carrier)
            if group is None:
                energy[place, link.carrier].append(link.label)
            else:
                group[place].append(link.label)
        ragged[family] = (("EPCI", "CARRIER"), energy)
        ragged[f"CERTIFICATES_{family}"] = (("EPCI",), others[CERTIFICATE])
        ragged[f"LOANS_{family}"] = (("EPCI",), others[LOAN])
    sets["LENDER"] = [n for n, out in ragged["LOANS_OUT_OF"][1].items() if out]


def _aims(frame: Frame, aims: list[Aim], sets: Sets, ragged: Ragged) -> None:
    sets["TARGET"] = [aim.label for aim in aims]
    sets["AIMED"] = [(aim.label, y) for aim in aims for y in sorted(aim.at)]
    families = {
        "PRODUCTION_AIM": [a for a in aims if a.quantity == "production"],
        "SHARE_AIM": [
            a for a in aims if a.quantity == "local-share" and a.definition != "hourly"
        ],
        "TIMELY_AIM": [
            a for a in aims if a.quantity == "local-share" and a.definition == "hourly"
        ],
        "CONSUMPTION_AIM": [a for a in aims if a.quantity == "consumption"],
        "EMISSION_AIM": [a for a in aims if a.quantity == "emissions"],
        "LAND_AIM": [a for a in aims if a.quantity == "land"],
    }
    for name, family in families.items():
        sets[name] = [(aim.label, y) for aim in family for y in sorted(aim.at)]
    ragged["SCOPE"] = (("TARGET",), {aim.label: list(aim.scope) for aim in aims})
    ragged["AIMS_OF"] = (
        ("EPCI", "VINTAGE"),
        {
            (n, y): [aim.label for aim in aims if n in aim.scope and y in aim.at]
            for n in frame.members
            for y in frame.vintages
        },
    )
