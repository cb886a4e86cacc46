"""Long: a table of consumption that a person made, with a row for each number, or a wide one.

    epci_siren;annee;secteur;vecteur;gwh           as observatories publish it
    epci_siren;annee;secteur;Électricité (MWh);Gaz (MWh);…     as a climate plan (PCAET) prints it

The unit is in the headers. As a person made it, an unknown EPCI, sector or carrier is refused, not
left out; an EPCI may be named in any way that `run.py new` understands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.official.consumption import RESIDENTIAL_ELECTRICITY, Bounds, Layout, load
from model.official.places import today
from model.official.raw import NO_NAME, Loaded, pick, plain
from model.official.vocabulary import CARRIERS, SECTORS
from model.tables.check import strange_cells, tell
from model.tables.epci import find_epci
from model.tables.sheet import Sheet, read_sheet
from model.words.catalogue import say

UNITS: Mapping[str, float] = {"gwh": 1.0, "mwh": 1e-3, "kwh": 1e-6}
"""GWh in one."""

LONG = Layout(
    publisher="regional observatory",
    licence="terms of its publisher",
    unit=1.0,
    epci="epci siren",
    year="annee",
    sector="secteur",
    carrier="vecteur",
    value="gwh",
    status="published",
)


def read_long(
    path: Path,
    epci: pd.DataFrame,
    year: int | None = None,
    bounds: Bounds = RESIDENTIAL_ELECTRICITY,
) -> Loaded:
    """Read a table with a row for each number. Parameters and errors: those of `read_sdes`."""
    sheet = read_sheet(path, latin=True)
    headers = {plain(cell) for cell in sheet.header}
    unit = next((unit for unit in UNITS if unit in headers), LONG.value)
    layout = replace(LONG, value=unit, unit=UNITS[unit])
    return load(_checked(sheet, layout, epci), layout, epci, year, bounds)


def read_wide(
    path: Path,
    epci: pd.DataFrame,
    year: int | None = None,
    bounds: Bounds = RESIDENTIAL_ELECTRICITY,
) -> Loaded:
    """Read a table with a column for each carrier. Parameters and errors: those of `read_sdes`."""
    sheet = read_sheet(path, latin=True)
    raw = pick(sheet, {"epci": "epci siren", "year": "annee", "sector": "secteur"})
    columns = carriers_of(sheet.header)
    units = {unit for _, unit in columns.values()}
    if len(units) != 1 or not units <= set(UNITS):
        what = say("the unit of the carriers is not clear")
        mend = say("write it in each header, as in `Gaz (MWh)`")
        raise InputError(Fault(sheet.file, what, mend, 1))
    (unit,) = units
    long = pd.concat(
        [
            raw.assign(carrier=carrier, value=list(sheet.columns[place]))
            for place, (carrier, _) in columns.items()
        ],
        ignore_index=True,
    )
    layout = replace(LONG, value=unit, unit=UNITS[unit], publisher="climate plan (PCAET)")
    keys = ["epci", "year", "sector", "carrier", "value"]
    tall = Sheet(
        sheet.file,
        sheet.separator,
        tuple(str(layout.columns[key]) for key in keys),
        tuple(tuple(long[key]) for key in keys),
        long["line"].to_numpy(np.int64),
        sheet.ragged,
    )
    return load(_checked(tall, layout, epci), layout, epci, year, bounds)


def carriers_of(header: tuple[str, ...]) -> dict[int, tuple[str, str]]:
    """Carrier and unit, as the header names them, of the columns that hold a carrier."""
    found = {}
    for place, cell in enumerate(header):
        words = plain(cell).split()
        unit = words.pop() if words and words[-1] in {*UNITS, "tep", "ktep", "gj", "tj"} else ""
        if " ".join(words) in CARRIERS:
            found[place] = " ".join(words), unit
    return found


def _checked(sheet: Sheet, layout: Layout, epci: pd.DataFrame) -> Sheet:
    """The sheet with the SIREN of today; refused where a label is not known."""
    raw = pick(sheet, layout.columns)
    faults = list(sheet.ragged)
    named = {cell: cell for cell in raw["epci"].unique()}
    for cell in named:
        if any(letter.isalpha() for letter in cell) and plain(cell) not in NO_NAME:
            named[cell] = find_epci(epci, cell)
    places = today(raw["epci"].map(named), epci)
    for column, cells, known in (
        ("epci", list(places), set(epci["epci"])),
        ("sector", list(map(plain, raw["sector"])), set(SECTORS)),
        ("carrier", list(map(plain, raw["carrier"])), set(CARRIERS)),
    ):
        what = say("is not a known {column}", column=column)
        wrong = strange_cells(cells, set(cells) - known, what, sorted(known))
        faults += tell(sheet.file, str(layout.columns[column]), wrong, sheet.lines)
    if faults:
        raise InputError(faults)
    at = [plain(cell) for cell in sheet.header].index(str(layout.epci))
    columns = tuple(tuple(places) if i == at else cells for i, cells in enumerate(sheet.columns))
    return replace(sheet, columns=columns)
