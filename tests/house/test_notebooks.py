"""Notebooks: each runs from top to bottom on the tiny case and prints what it promises."""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat
import pytest

from model.batch import run_batch
from model.scenario import load_scenario, override

ROOT = Path(__file__).parents[2]
SAYS = {
    "a_case": ("done: tiny tiny-alone", "cost [MEUR]", "electricity", "Hautes Terres"),
    "first_look": (
        "scenarios: tiny tiny-alone",
        "Onshore wind",
        "lcoe [EUR/MWh]",
        "kt/yr",
        "Grand Port",
    ),
    "compare_scenarios": ("cooperation.form", "bilateral", "local_production", "tiny-alone"),
    "gallery": ("Grand Port consumes", "MW are built in all", "Together the partners gain 65"),
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


def cells(path: Path) -> list[tuple[str, str]]:
    """The kind and the text of each cell of a notebook, whatever its form."""
    return [(cell["cell_type"], cell["source"]) for cell in jupytext.read(path)["cells"]]


def run_cells(path: Path) -> None:
    """Run the cells of a notebook one after the other, as Jupyter does."""
    space: dict[str, object] = {"__name__": "__main__"}
    for rank, (kind, source) in enumerate(cells(path)):
        if kind == "code":
            exec(compile(source, f"{path.name}, cell {rank}", "exec"), space)


def test_every_notebook_is_tested():
    for form in ("py", "ipynb"):
        assert {path.stem for path in (ROOT / "notebooks").glob(f"*.{form}")} == set(SAYS)


@pytest.mark.parametrize("name", SAYS)
def test_a_notebook_runs(results, monkeypatch, capsys, name):
    monkeypatch.chdir(ROOT / "notebooks")
    monkeypatch.setenv("RESULTS", str(results))
    monkeypatch.setenv("SCENARIO", "tiny")
    monkeypatch.setenv("SCENARIOS", "tiny tiny-alone")
    monkeypatch.setenv("MPLBACKEND", "agg")
    run_cells(ROOT / "notebooks" / f"{name}.ipynb")
    told = capsys.readouterr().out
    assert [words for words in SAYS[name] if words not in told] == [], told


@pytest.mark.parametrize("name", SAYS)
def test_without_matplotlib_one_sentence_says_what_to_install(results, monkeypatch, capsys, name):
    monkeypatch.chdir(ROOT / "notebooks")
    monkeypatch.setenv("RESULTS", str(results))
    monkeypatch.setenv("SCENARIO", "tiny")
    monkeypatch.setenv("SCENARIOS", "tiny tiny-alone")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    run_cells(ROOT / "notebooks" / f"{name}.ipynb")
    assert capsys.readouterr().out.count("pip install matplotlib") == 1


@pytest.mark.parametrize("name", SAYS)
def test_a_notebook_outside_of_the_project_says_what_to_do(tmp_path, monkeypatch, name):
    copied = tmp_path / f"{name}.ipynb"
    copied.write_bytes((ROOT / "notebooks" / f"{name}.ipynb").read_bytes())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="EPCI_HOME"):
        run_cells(copied)


def test_a_notebook_outside_of_the_project_runs_with_its_folder(
    results, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EPCI_HOME", str(ROOT))
    monkeypatch.setenv("RESULTS", str(results))
    monkeypatch.setenv("SCENARIO", "tiny")
    monkeypatch.setenv("MPLBACKEND", "agg")
    run_cells(ROOT / "notebooks" / "first_look.ipynb")
    assert "scenarios: tiny tiny-alone" in capsys.readouterr().out


@pytest.mark.parametrize("name", SAYS)
def test_a_notebook_and_its_text_are_the_same(name):
    """They are made so by `python -m jupytext --to ipynb --update notebooks/*.py`."""
    text, book = (ROOT / "notebooks" / f"{name}.{form}" for form in ("py", "ipynb"))
    assert cells(text) == cells(book)
    nbformat.validate(nbformat.read(book, 4))
    assert all(not cell.get("outputs") for cell in nbformat.read(book, 4)["cells"])
    assert cells(text)[0][1].startswith("# ")
