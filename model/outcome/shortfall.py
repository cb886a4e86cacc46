"""Shortfall: by how little a scenario cannot keep its promises, and what stands in the way.

    min Σ_{g,y} x[g,y]     over every plan that keeps the rows of the model, whatever it costs
    x  gap  of a target, hard or not  [GWh/yr, kt/yr, ha or MW]

If no gap is enough, needs or agreements cannot be kept. Then the gaps cost nothing, and

    min Σ u[n,u,y] + Σ (r⁺ + r⁻)[n,k] + Σ a[l,y] + Σ p[n]
    u  service that stays unmet, r  deviation from a recorded production,
    a  what is missing to an agreed volume [GWh/yr], p  cost above that of being alone [MEUR]

The dual of a row says by how much one more unit of its side would change the shortfall. The rows
where it is not 0 conflict with one another: no plan keeps them all (Farkas). When several sets of
rows conflict, one of them is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
import xarray as xr
from numpy.typing import NDArray

from model.build import build
from model.compile import Program, compile_model
from model.data.assemble import Data, load_data
from model.errors import InfeasibleError
from model.outcome.reservation import with_reservation
from model.outcome.values import Values
from model.scenario import Scenario
from model.solver import Solution, certify, solve_program

Floats = NDArray[np.float64]

GAP, MET, INVEST = "targets.gap", "demand.met", "stock.invest"

ELASTIC = {
    MET: ("service", (1.0,)),
    "conversion.calibrated": ("technology", (1.0, -1.0)),
    "agreements.floor": ("link", (1.0,)),
    "participation.willing": ("participation", (-1.0,)),
    "participation.content": ("participation", (-1.0,)),
}
"""Rows that must hold beside targets: what is missing to them, and the signs of what fills up."""

NEGLIGIBLE = 1e-7
"""A shortfall or a dual below this is none."""

KINDS = {
    "renewables.accepted": "potential",
    "renewables.spared": "land",
    "stock.pace": "build-rate",
    "devices.reach": "device-ceiling",
    "reduction.ceiling": "saving",
    "reduction.progress": "saving-pace",
    "engineering.staffed": "staff",
    "engineering.hiring": "hiring",
    "engineering.lending": "lending",
    "engineering.signed": "lending",
    "budgets.investing": "budget",
    "vehicles.capital": "capital",
    "vehicles.in_house_rule": "in-house",
    "market.rationed": "purchase",
    "market.yearly_rationed": "purchase",
    "exchange.limit": "link",
    "exchange.yearly_limit": "link",
    "targets.produced": "target",
    "targets.shared": "target",
    "targets.timely": "target",
    "targets.sober": "target",
    "targets.clean": "target",
    "targets.spared": "target",
    "targets.built": "target",
    MET: "need",
    "conversion.calibrated": "record",
    "agreements.floor": "agreement",
    "agreements.made": "own-production",
    "agreements.owned": "own-production",
    "agreements.kept_hourly": "no-return",
    "agreements.kept_yearly": "no-return",
    "agreements.kept": "no-return",
    "participation.willing": "participation",
    "participation.content": "participation",
    "participation.bounded": "transfer",
    "participation.frugal_out": "transfer",
    "participation.frugal_in": "transfer",
}
"""Kinds of the rows that say what a territory has, may, needs or promised; others are accounts."""

UNITS = {
    "production": "GWh/yr",
    "local-share": "GWh/yr",
    "consumption": "GWh/yr",
    "emissions": "kt/yr",
    "land": "ha",
    "built": "MW",
}
"""Unit of what is missing to a target; to a share it is production."""


@dataclass(frozen=True)
class Missing:
    """What is missing to a target, a service or a record in a year [unit]."""

    kind: str
    label: str
    year: int
    amount: float
    unit: str
    epci: str = ""


@dataclass(frozen=True)
class Limit:
    """A row in conflict.

    `worth` is by how much one more unit of it lowers the shortfall; `part` is what it holds back,
    its side times its worth. `labels` are by dimension, such as `epci`, `technology`, `year`.
    """

    kind: str
    labels: dict[str, Any]
    worth: float
    part: float


@dataclass(frozen=True)
class Shortfall:
    """The least that is missing, largest first, what conflicts, and the program that told it."""

    missing: tuple[Missing, ...]
    limits: tuple[Limit, ...]
    relaxed: Relaxed | None = field(default=None, compare=False, repr=False)

    @property
    def total(self) -> float:
        """The sum of what is missing."""
        return sum(part.amount for part in self.missing)


def shortfall(scenario: Scenario, data: Data | None = None) -> Shortfall:
    """The least that is missing to the targets of a scenario, or to its needs.

    Raises
    ------
    InputError
        If the scenario or its inputs are wrong.
    SolverLimitError
        If a limit of the solver was met.
    """
    data = load_data(scenario) if data is None else data
    if scenario.cooperation.participation != "free":
        data = with_reservation(scenario, data)
    program = compile_model(build(data))
    try:
        relaxed = _least_gaps(scenario, data, program)
        missing = relaxed.gaps()
    except InfeasibleError:
        relaxed = Relaxed(scenario, data, program, _needs_only(program))
        missing = relaxed.needs()
    if not missing:
        return Shortfall((), ())
    largest = sorted(missing, key=lambda m: -m.amount)
    return Shortfall(tuple(largest), tuple(relaxed.limits()), relaxed)


def _least_gaps(scenario: Scenario, data: Data, program: Program) -> Relaxed:
    """The least gaps: of hard targets, since a priced one is no cause; else of those too."""
    hard = program.upper[program.variables[GAP].slice] == 0
    if hard.any() and not hard.all():
        relaxed = Relaxed(scenario, data, program, _gaps_only(program, hard.astype(float)))
        if relaxed.solution.objective > NEGLIGIBLE:
            return relaxed
    return Relaxed(scenario, data, program, _gaps_only(program))


def _gaps_only(program: Program, price: Floats | float = 1.0) -> Program:
    """Every gap is unlimited, and has a price per unit; nothing else costs anything."""
    cost, upper = np.zeros_like(program.cost), program.upper.copy()
    gaps = program.variables[GAP].slice
    cost[gaps], upper[gaps] = price, np.inf
    return replace(program, cost=cost, upper=upper, offset=0.0)


def _needs_only(program: Program) -> Program:
    """Gaps cost nothing; columns fill up what is missing to the elastic rows."""
    free = _gaps_only(program)
    rows = np.arange(program.matrix.shape[0])
    parts = [(rows[program.constraints[name].slice], s) for name, (_, s) in ELASTIC.items()]
    places = np.concatenate([at for at, signs in parts for _ in signs])
    signs = np.concatenate([np.full(len(at), sign) for at, signs in parts for sign in signs])
    return giving(free, places, signs, np.ones(len(places)))


def giving(program: Program, rows: NDArray[np.int64], signs: Floats, price: Floats) -> Program:
    """The program with a column beside, at a price, that fills up what is missing to each row."""
    count = len(rows)
    slack = sp.csr_array((signs, (rows, np.arange(count))), shape=(len(program.row_lower), count))
    return replace(
        program,
        matrix=sp.csr_array(sp.hstack([program.matrix, slack], format="csr")),
        cost=np.concatenate([np.zeros_like(program.cost), price]),
        lower=np.concatenate([program.lower, np.zeros(count)]),
        upper=np.concatenate([program.upper, np.full(count, np.inf)]),
        offset=0.0,
    )


class Relaxed:
    """A relaxed program of a scenario, solved and proven, told by component."""

    def __init__(self, scenario: Scenario, data: Data, whole: Program, program: Program) -> None:
        self.data, self.whole, self.program = data, whole, program
        self.solver = scenario.solver
        self.solution = self.solve(program)
        certify(program, self.solution)

    def solve(self, program: Program) -> Solution:
        """Solve a program as the scenario says; raises as `solve_program` does."""
        asked = self.solver
        return solve_program(program, asked.method, asked.time_limit, asked.options)

    def promised(self) -> Program:
        """The program in which nothing may be missing, not even to priced targets that lack."""
        gaps, upper = self.whole.variables[GAP].slice, self.whole.upper.copy()
        upper[gaps] = np.where(self.program.cost[gaps] > 0, 0.0, upper[gaps])
        return replace(self.whole, upper=upper)

    def gaps(self) -> list[Missing]:
        """What is missing to each target that counts."""
        unit = {aim.label: UNITS[aim.quantity] for aim in self.data.aims}
        lacks = self._columns(GAP, self.solution.x * (self.program.cost > 0))
        return [
            Missing("target", at["target"], at["year"], amount, unit[at["target"]])
            for at, amount, _ in _entries(lacks)
        ]

    def needs(self) -> list[Missing]:
        """What is missing to the elastic rows; each has an EPCI, a link has two."""
        own = max(span.slice.stop for span in self.program.variables.values())
        slack = np.asarray(abs(self.program.matrix[:, own:]) @ self.solution.x[own:])
        last = int(self.data.arrays["year"][-1])
        return [
            Missing(
                kind,
                str(at.get(kind, "")),
                at.get("year", last),
                amount,
                "MEUR" if kind == "participation" else "GWh/yr",
                at.get("epci", ""),
            )
            for name, (kind, _) in ELASTIC.items()
            for at, amount, _ in _entries(self._rows(name, slack))
        ]

    def limits(self) -> list[Limit]:
        """The rows in conflict, of each kind; rows that hold 0 only where no other does."""
        duals, program = self.solution.row_dual, self.program
        side = np.where(duals > 0, program.row_lower, program.row_upper)
        parts = np.multiply(duals, side, out=np.zeros_like(duals), where=np.isfinite(side))
        found = self._unbuildable()
        for name, kind in KINDS.items():
            tables = self._rows(name, duals), self._rows(name, parts)
            rows = [Limit(kind, at, abs(worth), abs(part)) for at, worth, part in _entries(*tables)]
            found += [row for row in rows if row.part > NEGLIGIBLE] or rows
        return sorted(found, key=lambda limit: (-limit.part, -limit.worth))

    def _unbuildable(self) -> list[Limit]:
        """Where nobody may build what would help."""
        shut = self._columns(INVEST, self.program.upper) == 0
        worth = self._columns(INVEST, -self.solution.column_dual).where(shut, 0.0)
        worth = worth.max("actor").where(shut.all("actor"), 0.0)
        return [Limit("builder", at, value, 0.0) for at, value, _ in _entries(worth)]

    def _columns(self, name: str, vector: Floats) -> xr.DataArray:
        """A vector over the columns, as the variable called `name`."""
        values = Values(self.data, self.program, replace(self.solution, x=vector))
        return values.labelled(values.variable(name))

    def _rows(self, name: str, vector: Floats) -> xr.DataArray:
        """A vector over the rows, as the constraint called `name`."""
        values = Values(self.data, self.program, replace(self.solution, row_dual=vector))
        return values.labelled(values.dual(name))


def _entries(
    table: xr.DataArray, other: xr.DataArray | None = None
) -> Iterator[tuple[dict[str, Any], float, float]]:
    """Labels and values of a table wherever it is not 0, and the values of another there."""
    values = table.to_numpy()
    beside = np.zeros_like(values) if other is None else other.to_numpy()
    labels = [table[dim].to_numpy().tolist() for dim in table.dims]
    for place in np.argwhere(np.abs(values) > NEGLIGIBLE):
        at = {str(d): names[i] for d, names, i in zip(table.dims, labels, place, strict=True)}
        yield at, float(values[tuple(place)]), float(beside[tuple(place)])
