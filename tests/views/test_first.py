"""The first screen: four sentences whose numbers are those of the results, and two figures."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from model.outcome.plain import Result
from model.views.facts import essentials, reasons
from model.words.numbers import NARROW
from tests import views_case
from tests.views.browser_case import opened
from tests.views.report_case import page, whole
from tests.views_case import EPCI, GAINS, ROUEN, RULES, family, game


def outcome(*args: Any, **texts: Any) -> Result:
    """A result, as the views read it."""
    return Result.of(views_case.outcome(*args, **texts))


def brief(text: str, scenario: str, epci: str = ROUEN) -> str:
    """The sentences of the first screen of a scenario and an EPCI, without marks."""
    section = whole(text).partition('<section id="first">')[2].partition("</section>")[0]
    panels = re.split(r'(?=<div class="panel")', section)
    [panel] = [p for p in panels if f'data-scenario="{scenario}" data-epci="{epci}"' in p]
    words = panel.partition('<dl class="brief">')[2].partition("</dl>")[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words))).replace(NARROW, " ")


def test_what_is_reached_adds_up() -> None:
    """Production over consumption is the share, with and without certificates."""
    found = essentials.reach(outcome(), ROUEN)
    assert found.soil == pytest.approx(found.made / found.used)
    assert found.share == pytest.approx(found.counted / found.used)
    assert (found.first, found.last) == (2020, 2050)
    assert found.used_before == pytest.approx(14_444)


def test_what_is_brought_to_partners_is_what_is_left() -> None:
    """Of 100, the first gains 90 by the nucleolus, 10 EUR a head, and two others 5 each."""
    shared, people = Result.of(game(EPCI[:3])), dict(zip(EPCI, (9e6, 1e6, 1e6), strict=False))
    found = essentials.brings(shared, people, ROUEN, "nucleolus")
    assert found is not None
    assert GAINS[RULES.index("nucleolus")] == 90
    assert (found.whole, found.own, found.others) == pytest.approx((100, 90, 10))
    assert found.bill == pytest.approx(1000 + 1100 + 1200)
    assert found.others_head == pytest.approx(1e6 * 10 / 2e6)
    assert found.most == ROUEN
    assert found.head == pytest.approx(10)
    assert essentials.brings(shared, people, ROUEN, "fair-price") is None, "a rule left blank"


def test_targets_that_are_missed_are_those_with_a_gap() -> None:
    """Two targets of Rouen; a gap of up to a thousandth is rounding. Others have none of them."""
    dataset = views_case.outcome()
    dataset["target_gap"].loc[{"target": "made", "year": 2050}] = 2.9
    dataset["target_gap"].loc[{"target": "part", "year": 2050}] = 0.5
    found = {aim.target: aim.met for aim in essentials.aims(Result.of(dataset), ROUEN)}
    assert found == {"made": True, "part": False}
    assert essentials.aims(Result.of(dataset), EPCI[1]) == []


def test_who_lends_and_who_borrows_are_the_ends_of_the_same_link() -> None:
    one = outcome()
    lent = essentials.start(one, ROUEN).lent
    assert lent
    for partner, amount in lent.items():
        assert essentials.start(one, partner).borrowed[ROUEN] == amount
        assert essentials.helped(one)[ROUEN, partner] >= amount


def test_energy_between_two_goes_one_way() -> None:
    """What comes back is taken off: no pair has both ways."""
    found = essentials.energy(outcome())
    assert found
    assert not any((b, a) in found for a, b in found)


def test_less_is_made_on_the_soil_where_others_make_it() -> None:
    """50 GWh/yr of wind less than alone: told as such; more than alone: nothing to explain."""
    alone, together = views_case.outcome("a", "none"), views_case.outcome("b", "spl")
    for dataset, made in ((alone, 100.0), (together, 50.0)):
        dataset["local_production"].loc[{"epci": ROUEN}] = 10.0
        dataset["local_production"].loc[{"epci": ROUEN, "technology": "wind"}] = made
    found = reasons.soil(Result.of(together), Result.of(alone), ROUEN)
    assert found is not None
    assert (found.alone, found.together) == pytest.approx((160, 110))
    assert found.less == pytest.approx({"wind": 50})
    assert reasons.soil(Result.of(alone), Result.of(together), ROUEN) is None


def test_a_hectare_is_worth_its_energy_at_the_rent() -> None:
    """10 GWh/yr on 5 ha are 2 000 MWh/ha; at 7 EUR/MWh one hectare more is worth 14 000 EUR/yr."""
    dataset = views_case.outcome()
    for name, value in (("land", 0.0), ("potential_rent", 0.0)):
        dataset[name].loc[{"epci": ROUEN}] = value
    at = {"epci": ROUEN, "technology": "solar-ground", "year": 2050}
    for name, value in (("land", 5.0), ("potential_rent", 7.0), ("local_production", 10.0)):
        dataset[name].loc[at] = value
    dataset["staff_price"].loc[{"epci": ROUEN, "year": 2030}] = 0.25
    found = reasons.more(Result.of(dataset), ROUEN, 2030)
    assert (found.technology, found.hectare) == ("solar-ground", pytest.approx(14_000))
    assert found.engineer == pytest.approx(250_000)


def test_the_sentences_hold_the_numbers_and_each_reader_has_its_own() -> None:
    text = page("en", family(2), {"spl-1": game(EPCI[:3])})
    told = brief(text, "spl-1")
    reached = essentials.reach(Result.of(family(2)["spl-1"]), ROUEN)
    assert f"makes {reached.made:,.0f} GWh/yr on its soil" in told
    assert "100 M€ saved over the whole path" in told
    assert "90 M€ for Territoire A" in told
    assert "python run.py ensemble spl-1" in told
    assert "Here everyone does without the others." in brief(text, "alone")
    theirs = brief(text, "spl-1", EPCI[1])
    assert "5.0 M€ for Territoire B, 20 € an inhabitant" in theirs
    assert "90 M€ for Territoire A" not in theirs
    assert "not computed yet: python run.py cooperate spl-1" in brief(
        page("en", family(2)), "spl-1"
    )


def test_an_aim_that_is_missed_is_said_and_explained() -> None:
    outcomes = family(2)
    outcomes["spl-1"]["target_gap"].loc[{"target": "made", "year": 2050}] = 77.0
    told = brief(page("fr", outcomes), "spl-1")
    assert "Objectif manqué : made (3 000 GWh/an) ; il manque 77 GWh/an ." in told
    assert "Pourquoi est-il manqué ?" in told


@pytest.mark.parametrize("name", ["fr", "en"])
def test_the_answer_needs_no_scrolling(browser: Any, files: dict[str, Path], name: str) -> None:
    """At 1366 × 768 every sentence and both figures stand above the lower edge."""
    opened(browser, files[name], 1366)
    script = """
    const ends = [...document.querySelectorAll("#first .panel:not([data-off]) :is(dd, svg.figure)")]
      .map((it) => it.getBoundingClientRect().bottom);
    return [ends.length, Math.max(...ends)]"""
    count, end = browser.execute_script(script)
    assert count == 6
    assert end <= 768
