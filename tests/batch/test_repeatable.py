"""The same results, to the last bit, on however many processes and in whatever order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model import workers
from model.batch import run_batch
from model.outcome.plain import Result
from model.scenario import Scenario, load_scenario
from model.scenario.sweep import override
from model.views.publishing.publish import publish


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
    """One process in order; two forks, backwards; two with other threads and order of sets."""
    scenarios = near(name, 2)
    run_batch(scenarios, tmp_path / "one", jobs=1)
    found = contents(tmp_path / "one")
    assert {path.split("/")[0] for path in found} == {s.name for s in scenarios}
    run_batch(scenarios[::-1], tmp_path / "two", jobs=2)
    assert found == contents(tmp_path / "two")
    monkeypatch.setattr(workers, "_method", lambda: "spawn")  # processes that see what follows
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED"):
        monkeypatch.setenv(variable, "2")
    run_batch(scenarios, tmp_path / "three", jobs=2)
    assert found == contents(tmp_path / "three")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_batch_hands_over_is_what_its_files_hold(tmp_path, jobs):
    """And the page is the same text, whether it is made of the one or of the others."""
    scenarios = near("tiny", 2)
    known = {record.name: record.arrays for record in run_batch(scenarios, tmp_path, jobs=jobs)}
    for name, files in known.items():
        assert set(files) == {path.name for path in (tmp_path / name).glob("*.nc")}
        for file, held in files.items():
            read = Result.read(tmp_path / name / file)
            assert read.dims == held.dims
            for label, array in read.arrays.items():
                np.testing.assert_array_equal(held.arrays[label], array, err_msg=label)
    [page] = publish(scenarios, tmp_path, "en", known=known)
    fresh = page.read_text(encoding="utf-8")
    [page] = publish(scenarios, tmp_path, "en")
    assert page.read_text(encoding="utf-8") == fresh
