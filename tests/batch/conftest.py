"""Fixtures of the tests in this room."""

from collections.abc import Callable
from pathlib import Path

import pytest

from model.errors import SolverLimitError
from tests.batch.batch_case import ERRORS, FakeScenario, outcome


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put fakes in the place of solving and sharing; the names solved, in order."""
    calls: list[str] = []

    def make_plan(scenario: FakeScenario, **_: object) -> FakeScenario:
        calls.append(scenario.name)
        if scenario.end in ERRORS:
            raise ERRORS[scenario.end]()
        return scenario

    def glance(plan: FakeScenario, folder: Path) -> None:
        if plan.end == "unshared":
            raise SolverLimitError("one alone takes too long")
        if plan.end == "too many":
            raise MemoryError
        (folder / "cooperation.nc").write_text(plan.name)

    fakes = {
        "settlement.glance": glance,  # first: this imports what takes the others by their names
        "outcome.solve.make_plan": make_plan,
        "outcome.solve.tell": lambda plan: outcome(),
        "outcome.summary.summarise": lambda found: {"cost": found.attrs["objective"]},
    }
    for place, fake in fakes.items():
        monkeypatch.setattr(f"model.{place}", fake)
    return calls


@pytest.fixture
def scenario(tmp_path: Path) -> Callable[..., FakeScenario]:
    """Make a scenario, with its file and the inputs that all of them share."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "epci.csv").write_text("epci\n200023414\n", encoding="utf-8")

    def make(name: str, end: str = "solved") -> FakeScenario:
        file = tmp_path / f"{name}.yaml"
        file.write_text(f"title: {name}\n", encoding="utf-8")
        return FakeScenario(name, file, inputs, end)

    return make
