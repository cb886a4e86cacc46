"""Joint: the plan of everyone together, certified, and what rules need to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr

from model.build import build
from model.compile import Program, compile_model
from model.cooperation.energy import EnergyGame
from model.cooperation.game import Vector
from model.cooperation.ownership import Ownership, ownership
from model.cooperation.rules import Case
from model.data.assemble import Data, load_data
from model.outcome.values import Values
from model.scenario import Scenario
from model.solver import Solution, certify, solve_program

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Joint:
    """The plan of everyone together, certified, and its game."""

    data: Data
    program: Program
    solution: Solution
    owned: Ownership
    game: EnergyGame

    @classmethod
    def of(cls, scenario: Scenario, groups: Groups | None) -> Joint:
        """Solve a scenario."""
        data = load_data(scenario)
        program = compile_model(build(data))
        solver = scenario.solver
        solution = solve_program(program, solver.method, solver.time_limit, solver.options)
        certify(program, solution)
        owned = ownership(program, data)
        game = EnergyGame(program, data, owned, groups)
        game.remember({game.everyone: solution.objective})
        return cls(data, program, solution, owned, game)

    @cached_property
    def inside(self) -> Vector:
        """1 where an EPCI is of a player (epci, player)."""
        groups = self.game.members.values()
        return np.array([[float(n in group) for group in groups] for n in self.game.epci])

    def by_player(self, values: Vector) -> pd.Series[float]:
        """Values by EPCI, summed by player."""
        return self.game.series(np.asarray(values, dtype=float) @ self.inside)

    @property
    def population(self) -> pd.Series[float]:
        """Inhabitants of each player."""
        return self.by_player(self.data.frame.epci["population"].to_numpy(float))

    @property
    def case(self) -> Case:
        """What the rules are applied to."""
        values = Values(self.data, self.program, self.solution)
        period = self.data.arrays["period"].rename(vintage="year")
        spent, equity = (xr.dot(found, period, dim=("actor", "year")) for found in _paid(values))
        used = self.data.consumption.sum(("sector", "carrier"))
        borne = xr.dot(self.yearly["borne_cost"], self.yearly["discount"], dim="year")
        return Case(
            game=self.game,
            linear=self.game.linear(),
            priced=self.by_player(worth(self.program, self.solution.row_dual, self.owned)),
            borne=self.game.series(borne.to_numpy()),
            population=self.population,
            demand=self.by_player(used.to_numpy()),
            investment=self.by_player(spent.to_numpy()),
            equity=self.by_player(equity.to_numpy()),
        )

    @cached_property
    def yearly(self) -> xr.Dataset:
        """Costs alone and borne by player and year [MEUR/yr], and the weights of the years."""
        frame = self.data.frame
        alone = np.full((self.game.size, len(frame.years)), np.nan)
        for i, player in enumerate(self.game.players):
            plan = self.game.plans.get(frozenset((player,)))
            if plan is not None:
                alone[i] = self._costs(plan).sum(axis=0)
        return xr.Dataset(
            {
                "alone_cost": (("epci", "year"), alone),
                "borne_cost": (("epci", "year"), self.inside.T @ self._costs(self.solution.x)),
                "discount": ("year", self.data.arrays["discount"].to_numpy()),
                "open": ("year", np.isin(frame.years, frame.vintages).astype(float)),
            },
            {"epci": [str(player) for player in self.game.players], "year": frame.years},
        )

    def _costs(self, x: Vector) -> Vector:
        """Costs of all items and actors (epci, year) [MEUR/yr] of a plan."""
        none = np.empty(0)
        plan = Values(self.data, self.program, Solution(0.0, x, none, none, none, 0, 0.0))
        costs = (cost.transpose("epci", "actor", "year") for cost in plan.costs.values())
        return np.asarray(sum(cost.to_numpy().sum(axis=1) for cost in costs))


def worth(program: Program, row_dual: Vector, owned: Ownership) -> Vector:
    """What the endowments of each EPCI are worth at the dual prices of the rows [MEUR].

    Summed over everyone, the objective: no column has a bound other than 0 and infinity.
    """
    lower, upper = (
        np.where(np.isfinite(side), side, 0.0) for side in (program.row_lower, program.row_upper)
    )
    value = np.maximum(row_dual, 0.0) * lower + np.minimum(row_dual, 0.0) * upper
    return np.asarray(value @ owned.share + program.offset / owned.share.shape[1])


def _paid(values: Values) -> tuple[xr.DataArray, xr.DataArray]:
    """Investment made, and equity paid in (epci, actor, year) [MEUR/yr]."""
    return values.offered("spending"), values.variable("vehicles.equity")
