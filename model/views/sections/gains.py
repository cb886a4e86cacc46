"""Gains: whether each partner is better off than alone, under every rule, and who would leave."""

from __future__ import annotations

import math
from collections.abc import Iterator

from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.facts.answers import form
from model.views.painters.bars import Step, waterfall
from model.views.painters.charts import Series
from model.views.painters.dots import dots
from model.views.painters.palette import GOOD, POOR, strokes
from model.views.sections.parts import Figure, Grid, Panel, Part, Prose, Section
from model.views.sections.reader import Reader
from model.views.sections.shares import PATH, by_rule


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
    options = {rule: reader.names("rule", rule) for rule in reader.rules}
    return Section(
        "gains", _("Is each partner better off?"), lead, panels, control="rule", options=options
    )


def _panels(reader: Reader, name: str) -> Iterator[Panel]:
    game = reader.games.get(name)
    if game is None or form(reader.outcomes[name]) == "none" or not sharing.rules(game):
        yield Panel([Prose(_none(reader, name))], name)
        return
    yield Panel(_side_by_side(reader, name, game), name)
    for rule in reader.rules:
        yield Panel(by_rule(reader, game, rule), name, rule=rule)


def _none(reader: Reader, name: str) -> str:
    """Why a scenario has no gains to show."""
    _ = reader.words.gettext
    if form(reader.outcomes[name]) == "none":
        return _("Everyone is alone in this scenario: there is no gain to share.")
    command = sharing.command(reader.outcomes[name], name)
    return _("The gains of this scenario are not computed yet: {command}").format(command=command)


def _side_by_side(reader: Reader, name: str, game: Result) -> list[Part]:
    """The rules beside one another."""
    sentences = [Prose(sentence) for sentence in _sentences(reader, game)]
    return [*sentences, _dots(reader, game), *_margins(reader, game), _rules(reader, name, game)]


def _sentences(reader: Reader, game: Result) -> Iterator[str]:
    _, n, told = reader.words.gettext, reader.numbers, reader.names.listed
    everyone = game.labels("epci")
    alone = sum(sharing.alone(game).values())
    if not math.isfinite(alone):
        stuck = [
            partner for partner, cost in sharing.alone(game).items() if not math.isfinite(cost)
        ]
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
    if sharing.gap(game):
        words = _("A still better plan could save up to {more} more.")
        yield words.format(more=n.quantity(sharing.gap(game), PATH, 0))
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


def _dots(reader: Reader, game: Result) -> Part:
    """The gains by rule: drawn where they can be, and as a table."""
    _, n = reader.words.gettext, reader.numbers
    found, unit = sharing.gains(game), n.unit(PATH)
    shown, paint = sharing.drawable(game), strokes(reader.rules)
    rules, partners, short = sharing.rules(game), reader.partners(game), reader.names.short
    series = [
        Series(reader.names("rule", r), [found[r][p] for p in partners], paint[r][0]) for r in shown
    ]
    table = reader.folded(game, {p: [found[r][p] for r in rules] for p in game.labels("epci")})
    title = _("Gain of each partner over the whole path [{unit}]").format(unit=unit)
    rows = [
        [reader.names("rule", rule), *map(reader.signed, values)]
        for rule, values in zip(rules, zip(*table.values(), strict=True), strict=True)
    ]
    grid = Grid(title, [_("Rule"), *map(short, table)], rows)
    if not series:
        return grid
    svg = dots(title, unit, [*map(short, partners)], series, reader.whole)
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
    legend = [(GOOD, _("none would leave")), (POOR, _("a group would rather leave"))]
    note = _("Zero or less: no group that was asked would do better by itself.")
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
            why = _("blank: {reason}").format(reason=sharing.reason(game, rule, reader.words.lang))
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
    return Grid(
        _("The rules beside one another"),
        [*head, "Gini"],
        rows,
        left=2,
        note=note + unasked(reader, name, game),
    )


def unasked(reader: Reader, name: str, game: Result) -> str:
    """How many groups were asked, if not all."""
    asked, count = sharing.asked(game)
    _, told = reader.words, reader.whole
    if asked == count:
        return ""
    if count > sharing.COUNTED:
        words = _(
            "Only {asked} groups were asked: there are too many to ask them all.",
            asked=told(asked),
        )
    else:
        words = _(
            "Only {asked} of {count} groups were asked. Every group: {command}",
            asked=told(asked),
            count=told(count),
            command=f"python run.py cooperate {name}",
        )
    return f" {words}"


def _told(reader: Reader, game: Result, rule: str) -> str:
    """The verdict on a rule in words."""
    _, verdict = reader.words.gettext, sharing.verdict(game, rule)
    if verdict is None:
        return _("not computed")
    if verdict.stable:
        asked, count = sharing.asked(game)
        return _("No: stable.") if asked == count else _("None of those asked.")
    words = _("Yes: {names}, who together pay {amount} too much.")
    if len(verdict.coalition) == 1:
        words = _("Yes: {names}, who pays {amount} too much.")
    return words.format(
        names=reader.names.listed(verdict.coalition, game.labels("epci")),
        amount=reader.numbers.quantity(verdict.excess, PATH, 0 if verdict.excess >= 10 else 1),
    )
