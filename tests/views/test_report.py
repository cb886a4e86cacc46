"""The page: one file, both languages, hostile labels stay text; driven in a real browser."""

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from model.outcome.plain import Result
from model.tables.read import read_tables
from model.views.painters.map import read_outlines
from model.views.publishing.publish import publish
from model.views.publishing.report import Material, compose, write_report
from model.words.numbers import NARROW
from tests.views_case import EPCI, ROUEN, TARGETS, TECHNOLOGIES, family, game, outcome

INPUTS = Path("inputs")
PAYLOADS = (
    "<script>document.title='x'</script>",
    "<img src=x onerror=\"document.title='x'\">",
    "\"><svg onload=document.title='x'>",
    "'><b>bold</b>",
    "</title><h1>x</h1>",
    "</style><style>*{display:none}</style>",
    "</script><script>document.title='x'</script>",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "${7*7}",
    "%(name)s",
    "{name}",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "<!-- comment",
    "]]>",
    "<a href='http://evil.example/'>x</a>",
    "javascript:document.title='x'",
    "\u202etxet desrever",
    "a\nb\tc",
    "<base href='http://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<use href='http://evil.example/x.svg'>",
    "=1+1",
    "' style='display:none",
)
WHOLES = pd.DataFrame(
    {
        "equivalence": ["turbine"],
        "label_en": ["Turbines of 3 MW"],
        "label_fr": ["Éoliennes de 3 MW"],
        "variable": ["capacity"],
        "label": ["wind"],
        "size": [3.0],
    }
)


inputs = read_tables


@cache
def plain(lang: Any) -> str:
    """The text of a page of three scenarios and three EPCI."""
    return page(lang, family())


def page(lang: Any, outcomes: Any, games: Any = None, **more: Any) -> str:
    """The text of a page."""
    outlines = read_outlines(INPUTS / "outlines.geojson")
    shared = {name: Result.of(dataset) for name, dataset in (games or {}).items()}
    results = {name: Result.of(dataset) for name, dataset in outcomes.items()}
    return compose(Material(results, {**inputs(INPUTS).frames, **more}, outlines, shared), lang)


def hostile() -> dict[str, Any]:
    """Scenarios in which every label is an attack: names, titles, questions, targets."""
    epci = dict(zip(EPCI, PAYLOADS[:8], strict=True))
    technology = dict(zip(TECHNOLOGIES, PAYLOADS[8:15], strict=True))
    targets = {
        payload: {"quantity": "production", "of": [ROUEN], "at": {"2050": 3000.0}, "price": 1.0}
        for payload in PAYLOADS[15:21]
    }
    texts: dict[str, Any] = {"epci": epci, "technology": technology, "targets": targets}
    return {
        PAYLOADS[21]: outcome(
            "a", "none", EPCI, title=PAYLOADS[22], question=PAYLOADS[23], **texts
        ),
        "b": outcome("b", "spl", EPCI, 1, title=PAYLOADS[24], **texts),
    }


def hostile_page() -> str:
    """A page of hostile labels, on who gains too."""
    return page("en", hostile(), {"b": game(EPCI, reason=PAYLOADS[0])})


