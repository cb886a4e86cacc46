"""Register of biomethane injection (ODRÉ) → sites as rows of `projects.csv`.

The register gives a capacity by higher heating value. `data.evidence.beside` makes of it the power
that gives, at the full-load hours of the technology, what a site injects over a year.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from model.errors import Fault, InputError
from model.official.places import today
from model.official.raw import (
    OPEN_LICENCE,
    Loaded,
    Report,
    amounts,
    count_left_out,
    left_out,
    pick,
)
from model.tables.sheet import read_sheet
from model.words.catalogue import say

TECHNOLOGY = "biogas-injection"
PLAUSIBLE = (0.5, 500.0)
"""Median capacity of a site beyond which a unit must be wrong. [GWh/yr]"""

_NAMES = {
    "epci": ("code epci", "epci siren", "code insee commune", "code insee", "commune insee"),
    "place": ("commune", "nom commune"),
    "begun": ("date de mise en service", "date mes", "annee mes", "annee de mise en service"),
    "capacity": (
        "capacite de production gwh an",
        "capacite gwh pcs an",
        "capacite de production",
        "capacite d injection gwh an",
    ),
}
NEEDS = (_NAMES["begun"], _NAMES["capacity"], _NAMES["place"])


def read_biomethane(path: Path, epci: pd.DataFrame, year: int | None = None) -> Loaded:
    """Read the register: epci, technology, place, year, capacity [GWh/yr], stage.

    `year` leaves out what began later.

    Raises
    ------
    InputError
        If a column is missing, no row can be used, or capacity is not in GWh/yr.
    """
    sheet = read_sheet(path, latin=True)
    raw = pick(sheet, _NAMES)
    raw["epci"] = today(raw["epci"], epci)
    raw["capacity"] = amounts(sheet, list(raw["capacity"]))
    raw["year"] = pd.to_numeric(raw["begun"].str.extract(r"(\d{4})")[0])
    last = raw["year"].max() if year is None else year
    reason = left_out(
        (raw["year"].isna(), say("no date")),
        (raw["year"] > last, say("another year")),
        (~raw["epci"].isin(set(epci["epci"])), say("EPCI not in epci.csv")),
        (raw["capacity"].isna(), say("no capacity")),
    )
    kept = raw[reason == ""]
    if kept.empty:
        raise InputError(Fault(sheet.file, say("no row can be used")))
    usual = float(kept["capacity"].median())
    if not PLAUSIBLE[0] <= usual <= PLAUSIBLE[1]:
        what = say("the median capacity is {usual:.3g}", usual=usual)
        raise InputError(Fault(sheet.file, what, say("capacity must be in GWh/yr")))
    table = kept.groupby(["epci", "place", "year"])["capacity"].sum().reset_index()
    table = table.assign(
        technology=TECHNOLOGY, stage="built", source=path.name, status="estimated", masked=0.0
    )
    report = Report(
        file=path.name,
        table="projects",
        publisher="ODRÉ",
        licence=OPEN_LICENCE,
        rows=len(raw),
        masked=float(raw["capacity"].isna().mean()),
        dropped=count_left_out(reason, sheet),
    )
    return table, report
