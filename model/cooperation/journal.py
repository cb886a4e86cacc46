"""Ledger: costs of coalitions on disk, one line each, so that a run can be taken up again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from model.compile import Program
from model.games.game import Coalition


class Ledger:
    """A file of JSON lines: the fingerprint of a program, then coalitions and their costs.

    A file of another program is begun anew; a line cut short, by a crash, is passed over.
    """

    def __init__(self, path: Path, program: Program, origin: str = "") -> None:
        self._path, self._mark = path, fingerprint(program) + origin
        self.costs: dict[Coalition, float] = {}
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        if lines[:1] == [json.dumps(self._mark)]:
            self.costs = dict(filter(None, map(_entry, lines[1:])))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self._mark) + "\n", encoding="utf-8")
        known, self.costs = self.costs, {}
        self.add(known)

    def add(self, costs: Mapping[Coalition, float]) -> None:
        """Write the costs that are not there yet."""
        fresh = {key: value for key, value in costs.items() if key not in self.costs}
        lines = (json.dumps([sorted(key), value]) + "\n" for key, value in fresh.items())
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(lines)
        self.costs.update(fresh)


def fingerprint(program: Program) -> str:
    """A digest of every number of a program."""
    digest = hashlib.sha256()
    matrix = program.matrix
    sides = (program.row_lower, program.row_upper, program.cost, program.lower, program.upper)
    for part in (matrix.indptr, matrix.indices, matrix.data, *sides):
        digest.update(np.ascontiguousarray(part).data)
    return digest.hexdigest()


def _entry(line: str) -> tuple[Coalition, float] | None:
    try:
        members, value = json.loads(line)
    except ValueError:
        return None
    return frozenset(members), float(value)
