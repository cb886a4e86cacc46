"""Many scenarios on many processes, here and of a Dask scheduler."""

import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import replace
from operator import neg
from pathlib import Path
from threading import Timer

import cloudpickle
import pytest
from distributed import LocalCluster

from model import workers
from model.batch import Record, queue, run_batch, worker
from model.errors import InputError
from model.workers import Workers
from tests.batch.batch_case import FakeScenario, run, statuses


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
    assert statuses(records) == ["solved", "machine", *["solved"] * 5]
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


def a_cluster(workers: int) -> LocalCluster:
    """Some workers, in this process."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
    )


def test_what_no_worker_is_there_for_is_done_here() -> None:
    """No worker at first, and then not even a scheduler."""
    with a_cluster(0) as cluster, Workers(neg, 1, cluster.scheduler_address) as pool:
        answers = pool.map_surely(range(9))
        assert [next(answers) for _ in range(3)] == [0, -1, -2]
        cluster.close()
        assert list(answers) == [-3, -4, -5, -6, -7, -8]


def test_a_scheduler_that_is_lost_is_told(caplog) -> None:
    """And before that, that it has no worker."""
    with a_cluster(0) as cluster, Workers(neg, 1, cluster.scheduler_address) as pool:
        start = f"`dask worker {cluster.scheduler_address}` starts one"
        assert f"no worker is there: {start}" in caplog.messages
        Timer(1.0, cluster.close).start()
        found = dict(pool.run(range(2)))
    assert [str(found[place]) for place in range(2)] == ["the scheduler was lost"] * 2


def test_the_scheduler_of_dask_that_is_named_runs_them(tmp_path, scenario, monkeypatch) -> None:
    """Its workers run every scenario; one that fails there stops no other."""
    monkeypatch.setattr(queue, "run_one", fake_run_one)
    scenarios = [scenario("a"), scenario("twice"), scenario("b")]
    (tmp_path / "results/twice").mkdir(parents=True)
    with a_cluster(1) as cluster:
        address = cluster.scheduler_address
        records = run_batch(scenarios, tmp_path / "results", scheduler=address)
    assert statuses(records) == ["solved", "machine", "solved"]
    assert records[1].message.startswith("the worker was lost: ")


def test_a_scheduler_need_not_know_the_project(tmp_path) -> None:
    """What is sent is read, and works, where nobody has heard of this project."""
    work = cloudpickle.dumps(workers._carrier(str(tmp_path), str(tmp_path)))
    sent = [pickle.dumps((neg, 3)), pickle.dumps((neg, "three"))]
    text = (
        "import pickle, sys; work, sent = pickle.load(sys.stdin.buffer); work = pickle.loads(work);"
        "told = [work(task) for task in sent]; assert 'model' not in sys.modules;"
        "sys.stdout.buffer.write(pickle.dumps(told))"
    )
    end = subprocess.run(
        [sys.executable, "-c", text],
        input=pickle.dumps((work, sent)),
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    sound, wrong = pickle.loads(end.stdout)
    assert workers._unpacked(sound) == -3
    with pytest.raises(TypeError, match="bad operand"):
        workers._unpacked(wrong)


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
    from tests.batch.batch_case import FakeScenario
    from test_queue import slow_run_one
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
