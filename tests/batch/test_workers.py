"""Workers: every task is done once, whatever happens to the processes that do them."""

import os
import signal
import subprocess
import sys
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from model import workers
from model.errors import Fault, InputError
from model.workers import AHEAD, LostError, Workers, cores

posix = pytest.mark.skipif(os.name != "posix", reason="these signals are POSIX")


def square(number: int) -> int:
    return number**2


def inverse(number: int) -> float:
    return 1 / number


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def marked(task: tuple[Path, str]) -> int:
    """Leave a file with the number of the process; fails if the task has been run before."""
    file, end = task
    with file.open("x", encoding="utf-8") as mark:
        print(os.getpid(), file=mark)
    if end == "slow":
        time.sleep(60)
    return os.getpid()


def met(task: tuple[Path, Path]) -> int:
    """Leave a file, and the number of the process once the other file is there."""
    mine, other = task
    mine.touch()
    awaited(other.exists)
    return os.getpid()


def marker(file: Path) -> int:
    """The process that runs a task, once it does."""
    return int(awaited(lambda: file.exists() and file.read_text(encoding="utf-8").strip()))


def awaited(state: Callable[[], object]) -> str:
    """Wait until something is so; long enough for any machine."""
    for _ in range(600):
        if found := state():
            return str(found)
        time.sleep(0.05)
    raise AssertionError("it never came")


