"""Plans: ranges, different plans and trade-offs as tables, in the words of a language."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from model.outcome.plain import Result
from model.views.facts import choices as facts
from model.views.sections import choices as words_of
from model.views.sections.names import shortened
from model.words.catalogue import Words
from model.words.names import named
from model.words.numbers import Numbers


def plans(
    choices: Result | None, fronts: Result | None, words: Words
) -> Iterator[tuple[str, pd.DataFrame]]:
    """A name and a table for each of what is there: `ranges`, `others`, `tradeoffs`."""
    numbers = Numbers(words.lang)
    if choices is not None:
        yield "ranges", _ranges(choices, words, numbers)
        yield "others", _others(choices, words, numbers)
    if fronts is not None:
        yield "tradeoffs", _fronts(fronts, words, numbers)


def _ranges(found: Result, words: Words, numbers: Numbers) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("id"): [r.id for r in facts.ranges(found, words.lang)],
            words("figure"): _titles(found, words, numbers),
            words("unit"): [numbers.unit(r.unit) for r in facts.ranges(found, words.lang)],
            words("least"): found.arrays["least"],
            words("the plan"): found.arrays["plan"],
            words("most"): found.arrays["most"],
            words("without it [M€]"): found.arrays["without_cost"],
            words("kind"): [
                named(words, "choice", r.kind) if r.kind else ""
                for r in facts.ranges(found, words.lang)
            ],
        }
    )


def _others(found: Result, words: Words, numbers: Numbers) -> pd.DataFrame:
    """A row for each quantity, a column for each plan."""
    units = [numbers.unit(r.unit) for r in facts.ranges(found, words.lang)]
    columns = {
        words("figure"): _titles(found, words, numbers),
        words("unit"): units,
        words("the plan"): found.arrays["plan"],
    }
    costs, values = found.coordinate("alternative_cost"), found.arrays["alternative_value"]
    for (number, cost), row in zip(costs.items(), values, strict=True):
        told = numbers.quantity(cost, "MEUR", 0, signed=True)
        columns[words("other plan {number} ({cost})", number=number, cost=told)] = row
    return pd.DataFrame(columns)


def _fronts(found: Result, words: Words, numbers: Numbers) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                words("trade-off"): named(words, "front", front.name),
                words("unit"): numbers.unit(front.unit),
                words("value"): front.value,
                words("costs more [{unit}]", unit=numbers.unit("MEUR")): front.cost,
                words("since the line before"): front.slope,
                words("unit of what it costs"): numbers.unit(facts.SMALL[front.unit]),
            }
        )
        for front in facts.fronts(found)
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _titles(found: Result, words: Words, numbers: Numbers) -> list[str]:
    names = facts.names(found)
    every = facts.ranges(found, words.lang)
    return [
        words_of.title(words, numbers, r, lambda epci: shortened(names.get(epci, epci)))
        for r in every
    ]
