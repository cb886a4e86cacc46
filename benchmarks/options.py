"""Benchmark: what the options of HiGHS do for our programs.

    python -m benchmarks.options [NAME…] [--only LABEL…] [--repeats 3] [--limit 120] [--json]

A NAME is a scenario, or `near-N`: the N EPCI nearest to Rouen under one SPL. Each program is solved
from scratch on one thread with each set of options, which take turns; a solve that does not end at
an optimum, within the limit [s by the clock], is not tried again. A line of JSON for each program
and set, with every processor time [s] and the objective; then, without `--json`, a table of medians
with the geometric mean of their ratios to the defaults.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from benchmarks import scale
from model.build import build
from model.compile import Program, compile_model
from model.data.assemble import load_data
from model.errors import ModelError
from model.scenario import load_scenario
from model.solver import Solver

NAMES = ["spl-widened", "rouen-ring", "pool", "rouen-alone", "near-10"]
NEAR = "near-"
Options = Mapping[str, bool | int | float | str]

DEFAULT = "default"
OPTIONS: dict[str, Options] = {
    DEFAULT: {},
    "no scaling": {"simplex_scale_strategy": 0},
    "equilibration": {"simplex_scale_strategy": 2},
    "forced equilibration": {"simplex_scale_strategy": 3},
    "largest value": {"simplex_scale_strategy": 4},
    "bounds × 2⁻¹⁰": {"user_bound_scale": -10},
    "bounds × 2¹⁰": {"user_bound_scale": 10},
    "costs × 2⁻¹⁰": {"user_objective_scale": -10},
    "costs × 2¹⁰": {"user_objective_scale": 10},
    "no presolve": {"presolve": "off"},
    "primal simplex": {"simplex_strategy": 4},
    "PAMI": {"simplex_strategy": 3},
    "Dantzig": {"simplex_dual_edge_weight_strategy": 0},
    "Devex": {"simplex_dual_edge_weight_strategy": 1},
    "costs not perturbed": {"dual_simplex_cost_perturbation_multiplier": 0.0},
    "ipm": {"solver": "ipm"},
    "ipm, no crossover": {"solver": "ipm", "run_crossover": "off"},
}


def program(name: str) -> Program:
    """The program of a scenario, or of the EPCI nearest to Rouen."""
    if not name.startswith(NEAR):
        return compile_model(build(load_data(load_scenario(name))))
    case = scale.Case(epci=int(name.removeprefix(NEAR)), form="spl")
    with tempfile.TemporaryDirectory() as folder:
        return compile_model(build(load_data(scale.scenario(case, None, Path(folder)))))


def solved(it: Program, options: Options, limit: float) -> tuple[float, float | None]:
    """Processor time [s] and objective; no objective where none was found."""
    solver, started = Solver("simplex", options), time.process_time()
    try:
        objective = solver.solve(it, limit).objective
    except ModelError:
        return time.process_time() - started, None
    return time.process_time() - started, objective


def measure(name: str, labels: list[str], repeats: int, limit: float) -> dict[str, list[float]]:
    """Every time of each set of options; infinity where it ended nowhere."""
    it = program(name)
    times: dict[str, list[float]] = {label: [] for label in labels}
    objectives: dict[str, float | None] = {}
    for _ in range(repeats):
        for label, known in times.items():
            if np.inf not in known:
                spent, objectives[label] = solved(it, OPTIONS[label], limit)
                known.append(spent if objectives[label] is not None else np.inf)
    for label, known in times.items():
        told = [round(spent, 3) if spent < np.inf else None for spent in known]
        found = {"program": name, "options": label, "s": told, "objective": objectives[label]}
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return times


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.options",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--only", nargs="+", choices=OPTIONS, default=list(OPTIONS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=120.0, metavar="S")
    parser.add_argument("--json", action="store_true", help="print the lines of JSON only")
    given = parser.parse_args()
    names, labels = given.names or NAMES, list(dict.fromkeys([DEFAULT, *given.only]))
    median = {
        name: {
            label: statistics.median(times)
            for label, times in measure(name, labels, given.repeats, given.limit).items()
        }
        for name in names
    }
    if given.json:
        return
    print(" | ".join(["options", *names, "geometric mean"]))
    for label in labels:
        ratios = [median[name][label] / median[name][DEFAULT] for name in names]
        mean = statistics.geometric_mean(ratios)
        print(" | ".join([label, *(f"{median[name][label]:.2f}" for name in names), f"{mean:.2f}"]))


if __name__ == "__main__":
    main()
