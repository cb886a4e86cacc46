"""Partners: who may exchange with whom, vehicles, staff and money of each EPCI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.data.cells import Floats, fault, misplaced, positions
from model.data.evidence import estimate
from model.data.frame import Arrays, Frame
from model.fields import CONSTANTS, OPTIONAL_CONSTANTS
from model.words.catalogue import say

EUR_PER_MWH = 1e-3
EUR_PER_MEUR = 1e6
MW_PER_GW = 1e3
M_PER_KM = 1e3
CERTIFICATE, LOAN = "certificate", "staff"
VEHICLES = ("spl", "sem")


@dataclass(frozen=True)
class Pairs:
    """Ordered pairs of partners, by place among the members, and when they may exchange.

    `origin` and `destination` have one entry per pair; `opened` is (pair, vintage).
    """

    origin: NDArray[np.int64]
    destination: NDArray[np.int64]
    opened: NDArray[np.bool_]


@dataclass(frozen=True)
class Link:
    """A directed link: what it carries, its efficiency, toll [EUR/MWh], capacity [MW].

    `pair` is the place of its ends among the pairs of partners.
    """

    pair: int
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


def shareholders(frame: Frame) -> Floats:
    """1 where an EPCI is a shareholder of a vehicle (epci, actor, vintage)."""
    rule, kinds, cooperation = frame.form, frame.actors["kind"], frame.scenario.cooperation
    vehicles = list(kinds.index[kinds.isin(VEHICLES)])
    frame.check_ids("cooperation.vehicles", cooperation.vehicles, vehicles)
    frame.check_ids("cooperation.grants", cooperation.grants, vehicles)
    result = np.zeros((len(frame.members), len(kinds), len(frame.vintages)))
    for vehicle, perimeter in cooperation.vehicles.items():
        if getattr(rule, kinds[vehicle]) != "yes":
            continue
        for since, members in sorted(perimeter.items()):
            inside = frame.members if members == "all" else list(members)
            key = f"cooperation.vehicles.{vehicle}"
            for stranger in sorted(set(inside) - set(frame.members)):
                raise misplaced(
                    frame.scenario, key, say("{stranger} is not a member EPCI", stranger=stranger)
                )
            from_then = np.array(frame.vintages) >= since
            held = np.isin(frame.members, inside)
            result[:, kinds.index.get_loc(vehicle), from_then] = held[:, None]
    return result


def partnership(frame: Frame, shares: Floats) -> Pairs:
    """Which ordered pairs may exchange: with a contract, as shareholders together, or all.

    Those without a contract are no farther apart than the form reaches.

    Raises
    ------
    InputError
        If a distance counts and a centroid is blank.
    """
    rule, count = frame.form, len(frame.members)
    opened = np.zeros((count, count, len(frame.vintages)), dtype=bool)
    if rule.exchange == "shareholders":
        opened |= np.einsum("iav,jav->ijv", shares, shares) > 0
    if rule.exchange == "members":
        opened[:] = True
    opened[_apart(frame, opened)] = False
    contracts = frame.scenario.cooperation.contracts
    frame.check_epci("cooperation.contracts", [code for pair in contracts for code in pair])
    if rule.exchange != "none":
        place = {siren: i for i, siren in enumerate(frame.members)}
        for one, other in contracts:
            if one in place and other in place:
                opened[place[one], place[other]] = opened[place[other], place[one]] = True
    return _pairs(opened)


def _pairs(opened: NDArray[np.bool_]) -> Pairs:
    """The pairs open in some year, of (epci, epci, vintage); nobody with itself."""
    away = ~np.eye(len(opened), dtype=bool)
    origin, destination = np.nonzero(opened.any(axis=2) & away)
    return Pairs(origin, destination, opened[origin, destination])


def _apart(frame: Frame, opened: NDArray[np.bool_]) -> tuple[NDArray[np.int64], ...]:
    """Places of the pairs, among those open, that are farther apart than the form reaches."""
    given = frame.scenario.cooperation.reach
    reach, pairs = frame.form.reach if given is None else given, _pairs(opened)
    if np.isinf(reach):
        return (np.zeros(0, dtype=int),) * 2
    distance = _distance(frame, pairs)
    _check_distance(frame, pairs, distance, "cooperation")
    return pairs.origin[distance > reach], pairs.destination[distance > reach]


def links(frame: Frame, pairs: Pairs) -> list[Link]:
    """The links that some partnership opens, energy first, then certificates and staff.

    Raises
    ------
    InputError
        If a distance counts and a centroid is blank.
    """
    rule, given = frame.form, frame.scenario.cooperation.transaction_cost
    transaction = rule.transaction_cost if given is None else given
    distance, near = _distance(frame, pairs), _adjacent(frame, pairs)
    found = []
    for row in frame.carrier_rows:
        if row["exchange"] == "none":
            continue
        reach = row["reach"]
        if np.isfinite(reach) or row["toll_per_km"]:
            _check_distance(frame, pairs, distance, row["carrier"])
        open_to = near if row["exchange"] == "neighbour" else np.ones_like(near)
        reached = open_to & (distance <= reach) if np.isfinite(reach) else open_to
        road = row["toll_per_km"] * distance if row["toll_per_km"] else np.zeros(len(distance))
        tolls = row["toll"] + road + transaction
        size = (1 - row["loss"], row["link_capacity"])
        found += _over(frame, pairs, row["carrier"], np.flatnonzero(reached), tolls, size)
    every = np.arange(len(distance))
    for name, toll in ((CERTIFICATE, rule.certificate_cost), (LOAN, 0.0)):
        found += _over(frame, pairs, name, every, np.full(len(every), toll), (1.0, np.inf))
    return found


def _over(
    frame: Frame,
    pairs: Pairs,
    carrier: str,
    chosen: NDArray[np.int64],
    tolls: Floats,
    size: tuple[float, float],
) -> list[Link]:
    """A link of this carrier for each of the chosen pairs; `size`: efficiency, capacity."""
    names, (efficiency, capacity) = frame.members, size
    ends = zip(pairs.origin[chosen], pairs.destination[chosen], tolls[chosen], strict=True)
    return [
        Link(int(p), names[i], names[j], carrier, efficiency, float(toll), capacity)
        for p, (i, j, toll) in zip(chosen, ends, strict=True)
    ]


def _distance(frame: Frame, pairs: Pairs) -> Floats:
    """Distance between the centroids of each pair [km]; NaN where one is blank."""
    place = frame.epci[["x", "y"]].to_numpy(float) / M_PER_KM
    away = place[pairs.origin] - place[pairs.destination]
    return np.asarray(np.hypot(away[:, 0], away[:, 1]))


def _adjacent(frame: Frame, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether each pair shares a border."""
    names, borders = frame.members, frame.borders
    ends = zip(pairs.origin.tolist(), pairs.destination.tolist(), strict=True)
    return np.array([names[j] in borders.get(names[i], ()) for i, j in ends], dtype=bool)


