"""Partners: who may exchange with whom, and by which links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.data.cells import Floats, fault
from model.data.frame import Arrays, Frame
from model.fields import CONSTANTS, OPTIONAL_CONSTANTS
from model.words.catalogue import say

EUR_PER_MWH = 1e-3
EUR_PER_MEUR = 1e6
MW_PER_GW = 1e3
M_PER_KM = 1e3
CERTIFICATE, LOAN, LAND = "certificate", "staff", "land"
WAYS = ("exchange", "working", "land")
"""What a form of cooperation opens between partners, a column of its table each."""

MEANS = frozenset({LOAN, LAND})
"""What partners give one another that is no energy."""

_OF = {LOAN: "working", LAND: "land"}
"""Under which way a link is opened; energy and certificates under `exchange`."""


@dataclass(frozen=True)
class Pairs:
    """Ordered pairs of partners, by place among the members, and when what is open to them.

    `origin` and `destination` have one entry per pair; `opened` is (pair, vintage) for each of
    `WAYS`.
    """

    origin: NDArray[np.int64]
    destination: NDArray[np.int64]
    opened: Mapping[str, NDArray[np.bool_]]


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


def partnership(frame: Frame, shares: Floats) -> Pairs:
    """Which ordered pairs may exchange, work together, set land aside for one another.

    Those with a contract, as shareholders together, or all, as the form says for each; those
    without a contract are no farther apart than the form reaches.

    Raises
    ------
    InputError
        If a distance counts and a centroid is blank.
    """
    opened = {way: _opened(frame, shares, getattr(frame.form, way)) for way in WAYS}
    origin, destination = _places(np.logical_or.reduce(list(opened.values())))
    by_pair = {way: among[origin, destination] for way, among in opened.items()}
    return Pairs(origin, destination, by_pair)


def _opened(frame: Frame, shares: Floats, who: str) -> NDArray[np.bool_]:
    """Whether a form that opens something to `who` opens it (epci, epci, vintage)."""
    contracts, count = frame.scenario.cooperation.contracts, len(frame.members)
    frame.check_epci("cooperation.contracts", [code for pair in contracts for code in pair])
    opened = np.zeros((count, count, len(frame.vintages)), dtype=bool)
    if who == "shareholders":
        opened |= np.einsum("iav,jav->ijv", shares, shares) > 0
    if who == "members":
        opened[:] = True
    origin, destination, distance = _beyond(frame, opened)
    opened[origin[distance > _reach(frame)], destination[distance > _reach(frame)]] = False
    if who != "none":
        place = {siren: i for i, siren in enumerate(frame.members)}
        for one, other in contracts:
            if one in place and other in place:
                opened[place[one], place[other]] = opened[place[other], place[one]] = True
    return opened


def _places(opened: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs open in some year, of (epci, epci, vintage); nobody with itself."""
    away = ~np.eye(len(opened), dtype=bool)
    origin, destination = np.nonzero(opened.any(axis=2) & away)
    return origin, destination


def _reach(frame: Frame) -> float:
    """Farthest partners without a contract [km]."""
    given = frame.scenario.cooperation.reach
    return frame.form.reach if given is None else given


