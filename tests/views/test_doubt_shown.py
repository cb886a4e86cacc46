"""What is a guess is hatched, and one switch takes all doubt off the page."""

from pathlib import Path
from typing import Any

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.painters.map import Atlas, Shape
from model.views.painters.palette import GUESSED
from tests import views_case
from tests.views.browser_case import choose, opened, shown
from tests.views_case import EPCI


def test_an_epci_is_a_guess_when_more_than_half_of_its_data_are() -> None:
    """Shares by status: 0.3 observed and 0.7 estimated is a guess; half and half is not."""
    dataset = views_case.outcome()
    dataset["potential_status"].loc[{}] = 0.0
    for epci, known in zip(EPCI[:3], (0.3, 0.5, 1.0), strict=True):
        dataset["potential_status"].loc[{"epci": epci, "status": "observed"}] = known
        dataset["potential_status"].loc[{"epci": epci, "status": "estimated"}] = 1 - known
    assert tables.guessed(Result.of(dataset), "potential") == [EPCI[0]]


def test_hatches_lie_over_the_guesses_only() -> None:
    atlas = Atlas({code: Shape("M0,0Z", (1.0, 1.0)) for code in ("a", "b")}, 10.0)
    drawn = atlas.draw("t", {}, {}, ["b"])
    assert drawn.count(f"url(#{GUESSED})") == 1
    assert f'href="#epci-b" fill="url(#{GUESSED})"' in drawn


def test_one_switch_takes_all_doubt_off(browser: Any, files: dict[str, Path]) -> None:
    opened(browser, files["fr"])
    assert shown(browser, ".doubt") > 0
    choose(browser, "doubt", "hidden")
    assert shown(browser, ".doubt") == 0
    assert "doubt=hidden" in browser.execute_script("return location.hash")
    choose(browser, "doubt", "shown")
    assert shown(browser, ".doubt") > 0
