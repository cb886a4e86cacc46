"""Files of results: netCDF and JSON, each whole or absent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.errors import Fault, InputError, WriteError
from model.files import whole, write_text
from model.machine import refused
from model.words.catalogue import say

if TYPE_CHECKING:
    import xarray as xr

COMMANDS = {"outcome": "", "cooperation": "cooperate"}
"""Command that writes a file of results, where it is not called as the file."""

UNREADABLE = (OSError, RuntimeError, ValueError, KeyError, AttributeError)
"""What the libraries raise for a file that is not what it was."""

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
    InputError
        If the file is damaged.
    OSError
        If the machine refuses to read it.
    """
    import xarray as xr

    with _readable(path), xr.open_dataset(path, engine="netcdf4") as dataset:
        return dataset.load()


def read_attributes(path: Path) -> dict[str, Any]:
    """The attributes of a file, and nothing else of it; raises as `read_dataset` does."""
    import netCDF4

    with _readable(path), netCDF4.Dataset(path) as file:
        return {name: file.getncattr(name) for name in file.ncattrs()}


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tell a damaged file for what it is, whatever the libraries say of it."""
    try:
        yield
    except UNREADABLE as error:
        if refused(error) is not None:
            raise
        raise InputError(damage(path)) from error


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damage(path: Path) -> Fault:
    """What to tell of a result that cannot be read or is not what was written."""
    command = COMMANDS.get(path.stem, path.stem)
    again = " ".join(["python run.py", *command.split(), path.parent.name])
    what = say("is damaged, or was changed by hand: it is left out")
    return Fault(str(path), what, say("run it again: {command}", command=again))


def write_json(content: Mapping[str, object], path: Path) -> None:
    """Write `content` as JSON for people: indented, UTF-8, keys in the order given."""
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str)
    write_text(text + "\n", path)
