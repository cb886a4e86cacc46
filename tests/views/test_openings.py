"""Each section opens with a sentence of its numbers, and explains its terms when asked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from model.outcome.plain import Result
from model.views.sections.glossary import ENTRIES
from model.views.sections.openings import TELL
from model.words.numbers import NARROW
from tests.views.browser_case import opened
from tests.views.report_case import WHOLES, page, whole
from tests.views_case import EPCI, ROUEN, family, game

ENTER, ESCAPE = "\ue007", "\ue00c"
"""Keys, as a driver of browsers names them."""

OUTCOMES = family(2)
TEXT = whole(page("en", OUTCOMES, {"spl-1": game(EPCI[:3])}, equivalences=WHOLES))


def section(name: str) -> str:
    """What stands in a section."""
    return TEXT.partition(f'<section id="{name}">')[2].partition("</section>")[0]


def says(name: str) -> list[str]:
    """The opening sentences of a section."""
    found = re.findall(r'<p class="says">(.*?)</p>', section(name))
    return [words.replace(NARROW, " ") for words in found]


@pytest.mark.parametrize("name", TELL)
def test_every_section_opens_with_its_numbers(name: str) -> None:
    told = says(name)
    assert told
    assert all(re.search(r"\d", words) for words in told)
    assert not any(re.search(r"\bnan\b|–|[{}]", words) for words in told)


def test_a_plan_within_a_gap_is_not_called_optimal() -> None:
    near = {name: outcome.copy() for name, outcome in OUTCOMES.items()}
    proof = json.loads(near["spl-1"].attrs["certificate"]) | {"gap": 0.0034}
    near["spl-1"].attrs |= {"certificate": json.dumps(proof), "status": "near"}
    text = whole(page("en", near, {"alone": game()})).replace(NARROW, " ")
    assert "could save up to" not in text
    told = text.partition('<section id="assumptions">')[2]
    assert "each proven to cost at most 0.34% more than any other plan" in told
    assert "not computed yet: <code>python run.py run spl-1 --force</code>" in text
    assert "not computed yet: python run.py run spl-1 --force" in text
    assert "run.py cooperate spl-1" not in text, "it would be refused"
    assert "each proven optimal and audited" in TEXT
    shared = game()
    shared.attrs["gap"] = 2.3
    text = whole(page("en", near, {"spl-1": shared})).replace(NARROW, " ")
    assert text.count("A still better plan could save up to 2") == 4, (
        "to each of three EPCI, and of all"
    )


def test_the_sentences_are_those_of_the_results() -> None:
    one = Result.of(OUTCOMES["spl-1"])
    bought, sold = (one.sum(name, "year")[-1] for name in ("purchase", "sale"))
    assert f"buy {bought:,.0f} GWh/yr outside and sell {sold:,.0f} GWh/yr." in says("balance")[0]
    made = [
        float(o["local_production"].sel(epci=ROUEN, year=2050).sum()) for o in OUTCOMES.values()
    ]
    assert f"makes from {min(made):,.0f} GWh/yr" in says("comparison")[0]
    whole_cost = float(OUTCOMES["spl-1"]["cost"].sel(epci=ROUEN, year=2050).sum())
    assert any(f"energy costs {whole_cost:,.0f} M€/yr" in words for words in says("money"))


def test_terms_are_explained_once_and_asked_for_where_they_are_used() -> None:
    asked = re.findall(r'popovertarget="term-(\w+)"', TEXT)
    stand = re.findall(r'id="term-(\w+)" popover', TEXT)
    assert stand == [entry.id for entry in ENTRIES]
    assert set(asked) <= set(stand)
    known = set(re.findall(r'<section id="(\w+)">', TEXT)) | {"sure"}
    assert all(set(entry.sections) <= known for entry in ENTRIES)


def test_a_term_opens_by_the_keyboard_and_closes(browser: Any, files: dict[str, Path]) -> None:
    opened(browser, files["fr"])
    button = browser.find_element("css selector", "#first [popovertarget=term-share]")
    term = browser.find_element("id", "term-share")
    is_open = "return arguments[0].matches(':popover-open')"
    button.send_keys(ENTER)
    assert browser.execute_script(is_open, term)
    assert "Heure par heure" in term.text
    button.send_keys(ESCAPE)
    assert not browser.execute_script(is_open, term)
