"""The national register of installations."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.errors import InputError
from model.official.register import read_register
from tests.official.official_case import (
    CAUX,
    EPCI,
    OTHER,
    ROUEN,
    register,
)


def test_register_gives_production_and_capacity(file: Path) -> None:
    register(
        file,
        f"{ROUEN};Eolien;;Eolien terrestre;12000;1;En service;26400000",
        f"{ROUEN};Eolien;;En mer;450000;1;En service;1600000000",
        f"{ROUEN};Solaire;;Photovoltaïque;300;100;En service;330000",
        f"{ROUEN};Solaire;;Photovoltaïque;100;1;En service;110000",
        f"{ROUEN};Solaire;;Photovoltaïque;200;1;En service;",
        f"{ROUEN};Solaire;;Photovoltaïque;5000;1;En service;5900000",
        f"{ROUEN};Bioénergies;Déchets ménagers solides;Thermique;9000;1;En service;40000000",
        f"{CAUX};Bioénergies;Biogaz de méthanisation;;500;1;En service;3500000",
        f"{CAUX};Eolien;;;500;1;Hors service;3500000",
        f"{OTHER};Eolien;;;500;1;En service;3500000",
        f"{CAUX};Nucléaire;;;500;1;En service;3500000",
    )
    table, report = read_register(file, EPCI, 2024)
    found = table.set_index(["epci", "technology"])
    assert found.loc[(ROUEN, "wind"), ["production", "capacity"]].tolist() == [26.4, 12.0]
    assert found["production"][ROUEN, "solar-roof-small"] == pytest.approx(0.33)
    large = found.loc[(ROUEN, "solar-roof-large")]
    assert large[["production", "status", "masked", "capacity"]].tolist() == pytest.approx(
        [0.11, "estimated", 0.5, 0.3]
    )
    assert found["production"][ROUEN, "solar-ground"] == pytest.approx(5.9)
    assert found["production"][ROUEN, "waste-plant"] == pytest.approx(40)
    assert found["production"][CAUX, "biogas-chp"] == pytest.approx(3.5)
    assert found["production"][CAUX, "wind"] == 0  # listed in Rouen, not there
    assert len(table[table["production"] > 0]) == 6
    assert report.dropped == {
        "filière `Eolien` is not modelled": 1,
        "not in service": 1,
        "EPCI not in epci.csv": 1,
        "filière `Nucléaire` is not modelled": 1,
    }


def test_a_line_that_stands_twice_counts_once(file: Path) -> None:
    """26.4 GWh, not 52.8; two roofs without energy may be alike, and one kWh makes another."""
    wind = f"{ROUEN};Eolien;;;12000;1;En service;26400000"
    roof = f"{ROUEN};Solaire;;;200;1;En service;"
    sun = [f"{ROUEN};Solaire;;;5000;1;En service;{kwh}" for kwh in (5900000, 5900001)]
    table, report = read_register(register(file, wind, roof, *sun, roof, wind), EPCI, 2024)
    found = table.set_index(["epci", "technology"])
    assert found.loc[(ROUEN, "wind"), ["production", "capacity"]].tolist() == [26.4, 12.0]
    assert found["capacity"][ROUEN, "solar-roof-large"] == pytest.approx(0.4)
    assert found["production"][ROUEN, "solar-ground"] == pytest.approx(11.800001)
    assert report.dropped == {"the same line twice": 1}


def test_register_in_another_unit_is_refused(file: Path) -> None:
    rows = f"{ROUEN};Eolien;;;12;1;En service;26400000"
    with pytest.raises(InputError, match=r"median energy over power is 2.2e\+06 h/yr"):
        read_register(register(file, rows), EPCI, 2024)
