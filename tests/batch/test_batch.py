"""The batch: what it writes, what it skips, and that one bad scenario never stops the others.

A fake stands in for the model: its scenarios say how they end.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from distributed import LocalCluster

from model.batch import Record, exit_code, queue, run_batch, worker
from model.errors import AuditError, Fault, InfeasibleError, InputError, SolverLimitError
from model.workers import Workers


@dataclass(frozen=True)
class FakeScenario:
    """A scenario that ends as it says: with an error of that name, or with a result."""

    name: str
    file: Path
    inputs_folder: Path
    end: str = "solved"
    title: str = "Énergie"
    hourly_path: Path | None = None
    members: tuple[str, ...] = ()

    @property
    def territory(self) -> "FakeScenario":
        """Its own territory, which has members."""
        return self

    def resolved(self) -> dict[str, object]:
        """The content that counts."""
        return {"end": self.end}


ERRORS: dict[str, Callable[[], Exception]] = {
    "infeasible": lambda: InfeasibleError("600 GWh/yr are missing"),
    "limit": lambda: SolverLimitError("time is up"),
    "refused": lambda: InputError([Fault("a.csv", "no header"), Fault("b.csv", "empty")]),
    "failed": lambda: AuditError("euros do not add up"),
    "crash": lambda: ZeroDivisionError("first line\nsecond line"),
}


def outcome() -> xr.Dataset:
    """A result with numbers, labels and a gap."""
    return xr.Dataset(
        {
            "cost": ("epci", [1.5, np.nan], {"units": "M€/yr"}),
            "label": ("epci", ["Rouen", "Caux — Seine"]),
        },
        {"epci": ["200023414", "200010700"], "year": np.array([2020, 2050])},
        {"objective": 12.5, "status": "optimal"},
    )


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put fakes in the place of solving and sharing; the names solved, in order."""
    calls: list[str] = []

    def make_plan(scenario: FakeScenario) -> FakeScenario:
        calls.append(scenario.name)
        if scenario.end in ERRORS:
            raise ERRORS[scenario.end]()
        return scenario

    def glance(plan: FakeScenario, folder: Path) -> None:
        if plan.end == "unshared":
            raise SolverLimitError("one alone takes too long")
        (folder / "cooperation.nc").write_text(plan.name)

    fakes = {
        "settlement.glance": glance,  # first: this imports what takes the others by their names
        "outcome.solve.make_plan": make_plan,
        "outcome.solve.tell": lambda plan: outcome(),
        "outcome.summary.summarise": lambda found: {"cost": found.attrs["objective"]},
    }
    for place, fake in fakes.items():
        monkeypatch.setattr(f"model.{place}", fake)
    return calls


