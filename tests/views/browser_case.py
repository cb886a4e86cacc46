"""What the tests of the page in a browser share."""

import shutil
from pathlib import Path
from typing import Any

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
        ".filter(e => e.getClientRects().length && e.checkVisibility()).length"
    )
    return int(browser.execute_script(script, selector))


def choose(browser: Any, key: str, value: str) -> None:
    """Choose a value in a control, as a reader does."""
    script = """
    const it = document.querySelector(`[data-control=${arguments[0]}]`);
    const values = it.dataset.values?.split(" ");
    it.value = values ? values.indexOf(arguments[1]) : arguments[1];
    for (const name of ["input", "change"]) it.dispatchEvent(new Event(name, {bubbles: true}))"""
    browser.execute_script(script, key, value)
    waited(browser)


def waited(browser: Any) -> None:
    """Let the page answer to a change of its address."""
    browser.execute_async_script("setTimeout(arguments[0], 60)")


def chosen(browser: Any) -> dict[str, str]:
    """What the controls of the toolbar stand at."""
    script = """
    return Object.fromEntries([...document.querySelectorAll("[data-control]")].map((it) =>
      [it.dataset.control, it.dataset.values?.split(" ")[it.value] ?? it.value]))"""
    return dict(browser.execute_script(script))
