"""Sharing: each rule by its own words, from the costs of coalitions.

by key       cost of all · key / Σ key;  cost alone − gain · key / Σ key
Shapley      mean over all orders of arrival of what a player adds
Gately       gain by what all lose where one leaves
nucleolus    nobody can be made more content but at the expense of who is less so (Kohlberg 1971):
             at no level of excess is there a change of the shares that worsens no coalition of this
             level or above, and betters one
Nash         no change of the gains, for no coalition that is held at what it can have alone, makes
             their product larger
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.optimize import linprog

from model.oracle.energy import Compared
from model.oracle.given import Given, Table, dot
from model.oracle.market import plain
from model.oracle.money import incumbent, overnight
from model.oracle.owed import alone, excess, own_players, rounding, total

Vector = NDArray[np.float64]
MOST_PLAYERS = 7
"""Of whom every order of arrival is gone through."""
SLOPE = 1e-3
"""Of the product of gains: a smaller one is flat to who bargains by steps."""
PER_MWH = 1e-3
"""MEUR.yr/GWh in one EUR.yr/MWh."""


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    if g.sheet is None:
        return
    share = g.told("allocation")
    for rule, must in _formulas(g).items():
        told = share.sel(rule=rule, drop=True) if rule in share["rule"] else must
        yield rule, told.where(told.notnull(), must), must
    for rule, short in _criteria(g).items():
        yield rule, xr.DataArray(short), xr.DataArray(0.0)


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other: at marginal prices, nobody pays more than on its own."""
    if g.sheet is not None and plain(g) and not g.scenario["cooperation"]["agreements"]:
        over = excess(g).sel(rule="marginal-price", drop=True)
        yield "marginal-price.core", over, 0.0 * over + rounding(g)


def _formulas(g: Given) -> dict[str, Table]:
    """Shares of the rules that a sum can tell (epci) [MEUR]."""
    assert g.sheet is not None
    single, whole = alone(g), total(g)
    people = g.sheet["population"].reset_coords(drop=True)
    gain = single.sum("epci") - whole
    found = {
        "as-it-falls": dot(g.told("borne_cost"), g["discount"], dim="year"),
        "cost-by-population": whole * people / people.sum(),
    }
    by_gain = {"equal-gain": 1.0 + 0.0 * people, "gain-by-population": people}
    if own_players(g):
        by_gain["gain-by-equity"] = _paid_in(g)
        by_cost = {"cost-by-demand": _demand(g), "cost-by-investment": _invested(g)}
        found |= {k: whole * key / key.sum() for k, key in by_cost.items() if float(key.sum()) > 0}
    table = _table(g)
    if len(table) == 2 ** len(single):
        by_gain["gately"] = _losses(g, table)
        if len(single) <= MOST_PLAYERS:
            found["shapley"] = single.copy(data=_orders(table, len(single)))
    found |= {k: single - gain * key / key.sum() for k, key in by_gain.items() if key.sum() > 0}
    return {rule: share for rule, share in found.items() if np.isfinite(share).all()}


def _paid_in(g: Given) -> Table:
    """Equity paid in over the path (epci) [MEUR]."""
    return (g["equity"].sum("actor") * _years(g)).sum("year")


def _years(g: Given) -> Table:
    return g.periods.where(np.isfinite(g.periods), 0.0)


def _demand(g: Given) -> Table:
    """Consumption of the base year (epci) [GWh/yr]; 0 where it is no milestone."""
    used = g["final_consumption"].sum(["sector", "carrier"])
    return used.where(used["year"] == g.scenario["horizon"]["base_year"], 0.0).sum("year")


def _invested(g: Given) -> Table:
    """What is invested over the path (epci) [MEUR]."""
    renewal = g.column("technologies", "technology", "renewal")
    built = g["investment"] + renewal * incumbent(g) * g["renewed"]
    works = (built * overnight(g)).where(_years(g) > 0, 0.0).sum(["technology", "actor", "year"])
    cost = g.column("measures", "measure", "investment") * PER_MWH
    saved = g["consumption_reduction"].where(g["consumption_reduction"]["year"] >= g.decided)
    first, last = saved.dropna("year").isel(year=0), saved.dropna("year").isel(year=-1)
    return works + dot(cost, last - first, dim="measure")


