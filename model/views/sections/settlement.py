"""Settlement: what partners pay each other, and for what; who else would be worth inviting."""

from __future__ import annotations

import math

from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.sections.parts import Grid, Panel, Part, Prose, Section
from model.views.sections.reader import Reader
from model.views.sections.shares import by_kind

MOST = 12
"""Longest list, the largest first."""
LEAST = 0.5
"""Volume below which nothing is said [GWh/yr]."""

LEAST_PAID = 0.005
"""Money below which nothing is said [MEUR/yr]."""


def settlement(reader: Reader) -> Section | None:
    """The section; None if no file holds any of it."""
    _ = reader.words.gettext
    found = {name: _parts(reader, game) for name, game in reader.games.items()}
    if not any(found.values()):
        return None
    none = Prose(_("Nothing of it is computed for this scenario."))
    panels = [Panel(found.get(name) or [none], name) for name in reader.outcomes]
    lead = _(
        "At these prices neither partner would rather do without the exchange. They come from the "
        "common plan; what a rule of sharing adds or takes away stands in the section before."
    )
    return Section("settlement", _("Prices, dividends and votes between partners"), lead, panels)


def _parts(reader: Reader, game: Result) -> list[Part]:
    _ = reader.words.gettext
    return [
        *_trade(reader, game),
        *_money(reader, game, "dividend", _("Dividends of the shared companies")),
        *_outside(reader, game),
        *_in_kind(reader, game),
        *_votes(reader, game),
        *_later(reader, game),
        *_perimeters(reader, game),
    ]


def _trade(reader: Reader, game: Result) -> list[Part]:
    """What is sent in the last year, at which price, and what full links earn."""
    if "settlement_volume" not in game or "settlement_price" not in game:
        return []
    _, unit, names = reader.words.gettext, reader.numbers.unit, reader.names
    year, rows = game.years[-1], list[tuple[float, list[str]]]()
    sent, price = (
        game.sum(f"settlement_{what}", "link", "carrier", year=year) for what in ("volume", "price")
    )
    for i, link in enumerate(game.labels("link")):
        origin, _arrow, end = link.partition(">")
        for k, carrier in enumerate(game.labels("carrier")):
            if sent[i, k] > LEAST and math.isfinite(price[i, k]):
                kind = "flow" if carrier == tables.CERTIFICATE else "carrier"
                value = sent[i, k] * price[i, k] / 1e3
                ends = [names("epci", origin), names("epci", end), names(kind, carrier)]
                told = [reader.whole(sent[i, k]), reader.numbers(price[i, k], 1)]
                rows.append((value, [*ends, *told, reader.numbers(value, 1)]))
    rows.sort(key=lambda pair: -pair[0])
    head = [_("From"), _("To"), _("Carrier")]
    head += [unit("GWh/yr"), unit("EUR/MWh"), unit("MEUR/yr")]
    title = _("Largest sales between partners in {year}").format(year=year)
    note = _("Price: midway between what a MWh is worth to the two, losses and toll taken off.")
    listed = Grid(title, head, [row for _value, row in rows[:MOST]], left=3, note=note)
    return [listed, *_rents(reader, game)] if rows else []


def _rents(reader: Reader, game: Result) -> list[Grid]:
    """What full links earn."""
    if "congestion_rent" not in game:
        return []
    _, names = reader.words.gettext, reader.names
    found = game.sum("congestion_rent", "link", "year")
    links = game.labels("link")
    order = [i for i in (-found.max(axis=1)).argsort(kind="stable") if found[i].max() > 0.05]
    unit = reader.numbers.unit("MEUR/yr")
    title = _("Rent of the links that are full [{unit}]").format(unit=unit)
    rows = [
        [
            " → ".join(map(names.short, links[i].split(">"))),
            *(reader.numbers(v, 1) for v in found[i]),
        ]
        for i in order[:MOST]
    ]
    return [Grid(title, [_("Link"), *map(str, game.years)], rows)] if rows else []


def _money(reader: Reader, game: Result, name: str, title: str) -> list[Grid]:
    """Money by partner and year, if there is any."""
    found = sharing.by_year(game, name)
    if not any(abs(v) > LEAST_PAID for values in found.values() for v in values):
        return []
    head, told = ["EPCI", *map(str, game.years)], reader.folded(game, found)
    caption = f"{title} [{reader.numbers.unit('MEUR/yr')}]"
    return [reader.grid(caption, head, told, lambda e: reader.names("epci", e), digits=2)]


