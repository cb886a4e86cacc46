"""Campaign: a second solver, GLOP, finds the same cost of the same programs. `-m campaign -s`.

A hundred of them: what is shipped, the cases of the report, scenarios near one that is shipped,
and small territories drawn at random under each form of cooperation. GLOP is a simplex of its own
(`benchmarks/glop.py`); it gets the arrays, and knows neither our text nor HiGHS. The variable
`CAMPAIGN` takes only so many, some of each kind.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from benchmarks.environment import told_by
from benchmarks.glop import save
from benchmarks.neighbours import draw
from model.outcome.solve import make_plan
from model.scenario import Scenario, load_scenario
from tests.cases import write
from tests.whole.drawn_case import COOPERATION, draws, few, pieces, promise

pytestmark = pytest.mark.campaign
ROOT = Path(__file__).parents[2]
MANY = int(os.environ.get("CAMPAIGN", "100"))
SAME = 1e-9
"""Relative: how far two optima may be apart."""
FORMS = ("none", "bilateral", "spl", "pool")


def shipped(pattern: str) -> Iterator[Scenario]:
    """Scenarios of the project, but for those that are parents only."""
    for path in sorted((ROOT / "scenarios").glob(pattern)):
        if "abstract: true" not in path.read_text(encoding="utf-8"):
            yield load_scenario(path)


def small(count: int, folder: Path) -> Iterator[Scenario]:
    """Two EPCI with other numbers each time, always the same."""
    found: list[dict[str, Any]] = []

    @settings(few, max_examples=count)
    @given(draws)
    def collect(numbers: dict[str, Any]) -> None:
        found.append(numbers)

    collect()
    for numbers, form in zip(found, cycle(FORMS), strict=False):
        means = {"cooperation": {**COOPERATION, "form": form}, "targets": promise(numbers)}
        yield write(folder, *pieces(numbers), **means)


def test_a_second_solver_finds_the_same_costs(tmp_path) -> None:
    """The largest difference is printed, relative to the cost."""
    near = draw("rouen-alone", 12, 0.03, tmp_path / "inputs")
    kinds = [shipped("*.yaml"), shipped("cases/*/*.yaml"), near, small(40, tmp_path)]
    worst, sizes = Counter[str](), []
    for scenario in islice(filter(None, chain.from_iterable(zip_longest(*kinds))), MANY):
        plan = make_plan(scenario)
        save(plan.program, str(tmp_path / "program.npz"))
        other = float(told_by("glop", "benchmarks.glop", str(tmp_path / "program.npz")))
        ours = plan.solution.objective
        name = f"{len(sizes)} {scenario.name}"
        worst[name] = abs(other - ours) / max(1.0, abs(ours))
        sizes.append(plan.program.matrix.nnz)
        sys.stdout.write(f"{name}: {ours!r} {other!r} {sizes[-1]}\n")
        sys.stdout.flush()
    told = worst.most_common(3)
    sys.stdout.write(f"{len(sizes)} programs, {min(sizes)} to {max(sizes)} entries: {told}\n")
    assert max(worst.values()) <= SAME
