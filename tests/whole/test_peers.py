"""Small cases in our tables and, a second time, by hand in linopy: the same to nine digits.

`benchmarks/hand` writes the equations of each case again, from the pages of the blocks; it imports
nothing of ours, and runs in an environment of its own, as linopy brings packages that change how
sums are made. `peers.json` keeps what it found, so that every test run compares with it; the
campaign solves the text again (`-m campaign`).

Costs, quantities and prices are compared. Optima are unique, so that there is one answer.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from pytest import approx

from benchmarks.environment import told_by
from tests.whole import energy_case, plans_case
from tests.whole.model_energy_case import model_energy

FILE = Path(__file__).parent / "peers.json"
FOUND = json.loads(FILE.read_text(encoding="utf-8"))
CASES = {
    "heat_two_ways": energy_case.heat_two_ways,
    "day_with_a_store": energy_case.day_with_a_store,
    "day_with_a_store in PyPSA": energy_case.day_with_a_store,
    "two_that_trade": energy_case.two_that_trade,
    "plants_that_age": plans_case.plants_that_age,
    "promises": plans_case.promises,
    "savings": plans_case.savings,
    "staff_and_time": plans_case.staff_and_time,
    "shared_company": plans_case.shared_company,
    "model_energy, 20 days": partial(model_energy, days=20),
}


@pytest.mark.parametrize("name", CASES)
def test_linopy_found_the_same(name, tmp_path) -> None:
    """PyPSA too, where its components say the same."""
    assert CASES[name](tmp_path) == approx(FOUND[name], rel=1e-9, abs=1e-9)


@pytest.mark.campaign
def test_pypsa_found_the_same_of_a_whole_year(tmp_path) -> None:
    """Its example `model-energy`, 2 920 steps."""
    assert model_energy(tmp_path) == approx(FOUND["model_energy"], rel=1e-9, abs=1e-9)


@pytest.mark.campaign
def test_linopy_finds_the_same_again() -> None:
    """What the file keeps is what the text says; `python -m benchmarks.hand` prints it anew."""
    again = json.loads(told_by("pypsa", "benchmarks.hand"))
    assert again.keys() == FOUND.keys()
    for name, figures in again.items():
        assert figures == approx(FOUND[name], rel=1e-10, abs=1e-10), name
