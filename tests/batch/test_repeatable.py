"""The same results, to the last bit, on however many processes and in whatever order."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.batch import run_batch
from model.scenario import Scenario, load_scenario
from model.scenario.sweep import override


def contents(results: Path) -> dict[str, bytes]:
    """Every result file, by scenario and name."""
    files = sorted(results.glob("*/*.nc"))
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in files}


def near(name: str, count: int) -> list[Scenario]:
    base = load_scenario(name)
    price = "economy.purchase_price"
    return [override(base, {price: {"electricity": 1 + n / 10}}, f"near-{n}") for n in range(count)]


@pytest.mark.parametrize("name", ["tiny", pytest.param("spl-widened", marks=pytest.mark.campaign)])
def test_whatever_runs_it(name, tmp_path, monkeypatch):
    """One process in order; two, backwards; two with other threads and order of sets."""
    scenarios = near(name, 2)
    run_batch(scenarios, tmp_path / "one", jobs=1)
    found = contents(tmp_path / "one")
    assert {path.split("/")[0] for path in found} == {s.name for s in scenarios}
    run_batch(scenarios[::-1], tmp_path / "two", jobs=2)
    assert found == contents(tmp_path / "two")
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED"):
        monkeypatch.setenv(variable, "2")
    run_batch(scenarios, tmp_path / "three", jobs=2)
    assert found == contents(tmp_path / "three")
