"""A batch does what is not done yet, and says what became of each."""

import json
from pathlib import Path

import pytest
import xarray as xr

from tests.batch.batch_case import ERRORS, FakeScenario, outcome, run, statuses


def provenance(folder: Path) -> dict[str, object]:
    return json.loads((folder / "provenance.json").read_text(encoding="utf-8"))


def test_a_result_reads_back_as_it_was_solved(tmp_path, scenario, solved) -> None:
    [record] = run(tmp_path / "results", scenario("rouen"))
    with xr.open_dataset(tmp_path / "results/rouen/outcome.nc", engine="netcdf4") as found:
        assert found.load().identical(outcome())
    assert (record.status, record.summary, record.exit_code) == ("solved", {"cost": 12.5}, 0)


def test_nothing_but_its_files_is_left(tmp_path, scenario, solved) -> None:
    run(tmp_path / "results", scenario("rouen"))
    names = {path.name for path in (tmp_path / "results/rouen").iterdir()}
    assert names == {"outcome.nc", "cooperation.nc", "provenance.json"}


def test_provenance_tells_what_the_result_rests_on(tmp_path, scenario, solved) -> None:
    run(tmp_path / "results", scenario("rouen"))
    found = provenance(tmp_path / "results/rouen")
    assert found["status"] == "solved"
    assert found["objective"] == 12.5
    assert found["scenario"] == {"end": "solved"}
    assert list(found["inputs"]) == ["epci.csv"]
    assert list(found["file"]) == ["rouen.yaml"]
    assert {"model/errors.py", "model/fields/needs.py"} <= set(found["model"])
    assert not any(name.startswith(("model/batch", "model/views")) for name in found["model"])
    assert found["packages"]["highspy"]
    assert str(tmp_path) not in json.dumps(found)


def test_what_is_done_is_skipped(tmp_path, scenario, solved) -> None:
    results, rouen = tmp_path / "results", scenario("rouen")
    [first] = run(results, rouen)
    [again] = run(results, rouen)
    assert solved == ["rouen"]
    assert (again.status, again.summary) == ("done", first.summary)
    assert statuses(run(results, rouen, force=True)) == ["solved"]


def test_an_infeasible_scenario_is_not_solved_again(tmp_path, scenario, solved) -> None:
    results, rouen = tmp_path / "results", scenario("rouen", "infeasible")
    assert run(results, rouen) == run(results, rouen)
    assert solved == ["rouen"]


@pytest.mark.parametrize("end", ["limit", "refused", "failed", "crash"])
def test_an_error_is_tried_again(tmp_path, scenario, solved, end) -> None:
    results, rouen = tmp_path / "results", scenario("rouen", end)
    run(results, rouen)
    run(results, rouen)
    assert solved == ["rouen", "rouen"]


def _input_changes(scenario: FakeScenario, folder: Path) -> None:
    (scenario.inputs_folder / "epci.csv").write_text("epci\n200010700\n", encoding="utf-8")


def _input_appears(scenario: FakeScenario, folder: Path) -> None:
    (scenario.inputs_folder / "links.csv").write_text("link\n", encoding="utf-8")


def _outcome_is_cut(scenario: FakeScenario, folder: Path) -> None:
    content = (folder / "outcome.nc").read_bytes()
    (folder / "outcome.nc").write_bytes(content[: len(content) // 2])


def _outcome_vanishes(scenario: FakeScenario, folder: Path) -> None:
    (folder / "outcome.nc").unlink()


def _provenance_is_cut(scenario: FakeScenario, folder: Path) -> None:
    (folder / "provenance.json").write_text('{"key": ', encoding="utf-8")


def _provenance_is_a_list(scenario: FakeScenario, folder: Path) -> None:
    (folder / "provenance.json").write_text("[]", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _input_changes,
        _input_appears,
        _outcome_is_cut,
        _outcome_vanishes,
        _provenance_is_cut,
        _provenance_is_a_list,
    ],
)
def test_a_change_makes_it_run_again(tmp_path, scenario, solved, change) -> None:
    results, rouen = tmp_path / "results", scenario("rouen")
    run(results, rouen)
    change(rouen, results / "rouen")
    assert statuses(run(results, rouen)) == ["solved"]


def test_a_comment_does_not_make_it_run_again(tmp_path, scenario, solved) -> None:
    results, rouen = tmp_path / "results", scenario("rouen")
    run(results, rouen)
    rouen.file.write_text("# new\ntitle: rouen\n", encoding="utf-8")
    assert statuses(run(results, rouen)) == ["done"]


@pytest.mark.parametrize("end", sorted(ERRORS))
def test_no_stale_result_outlives_a_failure(tmp_path, scenario, solved, end) -> None:
    results = tmp_path / "results"
    run(results, scenario("rouen"))
    [record] = run(results, scenario("rouen", end))
    assert not (results / "rouen/outcome.nc").exists()
    assert not (results / "rouen/cooperation.nc").exists()
    assert record.summary == {}
    assert provenance(results / "rouen")["status"] == record.status
    assert provenance(results / "rouen")["message"] == record.message
