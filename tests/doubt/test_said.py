"""Sentences about doubt that the smallest case does not need: of the bill alone, of many draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.doubt.statistics import Crossing
from model.outcome.plain import Result
from model.views.sections.doubt_words import Teller
from model.words.catalogue import Words
from model.words.numbers import NARROW, Lang, Numbers

PARTNERS = {"111111118": "Hautes Terres", "222222226": "Grand Port"}
GROUPS = {"price": "Price of electricity", "rate": "Cost of capital"}


def drawn(values: dict[str, list[float]], **more: Any) -> Result:
    """Draw 0 and others of some headlines, of two groups that make a half and a tenth of each."""
    count, size = len(next(iter(values.values()))), len(values)
    arrays = {
        "headline": list(values),
        "value": np.column_stack(list(values.values())),
        "draw": range(count),
        "status": ["solved"] * count,
        "twin_status": [""] * count,
        "group": list(GROUPS),
        "group_label_en": list(GROUPS.values()),
        "group_label_fr": ["Prix de l'électricité", "Coût du capital"],
        "group_distribution": ["uniform", "uniform"],
        "total_order": np.full((size, 2), (0.5, 0.1)),
        "explained": np.full(size, 0.6),
        **more,
    }
    dims = {name: ("group",) for name in arrays if name.startswith(("group", "threshold"))}
    return Result({name: np.array(array) for name, array in arrays.items()}, dims, {})


def teller(found: Result, lang: Lang = "en") -> Teller:
    """Tells of it, partners by their names."""
    return Teller(found, Words(lang), Numbers(lang), PARTNERS.__getitem__)


def said(found: Result, lang: Lang = "en") -> list[str]:
    """All of its sentences."""
    return list(teller(found, lang).sentences())


def test_without_cooperation_the_answer_is_the_bill() -> None:
    """Of 1 … 21: a tenth is below 3, a tenth above 19."""
    found = drawn({"bill": [11.0, *range(1, 22)]})
    assert said(found) == [f"As the tables say the bill is 11{NARROW}M€; in 4 of 5 cases between "
                           f"3{NARROW}M€ and 19{NARROW}M€."]  # fmt: skip


def test_of_many_draws_more_is_known() -> None:
    """Of 0 … 200: 19 of 20 reach 10; ends of 4 of 5 are 20 and 180, known to 9 of them."""
    lines = said(drawn({"gain": [100.0, *range(201)]}))
    assert lines[0] == "Cooperation brings something in 200 of 201 draws."
    assert f"between 20{NARROW}M€ and 180{NARROW}M€" in lines[1]
    assert lines[2] == f"In 19 of 20 cases it brings 10{NARROW}M€ or more."
    assert lines[3].startswith(f"More draws would move the ends of 4 cases of 5 by 9{NARROW}M€")
    assert "These shares explain 60% of this doubt" in lines[5]


def test_too_few_draws_tell_no_ends() -> None:
    assert said(drawn({"bill": [1.0, 2.0, 3.0]})) == []


@pytest.mark.parametrize(
    ("lang", "met", "hangs"),
    [
        ("en", "Every target is met in 1 of 2 draws.", "the targets hangs on — half: Price of"),
        ("fr", "Tous les objectifs sont atteints dans 1 des 2 tirages.", "la moitié"),
    ],
)
def test_targets_are_met_or_not(lang: Lang, met: str, hangs: str) -> None:
    found = drawn({"bill": [1.0] * 3, "missed": [0.0, 0.0, 4.0]}, met=[1, 1, 0])
    told = said(found, lang)
    assert met in told
    assert any(hangs in line for line in told)


def test_nothing_is_said_of_what_no_group_explains() -> None:
    found = drawn({"gain": [5.0, 4.0, 6.0]}, total_order=np.zeros((1, 2)))
    assert not any("hangs on" in line for line in said(found))


def test_a_headline_has_the_name_of_the_partner() -> None:
    told = teller(drawn({"gain": [1.0, 2.0]}), "fr")
    assert told.headline("gain:222222226") == "Grand Port"
    assert told.headline("bill") != "bill"


def test_where_one_costs_less_than_the_other() -> None:
    """100 €/MWh at 0.9, give or take 0.02; a rate of 4% at 1.25; a change where many are moved."""
    amounts = {"group_amount": [100.0, 0.04], "group_unit": ["EUR/MWh", "1/yr"]}
    known, blank = (teller(drawn({"gain": [1.0]}, **more)) for more in (amounts, {}))
    at = Crossing(0.9, 0.02, rising=True)
    assert known.less("A", "B", "price", at) == (
        f"Price of electricity above 90.0{NARROW}€/MWh: A costs less than B (give or take "
        f"2.00{NARROW}€/MWh, with all else at its mean)."
    )
    assert known.moved("rate", 1.25) == "5.0%"
    below = blank.less("A", "B", "rate", Crossing(1.25, 0.1, rising=False))
    assert below.startswith("Cost of capital below +25%: A costs less than B (give or take 10%,")
