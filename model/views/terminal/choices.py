"""Choices: the answers of `run.py alternatives` and `tradeoffs`, as tables and sentences."""

from __future__ import annotations

from collections.abc import Iterator

import xarray as xr

from model.outcome.plain import Result
from model.views.facts import choices as facts
from model.views.sections import choices as words_of
from model.views.sections.names import shortened
from model.views.terminal.gains import Lines
from model.words.catalogue import Words
from model.words.names import named
from model.words.numbers import Lang, Numbers


def ranges(found: xr.Dataset, lang: Lang) -> Iterator[tuple[str, Lines]]:
    """A title and lines, the first their heading: of everyone, of partners, of what they build."""
    words, n, result = Words(lang), Numbers(lang), Result.of(found)
    every, short = facts.ranges(result, lang), _short(result)
    least = float(result.attrs["threshold"])
    tables = {
        words("Of everyone, {year}", year=found.attrs["year"]): [r for r in every if not r.epci],
        words("Of each partner, {year}", year=found.attrs["year"]): [
            r for r in every if r.epci and not r.kind
        ],
        words("Capacity by partner and family, {year}", year=found.attrs["year"]): [
            r for r in every if r.kind and r.most >= least
        ],
    }
    head = [words("figure"), words("least"), words("the plan"), words("most"), words("unit")]
    for title, rows in tables.items():
        built = any(r.kind for r in rows)
        lines = [[*head, *([words("without it [M€]"), words("kind")] if built else [])]]
        for r in rows:
            cells = [*(n(value) for value in (r.least, r.plan, r.most)), n.unit(r.unit)]
            if built:
                none = r.without == float("inf")
                cells.append(words("no plan") if none else n(r.without, 1))
                cells.append(named(words, "choice", r.kind))
            lines.append([words_of.title(words, n, r, short), *cells])
        if len(lines) > 1:
            yield title, lines


def told(found: xr.Dataset, lang: Lang) -> Iterator[str]:
    """What is sure, what a choice; what doing without costs; plans that differ."""
    words, n, result = Words(lang), Numbers(lang), Result.of(found)
    short = _short(result)
    yield words(
        "Plans that cost up to {amount} more ({share}).",
        amount=n.quantity(facts.slack(result), "MEUR", 0),
        share=words_of.share(n, result),
    )
    yield from words_of.sure(words, n, result, short)
    yield from words_of.spared(words, n, result, short)
    yield from words_of.others(words, n, result, short)


def fronts(found: xr.Dataset, lang: Lang) -> Iterator[tuple[str, Lines]]:
    """A title and lines for each front, the first their heading."""
    words, n = Words(lang), Numbers(lang)
    for front in facts.fronts(Result.of(found)):
        name = named(words, "front", front.name)
        head = [
            f"{name} [{n.unit(front.unit)}]",
            words("costs more [{unit}]", unit=n.unit("MEUR")),
            words("since the line before [{unit}]", unit=n.unit(facts.SMALL[front.unit])),
        ]
        rows = zip(front.value, front.cost, front.slope, strict=True)
        yield name, [head, *([n(v), n(c, 1), n(s, facts.digits(front))] for v, c, s in rows)]


def slopes(found: xr.Dataset, lang: Lang) -> list[str]:
    """What the first and the last step of each front cost."""
    words, n = Words(lang), Numbers(lang)
    return [words_of.slope(words, n, front) for front in facts.fronts(Result.of(found))]


def _short(result: Result) -> words_of.Short:
    names = facts.names(result)
    return lambda epci: shortened(names.get(epci, epci))
