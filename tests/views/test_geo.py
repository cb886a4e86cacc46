"""Layers of a map read back: outlines on the ground, arcs between them, the figures of results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest import approx

import run
from model.views.painters.map import area, centre
from model.views.publishing.geo import arc
from tests.views_case import EPCI, NAMES, family, game, stand

FRANCE = (-5.5, 41.0, 10.0, 51.5)
"""West, south, east and north of the mainland [degrees]."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layers of two scenarios, one of them alone."""
    home, to = tmp_path_factory.mktemp("results"), tmp_path_factory.mktemp("layers")
    for name, outcome in family(2).items():
        stand(home, name, outcome)
    game().to_netcdf(home / "spl-1" / "cooperation.nc", engine="netcdf4")
    for lang in ("en", "fr"):
        options = ["--format", "geojson", "--results", str(home), "--to", str(to), "--lang", lang]
        assert run.main(["export", *options]) == 0
    return to


def read(path: Path) -> list[dict[str, Any]]:
    """The features of a layer, if it is GeoJSON as RFC 7946 has it."""
    layer = json.loads(path.read_text(encoding="utf-8"))
    assert layer["type"] == "FeatureCollection"
    assert "crs" not in layer
    for feature in layer["features"]:
        assert set(feature) >= {"type", "properties", "geometry"}
        assert feature["type"] == "Feature"
        flat = feature["properties"].values()
        assert all(isinstance(value, (str, int, float)) for value in flat)
    return layer["features"]


def on_the_ground(points: list[list[float]]) -> bool:
    west, south, east, north = FRANCE
    return all(west < x < east and south < y < north for x, y in points)


def test_a_layer_for_each_scenario_and_language(folder):
    names = {path.name for path in folder.iterdir()}
    assert names == {
        f"{name}.{lang}.geojson"
        for name in ("spl-1.epci", "spl-1.exchanges", "alone.epci")
        for lang in ("en", "fr")
    }


def test_outlines_are_closed_turn_left_and_carry_the_figures(folder):
    outcome = family(2)["spl-1"]
    features = read(folder / "spl-1.epci.en.geojson")
    assert [feature["id"] for feature in features] == list(EPCI[:3])
    for feature in features:
        assert feature["geometry"]["type"] == "MultiPolygon"
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                assert area(ring) > 0
                assert on_the_ground(ring)
        told, own = feature["properties"], outcome.sel(epci=feature["id"])
        assert told["name"] == NAMES[feature["id"]]
        made = float(own["local_production"].sel(year=2050).sum())
        assert told["local_production_gwh_2050"] == approx(made)
        assert told["local_share_soil_2030"] == approx(
            float(own["local_share"].sel(definition="soil", year=2030))
        )
        assert told["gain_meur"] == approx(90.0 if feature["id"] == EPCI[0] else 5.0)


def test_an_arc_goes_from_centre_to_centre(folder):
    outlines = {f["id"]: f["geometry"] for f in read(folder / "spl-1.epci.en.geojson")}
    centres = {
        epci: centre([polygon[0] for polygon in shape["coordinates"]])
        for epci, shape in outlines.items()
    }
    outcome = family(2)["spl-1"]
    features = read(folder / "spl-1.exchanges.en.geojson")
    assert len(features) == len([x for x in outcome["link"].values if not x.endswith("staff")])
    for feature in features:
        told, line = feature["properties"], feature["geometry"]
        assert line["type"] == "LineString"
        assert line["coordinates"][0] == approx(centres[told["from_siren"]], abs=1e-4)
        assert line["coordinates"][-1] == approx(centres[told["to_siren"]], abs=1e-4)
        link = f"{told['from_siren']}>{told['to_siren']}:{told['carrier']}"
        sent = float(outcome["exchange"].sel(link=link, year=2050))
        assert told["sent_gwh_2050"] == approx(sent)


def test_there_and_back_are_two_lines():
    """At the equator, from (0, 0) to (1, 0): it bends north by 0.12; back, south."""
    there, back = arc((0.0, 0.0), (1.0, 0.0)), arc((1.0, 0.0), (0.0, 0.0))
    assert there[0] == [0.0, 0.0]
    assert there[6] == approx([0.5, 0.12])
    assert back[6] == approx([0.5, -0.12])
    assert back[-1] == [0.0, 0.0]


def test_words_are_those_of_the_language(folder):
    english, french = (
        {f["properties"]["carrier_name"] for f in read(folder / f"spl-1.exchanges.{lang}.geojson")}
        for lang in ("en", "fr")
    )
    assert english == {"Electricity", "Certificates of origin"}
    assert french == {"Électricité", "Garanties d'origine"}
