"""Bands: a line over the years, and between what it lies in most of the draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from model.views.painters.charts import BOTTOM, EDGE, HEIGHT, LEFT, WIDTH, Chart, below, rules
from model.views.painters.palette import INK
from model.views.painters.svg import Drawn, Scale, drawing, element, line, ticks, titled

FILLS = ("#cfe1ee", "#8cbbd9")
"""Of the wide band and of the narrow one."""


@dataclass(frozen=True)
class Fan:
    """By year: a wide band and a narrow one, the middle, and the central values, dashed."""

    wide: tuple[Sequence[float], Sequence[float]]
    narrow: tuple[Sequence[float], Sequence[float]]
    middle: Sequence[float]
    central: Sequence[float]


def bands(chart: Chart, fan: Fan, names: Sequence[str]) -> Drawn:
    """The bands; `names` say under the pointer what the wide and the narrow one are."""
    every = [*fan.wide[0], *fan.wide[1], *fan.narrow[0], *fan.narrow[1], *fan.middle, *fan.central]
    finite = [v for v in every if math.isfinite(v)]
    levels = ticks(min([0.0, *finite]), max([0.0, *finite]))
    y = Scale(levels[0], levels[-1], HEIGHT - BOTTOM, 26.0)
    step = (WIDTH - LEFT - EDGE - 40) / max(len(chart.years) - 1, 1)
    xs = [LEFT + 10 + i * step for i in range(len(chart.years))]
    parts = rules(levels, y, chart.tell, chart.unit)
    parts += [below(x, year) for x, year in zip(xs, chart.years, strict=True)]
    for (low, high), fill, name in zip((fan.wide, fan.narrow), FILLS, names, strict=True):
        parts += _band(xs, y, (low, high), fill, name)
    for values, dash in ((fan.middle, ""), (fan.central, "6 4")):
        points = [(x, y(v)) for x, v in zip(xs, values, strict=True) if math.isfinite(v)]
        parts.append(line(points, class_="series", stroke=INK, stroke_dasharray=dash))
    return drawing(WIDTH, HEIGHT, chart.title, *parts)


def _band(
    xs: Sequence[float],
    y: Scale,
    ends: tuple[Sequence[float], Sequence[float]],
    fill: str,
    name: str,
) -> list[Drawn]:
    """The years in which both ends are known."""
    known = [
        (x, y(low), y(high))
        for x, low, high in zip(xs, *ends, strict=True)
        if math.isfinite(low) and math.isfinite(high)
    ]
    if not known:
        return []
    points = [(x, low) for x, low, _ in known] + [(x, high) for x, _, high in reversed(known)]
    places = " ".join(f"{x:.1f},{v:.1f}" for x, v in points)
    return [element("polygon", titled(name), points=places, fill=fill, class_="doubt")]
