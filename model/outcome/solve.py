"""Solve a scenario: data → model → program → solution → one audited Dataset."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.build import build
from model.compile import Program, compile_model
from model.data.assemble import Data, load_data
from model.data.cells import misplaced
from model.data.frame import NO_FORM
from model.fields import OUTCOME, SCHEMA_VERSION, SHARES, STATUS
from model.outcome import tables
from model.outcome.audit import audit, offers
from model.outcome.labels import labelled
from model.outcome.reservation import with_reservation
from model.outcome.status import data_doubt, data_status
from model.outcome.values import Values
from model.scenario import Scenario
from model.solver import (
    Certificate,
    Labels,
    Solution,
    Solver,
    Spread,
    Ties,
    UnknownOptionError,
    Within,
    certify,
    here,
    solve_apart,
)

STAGES = ("data", "build", "solve", "tables")

EXCHANGE = ("exchange.flow", "exchange.shipment", "certificates.certificate")
TOLD = ("balance", "supplied", "spent", "renewables.accepted", "engineering.staffed")
POWER = (
    "stock.holding",
    "stock.pace",
    "stock.renewing",
    "engineering.developing",
    "engineering.building",
)
LIKING = dict.fromkeys(EXCHANGE, 100.0) | dict.fromkeys(TOLD, 1000.0) | dict.fromkeys(POWER, 0.001)
"""Among equal plans, that of least exchange; among equal prices, those that are told are least.

