"""Strips: a row for each name, in it every draw as a speck, and between what most of them lie.

A thin bar holds 19 of 20 draws, a thick one 4 of 5, a stroke is the middle, a diamond the value as
the tables say. The specks of a row are one path: a page has thousands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from model.views.painters.charts import Tell
from model.views.painters.palette import COLOURS, INK
from model.views.painters.svg import Drawn, Scale, clip, drawing, line, path, rectangle, text, ticks

WIDTH, NAMES, EDGE = 1000.0, 245.0, 40.0
ROW, TOP = 34.0, 30.0
THICK, THIN, SPECK = 11.0, 4.0, 3.0
PALE = "#9fc6e0"
DIAMOND = "M0,-6L6,0L0,6L-6,0Z"


@dataclass(frozen=True)
class Strip:
    """A row: its draws, the ends of the two bars (NaN: not known), the middle, the value told."""

    name: str
    draws: Sequence[float]
    nineteen: tuple[float, float]
    four: tuple[float, float]
    middle: float
    central: float


def strips(title: str, unit: str, rows: Sequence[Strip], tell: Tell) -> Drawn:
    """The rows over a common axis, zero in it."""
    values = [v for row in rows for v in (*row.draws, row.central) if math.isfinite(v)]
    levels = ticks(min([0.0, *values]), max([0.0, *values]), 8)
    x = Scale(levels[0], levels[-1], NAMES, WIDTH - EDGE)
    bottom = TOP + ROW * len(rows)
    parts = [text(4, 14, unit, class_="unit")]
    for i, row in enumerate(rows):
        y = TOP + (i + 0.5) * ROW
        if i % 2 == 0:
            parts.append(rectangle(0, TOP + i * ROW, WIDTH, ROW, class_="band"))
        parts.append(text(NAMES - 10, y + 4, clip(row.name, NAMES - 14), text_anchor="end"))
    for level in levels:
        kind = "rule" if level else "axis"
        parts.append(line([(x(level), TOP), (x(level), bottom)], class_=kind))
        parts.append(text(x(level), TOP - 8, tell(level), text_anchor="middle", class_="tick"))
    for i, row in enumerate(rows):
        parts += _strip(row, x, TOP + (i + 0.5) * ROW, unit, tell)
    return drawing(WIDTH, bottom + 10, title, *parts)


def _strip(row: Strip, x: Scale, y: float, unit: str, tell: Tell) -> list[Drawn]:
    tip = f"{row.name}: {tell(row.middle)} {unit}"
    parts = []
    for (low, high), height, fill in ((row.nineteen, THIN, PALE), (row.four, THICK, PALE)):
        if math.isfinite(low) and math.isfinite(high):
            wide = max(x(high) - x(low), 1.0)
            told = f"{row.name}: {tell(low)} – {tell(high)} {unit}"
            parts.append(
                rectangle(x(low), y - height / 2, wide, height, told, fill=fill, class_="doubt")
            )
    specks = "".join(f"M{x(v):.1f},{y - 11:.1f}h0" for v in row.draws if math.isfinite(v))
    if specks:
        parts.append(
            path(
                specks,
                stroke=COLOURS[0],
                stroke_width=SPECK,
                stroke_linecap="round",
                stroke_opacity="0.45",
                class_="doubt",
            )
        )
    if math.isfinite(row.middle):
        ends = [(x(row.middle), y - 8), (x(row.middle), y + 8)]
        parts.append(line(ends, title=tip, stroke=INK, stroke_width=2.5))
    if math.isfinite(row.central):
        place = f"translate({x(row.central):.1f} {y:.1f})"
        parts.append(path(DIAMOND, fill=COLOURS[1], class_="dot", transform=place))
    return parts
