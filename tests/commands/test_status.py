"""Status: done, stale and why, missing, failed, refused, forgotten."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import run
from model.batch import gains, run_batch, solved, state
from model.commands import app
from model.scenario import Scenario, load_scenario
from tests.cases import RURAL, carrier, demand, plant, write

ALONE = '{"extends": "case", "title": "Alone", "cooperation": {"form": "none"}}'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two scenarios, twins but for their cooperation, and their inputs."""
    case = write(
        tmp_path,
        demand({RURAL: 10}),
        carrier("electricity", 50),
        plant("wind", {RURAL: 5}, cost=20),
        cooperation={"form": "pool"},
    )
    folder = case.file.resolve().parent
    (folder / "alone.yaml").write_text(ALONE)
    monkeypatch.setattr(app, "SCENARIOS", folder)
    return folder


def scenarios(home: Path) -> list[Scenario]:
    return [load_scenario(name, home) for name in ("alone", "case")]


def table(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    """The rows that `run.py status` prints, by scenario."""
    assert run.main(["status", "--results", str(home / "results"), *options]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("│")]
    return {line.split("│")[1].strip(): line for line in lines}


def test_what_is_not_run_is_missing(home, capsys):
    assert state(scenarios(home)[0], home / "results").status == "missing"
    assert "not run" in table(home, capsys)["case"]
    assert "non lancé" in table(home, capsys, "--lang", "fr")["case"]


def test_done_then_stale_by_the_part_that_changed(home, capsys):
    run_batch(scenarios(home), home / "results", 1)
    row = table(home, capsys)["case"]
    assert "solved" in row
    assert row.count("20") >= 1
    prices = home / "inputs" / "prices.csv"
    prices.write_text(prices.read_text().replace("50", "51"))
    assert "inputs/prices.csv" in table(home, capsys)["case"]
    assert "stale" in table(home, capsys)["alone"]
    prices.write_text(prices.read_text().replace("51", "50"))
    (home / "alone.yaml").write_text(ALONE.replace("Alone", "By itself"))
    assert state(scenarios(home)[0], home / "results").changed == ("scenario",)
    assert "solved" in table(home, capsys)["case"]


def test_a_result_that_was_touched_is_stale(home):
    run_batch(scenarios(home), home / "results", 1)
    with (home / "results" / "case" / "outcome.nc").open("ab") as file:
        file.write(b"x")
    assert state(scenarios(home)[1], home / "results").changed == ("outcome.nc",)


def test_refused_failed_and_forgotten(home, capsys):
    run_batch(scenarios(home), home / "results", 1)
    (home / "broken.yaml").write_text("titel: x")
    mark = home / "results" / "case" / "provenance.json"
    record = json.loads(mark.read_text())
    mark.write_text(json.dumps(record | {"status": "failed"}))
    (home / "alone.yaml").unlink()
    rows = table(home, capsys)
    assert "bad input" in rows["broken"]
    assert "title: is required" in rows["broken"]
    assert "failed" in rows["case"]
    assert "no scenario" in rows["alone"]


def test_the_page_is_named(home, capsys):
    (home / "results").mkdir()
    (home / "results" / "report.en.html").write_text("page")
    assert run.main(["status", "--results", str(home / "results")]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("report.en.html")


def test_the_gain_is_the_difference_of_the_objectives(home):
    records = {r.name: r for r in run_batch(scenarios(home), home / "results", 1)}
    states = solved(scenarios(home), home / "results")
    objectives = {s.scenario.name: s.objective for s in states}
    assert gains(states) == {"case": objectives["alone"] - objectives["case"]}
    assert gains(states)["case"] >= 0
    assert records["case"].status == "solved"
    assert gains(states[1:]) == {}


def test_a_run_of_one_tells_the_others_too(home, capsys):
    """The page names both, though the second run is of one only; the gain needs the other."""
    options = ["--results", str(home / "results"), "-j", "1"]
    assert run.main(["alone", *options]) == 0
    assert run.main(["case", *options]) == 0
    page = (home / "results" / "report.en.html").read_text(encoding="utf-8")
    assert "By itself" in page or "Alone" in page
    assert "A case solved by hand" in page
    row = next(line for line in capsys.readouterr().out.splitlines() if "│ case" in line)
    assert row.split("│")[6].strip() == "0"


def test_two_runs_of_one_scenario_write_the_same_bytes(home):
    """Times are in the provenance: the result itself depends on its inputs only."""
    files = []
    for _ in range(2):
        run_batch(scenarios(home)[:1], home / "results", 1, force=True)
        files.append((home / "results" / "alone" / "outcome.nc").read_bytes())
    assert files[0] == files[1]
    record = json.loads((home / "results" / "alone" / "provenance.json").read_text())
    assert set(record["stages"]) == {"data", "build", "solve", "tables"}


def test_a_second_run_says_who_holds_the_folder(home, capsys):
    """The lock is that of the operating system, between processes; it ends with its holder."""
    folder = home / "results"
    folder.mkdir()
    hold = (
        "import sys; from pathlib import Path; from model.batch.lock import held\n"
        "with held(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", hold, str(folder)],
        cwd=Path(run.__file__).parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout.readline() == "held\n"
        assert run.main(["alone", "--results", str(folder), "-j", "1"]) == 2
        told = capsys.readouterr().err
        assert f"another run holds it: process {other.pid} on " in told
        assert "--results DIR" in told
        other.kill()
    assert run_batch(scenarios(home)[:1], folder, 1)[0].status == "solved"
