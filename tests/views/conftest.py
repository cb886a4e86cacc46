"""A browser and the pages that it opens, made once for all the tests that look at them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.views.browser_case import CHROMIUM, DRIVER, FLAGS
from tests.views.report_case import WHOLES, hostile_page, page
from tests.views_case import EPCI, family, game


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
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
