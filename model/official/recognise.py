"""Recognise: which official file this is, by its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.fields import TABLE, Table
from model.official import accounts, biomethane
from model.official.accounts import read_accounts
from model.official.biomethane import read_biomethane
from model.official.long import carriers_of, read_long, read_wide
from model.official.ore import ORE, read_ore
from model.official.raw import Loaded, plain
from model.official.register import read_register
from model.official.sdes import SDES, read_sdes
from model.tables.check import SHOWN_ALIKE
from model.tables.ranges import too_dense
from model.tables.sheet import read_sheet
from model.words.catalogue import mark, say


class Read(Protocol):
    """A loader."""

    def __call__(self, path: Path, epci: pd.DataFrame, year: int | None = None) -> Loaded:
        """The rows of a file, and a report."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, the columns by which it is known, and what reads it.

    Of each group of plain headers the file must have one.
    """

    name: str
    needs: Sequence[Sequence[str]]
    reader: Read

    def read(self, path: Path, epci: pd.DataFrame, year: int | None = None) -> Loaded:
        """The rows of a file, and a report; InputError as the reader, and on what cannot be."""
        rows, report = self.reader(path, epci, year)
        if faults := list(_impossible(path, rows, TABLE[report.table], epci)):
            raise InputError(faults[:SHOWN_ALIKE])
        return rows, report


KINDS = (
    Kind(
        mark("SDES: consumption by EPCI"),
        ([SDES.value], [SDES.sector], [str(SDES.epci)]),
        read_sdes,
    ),
    Kind(mark("Agence ORE: yearly electricity and gas"), ([ORE.value], [ORE.sector]), read_ore),
    Kind(
        mark("a table of consumption, a row for each number"),
        (["epci siren"], ["secteur"], ["vecteur"], ["gwh", "mwh", "kwh"]),
        read_long,
    ),
    Kind(
        mark("ODRÉ: register of electricity installations"),
        (["filiere"], ["puismaxinstallee"]),
        read_register,
    ),
    Kind(mark("ODRÉ: register of biomethane injection"), biomethane.NEEDS, read_biomethane),
    Kind(mark("DGFiP, OFGL: accounts of EPCI"), accounts.NEEDS, read_accounts),
)
WIDE = Kind(
    mark("a climate plan (PCAET), a column for each carrier"),
    (["epci siren"], ["annee"], ["secteur"]),
    read_wide,
)
OTHERS = {
    ("perimetre", "nature", "heures"): say(
        "is an hourly éCO2mix file: it serves to choose representative days (docs/calendar.md), no "
        "table of inputs holds it"
    ),
    ("codgeo", "p22 rp cgazv"): say(
        "is the census of main heating: the shipped estimates rest on it (docs/estimates.md)"
    ),
}
"""Files that are known and not taken, by the headers they have."""


def recognise(path: Path) -> Kind:
    """The kind of an official file.

    Raises
    ------
    InputError
        Naming the columns of the kinds that are known, if it is none of them.
    """
    for lines in (1, 2):
        header = _header(path, lines)
        plains = {plain(cell) for cell in header}
        for headers, why in OTHERS.items():
            if plains.issuperset(headers):
                raise InputError(Fault(str(path), why, ""))
        known = [kind for kind in KINDS if _fits(kind, plains)]
        if _fits(WIDE, plains) and len(carriers_of(header)) > 1:
            known.append(WIDE)
        if known:
            return known[0]
    header = _header(path, 1)
    what = say("is no official file that is known here: {header}", header="; ".join(header))
    known_by = "; ".join(" + ".join(group[0] for group in kind.needs) for kind in (*KINDS, WIDE))
    mend = say("columns by which one is known: {columns}", columns=known_by)
    raise InputError(Fault(str(path), what, mend, 1))


def _impossible(
    path: Path, rows: pd.DataFrame, table: Table, epci: pd.DataFrame
) -> Iterator[Fault]:
    """What is beyond the range of a column of the table, or more than an EPCI can have."""
    for column in table.columns:
        if column.kind != "number" or column.name not in rows:
            continue
        wrong = too_dense({"epci": epci, table.name: rows}, table, column)
        for row in np.flatnonzero(rows[column.name].to_numpy(float) > column.upper).tolist():
            told = {"value": rows[column.name].iloc[row], "unit": column.unit, "most": column.upper}
            wrong[row] = say("{value:g} {unit} cannot be: at most {most:g}", **told), ""
        for row, (what, mend) in wrong.items():
            yield Fault(f"{path} ({rows['epci'].iloc[row]})", what, mend)


def _header(path: Path, lines: int) -> tuple[str, ...]:
    try:
        return read_sheet(path, latin=True, header_lines=lines).header
    except InputError:
        if lines == 1:
            raise
        return ()


def _fits(kind: Kind, plains: set[str]) -> bool:
    return all(plains.intersection(group) for group in kind.needs)
