"""SVG: elements whose texts and attributes are always escaped, scales and axes.

No figure carries a `style` attribute: the page's content policy forbids it. Lengths are in user
units, drawn as pixels on a laptop.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

FONT = 13
"""Height of the texts."""
GLYPH = 0.59
"""Mean width of a glyph, as a share of the height."""

Attribute = str | float


def element(name: str, *children: str, **attributes: Attribute) -> Markup:
    """An element; `_` in an attribute's name stands for `-`, a last one is dropped.

    Children are escaped, unless they are Markup.
    """
    pairs = "".join([f' {_key(key)}="{_text(value)}"' for key, value in attributes.items()])
    inner = "".join([escape(child) for child in children])
    return Markup(f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>")


@cache
def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _text(value: Attribute) -> str:
    """A number with one decimal, which a screen shows no better; a text, escaped."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(value) if isinstance(value, str) else str(value)


def text(x: float, y: float, words: str, **attributes: Attribute) -> Markup:
    """A text at a point, on its baseline."""
    return element("text", words, x=float(x), y=float(y), **attributes)


def rectangle(x: float, y: float, width: float, height: float, **attributes: Attribute) -> Markup:
    """A rectangle by its upper left corner."""
    size = {"width": float(max(width, 0.0)), "height": float(max(height, 0.0))}
    return element("rect", *_titles(attributes), x=float(x), y=float(y), **size, **attributes)


def line(points: Iterable[tuple[float, float]], **attributes: Attribute) -> Markup:
    """A broken line."""
    path = " ".join(f"{_text(float(x))},{_text(float(y))}" for x, y in points)
    return element("polyline", *_titles(attributes), points=path, fill="none", **attributes)


def path(d: str, **attributes: Attribute) -> Markup:
    """A path by its commands."""
    return element("path", *_titles(attributes), d=d, **attributes)


def _titles(attributes: dict[str, Attribute]) -> list[Markup]:
    """The attribute `title`, taken out, as the element that shows under the pointer."""
    words = str(attributes.pop("title", ""))
    return [element("title", words)] if words else []


def drawing(width: float, height: float, title: str, *parts: str, kind: str = "") -> Markup:
    """A whole figure, which scales to its place and says what it is to a screen reader."""
    return element(
        "svg",
        element("title", title),
        *parts,
        viewBox=f"0 0 {_text(float(width))} {_text(float(height))}",
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
