"""What the loaders of official files share: columns found, masked cells kept missing, a report.

Headers and words are compared in plain letters, since vintages differ in accents and capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.tables.check import tell
from model.tables.sheet import Sheet, decimal_comma, numbers
from model.words.catalogue import say

OPEN_LICENCE = "Licence Ouverte 2.0 (Etalab)"

NO_NAME = {"nan", "none", "null", "na", "n a"}
"""What programs write where there is nothing: the name of no place."""
_MASKED = {"", "secret", "s", "nd", "n d", "na"}


@dataclass(frozen=True)
class Report:
    """What a loader read, and what it left out.

    `table` is that of the inputs that its rows are for; `masked` the share of the rows used whose
    value is masked [1]; `dropped` counts the rows left out, by reason.
    """

    file: str
    table: str
    publisher: str
    licence: str
    year: str = ""
    rows: int = 0
    masked: float = 0.0
    dropped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


Loaded = tuple[pd.DataFrame, Report]
"""A table, and the report of what was read and left out."""


def plain(text: str) -> str:
    """Write a text in lower-case letters and digits, without accents, cut by single spaces."""
    letters = unicodedata.normalize("NFD", text.lower())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def pick(sheet: Sheet, names: Mapping[str, str | Sequence[str]]) -> pd.DataFrame:
    """Take the columns of a sheet whose plain header is among those named; text, with `line`."""
    headers = [plain(cell) for cell in sheet.header]
    data: dict[str, Sequence[str]] = {}
    faults = []
    for name, words in names.items():
        options = [words] if isinstance(words, str) else words
        found = next((option for option in options if option in headers), None)
        if found is None:
            what = say("no column `{option}`", option=options[0])
            faults.append(
                Fault(
                    sheet.file,
                    what,
                    say("the header has: {known}", known="; ".join(sheet.header)),
                    1,
                )
            )
        else:
            data[name] = sheet.columns[headers.index(found)]
    if not faults and not len(sheet.lines):
        faults = [Fault(sheet.file, say("has no row"))]
    if faults:
        raise InputError(faults)
    return pd.DataFrame({**data, "line": sheet.lines})


def amounts(sheet: Sheet, cells: Sequence[str]) -> pd.Series[float]:
    """Read numbers, NaN where masked; InputError on a cell that is neither."""
    shown = ["" if plain(cell) in _MASKED else cell for cell in cells]
    values, wrong = numbers(shown, comma=decimal_comma(sheet.separator, [shown]))
    wrong |= {
        int(row): (say("{value:g} is negative", value=values[row]), "")
        for row in np.flatnonzero(values < 0)
    }
    if wrong:
        raise InputError(tell(sheet.file, "value", wrong, sheet.lines))
    return pd.Series(values)


def one_year(file: str, years: pd.Series[str], year: int | None) -> str:
    """Say which year to keep, as the file writes it; InputError if that is not clear."""
    found = sorted(set(years) - {""})
    wanted = str(year) if year is not None else found[0] if len(found) == 1 else ""
    if wanted not in found:
        raise InputError(
            Fault(
                file,
                say("holds the years {known}", known=", ".join(found)),
                say("choose one of them"),
            )
        )
    return wanted


def sum_rows(
    raw: pd.DataFrame, keys: list[str], value: str, source: str, status: str = "observed"
) -> pd.DataFrame:
    """Sum a value by keys into rows of a table of inputs.

    `masked` is the share of the rows without value [1]; where all are, the sum is NaN. A sum of
    which a part is masked is a lower bound: its status is `estimated`.
    """
    groups = raw.assign(masked=raw[value].isna().astype(float)).groupby(keys)
    masked = groups["masked"].mean()
    table = pd.DataFrame({value: groups[value].sum(min_count=1), "source": source})
    table["status"] = np.where(masked > 0, "estimated", status)
    return table.assign(masked=masked).reset_index()


def again(sheet: Sheet) -> pd.Series[bool]:
    """Lines that are an earlier one to the last cell."""
    return pd.DataFrame(dict(enumerate(sheet.columns))).duplicated()


def left_out(*reasons: tuple[pd.Series[bool], str | pd.Series[str]]) -> pd.Series[str]:
    """Say of each row why it is left out, by the first reason that holds; '' where it is kept."""
    said = pd.Series("", index=reasons[0][0].index, dtype=object)
    for wrong, text in reasons:
        texts = text if isinstance(text, pd.Series) else pd.Series([text] * len(said), dtype=object)
        said = said.where(~wrong | (said != ""), texts)
    return said


def count_left_out(said: pd.Series[str], sheet: Sheet) -> dict[str, int]:
    """Count the rows left out, by reason, with those not cut as the header."""
    counts = Counter(said[said != ""])
    if sheet.ragged:
        counts[say("not cut as the header")] = len(sheet.ragged)
    return dict(counts)
