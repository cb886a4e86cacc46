"""Status: how sure the data are, and which figures would make the plan surest."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from model.fields import STATUS
from model.outcome.plain import Result
from model.views.facts import tables
from model.views.facts.bring import guesses
from model.views.painters.bars import share_bar
from model.views.painters.charts import Series
from model.views.painters.palette import STATUS_COLOURS
from model.views.sections.amounts import code
from model.views.sections.parts import Figure, Grid, Panel, Prose, Section
from model.views.sections.reader import Reader

MOST = 12
"""Places that a sentence names, of many."""


def data_status(reader: Reader) -> Section:
    """How much of the inputs is observed, published, estimated or illustrative."""
    _ = reader.words.gettext
    outcome, rows = widest(reader), []
    for name, of in _lines(reader, outcome):
        shares = tables.status(outcome, *of).values()
        cells = [reader.numbers.percent(by[s]) for by in shares for s in STATUS]
        rows.append([name, *cells])
    subjects = [reader.names("subject", subject) for subject in tables.status(outcome)]
    head = ["EPCI", *[reader.names("status", s) for s in STATUS] * len(subjects)]
    groups = [("", 1), *((subject, len(STATUS)) for subject in subjects)]
    grid = Grid(_("Status of the data by EPCI"), head, rows, groups=groups)
    panels = [
        Panel(
            [
                _doubt(reader, outcome),
                *_sites(reader, outcome),
                *_bring(reader, outcome),
                grid,
                *badge(reader, outcome),
            ]
        )
    ]
    lead = _(
        "Observed: measured. Published: stated by a public body. Estimated: by a documented rule. "
        "Illustrative: plausible, to be replaced."
    )
    return Section("status", _("How sure the data are"), lead, panels)


def _lines(reader: Reader, outcome: Result) -> list[tuple[str, list[str]]]:
    """Who stands in a line of a table: each that is told, and the others together."""
    others = reader.others(outcome)
    found = [(reader.names("epci", epci), [epci]) for epci in reader.members(outcome)]
    return [*found, (reader.rest(others), others)] if others else found


def _doubt(reader: Reader, outcome: Result) -> Grid:
    """Between what consumption and production of the base year lie."""
    _, unit = reader.words.gettext, reader.numbers.unit("GWh/yr")
    year = outcome.years[0]
    values = {
        "consumption": outcome.sum("final_consumption", "epci", "year")[:, 0],
        "production": outcome.sum("recorded_production", "epci"),
        "potential": outcome.sum("stated_potential", "epci"),
    }
    found = [
        np.array([outcome.sum(f"{of}_low", "epci"), value, outcome.sum(f"{of}_high", "epci")])
        for of, value in values.items()
    ]
    places = outcome.places("epci")
    rows = []
    for name, of in _lines(reader, outcome):
        at = [places[epci] for epci in of]
        cells = (reader.numbers.between(*three[:, at].sum(axis=1)) for three in found)
        rows.append([name, *cells])
    subjects = (_("Consumption"), _("Plants that stand"), _("Potential"))
    head = ["EPCI", *(f"{subject} [{unit}]" for subject in subjects)]
    note = _(
        "In brackets: between what four of five EPCI so estimated lie. Neighbours err alike: the "
        "interval of a sum is the sum of the intervals. A figure that was given has none. Of the "
        "potential: the cautious and the ambitious level."
    )
    title = _("The start of {year}, and how sure it is").format(year=year)
    return Grid(title, head, rows, note=note)


def _bring(reader: Reader, outcome: Result) -> list[Grid]:
    """The figures that would make the plan surest, and the file to bring for each."""
    found = guesses(outcome)
    if not found:
        return []
    _, n = reader.words.gettext, reader.numbers
    head = ["EPCI", _("Carrier"), f"{_('Consumption')} [{n.unit('GWh/yr')}]", _("File to bring")]
    rows = [
        [
            reader.names("epci", guess.epci),
            reader.names("carrier", guess.carrier),
            n.between(guess.low, guess.value, guess.high),
            _(guess.file),
        ]
        for guess in found
    ]
    text = _("Those with the widest intervals. {command} brings them.")
    note = Markup(text).format(command=code(_("python run.py import FILE")))
    return [Grid(_("Ten figures to bring first"), head, rows, note=note)]


def _sites(reader: Reader, outcome: Result) -> list[Prose]:
    """Where large industrial sites stand that an estimate cannot hold."""
    _, n = reader.words.gettext, reader.numbers
    burnt, held = (outcome.sum(name, "epci") for name in ("large_sites", "large_sites_held"))
    fuels = dict(zip(outcome.labels("epci"), burnt.tolist(), strict=True))
    places = [epci for epci, fuel in fuels.items() if fuel > 0]
    if reader.many(outcome) and len(places) > MOST:
        places = sorted(places, key=lambda epci: -fuels[epci])[:MOST]
    told = [
        f"{reader.names.short(epci)} ({n.quantity(fuels[epci], 'GWh/yr', 0)})" for epci in places
    ]
    if not told:
        return []
    words = (
        _(
            "Large industrial sites stand in {places}: the estimate may be far off, bring their "
            "figures."
        )
        if held.any()
        else _("Large industrial sites are left out of the plan: {places}.")
    )
    return [Prose(words.format(places=", ".join(told)))]


def widest(reader: Reader) -> Result:
    """The outcome with the most EPCI."""
    return max(reader.outcomes.values(), key=lambda outcome: len(outcome.labels("epci")))


def badge(reader: Reader, outcome: Result, *epci: str) -> list[Figure]:
    """How sure the data are: shares by status, of consumption, production and potential."""
    names = {s: reader.names("status", s) for s in STATUS}
    legend = [(STATUS_COLOURS[s], names[s]) for s in STATUS]
    figures = []
    for subject, by in tables.status(outcome, *epci).items():
        title = reader.words.gettext("Data: {subject}")
        title = title.format(subject=reader.names("subject", subject).lower())
        shares = [Series(names[s], [by[s]], STATUS_COLOURS[s]) for s in STATUS]
        svg = share_bar(title, shares, reader.numbers.percent)
        figures.append(Figure(title, svg, legend=legend, span=4))
    return figures
