"""Official files of yearly consumption, as a planner downloads them → rows of `consumption.csv`.

Each loader gives a table (epci, sector, carrier, consumption [GWh/yr], source, status, masked) and
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
    sum_rows,
)
from model.official.vocabulary import CARRIERS, SECTORS, ids_of
from model.tables.check import strange_cells, tell
from model.tables.sheet import Sheet, read_sheet

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
    epci: str
    year: str
    sector: str
    carrier: str
    value: str

    @property
    def columns(self) -> dict[str, str]:
        """The plain header of each column."""
        return {
            name: getattr(self, name) for name in ("epci", "year", "sector", "carrier", "value")
        }


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
ORE = Layout(
    publisher="Agence ORE",
    licence=OPEN_LICENCE,
    unit=1e-3,
    epci="code epci",
    year="annee",
    sector="code grand secteur",
    carrier="filiere",
    value="conso totale mwh",
)
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
    return _load(sheet, SDES, epci, year, bounds)


def read_ore(
    path: Path,
    epci: pd.DataFrame,
    year: int | None = None,
    bounds: Bounds = RESIDENTIAL_ELECTRICITY,
) -> Loaded:
    """Read the Agence ORE file of yearly electricity and gas consumption, by commune or EPCI.

    Parameters and errors: those of `read_sdes`.
    """
    return _load(read_sheet(path, latin=True), ORE, epci, year, bounds)


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
        what = f"is not a known {column}"
        wrong = strange_cells(cells, set(cells) - known, what, sorted(known))
        faults += tell(sheet.file, LONG.columns[column], wrong, sheet.lines)
    if faults:
        raise InputError(faults)
    return _load(sheet, LONG, epci, year, bounds)


def _load(
    sheet: Sheet, layout: Layout, epci: pd.DataFrame, year: int | None, bounds: Bounds
) -> Loaded:
    """Sum the rows of a file by EPCI, sector and carrier, and say what was left out."""
    file = Path(sheet.file).name
    raw = pick(sheet, layout.columns)
    raw["consumption"] = amounts(sheet, list(raw["value"])) * layout.unit
    raw["again"] = pd.DataFrame(dict(enumerate(sheet.columns))).duplicated()
    kept_year = one_year(sheet.file, raw["year"], year)
    words = raw[["sector", "carrier"]]
    raw["sector"], raw["carrier"] = ids_of(raw["sector"], SECTORS), ids_of(raw["carrier"], CARRIERS)
    reason = left_out(
        (raw["year"] != kept_year, "another year"),
        (~raw["epci"].isin(set(epci["epci"])), "EPCI not in epci.csv"),
        (raw["carrier"] == "", "carrier `" + words["carrier"] + "` is not modelled"),
        (raw["sector"] == "", "sector `" + words["sector"] + "` is unknown"),
        (raw["again"], "the same line twice"),
    )
    kept = raw[reason == ""]
    if kept.empty:
        raise InputError(Fault(sheet.file, f"no row can be used: {dict(Counter(reason))}"))
    table = sum_rows(kept, ["epci", "sector", "carrier"], "consumption", file)
    report = Report(
        file=file,
        publisher=layout.publisher,
        licence=layout.licence,
        year=kept_year,
        rows=len(raw),
        masked=float(kept["consumption"].isna().mean()),
        dropped=count_left_out(reason, sheet),
        notes=_check_unit(sheet.file, table, epci, bounds),
    )
    return table, report


def _check_unit(
    file: str, table: pd.DataFrame, epci: pd.DataFrame, bounds: Bounds
) -> tuple[str, ...]:
    """Refuse a file whose residential electricity per inhabitant is not plausible; note if none."""
    homes = table[(table["sector"] == "residential") & (table["carrier"] == "electricity")]
    homes = homes[homes["masked"] == 0]
    if homes.empty:
        return ("the unit could not be checked: no unmasked residential electricity",)
    people = homes["epci"].map(epci.set_index("epci")["population"])
    each = homes["consumption"] / people * 1e3
    faults = [
        Fault(
            file,
            f"residential electricity of {code}: {value:.4g} MWh/inhabitant, "
            f"plausible from {bounds[0]} to {bounds[1]}",
            "the file may be in kWh or MWh where another unit is expected",
        )
        for code, value in zip(homes["epci"], each, strict=True)
        if not bounds[0] <= value <= bounds[1]
    ]
    if faults:
        raise InputError(faults[:5])
    return ()
