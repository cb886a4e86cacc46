"""Openings: the sentence that each section opens with: what it shows, from the numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from model.fields import STATUS
from model.outcome.plain import Result
from model.views.facts import essentials, flows, tables
from model.views.facts.cube import ALL
from model.views.sections.amounts import energy, money, within
from model.views.sections.parts import Panel, Prose, Section
from model.views.sections.reader import Reader
from model.views.sections.status import widest

Tell = Callable[[Reader, Panel, Result], str]
SOUND = ("observed", "published")


def opened(reader: Reader, section: Section) -> Section:
    """The section, with its sentence at the head of each of its first panels."""
    tell = TELL.get(section.id)
    if tell is None:
        return section
    first = section.panels[0]
    if first.live:
        return replace(section, panels=[*_beside(reader, first, tell), *section.panels])
    keys = first.at.keys()
    panels = [
        _headed(panel, tell(reader, panel, reader.outcomes[panel.scenario or reader.start]))
        if panel.at.keys() == keys
        else panel
        for panel in section.panels
    ]
    return replace(section, panels=panels)


def _beside(reader: Reader, live: Panel, tell: Tell) -> Iterator[Panel]:
    """A panel of its own for each choice: the script draws what is live, and writes no sentence."""
    if not live.scenario:
        yield from _saying(
            Panel([], epci=live.epci), tell(reader, live, reader.outcomes[reader.start])
        )
        return
    for name, outcome in reader.outcomes.items():
        for epci in [ALL, *reader.members(outcome)] if live.epci else [""]:
            for year in map(str, outcome.years) if live.year else [""]:
                of = Panel([], name, year, epci="" if epci == ALL else epci)
                yield from _saying(replace(of, epci=epci), tell(reader, of, outcome))


def _saying(panel: Panel, words: str) -> list[Panel]:
    return [_headed(panel, words)] if words else []


def _headed(panel: Panel, words: str) -> Panel:
    return replace(panel, parts=[Prose(words, "says"), *panel.parts]) if words else panel


def _comparison(reader: Reader, _panel: Panel, _outcome: Result) -> str:
    made = {
        name: tables.last(tables.at(outcome, "local_production", reader.focus))
        for name, outcome in reader.outcomes.items()
        if reader.focus in outcome.labels("epci")
    }
    if len(made) < 2:
        return ""
    most, least = max(made, key=lambda n: made[n]), min(made, key=lambda n: made[n])
    return reader.words(
        "In the last year {name} makes from {least} (“{worst}”) to {most} (“{best}”) on its soil.",
        name=reader.names.short(reader.focus),
        least=energy(reader, made[least]),
        most=energy(reader, made[most]),
        worst=reader.names("scenario", least),
        best=reader.names("scenario", most),
    )


def _settlement(reader: Reader, panel: Panel, _outcome: Result) -> str:
    game = reader.games.get(panel.scenario)
    if game is None or "settlement_price" not in game or "settlement_volume" not in game:
        return ""
    sent, price = (
        game.sum(f"settlement_{name}", "link", "carrier", "year")[..., -1]
        for name in ("volume", "price")
    )
    worth = sum(v * p / 1e3 for v, p in zip(sent.flat, price.flat, strict=True) if math.isfinite(p))
    return reader.words(
        "In {year} partners sell one another energy and certificates for {worth}.",
        year=game.years[-1],
        worth=reader.numbers.quantity(worth, "MEUR/yr", 0 if worth >= 10 else 1),
    )


def _status(reader: Reader, _panel: Panel, _outcome: Result) -> str:
    sound = {
        subject: sum(by[s] for s in STATUS if s in SOUND)
        for subject, by in tables.status(widest(reader)).items()
    }
    return reader.words(
        "Observed or published: {consumption} of the consumption, {production} of the production, "
        "{potential} of the potential.",
        **{subject: reader.numbers.percent(share) for subject, share in sound.items()},
    )


def _trajectories(reader: Reader, panel: Panel, outcome: Result) -> str:
    where = {"epci": panel.epci} if panel.epci else {}
    ends = {
        name: outcome.sum(variable, "year", **where)[[0, -1]].tolist()
        for name, variable in (
            ("used", "final_consumption"),
            ("made", "local_production"),
            ("emitted", "emissions"),
        )
    }
    used, emitted = (
        reader.numbers.percent(after / (before or math.nan) - 1, 0, signed=True)
        for before, after in (ends["used"], ends["emitted"])
    )
    return reader.words(
        "From {first} to {last}, consumption changes by {used}, emissions by {emitted}; local "
        "production goes from {before} to {after}.",
        first=outcome.years[0],
        last=outcome.years[-1],
        used=used,
        emitted=emitted,
        before=energy(reader, ends["made"][0]),
        after=energy(reader, ends["made"][1]),
    )


def _climb(reader: Reader, panel: Panel, outcome: Result) -> str:
    moves = tables.changes(outcome, panel.epci or reader.focus)
    technology = next(iter(moves), "")
    if not technology or moves[technology] < 1:
        return ""
    return reader.words(
        "What grows most is {technology}: {amount} more than in {first}.",
        technology=within(reader.names("technology", technology)),
        amount=energy(reader, moves[technology]),
        first=outcome.years[0],
    )


def _flows(reader: Reader, panel: Panel, outcome: Result) -> str:
    year = int(panel.year or outcome.years[-1])
    sources, _uses = flows.final_flows(outcome, reader.carriers_of, year)
    whole = sum(sources.values())
    outside = sum(v for (source, _), v in sources.items() if source == flows.OUTSIDE)
    return reader.words(
        "In {year}, {share} of the energy comes from outside of the territory: {amount}.",
        year=year,
        share=reader.numbers.percent(outside / (whole or math.nan)),
        amount=energy(reader, outside),
    )


def _balance(reader: Reader, _panel: Panel, outcome: Result) -> str:
    bought, sold = (float(outcome.sum(name, "year")[-1]) for name in ("purchase", "sale"))
    return reader.words(
        "In {year} the members buy {bought} outside and sell {sold}.",
        year=outcome.years[-1],
        bought=energy(reader, bought),
        sold=energy(reader, sold),
    )


def _map(reader: Reader, panel: Panel, outcome: Result) -> str:
    rank = outcome.years.index(int(panel.year)) if panel.year else -1
    made = {e: v[rank] for e, v in tables.rows(outcome, "local_production", "epci").items()}
    rows = tables.rows(outcome, "local_share", "epci", definition="soil")
    share = {e: v[rank] for e, v in rows.items()}
    most, best = max(made, key=lambda e: made[e]), max(share, key=lambda e: share[e])
    return reader.words(
        "In {year} {most} makes most, {made}; {best} has the largest local share, {share}.",
        year=outcome.years[rank],
        most=reader.names.short(most),
        made=energy(reader, made[most]),
        best=reader.names.short(best),
        share=reader.numbers.percent(share[best]),
    )


def _savings(reader: Reader, panel: Panel, outcome: Result) -> str:
    found = flows.savings(outcome, reader.measure_costs)
    whole, done, half = sum(s.amount for s in found), 0.0, math.nan
    for saving in found:
        done += saving.amount
        if done >= whole / 2:
            half = saving.cost
            break
    return reader.words(
        "{count} measures save {amount} in {year}; half of it costs {cost} or less.",
        count=len(found),
        amount=energy(reader, whole),
        year=outcome.years[-1],
        cost=reader.numbers.quantity(half, "EUR/MWh", 0),
    )


def _money(reader: Reader, panel: Panel, outcome: Result) -> str:
    by = {a: v[-1] for a, v in tables.rows(outcome, "cost", "actor", panel.epci).items()}
    whole, most = sum(by.values()), max(by, key=lambda a: by[a])
    return reader.words(
        "In {year} energy costs {amount}, of which {share} for: {actor}.",
        year=outcome.years[-1],
        amount=reader.numbers.quantity(whole, "MEUR/yr", 0),
        share=reader.numbers.percent(by[most] / (whole or math.nan)),
        actor=within(reader.names("actor", most)),
    )


def _limits(reader: Reader, _panel: Panel, outcome: Result) -> str:
    gaps = outcome.sum("target_gap", "target", "year")[:, -1].tolist()
    missed = sum(gap > essentials.FEW for gap in gaps)
    rents = {e: tables.rents(outcome, e) for e in outcome.labels("epci")}
    scarce = {k for found in rents.values() for k in found}
    return reader.words(
        "In {year}, targets: {count}, of which missed: {missed}; kinds of plant of which some "
        "member has no room left: {scarce}.",
        year=outcome.years[-1],
        count=len(gaps),
        missed=missed,
        scarce=len(scarce),
    )


def _wholes(reader: Reader, _panel: Panel, outcome: Result) -> str:
    found = flows.equivalents(outcome, reader.wholes)
    moved = {k: max(b - a for a, b in pairwise(v)) for k, v in found.items()}
    told = [k for k in found if moved[k] >= 1][:3]
    parts = [f"{reader.whole(found[k][-1])} {within(reader.names('equivalence', k))}" for k in told]
    words = reader.words("In {year}: {units}.", year=outcome.years[-1], units=", ".join(parts))
    return words if parts else ""


def _answer(reader: Reader, _panel: Panel, _outcome: Result) -> str:
    game = reader.games.get(reader.start)
    if game is None:
        return ""
    return reader.words(
        "Of the scenarios of this page, the one that saves most together is “{title}”: {gain}.",
        title=reader.names("scenario", reader.start),
        gain=money(reader, float(game.attrs["gain"])),
    )


def _assumptions(reader: Reader, _panel: Panel, _outcome: Result) -> str:
    outcomes = reader.outcomes.values()
    size = sum(float(outcome.attrs["columns"]) for outcome in outcomes)
    near = [outcome for outcome in outcomes if outcome.attrs["status"] != "optimal"]
    if near:
        gap = max(json.loads(outcome.attrs["certificate"])["gap"] for outcome in near)
        return reader.words(
            "Results on this page: {count}, audited, and each proven to cost at most {gap} more "
            "than any other plan; decisions in all: {size}.",
            count=len(reader.outcomes),
            gap=reader.numbers.percent(gap, 2),
            size=reader.whole(size),
        )
    return reader.words(
        "Results on this page: {count}, each proven optimal and audited; decisions in all: {size}.",
        count=len(reader.outcomes),
        size=reader.whole(size),
    )


TELL: Mapping[str, Tell] = {
    "answer": _answer,
    "comparison": _comparison,
    "settlement": _settlement,
    "status": _status,
    "trajectories": _trajectories,
    "climb": _climb,
    "flows": _flows,
    "balance": _balance,
    "map": _map,
    "savings": _savings,
    "money": _money,
    "limits": _limits,
    "wholes": _wholes,
    "assumptions": _assumptions,
}
"""By section; the others open with sentences of their own."""
