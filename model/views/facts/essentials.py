"""Essentials: what a planner must know of a plan before all else, as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.outcome.plain import Result, once
from model.views.facts import sharing, tables

PLANTS = ("renewable", "recovered", "conversion", "storage")
"""Kinds of technology that an actor builds as projects."""
SOON = 2030
"""Until then: what to do first."""
COMPANIES = ("spl", "sem")
LEAST, FEW = 0.5, 0.1
"""Less energy [GWh/yr], and fewer engineers [FTE], are not told."""


@dataclass(frozen=True)
class Reach:
    """Where an EPCI stands in the last year [GWh/yr], and its local share [1]."""

    first: int
    last: int
    used_before: float
    used: float
    made: float
    soil: float
    counted: float
    share: float


def reach(outcome: Result, epci: str) -> Reach:
    """What an EPCI consumes, makes, and counts with the certificates of its partners."""
    used, made = (tables.at(outcome, n, epci) for n in ("final_consumption", "local_production"))
    shares = (
        tables.last(tables.at(outcome, "local_share", epci, definition=definition))
        for definition in ("soil", "contractual")
    )
    granted = tables.last(tables.at(outcome, "certificate_balance", epci))
    first, last = outcome.years[0], outcome.years[-1]
    soil, share = shares
    return Reach(
        first, last, used[first], used[last], made[last], soil, made[last] + granted, share
    )


@dataclass(frozen=True)
class Aim:
    """A target that an EPCI has a part in: its row, what is asked for in the last year, the gap."""

    target: str
    quantity: str
    asked: float
    gap: float
    of: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether nothing is missing, to a thousandth."""
        return self.gap <= 1e-3 * max(abs(self.asked), 1.0)


def aims(outcome: Result, epci: str) -> list[Aim]:
    """The targets of the last year that an EPCI has a part in."""
    found, year = [], outcome.years[-1]
    for target, goal in tables.goals_of(outcome).get(epci, {}).items():
        asked = goal["at"].get(str(year))
        if asked is not None:
            gap = float(outcome.sum("target_gap", target=target, year=year))
            found.append(Aim(target, str(goal["quantity"]), float(asked), gap, tuple(goal["of"])))
    return found


@dataclass(frozen=True)
class Bring:
    """What cooperation brings by a rule: over the path [MEUR], and to each inhabitant [EUR]."""

    whole: float
    bill: float
    own: float
    head: float
    partners: int
    others: float
    others_head: float
    heads: Mapping[str, float]

    @property
    def most(self) -> str:
        """Who gains most by inhabitant."""
        return max(self.heads, key=lambda epci: self.heads[epci])


def brings(game: Result, people: Mapping[str, float], epci: str, rule: str) -> Bring | None:
    """What it brings to an EPCI and its partners, of so many people; None if nothing is shared."""
    gains = sharing.gains(game).get(rule)
    if gains is None or epci not in gains or rule not in sharing.rules(game):
        return None
    heads = {e: 1e6 * gain / people[e] for e, gain in gains.items()}
    partners = [e for e in gains if e != epci]
    others = sum(gains[e] for e in partners)
    return Bring(
        sharing.whole(game),
        sum(sharing.alone(game).values()),
        gains[epci],
        heads[epci],
        len(partners),
        others,
        1e6 * others / sum(people[e] for e in partners),
        heads,
    )


@dataclass(frozen=True)
class Start:
    """What an EPCI begins with, up to a year.

    `built`: more made on its soil by technology [GWh/yr]; `saved`: by measures, in all, and the
    largest; `company`: what shared companies build there [MW]; engineers hired [FTE], lent and
    borrowed by partner; energy sent and received by partner [GWh/yr].
    """

    year: int
    built: Mapping[str, float]
    saved: float
    measure: str
    company: float
    hired: float
    lent: Mapping[str, float]
    borrowed: Mapping[str, float]