def _check_distance(frame: Frame, pairs: Pairs, distance: Floats, carrier: str) -> None:
    lost = np.flatnonzero(np.isnan(distance))
    if lost.size:
        ends = frame.epci.iloc[[pairs.origin[lost[0]], pairs.destination[lost[0]]]]
        blank = ends[ends["x"].isna() | ends["y"].isna()]
        what = say(
            "{carrier} goes by distance, and the centroid of {siren} is blank",
            carrier=carrier,
            siren=blank.index[0],
        )
        mend = say("give x and y of every member EPCI")
        raise fault(frame.tables["epci"], blank["line"].iloc[0], what, mend)


def link_arrays(frame: Frame, found: list[Link], pairs: Pairs) -> Arrays:
    """Efficiency, toll and capacity of the links; 0 before the partners cooperate."""
    opened = pairs.opened[np.array([link.pair for link in found], dtype=int)]
    size = np.array([link.capacity / MW_PER_GW for link in found]).reshape(-1, 1)
    capacity = np.zeros((len(found), len(frame.years)))
    capacity[:, frame.later] = np.where(opened, size, 0.0)
    unlimited = np.where(opened, np.inf, 0.0)
    return {
        "link_efficiency": [link.efficiency for link in found],
        "link_toll": [link.toll * EUR_PER_MWH for link in found],
        "link_capacity": capacity,
        "certificate_limit": unlimited,
        "loan_limit": unlimited,
    }


