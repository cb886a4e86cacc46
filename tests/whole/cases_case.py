"""Shipped cases at a coarse resolution: three milestones, one step a day."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import xarray as xr

from model.outcome.solve import Plan, make_plan, tell
from model.scenario import Scenario, load_scenario, override

FOLDER = Path(__file__).parents[2] / "scenarios" / "cases"
COARSE = {"horizon.years": [2020, 2035, 2050], "horizon.hours_per_step": 24.0}
SLACK = 1e-7
"""Relative: two equal costs may differ by this much."""


def coarse(case: str, name: str) -> Scenario:
    """A scenario of a case; the aims of years that are left out fall due at the next milestone."""
    scenario = load_scenario(FOLDER / case / f"{name}.yaml")
    years = COARSE["horizon.years"]
    aims = {
        f"targets.{label}.at": {
            min(milestone for milestone in years if milestone >= year): value
            for year, value in target.at.items()
        }
        for label, target in scenario.targets.items()
    }
    return override(scenario, COARSE | aims)


@cache
def plan(case: str, name: str) -> Plan:
    """Its plan, made once."""
    return make_plan(coarse(case, name))


@cache
def outcome(case: str, name: str) -> xr.Dataset:
    """Its result."""
    return tell(plan(case, name))


def cost(case: str, name: str) -> float:
    """What it costs over the path, discounted [MEUR]."""
    return float(outcome(case, name).attrs["objective"])


def no_more(smaller: float, larger: float) -> bool:
    """Whether a cost is no more than another, but for rounding."""
    return smaller <= larger + SLACK * abs(larger)
