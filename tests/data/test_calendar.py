"""The calendar: steps that keep hours and energy, the file of an hourly year, the shipped days."""

import os
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from model.data.calendar import read_calendar
from model.errors import InputError
from model.tables.hourly import read_hourly

INPUTS = Path(__file__).parents[2] / "inputs"
SCRIPT = INPUTS / "make" / "representative_days.py"
CALENDARS = ("4-days", "8-days", "12-days")
PROFILES = (
    "wind",
    "solar",
    "hydro",
    "residential-heat",
    "tertiary-heat",
    "residential-power",
    "tertiary-power",
    "industry",
    "mobility",
    "price",
)


def rows(hours: float = 1.0, weight: float = 365.0, day: str = "mean", **profiles) -> pd.DataFrame:
    """One day of equal rows, as many as the profiles have values."""
    count = len(next(iter(profiles.values())))
    fixed = {"calendar": "hand", "day": day, "hour": np.arange(count) * hours, "hours": hours}
    return pd.DataFrame({**fixed, "weight": weight, **profiles, "line": np.arange(2, count + 2)})


def shipped() -> pd.DataFrame:
    """The shipped table, columns named without unit."""
    table = pd.read_csv(INPUTS / "calendar.csv")
    return table.rename(columns=lambda name: name.split(" [")[0])


def year_mean(steps: xr.Dataset) -> xr.DataArray:
    return (steps["profile_value"] * steps["step_hours"]).sum("step") / steps["step_hours"].sum()


# --- steps -----------------------------------------------------------------------------------


def test_rows_merge_into_steps_that_keep_the_mean():
    """Proves: hours 0–1 and 2–3 of (1, 3, 5, 9) are 2 and 7, each 2 h × 365 days = 730 h."""
    steps = read_calendar(rows(wind=[1.0, 3.0, 5.0, 9.0]), "hand", 2)
    assert steps["profile_value"].sel(profile="wind").to_series().to_dict() == {
        "mean.00": 2.0,
        "mean.02": 7.0,
    }
    assert steps["step_hours"].values.tolist() == [730.0, 730.0]
    assert steps["step_length"].values.tolist() == [2.0, 2.0]
    assert steps["step_weight"].values.tolist() == [365.0, 365.0]


def test_unequal_rows_weigh_by_their_hours():
    """Proves: 1 h at 8 and 3 h at 4 make (8 + 12) / 4 = 5; a plain mean would say 6."""
    table = rows(wind=[8.0, 4.0]).assign(hour=[0.0, 1.0], hours=[1.0, 3.0])
    assert read_calendar(table, "hand", 4)["profile_value"].item() == 5.0


def test_the_step_before_the_first_is_the_last_of_the_same_day():
    table = pd.concat([rows(day="cold", wind=[1.0] * 3), rows(day="warm", wind=[1.0] * 3)])
    steps = read_calendar(table, "hand", 1)
    previous = steps["previous_step"].to_series().to_dict()
    assert previous["cold.00"] == "cold.02"
    assert previous["cold.01"] == "cold.00"
    assert previous["warm.00"] == "warm.02"
    assert steps["step_day"].to_series()["warm.01"] == "warm"


def test_a_single_step_follows_itself():
    steps = read_calendar(rows(hours=8760, weight=1, wind=[0.3]), "hand", 8760)
    assert steps["previous_step"].values.tolist() == steps["step"].values.tolist() == ["mean.00"]
    assert steps["step_hours"].item() == 8760


def test_two_half_years():
    steps = read_calendar(rows(hours=4380, weight=1, wind=[0.2, 0.4]), "hand", 4380)
    assert steps["step"].values.tolist() == ["mean.0000", "mean.4380"]
    assert steps["step_hours"].values.tolist() == [4380.0, 4380.0]


def test_a_calendar_without_profile_has_steps():
    table = rows(wind=[1.0, 1.0]).drop(columns="wind")
    assert read_calendar(table, "hand", 1).sizes == {"step": 2, "profile": 0}


def test_the_order_of_rows_within_a_day_does_not_matter():
    table = rows(wind=[1.0, 3.0, 5.0, 9.0])
    xr.testing.assert_identical(
        read_calendar(table.iloc[::-1], "hand", 2), read_calendar(table, "hand", 2)
    )


