"""Page size: bytes, elements and first paint of the report, of as many scenarios as are asked.

    python -m benchmarks.page_size --results results --count 13 40 100

The scenarios of a folder of results are repeated under new names until there are enough. Paint and
elements are those of a headless Chromium with its driver and `selenium`, the best of five.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from selenium import webdriver

from model.outcome.plain import Result
from model.views.publishing.publish import FILES, read_results
from model.views.publishing.report import Material, compose

TRIES = 5
OPENED = "return document.documentElement.hasAttribute('data-unpacked')"
MEASURED = """
return [performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  document.querySelectorAll('*').length]"""


def main() -> None:
    """Print a line for each number of scenarios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--results", type=Path, default=Path("results"))
    parser.add_argument("--inputs", type=Path, default=Path("inputs"))
    parser.add_argument("--count", type=int, nargs="+", default=[0, 40, 100])
    asked = parser.parse_args()
    names = [it.parent.name for it in sorted(asked.results.glob("*/outcome.nc"))]
    every = [read_results(asked.results, names, file) for file in FILES]
    every[0] = {n: o for n, o in every[0].items() if "200023414" in o.labels("epci")}
    browser = opened()
    print("scenarios  page [MB]  elements  first paint [ms]  composed in [s]")
    with tempfile.TemporaryDirectory() as folder:
        for many in asked.count:
            files = repeated(every, many or len(every[0]))
            start = time.perf_counter()
            text = compose(Material.of(files[0], asked.inputs, *files[1:]), "fr")
            seconds = time.perf_counter() - start
            file = Path(folder) / "page.html"
            file.write_text(text, encoding="utf-8")
            paint, elements = measured(browser, file)
            size = file.stat().st_size / 1e6
            print(f"{len(files[0]):9} {size:10.2f} {elements:9} {paint:17.0f} {seconds:16.1f}")
    browser.quit()


def repeated(every: list[dict[str, Result]], many: int) -> list[dict[str, Result]]:
    """The files of scenarios, again under new names until there are enough."""
    found: list[dict[str, Result]] = [{} for _ in every]
    for turn in count():
        for name, outcome in every[0].items():
            if len(found[0]) == many:
                return found
            own = f"{name}-{turn}" if turn else name
            resolved = outcome.resolved
            titles = {
                k: f"{resolved[k]} {turn}"
                for k in ("title", "title_fr")
                if turn and resolved.get(k)
            }
            attrs = {**outcome.attrs, "resolved": json.dumps({**resolved, **titles})}
            found[0][own] = replace(outcome, attrs=attrs)
            for kept, files in zip(found[1:], every[1:], strict=True):
                if name in files:
                    kept[own] = files[name]
    return found


def opened() -> Any:
    """A browser without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


def measured(browser: Any, file: Path) -> tuple[float, int]:
    """The first paint [ms] and the elements of a page once it is unpacked."""
    paints, elements = [], 0
    for _ in range(TRIES):
        browser.get("about:blank")
        browser.get(file.as_uri())
        while not browser.execute_script(OPENED):
            time.sleep(0.05)
        paint, elements = browser.execute_script(MEASURED)
        paints.append(paint)
    return min(paints), elements


if __name__ == "__main__":
    main()
