"""Workers: processes of this machine that call one function, one task after another.

A worker that dies loses its one task, and the caller is told; another takes its place. Ctrl-C is
for the first process alone, and no worker outlives it. On Linux workers are forks: of this process,
once it has imported what they need, or, where it runs another thread, as a notebook does, of one
that runs none (Python's fork server). Elsewhere they start afresh. Where one is enough, this
process does the work.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast

from model.errors import ModelError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

ROOT = str(Path(__file__).parents[1])
QUOTA = Path("/sys/fs/cgroup/cpu.max")
THREADS = Path("/proc/self/task")

_shared: set[str] = set()
"""Modules that the fork server has imported."""


class LostError(ModelError):
    """A worker ended before its task did."""

    def __init__(self, code: int) -> None:
        end = f"signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"exit code {code}"
        hint = ", as when memory runs out" if code == -9 else ""
        super().__init__(f"the worker was lost: {end}{hint}")


class Workers(Generic[Task, Answer]):
    """Processes that call a function; each starts when there is a task for it, or before.

    Parameters
    ----------
    function : callable
        What they call with each task; pickled, as are tasks and answers.
    count : int
        Processes at once; with one, this process.
    imports : sequence of str
        Modules that the function needs: where processes are forked, imported once for all.
    before : callable, optional
        What is worth doing once before this process is forked, such as to read what all need.
    """

    def __init__(
        self,
        function: Callable[[Task], Answer],
        count: int,
        imports: Sequence[str] = (),
        before: Callable[[], object] | None = None,
    ) -> None:
        self._function, self._count = function, count
        self._imports, self._before = imports, before
        self._workers: dict[Connection, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType) -> None:
        """End the workers: those at work too, at once, if an exception ends this."""
        for pipe, process in self._workers.items():
            if kind is not None:
                process.terminate()
            pipe.close()
        for process in self._workers.values():
            process.join()

    def start(self) -> None:
        """Start them all: what is done meanwhile, such as a thread, then comes after the forks.

        Where this process is enough, import what the function needs.
        """
        if self._count == 1:
            self._import()
        while len(self._workers) < self._count > 1:
            self._start()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Exception]]:
        """The place of each task and its answer, or what went wrong, as they come."""
        if self._count > 1:
            yield from self._run(tasks)
        else:
            for place, task in enumerate(tasks):
                yield place, _answer(self._function, task)

    def map(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """The answers in the order of the tasks; what went wrong is raised."""
        answers: dict[int, Answer | Exception] = {}
        due = 0
        for place, answer in self.run(tasks):
            answers[place] = answer
            while due in answers:
                found = answers.pop(due)
                if isinstance(found, Exception):
                    raise found
                yield found
                due += 1

    def _run(self, tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Exception]]:
        waiting, busy = deque(enumerate(tasks)), dict[Connection, int]()
        while waiting or busy:
            while waiting and len(busy) < self._count:
                pipe = self._idle(busy) or self._start()
                busy[pipe], task = waiting.popleft()
                with suppress(OSError):  # it has died just now: reading says so
                    pipe.send(task)
            for ready in wait(list(busy)):
                pipe = cast("Connection", ready)
                yield busy.pop(pipe), self._received(pipe)

    def _idle(self, busy: Container[Connection]) -> Connection | None:
        """A worker without a task that lives: the pipe of a dead one has its end to be read."""
        return next((pipe for pipe in self._workers if pipe not in busy and not pipe.poll()), None)

    def _start(self) -> Connection:
        method = _method()
        context: Any = get_context(method)
        here, there = context.Pipe()
        ours = (here, *self._workers) if method == "fork" else ()
        process = context.Process(target=_serve, args=(there, self._function, ours), daemon=True)
        if method == "forkserver":
            self._prepare()
            process.start()  # waits for the imports; Ctrl-C is heard meanwhile
        else:
            if method == "fork" and not self._workers:
                self._import()
                if self._before is not None:
                    self._before()
            with _without_interrupts(tracked=method != "fork"):
                process.start()
        there.close()
        self._workers[here] = process
        return cast("Connection", here)

    def _import(self) -> None:
        for name in self._imports:
            with suppress(ImportError):  # an extra that is not installed
                import_module(name)

    def _prepare(self) -> None:
        """Start the fork server, if none runs."""
        _shared.update(self._imports)
        forkserver.set_forkserver_preload([*self._imports])
        with _without_interrupts(), _found():
            forkserver.ensure_running()

    def _received(self, pipe: Connection) -> Answer | Exception:
        try:
            return cast("Answer | Exception", pipe.recv())
        except (EOFError, OSError):
            process = self._workers[pipe]
            process.join()
            return LostError(process.exitcode)


def where_loaded(module: str, function: Callable[[Task], Answer], task: Task) -> Answer:
    """Call a function that needs a module: here, or in a worker if only workers have loaded it."""
    apart = module in _shared and module not in sys.modules
    with Workers(function, 2 if apart else 1) as workers:
        [answer] = workers.map([task])
    return answer


def cores() -> int:
    """Cores that this process may use, by its container's limits too."""
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    count = mine or 1
    with suppress(OSError, ValueError):  # no container, or one without limit
        quota, period = map(int, QUOTA.read_text().split())
        count = min(count, math.ceil(quota / period))
    return count


@contextmanager
def without_collection() -> Iterator[None]:
    """Have Python look for no cycles, as while modules are imported, until `collect_from_now`."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_from_now() -> None:
    """Have Python look for cycles among what is made from now on; what was imported stays."""
    gc.freeze()
    gc.enable()


def _method() -> str:
    """How processes start here; a fork is safe where no other thread can hold a lock."""
    if not sys.platform.startswith("linux"):
        return "spawn"
    return "fork" if len(list(THREADS.iterdir())) == 1 else "forkserver"


def _answer(function: Callable[[Task], Answer], task: Task) -> Answer | Exception:
    try:
        return function(task)
    except Exception as error:
        return error


def _serve(
    pipe: Connection, function: Callable[[Task], object], others: Iterable[Connection]
) -> None:
    """Answer every task, until the first process closes the pipe; a fork has copies of `others`."""
    for other in others:
        other.close()
    if not gc.isenabled():  # as in the first process until work begins
        collect_from_now()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            answer = _answer(function, pipe.recv())
            if isinstance(answer, Exception):  # the trace itself does not go through a pipe
                answer.add_note("".join(traceback.format_exception(answer)))
            pipe.send(answer)


def _end_with_parent() -> None:
    """End this process with the first one, however that ends, in the midst of a task too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _without_interrupts(*, tracked: bool = True) -> Iterator[None]:
    """Have processes started meanwhile never see Ctrl-C; this thread sees it after.

    A terminal sends Ctrl-C to every process of the run; only the first is to act on it. Processes
    that are no fork of this one are `tracked` by one more.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    if tracked:
        resource_tracker.ensure_running()  # when it starts, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _found() -> Iterator[None]:
    """Have processes started meanwhile find this package, wherever the run was started."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = ROOT if before is None else ROOT + os.pathsep + before
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
