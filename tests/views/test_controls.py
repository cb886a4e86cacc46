"""What a reader chooses: every control acts, and every choice is in the address."""

from pathlib import Path
from typing import Any

from tests.views.browser_case import choose, chosen, opened, shown, waited
from tests.views_case import EPCI

Pages = dict[str, Path]


def test_a_scenario_a_year_and_a_territory_show_theirs_only(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    assert shown(browser, '#map [data-year="2050"]') == 1
    choose(browser, "year", "2030")
    assert shown(browser, '#map [data-year="2030"]') == 1
    assert shown(browser, '#map [data-year="2050"]') == 0
    assert browser.execute_script("return document.querySelector('output').value") == "2030"
    choose(browser, "scenario", "alone")
    assert shown(browser, '#map [data-scenario="alone"]') == 1
    assert shown(browser, 'main [data-scenario="spl-1"]') == 0
    choose(browser, "epci", EPCI[1])
    assert shown(browser, "article.sheet") == shown(browser, f"#sheet-{EPCI[1]}") == 1
    assert shown(browser, "#climb .panel") == shown(browser, f'#climb [data-epci="{EPCI[1]}"]') == 1


def test_the_compared_scenario_stands_below_the_chosen_one(browser: Any, files: Pages) -> None:
    opened(browser, files["fr"])
    choose(browser, "scenario", "spl-1")
    choose(browser, "with", "alone")
    for section in ("map", "flows", "climb"):
        assert shown(browser, f"#{section} .panel") == 2
        assert shown(browser, f'#{section} .compared[data-scenario="alone"] figure') > 0
    choose(browser, "with", "")
    assert shown(browser, ".compared") == 0


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
    after = chosen(browser)
    link = browser.current_url
    for told in ("scenario=alone", "with=spl-2", "year=2030", f"epci={EPCI[1]}"):
        assert told in link
    for _ in range(4):
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
    assert shown(browser, '#map [data-scenario="alone"][data-year="2030"]') == 1


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
    assert told["map"].endswith("here: territory.")
    assert told["climb"].endswith("here: year.")
    assert told["assumptions"].endswith("here: scenario, year, territory, compared scenario.")


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
    assert shown(browser, ".controls select") == 3
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= 390
