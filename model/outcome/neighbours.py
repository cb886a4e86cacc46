"""Neighbours: near scenarios solved in a row, each from where the one before stands.

    d(a, b) = Σ_key |a − b| / max(|a|, |b|)    numbers; 1 for anything else that differs

Of the keys of the resolved scenarios. From the first on, the nearest one left comes next. Every
optimum is proven as any other, and among equal plans the same is chosen as from scratch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import xarray as xr

from model.errors import ModelError
from model.outcome.solve import make_plan, solver_for, tell
from model.scenario import Scenario


def solve_neighbours(
    scenarios: Sequence[Scenario],
) -> Iterator[tuple[str, xr.Dataset | ModelError]]:
    """Solve scenarios in a row, nearest first; the name and the outcome of each as it comes.

    What goes wrong with one stands in the place of its outcome, and the others go on.
    """
    solver, settings = None, None
    for scenario in nearest_order(scenarios):
        try:
            if solver is None or settings != scenario.solver:
                solver, settings = solver_for(scenario), scenario.solver
            yield scenario.name, tell(make_plan(scenario, solver=solver))
        except ModelError as error:
            yield scenario.name, error


def nearest_order(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The first, then the nearest to it, then the nearest to that one, and so on."""
    left = [(scenario, dict(_leaves(scenario.resolved()))) for scenario in scenarios]
    ordered, here = [], left[0][1] if left else {}
    while left:
        place = min(range(len(left)), key=lambda i: _distance(here, left[i][1]))
        scenario, here = left.pop(place)
        ordered.append(scenario)
    return ordered


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value that is no map, by dotted key."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _leaves(below, f"{path}.{key}")
    else:
        yield path, value


def _distance(one: Mapping[str, object], other: Mapping[str, object]) -> float:
    return sum(_apart(one.get(key), other.get(key)) for key in one.keys() | other.keys())


def _apart(one: object, other: object) -> float:
    if one == other:
        return 0.0
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) / max(abs(one), abs(other))
    return 1.0
