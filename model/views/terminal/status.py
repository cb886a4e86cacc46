"""Status: what is done, stale, missing or failed in a folder of results, and where the page is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from model.batch import State, read_record, state
from model.errors import InputError
from model.scenario import Scenario
from model.views.terminal.grid import Grid
from model.words.catalogue import Words, told
from model.words.names import named
from model.words.numbers import Lang, Numbers

MB = 1e6
CHANGED = 4
"""Most changed parts named."""


def status(
    scenarios: Iterable[Scenario], refused: Mapping[str, InputError], results: Path, lang: Lang
) -> Grid:
    """A row for each scenario: its state, when it was run, its size, what has changed since.

    Files that cannot be read follow, then results that no scenario has.
    """
    words = Words(lang)
    states = [state(scenario, results) for scenario in scenarios]
    rows = [_row(s.scenario.name, s, lang) for s in states]
    refusal, orphan = (named(words, "state", label) for label in ("refused", "orphan"))
    rows += [[n, refusal, "", "", told(e.faults[0].what, lang)] for n, e in refused.items()]
    known = {row[0] for row in rows}
    folders = sorted(path for path in results.glob("*") if read_record(path))
    rows += [[path.name, orphan, "", "", ""] for path in folders if path.name not in known]
    head = [words("scenario"), words("status"), words("when"), words("size [MB]")]
    return [*head, words("what has changed")], rows


def _row(name: str, found: State, lang: Lang) -> list[str]:
    words = Words(lang)
    since = [*found.changed[:CHANGED], *(["…"] if len(found.changed) > CHANGED else [])]
    size = Numbers(lang)(found.size / MB, 1) if found.size else ""
    status = named(words, "state", found.status)
    return [name, status, _when(found.finished), size, ", ".join(since)]


def _when(finished: str) -> str:
    """Local time, to the minute."""
    if not finished:
        return ""
    return datetime.fromisoformat(finished).astimezone().strftime("%Y-%m-%d %H:%M")


def pages(results: Path) -> list[Path]:
    """The pages that are there."""
    return sorted(results.glob("report*.html"))
