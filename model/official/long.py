"""Long: a table of consumption, a row for each number, as observatories publish it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from model.errors import InputError
from model.official.consumption import RESIDENTIAL_ELECTRICITY, Bounds, Layout, load
from model.official.raw import (
    Loaded,
    pick,
    plain,
)
from model.official.vocabulary import CARRIERS, SECTORS
from model.tables.check import strange_cells, tell
from model.tables.sheet import read_sheet
from model.words.catalogue import say

LONG = Layout(
    publisher="regional observatory",
    licence="terms of its publisher",
    unit=1.0,
    epci="epci siren",
    year="annee",
    sector="secteur",
    carrier="vecteur",
    value="gwh",
)


def read_long(
    path: Path,
    epci: pd.DataFrame,
    year: int | None = None,
    bounds: Bounds = RESIDENTIAL_ELECTRICITY,
) -> Loaded:
    """Read a table `epci_siren;annee;secteur;vecteur;gwh`, made by hand from an observatory.

    As a person made it, an unknown SIREN, sector or carrier is refused, not left out.
    Parameters and errors: those of `read_sdes`.
    """
    sheet = read_sheet(path)
    raw = pick(sheet, LONG.columns)
    faults = list(sheet.ragged)
    for column, known in (
        ("epci", set(epci["epci"])),
        ("sector", set(SECTORS)),
        ("carrier", set(CARRIERS)),
    ):
        cells = [plain(cell) for cell in raw[column]]
        what = say("is not a known {column}", column=column)
        wrong = strange_cells(cells, set(cells) - known, what, sorted(known))
        faults += tell(sheet.file, LONG.columns[column], wrong, sheet.lines)
    if faults:
        raise InputError(faults)
    return load(sheet, LONG, epci, year, bounds)