@pytest.fixture
def scenario(tmp_path: Path) -> Callable[..., FakeScenario]:
    """Make a scenario, with its file and the inputs that all of them share."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "epci.csv").write_text("epci\n200023414\n", encoding="utf-8")

    def make(name: str, end: str = "solved") -> FakeScenario:
        file = tmp_path / f"{name}.yaml"
        file.write_text(f"title: {name}\n", encoding="utf-8")
        return FakeScenario(name, file, inputs, end)

    return make


def run(results: Path, *scenarios: FakeScenario, **options: object) -> list[Record]:
    """Run in this process."""
    return run_batch(scenarios, results, 1, **options)  # type: ignore[arg-type]


def statuses(records: list[Record]) -> list[str]:
    return [record.status for record in records]


def provenance(folder: Path) -> dict[str, object]:
    return json.loads((folder / "provenance.json").read_text(encoding="utf-8"))


def test_a_result_reads_back_as_it_was_solved(tmp_path, scenario, solved) -> None:
    [record] = run(tmp_path / "results", scenario("rouen"))
    with xr.open_dataset(tmp_path / "results/rouen/outcome.nc", engine="netcdf4") as found:
        assert found.load().identical(outcome())
    assert (record.status, record.summary, record.exit_code) == ("solved", {"cost": 12.5}, 0)


def test_nothing_but_its_files_is_left(tmp_path, scenario, solved) -> None:
    run(tmp_path / "results", scenario("rouen"))
    names = {path.name for path in (tmp_path / "results/rouen").iterdir()}
    assert names == {"outcome.nc", "cooperation.nc", "provenance.json"}


def test_provenance_tells_what_the_result_rests_on(tmp_path, scenario, solved) -> None:
    run(tmp_path / "results", scenario("rouen"))
    found = provenance(tmp_path / "results/rouen")
    assert found["status"] == "solved"
    assert found["objective"] == 12.5
    assert found["scenario"] == {"end": "solved"}
    assert list(found["inputs"]) == ["epci.csv"]
    assert list(found["file"]) == ["rouen.yaml"]
    assert {"model/errors.py", "model/fields/needs.py"} <= set(found["model"])
    assert not any(name.startswith(("model/batch", "model/views")) for name in found["model"])
    assert found["packages"]["highspy"]
    assert str(tmp_path) not in json.dumps(found)


def test_what_is_done_is_skipped(tmp_path, scenario, solved) -> None:
    results, rouen = tmp_path / "results", scenario("rouen")
    [first] = run(results, rouen)
    [again] = run(results, rouen)
    assert solved == ["rouen"]
    assert (again.status, again.summary) == ("done", first.summary)
    assert statuses(run(results, rouen, force=True)) == ["solved"]


def test_an_infeasible_scenario_is_not_solved_again(tmp_path, scenario, solved) -> None:
    results, rouen = tmp_path / "results", scenario("rouen", "infeasible")
    assert run(results, rouen) == run(results, rouen)
    assert solved == ["rouen"]


@pytest.mark.parametrize("end", ["limit", "refused", "failed", "crash"])
def test_an_error_is_tried_again(tmp_path, scenario, solved, end) -> None:
    results, rouen = tmp_path / "results", scenario("rouen", end)
    run(results, rouen)
    run(results, rouen)
    assert solved == ["rouen", "rouen"]


def _input_changes(scenario: FakeScenario, folder: Path) -> None:
    (scenario.inputs_folder / "epci.csv").write_text("epci\n200010700\n", encoding="utf-8")


def _input_appears(scenario: FakeScenario, folder: Path) -> None:
    (scenario.inputs_folder / "links.csv").write_text("link\n", encoding="utf-8")


def _outcome_is_cut(scenario: FakeScenario, folder: Path) -> None:
    content = (folder / "outcome.nc").read_bytes()
    (folder / "outcome.nc").write_bytes(content[: len(content) // 2])


def _outcome_vanishes(scenario: FakeScenario, folder: Path) -> None:
    (folder / "outcome.nc").unlink()


def _provenance_is_cut(scenario: FakeScenario, folder: Path) -> None:
    (folder / "provenance.json").write_text('{"key": ', encoding="utf-8")


def _provenance_is_a_list(scenario: FakeScenario, folder: Path) -> None:
    (folder / "provenance.json").write_text("[]", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _input_changes,
        _input_appears,
        _outcome_is_cut,
        _outcome_vanishes,
        _provenance_is_cut,
        _provenance_is_a_list,
    ],
)
def test_a_change_makes_it_run_again(tmp_path, scenario, solved, change) -> None:
    results, rouen = tmp_path / "results", scenario("rouen")
    run(results, rouen)
    change(rouen, results / "rouen")
    assert statuses(run(results, rouen)) == ["solved"]


def test_a_comment_does_not_make_it_run_again(tmp_path, scenario, solved) -> None:
    results, rouen = tmp_path / "results", scenario("rouen")
    run(results, rouen)
    rouen.file.write_text("# new\ntitle: rouen\n", encoding="utf-8")
    assert statuses(run(results, rouen)) == ["done"]


@pytest.mark.parametrize("end", sorted(ERRORS))
def test_no_stale_result_outlives_a_failure(tmp_path, scenario, solved, end) -> None:
    results = tmp_path / "results"
    run(results, scenario("rouen"))
    [record] = run(results, scenario("rouen", end))
    assert not (results / "rouen/outcome.nc").exists()
    assert not (results / "rouen/cooperation.nc").exists()
    assert record.summary == {}
    assert provenance(results / "rouen")["status"] == record.status
    assert provenance(results / "rouen")["message"] == record.message


def test_a_result_stands_where_nobody_knows_who_gains(tmp_path, scenario, solved) -> None:
    results = tmp_path / "results"
    run(results, scenario("rouen"))
    [record] = run(results, scenario("rouen", "unshared"))
    assert record.status == "solved"
    assert record.message == "who gains is not known: one alone takes too long"
    assert not (results / "rouen/cooperation.nc").exists()
    assert (results / "rouen/outcome.nc").exists()


def test_one_bad_scenario_stops_no_other(tmp_path, scenario, solved) -> None:
    ends = ["solved", "infeasible", "limit", "refused", "failed", "crash", "solved"]
    scenarios = [scenario(f"s{i}", end) for i, end in enumerate(ends)]
    seen: list[str] = []
    records = run(tmp_path / "results", *scenarios, progress=lambda r: seen.append(r.name))
    assert statuses(records) == [*ends[:5], "failed", "solved"]
    assert [record.exit_code for record in records] == [0, 3, 4, 2, 1, 1, 0]
    assert seen == [s.name for s in scenarios]


def test_every_fault_of_an_input_is_told(tmp_path, scenario, solved) -> None:
    [record] = run(tmp_path / "results", scenario("rouen", "refused"))
    assert record.message.splitlines() == ["a.csv  no header", "b.csv  empty"]


def test_a_crash_is_one_line_and_a_log(tmp_path, scenario, solved) -> None:
    folder = tmp_path / "results/rouen"
    [record] = run(folder.parent, scenario("rouen", "crash"))
    assert record.message.startswith("ZeroDivisionError: first line (traceback: ")
    assert len(record.message.splitlines()) == 1
    assert "second line" in (folder / "error.log").read_text(encoding="utf-8")
    run(folder.parent, scenario("rouen"))
    assert not (folder / "error.log").exists()


def test_a_full_disk_leaves_no_result(tmp_path, scenario, solved, monkeypatch) -> None:
    """The write fails half-way: neither a file aside nor a result is left."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("NetCDF: HDF error")  # all that netCDF says of it

    with monkeypatch.context() as patch:
        patch.setattr(xr.Dataset, "to_netcdf", fails)
        [record] = run(tmp_path / "results", scenario("rouen"))
    assert "outcome.nc could not be written, the disk may be full" in record.message
    names = {path.name for path in (tmp_path / "results/rouen").iterdir()}
    assert names == {"provenance.json", "error.log"}
    assert statuses(run(tmp_path / "results", scenario("rouen"))) == ["solved"]


