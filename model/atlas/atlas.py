"""Atlas: of each EPCI of an area, its prices alone, its gain with all, and its best partners.

    gain of a pair       C({i}) + C({j}) − C({i, j})       pairs no farther apart than asked
    gain of a circle     Σ_{i∈S} C({i}) − C(S)             S: an EPCI and those it gains most with
    gain in the union    C({i}) − what its own is worth at the prices of the plan of all

C(S) is the least cost of the members S under the form of cooperation of the scenario
(`cooperation/energy`); a pair that lies farther apart may still exchange in the union.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.cooperation.energy import EnergyGame, Told
from model.cooperation.joint import Joint
from model.data.frame import NO_FORM, Frame
from model.data.partners import distance_between
from model.errors import Fault, InputError
from model.fields import ATLAS
from model.games.game import Coalition
from model.outcome.files import write_dataset
from model.outcome.labels import labelled
from model.outcome.solve import solve_scenario
from model.scenario import Scenario, override
from model.words.catalogue import say

Floats = NDArray[np.float64]

FILE = "atlas.nc"


@dataclass(frozen=True)
class Wanted:
    """What is asked.

    Attributes
    ----------
    within : float
        Farthest partners of a pair, from centroid to centroid [km].
    circle : int
        Members of a circle.
    jobs : int
        Processes at once.
    told : callable (done, total), optional
        Told after each coalition.
    """

    within: float = 40.0
    circle: int = 4
    jobs: int = 1
    told: Told | None = None


def atlas(scenario: Scenario, folder: Path, wanted: Wanted) -> xr.Dataset:
    """The atlas of the members of a scenario.

    Parameters
    ----------
    folder : Path
        Where `atlas.nc` is written.

    Raises
    ------
    InputError
        If nobody has a partner within reach.
    InfeasibleError, SolverLimitError
        If a plan is not found.
    """
    joint = Joint.best(scenario)
    game, frame = joint.game, joint.plan.data.frame
    away = _distances(frame)
    near = [(i, j) for i, j in combinations(game.epci, 2) if away[i, j] <= wanted.within]
    if not near:
        what = say("no two EPCI are within {km:g} km", km=wanted.within)
        raise InputError(Fault("--within", what, say("give a larger distance")))
    singles = [frozenset({siren}) for siren in game.epci]
    game.ask([*singles, *map(frozenset, near)], wanted.jobs, wanted.told)
    gains = {pair: _gain(game, frozenset(pair)) for pair in near}
    circles = [frozenset([siren, *_best(gains, siren)[: wanted.circle - 1]]) for siren in game.epci]
    game.ask(circles, wanted.jobs, wanted.told)
    plan, own = joint.plan, joint.priced.to_numpy()
    costs = np.array([game(single) for single in singles])
    alone = override(scenario, {"cooperation": {"form": NO_FORM}}, f"{scenario.name}-alone")
    found = _tables(solve_scenario(alone)) | {
        "alone_cost": xr.Variable("epci", costs),
        "union_gain": xr.Variable("epci", costs - own),
        "pair_gain": xr.Variable("pair", np.array(list(gains.values()))),
        "distance": xr.Variable("pair", np.array([away[pair] for pair in near])),
        "circle_gain": xr.Variable("epci", np.array([_gain(game, circle) for circle in circles])),
    }
    table = frame.epci
    beside = {
        "epci": ("epci", list(game.epci)),
        "epci_name": ("epci", table["name"].tolist()),
        "population": ("epci", table["population"].to_numpy(float)),
        "circle": ("epci", [" ".join(sorted(circle)) for circle in circles]),
        "technology": ("technology", frame.technologies.index.tolist()),
        "first": ("pair", [one for one, _ in near]),
        "second": ("pair", [other for _, other in near]),
    }
    result = labelled(found, {n: xr.Variable(d, v) for n, (d, v) in beside.items()}, ATLAS)
    result.attrs = {
        "scenario": scenario.name,
        "title": scenario.title,
        "title_fr": scenario.title_fr or scenario.title,
        "form": scenario.cooperation.form,
        "within": wanted.within,
        "last_year": frame.years[-1],
        "first_year": frame.vintages[0],
        "gain": float(costs.sum() - plan.solution.objective),
        "money": "constant 2025 euros, discounted to the base year",
        "Conventions": "CF-1.12",
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_dataset(result, folder / FILE)
    return result


def partners(found: xr.Dataset, siren: str) -> list[tuple[str, float]]:
    """With whom an EPCI gains as a pair, and how much together [MEUR]; the most first."""
    ends = zip(found["first"].to_numpy(), found["second"].to_numpy(), strict=True)
    pairs = zip(ends, found["pair_gain"].to_numpy(), strict=True)
    gains = {(str(one), str(other)): float(gain) for (one, other), gain in pairs}
    return [(n, _of(gains, siren, n)) for n in _best(gains, siren)]


def _best(gains: dict[tuple[str, str], float], siren: str) -> list[str]:
    """Partners of an EPCI by what the pair gains."""
    found = [(-gain, *pair) for pair, gain in gains.items() if siren in pair]
    return [other if one == siren else one for _, one, other in sorted(found)]


def _of(gains: dict[tuple[str, str], float], one: str, other: str) -> float:
    return gains.get((one, other), gains.get((other, one), 0.0))


def _gain(game: EnergyGame, coalition: Coalition) -> float:
    return sum(game({member}) for member in coalition) - game(coalition)


def _distances(frame: Frame) -> dict[tuple[str, str], float]:
    """Between the centroids of each two members [km]."""
    one, other = np.triu_indices(len(frame.members), 1)
    return dict(
        zip(
            combinations(frame.members, 2),
            distance_between(frame, one, other).tolist(),
            strict=True,
        )
    )


def _tables(alone: xr.Dataset) -> dict[str, xr.Variable]:
    """What energy, sites and engineers are worth to each alone."""
    last = alone.isel(year=-1)
    hours = alone["step_hours"] / alone["step_hours"].sum()
    power = xr.dot(last["price"].sel(carrier="electricity"), hours, dim="step")
    return {
        "alone_share": last["local_share"].sel(definition="contractual").variable,
        "power_price": power.variable,
        "engineer": alone["staff_price"].max("year").variable,
        "site_rent": last["potential_rent"].variable,
    }
