"""Spans: from the least to the most of each figure, with a dot where the plan stands; and a curve.

A figure has a scale of its own: in one unit, one may be a hundred times another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.views.painters.charts import Series, Tell
from model.views.painters.palette import COLOURS
from model.views.painters.svg import Drawn, Scale, clip, drawing, line, path, rectangle, text, ticks

WIDTH, NAMES, SIDE, EDGE = 1000.0, 390.0, 80.0, 90.0
"""Width; where the names end; room for the numbers on either side."""
HIGH, THICK = 24.0, 8.0
"""Height of a row; of a bar."""
DOT = "M-4.5,0a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0Z"
BOX = (560.0, 300.0)
"""Width and height of a curve."""


@dataclass(frozen=True)
class Span:
    """A range: its name, its ends, and a value between."""

    name: str
    least: float
    value: float
    most: float


def spans(title: str, unit: str, rows: Sequence[Span], tell: Tell) -> Drawn:
    """A row for each range: its bar from zero's side to the most, the dot of the plan."""
    left, right = NAMES + SIDE, WIDTH - EDGE
    parts: list[Drawn] = []
    for i, row in enumerate(rows):
        top = i * HIGH
        if i % 2 == 0:
            parts.append(rectangle(0, top, WIDTH, HIGH, class_="band"))
        x = Scale(min(row.least, 0.0), max(row.most, 0.0) or 1.0, left, right)
        middle, base = top + HIGH / 2, top + HIGH / 2 + 4
        tip = f"{row.name}: {tell(row.least)} – {tell(row.value)} – {tell(row.most)} {unit}"
        start, end = x(row.least), x(row.most)
        parts += [
            text(NAMES - 10, base, clip(row.name, NAMES - 14), text_anchor="end"),
            text(left - 8, base, tell(row.least), text_anchor="end", class_="tick"),
            line([(left, middle), (right, middle)], class_="rule"),
            rectangle(
                start, middle - THICK / 2, max(end - start, 1.0), THICK, tip, fill=COLOURS[0]
            ),
            path(
                DOT,
                fill="#fff",
                class_="dot",
                transform=f"translate({x(row.value):.1f} {middle:.1f})",
                title=tip,
            ),
            text(right + 8, base, tell(row.most), class_="tick"),
        ]
    return drawing(WIDTH, HIGH * len(rows) + 4, title, *parts)


def curve(
    title: str,
    units: tuple[str, str],
    across: Sequence[float],
    series: Series,
    tell: tuple[Tell, Tell],
) -> Drawn:
    """Values over another figure, a dot for each point."""
    width, height = BOX
    marks, levels = ticks(min(across), max(across), 5), ticks(0.0, max([*series.values, 1e-9]), 5)
    x = Scale(marks[0], marks[-1], 62.0, width - 20)
    y = Scale(levels[0], levels[-1], height - 44, 26.0)
    parts = [text(4, 14, units[1], class_="unit")]
    for level in levels:
        parts.append(line([(62.0, y(level)), (width - 20, y(level))], class_="rule"))
        parts.append(text(56, y(level) + 4, tell[1](level), text_anchor="end", class_="tick"))
    low = height - 26
    parts += [text(x(m), low, tell[0](m), text_anchor="middle", class_="tick") for m in marks]
    parts.append(text(width - 20, height - 6, units[0], text_anchor="end", class_="unit"))
    points = [(x(a), y(v)) for a, v in zip(across, series.values, strict=True)]
    parts.append(line(points, stroke=series.fill, stroke_width=2))
    for place, (a, v) in zip(points, zip(across, series.values, strict=True), strict=True):
        tip = f"{tell[0](a)} {units[0]}: {tell[1](v)} {units[1]}"
        at = f"translate({place[0]:.1f} {place[1]:.1f})"
        parts.append(path(DOT, fill=series.fill, class_="dot", transform=at, title=tip))
    return drawing(width, height, title, *parts)
