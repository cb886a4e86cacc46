"""State: what stands in the results folder for each scenario, and whether it is up to date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.batch.provenance import OUTCOME, PROVENANCE, SETTLED, fingerprint, standing
from model.scenario.twins import twin

if TYPE_CHECKING:
    from model.scenario import Scenario

PARTS = ("scenario", "inputs", "hourly", "model", "lock", "packages", "python")
"""What a result rests on, as in its provenance."""


@dataclass(frozen=True)
class State:
    """The result of a scenario.

    Attributes
    ----------
    status : str
        That of the last run (`solved`, `infeasible`, …), `stale` if that run rests on something
        else than what is there now, `missing` without one.
    finished : str
        When, as ISO 8601; empty without a run.
    size : int
        Of the files of the result. [byte]
    changed : tuple of str
        What a stale result rests on that is not what is there now.
    objective : float
        [MEUR]; NaN without an up-to-date solution.
    """

    scenario: Scenario
    status: str
    finished: str = ""
    size: int = 0
    changed: tuple[str, ...] = ()
    objective: float = float("nan")


def state(scenario: Scenario, results: Path) -> State:
    """The state of a scenario in a folder of results."""
    folder = results / scenario.name
    record = read_record(folder)
    if not record:
        return State(scenario, "missing")
    found = State(scenario, record["status"], record["finished"], _size(folder))
    if record["status"] not in SETTLED:
        return found
    now = fingerprint(scenario)
    if standing(folder, now["key"]) is None:
        changed = tuple(_changed(record, now)) or (OUTCOME,)
        return replace(found, status="stale", changed=changed)
    return replace(found, objective=float(record.get("objective", "nan")))


def read_record(folder: Path) -> dict[str, Any]:
    """The provenance of a result; empty if there is none that can be read."""
    try:
        record = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(record, dict) and {"status", "finished"} <= record.keys()
    return record if whole else {}


def solved(scenarios: Iterable[Scenario], results: Path) -> list[State]:
    """The states of those scenarios that have an up-to-date solution."""
    return [s for s in (state(scenario, results) for scenario in scenarios) if s.status == "solved"]


def gains(states: Iterable[State]) -> dict[str, float]:
    """By how much each scenario costs less than its twin without cooperation, by name [MEUR]."""
    known = {s.scenario.name: s for s in states}
    resolved = {name: s.scenario.resolved() for name, s in known.items()}
    twins = {name: twin(name, resolved) for name in known}
    return {n: known[t].objective - known[n].objective for n, t in twins.items() if t}


def _changed(record: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The parts that differ; of inputs, the files."""
    found = []
    for part in PARTS:
        before, after = record.get(part), json.loads(json.dumps(now[part], default=str))
        if part == "inputs" and isinstance(before, dict):
            files = before.keys() | after.keys()
            found += sorted(f"inputs/{f}" for f in files if before.get(f) != after.get(f))
        elif before != after:
            found.append(part)
    return found


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
