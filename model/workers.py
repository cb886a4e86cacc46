"""Workers: one function called on many tasks, in processes of this machine or of a Dask cluster.

A process that dies loses its one task, and the caller is told; another takes its place. Ctrl-C is
for the first process alone, and no worker outlives it. Processes start afresh, alike on every
system and whatever else this one runs; where one is enough, this process does the work. Tasks are
made as they are needed, a few ahead of the workers, and kept until they are answered.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import ExitStack, closing, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from model.errors import Fault, InputError, MachineError, ModelError
from model.words.catalogue import say

if TYPE_CHECKING:
    from distributed import Client

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Look = Callable[[], object]
"""Called while workers are waited for, at each look."""

AHEAD = 2
"""Tasks for each worker: one that it does, and those that wait for it."""
LOOK = 1.0
"""Time between two looks at who is there [s]."""
QUOTA = Path("/sys/fs/cgroup/cpu.max")


class LostError(MachineError):
    """A worker ended before its task did."""


def _nothing() -> None:
    """No look."""


class Workers(Generic[Task, Answer]):
    """Processes that call a function.

    Parameters
    ----------
    function : callable
        What they call with each task; pickled, as are tasks and answers.
    count : int
        Processes at once; with one, this process.
    scheduler : str, optional
        Address of a Dask scheduler whose workers do it instead.

    Raises
    ------
    InputError
        On entering, if no scheduler listens at the address, or Dask is not installed.
    """

    def __init__(
        self, function: Callable[[Task], Answer], count: int = 1, scheduler: str | None = None
    ) -> None:
        self._function, self._count, self._scheduler = function, count, scheduler
        self._submit: Callable[[Task], Future[Any]] | None = None
        self._hands: Callable[[], int] = lambda: count
        self._unpack: Callable[[Any], Answer] = _as_it_is
        self._open = ExitStack()

    def __enter__(self) -> Self:
        if self._scheduler is not None:
            client = self._open.enter_context(_client(self._scheduler))
            cluster, self._hands = client.get_executor(pure=False), partial(_threads, client)
            work = _carrier(str(Path(__file__).parents[1]), str(Path.cwd()))
            self._submit = lambda task: cluster.submit(work, pickle.dumps((self._function, task)))
            self._unpack = _unpacked
            if not self._hands():
                nobody = say(
                    "no worker is there: `dask worker {at}` starts one", at=self._scheduler
                )
                logging.getLogger(__name__).warning(nobody)
        elif self._count > 1:
            from pebble import ProcessPool

            context = multiprocessing.get_context("spawn")
            pool = ProcessPool(self._count, initializer=_begin, context=context)
            self._open.callback(pool.join)
            self._open.callback(pool.stop)
            self._submit = lambda task: pool.schedule(self._function, args=[task])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers, at once: whatever they still do, nobody waits for."""
        self._open.__exit__(kind, error, trace)

    def run(
        self, tasks: Iterable[Task], surely: bool = False, look: Look = _nothing
    ) -> Generator[tuple[int, Answer | Exception]]:
        """The place of each task and its answer, or what went wrong, as they come.

        `surely`, this process does what a worker was lost with, and what nobody is there for.
        What `look` raises is raised, also where a worker never answers.
        """
        coming = enumerate(tasks)
        if self._submit is None:
            for place, task in coming:
                yield place, _answer(partial(self._function, task))
            return
        sent: dict[Future[Any], tuple[int, Task]] = {}
        try:
            while True:
                look()
                most = AHEAD * max(self._hands(), 1)
                for place, task in islice(coming, max(most - len(sent), 0)):
                    sent[self._sent(task)] = place, task
                if not sent:
                    return
                for future in self._first(sent, surely):
                    place, task = sent.pop(future)
                    found = _answer(partial(self._opened, future))
                    lost = surely and _is_lost(found)
                    yield place, _answer(partial(self._function, task)) if lost else found
        finally:
            for future in sent:
                future.cancel()

    def _first(self, sent: Iterable[Future[Any]], surely: bool) -> list[Future[Any]]:
        """The first that has come; one that is given up if nobody is there; none if none comes."""
        nobody = surely and not self._hands()
        if not wait(sent, 0 if nobody else LOOK, FIRST_COMPLETED).done and nobody:
            next(iter(sent)).cancel()
        return [future for future in sent if future.done()][:1]

    def _sent(self, task: Task) -> Future[Any]:
        assert self._submit is not None
        try:
            return self._submit(task)
        except Exception as error:  # a pool that a process has left between two tasks
            lost: Future[Any] = Future()
            lost.set_exception(LostError(say("the workers were lost: {error}", error=error)))
            return lost

    def _opened(self, future: Future[Any]) -> Answer:
        return self._unpack(future.result())

    def map(
        self, tasks: Iterable[Task], surely: bool = False, look: Look = _nothing
    ) -> Iterator[Answer]:
        """The answers in the order of the tasks; what went wrong is raised, and no more is done."""
        answers: dict[int, Answer | Exception] = {}
        due = 0
        with closing(self.run(tasks, surely, look)) as found:
            for at, came in found:
                answers[at] = came
                while due in answers:
                    answer = answers.pop(due)
                    if isinstance(answer, Exception):
                        raise answer
                    yield answer
                    due += 1

    def map_surely(self, tasks: Iterable[Task], look: Look = _nothing) -> Iterator[Answer]:
        """As `map`; what `run` surely does in this process is done there."""
        return self.map(tasks, True, look)


