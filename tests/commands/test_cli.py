"""The command line: what it calls, what it prints, the exit code it ends with."""

import logging
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

import run
from model.batch import Record
from model.commands import app, progress
from model.errors import Fault, InputError
from model.solver.watch import Progress, tell
from model.words.catalogue import LANGUAGES, Words, say

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class FakeScenario:
    """Only its name and its inputs are looked at."""

    name: str
    inputs_folder: Path = Path("inputs")
    file: Path = Path("scenarios/one.yaml")


@dataclass
class Fake:
    """What the fake layers were asked, and what they are to answer."""

    names: list[str] | None = None
    options: tuple[object, ...] = ()
    records: tuple[Record, ...] = ()
    fault: Exception | None = None
    gains: dict[str, float] = field(default_factory=dict)

    def load_scenarios(self, names: list[str] | None, folder: Path) -> list[FakeScenario]:
        """Note the names that are asked for."""
        assert folder.resolve() == ROOT / "scenarios"
        self.names = names
        if self.fault:
            raise self.fault
        return [FakeScenario(record.name) for record in self.records]

    def sound_scenarios(self, folder: Path) -> tuple[list[FakeScenario], dict[str, InputError]]:
        """Tell the broken file beside the others."""
        if self.fault and not isinstance(self.fault, InputError):
            raise self.fault
        broken = {"broken": self.fault} if self.fault else {}
        return [FakeScenario(record.name) for record in self.records], broken

    def run_batch(self, scenarios, results, jobs, scheduler, force, progress) -> list[Record]:
        """Note the options, and end as told."""
        self.options = (results, jobs, scheduler, force)
        for record in self.records:
            progress(record)
        return list(self.records)

    def load_data(self, scenario: FakeScenario) -> SimpleNamespace:
        """Refuse what is called bad."""
        if scenario.name.startswith("bad"):
            raise InputError([Fault("epci.csv", "no header", line=1), Fault("links.csv", "empty")])
        return SimpleNamespace(frame=None)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fake:
    """Put a fake in the place of the layers that the command line calls."""
    fake = Fake(records=(Record("rouen", "solved", 2.0, {"cost": 1.0}),))
    monkeypatch.setattr("model.scenario.load_scenarios", fake.load_scenarios)
    monkeypatch.setattr("model.scenario.sound_scenarios", fake.sound_scenarios)
    monkeypatch.setattr("model.scenario.beside", list)
    monkeypatch.setattr("model.data.assemble.load_data", fake.load_data)
    monkeypatch.setattr("model.commands.unusual.Unusual.tell", lambda self, frame: None)
    monkeypatch.setattr("model.commands.run.tell_unusual", lambda scenarios, words: None)
    monkeypatch.setattr("model.doubt.groups.check_groups", lambda scenario: None)
    monkeypatch.setattr("model.batch.run_batch", fake.run_batch)
    monkeypatch.setattr("model.batch.solved", lambda scenarios, results: [])
    monkeypatch.setattr("model.batch.gains", lambda states: fake.gains)
    monkeypatch.setattr(app, "RESULTS", tmp_path)
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
    commands = (
        "run",
        "check",
        "explain",
        "new",
        "compare",
        "diagnose",
        "status",
        "export",
        "schema",
    )
    for word in (*commands, "0 all is well", "130 interrupted"):
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
    for cell in ("12\u202f346", "3\u202f000", "42,0", "[b]caux", "infaisable", "part locale"):
        assert cell in french


def test_every_language_has_words() -> None:
    assert set(LANGUAGES) == set(app.Language)


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


def test_a_plan_that_is_found_before_the_end_is_told(capsys) -> None:
    """How near it is, and the time that is left; where there is no terminal, nothing in between."""
    with progress.of_batch(1, Words("fr")):
        tell(Progress(0, 739.0, 61.2, 740.0))
    told = capsys.readouterr().err.replace("\u202f", " ").replace("\xa0", " ")
    assert told == "un plan qui coûte au plus 0,14 % de plus que le moindre coût, encore 61 s\n"


def test_a_bad_scenario_is_told_fault_by_fault(fake, capsys) -> None:
    fake.fault = InputError([Fault("a.yaml", "unknown key", line=3), Fault("b.yaml", "empty")])
    assert run.main(["a"]) == 2
    assert capsys.readouterr().err.splitlines() == ["a.yaml:3  unknown key", "b.yaml  empty"]


def test_a_broken_file_does_not_stop_the_others(fake, capsys) -> None:
    fake.fault = InputError(Fault("broken.yaml", "unknown key", line=3))
    assert run.main([]) == 5
    told = capsys.readouterr()
    assert "broken: broken.yaml:3  unknown key" in told.err.splitlines()
    assert "rouen" in told.out
    assert "bad input" in told.out


def test_an_infeasible_scenario_says_how_to_know_why(fake, capsys) -> None:
    fake.records = (Record("rouen", "infeasible", message="no plan"),)
    assert run.main(["rouen"]) == 3
    assert "python run.py diagnose rouen" in capsys.readouterr().err


def test_the_gain_is_a_number_or_a_dash(fake, capsys) -> None:
    fake.records = (Record("alone", "solved", 1.0), Record("together", "done", 1.0))
    fake.gains = {"together": 1234.4}
    run.main([])
    lines = capsys.readouterr().out.splitlines()
    assert "1,234" in next(line for line in lines if "together" in line)
    assert "1,234" not in next(line for line in lines if "alone" in line)


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


def test_what_cannot_wait_is_told_in_the_language_asked_for(fake, capsys) -> None:
    run.main(["--lang", "fr"])
    capsys.readouterr()
    app.Notices().emit(logging.makeLogRecord({"msg": say("the scheduler was lost")}))
    assert capsys.readouterr().err == "l'ordonnanceur a été perdu\n"
