"""PCAET: results in the words of the regulatory form (decree 2016-849, order of 4 August 2016).

Final consumption by sector and carrier, local production by source and emissions by carrier of each
EPCI, in the base year, 2030 and 2050. In French, as the form is. Emissions by sector are not known
to the model: they follow the carrier that is bought or burnt.
"""

from __future__ import annotations

import pandas as pd
import xarray as xr

from model.tables.read import Tables

YEARS = (2030, 2050)
"""Years of the decree after the base year; one that a scenario lacks is blank."""

DIGITS = 3
"""Decimals: MWh and tonnes."""

HEADINGS = {
    "final_consumption": ("Consommation énergétique finale", ("sector", "carrier")),
    "local_production": ("Production d'énergie renouvelable et de récupération", ("technology",)),
    "emissions": ("Émissions de gaz à effet de serre", ("carrier",)),
}
COLUMNS = {"sector": "Secteur", "technology": "Filière", "carrier": "Vecteur"}
LABELS = {"sector": "sectors", "technology": "technologies", "carrier": "carriers"}
UNITS = {"GWh/yr": "GWh/an", "kt/yr": "kt éq. CO2/an"}


def pcaet(outcome: xr.Dataset, tables: Tables) -> pd.DataFrame:
    """The form of a result: every sector and carrier of each EPCI, also where nothing is used."""
    known = [int(year) for year in outcome["year"].to_numpy()]
    years = [known[0], *(year for year in YEARS if year != known[0])]
    parts = [
        _rows(outcome[variable].reindex(year=years), heading, dims, tables)
        for variable, (heading, dims) in HEADINGS.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    names = dict(zip(outcome["epci"].to_numpy(), outcome["epci_name"].to_numpy(), strict=True))
    table.insert(1, "EPCI", table["SIREN"].map(names))
    first = ["SIREN", "EPCI", "Rubrique", *COLUMNS.values(), "Unité"]
    table = table[[*first, *years]].round(DIGITS)
    return table.sort_values("SIREN", kind="stable", ignore_index=True)


def _rows(full: xr.DataArray, heading: str, dims: tuple[str, ...], tables: Tables) -> pd.DataFrame:
    """One heading of the form: a row for each EPCI and label, a column for each year."""
    unit = str(full.attrs["units"])
    rows = full.reset_coords(drop=True).transpose("epci", *dims, "year").to_series().unstack("year")
    rows = rows.reset_index().rename(columns={"epci": "SIREN"})
    if "technology" in dims:
        rows = rows[rows[list(rows.columns[2:])].fillna(0).ne(0).any(axis=1)]
    for dim in dims:
        file = tables[LABELS[dim]]
        labels = dict(zip(file[dim], file["label_fr"], strict=True))
        rows[COLUMNS[dim]] = rows.pop(dim).map(lambda x, labels=labels: labels.get(x) or x)
    blank = {name: "" for dim, name in COLUMNS.items() if dim not in dims}
    return rows.assign(Rubrique=heading, Unité=UNITS[unit], **blank)
