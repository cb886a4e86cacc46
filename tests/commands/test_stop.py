"""A command that is told to stop ends within two seconds, though a lock is never given back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STUCK = """
from threading import Lock
from model.commands.stop import heed_stops
heed_stops(lambda: "stopped")
lock = Lock()
lock.acquire()
print("ready", flush=True)
try:
    lock.acquire()
except KeyboardInterrupt:
    lock.acquire()
"""
EARLY = """
import os, runpy, signal, sys, time

class Strike:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            os.kill(os.getpid(), signal.{sign})
            time.sleep(5)

sys.meta_path.insert(0, Strike())
sys.argv = ["run.py", "status"]
runpy.run_path("run.py", run_name="__main__")
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals between processes")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_lock_that_is_held_does_not_keep_it(sign) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    process.stdout.readline()
    began = time.perf_counter()
    process.send_signal(sign)
    _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (130, b"stopped\n")
    assert time.perf_counter() - began < 6  # 1.5 s, on a machine that is not busy


@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM"])
def test_before_there_are_commands_it_ends_at_once(sign) -> None:
    """While modules are read; without a traceback."""
    end = subprocess.run(
        [sys.executable, "-c", EARLY.format(sign=sign)],
        cwd=ROOT,
        capture_output=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        timeout=60,
        check=False,
    )
    assert (end.returncode, end.stderr) == (130, b"")
