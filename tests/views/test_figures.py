"""Figures are well-formed, stay on their paper, and keep the proportions of what they show."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from model.views.painters import bars
from model.views.painters import charts as figures
from model.views.painters.charts import Chart, Mark, Series
from model.views.painters.dots import dots
from model.views.painters.heat import heat
from model.views.painters.map import atlas, read_outlines
from model.views.painters.palette import (
    BLUES,
    COLOURS,
    STATUS_COLOURS,
    carrier_fills,
    fills,
    strokes,
)
from model.views.painters.sankey import Flow, sankey
from model.views.painters.svg import classes, clip, element, escaped, spread, text, ticks, titled

CHART = Chart("Production", "GWh/an", ("2020", "2030", "2050"), lambda v: f"{v:.0f}")
HOSTILE = '</svg><script>alert("1")</script>&'


def parsed(svg: str) -> ET.Element:
    """The figure, parsed as XML."""
    return ET.fromstring(svg)


def numbers(root: ET.Element, tag: str, name: str) -> list[float]:
    """An attribute of every element of a kind."""
    return [float(node.attrib[name]) for node in root.iter(tag)]


def test_an_element_escapes_all_it_is_given() -> None:
    inside = text(1, 2.0, HOSTILE)
    node = parsed(element("g", titled(HOSTILE), inside, class_='"><b>', data_x=1.25))
    assert node.attrib == {"class": '"><b>', "data-x": "1.2"}
    assert [(child.tag, child.text) for child in node] == [("title", HOSTILE), ("text", HOSTILE)]
    assert escaped(HOSTILE + "'") == escape(HOSTILE + "'")


def test_columns_are_as_high_as_their_values() -> None:
    series = [Series("Wind", (100, 200, 400), "#111"), Series("Wood", (0, 100, -200), "#222")]
    root = parsed(figures.columns(CHART, series, [Mark(2, 500.0, "Aim")]))
    high = {
        (r.attrib["fill"], i): float(r.attrib["height"]) for i, r in enumerate(root.iter("rect"))
    }
    heights = list(high.values())
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert heights[2] == pytest.approx(heights[0], abs=0.2)
    assert root.findtext("rect/title") == "Wind, 2020: 100 GWh/an"
    words = [t.text for t in root.iter("text")]
    assert {"300", "200", "Aim", "2050", "GWh/an"} <= set(words)


def test_a_waterfall_steps_from_end_to_end() -> None:
    steps = [
        bars.Step("2020", 1300, "#111", True),
        bars.Step("wind", 500, "#222"),
        bars.Step("wood", -200, "#333"),
        bars.Step("2050", 1600, "#111", True),
    ]
    root = parsed(bars.waterfall("t", "GWh", steps, str, "{:+}".format))
    left, wide = numbers(root, "rect", "x"), numbers(root, "rect", "width")
    assert left[1] == pytest.approx(left[0] + wide[0], abs=0.2)
    assert left[2] + wide[2] == pytest.approx(left[1] + wide[1], abs=0.2)
    assert left[2] == pytest.approx(left[3] + wide[3], abs=0.2)
    assert wide[1] / wide[0] == pytest.approx(500 / 1300, abs=0.01)


def test_a_supply_curve_is_as_wide_as_the_savings() -> None:
    blocks = [bars.Block("a", 100, 0, "#1"), bars.Block("b", 300, 50, "#2")]
    root = parsed(bars.supply_curve("t", ("GWh", "€/MWh"), blocks, "{:.0f}".format))
    wide = numbers(root, "rect", "width")
    assert wide[1] == pytest.approx(3 * wide[0], abs=0.2)


def test_a_bar_of_shares_is_full() -> None:
    shares = [Series("a", (0.25,), "#004c76"), Series("b", (0.75,), "#8cc4e4")]
    root = parsed(bars.share_bar("t", shares, "{:.0%}".format))
    assert sum(numbers(root, "rect", "width")) == pytest.approx(360, abs=0.2)


def test_a_sankey_conserves_what_flows() -> None:
    flows = [
        Flow((0, "wind"), (1, "power"), 300),
        Flow((0, "wood"), (1, "heat"), 100),
        Flow((1, "power"), (2, "homes"), 200),
        Flow((1, "power"), (2, "shops"), 100),
        Flow((1, "heat"), (2, "homes"), 100),
        Flow((0, "none"), (1, "power"), 0),
    ]
    root = parsed(sankey("t", "GWh", flows, {}, "{:.0f}".format))
    words = {t.text for t in root.iter("text")}
    assert {"wind 300", "power 300", "homes 300", "shops 100"} <= words
    assert not any("none" in (w or "") for w in words)
    ribbons = numbers(root, "path", "stroke-width")
    assert len(ribbons) == 5
    nodes = numbers(root, "rect", "height")
    assert sum(ribbons) == pytest.approx(2 * sum(nodes) / 3, rel=0.02)


def test_every_text_of_a_sankey_is_on_its_paper() -> None:
    flows = [Flow((0, f"o{i}"), (1, f"e{j}"), 1 + i * j) for i in range(12) for j in range(12)]
    root = parsed(sankey("t", "GWh", flows, {}, "{:.0f}".format))
    high = float(root.attrib["viewBox"].split()[3])
    assert all(0 < y <= high for y in numbers(root, "text", "y"))


@given(st.floats(-1e7, 1e7), st.floats(0.001, 1e7))
def test_ticks_cover_the_range_with_round_steps(low: float, width: float) -> None:
    found = ticks(low, low + width)
    step = found[1] - found[0]
    assert found[0] <= low + 1e-6 * step
    assert found[-1] >= low + width - 1e-6 * step
    assert 2 <= len(found) <= 9


@given(st.floats(1e-3, 1e9), st.integers(3, 6))
def test_classes_cover_the_values(high: float, count: int) -> None:
    found = classes(high, count)
    assert len(found) == count
    assert found == sorted(set(found))
    assert high <= found[-1] * (1 + 1e-9) <= 3 * high


@given(st.lists(st.floats(0, 300), max_size=12))
def test_places_are_spread_in_order(places: list[float]) -> None:
    moved = spread(places, 14, 0, 300)
    ranked = sorted(range(len(places)), key=lambda i: places[i])
    assert all(moved[b] - moved[a] >= 14 - 1e-6 for a, b in pairwise(ranked))
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in moved)


def test_words_are_cut_to_their_room() -> None:
    assert clip("short", 200) == "short"
    assert len(clip("a very long name of a technology", 100)) < 14
    assert clip("a very long name of a technology", 100).endswith("…")


def test_no_two_series_look_alike() -> None:
    labels = [str(i) for i in range(16)]
    assert len(set(fills(labels).values())) == 16
    assert len(set(strokes([str(i) for i in range(32)]).values())) == 32
    carriers = ["electricity", "wood", "gas", "waste", "farm-residues"]
    assert len(set(carrier_fills(carriers).values())) == 5


def test_colours_are_apart_in_grey() -> None:
    """Statuses are told by lightness alone; the palette holds dark, middle and light tones."""

    def light(colour: str) -> float:
        r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 0.2126 * r**2.2 + 0.7152 * g**2.2 + 0.0722 * b**2.2

    tones = [light(colour) for colour in STATUS_COLOURS.values()]
    assert all(b - a > 0.05 for a, b in pairwise(tones))
    assert max(map(light, COLOURS)) - min(map(light, COLOURS)) > 0.5


def test_the_atlas_keeps_shapes_and_leaves_out_unknown_codes() -> None:
    square = [(0.0, 49.0), (1.0, 49.0), (1.0, 50.0), (0.0, 50.0), (0.0, 49.0)]
    sheet = atlas({"111": (square,), "222": (square,)}, ["111", "333"])
    assert set(sheet.shapes) == {"111"}
    xs, ys = zip(
        *(map(float, p.split(",")) for p in re.findall(r"[\d.]+,[\d.]+", sheet.shapes["111"].d)),
        strict=True,
    )
    assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(0.6494, abs=0.005)
    root = parsed(sheet.draw("t", {"111": "#123456"}, {"111": (HOSTILE, "12")}))
    assert root.find(".//use[@class='land']").attrib["fill"] == "#123456"  # type: ignore[union-attr]
    assert "script" not in {node.tag for node in root.iter()}


def test_outlines_of_the_inputs_are_read() -> None:
    found = read_outlines(Path("inputs/outlines.geojson"))
    assert len(found["200023414"][0]) > 50
    assert read_outlines(Path("inputs/none.geojson")) == {}


def test_a_heat_map_writes_each_value_darker_as_it_is_larger() -> None:
    cells = [[1.0, 2.0], [float("nan"), 3.0]]
    root = parsed(heat("Cost", ("density", "pace"), ("1", "2"), ("a", HOSTILE), cells, str))
    drawn = [r.attrib["fill"] for r in root.iter("rect")]
    assert [BLUES.index(fill) for fill in drawn] == sorted(BLUES.index(fill) for fill in drawn)
    assert (drawn[0], drawn[-1]) == (BLUES[0], BLUES[-1])
    words = [t.text for t in root.iter("text")]
    assert {"1.0", "2.0", "3.0"} <= set(words)
    assert "nan" not in words


def test_dots_stand_where_their_value_is() -> None:
    series = [Series("one", (0.0, 10.0), "#111"), Series("two", (5.0, 5.0), "#222")]
    root = parsed(dots("Gain", "M€", ("A", HOSTILE), series, lambda v: f"{v:.0f}"))
    places = [
        float(re.findall(r"[\d.]+", node.attrib["transform"])[0])
        for node in root.iter("path")
        if node.find("title") is not None
    ]
    zero, ten, five, other = places
    assert five == other == pytest.approx((zero + ten) / 2, abs=0.1)
    assert len({node.attrib["d"] for node in root.iter("path")}) == 2


def luminance(colour: str) -> float:
    """Relative luminance of `#rgb` or `#rrggbb` (WCAG 2)."""
    digits = colour.removeprefix("#")
    pairs = [d * 2 for d in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    "svg",
    [
        heat("t", ("a", "b"), list("123456"), ["x"], [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]], str),
        bars.share_bar("t", [Series("s", (0.25,), c) for c in STATUS_COLOURS.values()], str),
    ],
    ids=["heat", "shares"],
)
def test_numbers_on_a_colour_can_be_read(svg: str) -> None:
    boxes, words = list(parsed(svg).iter("rect")), list(parsed(svg).iter("text"))
    inside = [word for word in words if "fill" in word.attrib]
    assert len(inside) == len(boxes)
    for box, word in zip(boxes, inside, strict=True):
        pair = sorted(luminance(node.attrib["fill"]) for node in (box, word))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, box.attrib["fill"]
