"""Maps: each territory painted by a figure that a reader chooses, and what partners send."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.facts.cube import people, plain
from model.views.facts.flows import partner_flows
from model.views.painters.map import ROOM, Arc
from model.views.painters.palette import ABSENT
from model.views.sections.layers import Layer, layer, layers
from model.views.sections.parts import Figure, Grid, Panel, Section
from model.views.sections.reader import MANY, Reader

FIRST = "made"
"""The figure that the map opens on."""
AMOUNTS = (FIRST, "used", "received")
"""Figures of which those of several EPCI have a sum."""
NAMED, DRAWN = 16, 60
"""Names on a map of many members, where there is room, and arrows: the largest."""

Sent = Mapping[str, Mapping[int, Sequence[tuple[str, str, float]]]]
"""By scenario and year, what flows from one territory to another [GWh/yr]."""


def maps(reader: Reader) -> Section:
    """The map of each scenario and figure in the last year; a table for each scenario and year."""
    _ = reader.words.gettext
    every, sent = layers(reader), _sent(reader)
    panels = []
    for name, outcome, years in reader.by_scenario() if reader.atlas.shapes else ():
        arcs = _arcs(reader, sent, name, years[-1])
        for key, it in every.items():
            found = it.values.get(name, {})
            values = found.get(str(years[-1]), found.get(reader.rule))
            if values:
                figure = drawn(reader, it, values, guesses(outcome, it), arcs)
                figure = replace(figure, span=12, live="map")
                panels.append(Panel([figure], name, str(years[-1]), layer=key, live=True))
    for name, outcome, years in reader.by_scenario():
        panels += [
            Panel([_table(reader, every, name, outcome, year)], name, str(year)) for year in years
        ]
    lead = _(
        "A colour means the same in every year and scenario. Arrows: what partners send, as thick "
        "as it is large, energy and certificates together."
    )
    options = {key: it.title for key, it in every.items()} if reader.atlas.shapes else {}
    control = "layer" if options else ""
    return Section("map", _("Map"), lead, panels, control=control, options=options)


def _table(
    reader: Reader, every: Mapping[str, Layer], name: str, outcome: Result, year: int
) -> Grid:
    """Every figure of the map of the year, by territory."""
    shown = {k: it for k, it in every.items() if it.values.get(name)}
    found = {
        k: it.values[name].get(str(year), it.values[name].get(reader.rule, {}))
        for k, it in shown.items()
    }
    n, others = reader.numbers, reader.others(outcome)
    rows = [
        [
            reader.names("epci", epci),
            *(n(of.get(epci, tables.NAN), shown[k].digits) for k, of in found.items()),
        ]
        for epci in reader.members(outcome)
    ]
    if others:
        sums = (
            n(sum(of[epci] for epci in others) if k in AMOUNTS else tables.NAN, 0)
            for k, of in found.items()
        )
        rows.append([reader.rest(others), *sums])
    head = ["EPCI", *(it.title for it in shown.values())]
    caption = reader.words.gettext("The members in {year}").format(year=year)
    return Grid(caption, head, rows)


def guesses(outcome: Result, layer: Layer) -> list[str]:
    """The EPCI whose value rests on guesses."""
    return tables.guessed(outcome, layer.subject) if layer.subject else []


def hatched(reader: Reader, guessed: Collection[str], words: str = "") -> Markup:
    """What the hatches say; nothing where there is none."""
    words = words or reader.words(
        "Hatched: more than half of what it rests on is estimated or illustrative."
    )
    return Markup('<span class="doubt">{}</span>').format(words) if guessed else Markup()


def drawn(
    reader: Reader,
    layer: Layer,
    values: Mapping[str, float],
    guessed: Collection[str] = (),
    arcs: Sequence[Arc] = (),
) -> Figure:
    """The map of a quantity: its values by EPCI."""
    _ = reader.words.gettext
    colour = {epci: layer.colour(value) for epci, value in values.items()}
    labels = {
        e: (reader.names.short(e), reader.numbers(value, layer.digits))
        for e, value in values.items()
    }
    if len(labels) > MANY:
        labels = quiet(reader, labels, values, ROOM)
    legend = _legend(reader, layer.bounds, layer.colours)
    if reader.atlas.shapes.keys() - values.keys():
        legend.append((ABSENT, _("not a member")))
    svg = reader.atlas.draw(layer.title, colour, labels, guessed, arcs, reader.focus)
    return Figure(layer.title, svg, legend=legend, note=hatched(reader, guessed))


def quiet(
    reader: Reader,
    labels: Mapping[str, tuple[str, str]],
    values: Mapping[str, float],
    room: tuple[float, float],
) -> dict[str, tuple[str, str]]:
    """Labels of which the followed one and the largest stand, as room allows; others are tips."""
    known = [e for e in reader.atlas.shapes if math.isfinite(values.get(e, math.nan))]
    ranked = sorted(known, key=lambda epci: (epci != reader.focus, -abs(values[epci])))
    loud = reader.atlas.apart(ranked[:NAMED], room)
    return {
        epci: (name, value) if epci in loud else (f"{name}: {value}", "")
        for epci, (name, value) in labels.items()
    }


def _arcs(reader: Reader, sent: Sent, name: str, year: int) -> list[Arc]:
    """What each partner sends each other, the largest first."""
    most = _largest(sent)
    unit = reader.numbers.unit("GWh/yr")
    return [
        Arc(
            a,
            b,
            amount / most,
            f"{reader.names.short(a)} → {reader.names.short(b)}: {reader.whole(amount)} {unit}",
        )
        for a, b, amount in sent[name][year]
    ]


def _sent(reader: Reader) -> Sent:
    """What flows, the largest first; read once, for a page asks for it many times."""
    return {
        name: {
            year: sorted(
                ((a, b, sum(amounts)) for (a, b), amounts in partner_flows(o, year).items()),
                key=lambda flow: -flow[2],
            )[: DRAWN if reader.many(o) else None]
            for year in o.years
        }
        for name, o in reader.outcomes.items()
    }


def _largest(sent: Sent) -> float:
    """The largest flow of any scenario and year [GWh/yr]: the thickest arrow."""
    every = (flow[2] for of in sent.values() for flows in of.values() for flow in flows)
    return max(1.0, max(every, default=1.0))


def told(reader: Reader) -> dict[str, Any]:
    """What the script of the page needs to draw the map for other choices."""
    if not reader.atlas.shapes:
        return {}
    heads, sent = people(reader.outcomes), _sent(reader)
    unit = f"[{reader.numbers.unit('GWh/yr')}]"
    each = f"[{reader.numbers.unit('MWh/inhabitant')}]"
    made: dict[str, Any] = {}
    for key, it in layers(reader).items():
        made[key] = _told(reader, it)
        if key in AMOUNTS:
            per_head = {
                name: {
                    at: {epci: 1e3 * v / heads[epci] for epci, v in by.items()}
                    for at, by in of.items()
                }
                for name, of in it.values.items()
            }
            made[key]["head"] = _told(
                reader, layer(it.title.replace(unit, each), 1, per_head, it.subject)
            )
    return {
        "layers": made,
        "guessed": {
            subject: {name: tables.guessed(o, subject) for name, o in reader.outcomes.items()}
            for subject in ("potential", "consumption")
        },
        "flows": {
            name: {year: [[a, b, plain(v)] for a, b, v in flows] for year, flows in of.items()}
            for name, of in sent.items()
        },
        "most": _largest(sent),
        "names": {epci: reader.names.short(epci) for epci in reader.epci},
        "unit": reader.numbers.unit("GWh/yr"),
        "absent": reader.words.gettext("not a member"),
    }


def _told(reader: Reader, it: Layer) -> dict[str, Any]:
    return {
        "title": it.title,
        "digits": it.digits,
        "subject": it.subject,
        "bounds": it.bounds,
        "legend": _legend(reader, it.bounds, it.colours),
        "values": {
            name: {at: {epci: plain(v) for epci, v in by.items()} for at, by in of.items()}
            for name, of in it.values.items()
        },
    }


def _legend(
    reader: Reader, bounds: Sequence[float], colours: Sequence[str]
) -> list[tuple[str, str]]:
    words = reader.words.gettext("{low} to {high}")
    return [
        (fill, words.format(low=_bound(reader, a), high=_bound(reader, b)))
        for fill, (a, b) in zip(colours, pairwise(bounds), strict=True)
    ]


def _bound(reader: Reader, value: float) -> str:
    return reader.numbers(value, 0 if value.is_integer() else None)
