"""The oracle on promises: of each quantity that is aimed at, a gap and a price that are wrong.

100 GWh/yr are bought at 100 EUR/MWh and 0.05 t/MWh: 5 kt. Wind could make 60 GWh/yr on 60 / 8.76
MW, a hectare each: in one case at 110 EUR/MWh, so that a promise at 5 is missed, in one at 90.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xarray as xr
from pytest import approx

from model.oracle import checks, examine, given, promises
from model.oracle.given import Given
from model.outcome.solve import solve_scenario
from model.tables.read import read_tables
from tests.cases import RURAL, carrier, demand, plant, write

MADE, SHARED = {"quantity": "production"}, {"quantity": "local-share"}


def promised(folder: Path, cost: float, **target: Any) -> Given:
    """The case with a promise, and wind at a cost [EUR/MWh]."""
    scenario = write(
        folder,
        demand({RURAL: 100}),
        carrier("electricity", 100, emission=0.05),
        plant("wind", {RURAL: 60}, cost=cost, land=1),
        targets={"aim": target},
    )
    return given(solve_scenario(scenario), read_tables(scenario.inputs_folder))


def wrong(known: Given, outcome: xr.Dataset) -> set[str]:
    """Checks of promises that find something in a changed result."""
    changed = given(outcome, known.tables)
    return {one.check for one in checks(changed, [promises]) if one.fails}


@pytest.mark.parametrize(
    ("cost", "target", "gap"),
    [
        (110, {**MADE, "at": {2030: 90}}, 90),
        (110, {**MADE, "of": "each", "at": {2030: 45}}, 45),
        (110, {**SHARED, "at": {2030: 0.9}}, 90),
        (110, {**SHARED, "definition": "contractual", "at": {2030: 0.9}}, 90),
        (110, {"quantity": "consumption", "at": {2030: 90}}, 10),
        (110, {"quantity": "emissions", "at": {2030: 1}}, 4),
        (90, {"quantity": "land", "at": {2030: 1}}, 60 / 8.76 - 1),
    ],
    ids=lambda one: one.get("quantity") if isinstance(one, dict) else "",
)
def test_what_a_missed_promise_lacks_and_costs(
    tmp_path: Path, cost: float, target: dict[str, Any], gap: float
) -> None:
    known = promised(tmp_path, cost, price=5, **target)
    outcome = known.outcome
    assert outcome["target_gap"].item() == approx(gap)
    assert outcome["target_price"].item() == approx(5)
    assert examine(known)[1] == []
    assert "target_gap" in wrong(known, outcome.assign(target_gap=1.1 * outcome["target_gap"]))
    dear, cheap = (outcome.assign(target_price=k * outcome["target_price"]) for k in (1.1, 0.9))
    assert wrong(known, dear) == {"target_price", "target_price.cap"}
    assert wrong(known, cheap) == {"target_price"}


def test_a_promise_kept_with_ease_has_no_price(tmp_path: Path) -> None:
    """60 are made where 40 are promised."""
    known = promised(tmp_path, 90, quantity="production", at={2030: 40})
    assert examine(known)[1] == []
    priced = known.outcome.assign(target_price=known.outcome["target_price"] + 1)
    assert wrong(known, priced) == {"target_price.idle"}


def test_a_promise_kept_with_effort_has_any_price(tmp_path: Path) -> None:
    """40 of wind, 10 EUR/MWh dearer than what is bought: the yearly result cannot say how much."""
    known = promised(tmp_path, 110, quantity="production", at={2030: 40})
    assert known.outcome["target_price"].item() == approx(10)
    assert examine(known)[1] == []
    missed = known.outcome.assign(target_gap=known.outcome["target_gap"] + 1)
    assert wrong(known, missed) == {"target_gap"}


def test_of_hours_only_the_cap_is_known(tmp_path: Path) -> None:
    """What is matched in time is not in the yearly result."""
    known = promised(
        tmp_path, 110, quantity="local-share", definition="hourly", at={2030: 0.9}, price=5
    )
    assert examine(known)[1] == []
    for factor, found in ((1.1, {"target_price.cap"}), (0.9, set())):
        told = known.outcome.assign(target_price=factor * known.outcome["target_price"])
        assert wrong(known, told) == found
