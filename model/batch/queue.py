"""Many scenarios: what is done is skipped, the rest is handed to workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from model.batch.lock import held
from model.batch.record import Record
from model.batch.worker import run_one, settled, status_of
from model.errors import Fault, InputError
from model.words.catalogue import say
from model.workers import LostError, Workers, cores

if TYPE_CHECKING:
    from collections.abc import Generator

    from model.scenario import Scenario

Progress = Callable[[Record], object]


def run_batch(
    scenarios: Sequence[Scenario],
    results: Path,
    jobs: int | None = None,
    scheduler: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> list[Record]:
    """Run every scenario that is not done yet, and write `results/<name>/` for each.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Their names differ.
    results : Path
        Folder of the results; made if missing.
    jobs : int, optional
        Processes on this machine; by default one for each core.
    scheduler : str, optional
        Address of a Dask scheduler whose workers see this folder; `jobs` is then its own matter.
    force : bool
        Run again what is already done.
    progress : callable, optional
        Called with the record of each scenario as it ends.

    Returns
    -------
    list of Record
        In the order of `scenarios`. A scenario that fails gives a record, not an exception.

    Raises
    ------
    InputError
        If two scenarios have one name, and so one folder of results, or another run holds it.
    """
    _refuse_twins(scenarios)
    results = results.resolve()
    results.mkdir(parents=True, exist_ok=True)
    records: dict[str, Record] = {}
    with held(results), closing(_run(scenarios, results, jobs, scheduler, force)) as found:
        for record in found:
            records[record.name] = record
            if progress is not None:
                progress(record)
    return [records[scenario.name] for scenario in scenarios]


def _run(
    scenarios: Sequence[Scenario],
    results: Path,
    jobs: int | None,
    scheduler: str | None,
    force: bool,
) -> Generator[Record, None, None]:
    """The records as they come, what is done already first."""
    waiting = []
    for scenario in scenarios:
        earlier = None if force else _settled(scenario, results)
        if earlier is None:
            waiting.append(scenario)
        else:
            yield earlier
    if jobs != 1:  # the largest first, so that no worker is left alone with it at the end
        waiting.sort(key=lambda scenario: -len(scenario.territory.members))
    task = partial(run_one, results=results, force=force)
    if not waiting:
        return
    if len(waiting) == 1 and waiting[0].solver.gap > 0:  # its unions are what is handed out
        from model.solver import solve_union

        with Workers(solve_union, jobs or cores(), scheduler) as workers:
            yield task(waiting[0], spread=workers.map_surely)
        return
    with Workers(task, min(jobs or cores(), len(waiting)), scheduler) as workers:
        for place, found in workers.run(waiting):
            yield found if isinstance(found, Record) else _lost(waiting[place], found)


def _settled(scenario: Scenario, results: Path) -> Record | None:
    """As `settled`; what cannot be read here is left for the run to report."""
    try:
        return settled(scenario, results)
    except OSError:
        return None


def _lost(scenario: Scenario, error: Exception) -> Record:
    if not isinstance(error, LostError):
        error = LostError(say("the worker was lost: {error}", error=str(error).splitlines()[0]))
    status = status_of(error)
    return Record(scenario.name, status, message=error.told("en"), message_fr=error.told("fr"))


def _refuse_twins(scenarios: Sequence[Scenario]) -> None:
    counts = Counter(scenario.name for scenario in scenarios)
    twins = [scenario for scenario in scenarios if counts[scenario.name] > 1]
    if twins:
        mend = say("Give each scenario a name of its own: it is the name of its results folder.")
        raise InputError(
            [
                Fault(str(s.file), say("several scenarios are called '{name}'", name=s.name), mend)
                for s in twins
            ]
        )
