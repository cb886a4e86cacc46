"""The shipped days stand for a year, and were chosen by what they say."""

import os
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from model.data.calendar import read_calendar
from tests.data.calendar_case import INPUTS, PROFILES, shipped, year_mean

CALENDARS = ("4-days", "8-days", "12-days")


@pytest.mark.parametrize("name", CALENDARS)
def test_a_shipped_calendar_is_a_year(name: str):
    steps = read_calendar(shipped(), name, 1)
    assert float(steps["step_hours"].sum()) == 8760
    assert len(set(steps["step_day"].values)) == int(name.split("-")[0])
    assert set(steps["profile"].values) == set(PROFILES)


@pytest.mark.parametrize("name", CALENDARS)
def test_shipped_profiles_keep_the_mean_of_their_year(name: str):
    mean = year_mean(read_calendar(shipped(), name, 4)).to_series()
    relative = mean.drop(["wind", "solar"])
    assert relative.to_numpy() == pytest.approx(np.ones(8), rel=1e-4)
    assert mean["wind"] == pytest.approx(0.2564, rel=1e-4)
    assert mean["solar"] == pytest.approx(0.135, rel=1e-4)


@pytest.mark.parametrize("name", CALENDARS)
def test_the_extreme_day_is_rare_cold_and_windless(name: str):
    steps = read_calendar(shipped(), name, 24)
    daily = steps["profile_value"].to_pandas().T.set_axis(steps["step_day"].values)
    assert daily["residential-heat"].idxmax() == "extreme"
    assert daily["tertiary-heat"].idxmax() == "extreme"
    assert daily.loc["extreme", "wind"] < 0.7 * 0.2564
    assert steps["step_weight"].to_series()["extreme.00"] == 1


def test_the_same_extreme_day_is_in_every_calendar():
    table = shipped()
    extreme = [
        table[(table["calendar"] == name) & (table["day"] == "extreme")][list(PROFILES)].to_numpy()
        for name in CALENDARS
    ]
    np.testing.assert_array_equal(extreme[0], extreme[1])
    np.testing.assert_array_equal(extreme[0], extreme[2])


def test_shipped_availabilities_are_shares():
    table = shipped()
    assert table[["wind", "solar"]].to_numpy().max() <= 1
    assert table[list(PROFILES)].to_numpy().min() >= 0
    assert table.loc[table["hour"] == 0, "solar"].max() == 0


def test_every_mixed_profile_is_shipped_and_cited():
    mix = pd.read_csv(INPUTS / "make" / "profile_mix.csv")
    assert set(mix["profile"]) == {*PROFILES, "load"}
    assert mix[["source", "status"]].notna().all(axis=None)


@pytest.mark.parametrize("count", [2, 4, 12])
def test_chosen_days_stand_for_the_year(script: ModuleType, year: pd.DataFrame, count: int):
    chosen = script.choose(year, count)
    assert len(chosen) == count
    assert sum(chosen.values()) == 365
    assert chosen[19] == 1
    assert list(chosen) == sorted(chosen)


def test_days_are_scaled_to_the_year_and_the_extreme_is_not(script: ModuleType, year: pd.DataFrame):
    rows = script.calendar(year, 4)
    days = script.expanded(rows, year)
    assert days.mean().to_numpy() == pytest.approx(year.mean().to_numpy(), rel=1e-4)
    assert set(rows.loc[rows["day"] == "extreme", "residential-heat"]) == {2.5}
    assert rows["day"].unique()[0] in ("extreme", "winter-1")


def test_the_full_year_has_no_error(script: ModuleType, year: pd.DataFrame):
    item = script.measures(year, year)
    assert max(value for name, value in item.items() if name.startswith("duration")) == 0
    assert item["peak hour of residential heat / mean"] == pytest.approx(
        2.5 / year["residential-heat"].mean()
    )


@pytest.mark.skipif("REFERENCE_DATA" not in os.environ, reason="the hourly year is not shipped")
def test_the_shipped_days_are_those_of_the_script(script: ModuleType, tmp_path: Path):
    script.main(Path(os.environ["REFERENCE_DATA"]), tmp_path / "calendar.csv")
    made = (tmp_path / "calendar.csv").read_bytes()
    assert made == (INPUTS / "calendar.csv").read_bytes()
