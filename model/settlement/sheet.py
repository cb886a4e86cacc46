"""Sheet: the better-off sheet of a cooperation, as one labelled Dataset.

Money is discounted over the horizon [MEUR] unless it has a year; a gain is positive when the
partner is better off than alone, a transfer is positive when the partner pays. For each rule
gains sum to what cooperation saves, and the transfers of a year to zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.errors import ModelError
from model.fields import COOPERATION
from model.games.core import stake
from model.games.game import ROUNDING, Coalition, Game, Vector
from model.games.perimeter import least_subsidy, rank
from model.outcome import labels
from model.settlement.payments import settle


def better_off(
    game: Game,
    allocation: pd.DataFrame,
    reasons: Mapping[str, ModelError],
    population: pd.Series[float],
    yearly: xr.Dataset,
) -> xr.Dataset:
    """The sheet.

    Parameters
    ----------
    game : Game
    allocation : DataFrame (rule, player) [MEUR]
    reasons : by rule
        Why it is blank.
    population : by player
    yearly : Dataset
        `alone_cost` and `borne_cost` (epci, year) [MEUR/yr], `discount` (year) [yr], and `open`
        (year), 1 in the years of cooperation.
    """
    known = yearly.variables
    shares = xr.Variable(("rule", "epci"), allocation.to_numpy(float))
    alone, people = (xr.Variable("epci", each.to_numpy(float)) for each in (game.alone, population))
    gain = (alone - shares).transpose("rule", "epci")
    borne = xr.dot(known["borne_cost"], known["discount"], dim="year")
    transfer = settle(shares - borne, known["discount"], known["open"])
    net = known["alone_cost"] - known["borne_cost"] - transfer
    tempted, stability = zip(*(_worst(game, row) for row in shares.data), strict=True)
    found = {
        **_coalitions(game),
        "allocation": shares,
        "gain": gain,
        "gain_per_inhabitant": 1e6 * gain / people,
        "relative_gain": gain.where(np.isfinite(gain.data)) / abs(alone),
        "transfer": transfer,
        "net_gain": net,
        "stability": ("rule", list(stability)),
        "tempted": ("rule", list(tempted)),
        "gini": ("rule", [gini(row / people.data, people.data) for row in gain.data]),
        "reason": ("rule", [str(reasons.get(rule, "")) for rule in allocation.index]),
        "reason_fr": (
            "rule",
            [reasons[r].told("fr") if r in reasons else "" for r in allocation.index],
        ),
        "alone_cost": known["alone_cost"],
        "borne_cost": known["borne_cost"],
        "population": ("epci", people.data),
        "rule": list(allocation.index),
        "epci": [str(player) for player in game.players],
        "year": known["year"],
    }
    return xr.Dataset(found).set_coords("population")


def rankings(game: Game, population: pd.Series[float]) -> xr.Dataset:
    """The gains of coalitions, the partner that each would take next, and the least subsidy."""
    table = rank(game, population)
    names = [label(coalition) for coalition in table.index]
    found = {
        "perimeter_gain": ("coalition", table["gain"]),
        "next_partner": ("coalition", table["partner"].to_numpy(str)),
        "next_partner_gain": ("coalition", table["adds"]),
        "least_subsidy": least_subsidy(game),
    }
    return xr.Dataset(found, {"coalition": names})


def labelled(sheet: xr.Dataset) -> xr.Dataset:
    """The sheet with dims, units and names from the registry."""
    tables = {str(name): sheet.variables[name] for name in sheet.data_vars}
    coords = {str(name): sheet.variables[name] for name in sheet.coords}
    sheet = labels.labelled(tables, coords, COOPERATION)
    sheet["population"].attrs["units"] = "inhabitant"
    return sheet


def label(coalition: frozenset[str]) -> str:
    """A coalition as a label: its members in order, joined by +."""
    return "+".join(sorted(map(str, coalition)))


def gini(value: Vector, weight: Vector) -> float:
    """Gini coefficient of values that each stand for `weight` people.

    Half the mean difference between two people taken at random, over the mean. NaN if a value is
    negative or infinite.
    """
    mean = float(np.average(value, weights=weight))
    if not np.isfinite(value).all() or value.min() < -ROUNDING * abs(mean) or mean <= 0:
        return float("nan")
    apart = np.abs(value[:, None] - value) * weight[:, None] * weight
    return float(apart.sum() / (2 * mean * weight.sum() ** 2))


def _worst(game: Game, allocation: Vector) -> tuple[str, float]:
    """The worst-treated coalition among those known, the first of equals, and its excess."""
    costs = {s: cost for s, cost in game.known.items() if s != game.everyone}
    limits = np.array(list(costs.values()))
    if np.isnan(allocation).any() or not np.isfinite(limits).any():
        return "", float("nan")
    excess = _inside(game, costs) @ allocation - limits
    largest, same = float(excess.max()), ROUNDING * stake(game)
    worst = list(costs)[int(np.argmax(excess >= largest - same))]
    return label(worst), 0.0 if abs(largest) <= same else largest


def _inside(game: Game, coalitions: Iterable[Coalition]) -> NDArray[np.int8]:
    """1 where a player is in a coalition (coalition, player)."""
    rows = [[player in coalition for player in game.players] for coalition in coalitions]
    return np.array(rows, dtype=np.int8)


def _coalitions(game: Game) -> dict[str, tuple[tuple[str, ...], object]]:
    known = sorted(game.known.items(), key=lambda item: (len(item[0]), label(item[0])))
    return {
        "coalition_cost": (("coalition",), [cost for _, cost in known]),
        "member": (("coalition", "epci"), _inside(game, dict(known))),
        "coalition": (("coalition",), [label(coalition) for coalition, _ in known]),
    }
