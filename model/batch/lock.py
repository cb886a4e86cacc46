"""Lock: one run at a time writes to a folder of results.

The lock is that of the operating system: it ends with the process, however that ends. Beside it
stands who holds it, for the message of the second run.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from model.errors import Fault, InputError
from model.words.catalogue import say

LOCK, HOLDER = ".lock", ".lock-holder"


@contextmanager
def held(results: Path) -> Iterator[None]:
    """Hold a folder of results for as long as the block runs.

    Raises
    ------
    InputError
        If another run holds it, saying which.
    """
    holder = results / HOLDER
    lock = FileLock(results / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        mend = say("wait until it ends, or name another folder: --results DIR")
        raise InputError(
            Fault(str(results), say("another run holds it: {who}", who=_who(holder)), mend)
        ) from None
    try:
        since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        holder.write_text(f"process {os.getpid()} on {platform.node()}, since {since}", "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        return holder.read_text("utf-8")
    except OSError:
        return say("it has just begun")
