"""What the page says about who gains is what the file of the cooperation says."""

import math
import re
from html import unescape

import pytest

from model.outcome.plain import Result
from model.tables.read import read_tables
from model.views.facts import sharing
from model.views.painters.map import read_outlines
from model.views.publishing.report import INPUTS, Material, compose
from model.words.numbers import NARROW
from tests.views.report_case import whole
from tests.views_case import EPCI, RULES, family, game, outcome

FRAMES = read_tables(INPUTS).frames
OUTLINES = read_outlines(INPUTS / "outlines.geojson")
QUICK = (
    "stability", "tempted", "gini", "settlement_price", "settlement_volume", "congestion_rent",
    "dividend", "payment", "in_kind", "least_subsidy", "tail_excess", "voting_power",
    "perimeter_gain", "next_partner", "next_partner_gain",
)  # fmt: skip


def told(lang: str = "en", **games: Result) -> str:
    """The words of a page on two scenarios, in one line."""
    results = {name: Result.of(dataset) for name, dataset in family(2).items()}
    text = whole(compose(Material(results, FRAMES, OUTLINES, games), lang))
    plain = unescape(re.sub(r"<[^>]+>", " ", text)).replace(NARROW, " ")
    return re.sub(r"\s+", " ", plain)


def test_gains_are_those_of_the_file() -> None:
    found = Result.of(game())
    assert sharing.rules(found) == list(RULES[:-1])
    assert sharing.gains(found)["nucleolus"] == {EPCI[0]: 90.0, EPCI[1]: 5.0, EPCI[2]: 5.0}
    assert sharing.whole(found) == 100.0
    assert sharing.reason(found, "fair-price", "en") == "no price is fair"


def test_a_rule_that_dwarfs_the_others_is_not_drawn() -> None:
    assert sharing.drawable(Result.of(game())) == list(RULES[:4])


def test_who_loses_and_who_is_paid_nothing() -> None:
    found = Result.of(game())
    gains = sharing.gains(found)
    assert sharing.losers(gains["as-it-falls"], 0.5) == [EPCI[1], EPCI[2]]
    assert sharing.losers(gains["as-it-falls"], 10.0) == []
    assert sharing.unpaid(found) == [EPCI[1], EPCI[2]]


def test_a_verdict_names_the_worst_treated() -> None:
    found = Result.of(game())
    worst = sharing.verdict(found, "shapley")
    assert worst is not None
    assert (worst.excess, worst.coalition, worst.stable) == (0.4, list(EPCI[:2]), False)
    assert sharing.verdict(found, "nucleolus").stable  # type: ignore[union-attr]
    assert sharing.verdict(found, "fair-price") is None
    assert sharing.verdict(Result.of(game(without=QUICK)), "nucleolus") is None


def test_gains_by_type_sum_to_the_gain() -> None:
    gain = sharing.gains(Result.of(game()))["nucleolus"]
    types = Result.of(outcome()).coordinate("epci_type")
    assert sharing.by_type(gain, types) == {"urban": 90.0, "rural": 10.0}


def test_the_page_says_who_gains_and_who_would_leave() -> None:
    text = told(**{"spl-1": Result.of(game())})
    for words in (
        "Together the 3 partners save 100 M€ over the whole path, 3.03% of their bills.",
        "Without payments between partners, Territoire B and Territoire C would lose",
        "Marginal prices give Territoire B and Territoire C next to nothing",
        "Yes: Territoire B, who pays 20 M€ too much.",
        "Yes: Territoire A and Territoire B, who together pay 0.4 M€ too much.",
        "blank: no price is fair",
        "Everyone is alone in this scenario",
        "Whom to cooperate with",
        "Largest sales between partners in 2050",
        "Dividends of the shared companies",
        "Simple majority",
        "By mandate",
        "Staff lent",
        "With 0.",
    ):
        assert words in text, words
    french = told("fr", **{"spl-1": Result.of(game())})
    assert "Ensemble, les 3 partenaires économisent 100 M€ sur toute la trajectoire" in french
    assert "Oui : Territoire B, qui paie 20 M€ de trop." in french


def test_a_quick_file_shows_what_it_has() -> None:
    quick = Result.of(game(without=QUICK).assign_attrs(depth="quick"))
    text = told(**{"spl-1": quick})
    assert "Only 4 of 7 groups were asked. Every group: python run.py cooperate spl-1" in text
    assert "not computed" in text
    partly = told(**{"spl-1": Result.of(game())})
    assert "None of those asked." in partly
    assert "No: stable." not in partly
    assert "Whom to cooperate with" not in text
    assert not re.search(r"\bnan\b", text)


def test_a_page_without_sharing_has_no_section_on_it() -> None:
    assert "Is each partner better off?" not in told()
    assert "are not computed yet: python run.py cooperate spl-1" not in told()
    other = {"alone": Result.of(game())}
    assert "are not computed yet: python run.py cooperate spl-1" in told(**other)


def test_a_partner_without_a_plan_alone_is_said_to_have_none() -> None:
    dataset = game()
    dataset["gain"].loc[{"epci": EPCI[1]}] = math.inf
    text = told(**{"spl-1": Result.of(dataset)})
    assert "Territoire B cannot keep the targets alone" in text
    assert not re.search(r"\binf\b", text)


def test_the_page_says_whether_prices_are_unique() -> None:
    wide, narrow = game(), game()
    wide["price_range"][:] = [[0.0, 0.0, 0.0], [5.0, 30.0, 0.0]]
    narrow["price_range"][:] = 7.0
    choice, none = (told(**{"spl-1": Result.of(g)}) for g in (wide, narrow))
    assert "leaves a choice of prices: a share may differ by up to 30 M€" in choice
    assert "leaves no choice of prices" in none


def test_bills_add_up_to_the_common_bill() -> None:
    text = told(**{"spl-1": Result.of(game())})
    assert "Bills of each alone: 3,300 M€" in text
    assert "Common bill: 3,200 M€" in text


@pytest.mark.parametrize(
    "without", [*QUICK, "reason", "gain_per_inhabitant", "relative_gain", "transfer", "net_gain"]
)
def test_every_variable_may_be_missing(without: str) -> None:
    assert "Is each partner better off?" in told(**{"spl-1": Result.of(game(without=[without]))})
