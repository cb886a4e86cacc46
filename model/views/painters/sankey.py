"""Sankey diagrams: what flows from one column of names to the next, as wide as it is large."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.views.painters.charts import Tell
from model.views.painters.palette import OTHER
from model.views.painters.svg import FONT, Drawn, clip, drawing, path, rectangle, spread, text

THICK, GAP, TOP = 12.0, 7.0, 8.0
NARROW, MARGINS = 800.0, (190.0, 290.0)
"""Room for the names beside the first and the last column, of a narrow and of a wide figure."""

Node = tuple[int, str]
"""A column, counted from 0, and a name in it."""


@dataclass(frozen=True)
class Flow:
    """A flow between two nodes of successive columns."""

    origin: Node
    end: Node
    amount: float


@dataclass(frozen=True)
class Layout:
    """Where the nodes stand: amounts by node, tops, the x of each column, height of a unit."""

    sizes: Mapping[Node, float]
    tops: Mapping[Node, float]
    xs: Sequence[float]
    scale: float
    height: float
    margin: float

    def column(self, k: int) -> list[Node]:
        """The nodes of a column, from the top."""
        return [node for node in self.sizes if node[0] == k]


def sankey(
    title: str,
    unit: str,
    flows: Sequence[Flow],
    fill: Mapping[Node, str],
    tell: Tell,
    width: float = 560.0,
) -> Drawn:
    """Nodes in the order in which flows name them; a flow has the colour of its origin."""
    flows = [flow for flow in flows if flow.amount > 0]
    layout = _layout(flows, width)
    parts = _ribbons(flows, layout, fill, lambda v: f"{tell(v)} {unit}")
    for node, size in layout.sizes.items():
        high = max(size * layout.scale, 1.0)
        tip = f"{node[1]}: {tell(size)} {unit}"
        box = (layout.xs[node[0]], layout.tops[node], THICK, high)
        parts.append(rectangle(*box, fill=fill.get(node, OTHER), title=tip))
    for k in range(len(layout.xs)):
        parts += _names(k, layout, tell)
    return drawing(width, layout.height + 2 * TOP, title, *parts)


def _layout(flows: Sequence[Flow], width: float) -> Layout:
    sizes = _sizes(flows)
    last = max((column for column, _ in sizes), default=1)
    count = Counter(column for column, _ in sizes)
    weight: Counter[int] = Counter()
    for (column, _), size in sizes.items():
        weight[column] += size  # type: ignore[assignment]
    most = max(count.values(), default=1)
    height = max(220.0, most * (FONT + 8.0))
    scale = (height - (most + 1) * GAP) / max(weight.values(), default=1)
    tops: dict[Node, float] = {}
    for k in range(last + 1):
        gap = (height - weight[k] * scale) / (count[k] + 1)
        y = TOP + gap
        for node in sizes:
            if node[0] == k:
                tops[node] = y
                y += sizes[node] * scale + gap
    margin = MARGINS[width > NARROW]
    step = (width - 2 * margin - THICK) / last
    xs = [margin + k * step for k in range(last + 1)]
    return Layout(sizes, tops, xs, scale, height, margin)


def _sizes(flows: Sequence[Flow]) -> dict[Node, float]:
    """The larger of what enters and leaves each node."""
    into: dict[Node, float] = defaultdict(float)
    out: dict[Node, float] = defaultdict(float)
    for flow in flows:
        out[flow.origin] += flow.amount
        into[flow.end] += flow.amount
    order = dict.fromkeys([*(f.origin for f in flows), *(f.end for f in flows)])
    return {node: max(into[node], out[node]) for node in order}


def _ribbons(
    flows: Sequence[Flow], layout: Layout, fill: Mapping[Node, str], tell: Tell
) -> list[Drawn]:
    """Ribbons that leave and arrive in the order of the nodes at their other end."""
    starts, ends, arrival = dict(layout.tops), dict(layout.tops), {}
    rank = {node: i for i, node in enumerate(layout.tops)}
    for flow in sorted(flows, key=lambda f: rank[f.origin]):
        arrival[flow] = ends[flow.end]
        ends[flow.end] += flow.amount * layout.scale
    drawn = []
    for flow in sorted(flows, key=lambda f: rank[f.end]):
        thick = flow.amount * layout.scale
        x1, x2 = layout.xs[flow.origin[0]] + THICK, layout.xs[flow.end[0]]
        y1, y2 = starts[flow.origin] + thick / 2, arrival[flow] + thick / 2
        starts[flow.origin] += thick
        middle = (x1 + x2) / 2
        d = f"M{x1:.1f},{y1:.1f}C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
        tip = f"{flow.origin[1]} → {flow.end[1]}: {tell(flow.amount)}"
        stroke = fill.get(flow.origin, OTHER)
        drawn.append(
            path(d, class_="ribbon", title=tip, stroke=stroke, stroke_width=max(thick, 0.4))
        )
    return drawn


def _names(k: int, layout: Layout, tell: Tell) -> list[Drawn]:
    """Names beside the nodes of a column: left of the first column, right of the others."""
    nodes = layout.column(k)
    middles = [layout.tops[node] + layout.sizes[node] * layout.scale / 2 for node in nodes]
    places = spread(middles, FONT + 2, TOP + FONT / 2, layout.height + TOP)
    at, anchor = (layout.xs[k] - 5, "end") if k == 0 else (layout.xs[k] + THICK + 5, "start")
    return [
        text(
            at,
            y + 4,
            f"{clip(node[1], layout.margin - 60)} {tell(layout.sizes[node])}",
            text_anchor=anchor,
            class_="halo",
        )
        for node, y in zip(nodes, places, strict=True)
    ]
