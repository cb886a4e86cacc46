"""Rows go into an inputs folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from model.errors import InputError
from model.official.raw import Report
from model.official.register import read_register
from model.official.sdes import read_sdes
from model.official.write import write_consumption, write_production
from model.tables.read import read_tables
from tests.official.official_case import (
    CAUX,
    EPCI,
    ROUEN,
    register,
    row,
    sdes,
)

SHIPPED = Path(__file__).parents[2] / "inputs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped inputs."""
    copy = tmp_path / "inputs"
    copy.mkdir()
    for path in SHIPPED.glob("*.csv"):
        (copy / path.name).write_bytes(path.read_bytes())
    return copy


def test_loaded_rows_override_the_folder_and_read_back(file: Path, folder: Path) -> None:
    epci = read_tables(folder)["epci"]
    people = float(epci.set_index("epci")["population"][ROUEN])
    sdes(
        file,
        row(f"{2 * people:.0f}"),
        row("1234,5", sector="A"),
        row("secret", sector="T"),
        row("5", sector="I", naf="1"),
        row("secret", sector="I", naf="2"),
    )
    table, report = read_sdes(file, epci)
    before = read_tables(folder)["consumption"]
    assert write_consumption(table, folder, report) == 2
    assert write_consumption(table, folder, report) == 2
    tables = read_tables(folder)
    after = tables["consumption"].set_index(["epci", "sector", "carrier"])
    changed = after[after["source"] == "official.csv"]
    assert changed.loc[(ROUEN, "residential", "electricity"), "consumption"] == pytest.approx(
        2 * people / 1e3, rel=1e-5
    )
    assert changed.loc[(ROUEN, "agriculture", "electricity"), "consumption"] == 1.2345
    assert len(changed) == 2
    keys = before.set_index(["epci", "sector", "carrier"]).index
    assert set(after.index) == set(keys) | set(changed.index)
    assert "official.csv" in set(tables["sources"]["source"])
    assert not list(folder.glob("*.new"))


def test_partly_masked_rows_are_written_when_asked(file: Path, tmp_path: Path) -> None:
    sdes(file, row("900000"), row("5", sector="I", naf="1"), row("secret", sector="I", naf="2"))
    table, report = read_sdes(file, EPCI)
    assert write_consumption(table, tmp_path, report, most_masked=0.5) == 2
    text = (tmp_path / "consumption.csv").read_text(encoding="utf-8")
    assert f"{ROUEN},industry,electricity,2023,0.005,official.csv,estimated\n" in text


def test_french_file_stays_french(file: Path, tmp_path: Path) -> None:
    french = (
        "epci;sector;carrier;consumption [GWh/yr];source;status;remark\n"
        f"{CAUX};residential;gas;1,50;mine;observed;kept\n"
    )
    (tmp_path / "consumption.csv").write_text(french, encoding="utf-8")
    table, report = read_sdes(sdes(file, row("900000,5")), EPCI)
    write_consumption(table, tmp_path, report)
    assert (tmp_path / "consumption.csv").read_text(encoding="utf-8") == (
        french.replace("remark\n", "remark;year\n").replace("kept\n", "kept;\n")
        + f"{ROUEN};residential;electricity;900,0005;official.csv;observed;;2023\n"
    )


def test_production_is_written(file: Path, tmp_path: Path) -> None:
    table, report = read_register(
        register(file, f"{ROUEN};Eolien;;;12000;1;En service;26400000"), EPCI
    )
    assert write_production(table, tmp_path, report) == 1
    text = (tmp_path / "production.csv").read_text(encoding="utf-8")
    assert text.endswith(f"\n{ROUEN},wind,,26.4,official.csv,observed\n")


def test_broken_or_missing_target_is_refused_and_left_alone(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"epci": [ROUEN], "sector": "residential", "carrier": "gas", "consumption": 1.0}
    ).assign(source="f", status="observed", masked=0.0)
    report = Report("f", "SDES", "open")
    with pytest.raises(InputError, match="no such folder"):
        write_consumption(table, tmp_path / "nowhere", report)
    broken = "epci;secteur\n1;2\n"
    (tmp_path / "consumption.csv").write_text(broken, encoding="utf-8")
    with pytest.raises(InputError, match="no column `sector`"):
        write_consumption(table, tmp_path, report)
    assert (tmp_path / "consumption.csv").read_text(encoding="utf-8") == broken
