"""Geo: results as layers of a map — EPCI as outlines, exchanges as arcs, with figures by year.

GeoJSON (RFC 7946: longitude and latitude in degrees), which every geographic information system
opens. A layer has one kind of geometry. Names of figures are those of the model, with unit and year
(`local_production_gwh_2050`), so that they can be used in a formula.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.painters.map import Outlines, area, centre
from model.views.sections.reader import Reader

FIGURES = {
    "final_consumption": "gwh",
    "local_production": "gwh",
    "certificate_balance": "gwh",
    "emissions": "kt",
    "cost": "meur",
    "hired_staff": "fte",
    "land": "ha",
}
"""Figures of an EPCI by year, and their unit as a suffix."""

SHARES = ("soil", "contractual", "hourly")

POINTS, BEND = 12, 0.12
"""Points of an arc, and how far it bends from the straight line, over its length."""

Feature = dict[str, Any]


def layers(reader: Reader, scenario: str, outlines: Outlines) -> dict[str, str]:
    """The layers of a scenario as texts: `epci` and, where there are any, `exchanges`."""
    found = {
        "epci": list(_epci(reader, scenario, outlines)),
        "exchanges": list(_exchanges(reader, reader.outcomes[scenario], outlines)),
    }
    return {
        name: json.dumps(
            {"type": "FeatureCollection", "name": f"{scenario} {name}", "features": features},
            ensure_ascii=False,
        )
        for name, features in found.items()
        if features
    }


def _epci(reader: Reader, scenario: str, outlines: Outlines) -> Iterator[Feature]:
    outcome, game = reader.outcomes[scenario], reader.games.get(scenario)
    people, kinds = outcome.coordinate("population"), outcome.coordinate("epci_type")
    gains = sharing.gains(game).get(reader.rule, {}) if game else {}
    for epci in outcome.labels("epci"):
        told: dict[str, object] = {
            "siren": epci,
            "name": reader.names("epci", epci),
            "type": reader.names("type", kinds[epci]),
            "population": people[epci],
            "scenario": scenario,
        }
        for figure, unit in FIGURES.items():
            for year, value in tables.at(outcome, figure, epci).items():
                told[f"{figure}_{unit}_{year}"] = value
        for kind in SHARES:
            for year, value in tables.at(outcome, "local_share", epci, definition=kind).items():
                told[f"local_share_{kind}_{year}"] = value
        if math.isfinite(gains.get(epci, math.nan)):
            told["gain_meur"], told["gain_rule"] = gains[epci], reader.names("rule", reader.rule)
        rings = [[list(map(float, point)) for point in ring] for ring in outlines.get(epci, ())]
        polygons = [[ring if area(ring) > 0 else ring[::-1]] for ring in rings]
        shape = {"type": "MultiPolygon", "coordinates": polygons} if polygons else None
        yield {"type": "Feature", "id": epci, "properties": told, "geometry": shape}


def _exchanges(reader: Reader, outcome: Result, outlines: Outlines) -> Iterator[Feature]:
    centres = {epci: centre(rings) for epci, rings in outlines.items() if rings}
    for exchange in tables.exchanges(outcome):
        ends = exchange.origin, exchange.destination
        kind = "flow" if exchange.carrier == tables.CERTIFICATE else "carrier"
        told = {
            "from_siren": ends[0],
            "to_siren": ends[1],
            "from": reader.names("epci", ends[0]),
            "to": reader.names("epci", ends[1]),
            "carrier": exchange.carrier,
            "carrier_name": reader.names(kind, exchange.carrier),
        } | {f"sent_gwh_{year}": value for year, value in exchange.sent.items()}
        known = all(end in centres for end in ends)
        line = arc(centres[ends[0]], centres[ends[1]]) if known else None
        shape = {"type": "LineString", "coordinates": line} if line else None
        yield {"type": "Feature", "properties": told, "geometry": shape}


def arc(start: tuple[float, float], end: tuple[float, float]) -> list[list[float]]:
    """A line that bends to its left, so that what goes back and forth is two lines."""
    (x, y), (u, v) = start, end
    shrink = math.cos(math.radians((y + v) / 2))
    bend = (x + u) / 2 - BEND * (v - y) / shrink * 2, (y + v) / 2 + BEND * (u - x) * shrink * 2
    points = []
    for rank in range(POINTS + 1):
        t = rank / POINTS
        weights = (1 - t) ** 2, 2 * t * (1 - t), t**2
        pairs = list(zip(weights, (start, bend, end), strict=True))
        points.append([round(sum(w * p[axis] for w, p in pairs), 5) for axis in (0, 1)])
    return points
