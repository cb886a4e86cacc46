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

from model.views.painters.palette import GUESSED, OTHER
from model.views.painters.svg import FONT, Drawn, clip, drawing, element, path, spread, text, titled

WIDTH = 560.0
MARGIN = 12.0

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]
Outlines = Mapping[str, tuple[Ring, ...]]
"""The outer rings of each EPCI [degrees]."""


@dataclass(frozen=True)
class Shape:
    """An EPCI on paper: the commands of its outline and where its name goes."""

    d: str
    centre: Point


@dataclass(frozen=True)
class Atlas:
    """The shapes of some EPCI and the height of the sheet that holds them."""

    shapes: Mapping[str, Shape]
    height: float

    def outlines(self) -> Drawn:
        """The outlines, to stand once in the page; `draw` refers to them."""
        made = [path(s.d, id=f"epci-{code}") for code, s in self.shapes.items()]
        return element("svg", element("defs", *made), width=0, height=0, aria_hidden="true")

    def draw(
        self,
        title: str,
        colour: Mapping[str, str],
        labels: Mapping[str, tuple[str, str]],
        guessed: Collection[str] = (),
    ) -> Drawn:
        """The map: each EPCI in its colour, with its name and value; hatched if it is a guess."""
        parts = []
        for code in self.shapes:
            tip = titled(": ".join(labels.get(code, (code, ""))))
            fill = colour.get(code, OTHER)
            parts.append(element("use", tip, href=f"#epci-{code}", fill=fill, class_="land"))
        parts += self.hatched(guessed)
        known = [code for code in self.shapes if code in labels]
        ys = spread([self.shapes[c].centre[1] for c in known], FONT + 1, FONT, self.height - FONT)
        for code, y in zip(known, ys, strict=True):
            name, value = labels[code]
            x = min(max(self.shapes[code].centre[0], 66.0), WIDTH - 66.0)
            parts.append(text(x, y - 2, clip(name, 132), text_anchor="middle", class_="place"))
            parts.append(text(x, y + 11, value, text_anchor="middle", class_="place bold"))
        return drawing(WIDTH, self.height, title, *parts, kind="map")

    def hatched(self, guessed: Collection[str]) -> list[Drawn]:
        """Hatches over the EPCI whose value rests on guesses."""
        fill = f"url(#{GUESSED})"
        return [
            element("use", href=f"#epci-{code}", fill=fill, class_="doubt", pointer_events="none")
            for code in self.shapes
            if code in guessed
        ]


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

    shapes = {code: _shape(group, place) for code, group in rings.items()}
    return Atlas(shapes, (north - south) * scale + 2 * MARGIN)


def _shape(group: tuple[Ring, ...], place: Callable[[Sequence[float]], Point]) -> Shape:
    rings = [[place(p) for p in ring] for ring in group]
    d = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in rings)
    return Shape(d, centre(rings))


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
