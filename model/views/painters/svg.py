"""SVG: elements whose texts and attributes are always escaped, scales and axes.

No figure carries a `style` attribute: the page's content policy forbids it. Lengths are in user
units, drawn as pixels on a laptop.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

FONT = 13
"""Height of the texts."""
GLYPH = 0.59
"""Mean width of a glyph, as a share of the height."""

Attribute = str | float

Drawn = NewType("Drawn", str)
"""Markup, all of whose texts are escaped: a type for the checker alone, for a page has 65 000."""


def element(name: str, *children: Drawn, **attributes: Attribute) -> Drawn:
    """An element; `_` in an attribute's name stands for `-`, a last one is dropped."""
    return _element(name, _pairs(attributes), "".join(children))


def _element(name: str, pairs: str, inner: str) -> Drawn:
    return Drawn(f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>")


def _pairs(attributes: dict[str, Attribute]) -> str:
    return "".join([_pair(key, value) for key, value in attributes.items()])


def _pair(name: str, value: Attribute) -> str:
    words = escaped(value) if isinstance(value, str) else _number(value)
    return f' {name.rstrip("_").replace("_", "-")}="{words}"'


def _number(value: float) -> str:
    """A number with one decimal, which a screen shows no better."""
    return f"{value:z.1f}".removesuffix(".0")


def escaped(words: str) -> Drawn:
    """A text as it may stand in an element or between quotes; most stand in a page many times."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Drawn(plain.replace('"', "&#34;").replace("'", "&#39;"))


def text(x: float, y: float, words: str, **attributes: Attribute) -> Drawn:
    """A text at a point, on its baseline."""
    place = f' x="{_number(x)}" y="{_number(y)}"'
    return _element("text", place + _pairs(attributes), escaped(words))


def rectangle(
    x: float, y: float, width: float, height: float, title: str = "", **attributes: Attribute
) -> Drawn:
    """A rectangle by its upper left corner; `title` shows under the pointer."""
    size = f'width="{_number(max(width, 0.0))}" height="{_number(max(height, 0.0))}"'
    place = f' x="{_number(x)}" y="{_number(y)}" {size}'
    return _element("rect", place + _pairs(attributes), titled(title))


def line(points: Iterable[tuple[float, float]], title: str = "", **attributes: Attribute) -> Drawn:
    """A broken line."""
    places = " ".join([f"{_number(x)},{_number(y)}" for x, y in points])
    pairs = f' points="{places}" fill="none"{_pairs(attributes)}'
    return _element("polyline", pairs, titled(title))


def path(d: str, title: str = "", **attributes: Attribute) -> Drawn:
    """A path by its commands."""
    return _element("path", f' d="{escaped(d)}"{_pairs(attributes)}', titled(title))


def titled(words: str) -> Drawn:
    """What shows under the pointer and is read aloud; nothing without words."""
    return Drawn(f"<title>{escaped(words)}</title>" if words else "")


def drawing(width: float, height: float, title: str, *parts: Drawn, kind: str = "") -> Drawn:
    """A whole figure, which scales to its place and says what it is to a screen reader."""
    return element(
        "svg",
        titled(title),
        *parts,
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        role="img",
        class_=f"figure {kind}".strip(),
    )


def clip(words: str, width: float) -> str:
    """Words cut, with an ellipsis, to what fits in a width."""
    room = int(width / (FONT * GLYPH))
    return words if len(words) <= room else words[: max(room - 1, 1)].rstrip() + "…"


@dataclass(frozen=True)
class Scale:
    """A linear scale from values to places."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round values that cover a range, about `count` of them, zero among them if in the range."""
    if not high > low:
        high = low + 1.0
    rough = (high - low) / count
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * k for k in (1, 2, 2.5, 5, 10) if size * k >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * i for i in range(first, last + 1)]


def classes(high: float, count: int) -> list[float]:
    """Upper bounds of classes for values up to `high`: 1, 2, 5, 10, 20, …, the last `count`."""
    high = high if high > 0 else 1.0
    power = math.floor(math.log10(high))
    series = [k * 10.0**p for p in range(power - count, power + 2) for k in (1, 2, 5)]
    top = next(i for i, bound in enumerate(series) if bound >= high * (1 - 1e-9))
    return series[top - count + 1 : top + 1]


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved as little as keeps them `gap` apart and, if there is room, within bounds."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = [min(max(places[i], low), high) for i in order]
    for i in range(1, len(moved)):
        moved[i] = max(moved[i], moved[i - 1] + gap)
    over = max(moved[-1] - high, 0.0) if moved else 0.0
    for i in range(len(moved) - 1, -1, -1):
        ceiling = high if i == len(moved) - 1 else moved[i + 1] - gap
        moved[i] = min(moved[i], ceiling) if over else moved[i]
    result = [0.0] * len(places)
    for rank, i in enumerate(order):
        result[i] = moved[rank]
    return result
