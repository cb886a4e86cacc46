"""Draw: one scenario under one draw, from its tables to its headline results.

Solved from scratch: what comes out is a function of the draw alone, whatever was solved before and
on which machine, so that a run that goes on gives the same bytes (docs/sure.md has the times).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from model.data.assemble import load_data
from model.doubt.groups import Group
from model.doubt.moved import moved
from model.doubt.worth import borne
from model.errors import InfeasibleError, InputError, SolverLimitError
from model.outcome.solve import make_plan, tell
from model.outcome.summary import discounted_cost
from model.scenario import Scenario
from model.tables.read import read_tables

Entry = dict[str, Any]
"""What is kept of a draw: `status` and, if it is solved, its headline results."""

SOLVED, INFEASIBLE, LIMIT, REFUSED, FAILED = "solved", "infeasible", "limit", "refused", "failed"
ENDS: dict[type[Exception], str] = {
    InfeasibleError: INFEASIBLE,
    SolverLimitError: LIMIT,
    InputError: REFUSED,
}

LEAST = 1e-3
"""A target that is missed by less is met: the tolerance of the solver [unit of the target]."""


@dataclass(frozen=True)
class Task:
    """A scenario, what is not sure of it, and the factors of a draw."""

    scenario: Scenario
    groups: Sequence[Group]
    factors: tuple[float, ...]


def solve_draw(task: Task) -> Entry:
    """The headline results of a draw; one without a plan says why.

    Raises
    ------
    AuditError
        If the result is not proven optimal or does not add up.
    """
    try:
        tables = read_tables(task.scenario.inputs_folder)
        scenario, tables = moved(task.scenario, tables, task.groups, task.factors)
        plan = make_plan(scenario, load_data(scenario, tables))
    except tuple(ENDS) as error:
        status = next(word for kind, word in ENDS.items() if isinstance(error, kind))
        return {"status": status, "message": str(error)}
    outcome = tell(plan)
    return {"status": SOLVED, **_headlines(outcome), "borne": borne(plan).tolist()}


def _headlines(outcome: xr.Dataset) -> Entry:
    """By year, in the units of `fields.ENSEMBLES`."""

    def yearly(name: str) -> list[float]:
        table = outcome[name].transpose("year", ...)
        return [float(x) for x in table.values.reshape(table.sizes["year"], -1).sum(axis=1)]

    shares = outcome["territory_share"].transpose("definition", "year")
    return {
        "total_cost": float(outcome.attrs["objective"]),
        "bill": float(discounted_cost(outcome).sum()),
        "local_production": yearly("local_production"),
        "final_consumption": yearly("final_consumption"),
        "emissions": yearly("emissions"),
        "territory_share": shares.values.tolist(),
        "targets": [str(label) for label in outcome["target"].values],
        "quantities": [str(quantity) for quantity in outcome["target_quantity"].values],
        "target_gap": _cut(outcome["target_gap"].transpose("target", "year").values),
    }


def _cut(gap: Any) -> list[list[float]]:
    """What is missing, without what is a tolerance of the solver."""
    cut: list[list[float]] = np.where(gap < LEAST, 0.0, gap).tolist()
    return cut