def test_two_scenarios_of_one_name_are_refused(tmp_path, scenario, solved) -> None:
    with pytest.raises(InputError, match="several scenarios are called 'rouen'"):
        run(tmp_path / "results", scenario("rouen"), scenario("rouen"))
    assert solved == []


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (["solved"], 0),
        (["infeasible"], 3),
        (["limit"], 4),
        (["refused"], 2),
        (["solved", "done", "infeasible"], 0),
        (["infeasible", "infeasible"], 0),
        (["solved", "limit"], 5),
        (["infeasible", "refused"], 5),
        (["failed", "failed"], 5),
        ([], 0),
    ],
)
def test_exit_codes(ends, code) -> None:
    assert exit_code([Record(f"s{i}", end) for i, end in enumerate(ends)]) == code


def fake_run_one(scenario: FakeScenario, results: Path, force: bool) -> Record:
    """Stands for `run_one` on a worker: says in which process it ran, or kills it."""
    (results / scenario.name).mkdir()  # fails if it has been run before
    if scenario.end == "killed":
        os._exit(9)
    return Record(scenario.name, "solved", message=str(os.getpid()))


def test_workers_are_other_processes_and_order_is_kept(tmp_path, scenario, monkeypatch) -> None:
    monkeypatch.setattr(queue, "run_one", fake_run_one)
    names = ["c", "a", "b"]
    records = run_batch([scenario(name) for name in names], tmp_path / "results", 2)
    assert [record.name for record in records] == names
    assert str(os.getpid()) not in {record.message for record in records}


def test_the_largest_scenario_goes_first(tmp_path, scenario, monkeypatch) -> None:
    monkeypatch.setattr(queue, "run_one", fake_run_one)
    monkeypatch.setattr(queue, "Workers", lambda task, *_: Workers(task, 1))
    scenarios = [replace(scenario(f"s{n}"), members=("one",) * n) for n in (1, 3, 2)]
    seen: list[str] = []
    run_batch(scenarios, tmp_path / "results", 2, progress=lambda r: seen.append(r.name))
    assert seen == ["s3", "s2", "s1"]


def test_a_worker_that_dies_takes_no_other_scenario(tmp_path, scenario, monkeypatch) -> None:
    monkeypatch.setattr(queue, "run_one", fake_run_one)
    scenarios = [scenario("a"), scenario("poison", "killed"), *map(scenario, "bcdef")]
    records = run_batch(scenarios, tmp_path / "results", 2)
    assert statuses(records) == ["solved", "failed", *["solved"] * 5]
    assert records[1].message == "the worker was lost: exit code 9"


