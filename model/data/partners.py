"""Partners: who may exchange with whom, vehicles, staff and money of each EPCI."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd
import xarray as xr

from model.data import estimate
from model.data.frame import Floats, Frame, array, fault, misplaced

EUR_PER_MWH = 1e-3
MW_PER_GW = 1e3
CERTIFICATE, LOAN = "certificate", "staff"


@dataclass(frozen=True)
class Link:
    """A directed link: what it carries, its efficiency, toll [EUR/MWh], capacity [MW]."""

    origin: str
    destination: str
    carrier: str
    efficiency: float
    toll: float
    capacity: float

    @property
    def label(self) -> str:
        """Such as `200023414>200084952:electricity`."""
        return f"{self.origin}>{self.destination}:{self.carrier}"


def form(frame: Frame) -> pd.Series:
    """The row of the form of cooperation that the scenario names."""
    table = frame.tables["cooperation_forms"].set_index("form")
    name = frame.scenario.cooperation.form
    if name not in table.index:
        if name == "none":
            return pd.Series(
                {c.name: c.default for c in _columns()} | {"exchange": "none", "rank": 0.0}
            )
        known = ", ".join(table.index)
        raise misplaced(frame.scenario, "cooperation.form", f"no form '{name}'", f"one of {known}")
    return table.loc[name]


def _columns() -> tuple[object, ...]:
    from model.fields import TABLE

    return TABLE["cooperation_forms"].columns


def shareholders(frame: Frame) -> Floats:
    """1 where an EPCI is a shareholder of a vehicle (epci, actor, vintage)."""
    rule, actors = form(frame), frame.actors
    result = np.zeros((len(frame.members), len(actors), len(frame.vintages)))
    place = {n: i for i, n in enumerate(frame.members)}
    for vehicle, perimeter in frame.scenario.cooperation.vehicles.items():
        key = f"cooperation.vehicles.{vehicle}"
        if vehicle not in actors.index or actors.loc[vehicle, "kind"] not in ("spl", "sem"):
            raise misplaced(frame.scenario, key, f"'{vehicle}' is no vehicle of actors.csv")
        if rule[actors.loc[vehicle, "kind"]] != "yes":
            continue
        for since, members in sorted(perimeter.items()):
            inside = frame.members if members == "all" else list(members)
            strangers = [n for n in inside if n not in place]
            if strangers:
                raise misplaced(frame.scenario, key, f"{strangers[0]} is not a member EPCI")
            row = np.isin(frame.members, inside).astype(float)
            for v, year in enumerate(frame.vintages):
                if year >= since:
                    result[:, list(actors.index).index(vehicle), v] = row
    return result


def partnership(frame: Frame, shares: Floats) -> dict[tuple[str, str], list[bool]]:
    """Which ordered pairs may exchange, by vintage."""
    rule, cooperation = form(frame), frame.scenario.cooperation
    contracts = {pair for a, b in cooperation.contracts for pair in ((a, b), (b, a))}
    together = np.einsum("iav,jav->ijv", shares, shares) > 0
    place = {n: i for i, n in enumerate(frame.members)}
    result = {}
    for pair in permutations(frame.members, 2):
        i, j = place[pair[0]], place[pair[1]]
        opened = np.full(len(frame.vintages), rule["exchange"] == "members")
        if rule["exchange"] != "none":
            opened |= pair in contracts
        if rule["exchange"] == "shareholders":
            opened |= together[i, j]
        if opened.any():
            result[pair] = opened.tolist()
    return result


def links(frame: Frame, pairs: dict[tuple[str, str], list[bool]]) -> list[Link]:
    """The links that some partnership opens, energy first, then certificates and staff."""
    rule = form(frame)
    cost = frame.scenario.cooperation.transaction_cost
    transaction = float(rule["transaction_cost"]) if cost is None else cost
    borders = frame.tables["contiguity"]
    adjacent = set(zip(borders["epci"], borders["neighbour"], strict=True))
    found = []
    for carrier, row in frame.carriers.iterrows():
        if row["exchange"] == "none":
            continue
        for origin, destination in pairs:
            near = (origin, destination) in adjacent or (destination, origin) in adjacent
            distance = _distance(frame, origin, destination)
            far = np.isfinite(row["reach"]) and not distance <= row["reach"]
            if far or (row["exchange"] == "neighbour" and not near):
                continue
            road = row["toll_per_km"] * distance if row["toll_per_km"] else 0.0
            if np.isnan(road):
                raise fault(
                    frame.tables["epci"],
                    int(frame.epci.loc[origin, "line"]),
                    f"{carrier} pays by distance, and a centroid is blank",
                    "give x and y of every member EPCI",
                )
            toll = row["toll"] + road + transaction
            found.append(
                Link(origin, destination, str(carrier), 1 - row["loss"], toll, row["link_capacity"])
            )
    for origin, destination in pairs:
        toll = float(rule["certificate_cost"])
        found.append(Link(origin, destination, CERTIFICATE, 1.0, toll, np.inf))
    for origin, destination in pairs:
        found.append(Link(origin, destination, LOAN, 1.0, 0.0, np.inf))
    return found


def _distance(frame: Frame, origin: str, destination: str) -> float:
    a, b = frame.epci.loc[origin], frame.epci.loc[destination]
    return float(np.hypot(a["x"] - b["x"], a["y"] - b["y"])) / 1000.0


def link_arrays(
    frame: Frame, found: list[Link], pairs: dict[tuple[str, str], list[bool]]
) -> list[xr.DataArray]:
    """Efficiency, toll and capacity of the links; 0 before the partners cooperate."""
    labels = {"link": [i.label for i in found], "year": frame.years, "vintage": frame.vintages}
    opened = np.array([pairs[i.origin, i.destination] for i in found], dtype=bool)
    opened = opened.reshape(len(found), len(frame.vintages))
    size = np.array([i.capacity / MW_PER_GW for i in found]).reshape(-1, 1)
    capacity = np.zeros((len(found), len(frame.years)))
    after = [i for i, y in enumerate(frame.years) if y > frame.base]
    capacity[:, after] = np.where(opened, size, 0.0)
    unlimited = np.where(opened, np.inf, 0.0)
    return [
        array("link_efficiency", [i.efficiency for i in found], **labels),
        array("link_toll", [i.toll * EUR_PER_MWH for i in found], **labels),
        array("link_capacity", capacity, **labels),
        array("certificate_limit", unlimited, **labels),
        array("loan_limit", unlimited, **labels),
    ]


def vehicle_arrays(frame: Frame, shares: Floats) -> list[xr.DataArray]:
    """Perimeter, capital and rules of the vehicles; who may build what, where and when."""
    actors, technologies = frame.actors, list(frame.technologies.index)
    labels = {
        "epci": frame.members,
        "actor": list(actors.index),
        "vintage": frame.vintages,
        "technology": technologies,
    }
    vehicle = actors["kind"].isin(["spl", "sem"]).to_numpy()
    grants = frame.scenario.cooperation.grants
    alive = (shares.sum(axis=0) > 0) | ~vehicle[:, None]
    allowed = set(
        zip(
            frame.tables["technology_actors"]["technology"],
            frame.tables["technology_actors"]["actor"],
            strict=True,
        )
    )
    excluded = set(frame.scenario.production.exclude)
    may = np.array(
        [[k not in excluded and (k, a) in allowed for a in actors.index] for k in technologies]
    ).reshape(len(technologies), len(actors))
    build = may[:, :, None] & alive[None, :, :]
    limit = np.broadcast_to(
        np.where(build, np.inf, 0.0), (len(frame.members), *build.shape)
    )
    return [
        array("shareholder", shares, **labels),
        array("equity_limit", np.where(shares > 0, np.inf, 0.0), **labels),
        array("capital_gearing", 1 + actors["leverage"], **labels),
        array("grant", [grants.get(a, 0.0) for a in actors.index], **labels),
        array("in_house", actors["in_house"], **labels),
        array("public_staff", actors["public_staff"], **labels),
        array("invest_limit", limit, **labels),
    ]


def endowment_arrays(
    frame: Frame, pairs: dict[tuple[str, str], list[bool]]
) -> list[xr.DataArray]:
    """Staff, budgets, land and the operating rule of each EPCI."""
    rule, owned = form(frame), estimate.endowments(frame)
    constant = _constants(frame)
    years = np.array(frame.years)
    joined = np.zeros((len(frame.members), len(years)), dtype=bool)
    after = [i for i, y in enumerate(frame.years) if y > frame.base]
    for (origin, _), opened in pairs.items():
        joined[frame.members.index(origin), after] |= np.array(opened, dtype=bool)
    own = owned["staff"].fillna(0.0).to_numpy(float)
    staff = own[:, None] * np.where(joined, float(rule["productivity"]), 1.0)
    operating = owned["operating_expenditure"].to_numpy(float)[:, None]
    age = (years - frame.base)[None, :]
    limited = frame.scenario.budget.limit
    budget = owned["budget"].to_numpy(float)
    labels = {"epci": frame.members, "year": frame.years}
    net = frame.scenario.budget.operating_rule == "net"
    return [
        array("staff", staff, **labels),
        array("hire_limit", own * constant["hire_limit"], **labels),
        array("lending_limit", own * float(rule["lending"]), **labels),
        array("staff_wage", constant["staff_wage"] / 1e6),
        array("budget_limit", np.where(np.isnan(budget) | (not limited), np.inf, budget), **labels),
        array("land_limit", owned["land"].fillna(np.inf), **labels),
        array(
            "operating_base",
            np.nan_to_num(operating * (1 + constant["operating_growth"]) ** age),
            **labels,
        ),
        array(
            "operating_ceiling",
            np.where(
                np.isnan(operating), np.inf, operating * (1 + constant["operating_cap"]) ** age
            ),
            **labels,
        ),
        array("reimbursed_share", constant["reimbursed_share"] if net else 0.0),
        array("excess_penalty", constant["excess_penalty"]),
    ]


def _constants(frame: Frame) -> dict[str, float]:
    """Every registered constant; a missing one is an error only where it is needed."""
    from model.fields import CONSTANTS

    table = frame.tables["constants"]
    given = dict(zip(table["constant"], table["value"], strict=True))
    ruled = frame.scenario.budget.operating_rule != "off"
    needed = len(frame.tables["project_stages"]) > 0 or ruled
    for name, (unit, doc) in CONSTANTS.items():
        if name not in given and needed:
            raise fault(table, 0, f"no constant '{name}' [{unit}]", f"add it: {doc.lower()}")
    return {name: given.get(name, 0.0) for name in CONSTANTS}
