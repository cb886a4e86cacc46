"""Plots of docs/performance.md, drawn from its own tables.

    python -m benchmarks.plots

writes docs/figures/build-speed.svg (time and memory against size) and docs/figures/peers.svg. It
takes matplotlib, from the extra `benchmarks`.
"""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

DOCS = Path(__file__).resolve().parents[1] / "docs"
STYLES = {
    "raw": ("#000000", "--"),
    "ours": ("#0072B2", "-"),
    "pyomo": ("#D55E00", "-."),
    "linopy": ("#009E73", ":"),
}


def table(text: str, first: str) -> tuple[list[str], list[list[str]]]:
    """The table whose heading begins with `first`: heading and rows of cells."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[0], rows[2:]


def number(cell: str) -> float:
    """A figure of a table; NaN if blank."""
    plain = re.sub(r"[^0-9.]", "", cell)
    return float(plain) if plain else float("nan")


def build_speed(text: str) -> None:
    """Seconds, and megabytes, against the coefficients of the matrix."""
    heading, rows = table(text, "nonzeros")
    columns = dict(zip(heading, zip(*rows, strict=True), strict=True))
    memory = {"raw": "memory: raw"}
    places = [i for i, name in enumerate(heading) if name in ("ours", "pyomo", "linopy")]
    half = len(places) // 2
    names = {heading[i]: i for i in places[half:]} | {"raw": heading.index(memory["raw"])}
    size = [number(cell) for cell in columns["nonzeros"]]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for name, (colour, dash) in STYLES.items():
        first = heading.index(name)
        for axes, place in ((left, first), (right, names[name])):
            values = [number(row[place]) for row in rows]
            axes.plot(size, values, dash, color=colour, marker="o", markersize=3, label=name)
    for axes, unit in ((left, "processor time [s]"), (right, "growth of memory [MB]")):
        axes.set(xscale="log", yscale="log", xlabel="coefficients", title=unit)
        axes.grid(visible=True, which="major", color="#dddddd")
    left.legend(frameon=False)
    figure.savefig(DOCS / "figures/build-speed.svg", metadata={"Date": None})


def peers(text: str) -> None:
    """Time to build and load one problem, as a multiple of ours."""
    _, rows = table(text, "10 regions, 168 hours")
    names, ratios = [row[0] for row in rows], [number(row[4]) for row in rows]
    figure, axes = plt.subplots(figsize=(7, 1.9), layout="constrained")
    bars = axes.barh(names[::-1], ratios[::-1], color="#0072B2")
    axes.bar_label(bars, padding=3, fmt="%.0f")
    axes.set(title="time to build and load, ours = 1", xlim=(0, 1.12 * max(ratios)))
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(DOCS / "figures/peers.svg", metadata={"Date": None})


def main() -> None:
    """Draw both."""
    mpl.rcParams.update({"svg.hashsalt": "performance", "font.size": 9})
    text = (DOCS / "performance.md").read_text(encoding="utf-8")
    build_speed(text)
    peers(text)


if __name__ == "__main__":
    main()
