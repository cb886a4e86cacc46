"""Many scenarios: in this process when there is one to run, else on workers, here or of Dask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from model.batch.lock import held
from model.batch.record import Record
from model.batch.worker import run_one, settled
from model.errors import Fault, InputError
from model.workers import Workers, cores

if TYPE_CHECKING:
    from collections.abc import Generator

    from model.scenario import Scenario

Progress = Callable[[Record | None], object]

IMPORTS = (
    "model.outcome.solve",
    "model.settlement",
    "model.batch.worker",
    "netCDF4",
    "dask.array",  # where it is installed, xarray loads it with its first array
    "model.views.publishing.publish",  # a worker writes the page, too
    "typer",  # and each reads the file of the command
)
"""What workers need."""


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
        Called with the record of each scenario as it ends, and with None once work begins: the
        processes have started by then.

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
            if record is not None:
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
) -> Generator[Record | None, None, None]:
    """The records as they come: what is done first, then None, then the rest."""
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
    if scheduler is not None:
        yield None
        yield from _on_dask(scheduler, task, waiting)
    else:
        yield from _here(min(jobs or cores(), len(waiting)), task, waiting)


def _settled(scenario: Scenario, results: Path) -> Record | None:
    """As `settled`; what cannot be read here is left for the run to report."""
    try:
        return settled(scenario, results)
    except OSError:
        return None


def _here(
    count: int, task: Callable[[Scenario], Record], scenarios: Sequence[Scenario]
) -> Iterator[Record | None]:
    """None, then the records from this process, or several; one that dies gives a record too."""
    with Workers(task, count, IMPORTS, partial(_read, scenarios)) as workers:
        workers.start()
        yield None
        for place, found in workers.run(scenarios):
            yield found if isinstance(found, Record) else _lost(scenarios[place], str(found))


def _read(scenarios: Sequence[Scenario]) -> None:
    """Read the inputs once for all workers; what is wrong with them, each run tells."""
    from model.data.assemble import load_data

    for scenario in {scenario.inputs_folder: scenario for scenario in scenarios}.values():
        with suppress(Exception):
            load_data(scenario)


def _on_dask(
    address: str, task: Callable[[Scenario], Record], scenarios: Sequence[Scenario]
) -> Iterator[Record]:
    """The records from the workers of a Dask scheduler; one that dies gives a record too."""
    try:
        from distributed import Client, as_completed
    except ModuleNotFoundError:
        mend = "install it: python -m pip install distributed"
        raise InputError(Fault(f"--scheduler {address}", "Dask is not installed", mend)) from None
    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        mend = "give the address at which one listens, such as tcp://name:8786"
        raise InputError(
            Fault(f"--scheduler {address}", f"no Dask scheduler: {error}", mend)
        ) from None
    with client:
        futures = {client.submit(task, s, pure=False): s for s in scenarios}
        for future in as_completed(futures):
            if future.status == "finished":
                yield future.result()
            else:
                yield _lost(futures[future], f"the worker was lost: {future.exception()}")


def _lost(scenario: Scenario, words: str) -> Record:
    return Record(scenario.name, "failed", message=words.splitlines()[0])


def _refuse_twins(scenarios: Sequence[Scenario]) -> None:
    counts = Counter(scenario.name for scenario in scenarios)
    twins = [scenario for scenario in scenarios if counts[scenario.name] > 1]
    if twins:
        mend = "Give each scenario a name of its own: it is the name of its results folder."
        raise InputError(
            [Fault(str(s.file), f"several scenarios are called '{s.name}'", mend) for s in twins]
        )
