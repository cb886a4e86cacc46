"""National register of electricity installations (ODRÉ) → production and capacity by EPCI.

One row per installation, or per group of installations below 36 kW. Power is in kW and the energy
of the last twelve months in kWh: a line that stands again, to the kWh, is one installation; two
alike without energy may be two. Only electricity is known: the heat of a cogeneration is not.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.official.places import today
from model.official.raw import (
    OPEN_LICENCE,
    Loaded,
    Report,
    again,
    amounts,
    count_left_out,
    left_out,
    pick,
    plain,
    sum_rows,
)
from model.tables.sheet import read_sheet
from model.words.catalogue import say

SMALL_ROOF = 36.0
"""Largest installation of a home or a small firm: below, the register groups them. [kW]"""

LARGE_ROOF = 500.0
"""Largest roof installation: ceiling of the feed-in tariff for buildings (arrêté of 6 October
2021); what is above is taken for ground-mounted. [kW]"""

PLAUSIBLE_HOURS = (50.0, 8784.0)
"""Median energy over power beyond which a unit must be wrong. [h/yr]"""

LISTED = ("wind", "solar-ground", "solar-roof-large", "solar-roof-small", "hydro")
"""What an EPCI has none of, if the register lists others there and not these."""

_NAMES = {
    "epci": ("codeepci", "code epci", "codeinseecommune", "code insee commune"),
    "kind": ("filiere",),
    "fuel": ("combustible",),
    "process": ("technologie",),
    "state": ("regime",),
    "count": ("nbinstallations",),
    "power": ("puismaxinstallee",),
    "energy": ("energieannuelleglissanteinjectee",),
}


def read_register(path: Path, epci: pd.DataFrame, year: int | None = None) -> Loaded:
    """Read the register.

    Parameters
    ----------
    path : Path
    epci : DataFrame
        The `epci` table of the inputs folder.
    year : int, optional
        Of the twelve months that the energy is of; by default the one in the name of the file.

    Returns
    -------
    table : DataFrame
        epci, technology, production [GWh/yr], source, status, masked (share of the installations
        without energy), capacity [MW]; zero for what an EPCI has none of.
    report : Report

    Raises
    ------
    InputError
        If a column is missing, no row can be used, a unit is not the one expected, or the year
        is not known.
    """
    sheet = read_sheet(path, latin=True)
    raw = pick(sheet, _NAMES)
    raw["capacity"] = amounts(sheet, list(raw["power"])) / 1e3
    raw["production"] = amounts(sheet, list(raw["energy"])) / 1e6
    raw["technology"] = [
        _technology(plain(kind), plain(f"{fuel} {process}"), power)
        for kind, fuel, process, power in zip(
            raw["kind"], raw["fuel"], raw["process"], _each(raw), strict=True
        )
    ]
    raw["epci"] = today(raw["epci"], epci)
    reason = left_out(
        (raw["state"].map(plain) != "en service", say("not in service")),
        (~raw["epci"].isin(set(epci["epci"])), say("EPCI not in epci.csv")),
        (raw["technology"] == "", raw["kind"].map(_no_kind)),
        (again(sheet) & (raw["production"] > 0), say("the same line twice")),
    )
    kept = raw[reason == ""]
    if kept.empty:
        raise InputError(
            Fault(sheet.file, say("no row can be used: {reason}", reason=dict(Counter(reason))))
        )
    _check_hours(sheet.file, kept)
    keys = ["epci", "technology"]
    table = sum_rows(kept, keys, "production", path.name)
    table["capacity"] = kept.groupby(keys)["capacity"].sum().to_numpy()
    table = pd.concat([table, _nothing(table)], ignore_index=True)
    report = Report(
        file=path.name,
        table="production",
        year=_year(path, year),
        publisher="ODRÉ",
        licence=OPEN_LICENCE,
        rows=len(raw),
        masked=float(kept["production"].isna().mean()),
        dropped=count_left_out(reason, sheet),
    )
    return table, report


def _nothing(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of zero for what the register would list, in the EPCI that it lists."""
    listed = pd.MultiIndex.from_frame(table[["epci", "technology"]])
    every = pd.MultiIndex.from_product([table["epci"].unique(), LISTED], names=listed.names)
    none = every.difference(listed).to_frame(index=False)
    source = {"source": table["source"].iloc[0], "status": "observed"}
    return none.assign(production=0.0, capacity=0.0, masked=0.0, **source)


def _year(path: Path, year: int | None) -> str:
    found = re.findall(r"(?<!\d)20\d\d(?!\d)", path.stem) if year is None else [str(year)]
    if len(set(found)) != 1:
        what = say("does not say of which year its energy is")
        raise InputError(Fault(str(path), what, say("give it: --year 2025")))
    return found[0]


def _no_kind(word: str) -> str:
    return say("filière `{word}` is not modelled", word=word)


def _each(raw: pd.DataFrame) -> pd.Series[float]:
    """Power [kW] of one installation of each row."""
    count = pd.to_numeric(raw["count"], errors="coerce").fillna(1).clip(lower=1)
    return raw["capacity"] * 1e3 / count


def _technology(kind: str, fuel: str, power: float) -> str:
    """Name the technology of an installation; '' where the model has none."""
    if "eolien" in kind:
        return "" if "mer" in f"{kind} {fuel}".split() or "marin" in kind else "wind"
    if "solaire" in kind or "photovolt" in kind:
        return _solar(power)
    if "bioenergie" in kind:
        words = {"biogaz": "biogas-chp", "bois": "wood-chp", "biomasse": "wood-chp"}
        words |= {"dechets": "waste-plant", "ordures": "waste-plant"}
        return next((name for word, name in words.items() if word in fuel), "")
    if "marines" in kind:
        return "tidal"
    return "hydro" if "hydraulique" in kind else ""


def _solar(power: float) -> str:
    if power <= SMALL_ROOF:
        return "solar-roof-small"
    return "solar-roof-large" if power <= LARGE_ROOF else "solar-ground"


def _check_hours(file: str, kept: pd.DataFrame) -> None:
    """Refuse a file whose energy over power is not a number of hours."""
    running = kept[(kept["production"] > 0) & (kept["capacity"] > 0)]
    if running.empty:
        return
    hours = float(np.median(running["production"] * 1e3 / running["capacity"]))
    if not PLAUSIBLE_HOURS[0] <= hours <= PLAUSIBLE_HOURS[1]:
        what = say("median energy over power is {hours:.3g} h/yr", hours=hours)
        mend = say("power must be in kW and energy in kWh")
        raise InputError(Fault(file, what, mend))
