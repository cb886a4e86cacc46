"""Ledger: answers on disk, one line each, so that a run can be taken up again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class Ledger:
    """A file of JSON lines: what the answers rest on, then each question with its answer.

    A file that rests on something else is begun anew; a line cut short, by a crash, is passed over.
    """

    def __init__(self, path: Path, mark: str) -> None:
        self._path = path
        self.answers: dict[str, Any] = {}
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        known = dict(filter(None, map(_entry, lines[1:]))) if lines[:1] == [mark] else {}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mark + "\n", encoding="utf-8")
        for name, answer in known.items():
            self.add(name, answer)

    def add(self, name: str, answer: Any) -> None:
        """Write an answer."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([name, answer]) + "\n")
        self.answers[name] = answer


def _entry(line: str) -> tuple[str, Any] | None:
    try:
        name, answer = json.loads(line)
    except ValueError:
        return None
    return str(name), answer
