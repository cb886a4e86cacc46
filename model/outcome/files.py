"""Files of results: netCDF and JSON, each whole or absent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.errors import WriteError
from model.files import whole, write_text
from model.words.catalogue import say

if TYPE_CHECKING:
    import xarray as xr

SMALL = 1_000
"""Most numbers of an array that is not compressed: what describes the compression is longer."""


def write_dataset(dataset: xr.Dataset, path: Path) -> None:
    """Write a Dataset as netCDF-4, its larger arrays of numbers compressed.

    Raises
    ------
    WriteError
        If the disk refuses; nothing is then left at `path` that was not there before.
    """
    packed = {
        name: {"zlib": True, "complevel": 1}
        for name, variable in dataset.variables.items()
        if variable.dtype.kind in "fiu" and variable.size > SMALL
    }
    with whole(path) as aside:
        try:
            dataset.to_netcdf(aside, engine="netcdf4", encoding=packed)
        except RuntimeError as error:  # as netCDF tells of any failure, most often a full disk
            raise WriteError(
                say(
                    "{path} could not be written, the disk may be full: {error}",
                    path=path,
                    error=error,
                )
            ) from error


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


def read_attributes(path: Path) -> dict[str, Any]:
    """The attributes of a file, and nothing else of it.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    import netCDF4

    with netCDF4.Dataset(path) as file:
        return {name: file.getncattr(name) for name in file.ncattrs()}


def write_json(content: Mapping[str, object], path: Path) -> None:
    """Write `content` as JSON for people: indented, UTF-8, keys in the order given."""
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str)
    write_text(text + "\n", path)
