"""Multiples: a small chart for each name, on a scale of its own, so that the small are seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain

from model.views.painters.charts import Chart, Series
from model.views.painters.svg import (
    Drawn,
    Scale,
    clip,
    drawing,
    element,
    line,
    text,
    ticks,
    titled,
)

WIDTH, COLUMNS, HIGH = 560.0, 2, 124.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 14.0, 32.0, 22.0
"""Room around the lines of a small chart."""


def multiples(chart: Chart, cells: Sequence[tuple[str, Sequence[Series]]]) -> Drawn:
    """The small charts in two columns, zero in each."""
    parts: list[Drawn] = []
    for i, (name, series) in enumerate(cells):
        x, y = (i % COLUMNS) * WIDTH / COLUMNS, 18 + (i // COLUMNS) * HIGH
        parts += _cell(chart, name, series, (x, y))
    parts.append(text(4, 12, chart.unit, class_="unit"))
    return drawing(WIDTH, 22 + HIGH * math.ceil(len(cells) / COLUMNS), chart.title, *parts)


def _cell(
    chart: Chart, name: str, series: Sequence[Series], corner: tuple[float, float]
) -> list[Drawn]:
    left, top = corner
    values = [v for v in chain.from_iterable(s.values for s in series) if math.isfinite(v)]
    levels = ticks(min([0.0, *values]), max([0.0, *values]), 2)
    y = Scale(levels[0], levels[-1], top + HIGH - BOTTOM, top + TOP)
    wide = WIDTH / COLUMNS - LEFT - RIGHT
    xs = [left + LEFT + i * wide / max(len(chart.years) - 1, 1) for i in range(len(chart.years))]
    parts = [text(left + 4, top + 14, clip(name, WIDTH / COLUMNS - 8), class_="bold")]
    for level in levels:
        kind = "rule" if level else "axis"
        parts.append(line([(xs[0], y(level)), (xs[-1], y(level))], class_=kind))
        told = chart.tell(level)
        parts.append(text(xs[0] - 5, y(level) + 4, told, text_anchor="end", class_="tick"))
    for place in (0, -1):
        at = "start" if place == 0 else "end"
        parts.append(
            text(xs[place], top + HIGH - 6, chart.years[place], text_anchor=at, class_="tick")
        )
    for s in series:
        known = [(x, v, year) for x, v, year in zip(xs, s.values, chart.years, strict=True)
                 if math.isfinite(v)]  # fmt: skip
        paint = {"stroke": s.fill, "stroke_dasharray": s.dash}
        parts.append(line([(x, y(v)) for x, v, _ in known], class_="series", **paint))
        for x, v, year in known:
            tip = titled(f"{s.name}, {year}: {chart.tell(v)} {chart.unit}")
            parts.append(element("circle", tip, cx=x, cy=y(v), r=2.2, fill=s.fill))
    return parts