@given(
    values=st.lists(st.floats(0, 10), min_size=24, max_size=24),
    length=st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24]),
    weight=st.floats(0.5, 365),
)
def test_merging_keeps_hours_and_energy(values: list[float], length: int, weight: float):
    steps = read_calendar(rows(weight=weight, wind=values), "hand", length)
    assert steps.sizes["step"] == 24 // length
    assert float(steps["step_hours"].sum()) == pytest.approx(24 * weight)
    assert year_mean(steps).item() == pytest.approx(np.mean(values))
    assert sorted(steps["previous_step"].values) == sorted(steps["step"].values)


# --- faults ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "name", "length", "told"),
    [
        ({}, "hands", 1, "no calendar `hands`  Mend: there are: hand"),
        ({}, "hand", 3, "steps of 3 h do not divide day `mean` (4 h)"),
        ({}, "hand", 0.5, "steps of 0.5 h do not divide"),
        ({}, "hand", 8, "steps of 8 h do not divide"),
        ({}, "hand", 0, "steps of 0 h"),
        ({}, "hand", float("nan"), "steps of nan h"),
        ({"wind": [1.0, -0.1, 1.0, 1.0]}, "hand", 1, ":3  `wind`: -0.1"),
        ({"wind": [1.0, 1.0, np.nan, 1.0]}, "hand", 1, ":4  `wind`: nan"),
        ({"wind": [1.0, 1.0, np.inf, 1.0]}, "hand", 1, ":4  `wind`: inf"),
        ({"hours": [1.0, 0.0, 1.0, 1.0]}, "hand", 1, ":3  `hours`: 0"),
        ({"weight": 0.0}, "hand", 1, "every day has the weight 0"),
        ({"weight": [1.0, 1.0, 2.0, 1.0]}, "hand", 1, "day `mean` has several weights"),
        ({"hour": [0.0, 1.0, 3.0, 4.0]}, "hand", 1, ":4  day `mean` has no row, or two, at hour 2"),
        ({"hour": [0.0, 1.0, 1.0, 3.0]}, "hand", 1, "has no row, or two, at hour 2"),
    ],
)
def test_a_planted_fault_is_told(change: dict[str, object], name: str, length: float, told: str):
    table = rows(wind=[1.0, 1.0, 1.0, 1.0]).assign(**change)
    with pytest.raises(InputError) as error:
        read_calendar(table, name, length)
    assert told in str(error.value)
    assert "calendar.csv" in str(error.value)


# --- an hourly file --------------------------------------------------------------------------


def hourly(stamps: pd.DatetimeIndex | None = None, pattern: str = "%Y-%m-%d %H:%M") -> pd.DataFrame:
    """Hours numbered 0, 1, … in `wind`; a constant `solar`; stamped if there are stamps."""
    count = 8760 if stamps is None else len(stamps)
    data = pd.DataFrame({"wind [1]": np.arange(count) / 8, "solar": 0.25})
    if stamps is not None:
        data.insert(0, "time", stamps.strftime(pattern))
    return data


def hours(year: int) -> pd.DatetimeIndex:
    return pd.date_range(f"{year}-01-01", f"{year}-12-31 23:00", freq="h")


@pytest.mark.parametrize(
    ("form", "encoding", "pattern"),
    [
        ({}, "utf-8", "%Y-%m-%d %H:%M"),
        ({"sep": ";", "decimal": ","}, "utf-8-sig", "%d/%m/%Y %H:%M"),
        ({"sep": ";"}, "cp1252", "%Y-%m-%dT%H:%M:%S"),
        ({"sep": ";", "decimal": ","}, "cp1252", None),
        ({}, "utf-8", None),
    ],
)
def test_an_hourly_file_is_read_as_it_was_meant(
    tmp_path: Path, form: dict[str, str], encoding: str, pattern: str | None
):
    data = hourly(hours(2019), pattern) if pattern else hourly()
    path = tmp_path / "annee.csv"
    data.assign(remarque="été").to_csv(path, index=False, encoding=encoding, **form)
    table = read_hourly(path, ["wind", "solar"])
    assert table["wind"].tolist() == (np.arange(8760) / 8).tolist()
    assert set(table["solar"]) == {0.25}
    assert "note" not in table.attrs


