"""Cooperate: a scenario → who gains by cooperating, under every rule of sharing.

A quick look needs the plan of everyone and that of each partner alone; a full one the plans of
all the coalitions. Both write the same file, `cooperation.nc`; its attribute `depth` says which.
"""

from __future__ import annotations

import json
from pathlib import Path

import xarray as xr

from model.cooperation.energy import MOST_PLAYERS, EnergyGame, Told
from model.cooperation.joint import Groups, Joint
from model.cooperation.journal import Ledger, fingerprint
from model.cooperation.rules import QUICK, RULES, WIDE, apply_rules
from model.cooperation.tail import tail_excess
from model.errors import InputError
from model.fields import SCHEMA_VERSION
from model.games.game import GameError
from model.games.linear.prices import price_range
from model.outcome.files import read_attributes, write_dataset
from model.outcome.solve import Plan
from model.scenario import Scenario
from model.settlement.contracts import contracts
from model.settlement.remarks import remarks
from model.settlement.sheet import better_off, labelled, rankings
from model.words.catalogue import say, told

EVERY = tuple(name for name in RULES if name != "least-core")
FILE, LEDGER = "cooperation.nc", "coalitions.jsonl"


def cooperate(
    scenario: Scenario,
    results: Path | None = None,
    told: Told | None = None,
    *,
    jobs: int = 1,
    groups: Groups | None = None,
) -> xr.Dataset:
    """Costs of coalitions, allocations, gains and settlement of a scenario.

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
        If a group is no set of members, or there is one player only.
    """
    joint = Joint.best(scenario, groups)
    game = joint.game
    if game.size < 2:
        raise GameError(
            say("{scenario} has one partner only: nobody to cooperate with", scenario=scenario.name)
        )
    ledger = _ledger(results, joint, groups)
    if ledger is not None:
        game.remember({key: cost for key, cost in ledger.costs.items() if len(key) > 1})
    _ask(game, jobs, told, ledger)
    sheet = _whole(joint) if game.size <= MOST_PLAYERS else _sheet(joint, WIDE)
    return _finished(sheet, joint, "full", results)


def glance(plan: Plan, results: Path | None = None) -> xr.Dataset | None:
    """A quick look at who gains, from a plan; None where there is no one to cooperate with.

    The full file of the same plan, if there is one in `results`, stays, and gives None too; one
    of an earlier plan is replaced.

    Raises
    ------
    SolverLimitError
        If the plan of a partner alone met a limit of the solver.
    """
    if not plan.data.links:
        if results is not None:
            (results / FILE).unlink(missing_ok=True)
        return None
    if results is not None and _is_full(results / FILE, plan):
        return None
    joint = Joint.of(plan)
    return _finished(_sheet(joint, QUICK), joint, "quick", results)


def game_of(scenario: Scenario, groups: Groups | None = None) -> EnergyGame:
    """The game of a scenario: players are its member EPCI, or groups of them; costs in MEUR."""
    return Joint.best(scenario, groups).game


def _sheet(joint: Joint, rules: tuple[str, ...]) -> xr.Dataset:
    """What a quick and a full look have in common."""
    allocation, reasons = apply_rules(joint.case, rules)
    if not joint.gap:
        joint.game.remember(joint.linear.known)
    sheet = better_off(joint.game, allocation, reasons, joint.population, joint.yearly)
    found = contracts(joint, sheet) | dict(sheet.variables) | joint.names
    return xr.Dataset(found).set_coords(["population", *joint.names])


def _whole(joint: Joint) -> xr.Dataset:
    """What is known when every coalition is solved."""
    sheet = _sheet(joint, EVERY)
    sheet["tail_excess"] = tail_excess(joint, sheet["transfer"])
    sheet = sheet.merge(rankings(joint.game, joint.population), join="left")
    prices = price_range(joint.linear)
    sheet["price_range"] = (("bound", "epci"), prices.T)
    return sheet.assign_coords(bound=list(prices))


def _finished(sheet: xr.Dataset, joint: Joint, depth: str, results: Path | None) -> xr.Dataset:
    """The sheet with its attributes, written if there is a folder."""
    scenario, game = joint.plan.scenario, joint.game
    found = list(remarks(game, sheet, joint.gap))
    said = {"remarks": list(map(str, found)), "remarks_fr": [told(text, "fr") for text in found]}
    sheet = labelled(sheet)
    sheet.attrs = {
        "scenario": scenario.name,
        "title": scenario.title,
        "depth": depth,
        "objective": joint.plan.solution.objective,
        "gain": game.gain,
        "gap": joint.gap,
        "asked": game.asked,
        **{name: json.dumps(texts, ensure_ascii=False) for name, texts in said.items()},
        "program": fingerprint(joint.plan.program),
        "schema_version": SCHEMA_VERSION,
        "money": "constant 2025 euros, discounted to the base year",
        "Conventions": "CF-1.12",
    }
    if results is not None:
        results.mkdir(parents=True, exist_ok=True)
        write_dataset(sheet, results / FILE)
    return sheet


def _is_full(path: Path, plan: Plan) -> bool:
    """Whether a file holds the full sheet of the program of a plan."""
    try:
        told = read_attributes(path)
        return bool(told["depth"] == "full" and told["program"] == fingerprint(plan.program))
    except (OSError, InputError, KeyError):
        return False


def _ledger(results: Path | None, joint: Joint, groups: Groups | None) -> Ledger | None:
    if results is None:
        return None
    origin = json.dumps({name: list(members) for name, members in (groups or {}).items()})
    return Ledger(results / LEDGER, joint.plan.program, origin)


def _ask(game: EnergyGame, jobs: int, told: Told | None, ledger: Ledger | None) -> None:
    """Compute the costs of all coalitions, or of single players if there are too many."""

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
        keep(game.asked, game.size + 1)
