"""Regional éCO2mix file of a year (RTE) → hourly output and load at UTC+1.

The file has a row every quarter of an hour, with values at :00 and :30 only, in legal time. In
spring the hour from 2:00 does not exist: its rows are left out. In autumn it comes twice: the
first is summer time; where the file gives it once, the missing hour is filled between its
neighbours, as is any single missing hour. Longer gaps stay missing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.official.raw import OPEN_LICENCE, Loaded, Report, pick, plain
from model.tables.sheet import Sheet, numbers, read_sheet
from model.words.catalogue import say

SERIES = {
    "load": ("consommation", "consommation mw"),
    "wind": ("eolien", "eolien mw"),
    "solar": ("solaire", "solaire mw"),
    "hydro": ("hydraulique", "hydraulique mw"),
    "bioenergy": ("bioenergies", "bioenergies mw"),
}
"""Series read, and the headers they have in the file."""


def read_eco2mix(path: Path) -> Loaded:
    """Read a year of one region.

    Returns
    -------
    table : DataFrame
        `time` (start of the hour, UTC+1), `load`, `wind`, `solar`, `hydro`, `bioenergy` [MW],
        means of the hour; production below zero (own use) is zero.
    report : Report
        `masked` is the share of the hours still missing, over all series.

    Raises
    ------
    InputError
        If a column is missing, or the file holds several regions or unreadable dates.
    """
    sheet = read_sheet(path, latin=True)
    names = {"area": ("perimetre", "region"), "date": ("date",), "hour": ("heures", "heure")}
    raw = pick(sheet, {**names, **SERIES})
    if len(areas := sorted(set(raw["area"]))) != 1:
        raise InputError(
            Fault(
                sheet.file, say("holds {count} regions", count=len(areas)), say("keep one region")
            )
        )
    values = _values(sheet, raw)
    local = _local(sheet, raw)
    half = local.minute.isin((0, 30))
    time = _standard_time(local[half])
    real = time.notna()
    if time[real].has_duplicates:
        raise InputError(Fault(sheet.file, say("the same half hour stands twice"), say("keep one")))
    hourly = values[half][real].groupby(time[real].floor("h")).mean()
    hourly = hourly.reindex(pd.date_range(hourly.index[0], hourly.index[-1], freq="h", name="time"))
    filled, notes = _fill(hourly)
    dropped = {
        "no value at :15 and :45": int(np.count_nonzero(~half)),
        "no such legal time (spring)": int(np.count_nonzero(time.isna())),
        "not cut as the header": len(sheet.ragged),
    }
    report = Report(
        table="",
        file=path.name,
        publisher="RTE",
        licence=OPEN_LICENCE,
        year=str(hourly.index[len(hourly) // 2].year),
        rows=len(raw),
        masked=float(filled.isna().to_numpy().mean()),
        dropped={reason: count for reason, count in dropped.items() if count},
        notes=notes,
    )
    return filled.reset_index(), report


def _values(sheet: Sheet, raw: pd.DataFrame) -> pd.DataFrame:
    data: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    for name in SERIES:
        cells = ["" if plain(cell) in ("", "nd") else cell for cell in raw[name]]
        values, wrong = numbers(cells)
        if wrong:
            row = min(wrong)
            raise InputError(
                Fault(
                    sheet.file,
                    say("{name}: {wrong}", name=name, wrong=wrong[row][0]),
                    "",
                    int(raw["line"][row]),
                )
            )
        data[name] = values if name == "load" else np.maximum(values, 0)
    return pd.DataFrame(data)


def _local(sheet: Sheet, raw: pd.DataFrame) -> pd.DatetimeIndex:
    """Read dates and hours, as 2019-12-31 or 31/12/2019 and 23:45."""
    text = raw["date"] + " " + raw["hour"]
    day_first = "/" in raw["date"].iloc[0]
    pattern = "%d/%m/%Y %H:%M" if day_first else "%Y-%m-%d %H:%M"
    local = pd.to_datetime(text, format=pattern, errors="coerce")
    if local.isna().any():
        row = int(np.flatnonzero(local.isna())[0])
        what = say("`{cell}` is not a date and an hour", cell=text[row])
        raise InputError(
            Fault(sheet.file, what, say("as in 2019-12-31 23:30"), int(raw["line"][row]))
        )
    return pd.DatetimeIndex(local)


def _standard_time(local: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Turn legal time into UTC+1; NaT where the legal time does not exist."""
    first = ~local.duplicated()
    aware = local.tz_localize("Europe/Paris", ambiguous=first, nonexistent="NaT")
    return aware.tz_convert("Etc/GMT-1").tz_localize(None)


def _fill(hourly: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Fill single missing hours between their neighbours."""
    gap = hourly.isna()
    alone = gap & ~gap.shift(1, fill_value=True) & ~gap.shift(-1, fill_value=True)
    filled = hourly.where(~alone, (hourly.shift(1) + hourly.shift(-1)) / 2)
    times = hourly.index[alone.any(axis=1)]
    return filled, tuple(f"filled between its neighbours: {time} UTC+1" for time in times)
