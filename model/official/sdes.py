"""SDES: electricity, gas and heat consumed, by EPCI → rows of `consumption.csv`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from model.official.consumption import RESIDENTIAL_ELECTRICITY, Bounds, Layout, load
from model.official.raw import (
    OPEN_LICENCE,
    Loaded,
    plain,
)
from model.tables.sheet import read_sheet

SDES = Layout(
    publisher="SDES",
    licence=OPEN_LICENCE,
    unit=1e-3,
    epci="code epci code",
    year="annee",
    sector="code grand secteur",
    carrier="filiere",
    value="conso",
)


def read_sdes(
    path: Path,
    epci: pd.DataFrame,
    year: int | None = None,
    bounds: Bounds = RESIDENTIAL_ELECTRICITY,
) -> Loaded:
    """Read the SDES file of electricity, gas and heat consumption by EPCI (two header lines).

    Parameters
    ----------
    path : Path
    epci : DataFrame
        The `epci` table of the inputs folder (`epci`, `population`).
    year : int, optional
        Needed where the file holds several years.
    bounds : (float, float)
        Plausible residential electricity of an EPCI. [MWh/inhabitant/yr]

    Raises
    ------
    InputError
        If a column is missing, no EPCI is known, or the unit is not the one that the file says.
    """
    sheet = read_sheet(path, latin=True, header_lines=2)
    if SDES.value not in map(plain, sheet.header):
        sheet = read_sheet(path, latin=True)
    return load(sheet, SDES, epci, year, bounds)
