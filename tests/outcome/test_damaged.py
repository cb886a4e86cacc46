"""A result that is not what was written is told, left out, and offered to be run again."""

import hashlib
import json
from pathlib import Path

import pytest
import xarray as xr

from model.errors import InputError
from model.outcome.files import read_dataset
from model.outcome.results import Results, open_results
from model.views.publishing.publish import lost


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two results, as a batch leaves them."""
    content = xr.Dataset({"cost": ("year", [1.5, 2.5])}, {"year": [2030, 2050]}, {"resolved": "{}"})
    for name in ("pool", "spl"):
        path = tmp_path / name / "outcome.nc"
        path.parent.mkdir()
        content.to_netcdf(path, engine="netcdf4")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        mark = {"status": "solved", "outcome": digest}
        (path.parent / "provenance.json").write_text(json.dumps(mark), encoding="utf-8")
    return tmp_path


def change(path: Path) -> None:
    """As by hand: one figure more."""
    import netCDF4

    with netCDF4.Dataset(path, "a") as file:
        file["cost"][0] = 1.6


def cut(path: Path) -> None:
    """As a full disk leaves a copy."""
    path.write_bytes(path.read_bytes()[:4000])


@pytest.mark.parametrize("harm", [change, cut])
def test_a_damaged_result_is_told_and_the_others_stand(folder, harm) -> None:
    assert list(Results(folder)) == ["pool", "spl"]
    harm(folder / "pool/outcome.nc")
    found = Results(folder)
    assert list(found) == ["spl"]
    assert "pool" not in found
    assert found["spl"].attrs
    assert found.damaged["pool"].mend == "run it again: python run.py pool"
    with pytest.raises(InputError, match="changed by hand"):
        found["pool"]
    with pytest.warns(UserWarning, match=r"pool.*is damaged"):
        together = open_results(folder)
    assert together.scenario.values.tolist() == ["spl"]
    assert found.chosen([]) == found.chosen(["pool", "spl"]) == ["spl"]
    with pytest.raises(InputError, match="changed by hand"):
        found.chosen(["pool"])
    [fault] = lost(folder, ["pool", "spl"])
    assert fault == found.damaged["pool"]


def test_of_a_file_beside_a_result_too(folder) -> None:
    """Its mend is the command that writes it."""
    path = folder / "pool/cooperation.nc"
    path.write_bytes(b"nothing like netCDF")
    [fault] = lost(folder, ["pool", "spl"])
    assert fault.mend == "run it again: python run.py cooperate pool"
    with pytest.raises(InputError, match="is damaged"):
        read_dataset(path)
