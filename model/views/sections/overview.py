"""Overview: the answer on one screen — facts, scenarios side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from model.views.facts import sharing, tables
from model.views.facts.answers import Answer, answers, best
from model.views.facts.today import today
from model.views.sections.parts import Card, Grid, Panel, Part, Prose, Section
from model.views.sections.reader import Reader
from model.views.sections.sure import headline
from model.words.numbers import NARROW


def answer(reader: Reader) -> Section:
    """The question, the facts behind it and the answer of each scenario."""
    _ = reader.words.gettext
    found = answers(reader.outcomes, reader.focus)
    parts: list[Part] = [*_facts(reader), *_today(reader), *_sentence(reader, found)]
    parts += [_answers(reader, found)]
    lead = _(
        "Who should build or save what, where, by when and with whom, so that each partner is "
        "better off?"
    )
    return Section("answer", _("The question and the answer"), lead, [Panel(parts)])


def _facts(reader: Reader) -> list[Card]:
    facts = tables.facts(reader.outcomes, reader.focus)
    if facts is None:
        return []
    _, n = reader.words.gettext, reader.numbers
    consumed = _("consumed by {name} in {year}; {made} of it, {share}, are local.")
    allowed = _("is the consumption of which {target} make {share} in {year}: {change}.")
    left = _("are then left for partners or for purchases: {share} of the consumption.")
    return [
        Card(
            f"{n.between(facts.low, facts.consumption, facts.high)}{NARROW}{n.unit('GWh/yr')}",
            consumed.format(
                name=reader.names("epci", reader.focus),
                year=facts.first,
                made=n.quantity(facts.production, "GWh/yr", 0),
                share=n.percent(facts.production / facts.consumption),
            ),
        ),
        Card(
            n.quantity(facts.allowed, "GWh/yr", 0),
            allowed.format(
                target=n.quantity(facts.target, "GWh/yr", 0),
                share=n.percent(facts.share),
                year=facts.year,
                change=n.percent(facts.allowed / facts.consumption - 1, 1, signed=True),
            ),
        ),
        Card(
            n.quantity(facts.left, "GWh/yr", 0),
            left.format(share=n.percent(facts.left / facts.allowed)),
        ),
    ]


def _today(reader: Reader) -> list[Prose]:
    """Where the territory stands when the plan begins, and what that costs in pace."""
    stand = today(reader.outcomes, reader.focus)
    if stand is None:
        return []
    _, n = reader.words.gettext, reader.numbers
    told = _(
        "In {year}, when the plan begins, {name} consumes {used} and produces {made}, which is "
        "{share}."
    )
    pace = _(
        "To reach {goal} in {due}, {pace} must be added each year; counted from {first}, it "
        "was {before}."
    )
    sentences = told if math.isnan(stand.goal) else f"{told} {pace}"
    used = n.between(stand.low, stand.consumption, stand.high)
    return [
        Prose(
            sentences.format(
                year=stand.year,
                name=reader.names("epci", reader.focus),
                used=f"{used}{NARROW}{n.unit('GWh/yr')}",
                made=n.quantity(stand.production, "GWh/yr", 0),
                share=n.percent(stand.share, 1),
                goal=n.quantity(stand.goal, "GWh/yr", 0),
                due=stand.due,
                pace=n.quantity(stand.pace, "GWh", 0),
                first=stand.first,
                before=n.quantity(stand.pace_before, "GWh", 0),
            )
        )
    ]


def _sentence(reader: Reader, found: list[Answer]) -> list[Prose]:
    """The largest gain of cooperation, and how it is shared, in words."""
    top = best(found)
    if top is None:
        return []
    _, n = reader.words.gettext, reader.numbers
    words = _(
        "Together, the {count} members gain {gain} over the whole path, against each on its own "
        "(scenario “{title}”). {name} then produces {made} on its soil in {year}, {soil} of its "
        "consumption, and counts {credited} with the certificates of its partners: {share}. What "
        "rests on certificates, {certified}, is made on the soil of a partner that no longer "
        "counts it."
    )
    told = words.format(
        count=len(top.members),
        gain=n.quantity(top.gain, "MEUR", 0),
        title=reader.names("scenario", top.scenario),
        name=reader.names("epci", reader.focus),
        made=n.quantity(top.production[-1], "GWh/yr", 0),
        credited=n.quantity(top.credited, "GWh/yr", 0),
        soil=n.percent(top.share[-1], 1),
        share=n.percent(top.credited_share, 1),
        certified=n.quantity(top.credited - top.production[-1], "GWh/yr", 0),
        year=reader.outcomes[top.scenario].years[-1],
    )
    return [Prose(told), *headline(reader, top.scenario), *_shared(reader, top.scenario)]


def _shared(reader: Reader, scenario: str) -> list[Prose]:
    """Who gains least and most, by the rule that the page opens on."""
    game = reader.games.get(scenario)
    heads = sharing.by_rule(game, "gain_per_inhabitant").get(reader.rule) if game else None
    if not heads or not all(map(math.isfinite, heads.values())):
        return []
    least, most = min(heads, key=lambda e: heads[e]), max(heads, key=lambda e: heads[e])
    words = reader.words.gettext(
        "Shared by the rule “{rule}”, the gain goes from {low} for {least} to {high} for {most}."
    )
    low, high = (reader.numbers.quantity(heads[e], "EUR/inhabitant", 0) for e in (least, most))
    names = {"least": reader.names.short(least), "most": reader.names.short(most)}
    return [
        Prose(words.format(rule=reader.names("rule", reader.rule), low=low, high=high, **names))
    ]


def _answers(reader: Reader, found: Sequence[Answer]) -> Grid:
    _, unit = reader.words.gettext, reader.numbers.unit
    goals = tables.aims(reader.outcomes, reader.focus)
    name = reader.names.short(reader.focus)
    years = [str(year) for year in reader.milestones]
    partners, wide = _("with partners"), len(years) + 1
    groups = [
        ("", 1),
        (_("Whole path [{unit}]").format(unit=unit("MEUR")), 3),
        (_("Production, {name} [{unit}]").format(name=name, unit=unit("GWh/yr")), wide),
        (_("Local share, {name}").format(name=name), wide),
        (_("Emissions [{unit}]").format(unit=unit("kt/yr")), 1),
    ]
    head = [_("Scenario"), _("cost"), _("missed"), _("gain")]
    head += [*years, partners, *years, partners, str(max(_last_years(reader)))]
    rows = [_row(reader, a, goals) for a in found]
    if goals:
        rows.append(_goal_row(reader, goals))
    note = _(
        "Cost: of all the members, discounted, the value of carbon included; scenarios with other "
        "members or another value of carbon do not compare. Missed: value of what is missing to "
        "the targets. Gain: cost and missed less than in the scenario without cooperation that "
        "is otherwise the same. With partners: certificates of origin counted, last year. "
        "✓: the aim is reached."
    )
    return Grid(_("The answer of each scenario"), head, rows, groups=groups, note=note)


def _last_years(reader: Reader) -> list[int]:
    return [milestones[-1] for _name, _outcome, milestones in reader.by_scenario()]


def _row(reader: Reader, a: Answer, goals: dict[str, dict[int, float]]) -> list[str]:
    _, n = reader.words.gettext, reader.numbers
    produced, shared = goals.get("production", {}), goals.get("local-share", {})
    final = reader.milestones[-1]
    members = _("{count} EPCI").format(count=len(a.members))
    title = Markup("{}<small>{} · {}</small>").format(
        reader.names("scenario", a.scenario), reader.names("form", a.form), members
    )
    made = [
        _ticked(reader.whole(value), value, produced.get(year))
        for year, value in [*zip(reader.milestones, a.production, strict=True), (final, a.credited)]
    ]
    shares = [
        _ticked(n.percent(value, 1), value, shared.get(year))
        for year, value in [
            *zip(reader.milestones, a.share, strict=True),
            (final, a.credited_share),
        ]
    ]
    money = [reader.whole(a.cost), reader.whole(a.missed), reader.signed(a.gain)]
    return [title, *money, *made, *shares, reader.whole(a.emissions)]


def _goal_row(reader: Reader, goals: dict[str, dict[int, float]]) -> list[str]:
    produced, shared = goals.get("production", {}), goals.get("local-share", {})
    made = [reader.whole(produced[y]) if y in produced else "" for y in reader.milestones]
    shares = [reader.numbers.percent(shared[y]) if y in shared else "" for y in reader.milestones]
    return [reader.words.gettext("Aim"), "", "", "", *made, "", *shares, "", ""]


def _ticked(words: str, value: float, goal: float | None) -> str:
    """The value, ticked if it reaches its goal to a millionth."""
    return f"{words}{NARROW}✓" if goal is not None and value >= goal * (1 - 1e-6) else words
