"""Mutants: small faults put into the code, one at a time, and how many of them the tests notice.

    python -m benchmarks.mutants FOLDER [PACKAGE ...] [--sample 100] [--seed 1]

cosmic-ray (`pip install cosmic-ray`) writes each fault into a clone of the last commit: an operator
swapped, a number one more or less, a condition turned round, a decorator taken away (which, in a
block, is a whole rule). A fault is noticed if a test of the package fails, or does not end. Prints
the score of each package, and what was not noticed; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkerOutcome, WorkResult

GAMES = "tests/cooperation tests/settlement tests/commands/test_plants.py"
TESTS = {
    "blocks": "tests/blocks",
    "compile": "tests/compile tests/blocks/test_hand_tiny.py",
    "games": "tests/games",
    "cooperation": f"{GAMES} tests/blocks/test_hand_targets.py tests/blocks/test_hand_projects.py",
    "settlement": GAMES,
    "solver": "tests/solver",
}
"""What stands for the tests of a package, so that a fault takes seconds."""

COMMAND = f"{sys.executable} -m pytest -x -q -p no:cacheprovider -k 'not option_never_costs'"
"""Stops at the first test that fails; the one left out takes as long as all others of `blocks`."""

LONGEST = 300.0
"""Time after which tests do not end [s]."""

TELLING = re.compile(
    "core/(?!Replace(Binary|Comparison|Unary)Operator)"
    "|.*Binary.*_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Pow_Mul|BitAnd_BitOr)"
    "|.*Comparison.*_(Eq_NotEq|NotEq_Eq|Lt_LtE|Lt_GtE|LtE_Lt|LtE_GtE|LtE_Eq)"
    "|.*Comparison.*_(Gt_GtE|Gt_LtE|GtE_Gt|GtE_LtE|GtE_Eq|Is_IsNot|IsNot_Is)"
    "|.*Unary.*_Delete_.*"
)
"""Faults like those that people make; others of cosmic-ray, as `a >> b` for `a + b`, fail at once,
and `|` stands in types, which are not run."""


def main() -> None:
    """Measure the packages named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="holds the clone, and what is done already")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=", ".join(TESTS))
    parser.add_argument("--sample", type=int, default=100, help="faults of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", default=COMMAND, help="what runs the tests before their names")
    given = parser.parse_args()
    clone = given.folder.resolve() / "clone"
    if not clone.exists():
        subprocess.run(["git", "clone", "-q", ".", str(clone)], check=True)
    for package in given.packages or TESTS:
        measure(clone, package, given)


def measure(clone: Path, package: str, given: argparse.Namespace) -> None:
    """Print the score of a package, and the faults that were not noticed."""
    session, config = clone.parent / f"{package}.sqlite", clone.parent / f"{package}.toml"
    config.write_text(
        f'[cosmic-ray]\nmodule-path = "model/{package}"\ntimeout = {LONGEST}\n'
        f'excluded-modules = []\ntest-command = "{given.command} {TESTS[package]}"\n'
        '[cosmic-ray.distributor]\nname = "local"\n'
    )
    if not session.exists():
        cosmic_ray(clone, "init", config, session)
        with use_db(str(session), WorkDB.Mode.open) as work:
            sampled(work, given.sample, given.seed)
    cosmic_ray(clone, "exec", config, session)
    with use_db(str(session), WorkDB.Mode.open) as work:
        told(package, work)


def cosmic_ray(clone: Path, *words: object) -> None:
    """Run a command of cosmic-ray in the clone."""
    subprocess.run(
        [sys.executable, "-m", "cosmic_ray.cli", *map(str, words)], cwd=clone, check=True
    )


def sampled(work: WorkDB, count: int, seed: int) -> None:
    """Leave so many faults to be tried; for the same code and seed, more hold the fewer."""
    items = sorted(work.work_items, key=lambda item: place(item.mutations[0]))
    telling = [item for item in items if TELLING.match(item.mutations[0].operator_name)]
    random.Random(seed).shuffle(telling)
    kept = {item.job_id for item in telling[:count]}
    left = [item.job_id for item in items if item.job_id not in kept]
    work.set_multiple_results(left, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    print(f"{len(kept)} of {len(telling)} faults")


def place(fault: MutationSpec) -> tuple[str, str, int]:
    """What tells faults apart."""
    return str(fault.module_path), fault.operator_name, fault.occurrence


def told(package: str, work: WorkDB) -> None:
    """Print the score, and the diff of each fault that was not noticed."""
    tried = [
        (item.mutations[0], result)
        for item, result in work.completed_work_items
        if result.worker_outcome is not WorkerOutcome.SKIPPED
    ]
    missed = [(fault, result) for fault, result in tried if not result.is_killed]
    for fault, result in sorted(missed, key=lambda found: place(found[0])):
        print(fault.operator_name, result.diff, sep="\n")
    score = 1 - len(missed) / len(tried)
    print(f"{package}: {len(tried) - len(missed)} of {len(tried)} noticed, {score:.1%}", flush=True)


if __name__ == "__main__":
    main()
