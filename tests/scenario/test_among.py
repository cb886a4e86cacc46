"""The scenario of some of its members: what others held, aimed at or signed leaves with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytest import approx

from model.scenario import Scenario, among
from tests.cases import RURAL, THIRD, URBAN, carrier, demand, write

BOTH = [RURAL, URBAN]


def of_three(folder: Path, **cooperation: Any) -> Scenario:
    """A scenario of three, with an aim of two of them and one of the third."""
    return write(
        folder,
        demand({RURAL: 10, URBAN: 50, THIRD: 50}),
        carrier("electricity", 100),
        cooperation={"form": "spl", **cooperation},
        targets={
            "two": {"quantity": "consumption", "of": BOTH, "at": {2030: 90}, "price": 5},
            "third": {"quantity": "consumption", "of": [THIRD], "at": {2030: 90}, "price": 5},
            "each": {"quantity": "consumption", "of": "each", "at": {2030: 90}, "price": 5},
        },
    )


def test_targets_lose_who_leaves_and_go_when_nobody_is_left(tmp_path: Path) -> None:
    found = among(of_three(tmp_path), [RURAL])
    assert {name: target.of for name, target in found.targets.items()} == {
        "two": (RURAL,),
        "each": "each",
    }
    assert found.cooperation.form == "none"
    assert found.territory.members == (RURAL,)


def test_companies_lose_their_members(tmp_path: Path) -> None:
    scenario = of_three(
        tmp_path, vehicles={"spl-a": {2030: [URBAN, THIRD]}, "spl-b": {2030: "all"}}
    )
    found = among(scenario, BOTH).cooperation
    assert found.form == "spl"
    assert found.vehicles == {"spl-a": {2030: (URBAN,)}, "spl-b": {2030: "all"}}


def test_signed_shares_of_those_who_stay_make_up_the_whole(tmp_path: Path) -> None:
    """Of 20, 30 and 50%, 40 and 60% without the last; nothing is left of what it held alone."""
    signed = {"spl": {2030: {RURAL: 0.2, URBAN: 0.3, THIRD: 0.5}}}
    found = among(of_three(tmp_path, equity=signed), BOTH).cooperation.equity
    assert found["spl"][2030] == approx({RURAL: 0.4, URBAN: 0.6})
    alone = {"spl": {2030: {THIRD: 1.0}}}
    assert not among(of_three(tmp_path, equity=alone), BOTH).cooperation.equity
