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
import statistics
from typing import Any

from benchmarks.environment import told_by

SMALL = (3, 24)
PEERS = ("ours", "pypsa", "oemof", "calliope")


def once(peer: str, size: tuple[int, int], solve: bool = False) -> dict[str, float]:
    """What one run of a framework measures."""
    text = peer if peer == "ours" else f"{peer}_text"
    size_told = [*map(str, size), *["--solve"] * solve]
    return json.loads(told_by(peer, "benchmarks.peers.once", text, *size_told))


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
    parser.add_argument("--without", nargs="*", default=[], choices=PEERS, metavar="PEER")
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
