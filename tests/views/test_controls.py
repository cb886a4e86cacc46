"""What a reader chooses: every control acts, and every choice is in the address."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.views.browser_case import choose, chosen, opened, shown, waited
from tests.views.report_case import page
from tests.views_case import EPCI, family, outcome

Pages = dict[str, Path]


def test_a_scenario_a_year_and_a_territory_show_theirs_only(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    assert shown(browser, '#map [data-year="2050"] .table') == 1
    choose(browser, "year", "2030")
    assert shown(browser, '#map [data-year="2030"] .table') == 1
    assert shown(browser, '#map [data-year="2050"] .table') == 0
    assert browser.execute_script("return document.querySelector('output').value") == "2030"
    choose(browser, "scenario", "alone")
    assert shown(browser, '#map [data-scenario="alone"] .table') == 1
    assert shown(browser, 'main [data-scenario="spl-1"]') == 0
    choose(browser, "epci", EPCI[1])
    assert shown(browser, "article.sheet") == shown(browser, f"#sheet-{EPCI[1]}") == 1
    assert shown(browser, "#climb .panel") == shown(browser, f'#climb [data-epci="{EPCI[1]}"]') == 1


def test_the_compared_scenario_stands_below_the_chosen_one(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    choose(browser, "scenario", "spl-1")
    choose(browser, "with", "alone")
    for section in ("flows", "climb"):
        assert shown(browser, f"#{section} .panel") == 2
        assert shown(browser, f'#{section} .compared[data-scenario="alone"] figure') > 0
        order = f"return [...document.querySelectorAll('#{section} .panel:not([data-off])')]"
        names = browser.execute_script(f"{order}.map((it) => it.dataset.scenario)")
        assert list(dict.fromkeys(names)) == ["spl-1", "alone"]
    choose(browser, "with", "")
    assert shown(browser, ".compared") == 0


def test_the_sentence_over_a_live_chart_is_that_of_the_choice(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    script = """
    return [...document.querySelectorAll("#trajectories .says")]
      .filter((it) => it.getClientRects().length).map((it) => it.textContent)"""
    told = []
    for scenario, epci in (
        ("spl-1", EPCI[0]),
        ("spl-1", EPCI[1]),
        ("spl-1", "all"),
        ("alone", EPCI[0]),
    ):
        choose(browser, "scenario", scenario)
        choose(browser, "epci", epci)
        told += browser.execute_script(script)
    assert len(set(told)) == len(told) == 4


def test_a_rule_shows_its_figures_only(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    choose(browser, "scenario", "spl-1")
    choose(browser, "rule", "shapley")
    assert shown(browser, '#gains [data-rule="shapley"]') == 1
    assert shown(browser, '#gains [data-rule="nucleolus"]') == 0
    choose(browser, "scenario", "spl-2")
    assert shown(browser, "#gains .panel") == 1
    assert shown(browser, "#gains figure") == 0


def test_every_choice_is_in_the_address_and_a_link_opens_there(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    before = chosen(browser)
    choose(browser, "scenario", "alone")
    choose(browser, "with", "spl-2")
    choose(browser, "year", "2030")
    choose(browser, "epci", EPCI[1])
    choose(browser, "unit", "head")
    after = chosen(browser)
    link = browser.current_url
    for told in ("scenario=alone", "with=spl-2", "year=2030", f"epci={EPCI[1]}", "unit=head"):
        assert told in link
    for _ in range(5):
        browser.back()
        waited(browser)
    assert chosen(browser) == before
    browser.forward()
    waited(browser)
    assert chosen(browser)["scenario"] == "alone"
    browser.get("about:blank")
    browser.get(link)
    waited(browser)
    assert chosen(browser) == after
    assert shown(browser, '#map [data-scenario="alone"][data-year="2030"] .table') == 1


def test_a_link_of_another_page_opens_what_there_is(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    before = chosen(browser)
    browser.execute_script("location.hash = 'scenario=gone&year=1789&epci=<b>&at=map'")
    waited(browser)
    assert chosen(browser) == before
    assert browser.execute_script("return scrollY") > 0


def test_going_to_a_section_keeps_the_choices(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    choose(browser, "year", "2030")
    browser.execute_script("document.querySelector('nav a[href=\"#map\"]').click()")
    waited(browser)
    assert chosen(browser)["year"] == "2030"
    assert "year=2030" in browser.current_url
    assert "at=map" in browser.current_url
    top = "return document.getElementById('map').getBoundingClientRect().top"
    assert 0 <= browser.execute_script(top) < 150


def test_a_link_to_a_sheet_opens_it(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    browser.execute_script(f"location.hash = 'sheet-{EPCI[2]}'")
    waited(browser)
    assert shown(browser, f"#sheet-{EPCI[2]}") == 1
    assert chosen(browser)["epci"] == EPCI[2]


def test_a_section_says_which_choices_change_nothing_in_it(browser: Any, files: Pages) -> None:
    """The words of a section, against what its panels are of."""
    opened(browser, files["en"])
    script = """
    return Object.fromEntries([...document.querySelectorAll("main > section[id]")].map((it) =>
      [it.id, it.querySelector(":scope > .idle")?.textContent ?? ""]))"""
    told = browser.execute_script(script)
    assert told["trajectories"].endswith("here: year.")
    assert told["map"] == ""
    assert told["climb"].endswith("here: year, unit.")
    assert told["assumptions"].endswith("here: scenario, year, territory, unit, compared scenario.")


def test_a_choice_that_has_nothing_says_so(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    assert shown(browser, "#climb > .none") == 0
    script = "document.querySelectorAll('#climb .panel').forEach((it) => it.remove())"
    browser.execute_script(script)
    choose(browser, "year", "2030")
    assert shown(browser, "#climb > .none") == 1


def test_a_phone_folds_the_choices_and_tells_them(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"], 390)
    assert shown(browser, ".controls") == 0
    told = browser.execute_script("return document.querySelector('.toolbar summary').textContent")
    assert told.endswith("2050")
    browser.execute_script("document.querySelector('.toolbar summary').click()")
    assert shown(browser, ".controls select") == 4
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= 390


def test_a_chart_drawn_by_the_script_is_that_of_the_page(browser: Any, files: Pages) -> None:
    """What the script draws for the choices of the opening has the marks and words of the file."""
    opened(browser, files["en"])
    script = """
    const told = (svg) => [...svg.querySelectorAll("rect, circle, polyline, text, use, .arc")]
      .map((it) => [it.tagName, it.getAttribute("class"), it.getAttribute("fill"),
        it.tagName === "text" ? it.textContent : "",
        ...["x", "y", "width", "height", "cx", "cy"].map((key) => it.getAttribute(key)),
        it.getAttribute("points")]
        .map((v) => v === null || Number.isNaN(Number(v)) ? v : Math.round(Number(v)))
        .map((v) => typeof v === "string" && v.includes(",") && !/[a-z]/i.test(v)
          ? v.split(/[ ,]/).map((n) => Math.round(Number(n))).join(" ") : v).join("|"));
    return [...document.querySelectorAll("[data-live]")].map((it) =>
      [it.dataset.live, [...it.querySelectorAll("svg.figure")].flatMap(told)])"""
    written = browser.execute_script(script)
    before = chosen(browser)["epci"]
    choose(browser, "epci", EPCI[1])
    turned = browser.execute_script(script)
    choose(browser, "epci", before)
    drawn = browser.execute_script(script)
    assert len(written) >= 10
    for (name, by_page), (_, other), (_, by_script) in zip(written, turned, drawn, strict=True):
        assert len(by_page) > 10
        assert set(by_page) == set(by_script), name
        assert by_page != other, name


def test_per_inhabitant_is_the_total_over_the_inhabitants(browser: Any, files: Pages) -> None:
    """Territory B has half the people of A, 250 351.5: its GWh / 250 351.5 · 1 000 are MWh each."""
    opened(browser, files["en"])
    choose(browser, "epci", EPCI[1])
    script = """
    const figure = document.querySelector("#trajectories [data-live='columns made']");
    const rows = [...figure.querySelectorAll("tbody tr")];
    return [figure.querySelector("caption").textContent,
      rows.map((it) => Number(it.cells[1].textContent.replaceAll(",", "")))]"""
    unit, total = browser.execute_script(script)
    assert unit.endswith("[GWh/yr]")
    choose(browser, "unit", "head")
    unit, each = browser.execute_script(script)
    assert unit.endswith("[MWh/inhabitant]")
    people = 500_703.0 / 2
    assert sum(each) == pytest.approx(1000 * sum(total) / people, abs=0.05 * len(each))


def test_two_scenarios_stand_side_by_side_on_one_scale(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    choose(browser, "scenario", "spl-1")
    choose(browser, "with", "alone")
    script = """
    const figure = document.querySelector("#trajectories [data-live='columns made']");
    return [...figure.querySelectorAll("svg.figure")].map((it) =>
      [...it.querySelectorAll(".tick")].map((word) => word.textContent).join(" "))"""
    first, second = browser.execute_script(script)
    assert first == second
    assert shown(browser, "#trajectories [data-live='columns made'] .wide .of") == 2


def test_a_scenario_that_the_territory_is_not_in_says_so(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    outcomes = family(2) | {"solo": outcome("solo", "none", EPCI[:1])}
    file.write_text(page("en", outcomes), encoding="utf-8")
    opened(browser, file)
    choose(browser, "epci", EPCI[1])
    choose(browser, "scenario", "solo")
    script = "return document.querySelector('#trajectories figure .wide').textContent"
    assert "not a member" in browser.execute_script(script)


def test_forty_scenarios_are_found_and_six_speak(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page("en", family(40)), encoding="utf-8")
    opened(browser, file)
    lines = "document.querySelectorAll(\"#comparison [data-live='lines made'] .series\").length"
    names = """return [...document.querySelectorAll("#comparison [data-live='lines made'] .name")]
      .map((it) => it.textContent)"""
    assert browser.execute_script(f"return {lines}") == 6
    browser.execute_script("document.querySelector('.picker summary').click()")
    find = """
    const it = document.querySelector(".picker input[type=search]"); it.value = arguments[0];
    it.dispatchEvent(new Event("input", {bubbles: true}))"""
    browser.execute_script(find, "SPL-3")
    assert shown(browser, ".picker [data-pin]") == 11
    assert shown(browser, ".picker [data-pin]:not(:disabled)") == 1
    unpin = "document.querySelector('[data-pin]:checked:not(:disabled)').click()"
    browser.execute_script(unpin)
    waited(browser)
    browser.execute_script("document.querySelector('[data-pin][value=spl-39]').click()")
    waited(browser)
    assert "spl-39" in browser.execute_script(names)
    assert browser.execute_script(f"return {lines}") == 6
    assert "pin=spl-39" in browser.current_url


def test_every_control_is_reached_by_the_keyboard_and_seen(browser: Any, files: Pages) -> None:
    opened(browser, files["en"])
    keys = import_module("selenium.webdriver.common.keys").Keys
    chain = import_module("selenium.webdriver").ActionChains
    browser.execute_script("document.querySelector('.skip').focus()")
    reached = set()
    for _ in range(45):
        chain(browser).send_keys(keys.TAB).perform()
        told = browser.execute_script(
            "const it = document.activeElement; return [it.dataset.control ?? it.tagName,"
            "getComputedStyle(it).outlineStyle, it.dataset.control !== undefined]"
        )
        if told[2]:
            reached.add(told[0])
            assert told[1] != "none"
    assert reached >= {"scenario", "with", "epci", "year", "unit"}
