"""Robust: the first step of a scenario that is good in all draws, and what knowing more is worth.

WS    Σ_s w_s min_x φ_s(x)       each draw planned by who knows it
RP    min_x Σ_s w_s φ_s(x)       one first step for all of them
EEV   Σ_s w_s φ_s(x̄)             the first step of the plan of the mean, followed
WS ≤ RP ≤ EEV     EVPI = RP − WS: knowing beforehand     VSS = EEV − RP: planning for all draws

w  weight   of a draw that stands for others (`reduction`)
φ  cost     of a first step in a draw (`recourse`)
x̄  step     of the plan under the factors Σ_s w_s · factor_s
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.build import build
from model.choices.quantities import families
from model.compile import Program, compile_model
from model.data.assemble import Data, load_data
from model.doubt.draw import SOLVED
from model.doubt.groups import Group, groups
from model.doubt.moved import moved
from model.errors import Fault, InputError
from model.fields import ROBUST
from model.outcome.files import write_dataset
from model.outcome.labels import labelled
from model.outcome.solve import prepared
from model.outcome.tables import MW
from model.robust.recourse import PATIENCE, Recourse
from model.robust.reduction import reduced
from model.robust.staged import Staged, Told, staged
from model.robust.step import Step, step_of
from model.scenario import Scenario
from model.solver import Solver
from model.tables.read import Tables, read_tables
from model.words.catalogue import say

Floats = NDArray[np.float64]

FILE = "robust.nc"
RESULTS = ("total_cost", "local_production", "final_consumption", "emissions")
"""What a draw makes of the plan, by which draws are told to be near."""


@dataclass(frozen=True)
class Wanted:
    """What is asked.

    Attributes
    ----------
    draws : int
        That stand for all those of the ensemble.
    year : int, optional
        What is built in periods that end by this year is the first step; by default the first
        milestone that is decided.
    gap : float
        How well the cost of the first step is known, as a share of it [1].
    jobs : int
        Draws at once.
    told : callable (cost, bound), optional
        Told after each step that is tried.
    """

    draws: int = 12
    year: int | None = None
    gap: float = 1e-5
    jobs: int = 1
    told: Told | None = None


def robust(scenario: Scenario, drawn: xr.Dataset, folder: Path, wanted: Wanted) -> xr.Dataset:
    """The first step that is good in all draws.

    Parameters
    ----------
    drawn : Dataset
        The ensemble of the scenario.
    folder : Path
        Where `robust.nc` is written.

    Raises
    ------
    InputError
        If nothing is decided until the year, or too few draws have a plan.
    InfeasibleError, SolverLimitError
        If a first step that is tried leaves a draw without a plan, or none is found in time.
    """
    numbers, weights = _chosen(scenario, drawn, wanted.draws)
    worlds = _Worlds(scenario, read_tables(scenario.inputs_folder))
    factors = drawn["factor"].to_numpy()[numbers]
    programs = [worlds.program(row)[1] for row in factors]
    data, middle = worlds.program(weights @ factors)
    year = wanted.year or data.frame.vintages[0]
    step = step_of(middle, families(data), year)
    with ThreadPoolExecutor(wanted.jobs) as threads:
        *draws, mean = threads.map(lambda p: worlds.recourse(p, step), [*programs, middle])
    least = float(weights @ [draw.best for draw in draws])
    found = staged(draws, weights, mean.own, wanted.gap * abs(least), wanted.jobs, wanted.told)
    result = _told(data, step, numbers, weights, draws, mean.own, found)
    result.attrs = {
        "scenario": scenario.name,
        "title": scenario.title,
        "objective": float(drawn["total_cost"][0]),
        "year": year,
        "seed": scenario.uncertainty.seed,
        "of": drawn.sizes["draw"] - 1,
        "tried": found.tried,
        "ws": least,
        "rp": found.cost,
        "rp_bound": found.bound,
        "eev": float(weights @ [cut.value for cut in found.begun]),
        "money": "constant 2025 euros, discounted to the base year",
        "Conventions": "CF-1.12",
    }
    write_dataset(result, folder / FILE)
    return result


def _chosen(scenario: Scenario, drawn: xr.Dataset, count: int) -> tuple[list[int], Floats]:
    """Numbers of the draws that stand for those that have a plan, and their weights."""
    solved = np.flatnonzero(drawn["status"].to_numpy() == SOLVED)
    solved = solved[solved > 0]
    if solved.size < 2:
        what = say("{count} draws have a plan", count=solved.size)
        raise InputError(Fault(str(scenario.file), what, say("narrow a range of uncertainty")))
    tables = [drawn[name].to_numpy()[solved].reshape(solved.size, -1) for name in RESULTS]
    parts = [_alike(table) for table in tables]
    places, weights = reduced(np.hstack(parts), count)
    return solved[places].tolist(), weights


def _alike(table: Floats) -> Floats:
    """A result by draw and year, so that it counts as much as any other, however many its years."""
    spread = table.std(axis=0)
    return np.asarray(table / np.where(spread > 0, spread, 1.0) / np.sqrt(table.shape[1]))


@dataclass(frozen=True)
class _Worlds:
    """A scenario under one set of factors or another."""

    scenario: Scenario
    tables: Tables

    @property
    def groups(self) -> list[Group]:
        """What is not sure."""
        return groups(self.scenario, self.tables)

    def program(self, factors: Sequence[float] | Floats) -> tuple[Data, Program]:
        """The linear program under some factors."""
        given = [float(x) for x in factors]
        scenario, tables = moved(self.scenario, self.tables, self.groups, given)
        data = prepared(scenario, load_data(scenario, tables))
        return data, compile_model(build(data, scenario.solver.engine))

    def recourse(self, program: Program, step: Step) -> Recourse:
        """The same, ready to follow first steps."""
        solver = self.scenario.solver
        return Recourse(program, step.columns, Solver("simplex", solver.options, PATIENCE))


def _told(  # noqa: PLR0913, PLR0917
    data: Data,
    step: Step,
    numbers: Sequence[int],
    weights: Floats,
    draws: Sequence[Recourse],
    mean: Floats,
    found: Staged,
) -> xr.Dataset:
    frame = data.frame
    held = [family for family in families(data) if family.id in step.family]
    labels = list(frame.members), [f.id for f in held], list(dict.fromkeys(step.actor))

    def table(values: Floats) -> Floats:
        return MW * step.table(np.maximum(values, 0.0), *labels)

    tables = {
        "weight": weights,
        "own_cost": np.array([draw.best for draw in draws]),
        "step_cost": np.array([cut.value for cut in found.cuts]),
        "mean_cost": np.array([cut.value for cut in found.begun]),
        "step": table(found.x),
        "mean_step": table(mean),
        "own_step": table(np.array([draw.own for draw in draws])),
        "served": table(np.array([cut.served for cut in found.cuts])),
    }
    epci, family, actor = labels
    beside = {
        "draw": ("draw", np.array(numbers)),
        "epci": ("epci", epci),
        "epci_name": ("epci", frame.epci["name"].tolist()),
        "family": ("family", family),
        "family_name": ("family", [f.name for f in held]),
        "family_name_fr": ("family", [f.name_fr for f in held]),
        "actor": ("actor", actor),
    }
    variables = {name: xr.Variable(ROBUST[name].dims, v) for name, v in tables.items()}
    return labelled(variables, {n: xr.Variable(d, v) for n, (d, v) in beside.items()}, ROBUST)
