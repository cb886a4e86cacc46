"""Charts of lines: six speak, names neither touch nor repeat, what leads to them is no series."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.views.painters.charts import Chart, Mark, Series
from model.views.painters.lines import LOUD, lines, wrapped
from model.views.painters.multiples import multiples
from model.views.painters.palette import RED

CHART = Chart("Production", "GWh/an", ("2020", "2030", "2050"), lambda v: f"{v:.0f}")
NAN = float("nan")


def drawn(series: list[Series], *marks: Mark) -> ET.Element:
    """The chart, parsed as XML."""
    return ET.fromstring(lines(CHART, series, marks))


def of(root: ET.Element, kind: str) -> list[ET.Element]:
    """The elements of a class."""
    return [node for node in root.iter() if node.get("class") == kind]


def test_six_lines_speak_and_the_others_are_grey() -> None:
    series = [Series(f"s{i}", (1.0, NAN, 10 + i / 10), f"#11111{i}") for i in range(9)]
    root = drawn([*series, Series("none", (NAN,) * 3, "#111")])
    assert len(of(root, "series")) == len(of(root, "name")) == LOUD
    assert len(of(root, "quiet")) == 3
    assert "nan" not in ET.tostring(root, encoding="unicode")
    chosen = [Series(s.name, s.values, s.fill, loud=s.name in ("s1", "s8")) for s in series]
    assert [t.text for t in of(drawn(chosen), "name")] == ["s1", "s8"]


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=6), st.sampled_from(("a", "word " * 9)))
def test_names_at_the_ends_never_touch(ends: list[float], words: str) -> None:
    series = [Series(f"{words}{i}", (0.0, 1.0, v), "#111") for i, v in enumerate(ends)]
    root = drawn(series, Mark(2, 20.0, "Aim"))
    places = sorted(float(t.attrib["y"]) for t in [*of(root, "name"), *of(root, "aim")] if t.text)
    assert all(b - a >= 12.9 for a, b in pairwise(places))
    assert all(0 < y < 300 for y in places)


def test_what_leads_to_a_name_has_not_the_colour_of_the_line() -> None:
    root = drawn([Series("a", (1, 2, 3), "#0072b2"), Series("b", (1, 2, 3), "#e69f00")])
    leaders = of(root, "leader")
    assert leaders
    assert not any("stroke" in node.attrib for node in leaders)
    last = max(float(p.split(",")[0]) for p in of(root, "series")[0].attrib["points"].split())
    assert all(float(node.attrib["points"].split(",")[0]) > last for node in leaders)


def test_each_value_says_itself() -> None:
    root = drawn([Series("a", (1, NAN, 3), "#0072b2")])
    tips = [node.findtext("title") for node in root.iter("circle") if node.findtext("title")]
    assert root.findtext("polyline[@class='series']/title") == "a"
    assert tips == ["a, 2020: 1 GWh/an", "a, 2050: 3 GWh/an"]


def test_an_aim_of_the_last_year_is_named_among_the_lines() -> None:
    root = drawn([Series("a", (1.0, 25.0, 10.0), "#111")], Mark(2, 30.0, "Aim"))
    [name] = [t for t in of(root, "aim") if t.text]
    assert name.text == "Aim 30"
    assert any(node.get("fill") == RED for node in root.iter("circle"))


@pytest.mark.parametrize(("aim", "side"), [(30.0, -1), (15.0, -1), (5.0, 1)])
def test_an_aim_on_the_way_is_named_away_from_the_lines(aim: float, side: int) -> None:
    series = [Series(f"s{v}", (1.0, v, 25.0), "#111") for v in (10.0, 20.0)]
    root = drawn(series, Mark(1, aim, "Aim"))
    [name] = [t for t in of(root, "aim") if t.text]
    heights = [float(p.attrib["points"].split()[1].split(",")[1]) for p in of(root, "series")]
    assert all((float(name.attrib["y"]) - height) * side >= 4 for height in heights)


@given(st.lists(st.text("ab cé", max_size=90), max_size=8, unique=True))
def test_names_have_two_lines_and_no_two_are_alike(names: list[str]) -> None:
    told = wrapped(names)
    assert all(1 <= len(words) <= 2 for words in told)
    assert all(len(line) <= 24 for words in told for line in words)
    spaced = {" ".join(name.split()) for name in names}
    assert len({tuple(words) for words in told}) >= len(spaced)


def test_names_that_differ_at_their_end_are_told_by_their_end() -> None:
    long = "Renewables of the whole valley at the density that is called"
    told = wrapped([f"{long} high", f"{long} low"])
    assert [words[1][-4:] for words in told] == ["high", " low"]


def test_lines_may_leave_zero_out() -> None:
    chart = Chart("Cost", "M€", ("1", "2"), lambda v: f"{v:.0f}", zero=False)
    words = re.findall(">([0-9]+)<", lines(chart, [Series("x", (1000.0, 1010.0), "#111")]))
    assert "1000" in words
    assert "0" not in words


def test_a_small_chart_has_a_scale_of_its_own() -> None:
    """90 and 0.9 of two actors go up as high."""
    cells = [(n, [Series("s", (0.0, 0.0, v), "#111")]) for n, v in (("big", 90.0), ("small", 0.9))]
    root = ET.fromstring(multiples(CHART, cells))
    tops = [float(p.attrib["points"].split()[-1].split(",")[1]) for p in of(root, "series")]
    assert tops[0] == pytest.approx(tops[1], abs=0.2)
