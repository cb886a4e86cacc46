"""Tables: what the page shows of a result, as plain numbers; pure functions of outcomes.

`Rows` hold, by label, a value for each year of the outcome; GWh/yr, kt/yr, MEUR and EUR/MWh as in
the outcome. What is computed here only adds, subtracts and divides variables of
`fields.OUTCOMES`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from model.fields import STATUS
from model.outcome.plain import Result, once
from model.outcome.summary import PENALTY

Outcomes = Mapping[str, Result]
"""Results by scenario."""
Rows = dict[str, list[float]]

STAFF, CERTIFICATE = "staff", "certificate"
NAN = float("nan")
WORTH = 0.05
"""Worth of one more MWh below which a potential is not used up [EUR/MWh]."""


def rows(outcome: Result, variable: str, dim: str, epci: str = "", **where: str) -> Rows:
    """A variable by a dimension and year, summed over the rest, of one EPCI or of all."""
    chosen = where | ({"epci": epci} if epci else {})
    table = outcome.sum(variable, dim, "year", **chosen)
    return dict(zip(outcome.labels(dim), table.tolist(), strict=True))


def at(outcome: Result, variable: str, epci: str, **where: str) -> dict[int, float]:
    """A variable of an EPCI by year, summed over the rest; nothing if it is no member."""
    if epci not in outcome.places("epci"):
        return {}
    values = outcome.sum(variable, "year", epci=epci, **where)
    return dict(zip(outcome.years, values.tolist(), strict=True))


def last(values: Mapping[int, float]) -> float:
    """The value of the last year; not a number if there is none."""
    return values[max(values)] if values else NAN


@once
def goals(outcome: Result) -> Mapping[str, Any]:
    """The targets of the scenario, by the label of their row, each with its EPCI in `of`.

    A target that each member holds has a row for each, `name:SIREN`; pooled, it has one for all.
    """
    found = {}
    named = outcome.resolved.get("targets") or {}
    for label in outcome.labels("target"):
        name, _, siren = (label, "", "") if label in named else label.rpartition(":")
        goal = dict(named[name])
        if isinstance(goal["of"], str):
            goal["of"] = [siren] if siren else outcome.labels("epci")
        found[label] = goal
    return found


@once
def goals_of(outcome: Result) -> Mapping[str, Mapping[str, Any]]:
    """The targets that each EPCI has a part in, by EPCI and label of their row."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for label, goal in goals(outcome).items():
        for epci in goal["of"]:
            found[epci][label] = goal
    return dict(found)


def aims(outcomes: Outcomes, epci: str) -> dict[str, dict[int, float]]:
    """What an EPCI alone must reach, by quantity and year (the first scenario that says, holds)."""
    found: dict[str, dict[int, float]] = {}
    for outcome in outcomes.values():
        for target in goals_of(outcome).get(epci, {}).values():
            if target["of"] == [epci]:
                values = {int(year): float(value) for year, value in target["at"].items()}
                found.setdefault(target["quantity"], values)
    return found


def kept(tables: Sequence[Rows], most: int) -> list[str]:
    """The labels worth a colour of their own: the `most` that are ever largest, in their order.

    A label that stays below one thousandth of the largest total is not kept.
    """
    peak: dict[str, float] = defaultdict(float)
    floor = 0.0
    for table in tables:
        floor = max([floor, *map(sum, zip(*table.values(), strict=True))])
        for label, values in table.items():
            peak[label] = max(peak[label], *map(abs, values))
    large = sorted((v, label) for label, v in peak.items() if v > 1e-3 * floor)[-most:]
    chosen = {label for _, label in large}
    return [label for label in peak if label in chosen]


def folded(table: Rows, named: Sequence[str], other: str) -> Rows:
    """The rows that have a name, and the sum of the others under `other`, if there is any."""
    result = {label: table[label] for label in named if label in table}
    rest = [values for label, values in table.items() if label not in result]
    total = [sum(values) for values in zip(*rest, strict=True)]
    return result | ({other: total} if any(abs(v) > 1e-6 for v in total) else {})


@dataclass(frozen=True)
class Facts:
    """What the targets of an EPCI imply: production over share is the consumption allowed."""

    first: int
    year: int
    consumption: float
    low: float
    high: float
    production: float
    target: float
    share: float

    @property
    def allowed(self) -> float:
        """Consumption that makes the target of production the target share [GWh/yr]."""
        return self.target / self.share

    @property
    def left(self) -> float:
        """What partners or purchases must bring, the target of production once met [GWh/yr]."""
        return self.allowed - self.target


def facts(outcomes: Outcomes, epci: str) -> Facts | None:
    """The facts of an EPCI with both targets in one year; None without them."""
    found = aims(outcomes, epci)
    produced, shared = found.get("production", {}), found.get("local-share", {})
    both = produced.keys() & shared.keys()
    holder = next((o for o in outcomes.values() if epci in o.labels("epci")), None)
    if not both or holder is None:
        return None
    first, year = holder.years[0], max(both)
    return Facts(
        first=first,
        year=year,
        consumption=at(holder, "final_consumption", epci)[first],
        low=float(holder.sum("consumption_low", epci=epci)),
        high=float(holder.sum("consumption_high", epci=epci)),
        production=at(holder, "local_production", epci)[first],
        target=produced[year],
        share=shared[year],
    )


