"""Own: a folder that holds only the rows that differ from another folder of inputs.

`over.txt` makes it one, and names the other folder, relative to itself. A table may be cut into
several files, `consumption.csv`, `consumption.pcaet.csv`: a row takes the place of the one with the
same keys below; delete a file, and what stood there holds again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from model.fields import Table

SPAN = 10_000_000
"""Lines of one file: beyond it, the line of a frame is one of the next of its files."""


def parts(folder: Path, name: str) -> list[Path]:
    """The files of a table in an own folder."""
    return sorted([*folder.glob(f"{name}.csv"), *folder.glob(f"{name}.*.csv")])


def joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames of several files as one, whose lines still tell the file: see `at_line`."""
    files: list[str] = []
    numbered = []
    for frame in frames:
        numbered.append(frame.assign(line=frame["line"] + len(files) * SPAN))
        files += _files(frame)
    every = pd.concat(numbered, ignore_index=True)
    every.attrs = {"file": files[0], "files": tuple(files)}
    return every


def _files(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(frame.attrs.get("files", (str(frame.attrs["file"]),)))


def at_line(frame: pd.DataFrame, line: float) -> tuple[str, int]:
    """The file and the line in it that a line of a frame stands for."""
    part, within = divmod(int(line), SPAN)
    return _files(frame)[part], within


def over(table: Table, below: pd.DataFrame, own: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of a table, own ones in place of those with the same keys."""
    every = joined([below, *own])
    keys = [every[key].astype(object).where(every[key].notna(), "") for key in table.keys]
    again = pd.MultiIndex.from_arrays(keys).duplicated(keep="last")
    kept = every[~again | (every.index >= len(below))].reset_index(drop=True)
    kept.attrs = every.attrs
    return kept


def uncited(sources: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `sources` for what own rows cite and it does not hold: they name themselves."""
    own = rows.loc[rows["line"] >= SPAN, "source"]
    new = sorted(set(own) - set(sources["source"]) - {""})
    text = {
        name: pd.array([""] * len(new), dtype="str") for name in sources.columns if name != "line"
    }
    named = dict.fromkeys(("source", "title"), pd.array(new, dtype="str"))
    added = pd.DataFrame({**text, **named, "line": np.zeros(len(new), dtype=np.int64)})
    added.attrs = {"file": sources.attrs["file"]}
    return added
