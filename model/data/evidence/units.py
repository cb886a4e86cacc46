"""Units: figures that were given, and that only another unit can explain, are refused.

    consumption   Σ given ÷ Σ estimate of the same sectors and carriers, by EPCI: 1/100 to 100
                  one row ≥ 100 times its estimate and beyond 100 MWh a head, but for industry

The bounds are wide: MWh or kWh in place of GWh are a thousand or a million times off. What no land
yields and nobody consumes is refused where tables are read: `tables/ranges.py`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from model.data.cells import fault
from model.data.evidence import estimate
from model.data.frame import Frame
from model.errors import InputError
from model.tables.read import Tables
from model.words.catalogue import say

FAR = 100.0
"""Times that no estimate is off by."""

PER_HEAD = 0.1
"""Largest consumption of one kind that is plausible [GWh/inhabitant/yr]."""

FREE = ("industry", "energy-industry")
"""Sectors of which one site may consume more than everybody else."""


def check_units(frame: Frame, known: Iterable[pd.DataFrame]) -> None:
    """Refuse what is consumed in another unit, as known in several years, with the line of one.

    Raises
    ------
    InputError
        Naming what was expected, for each EPCI.
    """
    guessed = _guessed(frame)
    faults = [
        found
        for rows in known
        for error in _consumption(frame, rows, guessed)
        for found in error.faults
    ]
    if faults:
        raise InputError(list(dict.fromkeys(faults)))


def _guessed(frame: Frame) -> pd.DataFrame:
    """What the estimates say of consumption by themselves; nothing if an EPCI has no area."""
    given = frame.tables["consumption"]
    alone = Tables(frame.tables.folder, {**frame.tables, "consumption": given.iloc[:0]})
    try:
        return estimate.consumption(replace(frame, tables=alone), frame.base)
    except InputError:
        return given.iloc[:0].assign(value=0.0)


def _consumption(frame: Frame, rows: pd.DataFrame, guessed: pd.DataFrame) -> Iterator[InputError]:
    given = rows[rows["basis"] == ""]
    keys = ["epci", "sector", "carrier"]
    both = given.merge(guessed[[*keys, "value"]], "inner", keys, suffixes=("", "_guessed"))
    heads = both["epci"].map(frame.epci["population"])
    beyond = (both["value"] > FAR * both["value_guessed"]) & ~both["sector"].isin(FREE)
    for row in both[beyond & (both["value"] > PER_HEAD * heads)].to_dict("records"):
        yield _wrong(frame, row, row["value"], row["value_guessed"])
        return
    for _, of in both.groupby("epci", sort=False):
        value, usual = of["value"].sum(), of["value_guessed"].sum()
        if usual >= 1 and not usual / FAR <= value <= usual * FAR and value > 0:
            largest = of.sort_values("value_guessed").iloc[-1].to_dict()
            yield _wrong(frame, largest, value, usual)


def _wrong(frame: Frame, row: Mapping[Hashable, Any], value: float, usual: float) -> InputError:
    what = say(
        "{table} of {epci}: {value:.6g} GWh/yr, where about {usual:.6g} is expected: another unit?",
        table="consumption",
        epci=frame.epci["name"][row["epci"]],
        value=value,
        usual=usual,
    )
    mend = say("write GWh/yr: MWh divided by 1 000, kWh by 1 000 000")
    return fault(frame.tables["consumption"], row["line"], what, mend)
