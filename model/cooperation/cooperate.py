"""Cooperate: a scenario → who gains by cooperating, under every rule of sharing."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import numpy as np
import xarray as xr

from model.cooperation.core import stake, worst_split
from model.cooperation.energy import MOST_PLAYERS, EnergyGame, Told
from model.cooperation.game import ROUNDING, say
from model.cooperation.joint import Groups, Joint
from model.cooperation.ledger import Ledger
from model.cooperation.nucleolus import least_core
from model.cooperation.rules import apply_rules
from model.cooperation.sheet import better_off
from model.fields import SCHEMA_VERSION
from model.outcome import make_plan
from model.scenario import Scenario

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
    joint = Joint.of(make_plan(scenario), groups)
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
        "objective": joint.plan.solution.objective,
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
    return Joint.of(make_plan(scenario), groups).game


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


def _ledger(results: Path | None, joint: Joint, groups: Groups | None) -> Ledger | None:
    if results is None:
        return None
    origin = json.dumps({name: list(members) for name, members in (groups or {}).items()})
    return Ledger(results / LEDGER, joint.plan.program, origin)


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
