"""Shares: what each partner pays, gains and transfers by one rule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.painters.bars import Step, waterfall
from model.views.painters.charts import Chart, Series
from model.views.painters.lines import LOUD, lines
from model.views.painters.palette import GOOD, POOR, TOTAL, strokes
from model.views.sections import maps
from model.views.sections.layers import layer
from model.views.sections.parts import Figure, Grid, Part, Prose
from model.views.sections.reader import Reader

PATH, YEARLY = "MEUR", "MEUR/yr"
LEAST = 0.05
"""Money below which nobody counts [MEUR]."""


def by_rule(reader: Reader, game: Result, rule: str) -> list[Part]:
    """A rule in words, and who pays, gains and transfers what by it."""
    _ = reader.words.gettext
    if rule not in game.labels("rule"):
        return [Prose(_("The quick computation leaves this rule out."))]
    if rule not in sharing.rules(game):
        return [
            Prose(_("blank: {reason}").format(reason=sharing.reason(game, rule, reader.words.lang)))
        ]
    words = reader.names("rule-words", rule)
    early = _early(reader, game, rule)
    unique = _unique(reader, game) if rule in sharing.BY_PRICE else ""
    parts: list[Part] = [Prose(text) for text in (words, unique, early) if text]
    parts += [*_bills(reader, game, rule), *_map(reader, game, rule), _money(reader, game, rule)]
    return [*parts, *_yearly(reader, game, rule)]


def _early(reader: Reader, game: Result, rule: str) -> str:
    """Who gains over the whole path but not every year."""
    _ = reader.words.gettext
    yearly, whole = sharing.by_year(game, "net_gain", rule=rule), sharing.gains(game)[rule]
    early = [e for e, v in yearly.items() if min(v) < -LEAST and whole[e] > 0]
    if not early:
        return ""
    last = max(y for e in early for y, v in zip(game.years, yearly[e], strict=True) if v < -LEAST)
    words = _(
        "{names} gain over the whole path, but in some years up to {year} pay more than alone."
    )
    return words.format(names=reader.names.listed(early, game.labels("epci")), year=last)


def _unique(reader: Reader, game: Result) -> str:
    """Whether the common plan leaves a choice of prices."""
    if "price_range" not in game:
        return ""
    low, high = game.sum("price_range", "bound", "epci")
    width = float((high - low).max())
    if width <= sharing.SMALL * sharing.whole(game):
        return reader.words.gettext("The common plan leaves no choice of prices.")
    words = reader.words.gettext(
        "The common plan leaves a choice of prices: a share may differ by up to {amount}."
    )
    return words.format(amount=reader.numbers.quantity(width, PATH, 0))


def _bills(reader: Reader, game: Result, rule: str) -> list[Figure]:
    """From the bills of each alone to the common bill, if all can do without the others."""
    _, n = reader.words.gettext, reader.numbers
    gain, unit = sharing.gains(game)[rule], n.unit(PATH)
    alone = sum(sharing.alone(game).values())
    if not math.isfinite(alone):
        return []
    steps = [Step(_("Bills of each alone"), alone, TOTAL, True)]
    told = reader.folded(game, {partner: [value] for partner, value in gain.items()})
    for partner, [value] in sorted(told.items(), key=lambda pair: -round(pair[1][0], 6)):
        steps.append(Step(reader.names.short(partner), -value, GOOD if value >= 0 else POOR))
    common = alone - sum(gain.values())
    steps.append(Step(_("Common bill"), common, TOTAL, True))
    title = _("From the bills of each alone to the common bill [{unit}]").format(unit=unit)
    base = _base(steps)
    svg = waterfall(title, unit, steps, reader.whole, lambda v: n(v, 1, signed=True), base)
    note = _("The axis begins at {base}.").format(base=n.quantity(base, PATH, 0))
    return [Figure(title, svg, note=note)]


def _base(steps: Sequence[Step]) -> float:
    """A start of the axis that leaves the changes readable."""
    places, at = [steps[0].value], steps[0].value
    for step in steps[1:-1]:
        at += step.value
        places.append(at)
    low, high = min(places), max(places)
    return math.floor((low - 0.3 * (high - low)) / 10) * 10.0


def _map(reader: Reader, game: Result, rule: str) -> list[Figure]:
    """The gain per inhabitant, if there are outlines."""
    found = sharing.by_rule(game, "gain_per_inhabitant").get(rule)
    finite = {partner: v for partner, v in (found or {}).items() if math.isfinite(v)}
    if not finite or not reader.atlas.shapes:
        return []
    _ = reader.words.gettext
    unit = reader.numbers.unit("EUR/inhabitant")
    title = _("Gain per inhabitant over the whole path [{unit}]").format(unit=unit)
    painted = layer(title, 0, {"": {"": finite}})
    return [maps.drawn(reader, painted, finite)]


def _money(reader: Reader, game: Result, rule: str) -> Grid:
    """Alone and gained, by milestone and over the whole path."""
    _, n, unit = reader.words.gettext, reader.numbers, reader.numbers.unit
    alone, share = sharing.alone(game), sharing.by_rule(game, "allocation")[rule]
    gain = sharing.gains(game)[rule]
    heads = sharing.by_rule(game, "gain_per_inhabitant").get(rule, {})
    cost, net = sharing.by_year(game, "alone_cost"), sharing.by_year(game, "net_gain", rule=rule)
    ranks = [game.years.index(year) for year in reader.milestones if year in game.years]
    rows, blank = [], [tables.NAN] * len(game.years)
    yearly = {
        partner: [of.get(partner, blank)[rank] for rank in ranks for of in (cost, net)]
        for partner in alone
    }
    paths = {partner: [alone[partner], share[partner], gain[partner]] for partner in alone}
    years = reader.folded(game, yearly)
    for partner, (own, borne, saved) in reader.folded(game, paths).items():
        cells = zip(years[partner][::2], years[partner][1::2], strict=True)
        rows.append(
            [
                reader.names("epci", partner),
                *(text for a, b in cells for text in (reader.whole(a), n(b, 1, signed=True))),
                reader.whole(own),
                reader.whole(borne),
                n(saved, 1, signed=True),
                reader.signed(heads.get(partner, tables.NAN)),
                n.percent(saved / abs(own), 2, signed=True),
            ]
        )
    groups = [("", 1)]
    groups += [(f"{game.years[rank]} [{unit(YEARLY)}]", 2) for rank in ranks]
    groups.append((_("Whole path [{unit}]").format(unit=unit(PATH)), 5))
    head = ["EPCI", *[_("alone"), _("gain")] * len(ranks), _("alone"), _("share"), _("gain")]
    head += [unit("EUR/inhabitant"), "%"]
    title = _("Cost alone, share and gain of each partner")
    note = _("Whole path: discounted. The gain of a year counts what is paid to partners.")
    return Grid(title, head, rows, groups=groups, note=note)


def _yearly(reader: Reader, game: Result, rule: str) -> list[Part]:
    """The gain of each year, and what each pays its partners."""
    _, unit = reader.words.gettext, reader.numbers.unit(YEARLY)
    net, paid = (
        sharing.by_year(game, name, rule=rule) if name in game else {}
        for name in ("net_gain", "transfer")
    )
    years, parts = [str(year) for year in game.years], list[Part]()
    title = _("Gain of each year, payments counted [{unit}]").format(unit=unit)
    if net:
        net = reader.folded(game, net)
        paint = strokes(list(net))
        largest = sorted(net, key=lambda e: -max(map(abs, net[e])))[:LOUD]
        series = [
            Series(reader.names.short(e), v, *paint[e], loud=e in largest) for e, v in net.items()
        ]
        svg = lines(Chart(title, unit, years, reader.whole), series)
        parts.append(Figure(title, svg, _by_partner(reader, title, game.years, net)))
    if paid:
        title = _("Paid to the partners each year; received, below zero [{unit}]")
        told = reader.folded(game, paid)
        parts.append(_by_partner(reader, title.format(unit=unit), game.years, told))
    return [*parts, *_schedules(reader, game, rule)]


def _schedules(reader: Reader, game: Result, rule: str) -> list[Grid]:
    """The same sums, paid by mandate or over a purchase agreement."""
    _ = reader.words.gettext
    title = _("The same sums on other schedules [{unit}]").format(unit=reader.numbers.unit(YEARLY))
    years = [*game.years[1:2], *reader.milestones]
    note = _("By mandate or agreement: each term settles what was saved in it.")
    return [
        replace(g, note=note)
        for g in by_kind(reader, game, title, ("payment", "schedule"), years, rule=rule)
    ]


def by_kind(
    reader: Reader,
    game: Result,
    title: str,
    what: tuple[str, str],
    years: Sequence[int],
    **where: str,
) -> list[Grid]:
    """A variable by partner and year, for each label of a dimension; nothing if it is all zero."""
    name, dim = what
    known = [year for year in dict.fromkeys(years) if year in game.years]
    found = game.sum(name, "epci", dim, "year", **where) if name in game else np.zeros(1)
    if not known or not (abs(found) > LEAST).any():
        return []
    ranks = [game.years.index(year) for year in known]
    cells = found[:, :, ranks].reshape(len(found), -1).tolist()
    told = reader.folded(game, dict(zip(game.labels("epci"), cells, strict=True)))
    rows = [
        [reader.names("epci", partner), *(reader.numbers(v, 1) for v in values)]
        for partner, values in told.items()
    ]
    kinds = game.labels(dim)
    groups = [("", 1), *((reader.names(dim, kind), len(known)) for kind in kinds)]
    head = ["EPCI", *[str(year) for year in known] * len(kinds)]
    return [Grid(title, head, rows, groups=groups)]


def _by_partner(reader: Reader, title: str, years: Sequence[int], found: tables.Rows) -> Grid:
    """Money by partner and year, with its sum."""
    head = ["EPCI", *map(str, years)]
    grid = reader.grid(title, head, found, lambda e: reader.names("epci", e), digits=1)
    return replace(grid, span=6)
