"""A CSV file as text: decoded, cut into cells, its numbers read right or refused.

Nothing here knows what the columns mean. Cells stay text until `numbers` is asked for one column.
The separator is `;`, `,` or a tabulation, read from the header. In a file cut by another sign
than `,` whose numbers hold a comma, that is the decimal mark and a dot is refused; everywhere else
the dot is the decimal mark.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.errors import Fault, InputError
from model.words.catalogue import say

SIZE_LIMIT = 50_000_000
"""Largest file read. [byte]"""

LARGEST = 1e15
"""Largest magnitude read: a solver takes what is a little beyond for infinite."""

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SIGNS = re.compile(r"[0-9eE.+-]*")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_SPACE = re.compile(r"[ \u00a0\u202f]")

Wrong = dict[int, tuple[str, str]]
"""For each wrong cell, by position: what is wrong, and how to mend it."""


@dataclass(frozen=True)
class Sheet:
    """The cells of a file, by column; `lines` gives the line of each row (the header is 1)."""

    file: str
    separator: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    lines: NDArray[np.int64]
    ragged: tuple[Fault, ...]


def read_sheet(path: Path, *, latin: bool = False, header_lines: int = 1) -> Sheet:
    """Read a file into cells: NFC text, stripped; blank lines are skipped.

    Parameters
    ----------
    path : Path
    latin : bool
        Read a file that is not UTF-8 as UTF-16 if it says so, else as Windows-1252, as many
        official files are.
    header_lines : int
        Lines of the header; the last one names the columns.

    Raises
    ------
    InputError
        If the file is missing, too large, not text, or without a header.
    """
    text = _text(path, latin=latin)
    separator = _separator(text, header_lines)
    lines, rows = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for row in reader:
            if any(row) and any(map(str.strip, row)):
                rows.append(row)
                lines.append(before + 1)
            before = reader.line_num
    except csv.Error as error:
        what = say("line cannot be cut into cells: {error}", error=error)
        raise InputError(
            Fault(str(path), what, say("close the quotation marks"), before + 1)
        ) from None
    if len(rows) < header_lines:
        raise InputError(
            Fault(str(path), say("no header"), say("the first line names the columns"))
        )
    return _sheet(str(path), separator, rows[header_lines - 1 :], lines[header_lines - 1 :])


def numbers(cells: Sequence[str], *, comma: bool = False) -> tuple[NDArray[np.float64], Wrong]:
    """Read a column of numbers; a blank cell is NaN, and so is a wrong one, reported beside."""
    if not comma and (plain := _plain_numbers(cells)) is not None:
        return plain, {}
    values = np.full(len(cells), np.nan)
    wrong: Wrong = {}
    for row, cell in enumerate(cells):
        if not cell:
            continue
        try:
            values[row] = to_number(cell, comma=comma)
        except ValueError as error:
            what, mend = error.args
            wrong[row] = (what, mend)
    return values, wrong


def _plain_numbers(cells: Sequence[str]) -> NDArray[np.float64] | None:
    """A column of plain numbers and blanks, all at once; None where a cell needs a closer look."""
    if not _SIGNS.fullmatch("".join(cells)):
        return None
    try:
        values = np.array([float(cell or "nan") for cell in cells], dtype=float)
    except ValueError:
        return None
    return None if (np.abs(values) > LARGEST).any() else values


def to_number(cell: str, *, comma: bool = False) -> float:
    """Read one number; ValueError(what, mend) if it is not one, or could mean two things."""
    text = cell.replace(",", ".") if comma else cell
    if comma and "." in cell:
        raise ValueError(
            say("`{cell}` has a dot where the file has decimal commas", cell=cell),
            say("use one decimal mark in the whole file and no thousands mark"),
        )
    if not _PLAIN.fullmatch(text):
        if not _SPACED.fullmatch(text):
            raise ValueError(say("`{cell}` is not a number", cell=cell), _hint(cell))
        text = _SPACE.sub("", text)
    value = float(text)
    if abs(value) > LARGEST:
        raise ValueError(
            say("`{cell}` is too large", cell=cell),
            say("numbers stay below {largest:g}", largest=LARGEST),
        )
    return value


def decimal_comma(separator: str, columns: Iterable[Sequence[str]]) -> bool:
    """Whether a file writes decimal commas, given its columns of numbers."""
    return separator in ";\t" and any("," in cell for cells in columns for cell in cells)


def _hint(cell: str) -> str:
    if "," in cell and "." not in cell:
        return say("write a decimal point; a decimal comma needs `;` between the cells")
    if cell.lower().lstrip("+-") in {"nan", "na", "n/a", "nd", "inf", "infinity", "secret", "-"}:
        return say("leave the cell blank where a value is missing and a default exists")
    return say("write digits and one decimal point, as in 1300.5, without unit")


def _text(path: Path, *, latin: bool) -> str:
    try:
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            what = say("file of {size:.0f} MB is too large", size=size / 1000000.0)
            raise InputError(
                Fault(
                    str(path),
                    what,
                    say("keep it under {size_limit:.0f} MB", size_limit=SIZE_LIMIT / 1000000.0),
                )
            )
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            Fault(str(path), say("cannot be read: {strerror}", strerror=error.strerror))
        ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not latin:
            line = raw.count(b"\n", 0, error.start) + 1
            what = say(
                "byte {start} is not UTF-8 (0x{byte:02x})",
                start=error.start + 1,
                byte=raw[error.start],
            )
            mend = say("save the file as CSV UTF-8")
            raise InputError(Fault(str(path), what, mend, line)) from None
        wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = raw.decode("utf-16" if wide else "cp1252", errors="replace")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        what = say("holds a null character: not a CSV file, or UTF-16")
        raise InputError(Fault(str(path), what, say("save the file as CSV UTF-8"), line))
    return unicodedata.normalize("NFC", text)


def _separator(text: str, header_lines: int) -> str:
    """Choose the separator that the header holds most: `;`, `,` or a tabulation."""
    lines = (line for line in io.StringIO(text, newline=None) if line.strip())
    header = "".join([*islice(lines, header_lines)][-1:])
    return max(";,\t", key=header.count)


def _sheet(file: str, separator: str, rows: list[list[str]], lines: list[int]) -> Sheet:
    header = tuple(cell.strip() for cell in rows[0])
    width = len(header)
    ragged = tuple(
        Fault(
            file,
            say("{count} cells where the header has {width}", count=len(row), width=width),
            say("put between quotation marks a cell that holds `{separator}`", separator=separator),
            line,
        )
        for row, line in zip(rows[1:], lines[1:], strict=True)
        if len(row) != width
    )
    kept = [(row, line) for row, line in zip(rows[1:], lines[1:], strict=True) if len(row) == width]
    columns = zip(*(row for row, _ in kept), strict=True) if kept else [()] * width
    return Sheet(
        file,
        separator,
        header,
        tuple(tuple(map(str.strip, cells)) for cells in columns),
        np.array([line for _, line in kept], dtype=np.int64),
        ragged,
    )