class Tags(HTMLParser):
    """Counts elements, keeps attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_file_that_needs_no_other(lang: str) -> None:
    tags = Tags(plain(lang)).tags
    for tag, attributes in tags:
        for name in ("href", "src", "xlink:href", "action", "data", "srcset", "poster"):
            value = attributes.get(name) or "#"
            assert value.startswith(("#", "data:,")), (tag, value)
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
    assert tags[0][1]["lang"] == lang


def test_the_policy_knows_the_style_and_the_script_by_their_hash() -> None:
    text = plain("fr")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    allowed = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in allowed


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    tags = Tags(plain("fr")).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    ends = {a["href"] for _, a in tags if (a.get("href") or "").startswith("#")}
    assert {(end or "")[1:] for end in ends} <= set(ids)
    fills = {a["fill"] for _, a in tags if (a.get("fill") or "").startswith("url(#")}
    assert {(fill or "")[5:-1] for fill in fills} <= set(ids)


def test_headings_go_down_by_one_and_tables_have_captions() -> None:
    tags = [tag for tag, _ in Tags(plain("fr")).tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert tags.count("caption") == tags.count("table") > 10


def test_every_figure_says_what_it_is() -> None:
    found = re.findall(r"<svg[^>]*role=\"img\"[^>]*>(<title>[^<]+</title>)?", plain("fr"))
    assert len(found) > 20
    assert all(found)


def test_the_first_screen_holds_facts_and_aims() -> None:
    text = "".join(Tags(plain("fr")).texts).replace(NARROW, " ")
    for words in ("14 444 GWh/an", "7 143 GWh/an", "−50,5 %", "4 143 GWh/an", "3 000", "42 %"):
        assert words in text
    english = "".join(Tags(plain("en")).texts).replace(NARROW, " ")
    for words in ("14,444 GWh/yr", "−50.5%"):
        assert words in english


def test_equivalences_show_when_there_is_a_table_of_them() -> None:
    text = page("fr", family(2), equivalences=WHOLES)
    assert "En unités concrètes" in text
    assert "Éoliennes de 3 MW" in text


def test_an_epci_that_is_no_member_is_said_to_be_none() -> None:
    outcomes = family(2) | {"solo": outcome("solo", "none", EPCI[:1])}
    assert page("fr", outcomes).count("<td>non membre</td>") == 2


def test_scenarios_with_other_years_stand_side_by_side() -> None:
    outcomes = family(2) | {"short": outcome("short", years=(2020, 2030))}
    texts = Tags(page("en", outcomes)).texts
    assert not any(re.search(r"\bnan\b", text) for text in texts)


def test_hostile_labels_stay_text() -> None:
    plain = Tags(page("en", family(2, EPCI), {"spl-1": game(EPCI)}))
    attacked = Tags(hostile_page())
    assert len(PAYLOADS) == 25
    for tag in ("script", "style", "b", "img", "base", "meta", "h1", "link", "iframe"):
        count = [sum(t == tag for t, _ in found.tags) for found in (plain, attacked)]
        assert count[0] == count[1], tag
    said = "".join(attacked.texts)
    values = {a.get("value") or "" for _, a in attacked.tags}
    for payload in PAYLOADS:
        assert payload in said or payload in values, payload


def test_a_sweep_is_drawn_over_one_key_or_two() -> None:
    assert "What if a key changes" not in "".join(Tags(page("en", family(2))).texts)
    one = {f"s+density={v}": outcome(seed=i) for i, v in enumerate(("2", "10", "0.5"))}
    two = {f"t+a={a}+b={b}": outcome(seed=ord(b)) for a in "12" for b in "xy"}
    two.pop("t+a=2+b=y")
    found = page("en", one | two)
    assert found.count("b →") == 4
    curve = found[found.index('id="sweeps"') :]
    order = [curve.index(f'class="tick">{v}<') for v in ("0.5", "2", "10")]
    assert order == sorted(order)


def test_a_scenario_that_changes_something_stands_beside_what_comes_out() -> None:
    outcomes = family(2)
    text = " ".join(Tags(page("en", outcomes)).texts)
    assert "against “alone”" in text or "against “spl-1”" in text
    assert "cooperation.form: " in text
    (alone, spl) = (Result.of(o) for o in outcomes.values())
    moved = abs(float(alone.sum("emissions", "year")[-1] - spl.sum("emissions", "year")[-1]))
    assert f"{moved:,.0f}" in text


def test_titles_questions_and_targets_are_in_the_language_of_the_page() -> None:
    french = {"title_fr": "Titre", "question_fr": "Et alors ?"}
    goal = {**TARGETS["made"], "label_en": "Made here", "label_fr": "Produit ici"}
    outcomes = {"a+x=1": outcome("a", targets={"made": goal}, **french)}
    texts = {lang: Tags(page(lang, outcomes)).texts for lang in ("fr", "en")}
    for words in ("Titre (x=1)", "Et alors ?", "Produit ici"):
        assert words in texts["fr"]
    for words in ("a (x=1)", "What then?", "Made here"):
        assert words in texts["en"]
    assert "What then?" not in texts["fr"]


def test_no_outcome_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compose(Material({}, {}, {}), "fr")


def test_the_file_is_written(tmp_path: Path) -> None:
    path = write_report(family(2), tmp_path / "report.fr.html", "fr", INPUTS)
    assert path.read_text(encoding="utf-8") == page("fr", family(2))


def test_two_languages_link_to_each_other(tmp_path: Path) -> None:
    scenarios = []
    for name, dataset in family(2).items():
        (tmp_path / name).mkdir()
        dataset.to_netcdf(tmp_path / name / "outcome.nc", engine="netcdf4")
        scenarios.append(SimpleNamespace(name=name, inputs_folder=INPUTS))
    french, english = (
        path.read_text(encoding="utf-8") for path in publish(scenarios, tmp_path, "fr", "en")
    )
    link = '<p class="screen"><a href="report.en.html" hreflang="en">English version</a></p>'
    assert french.replace(link, "") == page("fr", family(2))
    assert 'href="report.fr.html" hreflang="fr"' in english


# --- in a real browser ------------------------------------------------------------------

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
MEGABYTES, SECONDS = 8.0, 2.0
"""The size and the opening time that a page of ten scenarios and eight EPCI must keep to."""


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
    assert {url.split(":")[0] for url in asked} <= {"file", "data", "about"}
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width
    assert browser.title != "x"
    if name == "hostile":
        assert browser.execute_script("return document.querySelectorAll('script').length") == 1


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
