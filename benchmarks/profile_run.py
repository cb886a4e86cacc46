"""Benchmark: where the processor time of `python run.py` goes.

    python -m benchmarks.profile_run [NAME…] [--jobs 2] [--json]

First the command itself runs, in a folder of its own, and the processor time of all its processes
is taken. Then the same scenarios run one after another in this process, and the time within each
stage is taken; what the stages do not explain of the whole is the interpreter, the imports of each
process, and Dask. With several jobs, processes that share a core also slow one another down, and
that counts there.
The last line is JSON; `--json` prints nothing else.
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
from pathlib import Path
from typing import Any

STAGES = {
    "HiGHS": ("highspy", "Highs.run"),
    "data": ("model.outcome.solve", "load_data"),
    "build": ("model.outcome.solve", "build"),
    "compile": ("model.outcome.solve", "compile_model"),
    "certificate": ("model.outcome.solve", "certify"),
    "tables and audit": ("model.outcome.solve", "tell"),
    "who gains": ("model.cooperation", "glance"),
    "fingerprints": ("model.batch.worker", "fingerprint"),
    "netCDF": ("model.batch.worker", "write_dataset"),
    "report": ("model.views.publish", "publish"),
}
"""What is timed: module and name. A stage within another counts for the inner one only."""

Clock = dict[str, float]


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
    for stage, (module, path) in STAGES.items():
        *owner, name = path.split(".")
        place = importlib.import_module(module)
        for part in owner:
            place = getattr(place, part)
        kept.append((place, name, getattr(place, name)))
        setattr(place, name, around(stage, getattr(place, name)))
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
    for module, _ in STAGES.values():
        importlib.import_module(module)
    clock: Clock = defaultdict(float, imports=time.process_time() - started)
    batch, scenario = (importlib.import_module(f"model.{name}") for name in ("batch", "scenario"))
    with tempfile.TemporaryDirectory() as folder, timed(clock):
        scenarios = scenario.load_scenarios(names or None)
        batch.run_batch(scenarios, Path(folder), jobs=1)
        importlib.import_module("model.views.publish").publish(scenarios, Path(folder), "en")
    return dict(clock)


def as_a_command(names: list[str], jobs: int) -> tuple[float, float]:
    """Processor time of `run.py`, all its processes together, and time by the clock [s]."""
    _adopt_orphans()
    before, started = os.times(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "run.py", "run", *names, "-j", str(jobs), "--results", folder]
        subprocess.run(command, check=True, capture_output=True)
    by_the_clock = time.perf_counter() - started
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = os.times()
    spent = sum(
        getattr(after, k) - getattr(before, k) for k in ("children_user", "children_system")
    )
    return spent, by_the_clock


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
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    given = parser.parse_args()
    whole, by_the_clock = as_a_command(given.names, given.jobs)
    clock = in_this_process(given.names)
    clock["other processes, Dask"] = whole - sum(clock.values())
    outside = 1 - clock["HiGHS"] / whole
    if not given.json:
        for stage, seconds in sorted(clock.items(), key=lambda item: -item[1]):
            print(f"{stage:24}{seconds:8.2f} s{seconds / whole:8.1%}")
        print(
            f"{'together':24}{whole:8.2f} s, {by_the_clock:.1f} s by the clock, {given.jobs} jobs"
        )
    stages = {stage: round(seconds, 3) for stage, seconds in clock.items()}
    result = {"cpu_s": round(whole, 2), "s": round(by_the_clock, 2), "outside": round(outside, 3)}
    print(json.dumps(result | {"stages": stages}))


if __name__ == "__main__":
    main()
