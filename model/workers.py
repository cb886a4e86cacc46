"""Workers: one function called on many tasks, in processes of this machine or of a Dask cluster.

A process that dies loses its one task, and the caller is told; another takes its place. Ctrl-C is
for the first process alone, and no worker outlives it. Processes start afresh, alike on every
system and whatever else this one runs; where one is enough, this process does the work.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from contextlib import ExitStack, suppress
from functools import partial
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

QUOTA = Path("/sys/fs/cgroup/cpu.max")
AHEAD = 4
"""Tasks taken for each worker before the answer of the first of them, where each is large."""


class LostError(MachineError):
    """A worker ended before its task did."""


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
        self._unpack: Callable[[Any], Answer] = _as_it_is
        self._open = ExitStack()

    def __enter__(self) -> Self:
        if self._scheduler is not None:
            client = self._open.enter_context(_client(self._scheduler))
            cluster = client.get_executor(pure=False)
            self._count = max(1, sum(client.ncores().values()))
            work = _carrier(str(Path(__file__).parents[1]), str(Path.cwd()))
            self._submit = lambda task: cluster.submit(work, pickle.dumps((self._function, task)))
            self._unpack = _unpacked
        elif self._count > 1:
            from pebble import ProcessPool

            context = multiprocessing.get_context("spawn")
            pool = ProcessPool(self._count, initializer=_begin, context=context)
            self._open.callback(pool.join)
            self._open.push(lambda kind, *_: pool.stop() if kind else pool.close())
            self._submit = lambda task: pool.schedule(self._function, args=[task])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers: those at work too, at once, if an exception ends this."""
        self._open.__exit__(kind, error, trace)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Exception]]:
        """The place of each task and its answer, or what went wrong, as they come."""
        if self._submit is None:
            for place, task in enumerate(tasks):
                yield place, _answer(partial(self._function, task))
            return
        try:
            places = {self._submit(task): place for place, task in enumerate(tasks)}
        except RuntimeError as error:  # a pool that a process has left between two tasks
            raise LostError(say("the workers were lost: {error}", error=error)) from None
        for future in as_completed(places):
            yield places[future], _answer(partial(self._opened, future))

    def _opened(self, future: Future[Any]) -> Answer:
        return self._unpack(future.result())

    def map(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """The answers in the order of the tasks; what went wrong is raised."""
        return self._in_order(self.run(tasks))

    def map_surely(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """As `map`; a task that a worker was lost with is done in this process.

        A few tasks for each worker are taken ahead: many large ones have no room at once.
        """
        return self.map(tasks) if self._submit is None else self._surely(tasks, self._submit)

    def _surely(
        self, tasks: Iterable[Task], submit: Callable[[Task], Future[Any]]
    ) -> Iterator[Answer]:
        ahead = deque[tuple[Task, Future[Any]]]()
        try:
            for task in tasks:
                try:
                    future = submit(task)
                except RuntimeError as error:  # a pool that a process has left between two tasks
                    future = Future()
                    future.set_exception(error)
                ahead.append((task, future))
                if len(ahead) >= AHEAD * self._count:
                    yield self._sure(*ahead.popleft())
            while ahead:
                yield self._sure(*ahead.popleft())
        finally:
            for _, future in reversed(ahead):  # so that none begins meanwhile
                future.cancel()

    def _sure(self, task: Task, future: Future[Any]) -> Answer:
        answer = _answer(partial(self._opened, future))
        if _is_lost(answer):
            return self._function(task)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @staticmethod
    def _in_order(found: Iterable[tuple[int, Answer | Exception]]) -> Iterator[Answer]:
        answers: dict[int, Answer | Exception] = {}
        due = 0
        for at, came in found:
            answers[at] = came
            while due in answers:
                answer = answers.pop(due)
                if isinstance(answer, Exception):
                    raise answer
                yield answer
                due += 1


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
    """A client of a Dask scheduler."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        mend = say("install it: python -m pip install distributed")
        raise InputError(
            Fault(f"--scheduler {address}", say("Dask is not installed"), mend)
        ) from None
    try:
        return Client(address, set_as_default=False)  # what else runs here takes no notice
    except (OSError, ValueError) as error:
        what = say("no Dask scheduler: {error}", error=error)
        mend = say("give the address at which one listens, such as tcp://name:8786")
        raise InputError(Fault(f"--scheduler {address}", what, mend)) from None
