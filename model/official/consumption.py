"""Consumption: what the loaders of yearly consumption share (`sdes`, `ore`, `long`).

Each gives a table (epci, sector, carrier, consumption [GWh/yr], source, status, masked) and
a report of what was read, masked and left out. A masked cell (`secret`) is never a zero: `masked`
is the share of the rows behind a value that are masked; where all are, the value is NaN.
A file in another unit than it says is refused: residential electricity per inhabitant tells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from model.errors import Fault, InputError
from model.official.places import today
from model.official.raw import (
    Loaded,
    Report,
    again,
    amounts,
    count_left_out,
    left_out,
    one_year,
    pick,
    sum_rows,
)
from model.official.vocabulary import CARRIERS, SECTORS, ids_of
from model.tables.sheet import Sheet
from model.words.catalogue import say

RESIDENTIAL_ELECTRICITY = (1.3, 8.1)
"""Least and most residential electricity of an EPCI. [MWh/inhabitant/yr]

Extremes over 1 232 EPCI in 2023: Agence ORE and Enedis, consumption by IRIS; INSEE population.
"""

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Where a kind of file has its columns, and the unit of its values, in GWh."""

    publisher: str
    licence: str
    unit: float
    epci: str | tuple[str, ...]
    year: str
    sector: str
    carrier: str
    value: str
    status: str = "observed"

    @property
    def columns(self) -> dict[str, str | tuple[str, ...]]:
        """The plain header of each column."""
        return {
            name: getattr(self, name) for name in ("epci", "year", "sector", "carrier", "value")
        }


def load(
    sheet: Sheet, layout: Layout, epci: pd.DataFrame, year: int | None, bounds: Bounds
) -> Loaded:
    """Sum the rows of a file by EPCI, sector and carrier, and say what was left out."""
    file = Path(sheet.file).name
    raw = pick(sheet, layout.columns)
    raw["consumption"] = amounts(sheet, list(raw["value"])) * layout.unit
    raw["again"] = again(sheet)
    kept_year = one_year(sheet.file, raw["year"], year)
    raw["epci"] = today(raw["epci"], epci)
    words = raw[["sector", "carrier"]]
    raw["sector"], raw["carrier"] = ids_of(raw["sector"], SECTORS), ids_of(raw["carrier"], CARRIERS)
    reason = left_out(
        (raw["year"] != kept_year, say("another year")),
        (~raw["epci"].isin(set(epci["epci"])), say("EPCI not in epci.csv")),
        (raw["carrier"] == "", words["carrier"].map(_no_carrier)),
        (raw["sector"] == "", words["sector"].map(_no_sector)),
        (raw["again"], say("the same line twice")),
    )
    kept = raw[reason == ""]
    if kept.empty:
        raise InputError(
            Fault(sheet.file, say("no row can be used: {reason}", reason=dict(Counter(reason))))
        )
    table = sum_rows(kept, ["epci", "sector", "carrier"], "consumption", file, layout.status)
    report = Report(
        file=file,
        table="consumption",
        publisher=layout.publisher,
        licence=layout.licence,
        year=kept_year,
        rows=len(raw),
        masked=float(kept["consumption"].isna().mean()),
        dropped=count_left_out(reason, sheet),
        notes=_check_unit(sheet.file, table, epci, bounds),
    )
    return table, report


def _no_carrier(word: str) -> str:
    return say("carrier `{word}` is not modelled", word=word)


def _no_sector(word: str) -> str:
    return say("sector `{word}` is unknown", word=word)


def _check_unit(
    file: str, table: pd.DataFrame, epci: pd.DataFrame, bounds: Bounds
) -> tuple[str, ...]:
    """Refuse a file whose residential electricity per inhabitant is not plausible; note if none."""
    homes = table[(table["sector"] == "residential") & (table["carrier"] == "electricity")]
    homes = homes[homes["masked"] == 0]
    if homes.empty:
        return (say("the unit could not be checked: no unmasked residential electricity"),)
    people = homes["epci"].map(epci.set_index("epci")["population"])
    each = homes["consumption"] / people * 1e3
    faults = [
        Fault(
            file,
            say(
                "residential electricity of {code}: {value:.4g} MWh/inhabitant, plausible "
                "from {least} to {most}",
                code=code,
                value=value,
                least=bounds[0],
                most=bounds[1],
            ),
            say("the file may be in kWh or MWh where another unit is expected"),
        )
        for code, value in zip(homes["epci"], each, strict=True)
        if not bounds[0] <= value <= bounds[1]
    ]
    if faults:
        raise InputError(faults[:5])
    return ()
