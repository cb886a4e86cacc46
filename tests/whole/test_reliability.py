"""Campaigns: stops, kills, faults of the machine. `-m campaign -s` prints figures."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from model.outcome.results import Results
from tests.whole.campaign_case import MANY, ROOT, told_on_the_way

pytestmark = pytest.mark.campaign
LIMIT = 2.0
"""Longest time from a signal to the end [s]."""
LONG = """extends: spl-widened
title: Long
horizon: {calendar: 12-days, hours_per_step: 1.0}
"""


COMMANDS = ("alternatives", "tradeoffs", "robust", "cooperate", "atlas", "ensemble", "diagnose")
"""Commands that solve, beside `run`."""
ALONE = ("diagnose",)
"""Of them, those that write nothing, and work alone."""


def started(results: Path, *names: str, jobs: int = 1) -> subprocess.Popen[bytes]:
    """A run in a process of its own; or another command, if the first name is one."""
    command = [sys.executable, "run.py", *names, "--results", str(results), "-j", str(jobs)]
    if names[0] in ALONE:
        command = command[: 2 + len(names)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        process_group=0,
        preexec_fn=heard,
    )


def heard() -> None:
    """Ctrl-C is heard, though these tests may run behind a shell that would not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finished(process: subprocess.Popen[bytes]) -> None:
    """Wait until a run has ended well."""
    process.communicate(timeout=120)
    assert process.returncode == 0


@pytest.fixture
def long() -> str:
    """A scenario that takes minutes; gone afterwards."""
    path = ROOT / "scenarios/zz-long.yaml"
    path.write_text(LONG, encoding="utf-8")
    yield "zz-long"
    path.unlink()


def test_it_ends_when_it_is_told_to(tmp_path, long) -> None:
    """At any moment, of one solve and of two workers; nothing is lost or left unreadable."""
    chance, slowest, ends = random.Random(1), 0.0, Counter[int]()
    for number in range(MANY):
        results = tmp_path / "results"
        names, jobs = (("tiny", long), 1) if number % 2 else (("tiny", "rouen-alone", long), 2)
        process = started(results, *names, jobs=jobs)
        time.sleep(chance.uniform(0.3, 25))
        began = time.perf_counter()
        process.send_signal(chance.choice([signal.SIGTERM, signal.SIGINT]))
        _, told = process.communicate(timeout=60)
        slowest = max(slowest, time.perf_counter() - began)
        ends[process.returncode] += 1
        assert b"Traceback" not in told
        if results.is_dir():
            assert not Results(results).damaged
    told_on_the_way(f"\n{MANY} stops: slowest {slowest:.2f} s, exit codes {dict(ends)}")
    assert slowest <= LIMIT
    assert set(ends) == {130}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("command", COMMANDS)
def test_other_commands_end_when_they_are_told_to(tmp_path, long, command, jobs) -> None:
    """In mid-solve, of one process and of workers: as fast, and without a traceback."""
    chance = random.Random(command + str(jobs))
    name = long if command in ("diagnose", "robust", "ensemble") else "pool"
    for _ in range(max(MANY // 10, 1)):
        process = started(tmp_path / "results", command, name, jobs=jobs)
        wait, sign = chance.uniform(2, 25), chance.choice([signal.SIGTERM, signal.SIGINT])
        time.sleep(wait)
        assert process.poll() is None, "it was over before"
        began = time.perf_counter()
        process.send_signal(sign)
        _, told = process.communicate(timeout=60)
        took = time.perf_counter() - began
        told_on_the_way(f"{command} -j {jobs}: {sign.name} after {wait:.0f} s: {took:.2f} s")
        assert process.returncode == 130, told
        assert b"Traceback" not in told, told
        assert took <= LIMIT


def test_a_kill_loses_nothing_that_was_done(tmp_path) -> None:
    chance, results = random.Random(2), tmp_path / "results"
    kept = 0
    for _ in range(MANY):
        done = set(Results(results)) if results.is_dir() else set()
        process = started(results, "tiny", "rouen-alone", "trend", jobs=2)
        time.sleep(chance.uniform(0.3, 20))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        found = Results(results) if results.is_dir() else None
        assert found is None or not found.damaged
        assert done <= set(found or ())
        kept += len(done)
        if found is not None and len(found) == 3:
            shutil.rmtree(results)
    finished(started(results, "tiny"))
    told_on_the_way(f"\n{MANY} kills: {kept} results stood meanwhile, none was lost or damaged")


def limited(kind: int, value: int) -> Callable[[], None]:
    """What a process may use at most."""
    return lambda: resource.setrlimit(kind, (value, value))


def deaf() -> None:
    """No file beyond 2 kB; the signal is not for us."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def held() -> None:
    """Who is root asks for rights as everybody does: nothing passes over those of a folder."""
    libc = ctypes.CDLL(None)
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP


FAULTS: dict[str, tuple[str, Callable[[], None] | None]] = {
    "a full disk": ("full", None),
    "a disk without room for a file more": ("crowded", None),
    "a read-only disk": ("read-only", None),
    "a file in the place of the folder": ("file", None),
    "a folder below a file": ("file/below", None),
    "a device in the place of the folder": ("/dev/null", None),
    "a pipe in the place of the folder": ("pipe", None),
    "a link to where nothing can be": ("nowhere", None),
    "links in a circle": ("circle", None),
    "a name too long": ("x" * 300, None),
    "no right": ("mine/below", held),
    "a place where nothing can be made": ("/proc/here", None),
    "little memory": ("folder", limited(resource.RLIMIT_AS, 420_000_000)),
    "short files": ("folder", deaf),
    "few handles": ("folder", limited(resource.RLIMIT_NOFILE, 6)),
}
MOUNTS = {"full": "size=16k", "read-only": "ro", "crowded": "nr_inodes=2"}


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """Folders that refuse: small and read-only file systems where we may mount them."""
    (tmp_path / "file").write_text("a file")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere").symlink_to(tmp_path / "read-only/below")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "mine").mkdir(mode=0o500)
    for name, options in MOUNTS.items():
        (tmp_path / name).mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(tmp_path / name)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("needs the right to mount")
    finished(started(tmp_path / "done", "tiny"))
    yield tmp_path
    for name in MOUNTS:
        subprocess.run(["umount", str(tmp_path / name)], check=True)


def test_faults_of_the_machine_are_told(places) -> None:
    """Exit code 2 and a sentence; no defect, no traceback."""
    ends = Counter[str]()
    for number, (fault, (folder, limit)) in enumerate(list(FAULTS.items()) * MANY):
        done = str(places / "done")
        command = ["tiny", "--results"]
        if number // len(FAULTS) % 2:
            command = ["export", "--results", done, "--to"]
        end = subprocess.run(
            [sys.executable, "run.py", *command, str(places / folder)],
            cwd=ROOT,
            capture_output=True,
            preexec_fn=limit,
            timeout=120,
            check=False,
        )
        told = (end.stdout + end.stderr).decode()
        last = end.stderr.decode().strip().splitlines()[-1:]
        well = end.returncode == 2 and "Defect" not in told and "Traceback" not in told
        ends[f"{fault}: {'told' if well else 'NOT TOLD'}"] += 1
        if not well or number < 2 * len(FAULTS):
            told_on_the_way(f"{fault}, {command[0]}: {end.returncode}: {last if well else told}")
    told_on_the_way(f"\n{sum(ends.values())} faults: {dict(ends)}")
    assert not any("NOT" in end for end in ends)
