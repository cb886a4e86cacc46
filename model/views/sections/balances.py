"""Balances: from where and to where each carrier goes, what stands, and the mean of the like.

Of one scenario, the one that the page opens on: for all the members a section, for each EPCI a part
of its sheet. The other scenarios are in `run.py export --format bilan`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from model.fields import BALANCE
from model.fields.balance import ENTERS, LEAVES, TERRITORY
from model.views.facts import alike, balances
from model.views.painters.palette import OTHER, fills
from model.views.painters.sankey import Flow, Node, sankey
from model.views.sections.parts import Figure, Grid, Panel, Part, Prose, Section
from model.views.sections.reader import OTHERS, Reader

LEAST, FINE = 0.5, 1e-3
"""Smallest flow that is drawn [GWh/yr], and as a share of what enters."""
SMALL = 0.05
"""What is less is not told in a table [GWh/yr, MW, ha, FTE, MWh/inhabitant]."""
SOURCES = 10
"""Technologies that are named in a figure, the largest; the rest are one."""
WIDE = 1160.0
"""Width of a figure over the whole page."""
ENERGY = "GWh/yr"


def balance(reader: Reader) -> Section | None:
    """The balance of all the members; None if the result is too old to have one."""
    _ = reader.words.gettext
    parts = of_place(reader, TERRITORY)
    lead = _(
        "Of each carrier, what enters the territory is what leaves it or is used in it. What the "
        "members send one another is on their sheets."
    )
    return Section("balance", _("Balance of the territory"), lead, [Panel(parts)] if parts else [])


def of_place(reader: Reader, place: str) -> list[Part]:
    """The balance of an EPCI, or of all; nothing if it is no member of the scenario."""
    flows, stocks = reader.balance
    flows, stocks = flows[flows["place"] == place], stocks[stocks["place"] == place]
    if flows.empty:
        return []
    _, outcome = reader.words.gettext, reader.outcomes[reader.start]
    told = _("Balance in the scenario “{scenario}”: of each carrier, what enters is what leaves.")
    horizon = outcome.resolved.get("horizon") or {}
    began = horizon.get("decided_from") or outcome.years[0]
    years = sorted({outcome.years[0], int(began), outcome.years[-1]})
    return [
        Prose(told.format(scenario=reader.names("scenario", reader.start))),
        _drawn(reader, flows, years[-1]),
        *_carriers(reader, flows, years),
        _stocks(reader, stocks, years),
        *_like(reader, place),
    ]


def _drawn(reader: Reader, flows: pd.DataFrame, year: int) -> Figure:
    """From sources to carriers to uses, in a year."""
    _, names = reader.words.gettext, reader.names
    made = flows[flows["flow"] == "made"].groupby("behind")[year].sum()
    large = set(made.nlargest(SOURCES).index)
    paint: dict[Node, str] = {
        (1, names("carrier", carrier)): fill for carrier, fill in reader.fill["carrier"].items()
    }
    partner = fills(reader.epci)
    amounts: dict[tuple[Node, Node], float] = {}
    for row in _rows(flows):
        carrier = (1, names("carrier", row["carrier"]))
        behind = row["behind"]
        if row["flow"] == "made" and behind not in large:
            behind = OTHERS
        name = _end(reader, row["flow"], behind)
        if row["flow"] in ENTERS:
            ends = (0, name), carrier
            by = reader.fill["technology"] if row["flow"] == "made" else partner
            paint[ends[0]] = by.get(behind, OTHER)
        else:
            ends = carrier, (2, name)
        amounts[ends] = amounts.get(ends, 0.0) + row[year]
    entering = sum(amount for (_start, end), amount in amounts.items() if end[0] == 1)
    least = max(LEAST, FINE * entering)
    links = [Flow(a, b, amount) for (a, b), amount in amounts.items() if amount > least]
    unit = reader.numbers.unit(ENERGY)
    title = _("From where and to where, {year} [{unit}]").format(year=year, unit=unit)
    listed = [[f.origin[1], f.end[1], reader.numbers(f.amount, 1)] for f in links]
    svg = sankey(title, unit, links, paint, reader.whole, WIDE)
    note = _("Flows below {amount} are not drawn; the balances count them.").format(
        amount=reader.numbers.quantity(least, ENERGY, 1)
    )
    grid = Grid(title, [_("From"), _("To"), unit], listed, left=2)
    return Figure(title, svg, grid, note=note, span=12)


def _end(reader: Reader, flow: str, behind: str) -> str:
    """The name of a source or of a use."""
    _ = reader.words.gettext
    if flow in balances.PARTNER:
        told = _("from {name}") if flow == "received" else _("to {name}")
        return told.format(name=reader.names.short(behind))
    if flow in ("made", "used"):
        return reader.name(balances.BEHIND[flow], behind)
    return reader.names("balance", flow)


def _carriers(reader: Reader, flows: pd.DataFrame, years: Sequence[int]) -> list[Grid]:
    """A row for each carrier: what enters and what leaves, a table for each year.

    They have the same columns: the flows that are something in some of the years.
    """
    _, names = reader.words.gettext, reader.names
    large = flows[years].max(axis=1) >= SMALL
    kept = [flow for flow in (*ENTERS, *LEAVES) if (large & (flows["flow"] == flow)).any()]
    enter = sum(flow in ENTERS for flow in kept)
    groups = [("", 1), (_("Enters"), enter), (_("Leaves"), len(kept) - enter)]
    head = [_("Carrier"), *(names("balance", flow) for flow in kept)]
    unit = reader.numbers.unit(ENERGY)
    grids = []
    for year in years:
        sums = flows.groupby(["carrier", "flow"])[year].sum().to_dict()
        rows = [
            [names("carrier", carrier), *(_told(reader, value) for value in values)]
            for carrier in reader.fill["carrier"]
            if max(values := [sums.get((carrier, flow), 0.0) for flow in kept]) >= SMALL
        ]
        caption = _("Balance of {year} [{unit}]").format(year=year, unit=unit)
        grids.append(Grid(caption, head, rows, groups=groups))
    return grids


def _told(reader: Reader, value: float) -> str:
    """A number, or nothing where there is nothing."""
    return reader.numbers(value, 1) if abs(value) >= SMALL else ""


def _stocks(reader: Reader, stocks: pd.DataFrame, years: Sequence[int]) -> Grid:
    """What stands, over the years: capacity by technology, all the land, all the engineers."""
    _, names = reader.words.gettext, reader.names
    behind = stocks["behind"].where(stocks["stock"] == "capacity", "")
    sums = stocks.groupby(["stock", behind], sort=False)[[*years]].sum()
    rows = [
        [
            names("technology", label) if label else names("stock", stock),
            reader.numbers.unit(BALANCE[stock].unit),
            *(_told(reader, value) for value in values),
        ]
        for (stock, label), values in zip(sums.index, sums.to_numpy().tolist(), strict=True)
        if max(values) >= SMALL
    ]
    return Grid(_("What stands"), [_("Stock"), _("Unit"), *map(str, years)], rows, left=2, span=6)


def _like(reader: Reader, place: str) -> list[Part]:
    """An EPCI beside the mean of its like, per inhabitant; nothing of all of them."""
    _, names, n = reader.words.gettext, reader.names, reader.numbers
    outcome = reader.outcomes[reader.start]
    if place == TERRITORY:
        return []
    found = alike.beside(outcome, reader.inputs, reader.alike, place)
    if not found:
        return []
    rows = [
        [names("subject", x.quantity), names(alike.QUANTITIES[x.quantity], x.label)]
        + [_told(reader, value) for value in (x.own, x.mean)]
        for x in found
        if max(x.own, x.mean) >= SMALL
    ]
    used = [x for x in found if x.quantity == "consumption"]
    told = _(
        "In {year} {own} are consumed per inhabitant here, {mean} in the {type} EPCI of France."
    ).format(
        year=outcome.years[0],
        own=n.quantity(sum(x.own for x in used), "MWh", 1),
        mean=n.quantity(sum(x.mean for x in used), "MWh", 1),
        type=names("type", outcome.coordinate("epci_type")[place]),
    )
    note = _(
        "The mean of all inhabitants of EPCI of this type, by our estimates; the potential is told "
        "before what the territory accepts."
    )
    unit = n.unit(alike.UNIT)
    caption = _("Beside the mean of its like [{unit}]").format(unit=unit)
    head = [_("Quantity"), _("Of which"), _("This EPCI"), _("Mean of its like")]
    return [Grid(caption, head, rows, left=2, note=f"{told} {note}", span=6)]


def _rows(table: pd.DataFrame) -> Iterator[dict[Any, Any]]:
    """The rows, cell by column."""
    yield from table.to_dict("records")
