"""An hourly file is one day of 8760 hours, in whatever form it comes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model.data.calendar import read_calendar
from model.errors import InputError
from model.tables.hourly import read_hourly
from tests.data.calendar_case import PROFILES, hours, shipped, year_mean


def hourly(stamps: pd.DatetimeIndex | None = None, pattern: str = "%Y-%m-%d %H:%M") -> pd.DataFrame:
    """Hours numbered 0, 1, … in `wind`; a constant `solar`; stamped if there are stamps."""
    count = 8760 if stamps is None else len(stamps)
    data = pd.DataFrame({"wind [1]": np.arange(count) / 8, "solar": 0.25})
    if stamps is not None:
        data.insert(0, "time", stamps.strftime(pattern))
    return data


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
