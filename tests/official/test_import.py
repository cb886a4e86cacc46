"""Official files, whatever their form, are read right or refused with a sentence."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from pytest import approx

import run
from model.data.assemble import load_data
from model.errors import InputError
from model.official.recognise import recognise
from model.scenario import load_scenario, override
from model.tables.read import read_tables
from tests.official import import_case as case
from tests.official.import_case import DIEPPE, HAVRE, PLAIN, ROUEN, WAYS, Way

INPUTS = Path("inputs")
EPCI = read_tables(INPUTS)["epci"]


def read(way: Way, content: tuple[case.Rows, case.Rows], folder: Path, name: str = "a-2023.csv"):
    path = way.write(folder / name, *content)
    return recognise(path).read(path, EPCI)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return WAYS[request.param]


@pytest.mark.parametrize("kind", ["SDES", "ORE", "LONG", "WIDE"])
def test_consumption_is_read_whatever_its_form(way, kind, tmp_path):
    """MWh of Dieppe, by commune or name too, and of Le Havre, by an EPCI of 2018 too."""
    table, report = read(way, getattr(case, kind), tmp_path)
    found = table[table["masked"] == 0].set_index(["epci", "sector", "carrier"])["consumption"]
    assert found.to_dict() == {
        (DIEPPE, "residential", "electricity"): approx(115.0005),
        (DIEPPE, "tertiary", "electricity"): approx(90),
        (HAVRE, "residential", "electricity"): approx(500),
    }
    assert (report.table, report.year) == ("consumption", "2023")


def test_the_register_is_read_whatever_its_form(way, tmp_path):
    table, report = read(way, case.REGISTER, tmp_path)
    found = table.set_index(["epci", "technology"])["production"]
    assert found[DIEPPE, "wind"] == approx(26.4)
    assert found[HAVRE, "solar-roof-small"] == approx(3.9)
    assert found[HAVRE, "wind"] == 0  # listed elsewhere only
    assert (report.table, report.year) == ("production", "2023")


def test_sites_of_biomethane_are_read_whatever_their_form(way, tmp_path):
    """18.5 + 1.5 GWh/yr of two sites of a commune."""
    table, report = read(way, case.INJECTION, tmp_path)
    assert table[["epci", "place", "year"]].to_numpy().tolist() == [[DIEPPE, "Dieppe", 2023]]
    assert table["capacity"].tolist() == approx([20])
    assert report.dropped == {"no date": 1}


def test_accounts_are_read_whatever_their_form(way, tmp_path):
    table, report = read(way, case.ACCOUNTS, tmp_path)
    assert table[["epci", "operating_expenditure"]].to_numpy().tolist() == [[DIEPPE, 31.5]]
    assert report.dropped == {"another aggregate": 1, "an annexed budget": 1}


# --- what is refused -------------------------------------------------------------------------


def swapped(
    content: tuple[case.Rows, case.Rows], old: str, new: str
) -> tuple[case.Rows, case.Rows]:
    head, rows = content
    return [[c.replace(old, new) for c in line] for line in head], [
        [new if cell == old else cell for cell in line] for line in rows
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (swapped(case.SDES, "115000.5", "115.0005"), "plausible from 1.3 to 8.1"),
        (swapped(case.SDES, "115000.5", "115000500.0"), "plausible from 1.3 to 8.1"),
        (swapped(case.SDES, "115000.5", "-5"), "negative"),
        (swapped(case.SDES, "115000.5", "a lot"), "is not a number"),
        (swapped(case.LONG, "MWh", "ktep"), "is no official file"),
        (swapped(case.LONG, "Tertiaire", "Tertaire"), "tertiaire"),
        (swapped(case.LONG, DIEPPE, "247600787"), "is not a known epci"),
        (swapped(case.WIDE, "Gaz (MWh)", "Gaz (GWh)"), "unit of the carriers is not clear"),
        (swapped(case.WIDE, "Gaz (MWh)", "Gaz (tep)"), "unit of the carriers is not clear"),
        (swapped(case.WIDE, "Dieppe", "Diepe"), "CA de la Région Dieppoise"),
        (swapped(case.INJECTION, "18.5", "18500000.0"), "capacity must be in GWh/yr"),
        (swapped(case.ACCOUNTS, "31500000.0", "31500.0"), "must be in euros"),
        (swapped(case.ACCOUNTS, "Exercice", "Exercise"), "is no official file"),
        (([["CODGEO", "P22_RP_CGAZV"]], [["76217", "5"]]), "census of main heating"),
        (([["Périmètre", "Nature", "Date", "Heures"]], [["a", "b", "c", "d"]]), "éCO2mix"),
        (([["a", "b"]], [["1", "2"]]), "columns by which one is known"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(content, words, tmp_path):
    with pytest.raises(InputError) as error:
        read(PLAIN, content, tmp_path)
    assert words in str(error.value)


def test_two_years_ask_which(tmp_path):
    head, rows = case.SDES
    with pytest.raises(InputError, match="2022, 2023"):
        read(PLAIN, (head, [*rows, ["ENEDIS", "2022", *rows[0][2:]]]), tmp_path)


def test_a_blank_year_is_no_year(tmp_path):
    """Of seven rows one lacks its year: the others are taken, not that one alone."""
    head, (first, *others) = case.SDES
    lost = [first[0], "", *first[2:]]
    table, report = read(PLAIN, (head, [lost, *others]), tmp_path)
    assert report.year == "2023"
    assert report.dropped["another year"] == 1
    assert table[table["sector"] == "tertiary"]["consumption"].tolist() == approx([90])


def test_what_nobody_can_consume_is_refused(tmp_path):
    """1e15 MWh of shops, and 90 000 GWh: no check of homes sees them."""
    head, rows = case.SDES
    for value, words in (("1e15", "cannot be: at most 2e\\+06"), ("90000000.0", "each inhabitant")):
        wild = [[*row[:5], value] if row[4] == "T" else row for row in rows]
        with pytest.raises(InputError, match=words):
            read(PLAIN, (head, wild), tmp_path)


def test_nothing_is_the_name_of_no_place(tmp_path):
    """A program writes `nan` where a cell is empty; an EPCI has these letters in its name."""
    head, rows = case.LONG
    with pytest.raises(InputError, match="`nan` is not a known epci"):
        read(PLAIN, (head, [["nan", *rows[0][1:]], *rows[1:]]), tmp_path)


def test_a_register_without_year_asks_for_it(tmp_path):
    with pytest.raises(InputError, match="--year"):
        read(PLAIN, case.REGISTER, tmp_path, "registre.csv")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\0\0", b"\xff\xfe\0"])
def test_what_is_no_text_is_refused(content, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.csv"):
        recognise(path)


# --- the command -----------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    names = {
        "conso.csv": case.SDES,
        "registre-2024.csv": case.REGISTER,
        "sites.csv": case.INJECTION,
    }
    names |= {"comptes.csv": case.ACCOUNTS}
    return [str(PLAIN.write(tmp_path / name, *content)) for name, content in names.items()]


def test_nothing_is_written_unasked(files, tmp_path, capsys):
    into = tmp_path / "mine"
    assert run.main(["import", *files, "--into", str(into)]) == 0
    told = capsys.readouterr().out
    assert "Nothing is written" in told
    assert "CA de la Région Dieppoise" in told
    assert not into.exists()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_imported_holds_and_is_undone_by_deleting_it(files, tmp_path, capsys, lang):
    into = tmp_path / "mine"
    command = ["import", *files, "--into", str(into), "--lang", lang]
    assert run.main([*command, "--yes"]) == 0
    there = os.path.relpath(into, "scenarios").replace(os.sep, "/")
    assert f"inputs: {there}" in capsys.readouterr().out
    assert sorted(path.name for path in into.iterdir()) == [
        "consumption.conso.csv",
        "endowments.comptes.csv",
        "over.txt",
        "production.registre-2024.csv",
        "projects.sites.csv",
    ]
    scenario = override(
        load_scenario("scenarios/rouen-alone.yaml"),
        {"territory.members": [DIEPPE], "inputs": str(into), "targets": {}},
    )
    data = load_data(scenario)
    assert data.rows["consumption"].query("basis == ''")["value"].sum() == approx(205.0005)
    sites = read_tables(into)["projects"].query("source.str.startswith('sites.csv')")
    assert sites["power"].tolist() == approx([20e3 * 0.901 * 0.8 / 8000], rel=1e-4)  # LHV, used, h
    wind = data.arrays["recorded"].sel(epci=DIEPPE, technology="wind", year=2026)
    assert wind == approx(26.4 * 1.329 / 1.299)  # of 2024, grown to 2026
    assert run.main(command) == 0  # again: nothing new
    assert capsys.readouterr().out.count("Nothing would change" if lang == "en" else "Rien ne") == 4
    for path in into.glob("*.csv"):
        path.unlink()
    assert read_tables(into)["consumption"].equals(read_tables(INPUTS)["consumption"])


def test_only_the_members_of_a_scenario(files, tmp_path):
    into = tmp_path / "mine"
    command = ["import", files[0], "--into", str(into), "--for", "spl-widened", "--yes"]
    assert run.main(command) == 0
    found = pd.read_csv(into / "consumption.conso.csv", dtype=str)
    assert set(found["epci"]) == {HAVRE}


def test_cells_that_a_row_leaves_blank_stay(tmp_path):
    """Staff and budget of Rouen were given: its accounts do not take them away."""
    rows = [["2023", ROUEN, "Depenses de fonctionnement", "Budget principal", "610000000.0"]]
    file = PLAIN.write(tmp_path / "comptes.csv", case.ACCOUNTS[0], rows)
    assert run.main(["import", str(file), "--into", str(tmp_path / "mine"), "--yes"]) == 0
    row = read_tables(tmp_path / "mine")["endowments"].set_index("epci").loc[ROUEN]
    assert row[["staff", "budget", "operating_expenditure"]].tolist() == [12, 25, 610]


def test_figures_of_two_files_for_one_thing_are_refused_and_nothing_is_lost(tmp_path, capsys):
    """Of the same EPCI, sector, carrier and year: which holds is for the planner to say."""
    into = tmp_path / "mine"
    for name, content in (
        ("a.csv", case.SDES),
        ("b.csv", swapped(case.LONG, "90000.0", "95000.0")),
    ):
        file = PLAIN.write(tmp_path / name, *content)
        code = run.main(["import", str(file), "--into", str(into), "--yes"])
    assert code == 2
    assert "is already on line" in capsys.readouterr().err
    assert [path.name for path in into.glob("*.csv")] == ["consumption.a.csv"]


def test_a_whole_folder_is_left_alone(files, tmp_path, capsys):
    shutil.copytree(INPUTS, tmp_path / "whole")
    assert run.main(["import", files[0], "--into", str(tmp_path / "whole"), "--yes"]) == 2
    assert "a whole folder" in capsys.readouterr().err
    assert not list((tmp_path / "whole").glob("*.conso.csv"))


def test_a_newer_file_of_the_same_name_leaves_what_has_not_changed(tmp_path):
    """Of three figures one is corrected: the two others were brought before, and stay."""
    into = tmp_path / "mine"
    for content in (case.LONG, swapped(case.LONG, "90000.0", "95000.0")):
        file = PLAIN.write(tmp_path / "a.csv", *content)
        assert run.main(["import", str(file), "--into", str(into), "--yes"]) == 0
    found = read_tables(into)["consumption"]
    own = found[found["source"].str.startswith("a.csv (")]
    assert sorted(own["consumption"]) == approx([95, 115.0005, 500])