def _outside(reader: Reader, game: Result) -> list[Part]:
    """What holders from outside receive in the last year, if anything."""
    if "outside_dividend" not in game:
        return []
    year = game.years[-1]
    paid = float(game.sum("outside_dividend", year=year))
    if not paid > LEAST_PAID:
        return []
    told = reader.words.gettext(
        "Holders of capital from outside of the territory receive {amount} in {year}."
    )
    amount = reader.numbers.quantity(paid, "MEUR/yr", 1)
    return [Prose(told.format(amount=amount, year=year))]


def _in_kind(reader: Reader, game: Result) -> list[Grid]:
    """Worth of what is lent less that of what is borrowed, in the years of the answer."""
    title = reader.words.gettext("Given in kind, less received: its worth [{unit}]")
    title = title.format(unit=reader.numbers.unit("MEUR/yr"))
    return by_kind(reader, game, title, ("in_kind", "resource"), reader.milestones)


def _votes(reader: Reader, game: Result) -> list[Grid]:
    """How often a shareholder decides."""
    if "voting_power" not in game:
        return []
    _, n = reader.words.gettext, reader.numbers
    found = game.sum("voting_power", "epci", "quota").tolist()
    told = reader.folded(game, dict(zip(game.labels("epci"), found, strict=True)))
    rows = [
        [reader.names("epci", partner), *map(n.percent, values)] for partner, values in told.items()
    ]
    head = ["EPCI", *(reader.names("quota", quota) for quota in game.labels("quota"))]
    note = _("Share of the orders of voting in which this shareholder is the one that decides.")
    return [Grid(_("Power in the votes of the shared company"), head, rows, note=note, span=6)]


def _later(reader: Reader, game: Result) -> list[Grid]:
    """What the worst-treated pay too much if all is opened again some years later."""
    if "tail_excess" not in game:
        return []
    _, n = reader.words.gettext, reader.numbers
    shown = sharing.drawable(game)
    found = game.sum("tail_excess", "rule", "reopening").tolist()
    rows = [
        [reader.names("rule", rule), *(n(value, 1) for value in values)]
        for rule, values in zip(game.labels("rule"), found, strict=True)
        if rule in shown
    ]
    unit = n.unit("MEUR")
    title = _("If all is opened again: what the worst-treated pay too much [{unit}]")
    head = [_("Rule"), *map(str, game.labels("reopening"))]
    note = _("From that year on. Zero or less: nobody would leave then. Above: a clause is needed.")
    return [Grid(title.format(unit=unit), head, rows, note=note, span=6)]


def _perimeters(reader: Reader, game: Result) -> list[Part]:
    """The groups that save most, and the partner that each would invite next."""
    if "perimeter_gain" not in game:
        return []
    _, n, unit = reader.words.gettext, reader.numbers, reader.numbers.unit("MEUR")
    parts: list[Part] = []
    if "least_subsidy" in game and (subsidy := float(game.arrays["least_subsidy"])) > 0.05:
        words = _("With {amount} from outside, over the whole path, nobody would rather leave.")
        parts.append(Prose(words.format(amount=n.quantity(subsidy, "MEUR", 1))))
    best = _best_of_each_size(game)
    partners, adds = (
        sharing.by_label(game, name) for name in ("next_partner", "next_partner_gain")
    )
    rows = []
    for coalition, gain in best:
        partner = partners.get(coalition, "")
        members = coalition.split("+")
        rows.append(
            [
                str(len(members)),
                reader.names.listed(members, game.labels("epci")),
                n(gain, 1),
                reader.names.short(partner) if partner else "–",
                n(adds.get(coalition, tables.NAN), 1),
            ]
        )
    head = [_("Partners"), _("The group of this size that saves most"), unit]
    head += [_("Next to invite"), _("adds [{unit}]").format(unit=unit)]
    return [*parts, Grid(_("Whom to cooperate with"), head, rows, left=2)]


def _best_of_each_size(game: Result) -> list[tuple[str, float]]:
    """The coalition of two or more that saves most, by size."""
    best: dict[int, tuple[str, float]] = {}
    for coalition, gain in sharing.by_label(game, "perimeter_gain").items():
        size = coalition.count("+") + 1
        if size > 1 and math.isfinite(gain) and gain > best.get(size, ("", -math.inf))[1]:
            best[size] = (coalition, gain)
    return [best[size] for size in sorted(best)]
