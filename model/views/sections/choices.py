"""Choices: what is sure in a plan and what is a choice; what more of something costs."""

from __future__ import annotations

from collections.abc import Callable

from model.fields import QUANTITY
from model.outcome.plain import Result
from model.views.facts import choices as facts
from model.views.facts.choices import Front, Range
from model.views.painters.charts import Series
from model.views.painters.palette import COLOURS
from model.views.painters.spans import Span, curve, spans
from model.views.sections.first_step import first_step
from model.views.sections.parts import Figure, Grid, Panel, Part, Prose, Section
from model.views.sections.reader import Reader
from model.words.catalogue import Words
from model.words.names import named
from model.words.numbers import NARROW, Numbers

Short = Callable[[str], str]
"""The short name of an EPCI."""

BETWEEN = {"en": "; ", "fr": f"{NARROW}; "}
"""What stands between the items of a list."""
MOST_TOLD = 8
"""Families that can be done without, and sentences of a list."""


def choices(reader: Reader) -> Section | None:
    """The section; None if no scenario of the page has a file."""
    _ = reader.words.gettext
    if not (reader.choices or reader.fronts or reader.steps):
        return None
    none = Prose(_("Not computed for this scenario: python run.py alternatives NAME."))
    panels = []
    for name in reader.outcomes:
        parts: list[Part] = []
        if name in reader.steps:
            parts += first_step(reader, reader.steps[name])
        if name in reader.choices:
            parts += _ranges(reader, reader.choices[name])
        if name in reader.fronts:
            parts += _fronts(reader, reader.fronts[name])
        panels.append(Panel(parts or [none], name))
    lead = _(
        "Many plans cost hardly more than the cheapest. What all of them have is sure; what only "
        "some of them have is a choice, that others than the model have to make."
    )
    return Section("choices", _("What is sure, what is a choice"), lead, panels)


def title(words: Words, numbers: Numbers, r: Range, short: Short) -> str:
    """What a quantity is called, with its family or partner."""
    name = words.gettext(QUANTITY[r.name].doc if words.lang == "en" else QUANTITY[r.name].doc_fr)
    if r.kind:
        return f"{r.family_name}, {short(r.epci)}"
    return ", ".join(filter(None, (name, r.family_name, short(r.epci) if r.epci else "")))


def share(numbers: Numbers, found: Result) -> str:
    """How much dearer a plan may be, as a percentage."""
    within = float(found.attrs["within"])
    digits = next(d for d in range(9) if abs(round(100 * within, d) - 100 * within) < 1e-9)
    return numbers.percent(within, digits)


def sure(words: Words, numbers: Numbers, found: Result, short: Short) -> list[str]:
    """What must be, what is a choice and what never is, each in a sentence."""
    every, within = facts.ranges(found, words.lang), share(numbers, found)
    kinds = {
        "must": words.gettext("In every plan within {within}: {what}."),
        "choice": words.gettext("The largest choices: {what}."),
        "never": words.gettext("In none of them: {what}."),
    }
    lines = []
    if not any(r.kind == "must" for r in every):
        nothing = words.gettext("No family has a substantial part in every plan within {within}.")
        lines.append(nothing.format(within=within))
    for kind, sentence in kinds.items():
        mine = [r for r in every if r.kind == kind]
        mine.sort(key=lambda r: -(r.least if r.kind == "must" else r.width))
        told = [_one(words, numbers, r, short) for r in mine[:MOST_TOLD]]
        if len(mine) > MOST_TOLD:
            told.append(words("and {count} more", count=len(mine) - MOST_TOLD))
        if told:
            lines.append(sentence.format(within=within, what=BETWEEN[words.lang].join(told)))
    return lines


def _one(words: Words, numbers: Numbers, r: Range, short: Short) -> str:
    name = title(words, numbers, r, short)
    if r.kind == "never":
        return name
    if r.kind == "must":
        return words("{name}, at least {least}", name=name, least=_amount(numbers, r.least, r))
    low, high = numbers(r.least), _amount(numbers, r.most, r)
    return words("{name}, {low} to {high}", name=name, low=low, high=high)


def _amount(numbers: Numbers, value: float, r: Range) -> str:
    return numbers.quantity(value, r.unit)


def spared(words: Words, numbers: Numbers, found: Result, short: Short) -> list[str]:
    """What doing without costs, a sentence each, the cheapest first."""
    return [
        words(
            "Without any new {family} in {epci}: {cost}.",
            family=r.family_name.lower(),
            epci=short(r.epci),
            cost=numbers.quantity(r.without, "MEUR", 1, signed=True),
        )
        for r in facts.spared(found, words.lang)[:MOST_TOLD]
    ]


