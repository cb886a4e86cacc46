"""Benchmark: time from data to a model loaded in HiGHS, against a matrix made by hand.

    python -m benchmarks.build_speed [--nnz 1e6] [--repeats 3] [--json]

One problem (`benchmarks.problem`), drawn at a size of about `--nnz` nonzeros, is built and handed
to HiGHS by

    raw      numpy arrays written by whoever knows the matrix by heart
    ours     ordinary Pyomo text through `model.compile`, engine `template`
    pyomo    the same text, expanded by Pyomo, through its own interface to HiGHS (appsi)
    linopy   where it is installed

Every run is a process of its own, ways take turns, and the median counts. Imports and the drawing
of the data are left out, solving too; garbage collection is off for all. Ratios are of processor
time, which a busy machine changes less than time by the clock. Memory is what the peak of the
process has grown by meanwhile. All ways solve one small case, and must agree on its cost.
The last line is JSON; `--json` prints nothing else.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import highspy
import numpy as np

from benchmarks.problem import Case, draw, size_of
from benchmarks.problem_arrays import assemble
from benchmarks.problem_text import tell

SMALL = 1e4
SLOW = {"pyomo": 3e5}
"""Above so many nonzeros, a way is timed once."""
ROWWISE, MINIMISE = 2, 1


def raw(case: Case) -> highspy.Highs:
    """Arrays by hand."""
    arrays = assemble(case)
    return _passed(arrays.matrix(), {k: np.concatenate(v) for k, v in arrays.parts.items()})


def ours(case: Case) -> highspy.Highs:
    """Ordinary Pyomo text, through our compiler."""
    m = _pyomo().AbstractModel()
    tell(m, case)
    program = importlib.import_module("model.compile").compile_model(m)
    names = ("cost", "lower", "upper", "row_lower", "row_upper")
    return _passed(program.matrix, {name: getattr(program, name) for name in names})


def pyomo(case: Case) -> highspy.Highs:
    """The same text, through Pyomo's own interface."""
    m = _pyomo().ConcreteModel()
    tell(m, case)
    solver = importlib.import_module("pyomo.contrib.appsi.solvers").Highs()
    solver.set_instance(m)
    return solver._solver_model


def linopy(case: Case) -> highspy.Highs:
    """The same problem, through linopy."""
    m = importlib.import_module("benchmarks.linopy_text").tell(case)
    return importlib.import_module("linopy.io").to_highspy(m)


WAYS: dict[str, Callable[[Case], highspy.Highs]] = {
    "raw": raw,
    "ours": ours,
    "pyomo": pyomo,
    "linopy": linopy,
}
MODULES = {
    "ours": ("model.compile",),
    "pyomo": ("pyomo.contrib.appsi.solvers",),
    "linopy": ("benchmarks.linopy_text", "linopy.io"),
}


def _pyomo() -> Any:
    return importlib.import_module("pyomo.environ")


def _passed(matrix: Any, arrays: dict[str, Any]) -> highspy.Highs:
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    rows, columns = matrix.shape
    status = h.passModel(
        columns,
        rows,
        matrix.nnz,
        ROWWISE,
        MINIMISE,
        0.0,
        arrays["cost"],
        arrays["lower"],
        arrays["upper"],
        arrays["row_lower"],
        arrays["row_upper"],
        matrix.indptr.astype(np.int32, copy=False),
        matrix.indices.astype(np.int32, copy=False),
        matrix.data,
        np.zeros(columns, dtype=np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refuses the matrix")
    return h


def once(way: str, nonzeros: float, solve: bool) -> dict[str, float]:
    """Time and memory of one way, in this process; the cost of the plan where it is solved."""
    for module in MODULES.get(way, ()):
        importlib.import_module(module)
    case = draw(size_of(nonzeros))
    gc.collect()
    gc.freeze()
    gc.disable()
    before = _peak()
    started, worked = time.perf_counter(), time.process_time()
    h = WAYS[way](case)
    found = {"s": time.perf_counter() - started, "cpu_s": time.process_time() - worked}
    found["MB"] = _peak() - before
    found |= {"nnz": h.getNumNz(), "rows": h.getNumRow(), "columns": h.getNumCol()}
    if solve:
        h.setOptionValue("output_flag", False)
        h.run()
        if h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"{way}: {h.modelStatusToString(h.getModelStatus())}")
        found["objective"] = h.getObjectiveValue()
    return found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(way: str, nonzeros: float, solve: bool = False) -> dict[str, float]:
    """`once` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.build_speed", "--way", way, "--nnz", f"{nonzeros}"]
    done = subprocess.run(command + ["--solve"] * solve, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(nonzeros: float, repeats: int, ways: list[str]) -> dict[str, Any]:
    """Medians by way, and whether all agree."""
    objectives = {way: apart(way, SMALL, solve=True)["objective"] for way in ways}
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for turn in range(repeats):
        for way in ways:
            if turn == 0 or nonzeros <= SLOW.get(way, np.inf):
                runs[way].append(apart(way, nonzeros))
    sizes = {tuple(run[k] for k in ("nnz", "rows", "columns")) for w in runs for run in runs[w]}
    if len(sizes) != 1:
        raise RuntimeError(f"the ways do not make the same matrix: {sizes}")
    spread = (max(objectives.values()) - min(objectives.values())) / abs(objectives["raw"])
    result: dict[str, Any] = {"nnz": int(runs["raw"][0]["nnz"])}
    for way, found in runs.items():
        for unit in ("s", "cpu_s", "MB"):
            result[f"{way}_{unit}"] = round(statistics.median(run[unit] for run in found), 4)
    result["objective"] = objectives["raw"]
    result["objectives_agree"] = spread < 1e-9
    return result


def main() -> None:
    """Run the benchmark, or one way of it."""
    parser = argparse.ArgumentParser(prog="benchmarks.build_speed", description=__doc__)
    parser.add_argument("--nnz", type=float, default=1e6, help="about so many nonzeros")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], choices=list(WAYS), metavar="WAY")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--solve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        print(json.dumps(once(given.way, given.nnz, given.solve)))
        return
    missing = [] if importlib.util.find_spec("linopy") else ["linopy"]
    ways = [way for way in WAYS if way not in {*given.without, *missing} or way == "raw"]
    result = measure(given.nnz, given.repeats, ways)
    if not given.json:
        for way in ways:
            wall, cpu, memory = (result[f"{way}_{unit}"] for unit in ("s", "cpu_s", "MB"))
            ratio = cpu / result["raw_cpu_s"]
            print(f"{way:7}{wall:11.4f} s{cpu:11.4f} s CPU{ratio:8.1f} x raw{memory:8.0f} MB")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
