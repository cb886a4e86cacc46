"""Benchmark: the plans of all coalitions, as a multiple of the plan of everyone from scratch.

    python -m benchmarks.coalitions [NAME ...]

A scenario is built once. Everyone's plan is solved and chosen among equal ones as a run does,
before and after; between, the game solves every other coalition, single players first. Seconds
are of processor time, on one thread; BLAS, whose threads wait busily, is kept to one as well.
"""

from __future__ import annotations

import argparse
import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from model.cooperation.joint import Joint
from model.outcome.solve import LIKING, Plan, make_plan
from model.scenario import load_scenario
from model.solver import Solver, Ties


def cold(plan: Plan) -> float:
    """Seconds of the plan of everyone, from scratch."""
    begin = time.process_time()
    Solver().solve(plan.program, ties=Ties.of(plan.program, LIKING))
    return time.process_time() - begin


def every(plan: Plan) -> tuple[float, int]:
    """Seconds of all coalitions but everyone, and how many they are."""
    game = Joint.of(plan).game
    begin = time.process_time()
    game.solve_all()
    return time.process_time() - begin, game.asked - 1


def main() -> None:
    """Print a line for each scenario."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", default=["pool"], metavar="NAME")
    for name in parser.parse_args().scenarios:
        plan = make_plan(load_scenario(name))
        before, (seconds, count), after = cold(plan), every(plan), cold(plan)
        one = (before + after) / 2
        print(f"{name}: everyone {one:.2f} s, {count} more {seconds:.2f} s, {seconds / one:.1f} ×")


if __name__ == "__main__":
    main()
