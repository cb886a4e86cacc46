"""Dots: many ways beside one another, a lane of its own for each, as SVG."""

from __future__ import annotations

from collections.abc import Sequence

from model.views.painters.charts import Series, Tell
from model.views.painters.svg import Drawn, Scale, clip, drawing, line, path, rectangle, text, ticks

WIDTH, NAMES, EDGE = 1000.0, 245.0, 40.0
LANE, PAD, TOP = 9.0, 10.0, 30.0
"""Height of a lane; room above and below the lanes of a row; room for the axis."""
SHAPES = (
    "M-4.5,0a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0Z",
    "M-4,-4H4V4H-4Z",
    "M0,-5.5L5.5,0L0,5.5L-5.5,0Z",
    "M0,-5L5,4H-5Z",
    "M0,5L5,-4H-5Z",
    "M-5,-1.7H-1.7V-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5Z",
    "M-5,-2.5H5V2.5H-5Z",
    "M-2.5,-5H2.5V5H-2.5Z",
)
"""Told apart without their colour."""
COLUMNS = 4
"""Names in a line of the legend."""


def dots(title: str, unit: str, rows: Sequence[str], series: Sequence[Series], tell: Tell) -> Drawn:
    """A row for each name, in it a dot for each series; the legend below."""
    values = [value for s in series for value in s.values]
    levels = ticks(min([0.0, *values]), max([0.0, *values]), 8)
    x = Scale(levels[0], levels[-1], NAMES, WIDTH - EDGE)
    high = LANE * len(series) + PAD
    bottom = TOP + high * len(rows)
    parts = [text(4, 14, unit, class_="unit")]
    for i, name in enumerate(rows):
        top = TOP + i * high
        if i % 2 == 0:
            parts.append(rectangle(0, top, WIDTH, high, class_="band"))
        parts.append(
            text(NAMES - 10, top + high / 2 + 4, clip(name, NAMES - 14), text_anchor="end")
        )
    for level in levels:
        kind = "rule" if level else "axis"
        parts.append(line([(x(level), TOP), (x(level), bottom)], class_=kind))
        parts.append(text(x(level), TOP - 8, tell(level), text_anchor="middle", class_="tick"))
    for k, s in enumerate(series):
        for i, (name, value) in enumerate(zip(rows, s.values, strict=True)):
            y = TOP + i * high + PAD / 2 + (k + 0.5) * LANE
            tip = f"{name}, {s.name}: {tell(value)} {unit}"
            parts.append(_dot(k, x(value), y, s.fill, tip))
    wide = WIDTH / COLUMNS
    for k, s in enumerate(series):
        left, y = (k % COLUMNS) * wide + 12, bottom + 22 + (k // COLUMNS) * 20
        parts += [_dot(k, left, y - 4, s.fill), text(left + 12, y, clip(s.name, wide - 30))]
    return drawing(WIDTH, bottom + 10 + 20 * -(-len(series) // COLUMNS), title, *parts)


def _dot(k: int, x: float, y: float, fill: str, tip: str = "") -> Drawn:
    place, shape = f"translate({x:.1f} {y:.1f})", SHAPES[(k + 3 * (k // len(SHAPES))) % len(SHAPES)]
    return path(shape, fill=fill, class_="dot", transform=place, title=tip)
