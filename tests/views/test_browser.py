"""The page in a real browser."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest

from tests.views.browser_case import opened, shown

MEGABYTES, ELEMENTS, SECONDS = 2.0, 15_000, 1.0
"""Size, elements and opening time that a page of ten scenarios and eight EPCI must keep to."""


@pytest.mark.parametrize("name", ["fr", "en", "hostile"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_browser_has_nothing_to_say(
    browser: Any, files: dict[str, Path], name: str, width: int
) -> None:
    opened(browser, files[name], width)
    assert browser.get_log("browser") == []
    asked = re.findall(
        r'"url":"([a-z-]+:[^"]*)', " ".join(e["message"] for e in browser.get_log("performance"))
    )
    assert {url.split(":")[0] for url in asked} <= {"file", "data", "about", "chrome"}
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width
    assert browser.title != "x"
    if name == "hostile":
        assert browser.execute_script("return document.querySelectorAll('script').length") == 2


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_every_text_stands_out_from_what_is_behind_it(
    browser: Any, files: dict[str, Path], medium: str
) -> None:
    opened(browser, files["fr"])
    script = """
    const parse = (css) => css.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (node) => {
      for (let e = node; e; e = e.parentElement) {
        const colour = parse(getComputedStyle(e).backgroundColor);
        if (colour.length < 4 || colour[3] > 0) return colour;
      }
      return [255, 255, 255];
    };
    const low = new Set();
    for (const e of document.querySelectorAll("body *:not(svg *)")) {
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
      if (!own || !e.getClientRects().length) continue;
      const pair = [light(parse(getComputedStyle(e).color)), light(behind(e))];
      const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      if (ratio < 4.5) low.add(`${ratio.toFixed(2)}: ${e.outerHTML.slice(0, 90)}`);
    }
    return [...low]"""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium})
    try:
        assert browser.execute_script(script) == []
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_large_page_is_light(files: dict[str, Path]) -> None:
    assert files["large"].stat().st_size < MEGABYTES * 1e6
    assert len(re.findall(r"<[a-z]", files["large"].read_text(encoding="utf-8"))) < ELEMENTS


@pytest.mark.campaign
def test_a_large_page_opens_quickly(browser: Any, files: dict[str, Path]) -> None:
    script = "return performance.getEntriesByType('navigation')[0].domComplete"
    times = []
    for _ in range(5):
        opened(browser, files["large"])
        times.append(float(browser.execute_script(script)) / 1000)
    assert min(times) < SECONDS


@pytest.mark.parametrize("name", ["fr", "en"])
def test_a_click_on_a_heading_sorts_by_value(
    browser: Any, files: dict[str, Path], name: str
) -> None:
    opened(browser, files[name])
    script = (
        "const t = [...document.querySelectorAll('#map .panel:not([data-off]) .table table')][0];"
        "t.querySelectorAll('thead button')[2].click();"
        "return [...t.tBodies[0].rows].map(r => r.cells[2].textContent)"
    )
    texts = browser.execute_script(script)
    separators = str.maketrans({"\u202f": "", ",": "" if name == "en" else "."})
    values = [float(text.translate(separators)) for text in texts]
    assert values == sorted(values)
    assert len(values) == 3


def printed(browser: Any) -> bytes:
    """The page as PDF."""
    options = {"printBackground": True, "preferCSSPageSize": True}
    return base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", options)["data"])


def test_paper_has_a_page_for_each_sheet_and_no_controls(
    browser: Any, files: dict[str, Path]
) -> None:
    opened(browser, files["fr"])
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert shown(browser, "article.sheet") == 3
        assert shown(browser, ".toolbar, select, nav, summary") == 0
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    data = printed(browser)
    sizes = set(re.findall(rb"/MediaBox \[([^\]]*)\]", data))
    assert {tuple(round(float(v)) for v in size.split()) for size in sizes} <= {
        (0, 0, 595, 842),
        (0, 0, 594, 841),
        (0, 0, 596, 842),
    }


def test_no_figure_is_empty_and_no_text_leaves_its_figure(
    browser: Any, files: dict[str, Path]
) -> None:
    opened(browser, files["fr"])
    script = """
    const out = [];
    for (const svg of document.querySelectorAll("svg.figure")) {
      if (!svg.getClientRects().length) continue;
      const box = svg.getBoundingClientRect();
      if (!svg.querySelector("rect, polyline, path, use")) out.push("empty: " + svg.textContent);
      for (const t of svg.querySelectorAll("text")) {
        const b = t.getBoundingClientRect();
        const beside = b.left < box.left - 3 || b.right > box.right + 3;
        if (beside || b.top < box.top - 3 || b.bottom > box.bottom + 3)
          out.push(t.textContent);
      }
    }
    return out"""
    assert browser.execute_script(script) == []
