"""Notebooks: each runs from top to bottom on the tiny case and prints what it promises."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from model.batch import run_batch
from model.scenario import load_scenario, override

ROOT = Path(__file__).parents[2]
SAYS = {
    "a_case": ("done: tiny tiny-alone", "cost [MEUR]", "electricity", "Hautes Terres"),
    "first_look": ("Onshore wind", "lcoe [EUR/MWh]", "kt/yr", "Grand Port"),
    "compare_scenarios": ("cooperation.form", "bilateral", "local_production", "tiny-alone"),
    "who_gains": ("65.3 MEUR", "shapley", "Hautes Terres", "nucleolus"),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny case, together and alone."""
    folder = tmp_path_factory.mktemp("results")
    tiny = load_scenario("tiny", ROOT / "scenarios")
    alone = override(tiny, {"cooperation.form": "none"}, name="tiny-alone")
    run_batch([tiny, alone], folder, 1)
    return folder


def test_every_notebook_is_tested():
    assert {path.stem for path in (ROOT / "notebooks").glob("*.py")} == set(SAYS)


@pytest.mark.parametrize("name", SAYS)
def test_a_notebook_runs(results, monkeypatch, capsys, name):
    path = ROOT / "notebooks" / f"{name}.py"
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("RESULTS", str(results))
    monkeypatch.setenv("SCENARIO", "tiny")
    monkeypatch.setenv("SCENARIOS", "tiny tiny-alone")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)  # no window to draw in
    runpy.run_path(str(path))
    told = capsys.readouterr().out
    assert all(words in told for words in SAYS[name])


@pytest.mark.parametrize("name", SAYS)
def test_a_notebook_is_made_of_cells(name):
    """The percent format, which editors and jupytext read; texts are comments."""
    text = (ROOT / "notebooks" / f"{name}.py").read_text(encoding="utf-8")
    assert text.startswith("# %% [markdown]\n# # ")
    assert text.count("\n# %%\n") >= 4
