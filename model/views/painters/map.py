"""Atlas: the outlines of EPCI, on a plane close to Lambert-93, painted by value.

Longitudes are shrunk by the cosine of the middle latitude; over a group of EPCI this differs from
Lambert-93 by less than the thickness of a line.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from model.views.painters.palette import ABSENT, ARC, GUESSED
from model.views.painters.svg import (
    FONT,
    Attribute,
    Drawn,
    clip,
    drawing,
    element,
    path,
    text,
    titled,
)

WIDTH = 640.0
MARGIN = 30.0
LEAST = 0.8
"""Points closer than this are one."""
ROOM = (140.0, 27.0)
"""Width and height of a name and its value."""
THICK, SHORT = 12.0, 20.0
"""Thickness of the largest flow; how far from the middle of a territory it ends."""

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]
Attributes = dict[str, Attribute]
Outlines = Mapping[str, tuple[Ring, ...]]
"""The outer rings of each EPCI [degrees]."""


@dataclass(frozen=True)
class Shape:
    """An EPCI on paper: the commands of its outline and where its name goes."""

    d: str
    centre: Point


@dataclass(frozen=True)
class Arc:
    """What one EPCI sends another: its share of the largest, and what it says."""

    origin: str
    end: str
    share: float
    tip: str


@dataclass(frozen=True)
class Atlas:
    """The shapes of some EPCI, what lies around them, and the height of the sheet."""

    shapes: Mapping[str, Shape]
    height: float
    around: str = ""

    def outlines(self) -> Drawn:
        """The outlines, to stand once in the page; `draw` refers to them."""
        made = [path(s.d, id=f"epci-{code}") for code, s in self.shapes.items()]
        made.append(path(self.around, id="epci-around"))
        tip = path("M0,0L8,4L0,8Z", fill=ARC)
        size: Attributes = {"markerWidth": 15, "markerHeight": 15, "refX": 2, "refY": 4}
        units: Attributes = {"markerUnits": "userSpaceOnUse", "orient": "auto"}
        made.append(element("marker", tip, id="head", viewBox="0 0 8 8", **size, **units))
        return element("svg", element("defs", *made), width=0, height=0, aria_hidden="true")

    def draw(
        self,
        title: str,
        colour: Mapping[str, str],
        labels: Mapping[str, tuple[str, str]],
        guessed: Collection[str] = (),
        arcs: Sequence[Arc] = (),
        chosen: str = "",
    ) -> Drawn:
        """The map: each EPCI in its colour, with its name and value, hatched if it is a guess.

        A label without a value is said when it is pointed at only.
        """
        parts = [element("use", href="#epci-around", class_="around")] if self.around else []
        for code in self.shapes:
            tip = titled(": ".join(filter(None, labels.get(code, (code, "")))))
            x, y = self.shapes[code].centre
            own = {"data_epci": code, "data_at": f"{x:.1f} {y:.1f}"}
            fill, kind = colour.get(code, ABSENT), "land chosen" if code == chosen else "land"
            parts.append(element("use", tip, href=f"#epci-{code}", fill=fill, class_=kind, **own))
        parts += self.hatched(guessed)
        parts += [self._arc(arc) for arc in arcs if {arc.origin, arc.end} <= self.shapes.keys()]
        known = [code for code in self.shapes if labels.get(code, ("", ""))[1]]
        for code, (x, y) in self._places(known).items():
            name, value = labels[code]
            own = {"text_anchor": "middle", "data_epci": code}
            parts.append(text(x, y - 2, clip(name, 160), class_="place", **own))
            parts.append(text(x, y + 11, value, class_="place bold", **own))
        return drawing(WIDTH, self.height, title, *parts, kind="map")

    def apart(self, ranked: Sequence[str], room: Point) -> list[str]:
        """The EPCI whose labels, of a width and height, keep off those of all before them."""
        width, height = room
        found: dict[str, Point] = {}
        for code in ranked:
            x, y = self.shapes[code].centre
            x = min(max(x, width / 2), WIDTH - width / 2)
            near = (abs(x - p) < width and abs(y - q) < height for p, q in found.values())
            if not any(near):
                found[code] = x, y
        return list(found)

    def hatched(self, guessed: Collection[str]) -> list[Drawn]:
        """Hatches over the EPCI whose value rests on guesses."""
        fill = f"url(#{GUESSED})"
        return [
            element("use", href=f"#epci-{code}", fill=fill, class_="doubt", pointer_events="none")
            for code in self.shapes
            if code in guessed
        ]

    def _arc(self, arc: Arc) -> Drawn:
        """A bow from centre to centre, which leaves to the left of its way and stops short."""
        (x1, y1), (x2, y2) = (self.shapes[code].centre for code in (arc.origin, arc.end))
        bow = (x1 + x2) / 2 + 0.18 * (y2 - y1), (y1 + y2) / 2 - 0.18 * (x2 - x1)
        left = 1 - min(SHORT / (math.dist(bow, (x2, y2)) or 1.0), 0.5)
        x, y = bow[0] + left * (x2 - bow[0]), bow[1] + left * (y2 - bow[1])
        return path(
            f"M{x1:.1f},{y1:.1f}Q{bow[0]:.1f},{bow[1]:.1f} {x:.1f},{y:.1f}",
            title=arc.tip,
            class_="arc",
            stroke=ARC,
            stroke_width=max(THICK * arc.share, 1.0),
            marker_end="url(#head)",
        )

    def _places(self, codes: Sequence[str]) -> dict[str, Point]:
        """Where names go: at the centre, or as little below as keeps them off those above."""
        found: dict[str, Point] = {}
        for code in sorted(codes, key=lambda c: self.shapes[c].centre[1]):
            x, y = self.shapes[code].centre
            x, y = min(max(x, 66.0), WIDTH - 66.0), min(max(y, FONT), self.height - 2 * FONT)
            for px, py in sorted(found.values(), key=lambda p: p[1]):
                if abs(px - x) < ROOM[0] and abs(py - y) < ROOM[1]:
                    y = py + ROOM[1]
            found[code] = x, y
        return found


@lru_cache(maxsize=2)
def read_outlines(file: Path) -> Outlines:
    """The outer rings of each EPCI of a GeoJSON file [degrees]; none if there is no file."""
    if not file.exists():
        return {}
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["epci"]: tuple(_outer(f["geometry"])) for f in features}


def _outer(geometry: Mapping[str, Any]) -> Iterable[Ring]:
    shapes = geometry["coordinates"]
    polygons = shapes if geometry["type"] == "MultiPolygon" else [shapes]
    return (polygon[0] for polygon in polygons)


def atlas(outlines: Outlines, codes: Sequence[str]) -> Atlas:
    """The sheet that holds the outlines of some EPCI; those without outline are left out."""
    rings = {code: outlines[code] for code in codes if code in outlines}
    points = [p for group in rings.values() for ring in group for p in ring]
    if not points:
        return Atlas({}, 0.0)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * shrink, 0.7 * (north - south))
    offset = (WIDTH - (east - west) * shrink * scale) / 2

    def place(p: Sequence[float]) -> Point:
        return offset + (p[0] - west) * shrink * scale, MARGIN + (north - p[1]) * scale

    height = (north - south) * scale + 2 * MARGIN
    near = [
        ring
        for code, group in outlines.items()
        if code not in rings
        for ring in ([place(p) for p in ring] for ring in group)
        if _meets(ring, height)
    ]
    shapes = {code: _shape(group, place) for code, group in rings.items()}
    return Atlas(shapes, height, _commands(near))


def _meets(ring: Sequence[Point], height: float) -> bool:
    """Whether the box of a ring meets the sheet."""
    xs, ys = zip(*ring, strict=True)
    return bool(min(xs) < WIDTH and max(xs) > 0 and min(ys) < height and max(ys) > 0)


def _shape(group: tuple[Ring, ...], place: Callable[[Sequence[float]], Point]) -> Shape:
    rings = [[place(p) for p in ring] for ring in group]
    return Shape(_commands(rings), centre(rings))


def _commands(rings: Sequence[Sequence[Point]]) -> str:
    """The commands of rings, without the points that no one could tell from the one before."""
    made = []
    for ring in rings:
        kept = [ring[0]]
        for point in ring[1:]:
            if math.dist(point, kept[-1]) >= LEAST:
                kept.append(point)
        made.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "Z")
    return "".join(made)


def centre(rings: Sequence[Sequence[Sequence[float]]]) -> Point:
    """The centre of mass of the largest of some rings."""
    return _centre(max(rings, key=lambda ring: abs(area(ring))))


def area(ring: Sequence[Sequence[float]]) -> float:
    """The area of a ring, above zero if it turns to the left."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _centre(ring: Sequence[Sequence[float]]) -> Point:
    """The centre of mass of a ring."""
    size = area(ring)
    if abs(size) < 1e-9:
        return ring[0][0], ring[0][1]
    sums = [0.0, 0.0]
    for a, b in pairwise(ring):
        cross = a[0] * b[1] - b[0] * a[1]
        for k in (0, 1):
            sums[k] += (a[k] + b[k]) * cross
    return sums[0] / (6 * size), sums[1] / (6 * size)