The price of a GW is thousands of times that of a GWh/yr, so that its rows weigh the less.
"""


@dataclass(frozen=True)
class Plan:
    """A scenario solved and certified; `clock` has the time before and after each stage [s]."""

    scenario: Scenario
    data: Data
    program: Program
    solution: Solution
    certificate: Certificate
    clock: tuple[float, ...]

    @cached_property
    def values(self) -> Values:
        """The solution by component."""
        return Values(self.data, self.program, self.solution)


def solve_scenario(scenario: Scenario, data: Data | None = None) -> xr.Dataset:
    """Solve a scenario and return every result, labelled, with units and names.

    Raises
    ------
    InputError
        If the scenario or its inputs are wrong.
    InfeasibleError, SolverLimitError
        If there is no plan, or none was found in time.
    AuditError
        If the result is not proven optimal or does not add up.
    """
    return tell(make_plan(scenario, data))


def make_plan(
    scenario: Scenario,
    data: Data | None = None,
    solver: Solver | None = None,
    spread: Spread | None = None,
    kept: Path | None = None,
) -> Plan:
    """The best plan of a scenario, its optimality proven; raises as `solve_scenario` does.

    A `solver` that was used before starts from where it stands. Where `solver.gap` is more than 0,
    `spread` plans unions of partners elsewhere, and rounds are kept in the folder `kept`.
    """
    clock = [time.perf_counter()]
    data = prepared(scenario, load_data(scenario) if data is None else data)
    clock.append(time.perf_counter())
    program = compile_model(build(data, scenario.solver.engine))
    clock.append(time.perf_counter())
    limit, ties = scenario.solver.time_limit, Ties.of(program, LIKING)
    if solver is None:
        labels = Labels(data.ends, data.frame.steps)
        fresh = solver_for(scenario)
        solution = solve_apart(program, fresh, limit, labels, ties, _within(scenario, spread, kept))
    else:
        solution = solver.solve(program, limit, ties)
    certificate = certify(program, solution, scenario.solver.gap)
    clock.append(time.perf_counter())
    return Plan(scenario, data, program, solution, certificate, tuple(clock))


def _within(scenario: Scenario, spread: Spread | None, kept: Path | None) -> Within | None:
    """How near to the least cost is near enough; None if nothing is."""
    gap = scenario.solver.gap
    return Within(gap, spread or here, kept) if gap > 0 else None


def prepared(scenario: Scenario, data: Data) -> Data:
    """The data as they are planned with: with what each pays alone, where nobody may pay more."""
    return (
        data if scenario.cooperation.participation == "free" else with_reservation(scenario, data)
    )


def tell(plan: Plan) -> xr.Dataset:
    """Every result of a plan, labelled and audited; AuditError if it does not add up."""
    values, matrix = plan.values, plan.program.matrix
    balance, offered = tables.balance(values), offers(values)
    outcome = label(_tables(values, balance), values)
    residuals = audit(plan.data, outcome, balance, offered, plan.solution.objective)
    seconds = np.diff([*plan.clock, time.perf_counter()]).round(3).tolist()
    outcome.attrs = {
        "objective": plan.solution.objective,
        "status": "optimal" if plan.certificate.optimal else "near",
        "certificate": json.dumps(asdict(plan.certificate)),
        "audit": json.dumps(residuals),
        "schema_version": SCHEMA_VERSION,
        "scenario": plan.scenario.name,
        "title": plan.scenario.title,
        "resolved": json.dumps(plan.scenario.resolved(), ensure_ascii=False, sort_keys=True),
        "rows": int(matrix.shape[0]),
        "columns": int(matrix.shape[1]),
        "nonzeros": int(matrix.nnz),
        "coefficients": json.dumps(plan.program.decades()),
        "iterations": plan.solution.iterations,
        "unique": int(plan.solution.unique),
        "seconds": json.dumps(dict(zip(STAGES, seconds, strict=True))),
        "money": "constant 2025 euros",
        "Conventions": "CF-1.12",
    }
    return outcome


def solver_for(scenario: Scenario) -> Solver:
    """A solver with the method and the options of a scenario.

    Of partners who exchange nothing, however fine the steps, the simplex is the faster.
    """
    asked, lonely = scenario.solver, scenario.cooperation.form == NO_FORM
    large = "simplex" if lonely or len(scenario.territory.members) == 1 else "ipm"
    try:
        return Solver(asked.method, asked.options, memory=asked.memory_limit, large=large)
    except UnknownOptionError as error:
        key = "method" if error.name == "solver" else f"options.{error.name}"
        raise misplaced(scenario, f"solver.{key}", str(error)) from None


def _tables(values: Values, balance: tables.Balance) -> tables.Tables:
    """Every variable of a result file, without its labels, name and unit."""
    found = tables.energy(values)
    return {
        **found,
        **tables.left(values, balance),
        **tables.shares(values, found),
        **tables.money(values),
        **tables.prices(values),
        **tables.emissions(values, found),
        **data_status(values.data),
        **data_doubt(values.data),
    }


def label(found: tables.Tables, values: Values) -> xr.Dataset:
    """Units and names from the registry; coordinates carry the names of EPCI and technologies."""
    frame, given = values.data.frame, values.given
    kinds, text = frame.technologies, partial(np.array, dtype=str)
    labels: dict[str, tuple[Any, ...]] = {
        "sector": ("sector", text(frame.tables["sectors"]["sector"])),
        "item": ("item", list(values.costs)),
        "definition": ("definition", list(SHARES)),
        "status": ("status", list(STATUS)),
        "epci_name": ("epci", text(frame.epci["name"])),
        "epci_type": ("epci", text(frame.epci["type"])),
        "population": ("epci", frame.epci["population"].to_numpy(float), {"units": "inhabitant"}),
        "technology_name": ("technology", text(kinds["label_en"])),
        "technology_name_fr": ("technology", text(kinds["label_fr"])),
        "technology_kind": ("technology", text(kinds["kind"])),
        "measure_kind": ("measure", text(frame.measures["kind"])),
        "discount": ("year", given["discount"].data, {"units": "yr"}),
        "step_hours": ("step", given["step_hours"].data, {"units": "h/yr"}),
        "target_quantity": ("target", text([aim.quantity for aim in values.data.aims])),
    }
    coords = {str(dim): given[dim] for dim in values.data.arrays.dims}
    coords |= {name: xr.Variable(*told) for name, told in labels.items()}
    return labelled(found, coords, OUTCOME)
