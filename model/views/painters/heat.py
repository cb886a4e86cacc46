"""Heat: a number for each pair of values, written in its cell, darker as it is larger; as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence

from model.views.painters.charts import Tell
from model.views.painters.palette import BLUES, INK, PAPER
from model.views.painters.svg import Drawn, clip, drawing, rectangle, text

WIDTH, NAMES, TOP, ROW = 560.0, 120.0, 44.0, 30.0


def heat(
    title: str,
    axes: tuple[str, str],
    head: Sequence[str],
    side: Sequence[str],
    cells: Sequence[Sequence[float]],
    tell: Tell,
) -> Drawn:
    """Cells by row (`side`, the first axis) and column (`head`, the second); blank if absent."""
    known = [v for row in cells for v in row if math.isfinite(v)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    wide = (WIDTH - NAMES) / len(head)
    parts = [
        text(4, 14, clip(f"{axes[0]} ↓", NAMES + 100), class_="unit"),
        text(WIDTH - 4, 14, clip(f"{axes[1]} →", WIDTH - 240), text_anchor="end", class_="unit"),
    ]
    for k, name in enumerate(head):
        x = NAMES + (k + 0.5) * wide
        parts.append(text(x, TOP - 8, clip(name, wide), text_anchor="middle", class_="tick"))
    for i, (name, row) in enumerate(zip(side, cells, strict=True)):
        y = TOP + i * ROW
        parts.append(text(NAMES - 8, y + 20, clip(name, NAMES - 12), text_anchor="end"))
        for k, value in enumerate(row):
            if math.isfinite(value):
                rank = round((len(BLUES) - 1) * (value - low) / ((high - low) or 1.0))
                ink = PAPER if rank >= len(BLUES) - 2 else INK
                box = (NAMES + k * wide, y, wide - 2, ROW - 2)
                tip = f"{axes[0]} {name}, {axes[1]} {head[k]}: {tell(value)}"
                parts.append(rectangle(*box, fill=BLUES[rank], title=tip))
                x = NAMES + (k + 0.5) * wide
                parts.append(text(x, y + 19, tell(value), text_anchor="middle", fill=ink))
    return drawing(WIDTH, TOP + ROW * len(side) + 4, title, *parts)