def test_an_hourly_year_is_cyclic_over_the_year(tmp_path: Path):
    path = tmp_path / "year.csv"
    hourly().to_csv(path, index=False)
    steps = read_calendar(read_hourly(path, ["wind", "solar"]), "hourly", 4)
    assert steps.sizes == {"step": 2190, "profile": 2}
    assert float(steps["step_hours"].sum()) == 8760
    assert steps["previous_step"].to_series()["year.0000"] == "year.8756"
    assert year_mean(steps).sel(profile="wind").item() == pytest.approx(8759 / 16)


def test_an_hourly_file_has_the_columns_of_the_table(tmp_path: Path):
    path = tmp_path / "year.csv"
    hourly().to_csv(path, index=False)
    table = read_hourly(path, ["wind", "solar"])
    assert set(shipped().columns) - set(PROFILES) <= set(table.columns)


@pytest.mark.parametrize("stamped", [True, False])
def test_29_february_is_left_out_and_told(tmp_path: Path, stamped: bool):
    data = hourly(hours(2020)) if stamped else hourly(hours(2020)).drop(columns="time")
    path = tmp_path / "leap.csv"
    data.to_csv(path, index=False)
    table = read_hourly(path, ["wind"])
    gap = np.flatnonzero(np.diff(table["wind"]) > 0.2)
    assert gap.tolist() == [(31 + 28) * 24 - 1]
    assert "29 February is left out (24 hours)" in table.attrs["note"]


def without(row: int) -> pd.DataFrame:
    return hourly(hours(2019)).drop(index=row)


def spoilt(cell: str) -> pd.DataFrame:
    return hourly(hours(2019)).astype(str).replace({"solar": {"0.25": cell}})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (without(99), ":101  `2019-01-05 04:00` is not one hour after `2019-01-05 02:00`"),
        (without(8759), "8759 rows"),
        (hourly(hours(2020)).iloc[:8760], "8760 rows, of which 24 on 29 February"),
        (hourly().iloc[:-1], "8759 rows"),
        (spoilt(""), ":2  `solar`: `` is blank"),
        (spoilt("-1"), ":2  `solar`: `-1` is blank or negative"),
        (spoilt("nan"), ":2  `solar`: `nan` is not a number"),
        (spoilt("inf"), ":2  `solar`: `inf` is not a number"),
        (hourly().drop(columns="solar"), "profile `solar` is missing"),
        (hourly(hours(2019), "hour %j"), ":2  `hour 001` is not a time"),
    ],
)
def test_a_fault_of_an_hourly_file_is_told_with_its_line(
    tmp_path: Path, data: pd.DataFrame, told: str
):
    path = tmp_path / "year.csv"
    data.to_csv(path, index=False)
    with pytest.raises(InputError) as error:
        read_hourly(path, ["wind", "solar"])
    assert told in str(error.value)


def test_a_missing_profile_is_told_with_what_the_file_has(tmp_path: Path):
    path = tmp_path / "year.csv"
    hourly().to_csv(path, index=False)
    with pytest.raises(InputError, match=r"`price` is missing.*wind \[1\], solar"):
        read_hourly(path, ["wind", "price"])


def test_local_time_is_refused_not_misread(tmp_path: Path):
    """Proves: the hour that spring skips in France is named, rather than 8760 rows accepted."""
    stamps = hours(2019).tz_localize("UTC").tz_convert("Europe/Paris").tz_localize(None)
    path = tmp_path / "legal.csv"
    hourly(stamps).to_csv(path, index=False)
    with pytest.raises(InputError, match="`2019-03-31 03:00` is not one hour after"):
        read_hourly(path, ["wind"])


# --- the shipped days ------------------------------------------------------------------------


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


# --- their choice ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that chooses the days; it lies beside the tables, not in the model."""
    spec = spec_from_file_location("representative_days", SCRIPT)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def year(script: ModuleType) -> pd.DataFrame:
    """A made-up year: smooth seasons and days, and one icy windless day, 20 January."""
    time = hours(2019)
    season = np.cos(2 * np.pi * np.arange(8760) / 8760)
    table = pd.DataFrame(1.0, index=time, columns=[*script.PROFILES, "load"])
    table["wind"] = 0.3 + 0.1 * np.sin(np.arange(8760) / 50)
    table["solar"] = np.clip(np.sin((time.hour - 6) / 12 * np.pi), 0, None) * (1 - season / 2)
    table["residential-heat"] = 1 + 0.9 * season
    table["load"] = 1 + 0.3 * season
    table.loc["2019-01-20", ["wind", "residential-heat"]] = 0.05, 2.5
    return table


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