def others(words: Words, numbers: Numbers, found: Result, short: Short) -> list[str]:
    """The different plans, a sentence each."""
    lines = []
    for other in facts.others(found, words.lang):
        told = []
        for r, value in other.differences:
            change = numbers.quantity(value - r.plan, r.unit, 0, signed=True)
            none = value < float(found.attrs["threshold"])
            place = {"family": r.family_name.lower(), "epci": short(r.epci)}
            name = title(words, numbers, r, short)
            told.append(words("no {family} in {epci}", **place) if none else f"{name} {change}")
        cost = numbers.quantity(other.cost, "MEUR", 0, signed=True)
        lines.append(
            words(
                "Plan {number} ({cost}): {what}.",
                number=other.number,
                cost=cost,
                what=BETWEEN[words.lang].join(told),
            )
        )
    return lines


def slope(words: Words, numbers: Numbers, front: Front) -> str:
    """What the first and the last step of a front cost, in words."""
    name = named(words, "front", front.name)
    steps = [s for s in range(1, len(front.value)) if front.slope[s] == front.slope[s]]
    if not steps:
        return words("{name}: nothing can be changed at that price.", name=name)
    first, last = steps[0], steps[-1]
    unit = facts.SMALL[front.unit]

    def amount(step: int) -> str:
        return numbers.quantity(abs(front.value[step] - front.value[step - 1]), front.unit)

    return words(
        "{name}: the first {first} cost {cheap}, the last {last} {dear}.",
        name=name,
        first=amount(first),
        cheap=numbers.quantity(front.slope[first], unit, facts.digits(front)),
        last=amount(last),
        dear=numbers.quantity(front.slope[last], unit, facts.digits(front)),
    )


def _ranges(reader: Reader, found: Result) -> list[Part]:
    _, n, words = reader.words.gettext, reader.numbers, reader.words
    short = reader.names.short
    every = facts.ranges(found, words.lang)
    parts: list[Part] = [Prose(line) for line in sure(words, n, found, short)]
    year = found.attrs["year"]
    whole = [r for r in every if not r.kind and not r.epci]
    shown = {
        words("Of everyone, {year}", year=year): [r for r in whole if not r.family],
        words("Production by family, {year}", year=year): [r for r in whole if r.family],
        words("Of each partner, {year}", year=year): [r for r in every if r.epci and not r.kind],
        words("Capacity by partner and family, {year}", year=year): [
            r for r in every if r.kind and r.most >= float(found.attrs["threshold"])
        ],
    }
    for caption, rows in shown.items():
        parts += [_figure(reader, caption, unit, rows) for unit in _units(rows)]
    for caption, lines in (
        (_("What doing without costs"), spared(words, n, found, short)),
        (_("Plans as different as can be"), others(words, n, found, short)),
    ):
        if lines:
            parts.append(Grid(caption, [_("In words")], [[line] for line in lines]))
    return parts


def _units(rows: list[Range]) -> list[str]:
    return list(dict.fromkeys(r.unit for r in rows))


def _figure(reader: Reader, caption: str, unit: str, rows: list[Range]) -> Figure:
    _, n = reader.words.gettext, reader.numbers
    mine = [r for r in rows if r.unit == unit]
    names = [title(reader.words, n, r, reader.names.short) for r in mine]
    bars = [Span(name, r.least, r.plan, r.most) for name, r in zip(names, mine, strict=True)]
    told = n.unit(unit)
    head = [_("Figure"), _("least"), _("the plan"), _("most")]
    lines = [[b.name, *map(n, (b.least, b.value, b.most))] for b in bars]
    grid = Grid(f"{caption} [{told}]", head, lines)
    return Figure(f"{caption} [{told}]", spans(caption, told, bars, n), grid, span=12)


def _fronts(reader: Reader, found: Result) -> list[Part]:
    _, n, words = reader.words.gettext, reader.numbers, reader.words
    parts: list[Part] = []
    for front in facts.fronts(found):
        name = named(words, "front", front.name)
        unit, money = n.unit(front.unit), n.unit("MEUR")
        caption = words("{name}: what it costs", name=name)
        head = [f"{name} [{unit}]", words("costs more [{unit}]", unit=money)]
        head.append(words("since the line before [{unit}]", unit=n.unit(facts.SMALL[front.unit])))
        lines = [
            [n(v), n(c, 1), n(s, facts.digits(front))]
            for v, c, s in zip(front.value, front.cost, front.slope, strict=True)
        ]
        grid = Grid(caption, head, lines, note=slope(words, n, front))
        line = Series(name, front.cost, COLOURS[0])
        drawn = curve(caption, (unit, money), front.value, line, (n, n))
        parts.append(Figure(caption, drawn, grid, note=slope(words, n, front)))
    return parts
