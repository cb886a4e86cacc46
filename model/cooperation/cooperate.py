"""Cooperate: a scenario → who gains by cooperating, under every rule of sharing."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from model.build import build
from model.compile import Program, compile_model
from model.cooperation.core import stake, worst_split
from model.cooperation.energy import MOST_PLAYERS, EnergyGame, Told
from model.cooperation.game import ROUNDING, Vector, say
from model.cooperation.ledger import Ledger
from model.cooperation.nucleolus import least_core
from model.cooperation.ownership import Ownership, ownership
from model.cooperation.rules import Case, apply_rules
from model.cooperation.sheet import better_off
from model.data.assemble import Data, load_data
from model.fields import SCHEMA_VERSION
from model.outcome.values import Values
from model.scenario import Scenario
from model.solver import Solution, certify, solve_program

Groups = Mapping[str, Sequence[str]]

FILE, LEDGER = "cooperation.nc", "coalitions.jsonl"


def cooperate(
    scenario: Scenario,
    results: Path | None = None,
    told: Told | None = None,
    *,
    jobs: int = 1,
    groups: Groups | None = None,
) -> xr.Dataset:
    """Costs of coalitions, allocations, gains and transfers of a scenario.

    Parameters
    ----------
    scenario : Scenario
    results : Path, optional
        Folder of the scenario's results: `cooperation.nc` is written there, and costs of
        coalitions as they come, so that a run that was cut short is taken up where it was.
    told : callable (done, total), optional
        Told after each coalition.
    jobs : int
        Processes at once.
    groups : mapping, optional
        Players that are groups of EPCI, by name (a pôle, a PETR).

    Raises
    ------
    InputError
        If the scenario or its inputs are wrong.
    InfeasibleError
        If there is no plan for everyone together.
    SolverLimitError
        If a coalition met a limit of the solver.
    GameError
        If a group is no set of members.
    """
    begin = time.perf_counter()
    joint = Joint.of(scenario, groups)
    game = joint.game
    ledger = _ledger(results, joint, groups)
    if ledger is not None:
        game.remember({key: cost for key, cost in ledger.costs.items() if len(key) > 1})
    _ask(game, jobs, told, ledger)
    allocation, reasons = apply_rules(joint.case)
    sheet = better_off(game, allocation, reasons, joint.population, joint.yearly)
    sheet.attrs = {
        "scenario": scenario.name,
        "title": scenario.title,
        "objective": joint.solution.objective,
        "gain": game.gain,
        "asked": game.asked,
        "seconds": round(time.perf_counter() - begin, 3),
        "remarks": json.dumps(remarks(game), ensure_ascii=False),
        "schema_version": SCHEMA_VERSION,
        "money": "constant 2025 euros, discounted to the base year",
        "Conventions": "CF-1.12",
    }
    if results is not None:
        _write(sheet, results / FILE)
    return sheet


def game_of(scenario: Scenario, groups: Groups | None = None) -> EnergyGame:
    """The game of a scenario: players are its member EPCI, or groups of them; costs in MEUR."""
    return Joint.of(scenario, groups).game


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


def remarks(game: EnergyGame) -> list[str]:
    """What a reader must know before using the rules."""
    found = []
    stuck = game.alone.index[np.isinf(game.alone)]
    if len(stuck):
        found.append(f"no plan alone: {say(stuck)}; gains are infinite")
    if game.size > MOST_PLAYERS:
        return [*found, f"{game.size} players: not all coalitions are computed"]
    one, other, loss = worst_split(game)
    if loss > ROUNDING * stake(game):
        found.append(f"not superadditive: {say(one)} and {say(other)} lose {loss:g} by merging")
    epsilon = least_core(game)[1] if game.size > 1 else 0.0
    if epsilon > ROUNDING * stake(game):
        found.append(f"the core is empty: some coalition pays at least {epsilon:g} too much")
    return found


def _paid(values: Values) -> tuple[xr.DataArray, xr.DataArray]:
    """Investment made, and equity paid in (epci, actor, year) [MEUR/yr]."""
    return values.offered("spending"), values.variable("vehicles.equity")


def _ledger(results: Path | None, joint: Joint, groups: Groups | None) -> Ledger | None:
    if results is None:
        return None
    origin = json.dumps({name: list(members) for name, members in (groups or {}).items()})
    return Ledger(results / LEDGER, joint.program, origin)


def _ask(game: EnergyGame, jobs: int, told: Told | None, ledger: Ledger | None) -> None:
    """Compute the costs that rules need: all, or alone and all but one if there are too many."""

    def keep(done: int, total: int) -> None:
        if ledger is not None:
            ledger.add(game.known)
        if told is not None:
            told(done, total)

    if game.size <= MOST_PLAYERS:
        game.solve_all(jobs, keep)
        return
    for player in game.players:
        game({player})
        game(game.everyone - {player})
        keep(game.asked, 2 * game.size + 1)


def _write(sheet: xr.Dataset, path: Path) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        sheet.to_netcdf(aside, engine="h5netcdf")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
