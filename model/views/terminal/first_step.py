"""First step: the answer of `run.py robust`, as a table and sentences."""

from __future__ import annotations

from collections.abc import Iterator

import xarray as xr

from model.outcome.plain import Result
from model.views.facts import first_step as facts
from model.views.sections import first_step as words_of
from model.views.sections.names import shortened
from model.views.terminal.grid import Grid
from model.words.catalogue import Words
from model.words.numbers import Lang, Numbers


def table(found: xr.Dataset, lang: Lang) -> tuple[str, Grid]:
    """A title, headings and rows of what is built first."""
    words, n, result = Words(lang), Numbers(lang), Result.of(found)
    title = words(
        "First step, by {year}: {count} cases of {of} draws",
        year=found.attrs["year"],
        count=found.sizes["draw"],
        of=found.attrs["of"],
    )
    names = facts.names(result)
    rows = words_of.lines(words, n, result, lambda epci: shortened(names.get(epci, epci)))
    return title, (words_of.head(words, n), rows)


def told(found: xr.Dataset, lang: Lang) -> Iterator[str]:
    """What to build first, and what knowing more is worth."""
    yield from words_of.told(Words(lang), Numbers(lang), Result.of(found))
