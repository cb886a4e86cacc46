"""Slides: eight, for elected officials — what each says, its picture, and what to say beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from model.fields import STATUS
from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.facts.answers import answers, form
from model.views.facts.bring import guesses
from model.views.facts.differences import differences
from model.views.facts.essentials import PLANTS
from model.views.painters.palette import COLOURS, STATUS_COLOURS
from model.views.sections import pictures
from model.views.sections.pictures import ENERGY, PATH, POWER, Picture, Row
from model.views.sections.reader import Reader
from model.views.sections.sure import headline

SOON = 2030
"""Year before which the first steps are taken."""

MOST = 6
"""Bars of a picture of first steps."""

SHOWN = 3
"""Steps, assumptions and figures that a slide names."""


@dataclass(frozen=True)
class Slide:
    """A title, a few sentences, a picture or none, and what to say beside."""

    title: str
    points: Sequence[str]
    picture: Picture | None
    notes: str


def slides(reader: Reader, scenario: str) -> list[Slide]:
    """The eight slides of a scenario."""
    makers = (_question, _answer, _trajectory, _builders, _gains, _doubt, _first, _assumed)
    return [make(reader, scenario) for make in makers]


def _question(reader: Reader, scenario: str) -> Slide:
    words, outcome = reader.words, reader.outcomes[scenario]
    name = reader.names("epci", pictures.whose(reader, outcome))
    members = [reader.names.short(epci) for epci in outcome.labels("epci")]
    points = [
        reader.names("question", scenario),
        words(
            "{count} EPCI, {first}–{last}: {names}.",
            count=len(members),
            first=outcome.years[0],
            last=outcome.years[-1],
            names=", ".join(members),
        ),
        words("Scenario: {title}.", title=reader.names("scenario", scenario)),
    ]
    notes = words(
        "Every figure comes from one computation: of all the ways to serve the needs of the "
        "members and to reach their aims, the cheapest. Money in constant 2025 euros. To find it "
        "again: python run.py {scenario}.",
        scenario=scenario,
    )
    return Slide(words("Energy cooperation around {name}", name=name), points, None, notes)


def _answer(reader: Reader, scenario: str) -> Slide:
    words, n, outcome = reader.words, reader.numbers, reader.outcomes[scenario]
    points = [_reached(reader, outcome)]
    found = next(a for a in answers(reader.outcomes, reader.focus) if a.scenario == scenario)
    if math.isfinite(found.gain):
        points.append(
            words(
                "Together the members gain {gain} over the whole path, against each on its own.",
                gain=n.quantity(found.gain, PATH, 0),
            )
        )
    points += [words("First: {step}", step=step) for step in _steps(reader, outcome)[:1]]
    points.append(_unsure(reader, outcome))
    notes = words(
        "With certificates: a partner makes the energy on its soil and no longer counts it. The "
        "gain compares with the same scenario without cooperation; it counts the value of carbon "
        "and of what is missing to the aims."
    )
    return Slide(
        words("The answer in four sentences"), points, pictures.production(reader, scenario), notes
    )


def _reached(reader: Reader, outcome: Result) -> str:
    """What the EPCI reaches in the last year, and whether that is its aim."""
    words, n = reader.words, reader.numbers
    epci = pictures.whose(reader, outcome)
    made, granted = (
        tables.last(tables.at(outcome, name, epci))
        for name in ("local_production", "certificate_balance")
    )
    goals = tables.aims({"": outcome}, epci).get("production", {})
    goal = goals.get(outcome.years[-1], math.nan)
    told = {
        "name": reader.names.short(epci),
        "made": n.quantity(made + granted, ENERGY, 0),
        "year": outcome.years[-1],
        "goal": n.quantity(goal, ENERGY, 0),
        "gap": n.quantity(goal - made - granted, ENERGY, 0),
    }
    if math.isnan(goal):
        return words("{name} counts {made} of local energy in {year}, partners included.", **told)
    if made + granted >= goal * (1 - 1e-6):
        return words(
            "{name} counts {made} of local energy in {year}, partners included: its aim is met.",
            **told,
        )
    return words(
        "{name} counts {made} of local energy in {year}, partners included: {gap} are missing to "
        "its aim of {goal}.",
        **told,
    )


def _unsure(reader: Reader, outcome: Result) -> str:
    """How much of the data is measured or published."""
    shares = tables.status(outcome)["consumption"]
    sure = shares["observed"] + shares["published"]
    return reader.words(
        "Not sure: {share} of the consumption is estimated, not measured or published.",
        share=reader.numbers.percent(1 - sure),
    )


def _trajectory(reader: Reader, scenario: str) -> Slide:
    words, n, outcome = reader.words, reader.numbers, reader.outcomes[scenario]
    picture = pictures.trajectory(reader, scenario)
    epci = pictures.whose(reader, outcome)
    soil, contract = (
        list(tables.at(outcome, "local_share", epci, definition=kind).values())
        for kind in ("soil", "contractual")
    )
    share = words(
        "The local share on its soil goes from {before} to {after}; with certificates it is "
        "{counted}.",
        before=n.percent(soil[0]),
        after=n.percent(soil[-1]),
        counted=n.percent(contract[-1]),
    )
    emitted = outcome.sum("emissions", "year")
    drop = words(
        "The emissions of all the members go from {before} to {after}.",
        before=n.quantity(float(emitted[0]), "kt/yr", 0),
        after=n.quantity(float(emitted[-1]), "kt/yr", 0),
    )
    notes = words(
        "Consumption falls as homes are renovated, vehicles turn electric and uses grow sober; "
        "production rises as fast as trades, engineers and acceptance allow."
    )
    title = words("The trajectory: use less, make more")
    return Slide(title, [picture.says, share, drop], picture, notes)


def _builders(reader: Reader, scenario: str) -> Slide:
    words, outcome = reader.words, reader.outcomes[scenario]
    picture = pictures.builders(reader, scenario)
    points = [picture.says] if picture else [words("Nothing is built.")]
    points += _steps(reader, outcome, outcome.years[-1])[:SHOWN]
    notes = words(
        "Plants only: devices of homes and firms are in the costs. Who builds follows from the "
        "cost of its capital, from what law lets it do and from the engineers at hand."
    )
    return Slide(words("Who builds what, and when"), points, picture, notes)


def _gains(reader: Reader, scenario: str) -> Slide:
    words, n, outcome = reader.words, reader.numbers, reader.outcomes[scenario]
    picture = pictures.gains(reader, scenario)
    bills = pictures.bills(reader, scenario)
    points = [picture.says] if picture else [words("Nobody gains or loses by cooperation here.")]
    spent = outcome.sum("cost", "actor", "year")[:, -1]
    ranked = sorted(
        zip(outcome.labels("actor"), spent.tolist(), strict=True), key=lambda pair: -pair[1]
    )[:SHOWN]
    paid = ", ".join(
        f"{reader.names('actor', actor)} {n.percent(value / spent.sum())}"
        for actor, value in ranked
    )
    points.append(words("Who bears the cost of {year}: {paid}.", year=outcome.years[-1], paid=paid))
    points += _paid(reader, scenario)
    rule = reader.names("rule-words", reader.rule) if picture else ""
    notes = " ".join([words("Cost of energy and of its services."), bills.says, rule]).strip()
    return Slide(words("Who gains, and who pays"), points, picture or bills, notes)


def _paid(reader: Reader, scenario: str) -> Iterator[str]:
    """Who pays the partners most in the last year, and who is paid most."""
    game = reader.games.get(scenario)
    if game is None or reader.rule not in sharing.rules(game):
        return
    last = {e: v[-1] for e, v in sharing.by_year(game, "transfer", rule=reader.rule).items()}
    if last and max(last.values()) > 0.05:
        most, least = max(last, key=lambda e: last[e]), min(last, key=lambda e: last[e])
        yield reader.words(
            "In {year}, {payer} pays its partners {paid}; {paid_one} is paid {received}.",
            year=game.years[-1],
            payer=reader.names.short(most),
            paid=reader.numbers.quantity(last[most], "MEUR/yr", 1),
            paid_one=reader.names.short(least),
            received=reader.numbers.quantity(-last[least], "MEUR/yr", 1),
        )


def _doubt(reader: Reader, scenario: str) -> Slide:
    words, n, outcome = reader.words, reader.numbers, reader.outcomes[scenario]
    drawn = [part.text for part in headline(reader, scenario)]
    points = drawn or [
        words(
            "The doubt about this answer was not drawn: python run.py ensemble {name}.",
            name=scenario,
        )
    ]
    points.append(_unsure(reader, outcome))
    for guess in guesses(outcome)[:2]:
        points.append(
            words(
                "To bring first: {carrier} of {name}, between {low} and {high}.",
                carrier=reader.names("carrier", guess.carrier).lower(),
                name=reader.names.short(guess.epci),
                low=n.quantity(guess.low, ENERGY, 0),
                high=n.quantity(guess.high, ENERGY, 0),
            )
        )
    shares = tables.status(outcome)
    rows = [
        Row(
            reader.names("status", status),
            [100 * by[status] for by in shares.values()],
            STATUS_COLOURS[status],
        )
        for status in STATUS
    ]
    labels = [reader.names("subject", subject) for subject in shares]
    title = words("What the data rest on")
    picture = Picture("status", "columns", title, "%", labels, rows, points[-1])
    notes = words(
        "Observed: measured. Published: stated by a public body. Estimated: by a documented rule. "
        "Illustrative: plausible, to be replaced."
    )
    return Slide(words("How sure is it?"), points, picture, notes)


def _first(reader: Reader, scenario: str) -> Slide:
    words, n, outcome = reader.words, reader.numbers, reader.outcomes[scenario]
    until = _soon(outcome)
    points = _steps(reader, outcome)[:SHOWN]
    saved = float(outcome.sum("consumption_reduction", "year")[outcome.years.index(until)])
    hired = float(outcome.sum("hired_staff", "year")[outcome.years.index(until)])
    if saved > 0.5:
        points.append(
            words(
                "{saved} of needs are saved in {year}.",
                saved=n.quantity(saved, ENERGY, 0),
                year=until,
            )
        )
    if hired > 0.05:
        points.append(
            words("{hired} engineers are hired by {year}.", hired=n(hired, 1), year=until)
        )
    picture = _soon_built(reader, outcome, until)
    notes = words(
        "What is cheapest in every plan begins first; what takes long to permit must be asked for "
        "now. Where a step is one choice among others almost as good: python run.py alternatives."
    )
    title = words("First steps before {year}", year=until)
    return Slide(title, points or [words("Nothing is built.")], picture, notes)


def _soon(outcome: Result) -> int:
    return next((year for year in outcome.years[1:] if year >= SOON), outcome.years[-1])


def _soon_built(reader: Reader, outcome: Result, until: int) -> Picture | None:
    """The plants built before a year, the largest technologies."""
    every: dict[str, float] = {}
    for (_epci, technology, _actor), power in _built(outcome, until):
        every[technology] = every.get(technology, 0.0) + power
    if not every:
        return None
    ranked = sorted(every, key=lambda technology: -every[technology])[:MOST]
    title = reader.words("Plants built before {year}", year=until)
    row = Row(title, [every[technology] for technology in ranked], COLOURS[0])
    names = [reader.names("technology", technology) for technology in ranked]
    return Picture("soon", "bars", title, POWER, names, [row], "")


def _steps(reader: Reader, outcome: Result, until: int = 0) -> list[str]:
    """The largest plants built before a year: what, where, by whom; the largest first."""
    year = until or _soon(outcome)
    return [
        reader.words(
            "{power} of {technology} in {name}, built by {actor}, by {year}.",
            power=reader.numbers.quantity(power, POWER, 0),
            technology=reader.names("technology", technology).lower(),
            name=reader.names.short(epci),
            actor=reader.names("actor", actor),
            year=year,
        )
        for (epci, technology, actor), power in _built(outcome, year)
    ]


def _built(outcome: Result, until: int) -> list[tuple[tuple[str, str, str], float]]:
    """Plants built after the first year and up to another, by EPCI, technology and actor [MW]."""
    dims = ("epci", "technology", "actor")
    end = outcome.years.index(until) + 1
    built = outcome.sum("investment", *dims, "year")[..., 1:end].sum(axis=-1)
    built = built * np.isin(outcome.arrays["technology_kind"], PLANTS)[:, None]
    labels = [outcome.labels(dim) for dim in dims]
    found = [
        (tuple(own[rank] for own, rank in zip(labels, place, strict=True)), float(built[place]))
        for place in zip(*np.nonzero(built > 0.05), strict=True)
    ]
    return sorted(found, key=lambda pair: -pair[1])


def _assumed(reader: Reader, scenario: str) -> Slide:
    words, outcome = reader.words, reader.outcomes[scenario]
    unlike, _same = differences(reader.outcomes)
    points = [
        words("Cooperation: {form}.", form=reader.names("form", form(outcome))),
        words(
            "Value of carbon: {path}. Money in constant 2025 euros.",
            path=outcome.resolved["economy"]["carbon"],
        ),
        words("The law, prices and techniques of today go on; nobody outside changes its plans."),
        words("The plan is the cheapest for all the members together, seen from the first day."),
    ]
    own = [f"{key}: {reader.names.told(value)}" for key, value in unlike[scenario].items() if value]
    told = [text for text in own if len(text) <= 60][:SHOWN]
    if told:
        points.append(words("This scenario changes: {what}.", what="; ".join(told)))
    notes = words(
        "Every number stands in a table with its unit, source and status. The page and the "
        "workbook list them all: python run.py report, python run.py export --format xlsx."
    )
    return Slide(words("What is assumed"), points, None, notes)
