"""First: the answer on one screen — what we reach, what it brings, what to do first, how sure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from model.outcome.plain import Result
from model.views.facts import essentials, tables
from model.views.painters.arcs import ENERGY, HELP, SPACE, Arc, arcs
from model.views.painters.charts import Chart, Mark, Series, columns
from model.views.painters.palette import DARK, PARTNER
from model.views.sections.amounts import code
from model.views.sections.first_words import brings, reach, start, unsure
from model.views.sections.layers import layer
from model.views.sections.maps import hatched, quiet
from model.views.sections.parts import Brief, Figure, Panel, Part, Prose, Section, Told
from model.views.sections.reader import Reader
from model.views.sections.why import why_best, why_missed, why_more, why_soil

ARCS = 8
"""Arcs of energy, and of help, that the map draws."""


def first(reader: Reader) -> Section:
    """A panel for each scenario and member."""
    panels = []
    for name, outcome in reader.outcomes.items():
        shown, many = _map(reader, name), reader.many(outcome)
        panels += [
            Panel(_parts(reader, name, epci, [] if many else shown), name, epci=epci)
            for epci in reader.members(outcome)
        ]
        panels += [Panel([*_rest(reader, outcome), *shown], name)] if many else []
    return Section("first", reader.words("In short"), "", panels)


def _rest(reader: Reader, outcome: Result) -> list[Prose]:
    """Who is told one by one, where there are too many to tell all."""
    text = reader.words.gettext(
        "Of {count} members, {own} are told one by one: {name}, those that it exchanges most with, "
        "and the largest. Another page: {command}"
    )
    told = Markup(text).format(
        count=reader.whole(len(outcome.labels("epci"))),
        own=len(reader.members(outcome)),
        name=reader.names.short(reader.focus),
        command=code("python run.py report --for EPCI"),
    )
    return [Prose(told)]


def _parts(reader: Reader, name: str, epci: str, shown: Sequence[Figure]) -> list[Part]:
    _, outcome = reader.words, reader.outcomes[name]
    told = [
        Told(_("What we reach"), reach(reader, outcome, epci),
             [*why_missed(reader, outcome, epci), *why_soil(reader, name, epci)]),
        Told(_("What cooperation brings"), brings(reader, name, epci),
             list(why_best(reader, name, epci))),
        Told(_("What to do first"), start(reader, outcome, epci),
             list(why_more(reader, outcome, epci))),
        Told(_("What is not sure"), unsure(reader, name, epci)),
    ]  # fmt: skip
    figures = [*shown, _path(reader, outcome, epci)]
    return [Brief(told), *figures]


def _map(reader: Reader, name: str) -> list[Figure]:
    """Who builds what, who sends, who lends."""
    if not reader.atlas.shapes:
        return []
    _, n, outcome = reader.words.gettext, reader.numbers, reader.outcomes[name]
    made = tables.rows(outcome, "local_production", "epci")
    more = {e: v[-1] - v[0] for e, v in made.items()}
    scale = layer("", 0, {name: {"": more}})
    short = reader.names.short
    labels = {e: (short(e), n(v, 0, signed=True)) for e, v in more.items()}
    if reader.many(outcome):
        labels = quiet(reader, labels, more, SPACE)
    sent, helped = essentials.energy(outcome), essentials.helped(outcome)
    found = [
        *_arcs(reader, sent, ENERGY, _("{from_} sends {to} {amount}"), "GWh/yr"),
        *_arcs(reader, helped, HELP, _("{from_} lends {to} {amount}"), "FTE"),
    ]
    years = {"first": outcome.years[0], "last": outcome.years[-1]}
    title = _("More local production, {first}–{last} [{unit}]; who helps whom")
    legend = []
    if sent:
        legend.append((ENERGY, _("energy sent in {last}").format(**years)))
    if helped:
        legend.append((HELP, _("engineers lent")))
    title = title.format(unit=n.unit("GWh/yr"), **years)
    fills = {e: scale.colour(v) for e, v in more.items()}
    guessed = tables.guessed(outcome, "potential")
    drawn = arcs(reader.atlas, title, fills, labels, found, guessed)
    note = hatched(reader, guessed, _("Hatched: estimated potential."))
    return [Figure(title, drawn, legend=legend, note=note)]


def _arcs(
    reader: Reader, found: Mapping[tuple[str, str], float], colour: str, words: str, unit: str
) -> list[Arc]:
    """The largest of some amounts as arcs."""
    ranked = sorted(found.items(), key=lambda pair: -pair[1])[:ARCS]
    short, n = reader.names.short, reader.numbers
    return [
        Arc(a, b, amount / ranked[0][1], colour, words.format(
            from_=short(a), to=short(b),
            amount=n.quantity(amount, unit, 0 if amount >= 10 else 1)))
        for (a, b), amount in ranked
    ]  # fmt: skip


def _path(reader: Reader, outcome: Result, epci: str) -> Figure:
    """Production, or the local share if that is what is aimed at, over the years to the aim."""
    _, years = reader.words.gettext, outcome.years
    goals = tables.aims({"": outcome}, epci)
    shown = "local-share" if "production" not in goals else "production"
    made = [*tables.at(outcome, "local_production", epci).values()]
    granted = [*tables.at(outcome, "certificate_balance", epci).values()]
    unit, scale = reader.numbers.unit("GWh/yr"), [1.0] * len(years)
    title = _("Local production of {name}, towards the aim")
    if shown == "local-share":
        used = [*tables.at(outcome, "final_consumption", epci).values()]
        unit, scale = "%", [100 / value if value else math.nan for value in used]
        title = _("Local share of {name}, towards the aim")
    own = [(m + min(g, 0.0)) * k for m, g, k in zip(made, granted, scale, strict=True)]
    theirs = [max(g, 0.0) * k for g, k in zip(granted, scale, strict=True)]
    series = [Series(_("on its soil"), own, DARK[1])]
    if max(theirs) > 0:
        series.append(Series(_("certified by partners"), theirs, PARTNER))
    aim, size = _("Aim"), 100.0 if shown == "local-share" else 1.0
    marks = [Mark(years.index(y), v * size, aim) for y, v in goals.get(shown, {}).items()
             if y in years]  # fmt: skip
    title = title.format(name=reader.names.short(epci))
    svg = columns(Chart(title, unit, [str(y) for y in years], reader.whole), series, marks)
    return Figure(title, svg, legend=[(s.fill, s.name) for s in series])
