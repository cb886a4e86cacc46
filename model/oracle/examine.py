"""Examine: every check of the oracle on one result."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from model.oracle import energy, money, promises
from model.oracle.given import Given, Table
from model.tables.read import Tables, read_tables
from model.words.catalogue import say

SUBJECTS = (energy, money, promises)
CLOSE = 1e-6
"""Largest difference, relative to the largest number compared where that exceeds 1."""


@dataclass(frozen=True)
class Finding:
    """What does not add up: which check, by how much, of what size, and where."""

    check: str
    apart: float
    of: float
    where: str

    def told(self) -> str:
        """The finding in a sentence."""
        return say(
            "{check} is {apart:.4g} off, of {of:.4g}, at {where}",
            check=self.check,
            apart=self.apart,
            of=self.of,
            where=self.where or "-",
        )


def examined(folder: Path, inputs: Path) -> tuple[int, list[Finding]]:
    """How many checks there are of a result, and what they find.

    Raises
    ------
    InputError
        If the tables cannot be read.
    """
    return examine(xr.load_dataset(folder / "outcome.nc", engine="netcdf4"), read_tables(inputs))


def examine(outcome: xr.Dataset, tables: Tables) -> tuple[int, list[Finding]]:
    """How many checks there are of an outcome, and what they find."""
    given = Given(outcome, json.loads(outcome.attrs["resolved"]), tables)
    checks = list(_checks(given))
    if outcome.attrs["status"] != "optimal":
        checks.append(Finding("status", 1.0, 1.0, str(outcome.attrs["status"])))
    return len(checks), [found for found in checks if found.apart > CLOSE * max(1.0, found.of)]


def _checks(given: Given) -> Iterator[Finding]:
    for subject in SUBJECTS:
        for check, told, must in subject.equal(given):
            yield _worst(check, abs(told - must), must)
        for check, less, more in subject.at_most(given):
            yield _worst(check, less - more, less)


def _worst(check: str, apart: Table, of: Table) -> Finding:
    """The largest difference of a check, and its place."""
    values = np.nan_to_num(apart.values.astype(float), nan=0.0, neginf=0.0)
    if not values.size:
        return Finding(check, 0.0, 0.0, "")
    at = np.unravel_index(values.argmax(), values.shape)
    labels = [str(apart[dim].values[i]) for dim, i in zip(apart.dims, at, strict=True)]
    size = np.abs(of.values[np.isfinite(of.values)]).max(initial=0.0)
    return Finding(check, float(values[at]), float(size), " ".join(labels))
