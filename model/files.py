"""Files: the one door by which a file is written, so that it is whole or absent.

It is written aside, in the same folder, forced to disk and renamed. If that fails, what stood there
before still stands, nothing half-written has its name, and the error says what to do.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.errors import WriteError
from model.words.catalogue import say

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))

ROOM = 100_000
"""Bytes of a disk that is full for us, whatever the library that writes calls it."""


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
        raise WriteError(_refusal(path, error)) from error
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


def _refusal(path: Path, error: OSError) -> str:
    """What the machine refused, and what to do."""
    if error.errno in FULL or _without_room(path):
        return say(
            "{path} could not be written: the disk is full. Make room, or name another folder.",
            path=path,
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return say(
            "{path} could not be written: not allowed. Close it if a program holds it, or name "
            "another folder.",
            path=path,
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return say(
            "{path} could not be written: a file stands where a folder should be, or the other way "
            "round. Name another folder.",
            path=path,
        )
    return say("{path} could not be written: {why}", path=path, why=error.strerror or error)


def _without_room(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < ROOM
    return False


def _to_disk(path: Path) -> None:
    """Have the system write what it still holds of a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
