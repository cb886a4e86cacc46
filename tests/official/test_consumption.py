"""Official files of consumption are read right, or refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.errors import InputError
from model.official.long import read_long
from model.official.ore import read_ore
from model.official.sdes import read_sdes
from tests.official.official_case import (
    EPCI,
    OTHER,
    ROUEN,
    row,
    sdes,
)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig"])
def test_sdes_sums_operators_and_keeps_secret_missing(file: Path, encoding: str) -> None:
    sdes(
        file,
        row("900000,5"),
        row("9999,5").replace("ENEDIS", "SICAE"),
        row("500 000", sector="I", naf="10"),
        row("secret", sector="I", naf="19"),
        row("secret", sector="T"),
        row("7", sector="U"),
        row("7", carrier="Froid"),
        row("7", epci=OTHER),
        row("60000", carrier="Chaleur"),
        row("60000", carrier="Chaleur"),
        encoding=encoding,
    )
    table, report = read_sdes(file, EPCI)
    found = table.set_index(["sector", "carrier"])
    assert set(table["epci"]) == {ROUEN}
    assert found.loc[("residential", "electricity"), "consumption"] == pytest.approx(910.0)
    assert found.loc[("residential", "district-heat"), "consumption"] == pytest.approx(60.0)
    assert found.loc[("industry", "electricity"), "consumption"] == pytest.approx(500.0)
    assert found.loc[("industry", "electricity"), ["status", "masked"]].tolist() == [
        "estimated",
        0.5,
    ]
    assert np.isnan(found.loc[("tertiary", "electricity"), "consumption"])
    assert report.rows == 10
    assert report.year == "2023"
    assert report.masked == pytest.approx(2 / 6)
    assert report.dropped == {
        "sector `U` is unknown": 1,
        "carrier `Froid` is not modelled": 1,
        "EPCI not in epci.csv": 1,
        "the same line twice": 1,
    }


@pytest.mark.parametrize("conso", ["910000000", "910"])
def test_values_in_another_unit_are_refused(file: Path, conso: str) -> None:
    with pytest.raises(InputError, match=r"200023414: .* MWh/inhabitant, plausible"):
        read_sdes(sdes(file, row(conso)), EPCI)


def test_bounds_can_be_widened(file: Path) -> None:
    table, _ = read_sdes(sdes(file, row("600000")), EPCI, bounds=(1.0, 9.0))
    assert table["consumption"].tolist() == [600.0]


def test_unit_that_cannot_be_checked_is_noted(file: Path) -> None:
    _, report = read_sdes(sdes(file, row("secret")), EPCI)
    assert "could not be checked" in report.notes[0]


def test_several_years_need_a_choice(file: Path) -> None:
    sdes(file, row("900000"), row("910000").replace("2023", "2022"))
    with pytest.raises(InputError, match="holds the years 2022, 2023"):
        read_sdes(file, EPCI)
    table, report = read_sdes(file, EPCI, 2022)
    assert table["consumption"].tolist() == [910.0]
    assert report.dropped == {"another year": 1}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((row("900000", epci=OTHER),), "no row can be used.*EPCI not in epci.csv"),
        ((row("9e"),), r"official.csv:3  `value`: `9e` is not a number"),
        ((row("-9"),), "-9 is negative"),
        ((row("900.000,5"),), "has a dot where the file has decimal commas"),
        ((), "has no row"),
    ],
)
def test_sdes_refused(file: Path, rows: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_sdes(sdes(file, *rows), EPCI)


ORE_HEADER = (
    "OPERATEUR;FILIERE;Année;Code Commune;Code EPCI;CODE GRAND SECTEUR;Nb sites;"
    "Conso totale (MWh)\n"
)


def test_ore_communes_are_summed(file: Path) -> None:
    rows = "".join(
        f"Enedis;Electricité;2022;{code};{ROUEN};{sector};3;{value}\n"
        for code, sector, value in (
            ("76540", "RESIDENTIEL", "600000,25"),
            ("76681", "RESIDENTIEL", "300000"),
            ("76681", "INDUSTRIE", "12,5"),
            ("76681", "INCONNU", "1"),
        )
    )
    file.write_bytes(b"\xef\xbb\xbf" + (ORE_HEADER + rows).encode())
    table, report = read_ore(file, EPCI)
    assert table["sector"].tolist() == ["industry", "residential"]
    assert table["consumption"].tolist() == pytest.approx([0.0125, 900.00025])
    assert report.dropped == {"sector `INCONNU` is unknown": 1}


def test_ore_in_another_unit_or_layout_is_refused(file: Path) -> None:
    file.write_text(ORE_HEADER.replace("MWh", "kWh") + "a;b;2022;c;d;e;1;2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column `conso totale mwh`"):
        read_ore(file, EPCI)


LONG_HEADER = "epci_siren;annee;secteur;vecteur;gwh\n"


def test_long_table_takes_french_words_and_ids(file: Path) -> None:
    file.write_text(
        LONG_HEADER
        + f"{ROUEN};2020;Résidentiel;Électricité;910,5\n{ROUEN};2020;road-transport;"
        + f"Produits pétroliers;3 100\n{ROUEN};2020;Industrie hors branche énergie;Gaz;\n",
        encoding="utf-8",
    )
    table, report = read_long(file, EPCI)
    found = table.set_index(["sector", "carrier"])["consumption"]
    assert found["residential", "electricity"] == 910.5
    assert found["road-transport", "liquid-fuel"] == 3100
    assert np.isnan(found["industry", "gas"])
    assert report.masked == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"{OTHER};2020;residential;gaz;1", "official.csv:2  `epci siren`: `244400404` is not"),
        (f"{ROUEN};2020;residental;gaz;1", "did you mean `residential`"),
        (f"{ROUEN};2020;residential;gas oil;1", "`vecteur`: `gas oil` is not a known carrier"),
        (f"{ROUEN};2020;residential;electricity;910000", "MWh/inhabitant"),
        (f"{ROUEN};2020;residential", "3 cells where the header has 5"),
    ],
)
def test_long_table_made_by_hand_is_refused_not_trimmed(
    file: Path, line: str, message: str
) -> None:
    good = f"{ROUEN};2021;residential;gaz;1\n"
    file.write_text(LONG_HEADER + line + "\n" + good, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_long(file, EPCI, 2020)
