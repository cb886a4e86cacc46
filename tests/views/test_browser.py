"""The page in a real browser."""

import base64
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.views.report_case import WHOLES, hostile_page, page
from tests.views_case import EPCI, family, game

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


DRIVER = shutil.which("chromedriver")


FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


MEGABYTES, ELEMENTS, SECONDS = 2.0, 15_000, 1.0
"""Size, elements and opening time that a page of ten scenarios and eight EPCI must keep to."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser without a window, that logs what it says and what it asks for."""
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (CHROMIUM and DRIVER):
        pytest.skip("no chromium and chromium-driver here")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=DRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page in each language, a hostile one and a large one."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {
        "fr": page("fr", family(3), {"spl-1": game()}, equivalences=WHOLES),
        "en": page("en", family(3), {"spl-1": game()}),
        "hostile": hostile_page(),
        "large": page("fr", family(10, EPCI), {f"spl-{i}": game(EPCI) for i in range(1, 10)}),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


def opened(browser: Any, file: Path, width: int = 1280) -> None:
    """Open a page at a width, with empty logs."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(file.as_uri())
    ready = "document.documentElement.hasAttribute('data-unpacked')"
    script = f"const end = arguments[0]; const wait = () => {ready} ? end() : setTimeout(wait, 10)"
    browser.execute_async_script(f"{script}; wait()")


def shown(browser: Any, selector: str) -> int:
    """How many elements take place on the page."""
    script = (
        "return [...document.querySelectorAll(arguments[0])]"
        ".filter(e => e.getClientRects().length).length"
    )
    return int(browser.execute_script(script, selector))


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


def test_choosing_a_year_and_a_scenario_shows_theirs_only(
    browser: Any, files: dict[str, Path]
) -> None:
    opened(browser, files["fr"])
    choose = (
        "const e = document.querySelector(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    assert shown(browser, '#map [data-year="2050"]') == 1
    browser.execute_script(choose, "[data-control=year]", "2")
    assert shown(browser, '#map [data-year="2030"]') == 1
    assert shown(browser, '#map [data-year="2050"]') == 0
    assert browser.execute_script("return document.querySelector('output').value") == "2030"
    browser.execute_script(choose, "[data-control=scenario]", "alone")
    assert shown(browser, '#map [data-scenario="alone"]') == 1
    assert shown(browser, 'main [data-scenario="spl-1"]') == 0
    browser.execute_script(choose, "[data-control=epci]", EPCI[1])
    assert shown(browser, "article.sheet") == 1
    assert shown(browser, f"#sheet-{EPCI[1]}") == 1


def test_choosing_a_rule_shows_its_figures_only(browser: Any, files: dict[str, Path]) -> None:
    opened(browser, files["fr"])
    choose = (
        "for (const [key, value] of Object.entries(arguments[0])) {"
        "const e = document.querySelector(`[data-control=${key}]`); e.value = value;"
        "e.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    browser.execute_script(choose, {"scenario": "spl-1", "rule": "shapley"})
    assert shown(browser, '#gains [data-rule="shapley"]') == 1
    assert shown(browser, '#gains [data-rule="nucleolus"]') == 0
    browser.execute_script(choose, {"scenario": "spl-2"})
    assert shown(browser, "#gains .panel") == 1
    assert shown(browser, "#gains figure") == 0


def test_a_link_to_a_sheet_opens_it(browser: Any, files: dict[str, Path]) -> None:
    opened(browser, files["fr"])
    browser.execute_script(f"location.hash = 'sheet-{EPCI[2]}'")
    browser.execute_async_script("setTimeout(arguments[0], 100)")
    assert shown(browser, f"#sheet-{EPCI[2]}") == 1


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
    options = {"printBackground": True, "preferCSSPageSize": True}
    data = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", options)["data"])
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
