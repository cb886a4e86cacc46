"""The regional éCO2mix file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from model.errors import InputError
from model.official.eco2mix import read_eco2mix

ECO2MIX_HEADER = (
    "Périmètre;Nature;Date;Heures;Consommation;Thermique;Nucléaire;Eolien;Solaire;Hydraulique;"
    "Pompage;Bioénergies\n"
)


def eco2mix(path: Path, *days: str, drop: tuple[str, ...] = (), double: str = "") -> Path:
    """Write days of quarter hours; the load is the rank of the half hour in the file."""
    lines, rank = [], 0
    for day in days:
        for quarter in range(96):
            hour = f"{quarter // 4:02}:{15 * (quarter % 4):02}"
            if f"{day} {hour}" in drop:
                continue
            for _ in range(2 if f"{day} {hour[:2]}" == double else 1):
                even = quarter % 2 == 0
                values = f"{rank};0;0;-2;5;;ND;1" if even else ";;;;;;;"
                rank += even
                lines.append(f"Normandie;Données définitives;{day};{hour};{values}\n")
    path.write_bytes((ECO2MIX_HEADER + "".join(lines) + "RTE décline toute\n").encode("latin-1"))
    return path


def test_eco2mix_hours_are_means_at_utc_plus_1(file: Path) -> None:
    table, report = read_eco2mix(eco2mix(file, "2019-01-01"))
    assert table["time"].iloc[[0, -1]].astype(str).tolist() == [
        "2019-01-01 00:00:00",
        "2019-01-01 23:00:00",
    ]
    assert table["load"].tolist() == [2 * hour + 0.5 for hour in range(24)]
    assert set(table["wind"]) == {0.0}
    assert table["hydro"].isna().all()
    assert report.dropped == {"no value at :15 and :45": 48, "not cut as the header": 1}


def test_eco2mix_spring_day_has_23_hours(file: Path) -> None:
    table, report = read_eco2mix(eco2mix(file, "2019-03-31"))
    assert len(table) == 23
    assert table["time"].diff().dropna().unique().tolist() == [pd.Timedelta("1h")]
    assert table.set_index("time")["load"]["2019-03-31 02:00"] == 6.5
    assert report.dropped["no such legal time (spring)"] == 2


def test_eco2mix_autumn_hour_given_twice(file: Path) -> None:
    table, report = read_eco2mix(eco2mix(file, "27/10/2019", double="27/10/2019 02"))
    assert len(table) == 25
    assert report.notes == ()
    assert table["time"].iloc[0] == pd.Timestamp("2019-10-26 23:00")
    assert not table["load"].isna().any()


def test_eco2mix_autumn_hour_given_once_is_filled_and_told(file: Path) -> None:
    table, report = read_eco2mix(eco2mix(file, "2019-10-27"))
    assert len(table) == 25
    assert report.notes == ("filled between its neighbours: 2019-10-27 02:00:00 UTC+1",)
    load = table.set_index("time")["load"]
    assert load["2019-10-27 02:00"] == (4.5 + 6.5) / 2


def test_eco2mix_whole_year_has_8760_hours(file: Path) -> None:
    days = [f"{day:%Y-%m-%d}" for day in pd.date_range("2019-01-01", "2019-12-31")]
    table, report = read_eco2mix(eco2mix(file, *days))
    assert len(table) == 8760
    assert report.year == "2019"


def test_eco2mix_long_gap_stays_missing(file: Path) -> None:
    drop = tuple(f"2019-01-01 {hour}:{half}" for hour in ("05", "06") for half in ("00", "30"))
    table, _ = read_eco2mix(eco2mix(file, "2019-01-01", drop=drop))
    assert table["load"].isna().to_numpy().nonzero()[0].tolist() == [5, 6]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Normandie;Données définitives;2019-01-01;00:30", "Bretagne;x;2019-01-01;00:30", "2 regi"),
        ("2019-01-01;00:30", "2019-01-01;0h30", "`2019-01-01 0h30` is not a date"),
        ("2019-01-01;00:30", "2019-01-01;00:00", "the same half hour stands twice"),
        ("Eolien", "Vent", "no column `eolien`"),
        (";00:30;1;", ";00:30;1,5;", "load: `1,5` is not a number"),
    ],
)
def test_eco2mix_refused(file: Path, old: str, new: str, message: str) -> None:
    text = eco2mix(file, "2019-01-01").read_bytes().decode("latin-1")
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode("latin-1"))
    with pytest.raises(InputError, match=message):
        read_eco2mix(file)
