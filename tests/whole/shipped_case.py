"""What the tests of the shipped cases share: their scenarios, coarse, each solved once."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import xarray as xr

from model.outcome.solve import solve_scenario
from model.scenario import load_scenario, override

COARSE = {"horizon.years": [2020, 2030, 2040, 2050], "horizon.hours_per_step": 12.0}
"""Few milestones and steps: what a mechanism does shows all the same."""

SLACK = 1e-6
"""Relative: costs that are equal may differ so in the solver."""


@cache
def solved(name: str) -> xr.Dataset:
    """The outcome of a shipped scenario, coarse."""
    return solve_scenario(override(load_scenario(name), COARSE))


def cost(name: str) -> float:
    """What it costs everyone over the path [MEUR]."""
    return float(solved(name).attrs["objective"])


def falls(*names: str) -> bool:
    """Whether costs fall, or stay, from each scenario to the next."""
    costs = [cost(name) for name in names]
    return all(after <= before * (1 + SLACK) for before, after in pairwise(costs))


def sent(name: str, origin: str, destination: str, carrier: str) -> xr.DataArray:
    """Sent along a link, by year [GWh/yr]."""
    return solved(name)["exchange"].sel(link=f"{origin}>{destination}:{carrier}")


def of(name: str, place: str, technology: str) -> xr.DataArray:
    """Activity of a technology, by year [GWh/yr]."""
    return solved(name)["activity"].sel(epci=place, technology=technology)
