"""Accounts of groups of communes (DGFiP, OFGL) → operating expenditure in `endowments.csv`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
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
    one_year,
    pick,
    plain,
)
from model.tables.sheet import Sheet, read_sheet
from model.words.catalogue import say

OPERATING = ("depenses de fonctionnement", "depenses reelles de fonctionnement")
"""Aggregates that are operating expenditure."""

MAIN = "budget principal"

PLAUSIBLE = (50.0, 10_000.0)
"""Median operating expenditure beyond which a unit must be wrong. [EUR/inhabitant/yr]"""

_NAMES = {
    "year": ("exercice", "annee"),
    "aggregate": ("agregat",),
    "amount": ("montant", "montant en euros"),
}
NEEDS = tuple(_NAMES.values())


def read_accounts(path: Path, epci: pd.DataFrame, year: int | None = None) -> Loaded:
    """Read the file: epci, operating_expenditure [MEUR/yr], source, status, masked.

    Raises
    ------
    InputError
        If a column is missing, no row can be used, the year is not clear, or euros are not.
    """
    sheet = read_sheet(path, latin=True)
    raw = pick(sheet, _NAMES | {"epci": _siren(sheet)})
    raw["budget"] = _budgets(sheet)
    raw["epci"] = today(raw["epci"], epci)
    raw["amount"] = amounts(sheet, list(raw["amount"]))
    kept_year = one_year(sheet.file, raw["year"], year)
    main = raw["budget"] == MAIN
    reason = left_out(
        (raw["year"] != kept_year, say("another year")),
        (~raw["epci"].isin(set(epci["epci"])), say("EPCI not in epci.csv")),
        (~raw["aggregate"].map(plain).isin(OPERATING), say("another aggregate")),
        (~main if main.any() else main, say("an annexed budget")),
        (raw["amount"].isna(), say("no amount")),
    )
    kept = raw[reason == ""]
    if kept.empty:
        raise InputError(
            Fault(sheet.file, say("no row can be used"), say("one aggregate must be operating"))
        )
    spent = kept.groupby("epci")["amount"].sum()
    people = epci.set_index("epci")["population"].reindex(spent.index)
    each = float(np.nanmedian(spent / people))
    if not PLAUSIBLE[0] <= each <= PLAUSIBLE[1]:
        what = say("operating expenditure is {each:.3g} a head in the median", each=each)
        raise InputError(Fault(sheet.file, what, say("amounts must be in euros")))
    table = pd.DataFrame({"operating_expenditure": spent / 1e6}).reset_index()
    report = Report(
        file=path.name,
        table="endowments",
        publisher="DGFiP, OFGL",
        licence=OPEN_LICENCE,
        year=kept_year,
        rows=len(raw),
        dropped=count_left_out(reason, sheet),
    )
    return table.assign(source=path.name, status="published", masked=0.0), report


def _siren(sheet: Sheet) -> tuple[str, ...]:
    """The headers that hold the SIREN, such as `Code Siren 2024 EPCI`."""
    headers = [plain(cell) for cell in sheet.header]
    return ("siren", "siren epci", *(h for h in headers if h.startswith("code siren")))


def _budgets(sheet: Sheet) -> list[str]:
    """The kind of budget of each row, in plain letters; blank where the file does not say."""
    headers = [plain(cell) for cell in sheet.header]
    if "type de budget" not in headers:
        return [""] * len(sheet.lines)
    return [plain(cell) for cell in sheet.columns[headers.index("type de budget")]]
