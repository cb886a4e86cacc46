"""Gains: whether each partner is better off than alone, under every rule, and who would leave."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from model.views import maps, sharing, tables
from model.views.answers import MILESTONES, form
from model.views.bars import Step, waterfall
from model.views.dots import dots
from model.views.figures import Chart, Series, lines
from model.views.page import Figure, Grid, Panel, Part, Prose, Section
from model.views.palette import GOOD, POOR, TOTAL, strokes
from model.views.reader import Reader
from model.views.result import Result

PATH, YEARLY = "MEUR", "MEUR/yr"
CENT = 0.05
"""Money below which nobody counts [MEUR]."""


def gains(reader: Reader) -> Section | None:
    """The section; None if nothing was shared in any scenario."""
    if not reader.games:
        return None
    _ = reader.words.gettext
    panels = [panel for name in reader.outcomes for panel in _panels(reader, name)]
    lead = _(
        "Gain: what a partner would pay alone, without cooperation, less its share of the common "
        "cost. A rule says who bears which share. Choose one: the figures that follow are by that "
        "rule."
    )
    return Section("gains", _("Is each partner better off?"), lead, panels, control="rule")


def _panels(reader: Reader, name: str) -> Iterator[Panel]:
    game = reader.games.get(name)
    if game is None:
        yield Panel([Prose(_none(reader, name))], name)
        return
    yield Panel(_side_by_side(reader, name, game), name)
    for rule in reader.rules:
        yield Panel(_of_rule(reader, name, game, rule), name, rule=rule)


def _none(reader: Reader, name: str) -> str:
    """Why a scenario has no gains to show."""
    _ = reader.words.gettext
    if form(reader.outcomes[name]) == "none":
        return _("Everyone is alone in this scenario: there is no gain to share.")
    command = f"python run.py cooperate {name}"
    return _("The gains of this scenario are not computed yet: {command}").format(command=command)


def _side_by_side(reader: Reader, name: str, game: Result) -> list[Part]:
    """The rules beside one another."""
    sentences = [Prose(sentence) for sentence in _sentences(reader, game)]
    return [*sentences, _dots(reader, game), *_margins(reader, game), _rules(reader, name, game)]


def _sentences(reader: Reader, game: Result) -> Iterator[str]:
    _, n, told = reader.words.gettext, reader.numbers, reader.names.listed
    everyone = game.labels("epci")
    alone = sum(_alone(game).values())
    if not math.isfinite(alone):
        stuck = [partner for partner, cost in _alone(game).items() if not math.isfinite(cost)]
        yield _("{names} cannot keep the targets alone: their gain has no measure.").format(
            names=told(stuck)
        )
        return
    words = _(
        "Together the {count} partners save {gain} over the whole path, {share} of their bills."
    )
    yield words.format(
        count=len(everyone),
        gain=n.quantity(sharing.whole(game), PATH, 0),
        share=n.percent(sharing.whole(game) / alone, 2),
    )
    least = sharing.SMALL * sharing.whole(game)
    lost = sharing.losers(sharing.gains(game).get(sharing.AS_IT_FALLS, {}), least)
    if lost:
        words = _("Without payments between partners, {names} would lose by cooperating.")
        yield words.format(names=told(lost, everyone))
    unpaid = sharing.unpaid(game)
    if unpaid:
        words = _(
            "Marginal prices give {names} next to nothing: they pay what is scarce, and what these "
            "partners bring is not."
        )
        yield words.format(names=told(unpaid, everyone))
    best = sharing.verdict(game, "nucleolus")
    if best and not best.stable:
        words = _("No sharing holds everybody: whatever the rule, some pay {amount} too much.")
        yield words.format(amount=n.quantity(best.excess, PATH, 1))


def _alone(game: Result) -> sharing.ByPartner:
    """What each partner would pay alone over the whole path [MEUR]."""
    first = sharing.rules(game)[0]
    share, gain = sharing.by_rule(game, "allocation")[first], sharing.gains(game)[first]
    return {partner: share[partner] + gain[partner] for partner in share}


def _dots(reader: Reader, game: Result) -> Part:
    """The gains by rule: drawn where they can be, and as a table."""
    _, n = reader.words.gettext, reader.numbers
    found, unit = sharing.gains(game), n.unit(PATH)
    shown, paint = sharing.drawable(game), strokes(reader.rules)
    partners = game.labels("epci")
    series = [Series(reader.names("rule", r), list(found[r].values()), paint[r][0]) for r in shown]
    title = _("Gain of each partner over the whole path [{unit}]").format(unit=unit)
    rows = [
        [reader.names("rule", rule), *map(reader.signed, found[rule].values())]
        for rule in sharing.rules(game)
    ]
    head = [_("Rule"), *map(reader.names.short, partners)]
    grid = Grid(title, head, rows)
    if not series:
        return grid
    svg = dots(title, unit, head[1:], series, reader.whole)
    note = _("Rules by which somebody loses more than all gain together are in the table only.")
    left_out = len(shown) < len(rows)
    return Figure(title, svg, grid, note=note if left_out else "", span=12)


def _margins(reader: Reader, game: Result) -> list[Figure]:
    """By how much the worst-treated coalition would rather stay, or leave."""
    _, n = reader.words.gettext, reader.numbers
    unit = n.unit(PATH)
    found = {rule: sharing.verdict(game, rule) for rule in sharing.drawable(game)}
    steps = [
        Step(reader.names("rule", rule), v.excess, GOOD if v.stable else POOR, total=True)
        for rule, v in found.items()
        if v is not None
    ]
    if not steps:
        return []
    title = _("What the worst-treated group pays too much [{unit}]").format(unit=unit)
    one = lambda value: n(value, 1)  # noqa: E731
    svg = waterfall(title, unit, steps, one, one)
    legend = [(GOOD, _("nobody would leave")), (POOR, _("a group would rather leave"))]
    note = _("Zero or less: no group of partners would do better by itself.")
    return [Figure(title, svg, legend=legend, note=note)]


def _rules(reader: Reader, name: str, game: Result) -> Grid:
    """Each rule in words, its verdict, and how it treats towns and country."""
    _, n, unit = reader.words.gettext, reader.numbers, reader.numbers.unit
    types = reader.outcomes[name].coordinate("epci_type")
    kinds = list(dict.fromkeys(types.get(partner, "") for partner in game.labels("epci")))
    rows = []
    for rule in game.labels("rule"):
        if rule not in sharing.rules(game):
            blanks = [n(tables.NAN)] * (len(kinds) + 1)
            why = _("blank: {reason}").format(reason=sharing.reason(game, rule))
            rows.append([reader.names("rule", rule), why, *blanks])
            continue
        shared = sharing.by_type(sharing.gains(game)[rule], types)
        rows.append(
            [
                reader.names("rule", rule),
                _told(reader, game, rule),
                *(reader.signed(shared[kind]) for kind in kinds),
                n(sharing.by_label(game, "gini").get(rule, tables.NAN), 2),
            ]
        )
    head = [_("Rule"), _("Would anybody leave?")]
    head += [f"{reader.names('type', kind)} [{unit(PATH)}]" for kind in kinds]
    note = _(
        "Gain by type of EPCI. Gini: how unequal the gains per inhabitant are, from 0 (all alike) "
        "to 1; none where somebody loses."
    )
    asked, count = len(game.labels("coalition")), 2 ** len(game.labels("epci")) - 1
    if asked < count:
        partly = _("Only {asked} of {count} groups were asked. Every group: {command}").format(
            asked=reader.whole(asked),
            count=reader.whole(count),
            command=f"python run.py cooperate {name}",
        )
        note = f"{note} {partly}"
    return Grid(_("The rules beside one another"), [*head, "Gini"], rows, left=2, note=note)


def _told(reader: Reader, game: Result, rule: str) -> str:
    """The verdict on a rule in words."""
    _, verdict = reader.words.gettext, sharing.verdict(game, rule)
    if verdict is None:
        return _("not computed")
    if verdict.stable:
        return _("No: stable.")
    words = _("Yes: {names}, who together pay {amount} too much.")
    if len(verdict.coalition) == 1:
        words = _("Yes: {names}, who pays {amount} too much.")
    return words.format(
        names=reader.names.listed(verdict.coalition, game.labels("epci")),
        amount=reader.numbers.quantity(verdict.excess, PATH, 0 if verdict.excess >= 10 else 1),
    )


def _of_rule(reader: Reader, name: str, game: Result, rule: str) -> list[Part]:
    """A rule in words, and who pays, gains and transfers what by it."""
    _ = reader.words.gettext
    if rule not in game.labels("rule"):
        return [Prose(_("The quick computation leaves this rule out."))]
    if rule not in sharing.rules(game):
        return [Prose(_("blank: {reason}").format(reason=sharing.reason(game, rule)))]
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
    early = [e for e, v in yearly.items() if min(v) < -CENT and whole[e] > 0]
    if not early:
        return ""
    last = max(y for e in early for y, v in zip(game.years, yearly[e], strict=True) if v < -CENT)
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
    alone = sum(_alone(game).values())
    if not math.isfinite(alone):
        return []
    steps = [Step(_("Bills of each alone"), alone, TOTAL, True)]
    for partner, value in sorted(gain.items(), key=lambda pair: -pair[1]):
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
    layer = maps.layer(title, 0, {"": {partner: [v] for partner, v in finite.items()}})
    return [maps.drawn(reader, layer, finite)]


def _money(reader: Reader, game: Result, rule: str) -> Grid:
    """Alone and gained, by milestone and over the whole path."""
    _, n, unit = reader.words.gettext, reader.numbers, reader.numbers.unit
    alone, share = _alone(game), sharing.by_rule(game, "allocation")[rule]
    gain = sharing.gains(game)[rule]
    heads = sharing.by_rule(game, "gain_per_inhabitant").get(rule, {})
    cost, net = sharing.by_year(game, "alone_cost"), sharing.by_year(game, "net_gain", rule=rule)
    ranks = [game.years.index(year) for year in MILESTONES if year in game.years]
    rows = []
    for partner in game.labels("epci"):
        yearly = [
            cell
            for rank in ranks
            for cell in (
                reader.whole(cost[partner][rank]) if cost else n(tables.NAN),
                n(net[partner][rank], 1, signed=True) if net else n(tables.NAN),
            )
        ]
        path = [
            reader.whole(alone[partner]),
            reader.whole(share[partner]),
            n(gain[partner], 1, signed=True),
            reader.signed(heads.get(partner, tables.NAN)),
            n.percent(gain[partner] / abs(alone[partner]), 2, signed=True),
        ]
        rows.append([reader.names("epci", partner), *yearly, *path])
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
        paint = strokes(list(net))
        series = [Series(reader.names.short(e), v, *paint[e]) for e, v in net.items()]
        svg = lines(Chart(title, unit, years, reader.whole), series)
        parts.append(Figure(title, svg, _by_partner(reader, title, game, net)))
    if paid:
        title = _("Paid to the partners each year; received, below zero [{unit}]")
        parts.append(_by_partner(reader, title.format(unit=unit), game, paid))
    return [*parts, *_schedules(reader, game, rule)]


def _schedules(reader: Reader, game: Result, rule: str) -> list[Grid]:
    """The same owed, paid on other schedules."""
    if "payment" not in game:
        return []
    _ = reader.words.gettext
    kinds = game.labels("schedule")
    years = [year for year in (game.years[1], *MILESTONES) if year in game.years]
    ranks = [game.years.index(year) for year in years]
    found = game.sum("payment", "epci", "schedule", "year", rule=rule)
    rows = [
        [reader.names("epci", e), *(reader.numbers(v, 1) for v in cell[:, ranks].flat)]
        for e, cell in zip(game.labels("epci"), found, strict=True)
    ]
    groups = [("", 1), *((reader.names("schedule", kind), len(years)) for kind in kinds)]
    title = _("The same sums on other schedules [{unit}]")
    note = _("By mandate or agreement: each term settles what was saved in it.")
    head = ["EPCI", *[str(year) for year in years] * len(kinds)]
    title = title.format(unit=reader.numbers.unit(YEARLY))
    return [Grid(title, head, rows, groups=groups, note=note)]


def _by_partner(reader: Reader, title: str, game: Result, found: tables.Rows) -> Grid:
    """Money by partner and year, with its sum."""
    head = ["EPCI", *map(str, game.years)]
    grid = reader.grid(title, head, found, lambda e: reader.names("epci", e), digits=1)
    return replace(grid, span=6)
