"""Benchmark: time from data to a problem loaded in HiGHS, against other frameworks.

    python -m benchmarks.peers [--regions 10] [--hours 168] [--repeats 3] [--json]

Each framework lives in an environment of its own, made on the first run in `benchmarks/.venvs`,
and every run is a process of its own; ways take turns, the median counts, imports and solving are
left out. All solve one small case (3 regions, 24 hours), and must agree on its cost. The same size
means the same problem, not the same matrix: each framework writes it in its own way.
The last line is JSON; `--json` prints nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
VENVS = ROOT / "benchmarks" / ".venvs"
SMALL = (3, 24)
PEERS = {
    "ours": (),
    "pypsa": ("pypsa==1.4.0", "linopy==0.10.1", "highspy==1.15.1"),
    "oemof": ("oemof-solph==0.6.5", "pyomo==6.10.1", "highspy==1.15.1"),
    "calliope": ("--pre", "calliope==0.7.0.dev7", "pandas<3", "xarray<2024.4", "highspy==1.15.1"),
}
"""What each framework needs; pre-releases for the Calliope that plans and dispatches as we do."""


def python_of(peer: str) -> str:
    """The interpreter of a framework; its environment is made if it is missing."""
    if not PEERS[peer]:
        return sys.executable
    folder = VENVS / peer
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = folder / "made"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", *PEERS[peer]]
        subprocess.run(command, check=True)
        done.touch()
    return str(python)


def once(peer: str, size: tuple[int, int], solve: bool = False) -> dict[str, float]:
    """What one run of a framework measures."""
    text = peer if peer == "ours" else f"{peer}_text"
    command = [python_of(peer), "-m", "benchmarks.peers.once", text, *map(str, size)]
    done = subprocess.run(
        command + ["--solve"] * solve, check=True, capture_output=True, text=True, cwd=ROOT
    )
    return json.loads(done.stdout.splitlines()[-1])


def measure(size: tuple[int, int], repeats: int, peers: list[str]) -> dict[str, Any]:
    """Medians by framework, and whether all agree."""
    costs = {peer: once(peer, SMALL, solve=True)["objective"] for peer in peers}
    runs: dict[str, list[dict[str, float]]] = {peer: [] for peer in peers}
    for _ in range(repeats):
        for peer in peers:
            runs[peer].append(once(peer, size))
    result: dict[str, Any] = {"regions": size[0], "hours": size[1]}
    for peer, found in runs.items():
        for name in found[0]:
            result[f"{peer}_{name}"] = round(statistics.median(run[name] for run in found), 4)
    spread = (max(costs.values()) - min(costs.values())) / abs(costs["ours"])
    return result | {"objective": costs["ours"], "objectives_agree": spread < 1e-9}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--regions", type=int, default=10)
    parser.add_argument("--hours", type=int, default=168)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], choices=list(PEERS), metavar="PEER")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    given = parser.parse_args()
    peers = [peer for peer in PEERS if peer not in given.without or peer == "ours"]
    result = measure((given.regions, given.hours), given.repeats, peers)
    if not given.json:
        for peer in peers:
            wall, cpu, memory, nnz = (result[f"{peer}_{k}"] for k in ("s", "cpu_s", "MB", "nnz"))
            ratio = cpu / result["ours_cpu_s"]
            print(
                f"{peer:9}{wall:9.3f} s{cpu:9.3f} s CPU{ratio:8.1f} x ours{memory:7.0f} MB{nnz:10}"
            )
    print(json.dumps(result))


if __name__ == "__main__":
    main()
