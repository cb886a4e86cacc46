"""Files: what is written is what xarray would write, and is whole or absent."""

from pathlib import Path
from tempfile import TemporaryDirectory

import netCDF4
import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays
from hypothesis.strategies import characters, floats, lists, text

from model.errors import WriteError
from model.outcome.files import SMALL, read_dataset, write_dataset
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
    large = [n for n, v in dataset.variables.items() if v.dtype.kind in "fiu" and v.size > SMALL]
    packed = {name: {"zlib": True, "complevel": 1} for name in large}
    dataset.to_netcdf(tmp_path / "theirs.nc", engine="netcdf4", encoding=packed)
    assert described(tmp_path / "ours.nc") == described(tmp_path / "theirs.nc")
    assert read_dataset(tmp_path / "ours.nc").identical(dataset)


def test_the_same_dataset_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_dataset(by_hand(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_that_cannot_be_written_leaves_the_one_before(tmp_path: Path, monkeypatch):
    path = tmp_path / "outcome.nc"
    write_dataset(by_hand(), path)
    before = path.read_bytes()

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("NetCDF: HDF error")  # what netCDF raises on a full disk

    monkeypatch.setattr(xr.Dataset, "to_netcdf", fails)
    with pytest.raises(
        WriteError, match=r"outcome\.nc could not be written.*full: NetCDF: HDF error"
    ):
        write_dataset(by_hand(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@given(
    numbers=arrays(float, array_shapes(max_dims=3), elements=floats(width=64)),
    words=lists(text(characters(codec="utf-8", exclude_characters="\0")), min_size=1, max_size=5),
)
def test_what_is_written_reads_back_to_the_last_digit(numbers, words) -> None:
    dims = [f"dim{axis}" for axis in range(numbers.ndim)]
    dataset = xr.Dataset({"number": (dims, numbers), "word": ("label", words)})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "outcome.nc"
        write_dataset(dataset, path)
        found = read_dataset(path)
    assert found["number"].dtype == float and found["number"].dims == tuple(dims)
    one, other = (np.where(np.isnan(x), np.nan, x) for x in (found["number"].to_numpy(), numbers))
    assert one.tobytes() == other.tobytes()
    assert found["word"].to_numpy().tolist() == words
