"""Network: who feeds whom — from sources to sectors, and from EPCI to EPCI."""

from __future__ import annotations

from model.outcome.plain import Result
from model.views.facts import flows
from model.views.painters.palette import OTHER, fills
from model.views.painters.sankey import Flow, Node, sankey
from model.views.sections.parts import Figure, Grid, Panel, Part, Section
from model.views.sections.reader import OTHERS, Reader

LEAST = 0.5
"""Smallest flow that is drawn [GWh/yr]."""
PAIRS = 20
"""Exchanges that are drawn of many members, the largest."""
WIDE = 1160.0
"""Width of a figure over the whole page."""


def network(reader: Reader) -> Section:
    """Flows of each scenario and year."""
    _ = reader.words.gettext
    panels = [
        Panel([_energy(reader, outcome, year), *_exchange(reader, outcome, year)], name, str(year))
        for name, outcome, years in reader.by_scenario()
        for year in years
    ]
    lead = _(
        "Final energy of all the members in the chosen year. What comes from outside is net of "
        "sales and of conversions between carriers, so that each carrier balances."
    )
    return Section("flows", _("Flows"), lead, panels)


def _energy(reader: Reader, outcome: Result, year: int) -> Figure:
    _ = reader.words.gettext
    sources, uses = flows.final_flows(outcome, reader.carriers_of, year)
    named = reader.fill["technology"]
    paint: dict[Node, str] = {
        (1, reader.names("carrier", carrier)): colour
        for carrier, colour in reader.fill["carrier"].items()
    }
    amounts: dict[tuple[Node, Node], float] = {}
    for (source, carrier), amount in sorted(sources.items(), key=lambda p: p[0][0] not in named):
        known = source if source in named or source == flows.OUTSIDE else OTHERS
        kind = "flow" if known == flows.OUTSIDE else "technology"
        start = (0, reader.name(kind, known))
        paint[start] = named.get(known, OTHER)
        ends = start, (1, reader.names("carrier", carrier))
        amounts[ends] = amounts.get(ends, 0.0) + amount
    for (carrier, use), amount in uses.items():
        kind = "flow" if use == flows.SURPLUS else "sector"
        amounts[(1, reader.names("carrier", carrier)), (2, reader.names(kind, use))] = amount
    links = [Flow(a, b, amount) for (a, b), amount in amounts.items() if amount > LEAST]
    unit = reader.numbers.unit("GWh/yr")
    title = _("From sources to sectors, {year} [{unit}]").format(year=year, unit=unit)
    listed = [[f.origin[1], f.end[1], reader.whole(f.amount)] for f in links]
    svg = sankey(title, unit, links, paint, reader.whole, WIDE)
    return Figure(title, svg, Grid(title, [_("From"), _("To"), unit], listed, left=2), span=12)


def _exchange(reader: Reader, outcome: Result, year: int) -> list[Part]:
    """The figure of the exchanges and, beside it, their table; nothing if there are none."""
    found = flows.partner_flows(outcome, year)
    if not found:
        return []
    _, short, name = reader.words.gettext, reader.names.short, reader.names
    paint = {(0, short(epci)): colour for epci, colour in fills(reader.epci).items()}
    ranked = sorted(found.items(), key=lambda pair: -sum(pair[1]))
    if reader.many(outcome):
        ranked = ranked[:PAIRS]
        found = dict(ranked)
    links = [Flow((0, short(a)), (1, short(b)), sum(amounts)) for (a, b), amounts in found.items()]
    rows = [
        [name("epci", a), name("epci", b), *map(reader.whole, amounts)]
        for (a, b), amounts in ranked
    ]
    unit = reader.numbers.unit("GWh/yr")
    title = _("Between EPCI, {year} [{unit}]").format(year=year, unit=unit)
    note = _("Energy under contract or delivered, and certificates of origin, together.")
    if reader.many(outcome):
        note = f"{note} {_('The {count} largest.').format(count=len(found))}"
    head = [_("From"), _("To"), _("Energy"), _("Certificates")]
    svg = sankey(title, unit, links, paint, reader.whole)
    return [Figure(title, svg, note=note), Grid(title, head, rows, left=2, span=6)]
