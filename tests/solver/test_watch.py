"""A solve can be stopped, limited and looked at, whatever HiGHS does."""

import threading
import time
from mmap import PAGESIZE
from types import SimpleNamespace

import pytest

from model.errors import SolverLimitError
from model.solver.watch import NAME, Progress, Watch, _held, left_behind, watching


class Callbacks(list):
    """Takes and drops functions, as a callback of HiGHS does."""

    def __iadd__(self, function):
        self.append(function)
        return self

    def __isub__(self, function):
        self.remove(function)
        return self


class Endless:
    """A HiGHS that runs until it is told to stop; deaf, it does not even ask, for two seconds."""

    def __init__(self, deaf: bool = False, done: int = 40) -> None:
        self.cbSimplexInterrupt, self.cbIpmInterrupt = Callbacks(), Callbacks()
        self.cbLogging = Callbacks()
        self.deaf, self.done, self.stopped, self.options = deaf, done, False, {}

    def setOptionValue(self, name, value):  # noqa: N802
        """Keep an option."""
        self.options[name] = value

    def run(self) -> None:
        """Run, and ask as HiGHS asks."""
        for told in self.cbLogging:
            told(SimpleNamespace(message="      30     4.5e+02 Pr: 12(3.1) 0.1s"))
        counts = SimpleNamespace(simplex_iteration_count=self.done, ipm_iteration_count=-1)
        event = SimpleNamespace(data_out=counts, interrupt=lambda: setattr(self, "stopped", True))
        end = time.perf_counter() + (2 if self.deaf else 20)
        while not self.stopped and time.perf_counter() < end:
            time.sleep(0.01)
            for asked in () if self.deaf else self.cbSimplexInterrupt:
                asked(event)


def seconds(watch: Watch, limit: float) -> float:
    """How long a run takes that ends at a limit."""
    started = time.perf_counter()
    with pytest.raises(SolverLimitError):
        watch.run(limit)
    return time.perf_counter() - started


def test_the_limit_of_time_holds_where_highs_forgets_it() -> None:
    highs = Endless()
    assert seconds(Watch(highs), 0.2) < 1.5
    assert highs.stopped
    assert not left_behind()


def test_who_does_not_even_ask_is_left_behind() -> None:
    highs = Endless(deaf=True)
    assert seconds(Watch(highs), 0.2) < 1.9
    assert left_behind()
    for thread in threading.enumerate():
        if thread.name == NAME:
            thread.join()


def test_the_limit_of_memory_holds(monkeypatch) -> None:
    monkeypatch.setattr("model.solver.watch._held", lambda: 3.0)
    highs = Endless()
    with pytest.raises(SolverLimitError, match=r"3.0 GB of memory are held, of 2"):
        Watch(highs, memory=2.0).run(60)


def test_a_stop_ends_the_solve(monkeypatch) -> None:
    """As Ctrl-C does while the first thread waits."""
    highs = Endless()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Watch, "_look", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Watch(highs).run(60)
    assert highs.stopped


def test_what_goes_wrong_beside_is_told_here(monkeypatch) -> None:
    highs = Endless()
    monkeypatch.setattr(highs, "run", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Watch(highs).run(60)


def test_who_looks_is_told_how_far_it_is() -> None:
    seen: list[Progress] = []
    highs = Endless()
    with watching(seen.append), pytest.raises(SolverLimitError):
        Watch(highs).run(0.2)
    assert highs.options == {"output_flag": True, "log_to_console": False}
    assert seen[-1].iterations == 40
    assert seen[-1].bound == 450
    assert seen[0].left <= 0.2


def test_before_the_first_iteration_there_is_none() -> None:
    """HiGHS counts −1 until a method has begun."""
    highs = Endless(done=-1)
    watch = Watch(highs)
    seconds(watch, 0.2)
    assert watch._iterations == 0


def test_memory_that_the_system_does_not_tell_is_none(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("model.solver.watch._PAGES", tmp_path / "statm")
    assert _held() == 0
    (tmp_path / "statm").write_text("900 250 30", encoding="ascii")
    assert _held() == pytest.approx(250 * PAGESIZE / 1e9)
