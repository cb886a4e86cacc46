"""Units: figures that were given, and that only another unit can explain, are refused.

    consumption   Σ given ÷ Σ estimate of the same sectors and carriers, by EPCI: 1/100 to 100
                  one row ≥ 100 times its estimate and beyond 100 MWh a head, but for industry
    production    one row ≤ 100 times the potential; where there is none, ≤ 300 MWh a head
    potentials    wind and sun ≤ 100 GWh/km²: ground-mounted sun on every field and roof

The bounds are wide: MWh or kWh in place of GWh are a thousand or a million times off.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from model.data.cells import fault
from model.data.evidence import estimate
from model.data.frame import Frame
from model.errors import InputError
from model.tables.read import Tables
from model.words.catalogue import say

FAR = 100.0
"""Times that no estimate is off by."""

PER_HEAD = {"consumption": 0.1, "production": 0.3}
"""Largest figure of one kind that is plausible [GWh/inhabitant/yr]."""

PER_KM2 = 100.0
"""Largest potential of wind or sun [GWh/km2/yr]."""

FREE = ("industry", "energy-industry")
"""Sectors of which one site may consume more than everybody else."""

Rows = Mapping[str, pd.DataFrame]


def check_units(frame: Frame, known: Iterable[Rows]) -> None:
    """Refuse figures, as known in several years, in another unit, with the line of one of them.

    Raises
    ------
    InputError
        Naming what was expected, for each EPCI.
    """
    guessed = _guessed(frame)
    faults = [
        found
        for rows in known
        for error in (
            *_consumption(frame, rows["consumption"], guessed),
            *_production(frame, rows),
            *_potentials(frame, rows),
        )
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
    for row in both[beyond & (both["value"] > PER_HEAD["consumption"] * heads)].to_dict("records"):
        yield _wrong(frame, "consumption", row, row["value"], row["value_guessed"])
        return
    for _, of in both.groupby("epci", sort=False):
        value, usual = of["value"].sum(), of["value_guessed"].sum()
        if usual >= 1 and not usual / FAR <= value <= usual * FAR and value > 0:
            largest = of.sort_values("value_guessed").iloc[-1].to_dict()
            yield _wrong(frame, "consumption", largest, value, usual)


def _production(frame: Frame, rows: Rows) -> Iterator[InputError]:
    given = rows["production"]
    given = given[given["basis"] == ""]
    potential = estimate.over(frame, rows["potential"], 0.0)
    epci, technology = (
        pd.Index(labels).get_indexer(pd.Index(given[key]))
        for key, labels in (("epci", frame.members), ("technology", frame.technologies.index))
    )
    most = np.where(technology >= 0, potential[epci, technology], 0.0)
    heads = given["epci"].map(frame.epci["population"]).fillna(0.0).to_numpy(float)
    limit = np.where(most >= 1, FAR * most, np.maximum(PER_HEAD["production"] * heads, FAR))
    for i in np.flatnonzero(given["value"].to_numpy(float) > limit):
        row = given.iloc[int(i)].to_dict()
        yield _wrong(frame, "production", row, row["value"], float(max(most[i], 1.0)))


def _potentials(frame: Frame, rows: Rows) -> Iterator[InputError]:
    given = rows["potential"]
    landed = frame.technologies.index[frame.technologies["land"] > 0]
    given = given[(given["basis"] == "") & given["technology"].isin(landed)]
    area = given["epci"].map(frame.epci["area"]).astype(float)
    for row in given[given["value"] > PER_KM2 * area].to_dict("records"):
        yield _wrong(
            frame, "potentials", row, row["value"], PER_KM2 * frame.epci["area"][row["epci"]]
        )


def _wrong(
    frame: Frame, name: str, row: Mapping[Hashable, Any], value: float, usual: float
) -> InputError:
    what = say(
        "{table} of {epci}: {value:.6g} GWh/yr, where about {usual:.6g} is expected: another unit?",
        table=name,
        epci=frame.epci["name"][row["epci"]],
        value=value,
        usual=usual,
    )
    mend = say("write GWh/yr: MWh divided by 1 000, kWh by 1 000 000")
    return fault(frame.tables[name], row["line"], what, mend)
