"""The benchmark of the whole command: every process tells what HiGHS takes in it."""

import os
import subprocess
import sys

from benchmarks.profile_run import METER

TWICE = """
import highspy, time
start = time.process_time()
solver = highspy.Highs()
solver.silent()
solver.run()
print(time.process_time() - start)
solver.run()
"""


def test_the_calls_up_to_each_run_of_highs_are_told(tmp_path) -> None:
    meter = tmp_path / "sitecustomize.py"
    meter.write_text(METER, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", TWICE]
    end = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    first, second = map(float, meter.with_suffix(".py.seconds").read_text().split())
    assert 0 < first <= float(end.stdout)
    assert second >= 0
