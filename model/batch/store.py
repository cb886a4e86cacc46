"""Files that are either whole or absent: written aside, forced to disk, read back, renamed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.errors import AuditError

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray


def write_outcome(outcome: xr.Dataset, path: Path) -> None:
    """Write a result as netCDF-4, its numbers compressed, and check that it reads back equal.

    Raises
    ------
    AuditError
        If the file read back differs; nothing is then left at `path` that was not there before.
    OSError
        If the disk refuses; likewise.
    """
    import h5py

    numeric = {name for name, variable in outcome.variables.items() if variable.dtype.kind in "fiu"}
    with _whole(path) as aside:
        outcome.to_netcdf(
            aside,
            engine="h5netcdf",
            encoding={name: {"zlib": True, "complevel": 1} for name in numeric},
        )
        with h5py.File(aside) as written:
            if not all(
                _same(written[name], outcome[name].to_numpy()) for name in outcome.variables
            ):
                raise AuditError(f"{path.name} does not read back as it was written")


def _same(written: Any, values: NDArray[Any]) -> bool:
    """Whether the file holds these values, at these places; read as they lie, without labels."""
    import numpy as np

    if not values.size:  # a text without a letter is written as a number
        return bool(written.shape == values.shape)
    found = written.asstr()[()] if values.dtype.kind in "OSU" else written[()]
    return np.array_equal(found, values, equal_nan=values.dtype.kind == "f")


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