def start(outcome: Result, epci: str) -> Start:
    """What is done first: from the year in which the plan begins to the last one up to 2030."""
    begins = (outcome.resolved.get("horizon") or {}).get("decided_from") or outcome.years[0]
    later = [year for year in outcome.years if year > begins] or [outcome.years[-1]]
    year = max((y for y in later if y <= SOON), default=later[0])
    at, before = outcome.years.index(year), outcome.years.index(max(
        y for y in outcome.years if y <= begins
    ))  # fmt: skip
    kinds = outcome.coordinate("technology_kind")
    made = tables.rows(outcome, "local_production", "technology", epci)
    more = {k: v[at] - v[before] for k, v in made.items() if kinds[k] in PLANTS}
    built = {k: v for k, v in sorted(more.items(), key=lambda p: -p[1]) if v > LEAST}
    saved = tables.rows(outcome, "consumption_reduction", "measure", epci)
    amounts = {measure: values[at] for measure, values in saved.items()}
    measure = max(amounts, key=lambda m: amounts[m], default="")
    by = outcome.sum("investment", "actor", "technology", "year", epci=epci)[..., 1 : at + 1]
    plants = [kinds[k] in PLANTS for k in outcome.labels("technology")]
    company = [actor in COMPANIES for actor in outcome.labels("actor")]
    return Start(
        year,
        built,
        sum(amounts.values()),
        measure,
        float(by[company][:, plants].sum()),
        float(outcome.sum("hired_staff", "year", epci=epci)[: at + 1].sum()),
        *_lent(outcome, epci, year),
    )


def _lent(outcome: Result, epci: str, year: int) -> tuple[dict[str, float], dict[str, float]]:
    """Engineers lent to each partner and borrowed from each in a year [FTE]."""
    lent, borrowed = dict[str, float](), dict[str, float]()
    for origin, to, amount in _loans_in(outcome)[year].get(epci, ()):
        (lent if origin == epci else borrowed)[to if origin == epci else origin] = amount
    return lent, borrowed


@once
def _loans_in(outcome: Result) -> Mapping[int, Mapping[str, Sequence[tuple[str, str, float]]]]:
    """What is lent, by year and by each of the two: from whom, to whom, engineers [FTE]."""
    found: dict[int, dict[str, list[tuple[str, str, float]]]] = {y: {} for y in outcome.years}
    for (origin, to), values in _loans(outcome).items():
        for year, amount in zip(outcome.years, values, strict=True):
            for epci in (origin, to) if amount >= FEW else ():
                found[year].setdefault(epci, []).append((origin, to, amount))
    return found


@once
def _loans(outcome: Result) -> Mapping[tuple[str, str], list[float]]:
    """Engineers lent by year, by who lends and who borrows [FTE]."""
    links = outcome.labels("link")
    table = outcome.sum("staff_loan", "link", "year").tolist() if links else []
    found = {}
    for link, values in zip(links, table, strict=True):
        way, _, carrier = link.rpartition(":")
        origin, _, destination = way.partition(">")
        if carrier == tables.STAFF:
            found[origin, destination] = values
    return found


@once
def helped(outcome: Result) -> Mapping[tuple[str, str], float]:
    """Engineers lent, by who lends and who borrows, in the year with most [FTE]."""
    return {ends: max(v) for ends, v in _loans(outcome).items() if max(v) >= FEW}


@once
def energy(outcome: Result) -> Mapping[tuple[str, str], float]:
    """Energy that one EPCI sends another in the last year, net of what comes back [GWh/yr]."""
    year, sent = outcome.years[-1], dict[tuple[str, str], float]()
    for x in tables.exchanges(outcome):
        if x.carrier != tables.CERTIFICATE:
            ends = x.origin, x.destination
            sent[ends] = sent.get(ends, 0.0) + x.sent[year]
    net = {(a, b): v - sent.get((b, a), 0.0) for (a, b), v in sent.items()}
    return {ends: v for ends, v in net.items() if v > LEAST}
