"""Arcs: a small map of who sends or lends what to whom, over the outlines of the EPCI."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from model.views.painters.map import WIDTH, Atlas, Point
from model.views.painters.palette import COLOURS, OTHER
from model.views.painters.svg import Drawn, clip, drawing, element, path, spread, text, titled

ENERGY, HELP = COLOURS[3], COLOURS[5]
"""Colours of what is sent, and of who helps."""
THIN, THICK = 2.0, 9.0
BOW = 0.18
"""How far an arc leaves the straight way, as a share of it."""
ROW, EDGE, ROOM = 25.0, 130.0, 130.0
"""Height of a label, how near to the side its middle may be, and how wide a name may be."""
SPACE = (2 * EDGE, 1.5 * ROW)
"""Width and height that keep one label off another."""


@dataclass(frozen=True)
class Arc:
    """Something that goes from an EPCI to another; `share` is its part of the largest [1]."""

    origin: str
    destination: str
    share: float
    colour: str
    tip: str


def arcs(
    atlas: Atlas,
    title: str,
    colour: Mapping[str, str],
    labels: Mapping[str, tuple[str, str]],
    found: Sequence[Arc],
    guessed: Collection[str] = (),
) -> Drawn:
    """The map: each EPCI in its colour, hatched if a guess, the arcs, its label on top.

    A label without a value is said when it is pointed at only.
    """
    parts = [
        element(
            "use",
            titled(" ".join(filter(None, labels.get(code, (code,))))),
            href=f"#epci-{code}",
            fill=colour.get(code, OTHER),
            class_="land",
        )
        for code in atlas.shapes
    ]
    parts += atlas.hatched(guessed)
    for arc in found:
        if {arc.origin, arc.destination} <= atlas.shapes.keys():
            ends = (atlas.shapes[code].centre for code in (arc.origin, arc.destination))
            parts += _arc(arc, *ends)
    known = [code for code in atlas.shapes if labels.get(code, ("", ""))[1]]
    places = [atlas.shapes[code].centre[1] for code in known]
    for code, y in zip(known, spread(places, ROW, ROW, atlas.height - 8), strict=True):
        x = min(max(atlas.shapes[code].centre[0], EDGE), WIDTH - EDGE)
        name, value = labels[code]
        words = f"{clip(name, ROOM)} {value}"
        parts.append(text(x, y, words, text_anchor="middle", class_="place large"))
    return drawing(WIDTH, atlas.height, title, *parts, kind="map")


def _arc(arc: Arc, start: Point, end: Point) -> list[Drawn]:
    """A bowed line with the head of an arrow."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = math.hypot(dx, dy) or 1.0
    width = THIN + (THICK - THIN) * arc.share
    middle = (x1 + x2) / 2 - BOW * dy, (y1 + y2) / 2 + BOW * dx
    way = math.atan2(y2 - middle[1], x2 - middle[0])
    size = 5.0 + 1.4 * width
    back = size / length
    tail = x2 - back * (x2 - middle[0]) * 2, y2 - back * (y2 - middle[1]) * 2
    d = f"M{x1:.1f},{y1:.1f}Q{middle[0]:.1f},{middle[1]:.1f} {tail[0]:.1f},{tail[1]:.1f}"
    head = [(x2, y2)] + [
        (x2 - size * math.cos(way + turn) * 1.5, y2 - size * math.sin(way + turn) * 1.5)
        for turn in (-0.42, 0.42)
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in head)
    return [
        path(d, arc.tip, fill="none", stroke=arc.colour, stroke_width=width, class_="arc"),
        element("polygon", points=points, fill=arc.colour, class_="arc"),
    ]