def cores() -> int:
    """Cores that this process may use, by its container's limits too."""
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    count = mine or 1
    with suppress(OSError, ValueError):  # no container, or one without limit
        quota, period = map(int, QUOTA.read_text().split())
        count = min(count, math.ceil(quota / period))
    return count


def _answer(work: Callable[[], Answer]) -> Answer | Exception:
    try:
        return work()
    except CancelledError:  # as Dask does with all that it was sent
        return LostError(say("the scheduler was lost"))
    except Exception as error:
        code = getattr(error, "exitcode", None)  # of a process of Pebble that has expired
        return error if code is None else LostError(_end(code))


def _is_lost(answer: Any) -> bool:
    """Whether this says that a worker has ended, not the task."""
    lost = isinstance(answer, LostError)
    return lost or (isinstance(answer, Exception) and not isinstance(answer, ModelError))


def _as_it_is(answer: Any) -> Any:
    return answer


def _unpacked(answer: bytes) -> Any:
    """What a task of a cluster came to."""
    sound, found = pickle.loads(answer)
    if not sound:
        raise found
    return found


def _carrier(root: str, here: str) -> Callable[[bytes], bytes]:
    """What a cluster runs: bytes to bytes, so that its scheduler need not know this project.

    It is a function inside of another for this reason: such a one is sent whole, not by its name.
    Workers find the project in `root` and work in the folder `here`, wherever they were started.
    """

    def work(sent: bytes) -> bytes:
        import contextlib
        import pickle
        import sys

        if root not in sys.path:
            sys.path.insert(0, root)
        try:
            with contextlib.chdir(here):
                function, task = pickle.loads(sent)
                return pickle.dumps((True, function(task)))
        except Exception as error:
            return pickle.dumps((False, error))

    return work


def _end(code: int) -> str:
    """How a process ended."""
    if code >= 0:
        return say("the worker was lost: exit code {code}", code=code)
    name = signal.strsignal(-code)
    if code == -9:
        return say("the worker was lost: signal 9 ({name}), as when memory runs out", name=name)
    return say("the worker was lost: signal {code} ({name})", code=-code, name=name)


def _begin() -> None:
    """End when told to, in the midst of a solve too, and with the first process, however it ends.

    Pebble leaves Ctrl-C to the first process. What a library locks here is of this process alone,
    as of a fork: else a semaphore of its would be left behind, and told on the terminal.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork", force=True)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _client(address: str) -> Client:
    """A client of a Dask scheduler; what it does not tell, nobody needs to know."""
    try:
        import dask
        from distributed import Client
    except ModuleNotFoundError:
        mend = say("install it: python -m pip install distributed")
        raise InputError(
            Fault(f"--scheduler {address}", say("Dask is not installed"), mend)
        ) from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"})
    try:
        return Client(address, set_as_default=False)  # what else runs here takes no notice
    except (OSError, ValueError) as error:
        what = say("no Dask scheduler: {error}", error=error)
        mend = say("give the address at which one listens, such as tcp://name:8786")
        raise InputError(Fault(f"--scheduler {address}", what, mend)) from None


def _threads(client: Client) -> int:
    """Threads of the workers of a cluster; none where its scheduler is lost."""
    with suppress(OSError):
        if client.status == "running":
            return sum(client.nthreads(callback_timeout=LOOK).values())
    return 0
