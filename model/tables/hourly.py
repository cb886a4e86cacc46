"""Hourly: the file of 8760 hours that a user brings, as one single day of a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.errors import Fault, InputError
from model.tables.check import tell
from model.tables.profiles import peaks
from model.tables.sheet import Sheet, decimal_comma, numbers, read_sheet
from model.words.catalogue import say

HOURS = 8760  # of the year
HOURLY = "hourly"
"""Id of the calendar that such a file makes."""


def read_hourly(path: Path, profiles: Sequence[str]) -> pd.DataFrame:
    """Read the hours of a whole year from a file that a user brings.

    Parameters
    ----------
    path : Path
        CSV with `;` or `,`, decimal comma (with `;`) or dot, UTF-8 or Windows-1252; one row an
        hour, 8760 or 8784 in chronological order; a column for each profile, `name` or
        `name [unit]`; other columns are left aside. If the first column is no profile of the list,
        it is the time at which the hour starts, in one time zone the whole year.
    profiles : sequence of str
        Profiles that must be there.

    Returns
    -------
    DataFrame
        Columns of the table `calendar`, calendar `hourly`: one day `year` of 8760 hours, weight 1.
        29 February is left out; `attrs["note"]` then says so.

    Raises
    ------
    InputError
        If a profile is missing, an hour is missing or twice there, or a number is wrong.
    """
    sheet = read_sheet(path, latin=True)
    names = [re.sub(r"\s*\[.*\]$", "", cell) for cell in sheet.header]
    if faults := [*_absent(sheet, names, profiles), *sheet.ragged[:1]]:
        raise InputError(faults)
    values = _profile_values(sheet, names, profiles)
    stamped = names[0] not in profiles
    time = _times(sheet) if stamped else _unstamped(sheet)
    leap = (time.month == 2) & (time.day == 29)
    if len(time) - leap.sum() != HOURS:
        raise InputError(_count(sheet, int(leap.sum())))
    table = pd.DataFrame(
        {
            "calendar": HOURLY,
            "day": "year",
            "hour": np.arange(HOURS, dtype=float),
            "hours": 1.0,
            "weight": 1.0,
            **{name: column[~leap] for name, column in values.items()},
            "source": path.name,
            "status": "estimated",
            "line": sheet.lines[~leap],
        }
    )
    table.attrs = {"file": sheet.file}
    if faults := peaks(table):
        raise InputError(faults)
    if leap.any():
        table.attrs["note"] = say(
            "{file}: 29 February is left out ({hours} hours)", file=sheet.file, hours=leap.sum()
        )
    return table


def _absent(sheet: Sheet, names: list[str], profiles: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for each profile without a column, or with two."""
    for profile in profiles:
        if names.count(profile) > 1:
            yield Fault(
                sheet.file,
                say("profile `{profile}` stands twice", profile=profile),
                say("keep one column"),
                1,
            )
        elif profile not in names:
            mend = say("name a column so; the file has: {known}", known=", ".join(sheet.header))
            yield Fault(sheet.file, say("profile `{profile}` is missing", profile=profile), mend, 1)


def _profile_values(
    sheet: Sheet, names: list[str], profiles: Sequence[str]
) -> dict[str, NDArray[np.float64]]:
    """Read the columns of the profiles; InputError at the first line that is wrong."""
    cells = {profile: sheet.columns[names.index(profile)] for profile in profiles}
    comma = decimal_comma(sheet.separator, cells.values())
    values: dict[str, NDArray[np.float64]] = {}
    faults: list[Fault] = []
    for profile, column in cells.items():
        values[profile], wrong = numbers(column, comma=comma)
        for row in np.flatnonzero(~(values[profile] >= 0)):
            wrong.setdefault(
                int(row),
                (say("`{cell}` is blank or negative", cell=column[row]), say("give the value")),
            )
        faults += tell(sheet.file, profile, wrong, sheet.lines)
    if faults:
        raise InputError(min(faults, key=lambda fault: fault.line or np.inf))
    return values


def _times(sheet: Sheet) -> pd.DatetimeIndex:
    """Read the time stamps of the first column; each is one hour after the one before."""
    cells = pd.Series(sheet.columns[0], dtype=str)
    day_first = bool(cells.str.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}").any())
    parsed = pd.to_datetime(
        cells,
        utc=True,
        dayfirst=day_first,
        format=None if day_first else "ISO8601",
        errors="coerce",
    )
    unread = np.flatnonzero(parsed.isna())
    if len(unread):
        what = say("`{cell}` is not a time", cell=cells[unread[0]])
        mend = say("write 2019-01-31 13:00 or 31/01/2019 13:00, or leave the column of times out")
        raise InputError(Fault(sheet.file, what, mend, int(sheet.lines[unread[0]])))
    broken = np.flatnonzero(parsed.diff().iloc[1:] != pd.Timedelta(hours=1)) + 1
    if len(broken):
        what = say(
            "`{cell}` is not one hour after `{before}`",
            cell=cells[broken[0]],
            before=cells[broken[0] - 1],
        )
        mend = say("give every hour once, in one time zone the whole year (UTC or UTC+1)")
        raise InputError(Fault(sheet.file, what, mend, int(sheet.lines[broken[0]])))
    return pd.DatetimeIndex(parsed)


def _unstamped(sheet: Sheet) -> pd.DatetimeIndex:
    """Give the hours of a year that starts on 1 January, a leap one if the file is as long."""
    start = "2020-01-01" if len(sheet.lines) > HOURS else "2019-01-01"
    return pd.date_range(start, periods=len(sheet.lines), freq="h")


def _count(sheet: Sheet, leap: int) -> Fault:
    what = say("{count} rows, of which {leap} on 29 February", count=len(sheet.lines), leap=leap)
    return Fault(
        sheet.file, what, say("give 8760 hours, or 8784 with 29 February, one row an hour")
    )