def _beyond(
    frame: Frame, opened: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """The pairs that are open, and how far apart they are, where the form has a reach."""
    origin, destination = _places(opened)
    if np.isinf(_reach(frame)):
        return origin[:0], destination[:0], np.zeros(0)
    distance = distance_between(frame, origin, destination)
    _check_distance(frame, (origin, destination), distance, "cooperation")
    return origin, destination, distance


def apart(frame: Frame) -> list[tuple[str, str, float]]:
    """Members that would exchange if they were not so far apart [km], each pair once."""
    if frame.form.exchange not in {"shareholders", "members"}:
        return []
    count = len(frame.members)
    everyone = np.ones((count, count, 1), dtype=bool)
    paired = {frozenset(pair) for pair in frame.scenario.cooperation.contracts}
    found = [
        (frame.members[i], frame.members[j], float(far))
        for i, j, far in zip(*_beyond(frame, everyone), strict=True)
        if i < j and far > _reach(frame)
    ]
    return [pair for pair in found if frozenset(pair[:2]) not in paired]


def links(frame: Frame, pairs: Pairs) -> list[Link]:
    """The links that some partnership opens, energy first, then certificates and staff.

    Raises
    ------
    InputError
        If a distance counts and a centroid is blank.
    """
    rule, given = frame.form, frame.scenario.cooperation.transaction_cost
    transaction = rule.transaction_cost if given is None else given
    distance, near = (
        distance_between(frame, pairs.origin, pairs.destination),
        _adjacent(frame, pairs),
    )
    open_to = {way: opened.any(axis=1) for way, opened in pairs.opened.items()}
    sent = rule.carriers.split()
    found = []
    for row in frame.carrier_rows:
        if row["exchange"] == "none" or (sent and row["carrier"] not in sent):
            continue
        reach = row["reach"]
        if np.isfinite(reach) or row["toll_per_km"]:
            _check_distance(frame, (pairs.origin, pairs.destination), distance, row["carrier"])
        reached = near if row["exchange"] == "neighbour" else np.ones_like(near)
        reached = open_to["exchange"] & reached
        reached = reached & (distance <= reach) if np.isfinite(reach) else reached
        road = row["toll_per_km"] * distance if row["toll_per_km"] else np.zeros(len(distance))
        tolls = row["toll"] + road + transaction
        size = (1 - row["loss"], row["link_capacity"])
        found += _over(frame, pairs, row["carrier"], np.flatnonzero(reached), tolls, size)
    constant = constants(frame)
    tolls = {
        CERTIFICATE: rule.certificate_cost + constant["certificate_price"],
        LOAN: 0.0,
        LAND: constant["restoration_cost"] / EUR_PER_MEUR / EUR_PER_MWH,
    }
    for name, toll in tolls.items():
        if name == CERTIFICATE and sent and name not in sent:
            continue
        over = np.flatnonzero(open_to[_OF.get(name, "exchange")])
        found += _over(frame, pairs, name, over, np.full(len(distance), toll), (1.0, np.inf))
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


def distance_between(
    frame: Frame, origin: NDArray[np.int64], destination: NDArray[np.int64]
) -> Floats:
    """Distance between the centroids of each pair [km]; NaN where one is blank."""
    place = frame.epci[["x", "y"]].to_numpy(float) / M_PER_KM
    away = place[origin] - place[destination]
    return np.asarray(np.hypot(away[:, 0], away[:, 1]))


def _adjacent(frame: Frame, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether each pair shares a border."""
    names, borders = frame.members, frame.borders
    ends = zip(pairs.origin.tolist(), pairs.destination.tolist(), strict=True)
    return np.array([names[j] in borders.get(names[i], ()) for i, j in ends], dtype=bool)


def _check_distance(
    frame: Frame,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    distance: Floats,
    carrier: str,
) -> None:
    lost = np.flatnonzero(np.isnan(distance))
    if lost.size:
        ends = frame.epci.iloc[[end[lost[0]] for end in pairs]]
        blank = ends[ends["x"].isna() | ends["y"].isna()]
        what = say(
            "{carrier} goes by distance, and the centroid of {siren} is blank",
            carrier=carrier,
            siren=blank.index[0],
        )
        mend = say("give x and y of every member EPCI")
        raise fault(frame.tables["epci"], blank["line"].iloc[0], what, mend)


def link_arrays(frame: Frame, found: list[Link], pairs: Pairs) -> Arrays:
    """Efficiency, toll and capacity of the links; 0 before the partners cooperate.

    Of what partners plan only a part comes about: that part of the capacity counts.
    """
    none = np.zeros((0, len(frame.vintages)), dtype=bool)
    ways = [pairs.opened[_OF.get(link.carrier, "exchange")][link.pair] for link in found]
    opened = np.array(ways) if ways else none
    size = np.array([link.capacity / MW_PER_GW for link in found]).reshape(-1, 1)
    capacity = np.zeros((len(found), len(frame.years)))
    realised = frame.scenario.cooperation.realised
    capacity[:, frame.later] = np.where(opened, size * realised if realised else 0.0, 0.0)
    unlimited = np.where(opened, np.inf, 0.0)
    return {
        "link_efficiency": [link.efficiency for link in found],
        "link_toll": [link.toll * EUR_PER_MWH for link in found],
        "link_capacity": capacity,
        "certificate_limit": unlimited,
        "loan_limit": unlimited,
        "cession_limit": unlimited,
    }


def constants(frame: Frame) -> Mapping[str, float]:
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
