"""Figures of bars: a waterfall, a supply curve and a bar of shares, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from model.views.painters.charts import LEFT, WIDTH, Series, Tell, below, rules, upright
from model.views.painters.palette import DARK, INK, PAPER
from model.views.painters.svg import (
    FONT,
    GLYPH,
    Drawn,
    Scale,
    clip,
    drawing,
    element,
    line,
    rectangle,
    text,
    ticks,
)

ROW, NAMES, VALUES = 25.0, 240.0, 70.0
"""Height of a row of a waterfall; room for the names and for the values beside its bars."""


@dataclass(frozen=True)
class Step:
    """A bar of a waterfall: a change from the bar before, or a total from zero."""

    name: str
    value: float
    fill: str
    total: bool = False


def waterfall(
    title: str, unit: str, steps: Sequence[Step], tell: Tell, signed: Tell, base: float = 0.0
) -> Drawn:
    """Bars from a first total to a last one, each with its name at the left; totals from `base`."""
    ends = list(accumulate(steps, lambda at, s: s.value if s.total else at + s.value, initial=base))
    x = Scale(min(ends), max(ends), NAMES, WIDTH - VALUES)
    parts = [text(NAMES, 12, unit, class_="unit")]
    for i, (step, (before, end)) in enumerate(zip(steps, pairwise(ends), strict=True)):
        top = 20 + i * ROW
        a, b = sorted((x(base if step.total else before), x(end)))
        value = (tell if step.total else signed)(step.value)
        tip = f"{step.name}: {value} {unit}"
        parts.append(
            element(
                "g",
                text(NAMES - 8, top + 14, clip(step.name, NAMES - 12), text_anchor="end"),
                rectangle(a, top, max(b - a, 1.0), ROW - 7, fill=step.fill, title=tip),
                text(b + 5, top + 14, value),
                class_="bold" if step.total else "change",
            )
        )
        if i < len(steps) - 1 and not (step.total and steps[i + 1].total):
            parts.append(line([(x(end), top + ROW - 7), (x(end), top + ROW)], class_="axis"))
    return drawing(WIDTH, 24 + len(steps) * ROW, title, *parts)


@dataclass(frozen=True)
class Block:
    """A block of a supply curve."""

    name: str
    amount: float
    cost: float
    fill: str


def supply_curve(title: str, units: tuple[str, str], blocks: Sequence[Block], tell: Tell) -> Drawn:
    """Blocks side by side: the width is the amount, the height the cost; numbered in order."""
    edges = list(accumulate((block.amount for block in blocks), initial=0.0))
    costs = [block.cost for block in blocks]
    levels = ticks(min([0.0, *costs]), max([0.0, *costs]))
    x, y = Scale(0.0, edges[-1], LEFT, WIDTH - 20), upright(levels)
    parts = rules(levels, y, tell, units[1], 20)
    *marks, last = (level for level in ticks(0.0, edges[-1]) if level <= edges[-1])
    parts += [below(x(level), tell(level)) for level in marks]
    parts.append(below(min(x(last), WIDTH - 50), f"{tell(last)} {units[0]}"))
    for i, (block, (start, end)) in enumerate(zip(blocks, pairwise(edges), strict=True), 1):
        top, bottom = sorted((y(0.0), y(block.cost)))
        wide = x(end) - x(start)
        tip = f"{i}. {block.name}: {tell(block.amount)} {units[0]}, {tell(block.cost)} {units[1]}"
        box = (x(start), top - 3, wide, bottom - top + 3)
        parts.append(rectangle(*box, fill=block.fill, stroke=PAPER, title=tip))
        if wide > FONT * GLYPH * (len(str(i)) + 0.4):
            parts.append(text(x(start) + wide / 2, top - 6, str(i), text_anchor="middle"))
    return drawing(WIDTH, y.start + 26, title, *parts)


def share_bar(title: str, shares: Sequence[Series], percent: Tell) -> Drawn:
    """One bar cut in shares that sum to 1, with the larger shares written on it."""
    width, high = 360.0, 22.0
    parts, x = [], 0.0
    for share in shares:
        value = share.values[0]
        wide, words = value * width, percent(value)
        tip = f"{share.name}: {words}"
        parts.append(rectangle(x, 0, wide, high, fill=share.fill, title=tip))
        if wide > FONT * GLYPH * (len(words) + 1):
            ink = PAPER if share.fill in DARK else INK
            parts.append(text(x + wide / 2, 15.5, words, text_anchor="middle", fill=ink))
        x += wide
    return drawing(width, high, title, *parts)
