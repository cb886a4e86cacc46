"""Lines over the years, of which at most six speak, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from model.views.painters.charts import (
    BOTTOM,
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    Chart,
    Mark,
    Series,
    aim,
    below,
    rules,
    upright,
)
from model.views.painters.palette import RED
from model.views.painters.svg import (
    FONT,
    GLYPH,
    Drawn,
    Scale,
    clip,
    drawing,
    element,
    line,
    spread,
    text,
    ticks,
    titled,
)

NAMES = 208.0
"""Room for the names at the end of lines."""
LEADING = 13.0
"""Height of a line of a name."""
LOUD = 6
"""Lines of a figure that speak: the rest are grey, and have no name."""


@dataclass(frozen=True)
class End:
    """What is named at the right: its name, its colour, the point that it ends at."""

    name: str
    fill: str
    at: tuple[float, float]
    kind: str = "name"


def lines(chart: Chart, series: Sequence[Series], marks: Sequence[Mark] = ()) -> Drawn:
    """Lines, at most six of them named at their end; years without a value are left out.

    What leads from a line to its name is thin and grey: it must not read as more of the line.
    """
    drawn = [s for s in series if any(map(math.isfinite, s.values))]
    finite = [v for s in drawn for v in s.values if math.isfinite(v)]
    reach = [*finite, *(m.value for m in marks), *([0.0] if chart.zero or not finite else [])]
    levels = ticks(min(reach), max(reach))
    y = upright(levels)
    step = (WIDTH - LEFT - NAMES - 10) / max(len(chart.years) - 1, 1)
    xs = [LEFT + 10 + i * step for i in range(len(chart.years))]
    parts = rules(levels, y, chart.tell, chart.unit, NAMES)
    parts += [below(x, year) for x, year in zip(xs, chart.years, strict=True)]
    loud = [s for s in drawn if s.loud][:LOUD]
    for s in drawn:
        if s not in loud:
            parts.append(line(_points(s, xs, y), class_="quiet", title=s.name))
    for s in loud:
        points = _points(s, xs, y)
        paint = {"stroke": s.fill, "stroke_dasharray": s.dash}
        parts.append(line(points, class_="series", title=s.name, **paint))
        for x, value, year in zip(xs, s.values, chart.years, strict=True):
            if math.isfinite(value):
                tip = f"{s.name}, {year}: {chart.tell(value)} {chart.unit}"
                parts.append(_point(x, y(value), s.fill, tip))
    ends = [End(s.name, s.fill, _points(s, xs, y)[-1]) for s in loud]
    for mark in marks:
        x, place = xs[mark.rank], y(mark.value)
        if x == xs[-1]:
            parts.append(line([(x - step / 2, place), (x, place)], class_="aim", title=mark.name))
            told = f"{mark.name} {chart.tell(mark.value)}"
            ends.append(End(told, RED, (x, place), "aim"))
        else:
            parts += aim(mark, (x - step / 2, x), place, (x, _clear(mark, drawn, y)))
    return drawing(WIDTH, HEIGHT, chart.title, *parts, *_names(ends))


def _points(s: Series, xs: Sequence[float], y: Scale) -> list[tuple[float, float]]:
    return [(x, y(v)) for x, v in zip(xs, s.values, strict=True) if math.isfinite(v)]


def _point(x: float, y: float, fill: str, tip: str = "") -> Drawn:
    return element("circle", titled(tip), cx=x, cy=y, r=2.7, fill=fill)


def _names(ends: Sequence[End]) -> list[Drawn]:
    """The names beside the ends of their lines, apart from one another, each with its colour."""
    told = wrapped([end.name for end in ends])
    gap = LEADING * max(map(len, told), default=1) + 4
    low, high = TOP + gap / 2 - 6, HEIGHT - BOTTOM - gap / 2 + 8
    places = spread([end.at[1] for end in ends], gap, low, high)
    parts = []
    for end, words, place in zip(ends, told, places, strict=True):
        x, y = end.at
        if abs(y - place) > 2:
            parts.append(line([(x + 5, y), (x + 16, place), (x + 20, place)], class_="leader"))
        parts.append(_point(x + 25, place, end.fill))
        top = place + 4 - LEADING * (len(words) - 1) / 2
        for i, row in enumerate(words):
            parts.append(text(x + 33, top + LEADING * i, row, class_=end.kind, data_fill=end.fill))
    return parts


def wrapped(names: Sequence[str], width: float = NAMES - 34) -> list[list[str]]:
    """Names on two lines at most, cut where they must be, no two of them alike."""
    made = [_wrapped(name, width, 0) for name in names]
    twice = [name for name in made if made.count(name) > 1]
    made = [_wrapped(n, width, 1) if m in twice else m for n, m in zip(names, made, strict=True)]
    return [
        [*m[:-1], f"{m[-1][:-2]} {made[:i].count(m) + 1}"] if m in made[:i] else m
        for i, m in enumerate(made)
    ]


def _wrapped(name: str, width: float, tail: int) -> list[str]:
    """A name on two lines; what must go is at its end, or before its end (`tail`)."""
    room = int(width / (FONT * GLYPH))
    found = wrap(name, room) or [""]
    if len(found) <= 2:
        return found
    return [found[0], f"…{name[1 - room :]}" if tail else clip(f"{found[1]} {found[2]}", width)]


def _clear(mark: Mark, drawn: Sequence[Series], y: Scale) -> float:
    """The height of a name over the lines around a mark, or under it if all are above."""
    if all(s.values[mark.rank] > mark.value for s in drawn):
        return y(mark.value) + FONT + 3
    near = [v for s in drawn for v in s.values[max(mark.rank - 1, 0) : mark.rank + 1]]
    return y(max([mark.value, *filter(math.isfinite, near)])) - 6
