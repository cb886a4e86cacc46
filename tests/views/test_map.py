"""The map: what a reader paints it by, what partners send, and what is estimated."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.outcome.plain import Result
from model.views.facts.places import cost_of_energy
from model.views.painters.map import SHORT, THICK, WIDTH, Arc, atlas
from model.views.sections.layers import layer
from tests.views.browser_case import choose, chosen, opened, shown, waited
from tests.views_case import EPCI, outcome

Pages = dict[str, Path]
MAP = "#map figure"


def square(west: float, south: float) -> tuple[list[tuple[float, float]]]:
    """A ring of a degree by a degree, near the equator so that it is a square on paper."""
    return (
        [(west, south), (west + 1, south), (west + 1, south + 1), (west, south + 1), (west, south)],
    )


SHEET = atlas(
    {"a": square(0, 0), "b": square(2, 0), "near": square(1, 0.2), "far": square(40, 0)}, ["a", "b"]
)


def test_neighbours_lie_around_and_what_is_far_does_not() -> None:
    assert SHEET.around.count("M") == 1
    assert set(SHEET.shapes) == {"a", "b"}


def test_an_arrow_is_as_thick_as_what_is_sent_and_stops_before_the_middle() -> None:
    arcs = [Arc("a", "b", 1.0, "A → B"), Arc("b", "a", 0.25, "B → A"), Arc("a", "gone", 1.0, "x")]
    root = ET.fromstring(SHEET.draw("t", {}, {}, (), arcs))
    drawn = [node for node in root.iter("path") if node.get("class") == "arc"]
    assert [float(node.attrib["stroke-width"]) for node in drawn] == [THICK, THICK / 4]
    assert [node.findtext("title") for node in drawn] == ["A → B", "B → A"]
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", drawn[0].attrib["d"])]
    end = SHEET.shapes["b"].centre
    gap = ((numbers[4] - end[0]) ** 2 + (numbers[5] - end[1]) ** 2) ** 0.5
    assert gap == pytest.approx(SHORT, abs=0.2)


def test_what_is_estimated_is_hatched() -> None:
    root = ET.fromstring(SHEET.draw("t", {}, {}, ["b", "gone"]))
    hatched = [node.attrib["href"] for node in root.iter("use") if node.get("class") == "doubt"]
    assert hatched == ["#epci-b"]


@given(
    st.lists(st.floats(0, 3), min_size=2, max_size=9),
    st.lists(st.floats(0, 3), min_size=9, max_size=9),
)
def test_names_do_not_overlap(xs: list[float], ys: list[float]) -> None:
    shapes = {f"e{i}": square(x, y) for i, (x, y) in enumerate(zip(xs, ys, strict=False))}
    sheet = atlas(shapes, list(shapes))
    root = ET.fromstring(sheet.draw("t", {}, {code: (code, "1") for code in shapes}))
    names = [
        (float(t.attrib["x"]), float(t.attrib["y"])) for t in root.iter("text") if t.text in shapes
    ]
    pairs = [(p, q) for i, p in enumerate(names) for q in names[:i]]
    assert all(abs(p[0] - q[0]) >= 130 or abs(p[1] - q[1]) >= 26 for p, q in pairs)
    assert all(0 <= x <= WIDTH for x, _ in names)


def test_classes_of_values_that_are_alike_leave_zero_out() -> None:
    """200 to 230: a class from 0 to 200 and one from 200 to 500 would show nothing."""
    alike = layer("t", 0, {"s": {"2050": {"a": 200.0, "b": 215.0, "c": 230.0}}})
    assert len({alike.colour(v) for v in (200.0, 215.0, 230.0)}) == 3
    assert layer("t", 0, {"s": {"2050": {"a": 1.0, "b": 215.0}}}).bounds[0] == 0


def test_the_cost_of_energy_is_cost_over_consumption() -> None:
    found = Result.of(outcome())
    costs = found.sum("cost", "epci", "year") - found.sum("cost", "epci", "year", item="penalty")
    used = found.sum("final_consumption", "epci", "year")
    assert cost_of_energy(found)[EPCI[1]][3] == pytest.approx(1e3 * costs[1, 3] / used[1, 3])


def values(browser: Any) -> list[str]:
    """The values on the map."""
    script = (
        f"return [...document.querySelectorAll('{MAP} .place.bold')].map((it) => it.textContent)"
    )
    return list(browser.execute_script(script))


def test_a_reader_paints_the_map_by_another_figure(browser: Any, files: Pages) -> None:
    """What it then says is what the table below says."""
    opened(browser, files["en"])
    column = """
    const table = [...document.querySelectorAll("#map .panel:not([data-off]) .table table")][0];
    const place = [...table.tHead.rows[0].cells].findIndex((it) => it.textContent === arguments[0]);
    return [...table.tBodies[0].rows].map((row) => row.cells[place].textContent)"""
    title = f"return document.querySelector('{MAP} figcaption').textContent"
    for year, key in (("2050", "used"), ("2030", "price"), ("2030", "share")):
        choose(browser, "year", year)
        choose(browser, "layer", key)
        told = browser.execute_script(title)
        assert sorted(values(browser)) == sorted(browser.execute_script(column, told))
    assert "layer=share" in browser.current_url


def test_the_arrows_are_those_of_the_scenario_and_the_year(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    choose(browser, "scenario", "spl-1")
    count = shown(browser, f"{MAP} .arc")
    tips = f"return [...document.querySelectorAll('{MAP} .arc')].map((it) => it.dataset.tip)"
    before = browser.execute_script(tips)
    assert count == len(before) == 6
    choose(browser, "year", "2030")
    assert browser.execute_script(tips) != before
    choose(browser, "scenario", "alone")
    assert shown(browser, f"{MAP} .arc") == 0


def test_the_gain_is_by_the_rule_and_absent_without_a_game(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    choose(browser, "scenario", "spl-1")
    choose(browser, "layer", "gain")
    by_rule = values(browser)
    choose(browser, "rule", "shapley")
    assert values(browser) != by_rule
    choose(browser, "scenario", "spl-2")
    assert set(values(browser)) == {""}


def test_two_maps_stand_side_by_side_and_the_territory_stands_out(
    browser: Any, files: Pages
) -> None:
    opened(browser, files["en"])
    choose(browser, "with", "alone")
    choose(browser, "epci", EPCI[1])
    assert shown(browser, f"{MAP} svg.map") == 2
    assert shown(browser, f"{MAP} .chosen") == 2
    browser.back()
    waited(browser)
    assert chosen(browser)["epci"] != EPCI[1]
