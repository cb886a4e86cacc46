"""Official files, each format rebuilt small: read right, `secret` kept missing, units checked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model.errors import InputError
from model.official.eco2mix import read_eco2mix
from model.official.long import read_long
from model.official.ore import read_ore
from model.official.raw import Report
from model.official.register import read_register
from model.official.sdes import read_sdes
from model.official.write import write_consumption, write_production
from model.tables.read import read_tables

ROUEN, CAUX, OTHER = "200023414", "200010700", "244400404"

EPCI = pd.DataFrame({"epci": [ROUEN, CAUX], "population": [500_000.0, 77_000.0]})

SDES_HEADER = (
    "Opérateur;Année;Filière;Code EPCI;Libellé;Secteur;NAF2;Consommation (MWh);PDL\n"
    "OPERATEUR;ANNEE;FILIERE;CODE_EPCI_CODE;CODE_EPCI_LIBELLE;CODE_GRAND_SECTEUR;"
    "CODE_SECTEUR_NAF2_CODE;CONSO;PDL\n"
)


def sdes(path: Path, *rows: str, encoding: str = "latin-1") -> Path:
    path.write_bytes((SDES_HEADER + "\n".join(rows) + "\n").encode(encoding))
    return path


def row(
    conso: str, *, sector: str = "R", epci: str = ROUEN, carrier: str = "Electricité", naf: str = ""
) -> str:
    return f"ENEDIS;2023;{carrier};{epci};Métropole;{sector};{naf};{conso};10"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "official.csv"


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
    assert "33.3%" in str(report)


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


# --- éCO2mix ---------------------------------------------------------------------------------

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


# --- register --------------------------------------------------------------------------------

REGISTER_HEADER = (
    "nomInstallation;codeEPCI;filiere;combustible;technologie;puisMaxInstallee;nbInstallations;"
    "regime;energieAnnuelleGlissanteInjectee\n"
)


def register(path: Path, *rows: str) -> Path:
    path.write_text(REGISTER_HEADER + "".join(f"x;{row}\n" for row in rows), encoding="utf-8")
    return path


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
    table, report = read_register(file, EPCI)
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
    assert len(table) == 6
    assert report.dropped == {
        "filière `Eolien` is not modelled": 1,
        "not in service": 1,
        "EPCI not in epci.csv": 1,
        "filière `Nucléaire` is not modelled": 1,
    }


def test_register_in_another_unit_is_refused(file: Path) -> None:
    rows = f"{ROUEN};Eolien;;;12;1;En service;26400000"
    with pytest.raises(InputError, match=r"median energy over power is 2.2e\+06 h/yr"):
        read_register(register(file, rows), EPCI)


# --- into a folder ---------------------------------------------------------------------------

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
    assert f"{ROUEN},industry,electricity,0.005,official.csv,estimated\n" in text


def test_french_file_stays_french(file: Path, tmp_path: Path) -> None:
    french = (
        "epci;sector;carrier;consumption [GWh/yr];source;status;remark\n"
        f"{CAUX};residential;gas;1,50;mine;observed;kept\n"
    )
    (tmp_path / "consumption.csv").write_text(french, encoding="utf-8")
    table, report = read_sdes(sdes(file, row("900000,5")), EPCI)
    write_consumption(table, tmp_path, report)
    assert (tmp_path / "consumption.csv").read_text(encoding="utf-8") == (
        french + f"{ROUEN};residential;electricity;900,0005;official.csv;observed;\n"
    )


def test_production_is_written(file: Path, tmp_path: Path) -> None:
    table, report = read_register(
        register(file, f"{ROUEN};Eolien;;;12000;1;En service;26400000"), EPCI
    )
    assert write_production(table, tmp_path, report) == 1
    text = (tmp_path / "production.csv").read_text(encoding="utf-8")
    assert text.endswith(f"\n{ROUEN},wind,26.4,official.csv,observed\n")


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
