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
from model.games.game import GameError, Vector
from model.games.linear.game import LinearGame
from model.outcome.solve import Plan, make_plan
from model.outcome.values import Table, Values, summed
from model.scenario import Scenario
from model.words.catalogue import say

Groups = Mapping[str, Sequence[str]]

AT_ONCE = 16
"""Plans whose costs are told at once: all those of hundreds would fill the memory."""


@dataclass(frozen=True)
class Joint:
    """The plan of everyone together, and its game."""

    plan: Plan
    owned: Ownership
    game: EnergyGame

    @classmethod
    def of(cls, plan: Plan, groups: Groups | None = None) -> Joint:
        """The game of a scenario that is solved."""
        owned = ownership(plan.program, plan.data)
        game = EnergyGame(plan.program, plan.data, owned, groups)
        game.remember({game.everyone: plan.solution.objective})
        return cls(plan, owned, game)

    @classmethod
    def best(cls, scenario: Scenario, groups: Groups | None = None) -> Joint:
        """The game of a scenario, solved to an optimum; InputError if it asks for a gap."""
        if scenario.solver.gap > 0:
            raise misplaced(
                scenario,
                "solver.gap",
                say("coalitions are compared with a proven optimum only"),
                say("leave it out, or say 0"),
            )
        return cls.of(make_plan(scenario), groups)

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

    @property
    def gap(self) -> float:
        """What the plan costs more than is proven that every plan does; 0 of an optimum [MEUR]."""
        proof, cost = self.plan.certificate, self.plan.solution.objective
        return 0.0 if proof.optimal else proof.gap * max(1.0, abs(cost))

    @cached_property
    def linear(self) -> LinearGame:
        """The same game as one programme, with the plan of everyone and the costs known so far.

        GameError if that is no optimum, of which alone its prices are.
        """
        if self.gap:
            raise GameError(say("the plan of everyone is within a gap: its prices are not optimal"))
        linear = self.game.linear(self.plan.solution.x, np.asarray(self.priced, dtype=float))
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
            linear=lambda: self.linear,
            priced=self.priced,
            borne=self.game.series(borne.data),
            population=self.population,
            demand=self.by_player(used.data),
            investment=self.by_player(spent.data),
            equity=self.by_player(equity.data),
        )

    @property
    def priced(self) -> pd.Series[float]:
        """Shares at the prices of everyone's plan [MEUR]; a gap, by inhabitants.

        No prices that a certificate accepts value a coalition above its cost: whoever leaves saves
        a part of the gap at most.
        """
        people = self.population
        own = worth(self.plan.program, self.plan.solution.row_dual, self.owned)
        return self.by_player(own) + self.gap * people / people.sum()

    @cached_property
    def yearly(self) -> xr.Dataset:
        """Costs alone and borne by player and year [MEUR/yr], and the weights of the years."""
        frame = self.plan.data.frame
        everyone = self.costs(self.plan.solution.x)
        alone = np.full((self.game.size, len(frame.years)), np.nan)
        for player in self.game.players:
            self.game({player})
        single = [frozenset((player,)) for player in self.game.players]
        with_plan = [i for i, one in enumerate(single) if one in self.game.plans]
        for at in range(0, len(with_plan), AT_ONCE):
            some = with_plan[at : at + AT_ONCE]
            plans = np.zeros((self.plan.solution.x.size, len(some)))
            for plan, i in zip(plans.T, some, strict=True):
                columns, values = self.game.plans[single[i]]
                plan[columns] = values
            alone[some] = self.costs(plans).sum(axis=0).T
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
