"""Diagnose: fifty impossible cases solved by hand; what is missing is exact, its cause named."""

from __future__ import annotations

import pytest
from pytest import approx

import run
from model.errors import InfeasibleError
from model.outcome.shortfall import shortfall
from model.outcome.solve import make_plan
from model.views.terminal.diagnosis import diagnose
from model.words.catalogue import LANGUAGES
from model.words.numbers import NARROW
from tests.cases import (
    RURAL,
    demand,
    plant,
    write,
)
from tests.commands.planted_case import (
    BUY,
    PLANTED,
    SIZES,
    agreement,
    aim,
    gwh,
    in_house,
    land,
    link,
    potential,
    purchase,
    saving,
    staff,
    wind,
)


@pytest.mark.parametrize(("make", "size"), PLANTED)
def test_what_is_missing_is_exact_and_its_cause_is_named(tmp_path, make, size):
    case = make(size)
    scenario = write(tmp_path, *case.pieces, **case.sections)
    found = shortfall(scenario)
    assert found.total == approx(case.missing, abs=1e-6)
    assert case.kind in {limit.kind for limit in found.limits}
    if size == SIZES[0]:
        with pytest.raises(InfeasibleError):
            make_plan(scenario)


def test_there_are_fifty():
    assert len(list(PLANTED)) >= 50


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
