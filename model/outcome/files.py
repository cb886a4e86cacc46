"""Files that are either whole or absent: written aside, forced to disk, read back, renamed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import AuditError

if TYPE_CHECKING:
    import xarray as xr


def write_dataset(dataset: xr.Dataset, path: Path) -> None:
    """Write a Dataset as netCDF-4, its numbers compressed, and check that it reads back equal.

    Readers find what `Dataset.to_netcdf` would have written; it takes half of the time, for
    netCDF sets its file in order at each turn from defining variables to filling them, and here
    there is but one.

    Raises
    ------
    AuditError
        If the file read back differs; nothing is then left at `path` that was not there before.
    OSError
        If the disk refuses; likewise.
    """
    import netCDF4

    with _whole(path) as aside:
        with netCDF4.Dataset(aside, "w") as file:
            file.setncatts(dataset.attrs)
            for dim, size in dataset.sizes.items():
                file.createDimension(dim, size)
            for stored, values in [_define(file, dataset, name) for name in dataset.variables]:
                stored[...] = values
        with netCDF4.Dataset(aside) as file:
            if not all(_holds(file[name], v.values) for name, v in dataset.variables.items()):
                raise AuditError(f"{path.name} does not read back as it was written")


def _define(file: netCDF4.Dataset, dataset: xr.Dataset, name: Hashable) -> Stored:
    """A variable of a file, still empty, and the values that it shall have."""
    variable = dataset.variables[name]
    values = variable.values
    if values.dtype.kind not in "fiu":
        stored = file.createVariable(name, str, variable.dims)
        values = values.astype(object)
    else:
        fill = np.nan if values.dtype.kind == "f" else None
        pack = {"zlib": True, "complevel": 1, "fill_value": fill}
        stored = file.createVariable(name, values.dtype, variable.dims, **pack)
    stored.set_auto_maskandscale(False)
    stored.setncatts(variable.attrs | _beside(dataset, name))
    return stored, values


def _beside(dataset: xr.Dataset, name: Hashable) -> dict[str, str]:
    """The attribute that names, as CF does, the coordinates beside the labels of a variable."""
    if name in dataset.coords:
        return {}
    dims = set(dataset.variables[name].dims)
    others = [c for c in dataset.coords if c not in dims and dims.issuperset(dataset[c].dims)]
    return {"coordinates": " ".join(sorted(others))} if others else {}


def _holds(stored: netCDF4.Variable, values: Array) -> bool:
    """Whether a variable of a file has these values, to the last digit."""
    stored.set_auto_maskandscale(False)
    return np.array_equal(stored[...], values, equal_nan=values.dtype.kind == "f")


def read_dataset(path: Path) -> xr.Dataset:
    """A Dataset from its file, whole; the file is closed at once, so that it may be written anew.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    import xarray as xr

    with xr.open_dataset(path, engine="netcdf4") as dataset:
        return dataset.load()


def write_json(content: Mapping[str, object], path: Path) -> None:
    """Write `content` as JSON for people: indented, UTF-8, keys in the order given."""
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str)
    with _whole(path) as aside:
        aside.write_text(text + "\n", encoding="utf-8")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the place of `path` if all goes well."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield aside
        _to_disk(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    if os.name == "posix":
        _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    """Have the system write what it still holds of a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
