"""Files: the one door by which a file is written, so that it is whole or absent.

It is written aside, in the same folder, forced to disk and renamed. If that fails, what stood there
before still stands, nothing half-written has its name, and the error says what to do.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.errors import WriteError
from model.machine import reason
from model.words.catalogue import say


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the place of `path` if all goes well.

    Raises
    ------
    WriteError
        If the machine refuses; what was at `path` before is still there.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        _to_disk(aside)
        aside.replace(path)
        if os.name == "posix":
            _to_disk(path.parent)
    except WriteError:
        raise
    except OSError as error:
        why = reason(error, path)
        raise WriteError(say("{path} could not be written: {why}", path=path, why=why)) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def write_text(text: str, path: Path, encoding: str = "utf-8") -> None:
    """Write a text, with the ends of line that it has."""
    with whole(path) as aside:
        aside.write_text(text, encoding=encoding, newline="")


def write_bytes(content: bytes, path: Path) -> None:
    """Write bytes."""
    with whole(path) as aside:
        aside.write_bytes(content)


def _to_disk(path: Path) -> None:
    """Have the system write what it still holds of a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
