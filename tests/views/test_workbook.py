"""Workbooks answer questions: a sheet each, with numbers that are those of the results."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pytest import approx

import run
from model.views.publishing.questions import ASKED
from model.words.catalogue import Words
from tests.views_case import EPCI, NAMES, family, game, stand

TABS = {tab for tab, *_rest in ASKED}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three scenarios, one of them alone; who gains, in the others."""
    home = tmp_path_factory.mktemp("results")
    for name, outcome in family().items():
        stand(home, name, outcome)
    for name in ("spl-1", "spl-2"):
        game().to_netcdf(home / name / "cooperation.nc", engine="netcdf4")
    return home


def export(results: Path, to: Path, *names: str, lang: str = "en") -> openpyxl.Workbook:
    options = ["--format", "xlsx", "--results", str(results), "--to", str(to), "--lang", lang]
    assert run.main(["export", *names, *options]) == 0
    [path] = to.glob(f"*.{lang}.xlsx")
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def book(results, tmp_path_factory) -> openpyxl.Workbook:
    return export(results, tmp_path_factory.mktemp("book"))


def rows(sheet: Worksheet) -> list[dict[object, object]]:
    """The rows of the table of a sheet, by heading."""
    head, *lines = list(sheet.iter_rows(min_row=4, values_only=True))
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_a_sheet_for_each_question_that_has_an_answer(book, results, tmp_path, capsys):
    """Without draws nothing says how sure it is; without cooperation nobody gains or exchanges."""
    assert TABS - set(book.sheetnames) == {"How sure"}
    assert book.sheetnames[:2] == ["Contents", "In pictures"]
    alone = export(results, tmp_path, "alone")
    told = capsys.readouterr().out
    for tab, *_ in ASKED:
        assert (tab in alone.sheetnames) != (f"“{tab}” is left out" in told)
    contents = [cell for row in alone["Contents"].values for cell in row if cell]
    assert (
        "“In pictures: Gains” is left out: no gain is computed: python run.py cooperate NAME."
        in contents
    )
    assert "“Gains” is left out: no gain is computed: python run.py cooperate NAME." in contents
    assert {"Gains", "Exchanges", "Payments"} <= TABS - set(alone.sheetnames)


def test_every_table_can_be_read_and_filtered(book):
    for tab in TABS & set(book.sheetnames):
        sheet = book[tab]
        head = [cell.value for cell in sheet[4]]
        assert all(head), tab
        assert len(set(head)) == len(head), tab
        assert sheet.freeze_panes.startswith(("B5", "C5")), tab
        assert sheet.auto_filter.ref.startswith("A4:"), tab
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row)), tab
        assert sheet["A1"].value.endswith("?") or "?" in sheet["A1"].value, tab
        assert sheet.max_row > 4, tab
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, float):
                    assert cell.number_format != "General", (tab, cell.coordinate)


def test_numbers_are_those_of_the_results(book):
    outcome = family()["spl-1"]
    made = [row for row in rows(book["Production"]) if row["Scenario"] == "spl-1"]
    for epci in EPCI[:3]:
        own = [row[2050] for row in made if row["EPCI"] == NAMES[epci]]
        assert sum(own) == approx(
            float(outcome["local_production"].sel(epci=epci, year=2050).sum())
        )
    paid = [row[2030] for row in rows(book["Costs"]) if row["Scenario"] == "spl-1"]
    assert sum(paid) == approx(float(outcome["cost"].sel(year=2030).sum()))
    built = [row["In all"] for row in rows(book["Who builds"]) if row["Scenario"] == "spl-1"]
    kinds = outcome["technology_kind"].isin(["renewable", "recovered", "conversion", "storage"])
    whole = outcome["investment"].isel(year=slice(1, None), technology=kinds.values)
    assert sum(built) == approx(float(whole.sum()))
    sent = [row[2050] for row in rows(book["Exchanges"]) if row["Scenario"] == "spl-1"]
    links = [link for link in outcome["link"].values if not link.endswith("staff")]
    assert sum(sent) == approx(float(outcome["exchange"].sel(link=links, year=2050).sum()))
    gains = [
        row
        for row in rows(book["Gains"])
        if (row["Scenario"], row["Rule"]) == ("spl-1", "Nucleolus")
    ]
    assert [row["It gains [M€]"] for row in gains] == [90.0, 5.0, 5.0]


def test_a_share_is_a_percentage_and_a_year_a_year(book):
    sheet = book["Reached"]
    for number, row in enumerate(rows(sheet), 5):
        percent = sheet.cell(number, len(row)).number_format == "0.0%"
        assert percent == (row["Unit"] == "%")
    for row in rows(book["Aims"]):
        assert isinstance(row["Year"], int)
        assert row["Met?"] in ("yes", "no")


def test_charts_stand_on_the_cells_that_hold_their_numbers(book):
    """A chart for each picture; each series points at a heading and at as many cells as labels."""
    album, behind = book["In pictures"], book["Behind the pictures"]
    assert len(album._charts) == 9
    for chart in album._charts:
        for series in chart.series:
            tab, _, place = series.val.numRef.f.partition("!")
            assert tab == "'Behind the pictures'"
            cells = [cell.value for row in behind[place.replace("$", "")] for cell in row]
            assert any(isinstance(value, (int, float)) for value in cells)
            heading = series.tx.strRef.f.partition("!")[2].replace("$", "")
            assert isinstance(behind[heading].value, str)


def test_in_french_every_word_is_french(results, tmp_path):
    book, words = export(results, tmp_path, lang="fr"), Words("fr")
    told = {words(tab) for tab in TABS - {"How sure"}}
    assert set(book.sheetnames) == told | {"Sommaire", "En images", "Chiffres des images"}
    assert book[words("Costs")]["A4"].value == "Scénario"
    assert book[words("Reached")]["A1"].value.startswith("Qu'atteignons-nous")
