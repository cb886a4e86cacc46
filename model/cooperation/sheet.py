"""Sheet: the better-off sheet of a cooperation, as one labelled Dataset.

Money is discounted over the horizon [MEUR] unless it has a year; a gain is positive when the
partner is better off than alone, a transfer is positive when the partner pays. For each rule
gains sum to what cooperation saves, and the transfers of a year to zero.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from model.cooperation.core import stake
from model.cooperation.game import ROUNDING, Game
from model.cooperation.perimeter import least_subsidy, rank
from model.cooperation.settlement import settle
from model.fields import COOPERATION
from model.outcome import labels


def better_off(
    game: Game,
    allocation: pd.DataFrame,
    reasons: Mapping[str, str],
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
    shares = xr.DataArray(
        allocation.to_numpy(float),
        {"rule": list(allocation.index), "epci": [str(player) for player in game.players]},
        ("rule", "epci"),
    )
    alone = xr.DataArray(game.alone.to_numpy(), {"epci": shares["epci"]})
    people = xr.DataArray(population.to_numpy(float), {"epci": shares["epci"]})
    gain = (alone - shares).transpose("rule", "epci")
    borne = xr.dot(yearly["borne_cost"], yearly["discount"], dim="year")
    transfer = settle(shares - borne, yearly["discount"], yearly["open"])
    net = yearly["alone_cost"] - yearly["borne_cost"] - transfer
    tempted, stability = zip(*(_worst(game, row) for _, row in allocation.iterrows()), strict=True)
    found = {
        **_coalitions(game),
        "allocation": shares,
        "gain": gain,
        "gain_per_inhabitant": 1e6 * gain / people,
        "relative_gain": gain.where(np.isfinite(gain)) / abs(alone),
        "transfer": transfer.transpose("rule", "epci", "year"),
        "net_gain": net.transpose("rule", "epci", "year"),
        "stability": ("rule", list(stability)),
        "tempted": ("rule", list(tempted)),
        "gini": ("rule", [gini(row / people, people) for row in gain]),
        "reason": ("rule", [reasons.get(rule, "") for rule in allocation.index]),
        "alone_cost": yearly["alone_cost"],
        "borne_cost": yearly["borne_cost"],
    }
    return xr.Dataset(found).assign_coords(population=("epci", people.to_numpy()))


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
    beside = sheet.coords.to_dataset().drop_vars(sheet.indexes)
    tables = {str(name): table for name, table in sheet.items()}
    sheet = labels.labelled(tables, COOPERATION).assign_coords(beside.variables)
    sheet["population"].attrs["units"] = "inhabitant"
    return sheet


def label(coalition: frozenset[str]) -> str:
    """A coalition as a label: its members in order, joined by +."""
    return "+".join(sorted(map(str, coalition)))


def gini(values: xr.DataArray, weights: xr.DataArray) -> float:
    """Gini coefficient of values that each stand for `weights` people.

    Half the mean difference between two people taken at random, over the mean. NaN if a value is
    negative or infinite.
    """
    value, weight = values.to_numpy(), weights.to_numpy()
    mean = float(np.average(value, weights=weight))
    if not np.isfinite(value).all() or value.min() < -ROUNDING * abs(mean) or mean <= 0:
        return float("nan")
    apart = np.abs(value[:, None] - value) * weight[:, None] * weight
    return float(apart.sum() / (2 * mean * weight.sum() ** 2))


def _worst(game: Game, allocation: pd.Series[float]) -> tuple[str, float]:
    """The worst-treated coalition among those known, and its excess."""
    costs = {s: cost for s, cost in game.known.items() if s != game.everyone}
    if allocation.isna().any() or not np.isfinite(list(costs.values())).any():
        return "", float("nan")
    excess = {s: float(allocation[list(s)].sum()) - cost for s, cost in costs.items()}
    coalition = max(excess, key=excess.__getitem__)
    small = abs(excess[coalition]) <= ROUNDING * stake(game)
    return label(coalition), 0.0 if small else excess[coalition]


def _coalitions(game: Game) -> dict[str, tuple[tuple[str, ...], object]]:
    known = sorted(game.known.items(), key=lambda item: (len(item[0]), label(item[0])))
    inside = [[int(player in coalition) for player in game.players] for coalition, _ in known]
    return {
        "coalition_cost": (("coalition",), [cost for _, cost in known]),
        "member": (("coalition", "epci"), np.array(inside, dtype=np.int8)),
        "coalition": (("coalition",), [label(coalition) for coalition, _ in known]),
    }
