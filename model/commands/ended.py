"""Ended: what became of the scenarios of a batch, as a table and as lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from model.commands.words import say
from model.words.numbers import Lang, Numbers

if TYPE_CHECKING:
    from model.batch import Record
    from model.commands.compare import Grid

HEAD = ("scenario", "status", "cost", "production", "share", "gain", "seconds")


def table(records: Iterable[Record], gain: Mapping[str, float], lang: Lang) -> Grid:
    """A row for each scenario; a dash where a number is not known."""
    words, number = say(lang), Numbers(lang)
    rows = []
    for record in records:
        figures = (
            (record.summary.get("cost", math.nan), 0),
            (record.summary.get("production", math.nan), 0),
            (100 * record.summary.get("share", math.nan), 1),
            (gain.get(record.name, math.nan), 0),
            (record.seconds, 1),
        )
        told = [number(value, digits) for value, digits in figures]
        rows.append([record.name, words(record.status), *told])
    return [words(key) for key in HEAD], rows


def messages(records: Iterable[Record], lang: Lang) -> Iterator[str]:
    """What went wrong, each line with the name of its scenario, and what to do next."""
    for record in records:
        for line in record.message.splitlines():
            yield f"{record.name}: {line}"
        if record.status == "infeasible":
            why = say(lang)("why")
            yield f"{record.name}: {why} python run.py diagnose {record.name}"
