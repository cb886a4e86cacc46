"""Sheets: one page for each EPCI — the *fiche territoriale*."""

from __future__ import annotations

from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.sections.balances import of_place
from model.views.sections.parts import Grid, Panel, Part, Section
from model.views.sections.reader import Reader
from model.views.sections.status import badge
from model.views.sections.sure import partner
from model.views.sections.territory import ENERGY, aim_marks, wholes_grid

MOST = 8
"""Longest list on a sheet, the largest first."""


def sheets(reader: Reader) -> list[Section]:
    """The sheet of every EPCI that is told."""
    return [_sheet(reader, epci) for epci in reader.told]


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
    panels += [Panel(parts) for parts in [of_place(reader, epci)] if parts]
    panels += [Panel(_parts(reader, name, epci), name) for name in holders]
    return Section(f"sheet-{epci}", reader.names("epci", epci), lead, panels, epci)


def _answers(reader: Reader, epci: str) -> Grid:
    """The EPCI in every scenario; a scenario that it is not part of is said to be without it."""
    _, unit = reader.words.gettext, reader.numbers.unit
    years = [str(year) for year in reader.milestones]
    final = years[-1]
    groups = [
        ("", 1),
        (_("Cost [{unit}]").format(unit=unit("MEUR/yr")), 1),
        (_("Local production [{unit}]").format(unit=unit(ENERGY)), len(years)),
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
    n, final = reader.numbers, reader.milestones[-1]
    made = tables.at(outcome, "local_production", epci)
    if not made:
        return [
            reader.words.gettext("not a member"),
            *[n(tables.NAN)] * (len(reader.milestones) + 4),
        ]
    ranks = {year: rank for rank, year in enumerate(outcome.years)}
    received = tables.net_received(outcome)[epci]
    shares = (
        tables.at(outcome, "local_share", epci, definition=definition).get(final, tables.NAN)
        for definition in ("soil", "contractual")
    )
    return [
        reader.whole(tables.at(outcome, "cost", epci).get(final, tables.NAN)),
        *(reader.whole(made.get(year, tables.NAN)) for year in reader.milestones),
        *(n.percent(share, 1) for share in shares),
        reader.signed(received[ranks[final]] if final in ranks else tables.NAN),
        reader.whole(tables.at(outcome, "emissions", epci).get(final, tables.NAN)),
    ]


def _parts(reader: Reader, name: str, epci: str) -> list[Part]:
    _, outcome = reader.words.gettext, reader.outcomes[name]
    consumed, produced = _("Final consumption by sector"), _("Local production by technology")
    marks = aim_marks(reader, outcome, epci)
    grids = [_partners(reader, outcome, epci), _limits(reader, outcome, epci)]
    game = reader.games.get(name)
    if game and epci in game.labels("epci"):
        grids.insert(0, _gains(reader, game, epci))
    if reader.wholes:
        grids.append(wholes_grid(reader, outcome, epci))
    return [
        reader.stack(consumed, outcome, "final_consumption", "sector", epci),
        reader.stack(produced, outcome, "local_production", "technology", epci, marks),
        *partner(reader, name, epci),
        *(grid for grid in grids if grid.rows),
    ]


def _gains(reader: Reader, game: Result, epci: str) -> Grid:
    """What the EPCI gains by each rule, and what it pays or receives each year."""
    _, n, unit = reader.words.gettext, reader.numbers, reader.numbers.unit
    years = [year for year in reader.milestones if year in game.years]
    ranks = [game.years.index(year) for year in years]
    heads, shares = (sharing.by_rule(game, v) for v in ("gain_per_inhabitant", "relative_gain"))
    rows = []
    for rule in sharing.drawable(game) or sharing.rules(game):
        yearly = []
        for name in ("transfer", "net_gain"):
            values = sharing.by_year(game, name, rule=rule).get(epci)
            yearly += [n(values[r] if values else tables.NAN, 1, signed=True) for r in ranks]
        rows.append(
            [
                reader.names("rule", rule),
                n(sharing.gains(game)[rule][epci], 1, signed=True),
                reader.signed(heads[rule][epci] if heads else tables.NAN),
                n.percent(shares[rule][epci] if shares else tables.NAN, 2, signed=True),
                *yearly,
            ]
        )
    money = unit("MEUR/yr")
    groups = [("", 1), (_("Gain over the whole path"), 3)]
    groups.append((_("Pays (+) or receives (−) [{unit}]").format(unit=money), len(years)))
    groups.append((_("Gain of the year [{unit}]").format(unit=money), len(years)))
    head = [_("Rule"), unit("MEUR"), unit("EUR/inhabitant"), "%", *[str(y) for y in years] * 2]
    return Grid(_("What this EPCI gains by cooperating, by rule"), head, rows, groups=groups)


def _partners(reader: Reader, outcome: Result, epci: str) -> Grid:
    """The largest exchanges with partners in the last year."""
    _, year = reader.words.gettext, outcome.years[-1]
    moved = tables.exchanges_of(outcome).get(epci, ())
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
