"""Ledger: what is known of the draws of a scenario, a line each, so that a run can go on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from model.doubt.draw import FAILED, Entry


@dataclass
class Ledger:
    """What is known of the draws of a scenario, on disk."""

    path: Path
    entries: dict[int, Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """What was known before; a line cut short, by a crash, is passed over."""
        found = cls(path)
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            try:
                number, entry = json.loads(line)
            except ValueError:
                continue
            found.entries[number] = entry
        if path.is_file() and not path.read_bytes().endswith(b"\n"):
            with path.open("a", encoding="utf-8") as file:
                file.write("\n")
        return found

    def add(self, number: int, entry: Entry) -> None:
        """Keep a draw; a defect is told, and tried again by the next run."""
        self.entries[number] = entry
        if entry["status"] == FAILED:
            return
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([number, entry]) + "\n")
