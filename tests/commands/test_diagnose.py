"""Diagnose: impossible cases solved by hand; what is missing is exact, its cause named first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from _pytest.mark import ParameterSet
from pytest import approx

import run
from model.errors import InfeasibleError
from model.outcome.causes import causes
from model.outcome.shortfall import shortfall
from model.outcome.solve import make_plan
from model.views.terminal.diagnosis import diagnose
from model.words.catalogue import LANGUAGES
from model.words.names import FIXED
from model.words.numbers import NARROW
from tests.cases import (
    RURAL,
    demand,
    plant,
    rows,
    write,
)
from tests.commands.chosen_case import CHOICES, agreement, excluded, in_house, level
from tests.commands.planted_case import (
    BUY,
    KINDS,
    Planted,
    aim,
    capital,
    gwh,
    land,
    link,
    potential,
    purchase,
    saving,
    staff,
    two_promises,
    wind,
)

SIZES = (1.0, 1.7, 3.25)
QUICK = (potential, land, capital, link, two_promises, in_house, agreement, excluded, level)
"""Those whose first cause is asked for in every test; of others in campaigns."""


def planted(*quick: Callable[[float], Planted]) -> list[ParameterSet]:
    """Every case in every size; the quick ones, of the first size, in every test."""
    return [
        pytest.param(
            make,
            size,
            id=f"{make.__name__}-{size:g}",
            marks=[] if size == SIZES[0] and make in quick else [pytest.mark.campaign],
        )
        for make in (*KINDS, *CHOICES)
        for size in SIZES
    ]


@pytest.mark.parametrize(("make", "size"), planted(*KINDS, *CHOICES))
def test_what_is_missing_is_exact(tmp_path, make, size):
    case = make(size)
    scenario = write(tmp_path, *case.pieces, **case.sections)
    assert shortfall(scenario).total == approx(case.missing, abs=1e-6)
    if size == SIZES[0]:
        with pytest.raises(InfeasibleError):
            make_plan(scenario)


@pytest.mark.parametrize(("make", "size"), planted(*QUICK))
def test_the_planted_cause_is_named_first(tmp_path, make, size):
    """Of what is told to hold back, the first is what was planted: a choice, or a limit."""
    case = make(size)
    lines = diagnose(write(tmp_path, *case.pieces, **case.sections))
    first = next(line for line in lines if line.startswith("- "))
    assert first.startswith(f"- {FIXED['limit'].get(case.cause, case.cause)}")


def test_there_are_fifty():
    assert len(planted()) >= 50


def test_what_is_excluded_in_vain_is_no_cause(tmp_path):
    """Of three that are shut out, wind alone is named, and the way out keeps the others out."""
    case = excluded(1.0)
    lines = diagnose(write(tmp_path, *case.pieces, **case.sections))
    cause, way = (line for line in lines if "production.exclude" in line)
    assert "production.exclude – wind (" in cause
    assert "production.exclude: [dim, sun] (" in way


def test_a_limit_that_alone_is_not_enough_is_no_first_cause(tmp_path):
    """10 MW have land and 12 MW are paid: for 12 MW land is enough, for 15 MW neither is."""
    pieces = wind(100, land=1, actors=["local-authority"], cost={"investment": 1000})
    own = rows("endowments", {"epci": RURAL, "land": 10, "budget": 12})
    (land_only,) = causes(shortfall(write(tmp_path, *pieces, own, **aim("production", gwh(12)))))[
        :1
    ]
    assert (land_only.kind, land_only.enough) == ("land", True)
    both = causes(shortfall(write(tmp_path, *pieces, own, **aim("production", gwh(15)))))
    assert not any(cause.enough for cause in both)


def test_a_case_that_can_be_met_lacks_nothing(tmp_path):
    scenario = write(tmp_path, *wind(5), **aim("production", gwh(5)))
    found = shortfall(scenario)
    assert (found.missing, found.limits, found.total) == ((), (), 0)
    assert diagnose(scenario) == ["The plan keeps every target."]


def test_more_of_a_limit_is_worth_what_is_told(tmp_path):
    """Land is worth half a MW a hectare: with 1 ha more, half a MW less is missing."""
    before, after = (
        shortfall(write(tmp_path, *c.pieces, **c.sections)) for c in (land(3), land(4))
    )
    (limit,) = (limit for limit in before.limits if limit.kind == "land")
    assert limit.worth == approx(gwh(0.5))
    more = aim("production", gwh(3))["targets"]["promise"]["at"][2030] - gwh(2)
    assert before.total - limit.worth == approx(more)
    assert after.total == approx(gwh(2))


def plain(lines: list[str]) -> list[str]:
    """Lines with ordinary spaces."""
    return [line.replace("\N{NARROW NO-BREAK SPACE}", " ") for line in lines]


def test_a_price_too_low_is_told_apart_from_what_cannot_be(tmp_path):
    """5 MW of wind at 500 EUR/MWh: too dear at 10 EUR/MWh missed; 53.8 GWh are out of reach."""
    pieces = [demand({RURAL: 100}), BUY, plant("wind", {RURAL: gwh(5)}, cost=500)]
    cheap = write(tmp_path, *pieces, **aim("production", 20, price=10))
    assert plain(diagnose(cheap)) == [
        "The plan misses 20.0 GWh/yr in 2030 of the target “promise”: doing more costs more than "
        "its price, 10.0 €/MWh."
    ]
    short = write(tmp_path, *pieces, **aim("production", 53.8, price=10_000))
    first, *rest = plain(diagnose(short))
    assert first == (
        "Rural lacks 10.0 GWh/yr in 2030 to keep the target “promise”. No price can change that."
    )
    assert any("potentials used up (Rural): wind (2030)" in line for line in rest)
    assert not any("doing more" in line for line in rest)


@pytest.mark.parametrize(
    ("make", "english", "french"),
    [
        (potential, "Rural lacks 7", "Rural : il manque 7"),
        (purchase, "to meet its needs: power", "pour répondre aux besoins : power"),
        (saving, "is 1", "de trop"),
        (
            staff,
            "engineers all at work (Rural): 2030",
            "agents d'ingénierie tous occupés (Rural) : 2030",
        ),
        (agreement, "missing to what is agreed: Rural → Urban", "à ce qui est convenu : Rural"),
        (link, "Rural → Urban electricity", "Rural → Urban electricity"),
        (in_house, "work for its shareholders first", "d'abord pour ses actionnaires"),
    ],
)
def test_it_is_said_in_both_languages(tmp_path, capsys, make, english, french):
    case = make(1.0)
    scenario = write(tmp_path, *case.pieces, **case.sections)
    for lang, words in zip(LANGUAGES, (english, french), strict=True):
        assert run.main(["diagnose", str(scenario.file), "--lang", lang]) == 0
        assert words in capsys.readouterr().out.replace(NARROW, " ")
