"""Folders: one of own inputs, and the one that it lies over."""

from __future__ import annotations

from pathlib import Path

from model.errors import Fault, InputError
from model.words.catalogue import say

OVER = "over.txt"
"""The file that names the folder below."""


def folders(folder: Path) -> tuple[Path, ...]:
    """The folder at the bottom, and those over it, up to the one given.

    Raises
    ------
    InputError
        If a folder is not there, or lies over itself.
    """
    found = [Path(folder)]
    while (found[0] / OVER).is_file():
        note = found[0] / OVER
        below = Path(found[0], note.read_text(encoding="utf-8").strip())
        if not below.is_dir() or any(below.samefile(one) for one in found):
            what = say("there is no other folder {below}", below=below)
            raise InputError(Fault(str(note), what, say("name the folder that this one adds to")))
        found.insert(0, below)
    return tuple(found)
