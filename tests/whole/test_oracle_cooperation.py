"""The oracle where cooperation has been signed: shares of a company, groups that play as one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytest import approx

from model.oracle import checks, examine, given
from model.oracle.given import Given
from model.outcome.solve import make_plan, solve_scenario, tell
from model.scenario import Scenario
from model.settlement import cooperate
from model.tables.read import read_tables
from tests.cases import RURAL, THIRD, URBAN, carrier, demand, form, plant, rows, write


def fails(known: Given) -> set[str]:
    """The checks that find something."""
    return {one.check for one in checks(known) if one.fails}


def company(folder: Path) -> Scenario:
    """A SEM of the country, half, the city, a quarter, and a bank: wind at 1 MEUR/MW.

    The country has 1 MEUR and the city 10: 2 MEUR of equity and 18 of debt build 20 MW.
    """
    return write(
        folder,
        demand({RURAL: 1000, URBAN: 100}),
        carrier("electricity", 100),
        plant("wind", {RURAL: 1000}, actors=("sem",), cost={"investment": 1000}),
        rows("endowments", {"epci": RURAL, "budget": 1}, {"epci": URBAN, "budget": 10}),
        rows("funders", {"funder": "bank", "public": "no"}),
        form("sem", 2, "shareholders", sem="yes"),
        cooperation={
            "form": "sem",
            "equity": {"sem": {2030: {RURAL: 0.5, URBAN: 0.25, "bank": 0.25}}},
        },
    )


def test_equity_keeps_to_the_shares_that_are_signed(tmp_path: Path) -> None:
    scenario = company(tmp_path)
    plan = make_plan(scenario)
    outcome, tables = tell(plan), read_tables(scenario.inputs_folder)
    paid = outcome["equity"].sel(actor="sem", year=2030)
    assert paid.sel(epci=[RURAL, URBAN]).values == approx([1, 0.5])
    assert examine(given(outcome, tables, None, cooperate(scenario)))[1] == []
    moved = outcome.copy(deep=True)
    moved["equity"].loc[{"actor": "sem", "epci": RURAL}] -= 0.1
    moved["equity"].loc[{"actor": "sem", "epci": URBAN}] += 0.1
    assert "equity.sem" in fails(given(moved, tables))


def test_needs_grow_as_the_outlook_says(tmp_path: Path) -> None:
    """A fifth, then two fifths more for all; a tenth less in the city in every year."""
    index = {"outlook": "growth", "service": "power"}
    scenario = write(
        tmp_path,
        demand({RURAL: 100, URBAN: 100}),
        carrier("electricity", 100),
        rows(
            "outlook",
            {**index, "epci": "", "year": 2030, "index": 1.2},
            {**index, "epci": "", "year": 2040, "index": 1.4},
            {**index, "epci": URBAN, "year": "", "index": 0.9},
        ),
        demand={"outlook": "growth"},
        horizon={"years": [2030, 2040]},
    )
    outcome, tables = solve_scenario(scenario), read_tables(scenario.inputs_folder)
    needs = outcome["service_demand"].sum("service")
    assert needs.sel(epci=RURAL).values == approx([120, 140])
    assert needs.sel(epci=URBAN).values == approx([90, 90])
    assert examine(given(outcome, tables))[1] == []
    more = outcome.copy(deep=True)
    more["service_demand"].loc[{"epci": URBAN, "year": 2040}] *= 1.1
    assert "outlook" in fails(given(more, tables))


def test_groups_that_play_as_one_share_what_they_save(tmp_path: Path) -> None:
    """Wind of RURAL at 20 for 50 of URBAN and 50 of THIRD, that pay 100 without it: 8 saved."""
    scenario = write(
        tmp_path,
        demand({RURAL: 0, URBAN: 50, THIRD: 50}),
        carrier("electricity", 100, exchange="contract"),
        plant("wind", {RURAL: 100}, cost=20),
        cooperation={"form": "pool"},
    )
    outcome, tables = solve_scenario(scenario), read_tables(scenario.inputs_folder)
    sheet = cooperate(scenario, groups={"towns": [URBAN, THIRD]})
    assert sheet.attrs["gain"] == approx(8)
    assert examine(given(outcome, tables, None, sheet))[1] == []
    unfair = sheet.copy(deep=True)
    unfair["allocation"].loc[{"rule": "shapley"}] += np.array([1.0, -1.0])
    assert "shapley" in fails(given(outcome, tables, None, unfair))
