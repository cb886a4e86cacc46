"""One bad scenario stops no other, and leaves no result behind."""

import pytest
import xarray as xr

from model.batch import Record, exit_code
from model.errors import InputError
from tests.batch.batch_case import run, statuses


def test_a_result_stands_where_nobody_knows_who_gains(tmp_path, scenario, solved) -> None:
    results = tmp_path / "results"
    run(results, scenario("rouen"))
    for end, why in (("unshared", "one alone takes too long"), ("too many", "memory runs out. ")):
        [record] = run(results, scenario("rouen", end))
        assert record.status == "solved"
        assert record.message.startswith(f"who gains is not known: {why}")
        assert not (results / "rouen/cooperation.nc").exists()
        assert (results / "rouen/outcome.nc").exists()


def test_one_bad_scenario_stops_no_other(tmp_path, scenario, solved) -> None:
    ends = ["solved", "infeasible", "limit", "refused", "failed", "crash", "solved"]
    scenarios = [scenario(f"s{i}", end) for i, end in enumerate(ends)]
    seen: list[str] = []
    records = run(tmp_path / "results", *scenarios, progress=lambda r: seen.append(r.name))
    assert statuses(records) == [*ends[:5], "failed", "solved"]
    assert [record.exit_code for record in records] == [0, 3, 4, 2, 1, 1, 0]
    assert seen == [s.name for s in scenarios]


def test_every_fault_of_an_input_is_told(tmp_path, scenario, solved) -> None:
    [record] = run(tmp_path / "results", scenario("rouen", "refused"))
    assert record.message.splitlines() == ["a.csv  no header", "b.csv  empty"]


def test_a_crash_is_one_line_and_a_log(tmp_path, scenario, solved) -> None:
    folder = tmp_path / "results/rouen"
    [record] = run(folder.parent, scenario("rouen", "crash"))
    assert record.message.startswith("ZeroDivisionError: first line (traceback: ")
    assert len(record.message.splitlines()) == 1
    assert "second line" in (folder / "error.log").read_text(encoding="utf-8")
    run(folder.parent, scenario("rouen"))
    assert not (folder / "error.log").exists()


def test_a_full_disk_leaves_no_result(tmp_path, scenario, solved, monkeypatch) -> None:
    """The write fails half-way: neither a file aside nor a result is left."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("NetCDF: HDF error")  # all that netCDF says of it

    with monkeypatch.context() as patch:
        patch.setattr(xr.Dataset, "to_netcdf", fails)
        [record] = run(tmp_path / "results", scenario("rouen"))
    assert "outcome.nc could not be written, the disk may be full" in record.message
    names = {path.name for path in (tmp_path / "results/rouen").iterdir()}
    assert names == {"provenance.json"}
    assert statuses(run(tmp_path / "results", scenario("rouen"))) == ["solved"]


def test_two_scenarios_of_one_name_are_refused(tmp_path, scenario, solved) -> None:
    with pytest.raises(InputError, match="several scenarios are called 'rouen'"):
        run(tmp_path / "results", scenario("rouen"), scenario("rouen"))
    assert solved == []


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (["solved"], 0),
        (["infeasible"], 3),
        (["limit"], 4),
        (["refused"], 2),
        (["solved", "done", "infeasible"], 0),
        (["infeasible", "infeasible"], 0),
        (["solved", "limit"], 5),
        (["infeasible", "refused"], 5),
        (["failed", "failed"], 5),
        ([], 0),
    ],
)
def test_exit_codes(ends, code) -> None:
    assert exit_code([Record(f"s{i}", end) for i, end in enumerate(ends)]) == code
