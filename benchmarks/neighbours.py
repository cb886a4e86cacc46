"""Benchmark: near scenarios, each solved from where the one before stands, or built anew.

    python -m benchmarks.neighbours [--scenario spl-widened] [--count 50] [--width 0.03] [--json]

The scenario is drawn `--count` times with other prices of electricity and gas, another demand,
other targets, a pace of savings and a cost of wind turbines, each within ± `--width`. Every one of
them is solved

    neighbours   data, template, and the solver that holds the program before
    scratch      data, template, and a new solver
    pyomo        data, the same text expanded by Pyomo, its own interface to HiGHS (appsi)

from its tables to its optimum: the data are read and prepared in each, tables of results are made
in none; the first two prove their optimum besides. Seconds are of processor time, on one thread,
ways taking turns. The last line is JSON; `--json` prints nothing else.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from model.build import build
from model.data.assemble import load_data
from model.outcome.neighbours import nearest_order
from model.outcome.solve import make_plan, solver_for
from model.scenario import Scenario, load_scenario
from model.scenario.sweep import override
from model.solver import Solver

Solve = Callable[[Scenario], float]


def draw(name: str, count: int, width: float, inputs: Path) -> list[Scenario]:
    """The scenario, then others near it, with demands of their own in the folder `inputs`."""
    base = load_scenario(name)
    shutil.copytree(base.inputs_folder, inputs, ignore=shutil.ignore_patterns("make", "tiny"))
    chance = np.random.default_rng(1)
    outlook = pd.read_csv(inputs / "outlook.csv", dtype=str)
    usual = outlook[outlook["outlook"] == base.demand.outlook]
    outlooks, found = [outlook], []
    for number in range(count):
        factor = chance.uniform(1 - width, 1 + width, 7) if number else np.ones(7)
        label = f"{base.demand.outlook}-{number}"
        outlooks.append(_stretched(usual.assign(outlook=label), factor[0], base.horizon.base_year))
        changes = {
            "inputs": str(inputs),
            "demand.outlook": label,
            "economy.purchase_price": {"electricity": factor[1], "gas": factor[2]},
            "economy.investment": {"wind": factor[3]},
            "reduction.pace": base.reduction.pace * factor[4],
        }
        for target, change in zip(base.targets, factor[5:], strict=False):
            at = base.targets[target].at
            changes[f"targets.{target}.at"] = {year: aim * change for year, aim in at.items()}
        found.append(override(base, changes, f"near-{number}"))
    pd.concat(outlooks).to_csv(inputs / "outlook.csv", index=False)
    return found


def _stretched(outlook: pd.DataFrame, factor: float, base_year: int) -> pd.DataFrame:
    """Every demand after the base year times a factor."""
    index = next(column for column in outlook if column.startswith("index"))
    growth = outlook[index].astype(float)
    later = outlook["year"].astype(int) > base_year
    return outlook.assign(**{index: growth.where(~later, growth * factor)})


def in_a_row() -> Solve:
    """Each from where the one before stands."""
    held: list[Solver] = []

    def solve(scenario: Scenario) -> float:
        if not held:
            held.append(solver_for(scenario))
        return make_plan(scenario, solver=held[0]).solution.objective

    return solve


def from_scratch(scenario: Scenario) -> float:
    """With a solver of its own."""
    return make_plan(scenario).solution.objective


def through_pyomo(scenario: Scenario) -> float:
    """Built and handed over by Pyomo."""
    solver = importlib.import_module("pyomo.contrib.appsi.solvers").Highs()
    solver.highs_options = {"threads": 1}
    solver.config.load_solution = False
    return float(solver.solve(build(load_data(scenario), "pyomo")).best_feasible_objective)


def measure(scenarios: list[Scenario], ways: dict[str, Solve]) -> dict[str, Any]:
    """Mean processor time by way [s], how much faster than Pyomo, how far objectives differ."""
    load_data(scenarios[0])  # whoever is first is not to pay for the tables that all share
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    costs: dict[str, list[float]] = {way: [] for way in ways}
    for scenario in scenarios:
        for way, solve in ways.items():
            gc.collect()
            started = time.process_time()
            costs[way].append(solve(scenario))
            seconds[way].append(time.process_time() - started)
    told = np.array(list(costs.values()))
    apart = np.abs(told / told[0] - 1).max()
    result: dict[str, Any] = {f"{way}_s": round(sum(s), 2) for way, s in seconds.items()}
    return {"count": len(scenarios)} | result | {"objectives_differ": float(apart)}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="benchmarks.neighbours", description=__doc__)
    parser.add_argument("--scenario", default="spl-widened")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--width", type=float, default=0.03)
    parser.add_argument("--without", nargs="*", default=[], choices=["scratch", "pyomo"])
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    given = parser.parse_args()
    ways = {"neighbours": in_a_row(), "scratch": from_scratch, "pyomo": through_pyomo}
    kept = {way: solve for way, solve in ways.items() if way not in given.without}
    with tempfile.TemporaryDirectory() as folder:
        near = draw(given.scenario, given.count, given.width, Path(folder) / "inputs")
        result = {"scenario": given.scenario, **measure(nearest_order(near), kept)}
    if not given.json:
        for way in kept:
            ratio = result[f"{way}_s"] / result["neighbours_s"]
            print(f"{way:11}{result[f'{way}_s']:10.2f} s{ratio:8.1f} x neighbours")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
