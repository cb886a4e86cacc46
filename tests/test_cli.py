"""The command line: what it calls, what it prints, the exit code it ends with."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

import run
from model.batch import Record
from model.errors import Fault, InputError

ROOT = Path(__file__).parents[1]


@dataclass
class Fake:
    """What the fake layers were asked, and what they are to answer."""

    names: list[str] | None = None
    options: tuple[object, ...] = ()
    records: tuple[Record, ...] = ()
    fault: Exception | None = None


@dataclass(frozen=True)
class FakeScenario:
    """Only its name and its inputs are looked at."""

    name: str
    inputs_folder: Path = Path("inputs")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fake:
    """Put a fake in the place of the layers that the command line calls."""
    fake = Fake(records=(Record("rouen", "solved", 2.0, {"cost": 1.0}),))

    def load_scenarios(names: list[str] | None, folder: Path) -> list[FakeScenario]:
        assert folder.resolve() == ROOT / "scenarios"
        fake.names = names
        if fake.fault:
            raise fake.fault
        return [FakeScenario(record.name) for record in fake.records]

    def run_batch(scenarios, results, jobs, scheduler, force, progress) -> list[Record]:
        fake.options = (results, jobs, scheduler, force)
        for record in fake.records:
            progress(record)
        return list(fake.records)

    def load_data(scenario: FakeScenario, tables: Path) -> None:
        assert tables == scenario.inputs_folder
        if scenario.name.startswith("bad"):
            raise InputError([Fault("epci.csv", "no header", line=1), Fault("links.csv", "empty")])

    scenario, data = ModuleType("model.scenario"), ModuleType("model.data.assemble")
    scenario.load_scenarios = load_scenarios  # type: ignore[attr-defined]
    data.load_data = load_data  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "model.scenario", scenario)
    monkeypatch.setitem(sys.modules, "model.data.assemble", data)
    monkeypatch.setattr("model.data.read.read_tables", lambda folder: folder)
    monkeypatch.setattr("model.batch.run_batch", run_batch)
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    return fake


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a user does, from another folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_names_the_commands_and_the_exit_codes() -> None:
    end = python(str(ROOT / "run.py"), "--help")
    assert end.returncode == 0
    for word in ("run", "check", "explain", "schema", "0 all is well", "130 interrupted"):
        assert word in end.stdout


def test_help_loads_no_heavy_package() -> None:
    """What makes `--help` fast; a limit in seconds would depend on the machine."""
    text = "import run, sys; run.main(['--help']); print(*sys.modules, file=sys.stderr)"
    loaded = set(python("-c", text).stderr.split())
    assert "typer" in loaded
    assert not loaded & {"numpy", "pandas", "xarray", "pyomo", "highspy", "dask", "pydantic"}


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], None),
        (["run"], None),
        (["rouen"], ["rouen"]),
        (["run", "rouen", "caux"], ["rouen", "caux"]),
        (["-j", "2"], None),
        (["rouen", "--force"], ["rouen"]),
    ],
)
def test_run_is_the_command_when_none_is_named(fake, arguments, names) -> None:
    assert run.main(arguments) == 0
    assert (fake.names or None) == names


def test_options_reach_the_batch(fake, tmp_path) -> None:
    options = ["--results", str(tmp_path), "-j", "3", "--scheduler", "tcp://a:1", "--force"]
    assert run.main(options) == 0
    assert fake.options == (tmp_path, 3, "tcp://a:1", True)


def test_the_last_line_is_the_path_of_the_results(fake, tmp_path, capsys) -> None:
    run.main(["--results", str(tmp_path)])
    assert capsys.readouterr().out.splitlines()[-1] == f"Results: {tmp_path}"


def test_the_table_speaks_both_languages(fake, capsys) -> None:
    summary = {"cost": 12345.6, "production": 3000.4, "share": 0.42}
    fake.records = (Record("rouen", "solved", 2.25, summary), Record("[b]caux", "infeasible"))
    run.main(["--lang", "en"])
    english = capsys.readouterr().out
    run.main(["--lang", "fr"])
    french = capsys.readouterr().out
    for cell in ("12,346", "3,000", "42.0", "[b]caux", "infeasible", "local share"):
        assert cell in english
    for cell in ("12\u00a0346", "3\u00a0000", "42,0", "[b]caux", "infaisable", "part locale"):
        assert cell in french


def test_both_languages_have_the_same_words() -> None:
    assert run.WORDS["en"].keys() == run.WORDS["fr"].keys()
    assert set(run.WORDS) == set(run.Language)


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (["solved"], 0),
        (["refused"], 2),
        (["infeasible"], 3),
        (["limit"], 4),
        (["failed"], 1),
        (["solved", "infeasible"], 0),
        (["solved", "limit"], 5),
    ],
)
def test_exit_code_of_a_run(fake, ends, code) -> None:
    fake.records = tuple(Record(f"s{i}", end) for i, end in enumerate(ends))
    assert run.main([]) == code


def test_each_line_of_a_message_goes_to_stderr_with_its_scenario(fake, capsys) -> None:
    fake.records = (Record("rouen", "refused", message="a.csv  no header\nb.csv  empty"),)
    run.main([])
    told = capsys.readouterr().err.splitlines()
    assert told[-2:] == ["rouen: a.csv  no header", "rouen: b.csv  empty"]


def test_progress_is_a_line_each_where_there_is_no_terminal(fake, capsys) -> None:
    fake.records = (Record("a", "solved"), Record("b", "done"))
    run.main([])
    assert capsys.readouterr().err.splitlines() == ["[1/2] a: solved", "[2/2] b: done already"]


def test_progress_is_a_bar_on_a_terminal(fake, capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert run.main([]) == 0
    assert "1/1" in capsys.readouterr().err


def test_a_bad_scenario_is_told_fault_by_fault(fake, capsys) -> None:
    fake.fault = InputError([Fault("a.yaml", "unknown key", line=3), Fault("b.yaml", "empty")])
    assert run.main([]) == 2
    assert capsys.readouterr().err.splitlines() == ["a.yaml:3  unknown key", "b.yaml  empty"]


def test_a_defect_is_one_line_and_a_log(fake, tmp_path, capsys) -> None:
    fake.fault = ZeroDivisionError("first line\nsecond line")
    assert run.main([]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("Defect of the model: ZeroDivisionError: first line")
    assert str(tmp_path / "error.log") in line
    assert "Traceback" in (tmp_path / "error.log").read_text(encoding="utf-8")


def test_interrupted(fake) -> None:
    fake.fault = KeyboardInterrupt()
    assert run.main([]) == 130


def test_a_missing_package_points_to_the_readme(fake, tmp_path, capsys) -> None:
    fake.fault = ModuleNotFoundError("No module named 'highspy'", name="highspy")
    assert run.main([]) == 1
    assert "README.md" in capsys.readouterr().err
    assert not (tmp_path / "error.log").exists()


def test_check_tells_every_fault_once(fake, capsys) -> None:
    fake.records = (Record("bad-1", "solved"), Record("good", "solved"), Record("bad-2", "solved"))
    assert run.main(["check"]) == 2
    told = capsys.readouterr()
    assert told.out == "good: sound\n"
    assert told.err.splitlines() == ["epci.csv:1  no header", "links.csv  empty"]


@pytest.mark.parametrize("arguments", [["run", "-j", "0"], ["--nonsense"], ["explain"]])
def test_wrong_usage_is_bad_input(fake, arguments) -> None:
    assert run.main(arguments) == 2
