"""`run.py detail` and `run.py audit`: hours that are kept are checked; what is wrong is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

import run
from model.outcome.files import write_dataset


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `tiny` is solved."""
    folder = tmp_path_factory.mktemp("results")
    assert run.main(["run", "tiny", "--results", str(folder)]) == 0
    return folder


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str]]:
    """Exit code and lines of a command."""
    capsys.readouterr()
    end = run.main([*map(str, words)])
    captured = capsys.readouterr()
    return end, (captured.out + captured.err).splitlines()


def test_hours_are_checked_once_they_are_kept(results: Path, capsys) -> None:
    asked = ("tiny", "--results", results)
    end, (without, blind) = told(capsys, "audit", *asked)
    assert end == 0
    assert blind == "Steps were not kept: they are checked after python run.py detail tiny"
    assert told(capsys, "detail", *asked)[0] == 0
    with xr.open_dataset(results / "tiny" / "detail.nc", engine="netcdf4") as detail:
        assert {"plant_power", "level", "sent_power"} <= set(detail.data_vars)
        assert all(detail[name].attrs["units"] for name in detail.data_vars)
    end, (line,) = told(capsys, "audit", *asked)
    assert (end, line.endswith(" 0 fail")) == (0, True)
    assert int(line.split()[1]) > int(without.split()[1]) + 40


def test_what_does_not_add_up_is_told_with_its_place(results: Path, capsys) -> None:
    path = results / "tiny" / "detail.nc"
    assert told(capsys, "detail", "tiny", "--results", results)[0] == 0
    whole = xr.load_dataset(path, engine="netcdf4")
    changed = whole.copy(deep=True)
    changed["load"].values[0, 0, 0, 0] += 1
    write_dataset(changed, path)
    end, lines = told(capsys, "audit", "tiny", "--results", results, "--lang", "fr")
    assert end == 1
    at = [whole[dim].values[0] for dim in ("epci", "carrier", "year", "step")]
    where = " ".join(map(str, at))
    assert any(line.strip().startswith("load ") and where in line for line in lines)
    write_dataset(whole.assign_attrs(objective=0.0), path)
    end, lines = told(capsys, "audit", "tiny", "--results", results)
    assert (end, "detail tiny" in lines[-1]) == (0, True)
    path.write_bytes(b"no netCDF")
    end, lines = told(capsys, "audit", "tiny", "--results", results)
    assert end == 2
    assert "cannot be read" in " ".join(lines)
    assert "python run.py detail" in " ".join(lines)