@dataclass(frozen=True)
class Exchange:
    """What one EPCI sends another of a carrier, by year [GWh/yr]."""

    origin: str
    destination: str
    carrier: str
    sent: Mapping[int, float]


@once
def exchanges(outcome: Result) -> Sequence[Exchange]:
    """Every exchange of energy or certificates that is used in some year."""
    table = outcome.sum("exchange", "link", "year").tolist()
    found, milestones = [], outcome.years
    for link, values in zip(outcome.labels("link"), table, strict=True):
        way, _, carrier = link.rpartition(":")
        origin, _, destination = way.partition(">")
        if carrier != STAFF and max(values) > 1e-6:
            sent = dict(zip(milestones, values, strict=True))
            found.append(Exchange(origin, destination, carrier, sent))
    return found


@once
def net_received(outcome: Result) -> Mapping[str, list[float]]:
    """Energy received minus sent by EPCI and year, before losses [GWh/yr]."""
    net = {epci: dict.fromkeys(outcome.years, 0.0) for epci in outcome.labels("epci")}
    for exchange in exchanges(outcome):
        if exchange.carrier != CERTIFICATE:
            for year, sent in exchange.sent.items():
                net[exchange.destination][year] += sent
                net[exchange.origin][year] -= sent
    return {epci: list(values.values()) for epci, values in net.items()}


@once
def exchanges_of(outcome: Result) -> Mapping[str, Sequence[Exchange]]:
    """What each EPCI sends and receives, in the order of the links."""
    found: dict[str, list[Exchange]] = defaultdict(list)
    for exchange in exchanges(outcome):
        for epci in (exchange.origin, exchange.destination):
            found[epci].append(exchange)
    return dict(found)


def credits(outcome: Result, epci: str) -> dict[str, float]:
    """Certificates received minus given in the last year, by partner [GWh/yr]."""
    net: dict[str, float] = defaultdict(float)
    for exchange in exchanges_of(outcome).get(epci, ()):
        if exchange.carrier == CERTIFICATE and exchange.destination == epci:
            net[exchange.origin] += last(exchange.sent)
        elif exchange.carrier == CERTIFICATE:
            net[exchange.destination] -= last(exchange.sent)
    return dict(net)


def changes(outcome: Result, epci: str) -> dict[str, float]:
    """Change of local production from the first year to the last, largest first [GWh/yr]."""
    made = rows(outcome, "local_production", "technology", epci)
    moved = {label: values[-1] - values[0] for label, values in made.items()}
    return dict(sorted(moved.items(), key=lambda pair: -pair[1]))


def rents(outcome: Result, epci: str) -> dict[str, float]:
    """Worth of one more MWh of the potentials used up in the last year, dearest first [EUR/MWh]."""
    worth = {k: v[-1] for k, v in rows(outcome, "potential_rent", "technology", epci).items()}
    return dict(sorted(((k, v) for k, v in worth.items() if v > WORTH), key=lambda pair: -pair[1]))


def status(outcome: Result, *epci: str) -> dict[str, dict[str, float]]:
    """Shares by status of the data of consumption, production and potential, of some EPCI or all.

    Over several, consumption is weighted by base-year consumption, production by base-year
    production and potential by production of the last year.
    """
    weighed = {
        "consumption": ("final_consumption", 0),
        "production": ("local_production", 0),
        "potential": ("local_production", -1),
    }
    places = outcome.places("epci")
    at, found = [places[one] for one in epci or places], {}
    for subject, (variable, rank) in weighed.items():
        share = outcome.sum(f"{subject}_status", "epci", "status")[at]
        weight = outcome.sum(variable, "epci", "year")[at, rank]
        mean = share[0] if len(epci) == 1 else weight @ share / (weight.sum() or NAN)
        by = dict(zip(outcome.labels("status"), mean.tolist(), strict=True))
        found[subject] = {s: by[s] for s in STATUS}
    return found


def guessed(outcome: Result, subject: str) -> list[str]:
    """The EPCI of which more than half of the data of a subject are estimated or illustrative."""
    share = outcome.sum(f"{subject}_status", "epci", "status")
    places = [outcome.labels("status").index(status) for status in ("estimated", "illustrative")]
    guesses = share[:, places].sum(axis=1).tolist()
    return [epci for epci, part in zip(outcome.labels("epci"), guesses, strict=True) if part > 0.5]


def spans(milestones: Sequence[int]) -> list[str]:
    """The periods between milestones, as `2025–2030`."""
    return [f"{a}–{b}" for a, b in pairwise(milestones)]


def discounted(outcome: Result) -> tuple[float, float]:
    """Cost of all the members, and the penalty of what is missing to the targets [MEUR].

    Both over the whole path, discounted; the cost is without the penalty.
    """
    whole = float(outcome.sum("cost", "year") @ outcome.arrays["discount"])
    missed = float(outcome.sum("cost", "year", item=PENALTY) @ outcome.arrays["discount"])
    return whole - missed, missed