def test_workers_are_not_started_for_what_is_done(tmp_path, scenario, solved, monkeypatch) -> None:
    results, scenarios = tmp_path / "results", [scenario("a"), scenario("b")]
    run(results, *scenarios)
    monkeypatch.setattr("pebble.ProcessPool", None)
    assert statuses(run_batch(scenarios, results, 2)) == ["done", "done"]


def test_the_first_process_of_a_batch_is_light() -> None:
    """Workers load what solves; and Dask is for those who name a scheduler."""
    text = "import run, model.batch, model.scenario, sys; print(*sys.modules)"
    root = Path(__file__).parents[2]
    end = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True, cwd=root)
    loaded = set(end.stdout.decode().split())
    assert "model.batch.queue" in loaded
    assert not {"dask", "distributed", "numpy", "pandas", "xarray"} & loaded


def test_the_scheduler_of_dask_that_is_named_runs_them(tmp_path, scenario, monkeypatch) -> None:
    """Its workers run every scenario; one that fails there stops no other."""
    monkeypatch.setattr(queue, "run_one", fake_run_one)
    scenarios = [scenario("a"), scenario("twice"), scenario("b")]
    (tmp_path / "results/twice").mkdir(parents=True)
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
    ) as cluster:
        address = cluster.scheduler_address
        records = run_batch(scenarios, tmp_path / "results", scheduler=address)
    assert statuses(records) == ["solved", "failed", "solved"]
    assert records[1].message.startswith("the worker was lost: ")


def test_a_scheduler_without_dask_is_told(tmp_path, scenario, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"Dask is not installed  Mend: .*install distributed"):
        run_batch([scenario("a")], tmp_path / "results", scheduler="tcp://127.0.0.1:8786")


def test_a_scheduler_that_is_none_is_told(tmp_path, scenario) -> None:
    with pytest.raises(InputError, match=r"--scheduler nowhere  no Dask scheduler: .*  Mend: "):
        run_batch([scenario("a")], tmp_path / "results", scheduler="nowhere")


def test_what_the_worker_writes_is_what_the_queue_finds_settled(tmp_path, scenario, solved) -> None:
    rouen = scenario("rouen")
    assert worker.settled(rouen, tmp_path) is None
    worker.run_one(rouen, tmp_path)
    assert worker.settled(rouen, tmp_path) == worker.run_one(rouen, tmp_path)


def test_the_hourly_file_counts(tmp_path, scenario, solved) -> None:
    results, hourly = tmp_path / "results", tmp_path / "hours.csv"
    rouen = replace(scenario("rouen"), hourly_path=hourly)
    for text, status in (("1\n", "solved"), ("1\n", "done"), ("2\n", "solved")):
        hourly.write_text(text, encoding="utf-8")
        assert statuses(run(results, rouen)) == [status]


@pytest.mark.skipif(os.name != "posix", reason="signals to a group of processes are POSIX")
def test_an_interrupted_batch_ends_quietly(tmp_path) -> None:
    """Ctrl-C reaches every process of the run, as from a terminal; only the first acts on it."""
    text = f"""
import signal
import sys
sys.path[:0] = {[str(Path(__file__).parents[2]), str(Path(__file__).parent)]}
if __name__ == "__main__":
    from pathlib import Path
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` turns it off
    from model.batch import queue
    from test_batch import FakeScenario, slow_run_one
    queue.run_one = slow_run_one
    scenarios = [FakeScenario(str(i), Path("f.yaml"), Path()) for i in range(50)]
    Path("f.yaml").touch()
    def told(record):
        if record:
            print("one", flush=True)
    try:
        queue.run_batch(scenarios, Path("results"), 2, progress=told)
    except KeyboardInterrupt:
        sys.exit(130)
"""
    (tmp_path / "script.py").write_text(text, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as batch:
        assert batch.stdout.readline() == "one\n"
        os.killpg(batch.pid, signal.SIGINT)
        _, told = batch.communicate(timeout=60)
    assert (batch.returncode, told) == (130, "")


def slow_run_one(scenario: FakeScenario, results: Path, force: bool) -> Record:
    """Stands for `run_one` on a worker: long enough to be interrupted."""
    time.sleep(0.5)
    return Record(scenario.name, "solved")
