"""The page on paper: a cover, page numbers, one page a partner, and nothing that is cut."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model.views.publishing.page import TEMPLATES
from model.views.sections.proof import version
from tests.views.browser_case import opened, shown, waited

WIDE, HIGH = 703, 1031
"""Room of a page of A4 between its margins: 186 mm and 273 mm, at 96 pixels an inch."""


@pytest.fixture(params=["fr", "large"])
def paper(request, browser: Any, files: dict[str, Path]) -> Iterator[Any]:
    """A page as it is printed, on a screen as wide as the paper between its margins."""
    opened(browser, files[request.param], WIDE)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    waited(browser)
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def printed(browser: Any) -> int:
    """How many pages the page makes."""
    options = {"printBackground": True, "preferCSSPageSize": True}
    data = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", options)["data"])
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_cover_has_a_date_and_a_version(paper):
    cover = paper.execute_script("return document.querySelector('header .paper').innerText")
    assert re.search(r"\d{1,2}\S* \w+ 20\d\d", cover)
    assert f"epci-cooperation {version()}" in cover
    assert shown(paper, "main") == 1


def test_a_sheet_is_one_page_and_who_takes_no_part_has_none(paper):
    heights = paper.execute_script(
        "return [...document.querySelectorAll('article.sheet')].map((e) => e.offsetHeight)"
    )
    assert all(height <= HIGH for height in heights)
    assert all(heights)


def test_nothing_is_wider_or_higher_than_a_page(paper):
    """A table that is higher would be cut, one that is wider would lose its last columns."""
    out = paper.execute_script(
        """
        const [wide, high] = arguments;
        return [...document.querySelectorAll("main table, main svg.figure, main .card")]
          .filter((e) => e.checkVisibility() && e.getClientRects().length)
          .map((e) => [e, e.getBoundingClientRect(), e.closest(".table, figure, .panel > *") ?? e])
          .filter(([e, box, room]) => box.height > high || box.right > wide + 1
            || box.right > room.getBoundingClientRect().right + 1)
          .map(([e, box]) => `${box.width} x ${box.height}: ${e.outerHTML.slice(0, 120)}`)
        """,
        WIDE,
        HIGH,
    )
    assert out == []


def test_what_is_packed_is_printed(paper):
    """All that shows on paper is unpacked, and has something in it."""
    empty = """
    return [...document.querySelectorAll("main .panel")]
      .filter((e) => e.checkVisibility() && (e.dataset.pack || !e.children.length)).length"""
    assert paper.execute_script(empty) == 0


def test_few_pages_with_their_numbers(paper):
    """A cover, the sheets, and at most nine pages of answers."""
    assert printed(paper) <= 1 + 9 + shown(paper, "article.sheet")
    style = (TEMPLATES / "print.css").read_text(encoding="utf-8")
    assert re.search(r"@page \{[^}]*counter\(page\)[^}]*counter\(pages\)", style)
