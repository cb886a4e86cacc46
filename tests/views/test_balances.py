"""The balance as people read it: rows that sum to zero, the mean of the like, files, the page."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xarray as xr
from pytest import approx

import run
from model.fields.balance import ENTERS, TERRITORY
from model.outcome.balance import balance_of
from model.outcome.plain import Result
from model.outcome.solve import solve_scenario
from model.scenario import load_scenario
from model.views.facts import alike, balances
from model.views.publishing.report import write_report
from tests.cases import RURAL, URBAN
from tests.views.report_case import whole
from tests.views_case import stand

ROOT = Path(__file__).parents[2]
FRENCH = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"}


@pytest.fixture(scope="module")
def tiny() -> xr.Dataset:
    return solve_scenario(load_scenario(ROOT / "scenarios" / "tiny.yaml"))


def test_rows_of_a_carrier_sum_to_zero(tiny):
    """Read as plain arrays, as the page does."""
    found = balances.balance(Result.of(tiny))
    assert found.equals(balance_of(tiny))
    rows = balances.flows(found)
    sign = rows["flow"].isin(ENTERS) * 2 - 1
    for year in (2020, 2030):
        net = (sign * rows[year]).groupby([rows["place"], rows["carrier"]]).sum()
        assert net.to_numpy() == approx(0, abs=1e-6)
    sent = rows[rows["flow"] == "sent"].iloc[0]
    assert (sent["place"], sent["behind"], sent[2030]) == (RURAL, URBAN, approx(120))
    received = rows[rows["flow"] == "received"].iloc[0]
    assert (received["place"], received["behind"]) == (URBAN, RURAL)
    assert rows["place"].iloc[-1] == TERRITORY


def inputs() -> dict[str, pd.DataFrame]:
    """Three rural EPCI, one of which nobody has estimated, and a town."""
    heads = {"a": 1000, "b": 3000, "c": 500, "town": 2000}
    kinds = ["rural", "rural", "rural", "urban"]
    every = {"epci": list(heads), "type": kinds, "population": heads.values(), "area": 100.0}
    used = [("a", 10.0, 4.0), ("b", 10.0, 0.0), ("town", 8.0, 0.0)]
    return {
        "epci": pd.DataFrame(every),
        "carriers": pd.DataFrame({"carrier": ["gas", "wood"]}),
        "technologies": pd.DataFrame({"technology": ["wind", "solar"]}),
        "consumption_by_epci": pd.DataFrame(
            [(n, "residential", "gas", x, big) for n, x, big in used],
            columns=["epci", "sector", "carrier", "consumption", "large_sites"],
        ),
        "production_by_epci": pd.DataFrame(
            [("b", "wind", 6.0)], columns=["epci", "technology", "production"]
        ),
        "potentials": pd.DataFrame([("a", "wind", 20.0)], columns=["epci", "technology", "medium"]),
        "potentials_by_epci": pd.DataFrame(
            [("a", "wind", 99.0), ("b", "solar", 2.0)], columns=["epci", "technology", "medium"]
        ),
        "potential_estimate": pd.DataFrame(
            [("wind", "rural", "medium", 40, 0), ("solar", "rural", "medium", 0, 2)],
            columns=["technology", "type", "level", "per_area", "per_head"],
        ),
    }


def test_the_mean_of_the_like_by_hand():
    """Over the 4 000 inhabitants of a and b: c, of which nothing is known, does not count.

    Gas (10 + 10) / 4 = 5 MWh; wind 6 / 4 = 1.5. Could be: wind 20 as given and 40 · 100 km² = 4,
    24 / 4 = 6; sun 2 · 1 000 = 2 and 2 as estimated, 4 / 4 = 1. The mean of the two EPCI would be
    (10 + 3.33) / 2 = 6.67 of gas.
    """
    mean = alike.alike(inputs(), "medium")
    assert mean["rural", "consumption", "gas"] == approx(5)
    assert mean["rural", "production", "wind"] == approx(1.5)
    assert mean["rural", "potential", "wind"] == approx(6)
    assert mean["rural", "potential", "solar"] == approx(1)
    assert mean["urban", "consumption", "gas"] == approx(4)
    without = alike.alike(inputs(), "medium", large_sites=False)
    assert without["rural", "consumption", "gas"] == approx(4)


def test_without_estimates_nobody_is_alike():
    tables = {name: table.iloc[:0] for name, table in inputs().items()}
    assert alike.alike(tables | {"epci": inputs()["epci"]}, "medium").empty


@pytest.mark.parametrize(
    ("lang", "read", "words"),
    [
        ("en", {}, ("Side", "Enters", "Carrier", "Electricity", "Whole territory")),
        ("fr", FRENCH, ("Sens", "Entrées", "Vecteur", "Électricité", "Ensemble du territoire")),
    ],
)
def test_the_export_reads_back(tiny, tmp_path, lang, read, words):
    """What enters less what leaves is zero in the file too; the workbook says the same."""
    side, enters, carrier, electricity, everyone = words
    stand(tmp_path / "results", "one", tiny)
    to = tmp_path / "out"
    command = ["export", "--format", "bilan", "--results", str(tmp_path / "results")]
    assert run.main([*command, "--to", str(to), "--lang", lang]) == 0
    parts = [f"one.bilan-{part}.{lang}.csv" for part in ("flows", "like", "stocks")]
    assert sorted(path.name for path in to.iterdir()) == [*parts, f"one.bilan.{lang}.xlsx"]
    flows = pd.read_csv(to / parts[0], dtype={"SIREN": str}, **read)
    assert set(flows["EPCI"]) == {"Hautes Terres", "Grand Port", everyone}
    assert set(flows[carrier]) == {electricity}
    sign = (flows[side] == enters) * 2 - 1
    for year in ("2020", "2030"):
        assert (sign * flows[year]).groupby(flows["EPCI"]).sum().to_numpy() == approx(0, abs=2e-3)
    into = flows[(flows["SIREN"] == URBAN) & (flows[side] == enters)]["2030"]
    assert sorted(into) == approx([120, 252])
    book = openpyxl.load_workbook(to / f"one.bilan.{lang}.xlsx", read_only=True)
    assert len(book.sheetnames) == 3
    sheet = list(book.worksheets[0].iter_rows(values_only=True))
    assert list(sheet[0]) == list(flows.columns)
    assert [row[-1] for row in sheet[1:]] == approx(flows["2030"].tolist())
    stocks = pd.read_csv(to / parts[2], **read)
    assert stocks["2030"].max() == approx(83.333)


@pytest.mark.parametrize(("lang", "words"), [("fr", "Bilan de 2030"), ("en", "Balance of 2030")])
def test_the_page_has_the_balance_of_each_and_of_all(tiny, tmp_path, lang, words):
    path = tmp_path / "report.html"
    write_report({"tiny": tiny}, path, lang, ROOT / "inputs" / "tiny")
    text = whole(path.read_text(encoding="utf-8"))
    assert text.count(words) == 3
    last = text.split(words)[1]
    assert "252" in last.split("</table>")[0]


def test_an_epci_of_the_country_stands_beside_its_like(tmp_path):
    """With the tables of the country: a sentence and a table on its sheet."""
    from tests.views_case import outcome

    path = tmp_path / "report.html"
    write_report({"spl": outcome()}, path, "en", ROOT / "inputs")
    text = whole(path.read_text(encoding="utf-8"))
    assert text.count("Mean of its like") == 3
    assert "are consumed per inhabitant here" in text
