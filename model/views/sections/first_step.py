"""First step: what to build first, whatever comes; part of what is sure and what is a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from model.outcome.plain import Result
from model.views.facts import first_step as facts
from model.views.facts.first_step import Built
from model.views.painters.spans import Span, spans
from model.views.sections.parts import Figure, Grid, Part, Prose
from model.views.sections.reader import Reader
from model.words.catalogue import Words
from model.words.numbers import NARROW, Numbers

Short = Callable[[str], str]
"""The short name of an EPCI."""

BETWEEN = {"en": "; ", "fr": f"{NARROW}; "}


def head(words: Words, numbers: Numbers) -> list[str]:
    """Headings of the table of what is built."""
    unit = numbers.unit("MW")
    return [
        words("what is built [{unit}]", unit=unit),
        words("good in all cases"),
        words("plan of the mean"),
        words("least of any case"),
        words("most of any case"),
    ]


def lines(words: Words, numbers: Numbers, found: Result, short: Short) -> list[list[str]]:
    """Rows of that table."""
    return [
        [name(row, short), *(numbers(x) for x in (row.robust, row.mean, row.least, row.most))]
        for row in facts.built(found, words.lang)
    ]


def name(row: Built, short: Short) -> str:
    """What is built, and where."""
    return f"{row.family}, {short(row.epci)}" if row.epci else row.family


def told(words: Words, numbers: Numbers, found: Result) -> Iterator[str]:
    """What to build first, against the plan of the mean, and what knowing more is worth."""
    year, rows = found.attrs["year"], facts.families(found, words.lang)
    step = [row for row in rows if row.robust >= facts.THERE]
    sentences = (
        (
            words.gettext("To build by {year}, as in every case: {what}."),
            [(row, row.robust, False) for row in step if row.always],
        ),
        (
            words.gettext("To build by {year} too, though some case does without: {what}."),
            [(row, row.robust, False) for row in step if not row.always],
        ),
        (
            words.gettext("More than the plan of the mean: {what}."),
            [(row, row.more, True) for row in rows if row.more > 0],
        ),
        (
            words.gettext("Less than the plan of the mean, and time to wait: {what}."),
            [(row, row.more, True) for row in rows if row.more < 0],
        ),
        (
            words.gettext("Not yet, though some case would build as much: {what}."),
            [(row, row.most, False) for row in rows if row not in step],
        ),
    )
    if not step:
        yield words("Nothing of these families is worth building by {year} yet.", year=year)
    for sentence, chosen in sentences:
        items = [
            f"{row.family}, {numbers.quantity(value, 'MW', signed=change)}"
            for row, value, change in chosen
        ]
        if items:
            yield sentence.format(year=year, what=BETWEEN[words.lang].join(items))
    yield from worth(words, numbers, found)


def worth(words: Words, numbers: Numbers, found: Result) -> Iterator[str]:
    """What knowing beforehand, and planning for all cases, is worth."""
    value = facts.worth(found)

    def money(amount: float) -> str:
        return numbers.quantity(amount, "MEUR", 1 if abs(amount) < 100 else 0)

    if value.planning > value.gap:
        yield words(
            "It costs {less} less on average than the first step of the plan of the mean (at most "
            "{gap} less is possible by another).",
            less=money(value.planning),
            gap=money(value.gap),
        )
    else:
        yield words(
            "The first step of the plan of the mean does as well, to {gap}.", gap=money(value.gap)
        )
    yield words(
        "Who knew beforehand what comes would pay {amount} less: no study is worth more.",
        amount=money(value.knowing),
    )


def first_step(reader: Reader, found: Result) -> list[Part]:
    """Sentences, and what is built as a figure and a table."""
    words, n, short = reader.words, reader.numbers, reader.names.short
    caption = words(
        "First step, by {year}: {count} cases of {of} draws",
        year=found.attrs["year"],
        count=len(found.labels("draw")),
        of=found.attrs["of"],
    )
    bars = [
        Span(name(row, short), row.least, row.robust, row.most)
        for row in facts.built(found, words.lang)
    ]
    grid = Grid(caption, head(words, n), lines(words, n, found, short))
    note = words("Bar: from the least to the most of any case. Dot: good in all of them.")
    prose: list[Part] = [Prose(line) for line in told(words, n, found)]
    if not bars:
        return prose
    unit = n.unit("MW")
    drawn = spans(caption, unit, bars, n)
    return [*prose, Figure(f"{caption} [{unit}]", drawn, grid, note=note, span=12)]
