"""axe-core, the usual checker of accessibility, finds nothing to say about the page."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.views.browser_case import choose, opened

Pages = dict[str, Path]
RUN = """
const end = arguments[0];
axe.run(document, {resultTypes: ["violations"]}).then((found) => end(found.violations.map((it) =>
  `${it.id}: ${it.help} ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 99)).join()}`)))"""


@pytest.fixture(scope="module")
def checker() -> str:
    """The script of axe-core, as its Python package ships it."""
    found = find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("no axe-core here")
    return Path(found.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "width"), [("fr", 1366), ("en", 390), ("large", 1366)])
def test_axe_finds_nothing(browser: Any, files: Pages, checker: str, name: str, width: int) -> None:
    """At the opening, and with two scenarios beside each other by inhabitant."""
    browser.set_script_timeout(120)
    opened(browser, files[name], width)
    browser.execute_script(checker)
    assert browser.execute_async_script(RUN) == []
    choose(browser, "with", "alone")
    choose(browser, "unit", "head")
    assert browser.execute_async_script(RUN) == []
