"""What is written and has no effect is told, with the place of what takes it away."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.scenario import idle, load_scenarios
from tests.scenario.scenario_case import MINIMAL, write

SWEEP = "sweep: {production.density: [1, 2]}\n"


def told(folder: Path, name: str = "b") -> list[str]:
    found = [s for s in load_scenarios(None, folder) if s.name.split("+")[0] == name]
    return list(dict.fromkeys(str(fault) for scenario in found for fault in idle(scenario)))


def test_a_value_under_a_sweep_of_the_same_key(folder):
    write(folder, "a", MINIMAL + SWEEP)
    write(folder, "b", "extends: a\nproduction: {density: 3}\n")
    [line] = told(folder)
    assert line.startswith(f"{folder / 'b.yaml'}:2:23  production.density: 3 has no effect: ")
    assert f"it is swept over at {folder / 'a.yaml'}:3  Mend" in line


def test_a_sweep_over_what_a_parent_says_is_no_fault(folder):
    write(folder, "a", MINIMAL + "production: {density: 3}\n")
    write(folder, "b", "extends: a\n" + SWEEP)
    assert told(folder) == []


def test_what_a_parent_says_already(folder):
    write(folder, "a", MINIMAL + "production: {density: 3}\n")
    write(folder, "b", "extends: a\nproduction: {density: 3.0}\n")
    [line] = told(folder)
    assert "b.yaml:2:23  production.density: 3.0 changes nothing: " in line
    assert "a.yaml:3:23 says the same" in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cooperation: {transfer_limit: 2}", "transfer_limit has no effect: see cooperation.part"),
        ("budget: {operating_growth: 0.01}", "operating_growth has no effect: see budget.operat"),
        (
            "reduction: {efficiency: 0, shift: 0, sobriety: 0, pace: 2}",
            "reduction.pace has no effect: see reduction",
        ),
        (
            "production: {exclude: [wind]}\neconomy: {investment: {wind: 2}}",
            "economy.investment.wind has no effect: see production.exclude",
        ),
        ("cooperation: {reach: 40}", "cooperation.reach has no effect: see cooperation.form"),
        ("cooperation: {form: pool, reach: 40}", ""),
        ("cooperation: {contracts: []}", ""),
    ],
)
def test_what_lacks_the_key_that_it_needs(text, expected, folder):
    write(folder, "b", f"{MINIMAL}{text}\n")
    found = told(folder)
    assert len(found) == bool(expected)
    assert expected in "".join(found)
