"""Diagnose names the choices of the scenario, and ways out that were solved."""

from __future__ import annotations

from pytest import approx

from model.outcome.shortfall import shortfall
from model.outcome.ways import ways
from model.views.terminal.diagnosis import diagnose
from tests.cases import RURAL, URBAN, carrier, demand, plant, write

GRID = carrier("electricity", 100)


def test_what_was_excluded_is_named_first_and_taking_it_back_works(tmp_path):
    """Wind could make 60, sun 20; wind is excluded, and 50 are promised: 30 are missing."""
    scenario = write(
        tmp_path,
        demand({RURAL: 100}),
        GRID,
        plant("wind", {RURAL: 60}),
        plant("sun", {RURAL: 20}),
        production={"exclude": ["wind"]},
        targets={"promise": {"quantity": "production", "at": {2030: 50}}},
    )
    found = shortfall(scenario)
    assert found.total == approx(30)
    first, last = ways(scenario, found)
    assert (first.key, first.value, first.works) == ("production.exclude", [], True)
    assert last.key == "targets.promise.at.2030"
    assert last.value == approx(20, rel=1e-4)
    lines = diagnose(scenario)
    at = lines.index("Ways out, each solved:")
    assert lines[at + 1].startswith(f"- production.exclude: [] ({scenario.file}:")
    assert lines[at + 2].startswith("- targets.promise.at.2030: 20")


def test_a_choice_that_helps_in_part_says_what_is_left(tmp_path):
    """The cautious level gives 10, the ambitious 40, of 50 that are promised."""
    levels = {"low": 10, "medium": 20, "high": 40}
    wind = plant("wind", {RURAL: 40})
    for row in wind["potentials"]:
        if row["epci"] == RURAL:
            row |= levels
    scenario = write(
        tmp_path,
        demand({RURAL: 100}),
        GRID,
        wind,
        production={"level": "low"},
        targets={"promise": {"quantity": "production", "at": {2030: 50}}},
    )
    found = shortfall(scenario)
    first = ways(scenario, found)[0]
    assert first.key == "production.level"
    assert first.left == approx(10)
    told = "\n".join(diagnose(scenario)).replace("\u202f", " ")
    assert "Choices of the scenario that hold back too" in told
    assert "production.level" in told
    assert "10.0 GWh/yr are then missing" in told


def test_a_priced_target_is_no_cause(tmp_path):
    """50 are a must, 20 can be made; 90 of the city are priced, and have no part in it."""
    soft = {"quantity": "production", "of": [URBAN], "at": {2030: 90}, "price": 5}
    hard = {"quantity": "production", "of": [RURAL], "at": {2030: 50}}
    scenario = write(
        tmp_path,
        demand({RURAL: 100, URBAN: 100}),
        GRID,
        plant("wind", {RURAL: 20, URBAN: 10}),
        targets={"soft": soft, "hard": hard},
    )
    found = shortfall(scenario)
    assert [(part.label, part.amount) for part in found.missing] == [("hard", approx(30))]
    assert not any(limit.labels.get("target") == "soft" for limit in found.limits)


def test_a_way_works_though_a_priced_target_is_missed(tmp_path):
    """Nobody can heat, as boilers are excluded; 90 GWh of wind that nobody has are priced."""
    scenario = write(
        tmp_path,
        demand({RURAL: 100}),
        GRID,
        plant("wind", {RURAL: 20}),
        production={"exclude": ["appliances"]},
        targets={"soft": {"quantity": "production", "at": {2030: 90}, "price": 5}},
    )
    found = shortfall(scenario)
    assert [part.kind for part in found.missing] == ["service"]
    (way,) = ways(scenario, found)
    assert (way.key, way.works) == ("production.exclude", True)