def vehicle_arrays(frame: Frame, shares: Floats) -> Arrays:
    """Perimeter, capital and rules of the vehicles; who may build what, where and when."""
    actors, names = frame.actors, frame.technologies.index
    left_out = frame.scenario.production.exclude
    frame.check_ids("production.exclude", left_out, names)
    vehicle = actors["kind"].isin(VEHICLES).to_numpy()
    alive = (shares > 0).any(axis=0) | ~vehicle[:, None]
    table = frame.tables["technology_actors"]
    may = np.zeros((len(names), len(actors)), dtype=bool)
    may[positions(names, table["technology"]), positions(actors.index, table["actor"])] = True
    may[positions(names, left_out)] = False
    limit = np.where(may[:, :, None] & alive, np.inf, 0.0)
    grants = frame.scenario.cooperation.grants
    return {
        "shareholder": shares,
        "equity_limit": np.where(shares > 0, np.inf, 0.0),
        "capital_gearing": 1 + actors["leverage"],
        "grant": [grants.get(a, 0.0) for a in actors.index],
        "in_house": actors["in_house"],
        "public_staff": actors["public_staff"],
        "invest_limit": np.broadcast_to(limit, (len(frame.members), *limit.shape)),
    }


def endowment_arrays(frame: Frame, pairs: Pairs) -> Arrays:
    """Staff, budgets, land and the operating rule of each EPCI."""
    rule, budget = frame.form, frame.scenario.budget
    owned, constant = estimate.endowments(frame), _constants(frame)
    joined = np.zeros((len(frame.members), len(frame.years)), dtype=bool)
    with_partner = np.zeros((len(frame.members), len(frame.vintages)), dtype=bool)
    np.logical_or.at(with_partner, pairs.origin, pairs.opened)
    joined[:, frame.later] = with_partner
    own = owned["staff"].fillna(0.0).to_numpy(float)
    periods = np.array(frame.periods, dtype=float)
    spent = owned["operating_expenditure"].to_numpy(float)[:, None]
    age = np.array(frame.years) - frame.base
    known = ~np.isnan(spent)
    ceiling = spent * (1 + constant["operating_cap"]) ** age
    reimbursed = constant["reimbursed_share"] if budget.operating_rule == "net" else 0.0
    return {
        "staff": own[:, None] * np.where(joined, rule.productivity, 1.0),
        "hire_limit": (constant["hire_base"] + own * constant["hire_share"])[:, None] * periods,
        "hire_absence": np.minimum(constant["hire_delay"] / periods, 1.0),
        "hire_cost": constant["hire_cost"] / EUR_PER_MEUR,
        "lending_limit": own * rule.lending,
        "staff_wage": constant["staff_wage"] / EUR_PER_MEUR,
        "budget_limit": owned["budget"].fillna(np.inf) if budget.limit else [np.inf] * len(own),
        "land_limit": owned["land"].fillna(np.inf),
        "operating_base": np.nan_to_num(spent * (1 + constant["operating_growth"]) ** age),
        "operating_ceiling": np.where(known, ceiling, np.inf),
        "reimbursed_share": reimbursed,
        "excess_penalty": constant["excess_penalty"],
    }


def _constants(frame: Frame) -> Mapping[str, float]:
    """Every registered constant; a missing one is an error only where it is needed."""
    table = frame.tables["constants"]
    given = dict(zip(table["constant"], table["value"], strict=True))
    ruled = frame.scenario.budget.operating_rule != "off"
    needed = len(frame.tables["project_stages"]) > 0 or ruled
    for name, (unit, doc) in CONSTANTS.items():
        if name not in given and needed:
            raise fault(
                table,
                0,
                say("no constant '{name}' [{unit}]", name=name, unit=unit),
                say("add it: {doc}", doc=doc.lower()),
            )
    return {name: given.get(name, 0.0) for name in CONSTANTS | OPTIONAL_CONSTANTS}
