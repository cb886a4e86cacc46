"""Joint: the plan of everyone together, and what rules need to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr

from model.compile import Program
from model.cooperation.energy import EnergyGame
from model.cooperation.ownership import Ownership, ownership
from model.cooperation.rules import Case
from model.data.cells import misplaced
from model.games.game import Vector
from model.games.linear.game import LinearGame
from model.outcome.solve import Plan
from model.outcome.values import Table, Values, summed
from model.words.catalogue import say

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Joint:
    """The plan of everyone together, and its game."""

    plan: Plan
    owned: Ownership
    game: EnergyGame

    @classmethod
    def of(cls, plan: Plan, groups: Groups | None = None) -> Joint:
        """The game of a scenario that is solved; InputError if its plan is within a gap only."""
        if not plan.certificate.optimal:
            raise misplaced(
                plan.scenario,
                "solver.gap",
                say("who gains is told of a proven optimum only"),
                say("leave it out, or say 0"),
            )
        owned = ownership(plan.program, plan.data)
        game = EnergyGame(plan.program, plan.data, owned, groups)
        game.remember({game.everyone: plan.solution.objective})
        return cls(plan, owned, game)

    @cached_property
    def inside(self) -> Vector:
        """1 where an EPCI is of a player (epci, player)."""
        groups = self.game.members.values()
        return np.array([[float(n in group) for group in groups] for n in self.game.epci])

    def by_player(self, values: Vector) -> pd.Series[float]:
        """Values by EPCI, summed by player."""
        return self.game.series(np.asarray(values, dtype=float) @ self.inside)

    @property
    def names(self) -> dict[str, tuple[str, list[str]]]:
        """Name and type of each player; a group has its own name, and no type."""
        table, members = self.plan.data.frame.epci, self.game.members
        single = {player: str(player) in table.index for player in members}
        return {
            f"epci_{column}": (
                "epci",
                [table[column][p] if single[p] else blank(p) for p in members],
            )
            for column, blank in (("name", str), ("type", lambda player: ""))
        }

    @property
    def population(self) -> pd.Series[float]:
        """Inhabitants of each player."""
        return self.by_player(self.plan.data.frame.epci["population"].to_numpy(float))

    @cached_property
    def linear(self) -> LinearGame:
        """The same game as one programme, with the plan of everyone and the costs known so far."""
        linear = self.game.linear(self.plan.solution.x)
        linear.remember(self.game.known)
        return linear

    @property
    def case(self) -> Case:
        """What the rules are applied to."""
        values, data = self.plan.values, self.plan.data
        spent, equity = (xr.dot(paid, self.period, dim=("actor", "year")) for paid in _paid(values))
        used = summed(data.consumption.variable, "sector", "carrier")
        yearly = self.yearly.variables
        borne = xr.dot(yearly["borne_cost"], yearly["discount"], dim="year")
        return Case(
            game=self.game,
            linear=self.linear,
            priced=self.by_player(
                worth(self.plan.program, self.plan.solution.row_dual, self.owned)
            ),
            borne=self.game.series(borne.data),
            population=self.population,
            demand=self.by_player(used.data),
            investment=self.by_player(spent.data),
            equity=self.by_player(equity.data),
        )

    @cached_property
    def yearly(self) -> xr.Dataset:
        """Costs alone and borne by player and year [MEUR/yr], and the weights of the years."""
        frame = self.plan.data.frame
        places, plans = [], [self.plan.solution.x]
        for i, player in enumerate(self.game.players):
            self.game({player})
            plan = self.game.plans.get(frozenset((player,)))
            if plan is not None:
                places.append(i)
                plans.append(plan)
        everyone, *costs = np.moveaxis(self.costs(np.column_stack(plans)), 2, 0)
        alone = np.full((self.game.size, len(frame.years)), np.nan)
        for i, cost in zip(places, costs, strict=True):
            alone[i] = cost.sum(axis=0)
        return xr.Dataset(
            {
                "alone_cost": (("epci", "year"), alone),
                "borne_cost": (("epci", "year"), self.inside.T @ everyone),
                "discount": ("year", self.plan.data.arrays["discount"].to_numpy()),
                "open": ("year", np.isin(frame.years, frame.vintages).astype(float)),
            },
            {"epci": [str(player) for player in self.game.players], "year": frame.years},
        )

    @cached_property
    def period(self) -> Table:
        """Years that what is paid at once in a year stands for (year); 0 where nothing is."""
        values = self.plan.values
        whole = np.zeros(len(self.plan.data.frame.years))
        whole[values.places("year", self.plan.data.frame.vintages)] = values.given["period"].data
        return xr.Variable("year", whole)

    def costs(self, x: Vector) -> Vector:
        """Costs of all items and actors (epci, year[, plan]) [MEUR/yr] of a plan, or of many."""
        items = self.plan.values.at(x).costs.values()
        return np.asarray(
            sum(cost.transpose("epci", "year", "actor", ...).data.sum(2) for cost in items)
        )


def worth(program: Program, row_dual: Vector, owned: Ownership) -> Vector:
    """What the endowments of each EPCI are worth at the dual prices of the rows [MEUR].

    Summed over everyone, the objective: no column has a bound other than 0 and infinity.
    """
    lower, upper = (
        np.where(np.isfinite(side), side, 0.0) for side in (program.row_lower, program.row_upper)
    )
    value = np.maximum(row_dual, 0.0) * lower + np.minimum(row_dual, 0.0) * upper
    return np.asarray(value @ owned.share + program.offset / owned.share.shape[1])


def _paid(values: Values) -> tuple[Table, Table]:
    """Investment made, and equity paid in (epci, actor, year) [MEUR/yr]."""
    return values.offered("spending"), values.variable("vehicles.equity")
