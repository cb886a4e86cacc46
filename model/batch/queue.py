"""Many scenarios: in this process when there is one to run, else on the workers of Dask."""

from __future__ import annotations

import logging
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.batch.lock import held
from model.batch.record import Record
from model.batch.worker import run_one, settled
from model.errors import Fault, InputError

if TYPE_CHECKING:
    from model.scenario import Scenario

Progress = Callable[[Record], object]

METHOD = "distributed.worker.multiprocessing-method"
SHARED = ["__main__", "distributed", "model.outcome.solve", "model.cooperation"]
"""What every worker imports: where a process can be forked, once for all of them."""


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
    with held(results):
        for record in _run(scenarios, results, jobs, scheduler, force):
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
) -> Iterator[Record]:
    """The records as they come: what is done first, then the rest."""
    waiting = []
    for scenario in scenarios:
        earlier = None if force else _settled(scenario, results)
        if earlier is None:
            waiting.append(scenario)
        else:
            yield earlier
    workers = min(jobs or _cores(), len(waiting)) if len(waiting) > 1 else 1
    if scheduler is None and workers == 1:
        for scenario in waiting:
            yield run_one(scenario, results, force)
    elif waiting:
        with _client(workers, scheduler) as client:
            yield from _gather(client, waiting, results, force)


def _settled(scenario: Scenario, results: Path) -> Record | None:
    """As `settled`; what cannot be read here is left for the run to report."""
    try:
        return settled(scenario, results)
    except OSError:
        return None


def _gather(
    client: Any, scenarios: Sequence[Scenario], results: Path, force: bool
) -> Iterator[Record]:
    """The records from the workers; a worker that dies gives a record too."""
    from distributed import as_completed

    # The largest first, so that no worker is left alone with it at the end.
    ordered = sorted(scenarios, key=lambda s: -len(s.territory.members))
    futures = {client.submit(run_one, s, results, force, pure=False): s.name for s in ordered}
    for future in as_completed(futures):
        if future.status == "finished":
            yield future.result()
        else:
            words = f"the worker was lost: {future.exception()}".splitlines()[0]
            yield Record(futures[future], "failed", message=words)


@contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the scheduler at this address, or of one of our own, closed to the network."""
    import dask
    from distributed import Client, LocalCluster

    if scheduler is not None:
        with Client(scheduler) as client:
            yield client
        return
    with _interrupts_kept_from_workers(), dask.config.set({METHOD: _started()}):
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any port: two runs may meet
            silence_logs=logging.CRITICAL,
        )
    with cluster, Client(cluster) as client:
        yield client


def _started() -> str:
    """How workers start: as forks of a process that has imported all they need, or afresh."""
    if not sys.platform.startswith("linux"):
        return "spawn"
    forkserver.set_forkserver_preload(SHARED)
    forkserver.ensure_running()
    return "forkserver"


@contextmanager
def _interrupts_kept_from_workers() -> Iterator[None]:
    """Have threads and processes started meanwhile never see Ctrl-C; this thread sees it after.

    A terminal sends Ctrl-C to every process of the run; only the first is to act on it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # when it starts, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _cores() -> int:
    """Cores that this process may use, by its container's limits too."""
    from dask.system import CPU_COUNT

    return int(CPU_COUNT)


def _refuse_twins(scenarios: Sequence[Scenario]) -> None:
    counts = Counter(scenario.name for scenario in scenarios)
    twins = [scenario for scenario in scenarios if counts[scenario.name] > 1]
    if twins:
        mend = "Give each scenario a name of its own: it is the name of its results folder."
        raise InputError(
            [Fault(str(s.file), f"several scenarios are called '{s.name}'", mend) for s in twins]
        )
