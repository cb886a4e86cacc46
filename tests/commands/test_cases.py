"""`run.py cases`: which folders, what is run and solved, the reports, what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xarray as xr

import run
from model.commands import app
from model.words.numbers import NARROW
from tests.cases import RURAL, URBAN, carrier, demand, plant, write

POOL = {"form": "pool"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cases: one of two partners, together and alone, and one that nobody can carry out.

    30 GWh of wind @20 in the country, of which it needs 10; the city buys 20 @50: together they
    save 20 GWh · 30 EUR/MWh = 0.6 MEUR.
    """
    folder = tmp_path_factory.mktemp("home")
    pieces = (
        demand({RURAL: 10, URBAN: 20}),
        carrier("electricity", 50, exchange="contract"),
        plant("wind", {RURAL: 30}, cost=20),
    )
    case = write(folder, *pieces, cooperation=POOL)
    content = json.loads(case.file.read_text())
    inputs = (case.file.parent / "inputs").resolve().as_posix()
    for name, more in {
        "pair/together": {},
        "pair/pair-alone": {"cooperation": {"form": "none"}},
        "hopeless/too-much": {"targets": {"a": {"quantity": "production", "at": {2030: 99}}}},
    }.items():
        file = folder / "scenarios" / "cases" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content | {"inputs": inputs} | more))
    return folder


@pytest.fixture
def here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, where the commands look; its results."""
    monkeypatch.setattr(app, "SCENARIOS", home / "scenarios")
    return home / "results"


def test_a_case_is_run_and_its_games_solved(here, capsys):
    """All scenarios of the folder, the game of the one with partners, one report of the case."""
    options = ["--results", str(here), "-j", "1", "--cooperate"]
    assert run.main(["cases", "pair", *options]) == 0
    said = capsys.readouterr().out
    assert f"together: together they save 1{NARROW}M€" in said
    assert said.splitlines()[-1] == f"Report: {(here / 'report-pair.en.html').resolve()}"
    assert sorted(path.name for path in here.iterdir() if path.is_dir()) == [
        "pair-alone",
        "together",
    ]
    with xr.open_dataset(here / "together" / "cooperation.nc", engine="netcdf4") as game:
        assert game.attrs["depth"] == "full"
        assert game.attrs["gain"] == pytest.approx(0.6)
    assert not (here / "pair-alone" / "cooperation.nc").exists()


def test_every_case_where_none_is_named(here, capsys):
    """What is impossible is told, in the table and by its game; the others are done."""
    assert run.main(["cases", "--results", str(here), "-j", "1", "--lang", "fr"]) == 0
    said = capsys.readouterr()
    assert "infaisable" in said.out
    assert "report-pair.fr.html" in said.out
    assert run.main(["cases", "hopeless", "--results", str(here), "--cooperate"]) == 5
    assert "too-much: no plan meets" in capsys.readouterr().err


def test_a_case_that_is_not_there(here, capsys):
    assert run.main(["cases", "nowhere", "--results", str(here)]) == 2
    assert "there is no case 'nowhere'  Mend: there are: hopeless, pair" in capsys.readouterr().err


def test_a_project_without_cases(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(app, "SCENARIOS", tmp_path)
    assert run.main(["cases"]) == 2
    assert "there is no such folder" in capsys.readouterr().err
