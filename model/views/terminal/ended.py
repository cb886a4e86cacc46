"""Ended: what became of the scenarios of a batch, as a table and as lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from model.words.catalogue import Words
from model.words.names import named
from model.words.numbers import Lang, Numbers

if TYPE_CHECKING:
    from model.batch import Record
    from model.views.terminal.grid import Grid


Ends = Mapping[str, tuple[float, float]]


def table(
    records: Iterable[Record], gain: Mapping[str, float], lang: Lang, ends: Ends | None = None
) -> Grid:
    """A row for each scenario; a dash where a number is not known.

    `ends` are those of the gain in 4 of 5 cases, of the scenarios that were drawn.
    """
    words, number = Words(lang), Numbers(lang)
    rows = []
    for record in records:
        figures = (
            (record.summary.get("cost", math.nan), 0),
            (record.summary.get("production", math.nan), 0),
            (100 * record.summary.get("share", math.nan), 1),
        )
        told = [number(value, digits) for value, digits in figures]
        told += [_gain(record.name, gain, ends or {}, number), number(record.seconds, 1)]
        rows.append([record.name, named(words, "state", record.status), *told])
    head = [
        words("scenario"),
        words("status"),
        words("cost [M€]"),
        words("local production 2050 [GWh/yr]"),
        words("local share 2050 [%]"),
        words("gain [M€]"),
        words("time [s]"),
    ]
    return head, rows


def _gain(name: str, gain: Mapping[str, float], ends: Ends, number: Numbers) -> str:
    """What cooperation brings; its ends behind it, where they are known."""
    value = gain.get(name, math.nan)
    low, high = ends.get(name, (math.nan, math.nan))
    if not all(map(math.isfinite, (value, low, high))):
        return number(value, 0)
    return number.between(low, value, high)


def messages(records: Iterable[Record], lang: Lang) -> Iterator[str]:
    """What went wrong, each line with the name of its scenario, and what to do next."""
    for record in records:
        for line in record.told(lang).splitlines():
            yield f"{record.name}: {line}"
        if record.status == "infeasible":
            why = Words(lang)(
                "to know why: {command}", command=f"python run.py diagnose {record.name}"
            )
            yield f"{record.name}: {why}"
