"""Watch: HiGHS in a thread beside, so that it can be stopped, limited and looked at.

HiGHS asks between two iterations whether to stop: it stops within a tenth of a second, as measured
in docs/reliability.md. Only its presolve and its factorisations ask nothing, for seconds: then its
thread is left behind, which ends with the process.

    watching(told)   has `told` called, meanwhile, with how far HiGHS is
    left_behind()    whether a thread was: whoever ends the process must not wait for it
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import PAGESIZE
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as threads
from typing import Any
from weakref import proxy

import highspy

from model.errors import SolverLimitError
from model.words.catalogue import say

NAME = "highs"
LOOK = 0.1
"""Time between two looks [s]."""
GRACE = 0.5
"""Time that HiGHS has to stop when it is told to [s]."""
GIGA = 1e9

_PAGES = Path("/proc/self/statm")
_SIMPLEX = re.compile(r"\s*(\d+)\s+([-+.\de]+) (?:Pr|Du|Ph)")
_INTERIOR = re.compile(r"\s*(\d+)\s+[-+.\de]+\s+([-+.\de]+)(?:\s+[-+.\de]+){3}")


@dataclass(frozen=True)
class Progress:
    """How far HiGHS is.

    Attributes
    ----------
    iterations : int
    bound : float
        No plan costs less, as far as is known; NaN before anything is. [MEUR]
    left : float
        Until the limit of time. [s]
    cost : float
        Of the best plan so far, where one is known before the end; else NaN. [MEUR]
    """

    iterations: int
    bound: float
    left: float
    cost: float = math.nan

    @property
    def gap(self) -> float:
        """What the plan may cost more than the least, as a share of it [1]."""
        return (self.cost - self.bound) / max(1.0, abs(self.cost))


Told = Callable[[Progress], object]

_watchers: list[Told] = []
_closely: list[Told] = []


@contextmanager
def watching(told: Told, closely: bool = True) -> Iterator[None]:
    """Have solves of this process tell how far they are: each new plan and, closely, meanwhile."""
    lists = (_watchers, _closely) if closely else (_watchers,)
    for watchers in lists:
        watchers.append(told)
    try:
        yield
    finally:
        for watchers in lists:
            watchers.remove(told)


def tell(progress: Progress) -> None:
    """Tell whoever is watching of a new plan."""
    for told in _watchers:
        told(progress)


def left_behind() -> bool:
    """Whether a thread of HiGHS still runs."""
    return any(thread.name == NAME for thread in threads())


class Watch:
    """Runs HiGHS, and stops it.

    Parameters
    ----------
    memory : float, optional
        Most memory that this process may hold [GB].
    """

    def __init__(self, highs: highspy.Highs, memory: float | None = None) -> None:
        self._highs: highspy.Highs = proxy(highs)  # which holds this, and is large
        self._memory = memory
        self._stop = False
        self._iterations, self._bound = 0, float("nan")
        highs.cbSimplexInterrupt += self._asked
        highs.cbIpmInterrupt += self._asked

    def run(self, limit: float) -> None:
        """Run to the end, or as long as limits allow.

        Parameters
        ----------
        limit : float
            Longest time [s]; HiGHS knows it too, and mostly keeps to it.

        Raises
        ------
        SolverLimitError
            If the time or the memory is at its end.
        """
        self._stop = False
        done, started = Event(), time.perf_counter()
        found: list[BaseException] = []
        log = self._read_log if _closely else None
        if log:
            self._highs.setOptionValue("output_flag", True)
            self._highs.setOptionValue("log_to_console", False)
            self._highs.cbLogging += log
        Thread(target=self._run, args=(done, found), name=NAME, daemon=True).start()
        try:
            while not done.wait(LOOK):
                self._look(started + limit - time.perf_counter(), limit)
        finally:
            if not done.is_set():
                self._stop = True
                done.wait(GRACE)
            if log and done.is_set():
                self._highs.cbLogging -= log
        if found:
            raise found[0]

    def _run(self, done: Event, found: list[BaseException]) -> None:
        try:
            self._highs.run()
        except BaseException as error:  # told by who waits
            found.append(error)
        finally:
            done.set()

    def _look(self, left: float, limit: float) -> None:
        if left < -GRACE:
            raise SolverLimitError(say("no optimum was found within {limit:g} s", limit=limit))
        if self._memory is not None and (held := _held()) > self._memory:
            told = {"held": held, "limit": self._memory}
            raise SolverLimitError(say("{held:.1f} GB of memory are held, of {limit:g}", **told))
        for watcher in _closely:
            watcher(Progress(self._iterations, self._bound, left))

    def _asked(self, event: Any) -> None:
        """HiGHS asks whether to stop, and says how far it is."""
        counts = event.data_out
        self._iterations = max(counts.simplex_iteration_count, counts.ipm_iteration_count, 0)
        if self._stop:
            event.interrupt()

    def _read_log(self, event: Any) -> None:
        """The bound, and iterations of the interior point method, stand in the log only."""
        if line := _SIMPLEX.match(event.message) or _INTERIOR.match(event.message):
            self._iterations, self._bound = int(line[1]), float(line[2])


def _held() -> float:
    """Memory that this process holds [GB]; 0 where the system does not say."""
    try:
        return int(_PAGES.read_text(encoding="ascii").split()[1]) * PAGESIZE / GIGA
    except (OSError, ValueError, IndexError):
        return 0.0
