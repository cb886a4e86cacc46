"""Benchmark: how large a territory, and how fine a year, can be built and solved.

    python -m benchmarks.scale [apart|linked|near|hourly …] [--epci N …] [--form none|spl …]
                               [--reach KM …] [--days N …] [--hours H …] [--milestones N …]
                               [--method simplex|ipm|hipo|pdlp|none …] [--gap G …]
                               [--limit S] [--year FILE] [--json]

    apart    every EPCI of the mainland by itself: built, solved part by part, certified
    linked   the same under one SPL, with links: built
    near     the EPCI nearest to Rouen under one SPL
    hourly   Rouen through the 8 760 hours of a year, in steps of some hours

Without a name, all four. Each names lists of options, all combinations of which are run; an option
that is given takes the place of its list. `--days 365` is a whole year: the hours of a file or,
without one, the twelve days of `12-days`, each as often as it counts. `--method none` builds only.

Each case is a process of its own, on one thread, that ends after `--limit` seconds of processor
time. A row and a line of JSON for each: size, processor time of data, building, compiling and
solving (certificate included) [s], peak of memory [GB], objective [MEUR]. `--json` prints the lines
of JSON only.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from model.build import build
from model.compile import compile_model
from model.data.assemble import load_data
from model.outcome.solve import solver_for
from model.scenario import Scenario, load_scenario, override
from model.solver import Labels, Within, certify, solve_apart
from model.solver.watch import Progress, watching

ROUEN = "200023414"
SCENARIOS = {"none": "no-cooperation", "spl": "spl-widened"}
WHOLE_YEAR = 365


@dataclass(frozen=True)
class Case:
    """What is run; `epci` 0 is every one of the mainland, `milestones` 2 the first and the last.

    `reach` 0 is that of the form: partners at any distance, wood and waste as far as they go.
    """

    epci: int = 1
    form: str = "none"
    reach: float = 0
    days: int = 4
    hours: float = 6
    milestones: int = 7
    method: str = "choose"
    gap: float = 0.0


CASES: dict[str, dict[str, list[Any]]] = {
    "apart": {"epci": [0]},
    "linked": {"epci": [0], "form": ["spl"], "reach": [30], "method": ["none"]},
    "near": {"epci": [10, 20, 40, 80], "form": ["spl"], "method": ["simplex", "ipm"]},
    "hourly": {"days": [WHOLE_YEAR], "hours": [24, 12, 8, 6], "milestones": [2]},
}
SHOWN = {
    "rows": 9,
    "columns": 9,
    "nonzeros": 10,
    "data_s": 7,
    "build_s": 8,
    "compile_s": 10,
    "solve_s": 9,
    "GB": 6,
    "objective": 21,
    "proven": 9,
    "status": 10,
}
"""Columns of the table, beside the options, and their widths."""


def cases(names: list[str], given: dict[str, list[Any]]) -> Iterator[Case]:
    """Every combination of the options of each name."""
    for name in names:
        lists = CASES[name] | given
        yield from (Case(**dict(zip(lists, one, strict=True))) for one in product(*lists.values()))


def nearest(count: int, inputs: Path) -> list[str]:
    """SIREN of the EPCI of the mainland nearest to Rouen, all of them if `count` is 0."""
    table = pd.read_csv(inputs / "epci.csv", dtype={"epci": str}).set_index("epci")
    place = table.loc[table["area [km2]"].notna(), ["x [m]", "y [m]"]]
    distance = np.hypot(*(place - place.loc[ROUEN]).to_numpy().T)
    return list(place.index[np.argsort(distance, kind="stable")][: count or None])


def unrolled(inputs: Path, file: Path) -> Path:
    """Write 8 760 hours: each day of the calendar `12-days` as often as it counts."""
    table = pd.read_csv(inputs / "calendar.csv")
    days = table[table["calendar"] == "12-days"].groupby("day", sort=False)
    hours = [day for _, day in days for _ in range(int(day["weight [day]"].iloc[0]))]
    pd.concat(hours).loc[:, "wind":"price"].to_csv(file, index=False)
    return file


def scenario(case: Case, year: Path | None, folder: Path) -> Scenario:
    """The scenario of a case; a made-up year is written into the folder."""
    base = load_scenario(SCENARIOS[case.form])
    every = base.horizon.years
    changes = {
        "territory.members": nearest(case.epci, base.inputs_folder),
        "horizon.hours_per_step": case.hours,
        "horizon.years": every if case.milestones == len(every) else [every[0], every[-1]],
        "solver.gap": case.gap,
        "solver.method": "choose" if case.method == "none" else case.method,
    }
    if case.reach:
        changes["cooperation.reach"] = case.reach
    if case.days == WHOLE_YEAR:
        hourly = year or unrolled(base.inputs_folder, folder / "year.csv")
        changes["horizon.hourly_file"] = str(hourly)
    else:
        changes["horizon.calendar"] = f"{case.days}-days"
    return override(base, changes, "scale")


def stages(case: Case, year: Path | None) -> Iterator[dict[str, Any]]:
    """Go through a case in this process, and tell what is known after each stage."""
    clock = [time.process_time()]

    def spent(stage: str) -> dict[str, float]:
        clock.append(time.process_time())
        return {f"{stage}_s": round(clock[-1] - clock[-2], 2)}

    with tempfile.TemporaryDirectory() as folder:
        plan = scenario(case, year, Path(folder))
        data = load_data(plan)
        yield {"links": len(data.links), **spent("data")}
    model = build(data)
    yield spent("build")
    program = compile_model(model)
    rows, columns = program.matrix.shape
    size = {"rows": rows, "columns": columns, "nonzeros": program.matrix.nnz}
    yield {**size, **spent("compile"), "status": "built"}
    if case.method == "none":
        return
    yield {"status": "limit"}
    with watching(_told):
        labels, within = Labels(data.ends, data.frame.steps), Within(case.gap) if case.gap else None
        solution = solve_apart(program, solver_for(plan), np.inf, labels, within=within)
    proven = certify(program, solution, case.gap).gap
    yield {
        "objective": solution.objective,
        "proven": float(f"{proven:.1e}"),
        **spent("solve"),
        "status": "certified",
    }


def _told(at: Progress) -> None:
    """Show plan and bound of each round that is not near enough."""
    if not np.isnan(at.cost):
        told = f"  {time.process_time():.0f} s {at.cost:.3f} {at.bound:.3f} {at.gap:.1e}"
        print(told, file=sys.stderr, flush=True)


def apart(case: Case, limit: int, year: Path | None = None) -> dict[str, Any]:
    """Run a case in a process of its own, which ends after `limit` seconds of processor time."""
    task = json.dumps([asdict(case), limit, year and str(year.resolve())])
    command = [sys.executable, "-m", "benchmarks.scale", "--task", task]
    found = asdict(case) | {"status": "limit"}
    with tempfile.TemporaryFile("w+") as told:
        child = subprocess.Popen(command, stdout=told)
        _, code, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(code)
        told.seek(0)
        for line in told:
            found |= json.loads(line)
    if child.returncode not in (0, -signal.SIGXCPU):
        found["status"] = f"failed ({child.returncode})"
    found["cpu_s"] = round(used.ru_utime + used.ru_stime, 1)
    return found | {"GB": round(used.ru_maxrss * 1024 / 1e9, 2)}


def task(text: str) -> None:
    """Run a case in this process, and print what is known after each stage."""
    case, limit, year = json.loads(text)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 60))
    for known in stages(Case(**case), year and Path(year)):
        print(json.dumps(known), flush=True)


def row(cells: dict[str, Any]) -> str:
    """A row of the table."""
    options = " ".join(f"{cells[field.name]!s:>{len(field.name)}}" for field in fields(Case))
    return options + "".join(f"{cells.get(name, '')!s:>{w}}" for name, w in SHOWN.items())


def main() -> None:
    """Run the cases, or one of them in this process."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.scale",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CASES))
    for field in fields(Case):
        kind = type(field.default)
        parser.add_argument(f"--{field.name}", nargs="+", type=kind, default=argparse.SUPPRESS)
    parser.add_argument("--limit", type=int, default=1800, metavar="S")
    parser.add_argument("--year", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    given = vars(parser.parse_args())
    names, limit, year, alone, one = (
        given.pop(name) for name in ("names", "limit", "year", "json", "task")
    )
    if one:
        task(one)
        return
    if not alone:
        print(row({name: name for name in [*Case.__dataclass_fields__, *SHOWN]}))
    for case in cases(names or list(CASES), given):
        found = apart(case, limit, year)
        if not alone:
            print(row(found))
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
