"""Sheets: one page for each EPCI — the *fiche territoriale*."""

from __future__ import annotations

from model.views import tables
from model.views.answers import MILESTONES
from model.views.overview import badge
from model.views.page import Grid, Panel, Part, Section
from model.views.reader import Reader
from model.views.result import Result
from model.views.territory import ENERGY, aim_marks, wholes_grid

MOST = 8
"""Longest list on a sheet, the largest first."""


def sheets(reader: Reader) -> list[Section]:
    """The sheet of every EPCI of any scenario."""
    return [_sheet(reader, epci) for epci in reader.epci]


def _sheet(reader: Reader, epci: str) -> Section:
    _ = reader.words.gettext
    holders = {n: o for n, o in reader.outcomes.items() if epci in o.labels("epci")}
    first = next(iter(holders.values()))
    lead = _("EPCI of type {type}, {people} inhabitants, SIREN {siren}.").format(
        type=reader.names("type", first.coordinate("epci_type")[epci]),
        people=reader.whole(first.coordinate("population")[epci]),
        siren=epci,
    )
    panels = [Panel([_answers(reader, epci), *badge(reader, first, epci)])]
    panels += [Panel(_parts(reader, outcome, epci), name) for name, outcome in holders.items()]
    return Section(f"sheet-{epci}", reader.names("epci", epci), lead, panels, epci)


def _answers(reader: Reader, epci: str) -> Grid:
    """The EPCI in every scenario; a scenario that it is not part of is said to be without it."""
    _, unit = reader.words.gettext, reader.numbers.unit
    years = [str(year) for year in MILESTONES]
    final = years[-1]
    groups = [
        ("", 1),
        (_("Cost [{unit}]").format(unit=unit("MEUR/yr")), 1),
        (_("Local production [{unit}]").format(unit=unit(ENERGY)), 3),
        (_("Local share, {year}").format(year=final), 2),
        (_("Received, net [{unit}]").format(unit=unit(ENERGY)), 1),
        (_("Emissions [{unit}]").format(unit=unit("kt/yr")), 1),
    ]
    head = [_("Scenario"), final, *years, _("on its soil"), _("with partners"), final, final]
    rows = [
        [reader.names("scenario", name), *_answer(reader, outcome, epci)]
        for name, outcome in reader.outcomes.items()
    ]
    note = _("Costs are before any transfer between the members.")
    return Grid(_("This EPCI in each scenario"), head, rows, groups=groups, note=note)


def _answer(reader: Reader, outcome: Result, epci: str) -> list[str]:
    n, final = reader.numbers, MILESTONES[-1]
    made = tables.at(outcome, "local_production", epci)
    if not made:
        return [reader.words.gettext("not a member"), *[n(tables.NAN)] * 7]
    ranks = {year: rank for rank, year in enumerate(outcome.years)}
    received = tables.net_received(outcome)[epci]
    shares = (
        tables.at(outcome, "local_share", epci, definition=definition).get(final, tables.NAN)
        for definition in ("soil", "contractual")
    )
    return [
        reader.whole(tables.at(outcome, "cost", epci).get(final, tables.NAN)),
        *(reader.whole(made.get(year, tables.NAN)) for year in MILESTONES),
        *(n.percent(share, 1) for share in shares),
        reader.signed(received[ranks[final]] if final in ranks else tables.NAN),
        reader.whole(tables.at(outcome, "emissions", epci).get(final, tables.NAN)),
    ]


def _parts(reader: Reader, outcome: Result, epci: str) -> list[Part]:
    _ = reader.words.gettext
    consumed, produced = _("Final consumption by sector"), _("Local production by technology")
    marks = aim_marks(reader, outcome, epci)
    grids = [_partners(reader, outcome, epci), _limits(reader, outcome, epci)]
    if reader.wholes:
        grids.append(wholes_grid(reader, outcome, epci))
    return [
        reader.stack(consumed, outcome, "final_consumption", "sector", epci),
        reader.stack(produced, outcome, "local_production", "technology", epci, marks),
        *(grid for grid in grids if grid.rows),
    ]


def _partners(reader: Reader, outcome: Result, epci: str) -> Grid:
    """The largest exchanges with partners in the last year."""
    _, year = reader.words.gettext, outcome.years[-1]
    moved = [x for x in tables.exchanges(outcome) if epci in (x.origin, x.destination)]
    moved = sorted((x for x in moved if x.sent[year] > 0.5), key=lambda x: -x.sent[year])
    rows = []
    for exchange in moved[:MOST]:
        sends = exchange.origin == epci
        partner = exchange.destination if sends else exchange.origin
        kind = "flow" if exchange.carrier == tables.CERTIFICATE else "carrier"
        way = _("sends to") if sends else _("receives from")
        name = reader.names(kind, exchange.carrier)
        rows.append([way, reader.names("epci", partner), name, reader.whole(exchange.sent[year])])
    caption = _("Largest exchanges in {year}").format(year=year)
    head = [_("Way"), _("Partner"), _("Carrier"), reader.numbers.unit(ENERGY)]
    return Grid(caption, head, rows, left=3, span=6)


def _limits(reader: Reader, outcome: Result, epci: str) -> Grid:
    """The potentials used up in the last year, the dearest first."""
    _, unit = reader.words.gettext, reader.numbers.unit("EUR/MWh")
    rows = [
        [reader.names("technology", technology), reader.numbers(rent, 1)]
        for technology, rent in list(tables.rents(outcome, epci).items())[:MOST]
    ]
    caption = _("Potentials used up: worth of one more MWh [{unit}]").format(unit=unit)
    return Grid(caption, [_("Technology"), unit], rows, span=6)
