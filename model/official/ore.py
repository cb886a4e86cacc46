"""ORE: electricity and gas consumed, by EPCI (Agence ORE) → rows of `consumption.csv`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from model.official.consumption import RESIDENTIAL_ELECTRICITY, Bounds, Layout, load
from model.official.raw import (
    OPEN_LICENCE,
    Loaded,
)
from model.tables.sheet import read_sheet

ORE = Layout(
    publisher="Agence ORE",
    licence=OPEN_LICENCE,
    unit=1e-3,
    epci=("code epci", "code commune", "code insee commune"),
    year="annee",
    sector="code grand secteur",
    carrier="filiere",
    value="conso totale mwh",
)


def read_ore(
    path: Path,
    epci: pd.DataFrame,
    year: int | None = None,
    bounds: Bounds = RESIDENTIAL_ELECTRICITY,
) -> Loaded:
    """Read the Agence ORE file of yearly electricity and gas consumption, by commune or EPCI.

    Parameters and errors: those of `read_sdes`.
    """
    return load(read_sheet(path, latin=True), ORE, epci, year, bounds)
