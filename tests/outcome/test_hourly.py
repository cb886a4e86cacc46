"""The year hour by hour: 8 760 steps from a file of the user, solved and audited."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pytest import approx

from model.outcome.solve import solve_scenario
from model.scenario import load_scenario, override
from tests.cases import RURAL, URBAN, carrier, demand, plant, solve
from tests.results import made

FLAT = ["hydro", "residential-power", "tertiary-power", "industry", "mobility", "price"]


def year() -> pd.DataFrame:
    """A made-up year: wind that changes from day to day, sun with faint dusks, cold winters."""
    hour = np.arange(8760)
    summer = -np.cos(2 * np.pi * (hour / 24 + 10) / 365)
    height = np.sin(2 * np.pi * (hour % 24 - 6) / 24) + 0.3 * summer
    shapes = {
        "wind": np.repeat(np.random.default_rng(1).weibull(2, 365), 24) / 4,
        "solar": np.maximum(height, 0) ** 6,
        "residential-heat": 1 - 0.9 * summer,
        "tertiary-heat": 1 - 0.9 * summer,
    }
    return pd.DataFrame(shapes | dict.fromkeys(FLAT, np.ones(8760)))


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The made-up year as a user brings it."""
    year().to_csv(tmp_path / "year.csv", index=False)
    return str(tmp_path / "year.csv")


def test_records_fit_a_year_of_8760_steps(tmp_path: Path, file: str):
    """10 kW of roofs and 30 GWh of wind do what they did; the market fills the other hours."""
    fixed = {"lifetime": 1000, "actors": ()}
    outcome = solve(
        tmp_path,
        demand({URBAN: 60, RURAL: 40}),
        carrier("electricity", 100),
        plant("roofs", {URBAN: 1}, existing={URBAN: 0.01}, profile="solar", **fixed),
        plant("wind", {RURAL: 30}, existing={RURAL: 30}, profile="wind", **fixed),
        horizon={
            "base_year": 2020,
            "years": [2020, 2021],
            "last_period": 1,
            "hourly_file": file,
            "hours_per_step": 1,
        },
    )
    assert outcome.sizes["step"] == 8760
    outcome = outcome.sel(year=[2020])
    assert [made(outcome, "roofs"), made(outcome, "wind", RURAL)] == approx([0.01, 30])
    blown = 30 * year()["wind"] / year()["wind"].sum()
    lacking = np.maximum(40 / 8760 - blown, 0).sum()
    assert float(outcome["cost"].sum()) == approx((60 - 0.01 + lacking) / 10)


@pytest.mark.parametrize("hours", [24, pytest.param(4, marks=pytest.mark.campaign)])
def test_rouen_through_a_whole_year(file: str, hours: int):
    """Certified, audited, and the base year is that of the tables."""
    changes = {
        "horizon.hourly_file": file,
        "horizon.hours_per_step": hours,
        "horizon.years": [2020, 2050],
    }
    outcome = solve_scenario(override(load_scenario("rouen-alone"), changes))
    assert outcome.sizes["step"] == 8760 // hours
    assert float(outcome["final_consumption"].sel(year=2020).sum()) == approx(14_444, rel=1e-4)
