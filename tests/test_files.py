"""Files: what is written is what xarray would write, and is whole or absent."""

from pathlib import Path

import netCDF4
import numpy as np
import pytest
import xarray as xr

from model.errors import AuditError
from model.outcome import files
from model.outcome.files import read_dataset, write_dataset
from tests.views_case import game, outcome


def by_hand() -> xr.Dataset:
    """Every type of value, a blank number, a text without a character, labels beside labels."""
    dims = {"place": ["a", "é"], "year": [2030, 2050]}
    return xr.Dataset(
        {
            "made": (("place", "year"), [[1.5, np.nan], [-0.0, 1e-300]], {"units": "GWh/yr"}),
            "member": ("place", np.array([0, 1], np.int8)),
            "reason": ("year", np.array(["", "no « wind »"], object)),
            "total": ((), 3.0),
        },
        dims | {"name": ("place", ["A", "É"]), "weight": ("year", [1.0, 2.0], {"units": "1"})},
        {"objective": 1.25, "rows": 7, "title": "é", "status": "optimal"},
    )


def described(path: Path) -> list[object]:
    """All that a file holds, in order."""
    with netCDF4.Dataset(path) as file:
        file.set_auto_maskandscale(False)
        told: list[object] = [(name, len(dim)) for name, dim in file.dimensions.items()]
        for part in (file, *file.variables.values()):
            told += [(name, str(part.getncattr(name))) for name in part.ncattrs()]
        for variable in file.variables.values():
            about = variable.name, str(variable.dtype), variable.dimensions, variable.chunking()
            told.append((*about, variable.filters(), str(variable[...].tolist())))
        return told


@pytest.mark.parametrize("made", [by_hand, outcome, game])
def test_a_file_is_the_one_that_xarray_writes(made, tmp_path: Path) -> None:
    dataset = made()
    write_dataset(dataset, tmp_path / "ours.nc")
    numbers = [name for name, v in dataset.variables.items() if v.dtype.kind in "fiu" and v.ndim]
    packed = {name: {"zlib": True, "complevel": 1} for name in numbers}
    dataset.to_netcdf(tmp_path / "theirs.nc", engine="netcdf4", encoding=packed)
    assert described(tmp_path / "ours.nc") == described(tmp_path / "theirs.nc")
    assert read_dataset(tmp_path / "ours.nc").identical(dataset)


def test_the_same_dataset_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_dataset(by_hand(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_that_reads_back_otherwise_leaves_the_one_before(tmp_path: Path, monkeypatch):
    path = tmp_path / "outcome.nc"
    write_dataset(by_hand(), path)
    before = path.read_bytes()
    fill = files._fill
    monkeypatch.setattr(files, "_fill", lambda file, data: fill(file, data.assign(total=4.0)))
    with pytest.raises(AuditError, match=r"outcome\.nc does not read back"):
        write_dataset(by_hand(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
