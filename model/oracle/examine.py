"""Examine: every check of the oracle on one result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import xarray as xr

from model.errors import Fault, InputError
from model.oracle import energy, market, means, money, owed, promises, sharing, steps, worth
from model.oracle.energy import Compared
from model.oracle.given import Given, Table
from model.tables.hourly import read_hourly
from model.tables.read import Tables, read_tables
from model.words.catalogue import say


class Subject(Protocol):
    """A module of checks: what must be the same, and what must not exceed the other."""

    def equal(self, g: Given, /) -> Iterator[Compared]:
        """What must be the same."""

    def at_most(self, g: Given, /) -> Iterator[Compared]:
        """What must not exceed the other."""


SUBJECTS: tuple[Subject, ...] = (
    energy,
    steps,
    money,
    means,
    promises,
    market,
    worth,
    owed,
    sharing,
)
CLOSE = 1e-6
"""Largest difference, relative to the largest number compared where that exceeds 1."""
OUTCOME = "outcome.nc"
BESIDE = {"detail.nc": "detail", "cooperation.nc": "cooperate"}
"""What may stand beside a result, and the command that writes it."""


@dataclass(frozen=True)
class Finding:
    """What does not add up: which check, by how much, of what size, and where."""

    check: str
    apart: float
    of: float
    where: str

    @property
    def fails(self) -> bool:
        """Whether it is more than rounding."""
        return self.apart > CLOSE * max(1.0, self.of)

    def told(self) -> str:
        """The finding in a sentence."""
        return say(
            "{check} is {apart:.4g} off, of {of:.4g}, at {where}",
            check=self.check,
            apart=self.apart,
            of=self.of,
            where=self.where or "-",
        )


def read(folder: Path, inputs: Path, hourly: Path | None = None) -> Given:
    """A result and what was kept with it; what is of another plan is left out.

    Parameters
    ----------
    folder : Path
        Of the result.
    inputs : Path
        Of the tables.
    hourly : Path, optional
        The file of 8 760 hours in the place of a calendar.

    Raises
    ------
    InputError
        If the tables or the hours cannot be read, or what is beside the result is damaged.
    """
    outcome, tables = xr.load_dataset(folder / OUTCOME, engine="netcdf4"), read_tables(inputs)
    detail, sheet = (_beside(folder / name, outcome) for name in BESIDE)
    year = None if hourly is None else read_hourly(hourly, _profiles(tables))
    return given(outcome, tables, detail, sheet, year)


def given(outcome: xr.Dataset, tables: Tables, *more: Any) -> Given:
    """What the oracle is given: an outcome, its tables; detail, sheet and hours where known."""
    return Given(outcome, json.loads(outcome.attrs["resolved"]), tables, *more)


def _beside(path: Path, outcome: xr.Dataset) -> xr.Dataset | None:
    """A file of the same plan; None if there is none."""
    if not path.is_file():
        return None
    try:
        found = xr.load_dataset(path, engine="netcdf4")
    except (OSError, RuntimeError, ValueError) as error:
        again = say("run it again: {command}", command=f"python run.py {BESIDE[path.name]}")
        raise InputError(Fault(str(path), say("cannot be read"), again)) from error
    return found if found.attrs.get("objective") == outcome.attrs["objective"] else None


def _profiles(tables: Tables) -> list[str]:
    columns = {"technologies": "profile", "services": "profile", "carriers": "price_profile"}
    named = {cell for table, column in columns.items() for cell in tables[table][column]}
    return sorted(named - {""})


def examine(given: Given) -> tuple[int, list[Finding]]:
    """How many checks there are of a result, and what they find."""
    made = list(checks(given))
    return len(made), [found for found in made if found.fails]


def checks(given: Given, subjects: Iterable[Subject] = SUBJECTS) -> Iterator[Finding]:
    """Every check, one after the other, whether it fails or not."""
    status = str(given.outcome.attrs["status"])
    yield Finding("status", float(not (given.optimal or _near(given))), 1.0, status)
    for subject in subjects:
        for check, told, must in subject.equal(given):
            strange = told.isnull() & must.notnull()
            yield _worst(check, abs(told - must).where(~strange, np.inf), must)
        for check, less, more in subject.at_most(given):
            yield _worst(check, less - more, less)


def _near(given: Given) -> bool:
    """Whether a plan is as near to the optimum as was asked for."""
    attrs = given.outcome.attrs
    if attrs["status"] != "near":
        return False
    return bool(json.loads(attrs["certificate"])["gap"] <= given.scenario["solver"]["gap"])


def _worst(check: str, apart: Table, of: Table) -> Finding:
    """The largest difference of a check, and its place."""
    values = np.nan_to_num(apart.values.astype(float), nan=0.0, posinf=np.inf, neginf=0.0)
    if not values.size:
        return Finding(check, 0.0, 0.0, "")
    at = np.unravel_index(values.argmax(), values.shape)
    labels = [str(apart[dim].values[i]) for dim, i in zip(apart.dims, at, strict=True)]
    size = np.abs(of.values[np.isfinite(of.values)]).max(initial=0.0)
    return Finding(check, float(values[at]), float(size), " ".join(labels))
