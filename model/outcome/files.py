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

    Raises
    ------
    AuditError
        If the file read back differs; nothing is then left at `path` that was not there before.
    OSError
        If the disk refuses; likewise.
    """
    from xarray.backends import NetCDF4DataStore

    numeric = {name for name, variable in dataset.variables.items() if variable.dtype.kind in "fiu"}
    packed = {name: {"zlib": True, "complevel": 1} for name in numeric}
    with _whole(path) as aside:
        # `to_netcdf` does this too, and loads Dask's network of workers to choose a lock.
        store = NetCDF4DataStore.open(str(aside), mode="w", lock=False)
        try:
            dataset.dump_to_store(store, encoding=packed)
        finally:
            store.close()
        if not read_dataset(aside).identical(dataset):
            raise AuditError(f"{path.name} does not read back as it was written")


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
