"""Machine: what it refuses — room, right, memory, handles — told as one family, with a mend.

None of this is a defect of the model, and none of it is mended in the model's files.
"""

from __future__ import annotations

import errno
import re
import shutil
from contextlib import suppress
from pathlib import Path

from model.errors import MachineError
from model.words.catalogue import say

ROOM = 100_000
"""Bytes of a disk that is full for us, whatever the library that writes calls it."""

_KINDS: dict[str, str] = {
    "full": say("the disk is full. Make room, or name another folder."),
    "barred": say("not allowed. Close it if a program holds it, or name another folder."),
    "crossed": say(
        "a file stands where a folder should be, or the other way round. Name another folder."
    ),
    "handles": say(
        "too many files are open. Allow more (`ulimit -n 1024`), or use fewer processes: --jobs 1."
    ),
    "large": say("larger than a file may be here. Name a folder on another disk."),
    "processes": say("no more processes are allowed. Use fewer: --jobs 1."),
    "memory": say(
        "memory runs out. Close other programs, use fewer processes (--jobs 1), or longer steps."
    ),
    "absent": say("it is gone. Keep files in place while the model runs, and run it again."),
    "circle": say("its links lead back to themselves. Name another folder."),
    "broken": say("the disk fails. Name a folder on another disk."),
}
_KIND_OF = {
    "full": ("ENOSPC", "EDQUOT"),
    "barred": ("EACCES", "EPERM", "EROFS", "EBUSY", "ETXTBSY"),
    "crossed": ("ENOTDIR", "EEXIST", "EISDIR"),
    "handles": ("EMFILE", "ENFILE"),
    "large": ("EFBIG", "ENAMETOOLONG"),
    "processes": ("EAGAIN",),
    "memory": ("ENOMEM",),
    "absent": ("ENOENT", "ESTALE", "ENODEV"),
    "circle": ("ELOOP",),
    "broken": ("EIO",),
}
_BY_NUMBER = {
    getattr(errno, name): kind
    for kind, names in _KIND_OF.items()
    for name in names
    if hasattr(errno, name)
}

_CIRCLE = re.compile(r"Symlink loop from '(?P<path>.*)'")
"""What Python says of it before 3.13."""


def refused(error: BaseException) -> MachineError | None:
    """What the machine refused; None if it is not the machine that did."""
    if isinstance(error, MachineError):
        return error
    if isinstance(error, MemoryError) or _short(error):
        return MachineError(_KINDS["memory"])
    if isinstance(error, RuntimeError) and (found := _CIRCLE.fullmatch(str(error))):
        return MachineError(say("{path}: {why}", path=found["path"], why=_KINDS["circle"]))
    if not isinstance(error, OSError) or error.errno is None or error.errno < 0:
        return None
    why = reason(error)
    if error.filename is None:
        return MachineError(say("the machine refuses: {why}", why=why))
    return MachineError(say("{path}: {why}", path=error.filename, why=why))


def _short(error: BaseException) -> bool:
    """Whether a library could not be loaded, or ended without saying why, for want of memory."""
    if isinstance(error, ImportError):
        return any(sign in str(error) for sign in ("failed to map segment", "allocate memory"))
    return isinstance(error, SystemError) and "exception" in str(error) and _limited()


def _limited() -> bool:
    """Whether this process may hold so much memory only, so that a library may be refused some."""
    try:
        import resource
    except ImportError:  # not on this system
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def reason(error: OSError, path: Path | None = None) -> str:
    """Why a file is refused, and what to do."""
    kind = _BY_NUMBER.get(error.errno or 0)
    if path is not None and kind not in ("barred", "crossed", "handles") and _without_room(path):
        kind = "full"
    return _KINDS[kind] if kind else str(error.strerror or error)


def _without_room(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < ROOM
    return False
