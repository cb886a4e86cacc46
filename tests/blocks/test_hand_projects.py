"""What must be built, whose and with whom, and who is hired for it, by hand."""

from __future__ import annotations

import pytest
from pytest import approx

from model.errors import InputError
from model.settlement import game_of
from tests.cases import (
    RURAL,
    THIRD,
    URBAN,
    carrier,
    constants,
    demand,
    plant,
    rows,
    solve,
    steps,
    write,
)
from tests.results import made, paid

DAY = {"full_load_hours": 2400, "profile": "wind", "lifetime": 20}
DEAR = {"investment": 3840}


def turbines(**more: object) -> list:
    """A demand beyond reach @60, and wind of 3 840 EUR/kW over 20 years: 192 k€/yr for a MW."""
    return [
        demand({RURAL: 1000, URBAN: 1000}),
        carrier("electricity", 60),
        plant("wind", {RURAL: 240, URBAN: 240}, cost=DEAR, actors=("developer", "sem"), **DAY),
        steps(24, wind=[1]),
        rows("project_stages", {"technology": "wind", "stage": "operation"}),
        constants(),
        *([rows("production", more)] if more else []),
    ]


def must(value: float, price: float | None = None, **more: object) -> dict:
    """So many MW must be built by 2030, in the country unless said."""
    aim = {"quantity": "built", "of": [RURAL], "at": {2030: value}, **more}
    return {"aim": aim if price is None else {**aim, "price": price}}


SEM = {"form": "pool", "vehicles": {"sem": {2030: "all"}}}


@pytest.mark.parametrize(("price", "built"), [(None, 5), (50_000, 5), (40_000, 0)])
def test_what_must_be_built(tmp_path, price, built):
    """Proves a floor on what is built (rows `targets.built`): 5 MW, 12 GWh.

    A MW saves 2 400 h · 60 EUR/MWh = 144 k€/yr and costs 48 more: built at 50 k€/MW missed, and
    missed at 40. Without the floor nothing is built.
    """
    outcome = solve(tmp_path, *turbines(), targets=must(5, price))
    assert made(outcome, "wind", RURAL) == approx(2.4 * built, abs=1e-6)
    assert float(outcome["target_gap"].sum()) == approx(5 - built, abs=1e-6)
    assert float(outcome["target_price"].sum()) == approx(48_000 if built else price)
    paid_more = 0.048 * 5 if built else 0
    assert outcome.attrs["objective"] == approx(120 + paid_more + 0.04 * (5 - built))


def test_what_stood_is_not_what_is_built(tmp_path):
    """The 2 MW that stand do not count: 5 more are built, and 12 + 4.8 GWh are made."""
    stood = {"epci": RURAL, "technology": "wind", "production": 4.8}
    outcome = solve(tmp_path, *turbines(**stood), targets=must(5))
    assert float(outcome["investment"].sel(technology="wind").sum()) == approx(5)


@pytest.mark.parametrize(
    ("more", "built"),
    [
        ({"technologies": ["wind"]}, 5),
        ({"actor": "developer"}, 5),
        ({"actor": "sem"}, 5),
        ({"of": "territory"}, 5),
        ({"of": "each"}, 10),
        ({"partners": [RURAL, URBAN]}, 5),
    ],
)
def test_who_builds_what_must_be_built(tmp_path, more, built):
    """Which technology, whose, where and with whom; pooled targets of each add up."""
    budget = [rows("endowments", {"epci": RURAL, "budget": 100})]
    outcome = solve(tmp_path, *turbines(), *budget, cooperation=SEM, targets=must(5, **more))
    invested = outcome["investment"].sel(technology="wind").sum(["epci", "year"])
    assert float(invested.sum()) == approx(built)
    if "actor" in more:
        assert float(invested.sel(actor=more["actor"])) == approx(5)


@pytest.mark.parametrize("more", [{"partners": [THIRD]}, {"actor": "sem"}])
def test_what_must_be_built_lapses(tmp_path, more):
    """Without a partner who signed it, or where the form has no such company, nobody is bound."""
    outcome = solve(tmp_path, *turbines(), targets=must(5, **more))
    assert made(outcome, "wind", RURAL) == approx(0, abs=1e-6)
    assert outcome["target_gap"].sizes["target"] == 0


def test_a_project_binds_those_who_signed_it(tmp_path):
    """Proves the game: a project at a loss of 240 k€ costs both together, and neither alone.

    So do the 5 MW of a company: it takes two.
    """
    for more in ({"partners": [RURAL, URBAN]}, {"actor": "sem", "of": "territory"}):
        scenario = write(tmp_path, *turbines(), cooperation=SEM, targets=must(5, **more))
        game = game_of(scenario)
        alone = [game([siren]) for siren in (RURAL, URBAN)]
        assert alone == approx([60, 60])
        assert game.total == approx(120.24)


def test_no_technology_that_is_not_there(tmp_path):
    """A wrong name is told where it stands."""
    with pytest.raises(InputError, match="'peat' is not in the inputs"):
        solve(tmp_path, *turbines(), targets=must(5, technologies=["peat"]))
    wrong = {"aim": {"quantity": "land", "at": {2030: 5}, "actor": "sem"}}
    with pytest.raises(InputError, match="has no meaning for 'land'"):
        solve(tmp_path, *turbines(), targets=wrong)


@pytest.mark.parametrize(("limit", "built"), [(True, 30), (False, 100)])
def test_hiring_without_limit(tmp_path, limit, built):
    """Half of the 2 engineers more can be found, or as many as pay: all 100 MW, 10 by each."""
    outcome = solve(
        tmp_path,
        demand({RURAL: 1000}),
        carrier("electricity", 90),
        plant("wind", {RURAL: 240}, **DAY),
        steps(24, wind=[1]),
        rows("project_stages", {"technology": "wind", "stage": "emergence", "staff": 0.1}),
        rows("endowments", {"epci": RURAL, "staff": 2}),
        constants(hire_share=0.5, staff_wage=65_000),
        budget={"hiring_limit": limit},
    )
    assert made(outcome, "wind", RURAL) == approx(2.4 * built)
    assert paid(outcome, "staff") == approx(0.065 * (built / 10 - 2))
