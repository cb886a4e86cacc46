"""What a figure gives: values under the pointer and the arrows, series that stand out, files."""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.views.browser_case import opened, shown, waited

Pages = dict[str, Path]
FIGURE = "#trajectories figure"
BUBBLE = "return document.querySelector('.bubble').textContent"


def over(browser: Any, selector: str) -> None:
    """Put the pointer over an element."""
    script = """
    const it = document.querySelector(arguments[0]); it.scrollIntoView({block: "center"});
    const box = it.getBoundingClientRect();
    it.dispatchEvent(new PointerEvent("pointerover",
      {bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2}))"""
    browser.execute_script(script, selector)


def test_a_mark_says_its_value_under_the_pointer(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    over(browser, f"{FIGURE} rect[data-tip]")
    told = browser.execute_script(BUBBLE)
    assert told.endswith("GWh/yr")
    assert shown(browser, ".bubble") == 1
    over(browser, "#trajectories h2")
    assert shown(browser, ".bubble") == 0


def test_every_chart_has_values_to_say(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    script = """
    return [...document.querySelectorAll("figure svg.figure")]
      .filter((it) => it.getClientRects().length && !it.querySelector("[data-tip]"))
      .map((it) => it.getAttribute("aria-label"))"""
    assert browser.execute_script(script) == []
    titles = "return document.querySelectorAll('figure svg.figure title').length"
    assert browser.execute_script(titles) == 0


def test_the_arrows_go_from_value_to_value(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    keys = import_module("selenium.webdriver.common.keys").Keys
    chain = import_module("selenium.webdriver").ActionChains
    browser.execute_script(f"document.querySelector('{FIGURE} svg.figure').focus()")
    told = []
    for key in (keys.ARROW_RIGHT, keys.ARROW_RIGHT, keys.ARROW_LEFT):
        chain(browser).send_keys(key).perform()
        told.append(browser.execute_script(BUBBLE))
    assert told[0] == told[2] != told[1]
    chain(browser).send_keys(keys.ESCAPE).perform()
    assert shown(browser, ".bubble") == 0


def test_an_entry_of_the_legend_makes_its_series_stand_out(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    click = f"document.querySelectorAll('{FIGURE}:first-of-type .legend button')[1].click()"
    script = f"""
    const figure = document.querySelector("{FIGURE}");
    const fill = figure.querySelectorAll(".legend rect")[1].getAttribute("fill");
    return [...figure.querySelectorAll("svg.figure rect")]
      .map((it) => [it.getAttribute("fill") === fill, it.classList.contains("dim")])"""
    browser.execute_script(click)
    assert all(own != dim for own, dim in browser.execute_script(script))
    browser.execute_script(click)
    assert not any(dim for _, dim in browser.execute_script(script))


def test_a_name_at_the_end_of_a_line_makes_it_stand_out(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    over(browser, "#comparison [data-fill]")
    pale = "#comparison figure:first-of-type .series"
    assert shown(browser, f"{pale}.dim") == shown(browser, pale) - 1 > 0


@pytest.fixture
def folder(browser: Any, tmp_path: Path) -> Iterator[Path]:
    """Where the browser puts what a page gives."""
    where = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    yield tmp_path
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "default"})


def taken(browser: Any, folder: Path, figure: str, kind: str) -> Path:
    """Take a figure away as a file."""
    script = """
    const it = document.querySelector(arguments[0]);
    it.querySelector(".take").open = true;
    [...it.querySelectorAll(".take button")].find((b) => b.textContent === arguments[1]).click()"""
    browser.execute_script(script, figure, kind.upper())
    for _ in range(60):
        found = [it for it in folder.iterdir() if it.suffix == f".{kind}" and it.stat().st_size]
        if found:
            assert browser.get_log("browser") == []
            return found[0]
        waited(browser)
    pytest.fail(f"no .{kind} came")


@pytest.mark.parametrize("name", ["fr", "en"])
def test_a_table_is_taken_as_numbers(browser: Any, files: Pages, folder: Path, name: str) -> None:
    opened(browser, files[name])
    file = taken(browser, folder, FIGURE, "csv")
    text = file.read_text(encoding="utf-8-sig")
    first, *rows = csv.reader(text.splitlines(), delimiter=";" if name == "fr" else ",")
    assert first[1:] == ["2020", "2025", "2030", "2035", "2040", "2045", "2050"]
    numbers = [float(cell.replace(",", ".")) for row in rows for cell in row[1:]]
    total = sum(numbers[::7]) / 2
    assert total == pytest.approx(14_444, abs=2)
    assert file.name.startswith(("consommation-finale-par-secteur", "final-consumption-by-sector"))


def test_a_drawing_is_taken_as_a_file_that_stands_alone(
    browser: Any, files: Pages, folder: Path
) -> None:
    opened(browser, files["fr"])
    root = ET.fromstring(taken(browser, folder, "#map figure", "svg").read_bytes())
    words = {node.text for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert any("Territoire" in (word or "") for word in words)
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    used = {node.get("href", "#")[1:] for node in root.iter("{http://www.w3.org/2000/svg}use")}
    assert used <= ids
    assert used


def test_a_picture_has_the_colours_of_the_page(browser: Any, files: Pages, folder: Path) -> None:
    """The picture, drawn again by the browser: some of it has the fill of the first series."""
    opened(browser, files["fr"])
    data = taken(browser, folder, FIGURE, "png").read_bytes()
    assert data.startswith(b"\x89PNG")
    script = """
    const done = arguments[1];
    const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
    createImageBitmap(new Blob([bytes], {type: "image/png"})).then((image) => {
      const canvas = new OffscreenCanvas(image.width, image.height);
      const paper = canvas.getContext("2d"); paper.drawImage(image, 0, 0);
      const seen = new Map();
      const {data} = paper.getImageData(0, 0, image.width, image.height);
      for (let i = 0; i < data.length; i += 4) {
        const key = data.slice(i, i + 3).join(",");
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      done([image.width, seen.get("0,114,178") ?? 0, seen.get("220,220,220") ?? 0]);
    })"""
    b64 = import_module("base64").b64encode(data).decode()
    width, blue, rule = browser.execute_async_script(script, b64)
    assert width == 1120
    assert blue > 2000
    assert rule > 500