def _table(g: Given) -> dict[int, float]:
    """Cost of each coalition that is known, by the sum of 2^i over its players."""
    member = g.told("member").transpose("coalition", "epci").values.astype(int)
    keys = member @ (1 << np.arange(member.shape[1]))
    return {0: 0.0} | dict(
        zip(keys.tolist(), g.told("coalition_cost").values.tolist(), strict=True)
    )


def _losses(g: Given, table: Mapping[int, float]) -> Table:
    """What all lose where one leaves (epci) [MEUR]."""
    single = alone(g)
    full = len(table) - 1
    rest = [table[full - (1 << i)] for i in range(len(single))]
    return single + np.array(rest) - table[full]


def _orders(table: Mapping[int, float], size: int) -> Vector:
    """What each adds, on average over all orders of arrival."""
    found, count = np.zeros(size), 0
    for order in permutations(range(size)):
        there = 0
        for player in order:
            found[player] += table[there | 1 << player] - table[there]
            there |= 1 << player
        count += 1
    return found / count


def _criteria(g: Given) -> dict[str, float]:
    """By how much shares fail the words of a rule; 0 where they keep them, or are blank."""
    share, people = g.told("allocation"), g.sheet["population"].values  # type: ignore[index]
    weights = {"nucleolus": 0 * people, "nucleolus-per-inhabitant": people}
    blank = share.isnull().any("epci").to_series()
    found = {
        rule: _discontent(g, rule, key)
        for rule, key in weights.items()
        if not blank.get(rule, True)
    }
    return found if blank.get("nash", True) else found | {"nash": _bargained(g)}


def _discontent(g: Given, rule: str, key: Vector) -> float:
    """How far a level of excess is from where nobody can be made more content."""
    member, size = g.told("member").values, g.sheet.sizes["epci"]  # type: ignore[union-attr]
    over = excess(g).sel(rule=rule).values
    order = np.argsort(-np.where(np.isfinite(over), over, -np.inf) / _weights(member, key))
    order = order[np.isfinite(over[order])]
    inside, over, near = member[order], over[order], rounding(g)
    weight = _weights(inside, key)
    level, slack = over / weight, 2 * near / weight
    alone_at_most = (inside.sum(axis=1) == 1) & (over >= -near)
    apart = level[:-1] - level[1:] > np.maximum(slack[:-1], slack[1:])
    worst = 0.0
    for last in [*np.flatnonzero(apart), len(level) - 1]:
        among = inside[: last + 1]
        worst = max(worst, _better(among, [*among, *inside[alone_at_most]]))
        if np.linalg.matrix_rank(np.vstack([among, np.ones(size)])) == size:
            break
    return worst


def _weights(inside: Vector, key: Vector) -> Vector:
    """What an excess is measured by: the members' key, or 1 where it is 0 for all."""
    return np.asarray(inside @ key if key.any() else np.ones(len(inside)))


def _better(gain: Vector, held: Sequence[Vector]) -> float:
    """How much some can pay less in all, if none of those held pays more, and all pay the same."""
    size = gain.shape[1]
    found = linprog(
        gain.sum(axis=0), np.array(held), np.zeros(len(held)), np.ones((1, size)), [0.0], (-1, 1)
    )
    return max(0.0, -float(found.fun))


def _bargained(g: Given) -> float:
    """Slope of the product of gains along what no coalition that is held objects to."""
    gain = (alone(g) - g.told("allocation").sel(rule="nash", drop=True)).values
    if gain.min() <= SLOPE * gain.mean():
        return 0.0
    over, near = excess(g).sel(rule="nash"), 10 * rounding(g)
    if float(over.max()) > near:
        return float(over.max())
    tight = over.values >= -near
    held = [*g.told("member").values[tight], np.zeros(len(gain))]
    slope = _better((gain.mean() / gain)[None, :], held)
    return slope if slope > SLOPE else 0.0
