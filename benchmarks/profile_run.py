"""Benchmark: where the processor time of `python run.py` goes.

    python -m benchmarks.profile_run [NAME…] [--jobs 2] [--terminal] [--json]

The same scenarios run one after another in this process, and the processor time within each stage
is taken. Then the command itself runs, in a folder of its own, on one job and on as many as asked
for: the processor time of all its processes is taken, and what HiGHS takes in each of them, told by
a `sitecustomize` that wraps its calls; with `--terminal` it believes to speak to one, and shows its
bar. The last line is JSON; `--json` prints nothing else.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

STAGES = {
    "data": ("model.outcome.solve", "load_data"),
    "build": ("model.outcome.solve", "build"),
    "compile": ("model.outcome.solve", "compile_model"),
    "certificate": ("model.outcome.solve", "certify"),
    "tables and audit": ("model.outcome.solve", "tell"),
    "who gains": ("model.settlement", "glance"),
    "fingerprints": ("model.batch.worker", "fingerprint"),
    "netCDF": ("model.batch.worker", "write_dataset"),
    "report": ("model.views.publishing.publish", "publish"),
}
"""What is timed: module and name. A stage within another counts for the inner one only, and every
call of HiGHS for HiGHS: the run, and loading and reading it."""

METER = """
import importlib.abc, importlib.util, sys, time

class Meter(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "highspy":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (execute(module), wrap(module.Highs))
        return spec

spent, within = [], []

def wrap(highs):
    for name in dir(highs):
        if not name.startswith("_") and callable(getattr(highs, name)):
            setattr(highs, name, timed(getattr(highs, name)))

def timed(call):
    def counted(*arguments, **named):
        if within:
            return call(*arguments, **named)
        within.append(call)
        start = time.process_time()
        try:
            return call(*arguments, **named)
        finally:
            within.clear()
            spent.append(time.process_time() - start)
            if call.__name__ == "run":
                with open(__file__ + ".seconds", "a") as told:
                    told.write(f"{sum(spent)}\\n")
                spent.clear()
    return counted

sys.meta_path.insert(0, Meter())
"""
"""A `sitecustomize`: each run of HiGHS adds to a file the seconds of all its calls up to it."""

Clock = dict[str, float]


class Spent(NamedTuple):
    """What a command took [s]: processor time, that within HiGHS, and time by the clock."""

    whole: float
    highs: float
    by_the_clock: float

    @property
    def outside(self) -> float:
        """Share of the processor time that is not HiGHS."""
        return 1 - self.highs / self.whole


def places() -> Iterator[tuple[str, Any, str]]:
    """Each stage, and the owner and name of what is timed."""
    for stage, (module, path) in STAGES.items():
        *within, name = path.split(".")
        yield stage, reduce(getattr, within, importlib.import_module(module)), name
    highs = importlib.import_module("highspy").Highs
    for name in dir(highs):
        if not name.startswith("_") and callable(getattr(highs, name)):
            yield "HiGHS", highs, name


@contextmanager
def timed(clock: Clock) -> Iterator[None]:
    """Add the processor time within each stage to the clock [s]."""
    running = [("rest", time.process_time())]

    def turn(stage: str | None) -> None:
        name, since = running[-1]
        now = time.process_time()
        clock[name] += now - since
        if stage is None:
            running.pop()
            running[-1] = (running[-1][0], now)
        else:
            running[-1] = (name, now)
            running.append((stage, now))

    def around(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            turn(stage)
            try:
                return function(*args, **named)
            finally:
                turn(None)

        return call

    kept = []
    for stage, owner, name in places():
        kept.append((owner, name, getattr(owner, name)))
        setattr(owner, name, around(stage, getattr(owner, name)))
    running[0] = ("rest", time.process_time())
    try:
        yield
    finally:
        clock["rest"] += time.process_time() - running[0][1]
        for place, name, function in kept:
            setattr(place, name, function)


def in_this_process(names: list[str]) -> Clock:
    """Processor time by stage [s]."""
    started = time.process_time()
    importlib.import_module("run")  # as the command starts: threads of BLAS, garbage collection
    for module, _ in STAGES.values():
        importlib.import_module(module)
    clock: Clock = defaultdict(float, imports=time.process_time() - started)
    batch, scenario = (importlib.import_module(f"model.{name}") for name in ("batch", "scenario"))
    with tempfile.TemporaryDirectory() as folder, timed(clock):
        scenarios = scenario.load_scenarios(names or None)
        records = batch.run_batch(scenarios, Path(folder), jobs=1)
        known = {record.name: record.arrays for record in records}
        views = importlib.import_module("model.views.publishing.publish")
        views.publish(scenarios, Path(folder), "en", known=known)
    return dict(clock)


def as_a_command(names: list[str], jobs: int, terminal: bool = False) -> Spent:
    """What `run.py` takes, all its processes together."""
    _adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        meter = Path(folder) / "sitecustomize.py"
        meter.write_text(METER, encoding="utf-8")
        command = [sys.executable, "run.py", "run", *names, "-j", str(jobs), "--results", folder]
        before, started = os.times(), time.perf_counter()
        environment = os.environ | {"PYTHONPATH": folder}
        if terminal:
            _on_a_terminal(command, environment)
        else:
            subprocess.run(command, check=True, capture_output=True, env=environment)
        by_the_clock = time.perf_counter() - started
        with suppress(ChildProcessError):
            while True:
                os.wait()
        after = os.times()
        highs = sum(map(float, meter.with_suffix(".py.seconds").read_text().split()))
    user, system = (after[n] - before[n] for n in (2, 3))  # of the processes that have ended
    return Spent(user + system, highs, by_the_clock)


def _on_a_terminal(command: list[str], environment: dict[str, str]) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        with suppress(OSError):  # which is how a terminal ends
            while os.read(ours, 1 << 16):
                pass
    os.close(ours)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def _adopt_orphans() -> None:
    """Have what outlives the command, the parent of the workers, end as a child of this process."""
    if sys.platform.startswith("linux"):
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="benchmarks.profile_run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="scenarios; without any: all")
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("--terminal", action="store_true", help="run the command on a terminal")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    given = parser.parse_args()
    clock = in_this_process(given.names)
    here = Spent(sum(clock.values()), clock["HiGHS"], 0.0)
    each = sorted({1, given.jobs})
    commands = {jobs: as_a_command(given.names, jobs, given.terminal) for jobs in each}
    if not given.json:
        for stage, seconds in sorted(clock.items(), key=lambda item: -item[1]):
            print(f"{stage:18}{seconds:8.2f} s{seconds / here.whole:8.1%}")
        print(f"{'together':18}{here.whole:8.2f} s, outside HiGHS {here.outside:.1%}")
        for jobs, spent in commands.items():
            print(
                f"{f'run.py -j {jobs}':18}{spent.whole:8.2f} s, outside HiGHS {spent.outside:.1%}, "
                f"{spent.by_the_clock:.1f} s by the clock"
            )
    results = {
        f"j{jobs}": {
            "cpu_s": round(spent.whole, 2),
            "highs_s": round(spent.highs, 2),
            "s": round(spent.by_the_clock, 2),
            "outside": round(spent.outside, 3),
        }
        for jobs, spent in commands.items()
    }
    stages = {stage: round(seconds, 3) for stage, seconds in clock.items()}
    print(json.dumps(results | {"stages": stages, "outside": round(here.outside, 3)}))


if __name__ == "__main__":
    main()