def alive(process: int) -> bool:
    """Whether a thread of a process runs: until the last has ended, its pipes are open."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        return any(" Z " not in (t / "stat").read_text(encoding="utf-8") for t in threads)
    except (FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/task").exists() and alive(process)


@pytest.mark.parametrize("count", [1, 2])
def test_every_task_has_its_answer(count) -> None:
    with Workers(square, count) as pool:
        assert dict(pool.run(range(7))) == {n: n**2 for n in range(7)}
        assert dict(pool.run([])) == {}
        assert dict(pool.run([8])) == {0: 64}


def test_as_many_workers_as_asked_for(tmp_path) -> None:
    """Two tasks that wait for one another need two; whatever follows has no third."""
    here, there = tmp_path / "here", tmp_path / "there"
    with Workers(met, 2) as pool:
        both = {n for _, n in pool.run([(here, there), (there, here)])}
        others = {n for _, n in pool.run([(here, there)] * 20)}
    assert len(both) == 2
    assert others <= both


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_is_the_answer_of_its_task(count) -> None:
    with Workers(inverse, count) as pool:
        found = dict(pool.run([1, 0, 2]))
    error = found.pop(1)
    assert isinstance(error, ZeroDivisionError)
    assert "return 1 / number" in "".join(traceback.format_exception(error))
    assert found == {0: 1.0, 2: 0.5}


@pytest.mark.parametrize("count", [1, 2])
def test_answers_in_the_order_of_the_tasks(count) -> None:
    naps = [0.2, 0.0, 0.1, 0.0]
    with Workers(nap, count) as pool:
        assert list(pool.map(naps)) == naps
        with pytest.raises(ValueError, match="negative"):
            list(pool.map([0.0, -1.0, 0.0]))


@posix
def test_an_error_leaves_nothing_running() -> None:
    """Workers are free at once for what comes next; what is asleep would take a minute."""
    with Workers(nap, 2) as pool:
        started = time.monotonic()
        with pytest.raises(ValueError, match="negative"):
            list(pool.map_surely([-1.0, 60.0, 60.0, 60.0]))
        assert list(pool.map([0.0, 0.0])) == [0.0, 0.0]
        assert time.monotonic() - started < 30


class Thing:
    """A task of which is known whether it still is there."""


def thing(_: Thing) -> None:
    """What is made of it."""


@pytest.mark.parametrize("surely", [False, True])
def test_tasks_are_made_as_they_are_needed_and_kept_until_answered(surely) -> None:
    kept: weakref.WeakSet[Thing] = weakref.WeakSet()

    def things() -> Iterator[Thing]:
        for _ in range(30):
            kept.add(one := Thing())
            yield one
            del one

    with Workers(thing, 2) as pool:
        most = max(len(kept) for _ in pool.map(things(), surely))
    assert 2 <= most <= 2 * AHEAD + 1


def test_one_worker_is_this_process(tmp_path) -> None:
    with Workers(marked, 1) as pool:
        assert list(pool.run([(tmp_path / "one", "")])) == [(0, os.getpid())]


def ends_elsewhere(here: int) -> int:
    """End the process unless it is that one."""
    if os.getpid() != here:
        os._exit(9)
    return here


def refused(_: int) -> None:
    raise InputError(Fault("a.csv", "no such file"))


def test_what_was_lost_is_done_here() -> None:
    """Nobody else can do it; an error of the task itself is told."""
    here = os.getpid()
    with Workers(ends_elsewhere, 2) as pool:
        assert list(pool.map_surely([here] * 3)) == [here] * 3
        with pytest.raises(LostError):
            list(pool.map([here]))
    with Workers(refused, 2) as pool, pytest.raises(InputError, match="no such file"):
        list(pool.map_surely([1, 2]))


def test_what_is_taken_ahead_and_not_wanted_is_cancelled() -> None:
    handed = [Future() for _ in range(4)]
    handed[0].set_result(0)
    pool = Workers(square, 2)
    pool._submit = handed.__getitem__
    answers = pool.map_surely(range(9))
    assert next(answers) == 0
    answers.close()
    assert [future.cancelled() for future in handed] == [False] + [True] * 3


def one_dies_idle(pool: Workers, folder: Path) -> int:
    """Kill a worker between two tasks; its number."""
    [(_, process)] = pool.run([(folder / "one", "")])
    os.kill(process, signal.SIGKILL)
    awaited(lambda: not alive(process))
    return process


@posix
def test_a_pool_that_is_broken_leaves_all_to_this_process(tmp_path) -> None:
    with Workers(marked, 2) as pool:
        one_dies_idle(pool, tmp_path)
        found = list(pool.map_surely([(tmp_path / f"{n}", "") for n in range(3)]))
    assert len(found) == 3


@posix
def test_a_worker_that_is_killed_loses_its_one_task(tmp_path) -> None:
    """In the middle of the work; `marked` fails where a task is run twice."""
    tasks = [(tmp_path / f"{n}", "slow" if n == 1 else "") for n in range(9)]
    answers = {}
    with Workers(marked, 2) as pool:
        for place, answer in pool.run(tasks):
            answers[place] = answer
            if len(answers) == 3:
                os.kill(marker(tmp_path / "1"), signal.SIGKILL)
    lost = answers.pop(1)
    assert isinstance(lost, LostError)
    assert str(lost).startswith("the worker was lost: signal 9 (Killed), as when memory")
    assert len(answers) == 8
    assert all(isinstance(answer, int) for answer in answers.values())


@posix
def test_a_worker_that_dies_idle_is_told(tmp_path) -> None:
    """The pool does not go on without it, but nothing hangs and nothing is silent."""
    with Workers(marked, 2) as pool:
        process = one_dies_idle(pool, tmp_path)
        try:
            [(_, other)] = pool.run([(tmp_path / "two", "")])
        except LostError as error:
            other = error
    assert isinstance(other, Exception) or other != process


@posix
def test_an_exception_ends_workers_at_once(tmp_path) -> None:
    tasks = [(tmp_path / "quick", ""), (tmp_path / "slow", "slow")]
    with pytest.raises(KeyboardInterrupt), Workers(marked, 2) as pool:
        for _ in pool.run(tasks):
            process = marker(tmp_path / "slow")
            raise KeyboardInterrupt
    assert not alive(process)


def stopped(file: Path) -> None:
    """Hang as a process does that is stopped."""
    file.write_text(str(os.getpid()), encoding="utf-8")
    os.kill(os.getpid(), signal.SIGSTOP)


@posix
def test_a_worker_that_hangs_is_left_where_a_look_says_so(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(workers, "LOOK", 0.05)
    files = [tmp_path / "one", tmp_path / "two"]

    def look() -> None:
        if all(file.exists() for file in files):
            raise TimeoutError

    with Workers(stopped, 2) as pool, pytest.raises(TimeoutError):
        list(pool.map_surely(files, look))
    assert not any(alive(marker(file)) for file in files)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_workers_end_with_the_first_process(tmp_path) -> None:
    """Killed, so that it can tell nobody; its workers are in the middle of a task."""
    text = f"""
import sys
sys.path[:0] = {[str(Path(__file__).parents[2]), str(Path(__file__).parent)]}
if __name__ == "__main__":
    from pathlib import Path
    from model.workers import Workers
    from test_workers import marked
    with Workers(marked, 2) as pool:
        list(pool.run([(Path("a"), "slow"), (Path("b"), "slow")]))
"""
    (tmp_path / "script.py").write_text(text, encoding="utf-8")
    with subprocess.Popen([sys.executable, "script.py"], cwd=tmp_path) as first:
        processes = [marker(tmp_path / name) for name in "ab"]
        assert all(map(alive, processes))
        first.kill()
    awaited(lambda: not any(map(alive, processes)))


def test_a_limit_of_the_container_counts(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(workers, "QUOTA", tmp_path / "cpu.max")
    free = cores()
    assert free >= 1
    for text, count in (("max 100000\n", free), ("90000 100000\n", 1), ("9900000 100000\n", free)):
        (tmp_path / "cpu.max").write_text(text, encoding="utf-8")
        assert cores() == count
