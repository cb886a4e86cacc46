"""Figures over an axis of years: what they share, and stacked columns, as SVG.

Nothing is computed here but places on paper: names, order and units are those of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from model.views.painters.svg import (
    Drawn,
    Scale,
    clip,
    drawing,
    line,
    rectangle,
    text,
    ticks,
)

Tell = Callable[[float], str]
"""Writes a number in the reader's locale."""

WIDTH, HEIGHT = 560.0, 300.0
LEFT, TOP, BOTTOM, EDGE = 62.0, 26.0, 26.0, 8.0
LEAST = 0.03
"""Share of the height below which what is under zero has no scale of its own."""


@dataclass(frozen=True)
class Chart:
    """What every figure over years needs: its title, its unit, its years, how to write a number.

    Lines may leave zero out of their axis (`zero`); columns never do.
    """

    title: str
    unit: str
    years: Sequence[str]
    tell: Tell
    zero: bool = True


@dataclass(frozen=True)
class Series:
    """One thing over the years: its name, its values, how it is painted; a quiet line is grey."""

    name: str
    values: Sequence[float]
    fill: str
    dash: str = ""
    loud: bool = True


@dataclass(frozen=True)
class Mark:
    """A value to reach, in the year of a rank."""

    rank: int
    value: float
    name: str


def columns(chart: Chart, series: Sequence[Series], marks: Sequence[Mark] = ()) -> Drawn:
    """Stacked columns; what is below zero is stacked downwards."""
    ups, downs = _totals(chart, series, 1), _totals(chart, series, -1)
    high, low = max([*ups, *(m.value for m in marks)]), min([*downs, 0.0])
    levels = ticks(low if -low > LEAST * high else 0.0, high)
    y = upright(levels)
    wide = (WIDTH - LEFT - EDGE) / len(chart.years)
    parts = rules(levels, y, chart.tell, chart.unit)
    for i, up in enumerate(ups):
        left = LEFT + i * wide
        parts += _column(chart, series, i, (left + 0.14 * wide, 0.72 * wide, y))
        middle = left + wide / 2
        net = chart.tell(up + downs[i])
        parts += [text(middle, y(up) - 4, net, text_anchor="middle")] if up else []
        parts.append(below(middle, chart.years[i]))
    for mark in marks:
        x, place = LEFT + mark.rank * wide, y(mark.value)
        parts += aim(mark, (x, x + wide), place, (x - 4, place + 4))
    return drawing(WIDTH, HEIGHT, chart.title, *parts)


def _totals(chart: Chart, series: Sequence[Series], sign: int) -> list[float]:
    """Sums by year of what has a sign."""
    count = len(chart.years)
    return [sum(s.values[i] for s in series if s.values[i] * sign > 0) for i in range(count)]


def _column(
    chart: Chart, series: Sequence[Series], i: int, place: tuple[float, float, Scale]
) -> Iterator[Drawn]:
    """The blocks of a year."""
    x, wide, y = place
    level = {True: 0.0, False: 0.0}
    for s in series:
        value = s.values[i]
        start = level[value >= 0]
        level[value >= 0] += value
        top, bottom = sorted((y(start), y(start + value)))
        tip = f"{s.name}, {chart.years[i]}: {chart.tell(value)} {chart.unit}"
        if bottom - top > 0.05:
            yield rectangle(x, top, wide, bottom - top, fill=s.fill, title=tip)


def upright(levels: Sequence[float]) -> Scale:
    """The vertical scale over levels."""
    return Scale(levels[0], levels[-1], HEIGHT - BOTTOM, TOP)


def rules(
    levels: Sequence[float], y: Scale, tell: Tell, unit: str, right: float = EDGE
) -> list[Drawn]:
    """Horizontal rules with their values, and the unit above them."""
    parts = [text(4, 12, unit, class_="unit")]
    for level in levels:
        kind = "rule" if level else "axis"
        parts.append(line([(LEFT, y(level)), (WIDTH - right, y(level))], class_=kind))
        parts.append(text(LEFT - 6, y(level) + 4, tell(level), text_anchor="end", class_="tick"))
    return parts


def below(x: float, words: str) -> Drawn:
    """Words below the axis."""
    return text(x, HEIGHT - 8, words, text_anchor="middle", class_="tick")


def aim(
    mark: Mark, ends: tuple[float, float], place: float, at: tuple[float, float]
) -> list[Drawn]:
    """A line between its ends, and its name, which ends at a point."""
    name = text(*at, clip(mark.name, at[0] - LEFT), text_anchor="end", class_="aim")
    return [line([(x, place) for x in ends], class_="aim", title=mark.name), name]
