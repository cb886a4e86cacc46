"""How sure it is, as people read it: on the terminal, on the page, on a sheet, in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from pytest import approx

import run
from model.doubt.ensemble import FILE
from model.outcome.plain import Result
from model.outcome.solve import solve_scenario
from model.views.facts import doubt
from model.views.painters.bands import Fan, bands
from model.views.painters.charts import Chart
from model.views.painters.strips import Strip, strips
from model.views.publishing.export import Order, export
from model.views.publishing.publish import publish
from model.views.terminal.doubt import gain_ends, sentences, tables
from model.words.numbers import NARROW
from tests.doubt.doubt_case import ROOT, ensemble, tiny
from tests.views_case import stand

DRAWS = 16


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """The smallest case with its draws."""
    folder = tmp_path_factory.mktemp("results")
    stand(folder, "tiny", solve_scenario(tiny()))
    ensemble(folder, draws=DRAWS)
    return folder


@pytest.fixture(scope="module")
def drawn(results) -> Result:
    return Result.read(results / "tiny" / FILE)


def changed(found: Result, **arrays: np.ndarray) -> Result:
    """The same ensemble with other arrays."""
    return Result(dict(found.arrays) | arrays, found.dims, found.attrs)


def test_the_answer_in_words(drawn):
    told = list(sentences(drawn, "en"))
    assert told[0] == "Cooperation brings something in all 16 draws."
    assert told[1].startswith(f"As the tables say it brings 65{NARROW}M€; in 4 of 5 cases between ")
    assert not any(line.startswith("In 19 of 20") for line in told), "16 draws do not know it"
    assert "Every partner gains, at marginal prices, in all 16 draws." in told
    assert (
        "What the doubt about the gain hangs on — three quarters: Price of electricity, a fifth: "
        "Cost of wind power. Find out the first one first."
    ) in told
    assert told[-1].endswith("no single doubt, within its range, takes the gain away.")


def test_the_answer_in_french(drawn):
    told = list(sentences(drawn, "fr"))
    assert told[0] == "La coopération rapporte quelque chose dans chacun des 16 tirages."
    assert f"les trois quarts{NARROW}: Prix de l'électricité" in " ".join(told)


def test_what_is_lost_in_some_draws_is_said(drawn):
    """The last partner loses in 4 draws, 2 draws have no plan."""
    value = drawn.arrays["value"].copy()
    status = drawn.arrays["status"].astype(object)
    headlines = drawn.labels("headline")
    value[1:5, headlines.index("gain:222222226")] = -1.0
    value[5:7] = np.nan
    status[5:7] = "infeasible"
    told = list(sentences(changed(drawn, value=value, status=status), "en"))
    assert "Cooperation brings something in 14 of 16 draws." in told
    assert "Every partner gains, at marginal prices, in 10 of 16 draws." in told
    assert "Grand Port gains least often: in 10 of 16 draws." in told
    assert any(line.startswith("2 draws have no plan (infeasible)") for line in told)


def test_thresholds_in_words(drawn):
    """A change of a factor; of a group with intervals, how rare it is."""
    crossing = np.array([0.88, -1.2816])
    kinds = np.array(["uniform", "interval"])
    told = list(sentences(changed(drawn, threshold=crossing, group_distribution=kinds), "en"))
    assert told[-1] == (
        "Approximately, by a straight line, cooperation stops bringing anything with: Price of "
        f"electricity at 88.0{NARROW}€/MWh, Cost of wind power among the lowest 10% of what is "
        "possible."
    )


def test_the_tables(drawn):
    found = dict(tables(drawn, "en"))
    head, rows = found["Between what each result lies"]
    assert head[1:] == ["as the tables say", "middle", "in 4 of 5 cases", "in 19 of 20 cases"]
    assert rows[0][:2] == ["Gain of cooperation", f"65{NARROW}M€"]
    assert rows[0][4] == "–", "16 draws do not know one case in twenty"
    _, partners = found["What each partner gains, at marginal prices"]
    assert [row[-1] for row in partners] == ["all 16 draws"] * 2
    _, hangs = found["What the doubt hangs on"]
    assert [row[0] for row in hangs] == ["Price of electricity", "Cost of wind power"]


def test_the_page_says_how_sure_it_is(results):
    files = publish([tiny()], results, "en", "fr")
    english, french = (file.read_text(encoding="utf-8") for file in files)
    assert "How sure is it?" in english
    assert "Cooperation brings something in all 16 draws." in english
    assert "At marginal prices this EPCI gains in all 16 draws" in english
    assert "Est-ce sûr" in french
    assert "style=" not in english


def test_draws_of_other_inputs_are_left_out(results, tmp_path):
    stand(tmp_path, "tiny", solve_scenario(tiny()).assign_attrs(objective=900.0))
    (tmp_path / "tiny" / FILE).write_bytes((results / "tiny" / FILE).read_bytes())
    [page] = publish([tiny()], tmp_path, "en")
    assert "How sure is it?" not in page.read_text(encoding="utf-8")
    assert gain_ends({"tiny": 900.0, "none": 1.0}, tmp_path) == {}
    ends = gain_ends({"tiny": 862.0}, tmp_path)["tiny"]
    assert ends == approx(
        doubt.interval(doubt.values(Result.read(results / "tiny" / FILE), "gain")).four
    )


def test_a_spreadsheet_of_the_draws(results, tmp_path):
    order = Order("draws", results, ROOT / "inputs" / "tiny", tmp_path)
    draws, sure = (pd.read_csv(path) for path in export(["tiny"], order))
    assert len(draws) == DRAWS + 1
    assert draws.loc[0, "factor:wind-cost"] == 1
    assert draws.loc[0, "gain [MEUR]"] == approx(65.33, abs=0.01)
    gain = sure.set_index("headline").loc["gain"]
    assert (gain["draws_above_0"], gain["unit"]) == (DRAWS, "MEUR")
    assert gain["share:electricity-price"] == approx(0.775, abs=1e-3)


def test_bands_over_the_years(drawn):
    found = doubt.bands(drawn, "local_production")
    assert found["central"] == [0, 200]
    assert (found["low"], found["high"]) == ([0, 200], [0, 200])
    assert np.isnan(found["least"]).all()


def test_the_figures_leave_out_what_is_not_known():
    nan = float("nan")
    row = Strip("A <name>", [1.0, nan, 3.0], (nan, nan), (1.0, 3.0), 2.0, 2.5)
    svg = strips("Gain", "M€", [row], lambda v: f"{v:.0f}")
    assert "nan" not in svg
    assert "A &lt;name&gt;" in svg
    fan = Fan(([nan, nan], [nan, nan]), ([1.0, nan], [2.0, nan]), [1.5, 2.0], [1.4, 2.1])
    chart = Chart("Made", "GWh", ["2020", "2030"], str)
    assert bands(chart, fan, ["wide", "narrow"]).count("<polygon") == 1


def test_the_command(results, capsys):
    known = ["ensemble", "tiny", "--draws", str(DRAWS), "--results", str(results)]
    assert run.main([*known, "--lang", "fr"]) == 0
    told = capsys.readouterr().out
    assert "La coopération rapporte quelque chose" in told
    assert told.strip().endswith(FILE)


def test_scenarios_beside_one_another(results, tmp_path, capsys):
    """Of the same draws; 7 instead of 5 EUR/MWh on 120 GWh cost 2.4 MEUR more in every draw."""
    parent = ROOT / "scenarios" / "tiny.yaml"
    dearer = tmp_path / "scenarios" / "dearer.yaml"
    dearer.parent.mkdir()
    text = parent.read_text(encoding="utf-8").replace("../inputs/tiny", "inputs")
    dearer.write_text(text + "  transaction_cost: 7\n", encoding="utf-8")
    (dearer.parent / "inputs").symlink_to(ROOT / "inputs" / "tiny", target_is_directory=True)
    asked = ["ensemble", str(parent), str(dearer), "--draws", "8", "--results", str(results)]
    assert run.main(asked) == 0
    told = capsys.readouterr().out
    assert "Beside tiny, of the same draws" in told
    assert "0 of 8 draws" in told
    found = [xr.open_dataset(results / name / FILE) for name in ("tiny", "dearer")]
    more = (found[1]["total_cost"] - found[0]["total_cost"]).to_numpy()
    assert more == approx(np.full(9, 2.4), abs=1e-6)


def test_what_is_wrong_is_one_line(tmp_path, capsys):
    file = tmp_path / "wrong.yaml"
    file.write_text("title: Wrong\nuncertainty: {groups: {a: {low: x}}}\n", encoding="utf-8")
    assert run.main(["ensemble", str(file), "--results", str(tmp_path)]) == 2
    assert "wrong.yaml:2" in capsys.readouterr().err
