"""One scenario, from its key to its files. Nothing that goes wrong here stops the others."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from model.batch.provenance import OUTCOME, PROVENANCE, fingerprint, outcome_hash, standing
from model.batch.record import Record, Status
from model.errors import InfeasibleError, InputError, MachineError, ModelError, SolverLimitError
from model.machine import refused
from model.outcome.files import write_dataset, write_json
from model.words.catalogue import say, told
from model.words.numbers import Lang

if TYPE_CHECKING:
    from model.outcome.solve import Plan
    from model.scenario import Scenario
    from model.solver import Spread

LOG, COOPERATION, ROUNDS = "error.log", "cooperation.nc", "rounds-*.npz"

_STATUS: dict[type[ModelError], Status] = {
    InfeasibleError: "infeasible",
    SolverLimitError: "limit",
    InputError: "refused",
    MachineError: "machine",
}


def settled(scenario: Scenario, results: Path) -> Record | None:
    """The end of a scenario that an earlier run settled from the same inputs; else None."""
    return _settled(scenario.name, results / scenario.name, fingerprint(scenario)["key"])


def run_one(
    scenario: Scenario, results: Path, force: bool = False, spread: Spread | None = None
) -> Record:
    """Solve one scenario and write `results/<name>/`, unless that is done already.

    `spread` plans unions of partners elsewhere, where there is a gap.

    Every exception becomes a record: a bad scenario must not stop the batch. An unexpected one
    leaves its traceback in `results/<name>/error.log`.
    """
    start = time.perf_counter()
    folder = results / scenario.name
    basis: dict[str, object] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        basis = fingerprint(scenario)
        earlier = None if force else _settled(scenario.name, folder, basis["key"])
        if earlier is not None:
            return earlier
        found = _solve(scenario, folder, spread)
    except Exception as error:
        found = _failure(error, folder)
    return _commit(scenario, folder, found, basis, time.perf_counter() - start)


def _settled(name: str, folder: Path, key: object) -> Record | None:
    record = standing(folder, key)
    if record is None:
        return None
    done = record["status"] == "solved"
    return _record(name, record | {"status": "done" if done else record["status"]})


def _record(name: str, found: Mapping[str, object]) -> Record:
    return Record(
        name,
        cast("Status", found["status"]),
        cast("float", found["seconds"]),
        cast("Mapping[str, float]", found["summary"]),
        cast("str", found["message"]),
        cast("str", found["message_fr"]),
    )


def _solve(scenario: Scenario, folder: Path, spread: Spread | None) -> dict[str, object]:
    """Solve and write the outcome, and who gains; the provenance of the one before goes first."""
    from model.outcome.solve import make_plan, tell
    from model.outcome.summary import summarise

    plan = make_plan(scenario, spread=spread, kept=folder)
    outcome = tell(plan)
    stages = json.loads(outcome.attrs.pop("seconds", "{}"))  # else no two files would be the same
    summary = summarise(outcome)
    (folder / PROVENANCE).unlink(missing_ok=True)
    write_dataset(outcome, folder / OUTCOME)
    message = _share(plan, folder)
    for path in (folder / LOG, *folder.glob(ROUNDS)):
        path.unlink(missing_ok=True)
    objective = outcome.attrs["objective"]
    basis = {"objective": objective, "outcome": outcome_hash(folder), "summary": summary}
    return {"status": "solved", **_said(partial(told, message)), "stages": stages, **basis}


def _share(plan: Plan, folder: Path) -> str:
    """Write who gains, at a glance; what to tell where that fails, which spoils no result."""
    from model.settlement import glance

    try:
        glance(plan, folder)
    except (ModelError, MemoryError) as error:
        (folder / COOPERATION).unlink(missing_ok=True)
        return say("who gains is not known: {error}", error=refused(error) or error)
    return ""


def _failure(error: Exception, folder: Path) -> dict[str, object]:
    """What to tell of an exception; an unexpected one also leaves its traceback in a file."""
    known = error if isinstance(error, ModelError) else refused(error)
    if known is not None:
        return {"status": status_of(known), **_said(known.told), "summary": {}}
    words = f"{type(error).__name__}: {error}".splitlines()[0]
    with suppress(OSError):
        (folder / LOG).write_text(traceback.format_exc(), encoding="utf-8")
        words += f" (traceback: {folder / LOG})"
    return {"status": "failed", **_said(partial(told, words)), "summary": {}}


def _said(telling: Callable[[Lang], str]) -> dict[str, str]:
    return {"message": telling("en"), "message_fr": telling("fr")}


def _commit(
    scenario: Scenario,
    folder: Path,
    found: dict[str, object],
    basis: dict[str, object],
    seconds: float,
) -> Record:
    """Write the provenance, last; a run without result leaves no older one behind."""
    found |= {"seconds": round(seconds, 3)}
    finished = datetime.now(UTC).isoformat(timespec="seconds")
    about = {"name": scenario.name, "title": scenario.title, "finished": finished}
    try:
        if found["status"] != "solved":
            (folder / PROVENANCE).unlink(missing_ok=True)
            for name in (OUTCOME, COOPERATION):
                (folder / name).unlink(missing_ok=True)
        write_json(about | found | basis, folder / PROVENANCE)
    except OSError as error:
        if not found["message"]:
            words = say("the result could not be recorded: {error}", error=error)
            found |= _said(partial(told, words))
        found |= {"status": "machine", "summary": {}}
    return _record(scenario.name, found)


def status_of(error: ModelError) -> Status:
    """What an error is called in the table of a batch."""
    return next((word for kind, word in _STATUS.items() if isinstance(error, kind)), "failed")
