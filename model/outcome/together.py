"""Together: the results of many scenarios as one Dataset with a dimension `scenario`.

An array is read from the files when its numbers are asked for, and of the scenarios asked for only.
A label that a scenario lacks (an EPCI, a year, a link) is filled with NaN. Where a variable is in
some files only, its attribute `absent_from` names the others, filled as well; a file that cannot be
read is left out. The attribute `told` of the Dataset says all this in sentences, and which years a
scenario lacks: a sum over labels takes NaN for zero, unless it is asked for `min_count=1`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from xarray.backends import BackendArray
from xarray.core import indexing

from model.words.catalogue import Said, say, told
from model.words.numbers import Lang

SCENARIO = "scenario"
ABSENT = "absent_from"

NAMES: Mapping[str, tuple[str, str]] = {
    SCENARIO: ("Scenario", "Scénario"),
    "epci": ("EPCI", "EPCI"),
    "year": ("Year", "Année"),
    "step": ("Hours of the year", "Heures de l'année"),
    "sector": ("Sector", "Secteur"),
    "carrier": ("Carrier", "Vecteur"),
    "technology": ("Technology", "Technologie"),
    "service": ("Service", "Usage"),
    "measure": ("Measure", "Action"),
    "actor": ("Actor", "Acteur"),
    "item": ("Item of cost", "Poste de coût"),
    "link": ("From > to: carrier", "De > vers : vecteur"),
    "target": ("Target", "Objectif"),
    "definition": ("Definition of local", "Définition de local"),
    "status": ("Status of the data", "Statut des données"),
    "funder": ("Funder", "Financeur"),
}
"""What an axis is called, in English and French."""

Labels = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class _File:
    """What one file holds: its labels, what describes them, and the dimensions of its variables."""

    path: Path
    labels: Labels
    about: Mapping[str, xr.DataArray]
    variables: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]]
    attrs: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> _File:
        with xr.open_dataset(path, engine="netcdf4") as found:
            return cls(
                path,
                {str(dim): found[dim].values.tolist() for dim in found.dims},
                {str(n): c.load() for n, c in found.coords.items() if n not in found.dims},
                {str(n): (tuple(map(str, a.dims)), dict(a.attrs)) for n, a in found.items()},
                dict(found.attrs),
            )


class _Stacked(BackendArray):
    """One variable of every file over the labels of all, read when asked for."""

    def __init__(self, name: str, files: Sequence[_File], dims: Sequence[str], labels: Labels):
        self.name, self.files = name, files
        self.shape = (len(files), *(len(labels[dim]) for dim in dims))
        self.dtype = np.dtype(float)
        ranks = {dim: {label: i for i, label in enumerate(labels[dim])} for dim in dims}
        self.places = [
            [[ranks[dim][label] for label in file.labels[dim]] for dim in dims]
            if name in file.variables
            else None
            for file in files
        ]

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        basic = indexing.IndexingSupport.BASIC
        return indexing.explicit_indexing_adapter(key, self.shape, basic, self._read)

    def _read(self, key: tuple[int | slice, ...]) -> NDArray[np.float64]:
        first, rest = key[0], key[1:]
        ranks = np.arange(len(self.files))[first]
        if not isinstance(first, slice):
            return self._one(int(ranks))[rest]
        return np.array([self._one(rank) for rank in ranks])[(slice(None), *rest)]

    def _one(self, rank: int) -> NDArray[np.float64]:
        found, places = np.full(self.shape[1:], np.nan), self.places[rank]
        if places is not None:
            with xr.open_dataset(self.files[rank].path, engine="netcdf4") as file:
                found[np.ix_(*places)] = file[self.name].values
        return found


def together(paths: Mapping[str, Path], lang: Lang = "en") -> xr.Dataset:
    """The results in some files, by scenario, as one Dataset; `long_name` in a language."""
    files, notes = {}, []
    for name, path in paths.items():
        try:
            files[name] = _File.read(path)
        except OSError:
            notes.append(say("{name} is left out: its file cannot be read.", name=name))
    labels = _labels(list(files.values()))
    variables, more = _variables(files, labels)
    coordinates = _axes(labels, list(files)) | _about(files, labels)
    every = [variable.attrs for variable in (*variables.values(), *coordinates.values())]
    for attrs in every if lang == "fr" else ():
        attrs["long_name"] = attrs.get("long_name_fr", attrs.get("long_name", ""))
    notes += [*more, *_years(files, labels)]
    attrs = {"told": " ".join(told(note, lang) for note in notes)}
    return xr.Dataset(variables, coordinates, attrs)


def _variables(
    files: Mapping[str, _File], labels: Labels
) -> tuple[dict[str, xr.Variable], list[Said]]:
    """Every variable of any file, and what is to be told of them."""
    found, notes = {}, []
    every = list(files.values())
    for name, (dims, attrs) in {n: v for f in every for n, v in f.variables.items()}.items():
        absent = [scenario for scenario, file in files.items() if name not in file.variables]
        if {file.variables[name][0] for file in every if name in file.variables} != {dims}:
            notes.append(say("{name} is left out: its dimensions are not the same.", name=name))
            continue
        if absent:
            where = ", ".join(absent)
            notes.append(say("{name} is not in {where}: NaN.", name=name, where=where))
        array = indexing.LazilyIndexedArray(_Stacked(name, every, dims, labels))
        about = dict(attrs) | ({ABSENT: ", ".join(absent)} if absent else {})
        found[name] = xr.Variable((SCENARIO, *dims), array, about)
    return found, notes


def _years(files: Mapping[str, _File], labels: Labels) -> Iterator[Said]:
    """The years that scenarios lack."""
    for name, file in files.items():
        lacking = [str(year) for year in labels["year"] if year not in file.labels["year"]]
        if lacking:
            yield say("{name} has no year {years}: NaN.", name=name, years=", ".join(lacking))


def _labels(files: Sequence[_File]) -> dict[str, list[Any]]:
    """The labels of every dimension in any file, in the order of the files; years in theirs."""
    found: dict[str, dict[Any, None]] = {}
    for file in files:
        for dim, own in file.labels.items():
            found.setdefault(dim, {}).update(dict.fromkeys(own))
    return {dim: sorted(own) if dim == "year" else list(own) for dim, own in found.items()}


def _axes(labels: Labels, scenarios: Sequence[str]) -> dict[str, xr.Variable]:
    """The labels of each dimension, with the name of its axis."""
    every = {SCENARIO: scenarios, **labels}
    named = {dim: NAMES.get(dim, (dim, dim)) for dim in every}
    return {
        dim: xr.Variable(
            dim, np.array(own), {"long_name": named[dim][0], "long_name_fr": named[dim][1]}
        )
        for dim, own in every.items()
    }


def _about(files: Mapping[str, _File], labels: Labels) -> dict[str, xr.Variable]:
    """What describes scenarios and labels; with the scenario where it is not the same for all."""
    found: dict[str, xr.Variable] = {}
    for name in {n: None for file in files.values() for n in file.about}:
        holders = [file.about.get(name) for file in files.values()]
        first = next(array for array in holders if array is not None)
        if first.ndim != 1:
            continue
        [dim] = map(str, first.dims)
        table = np.full((len(files), len(labels[dim])), "" if first.dtype.kind in "UO" else np.nan)
        table = table.astype(object) if first.dtype.kind in "UO" else table
        for rank, array in enumerate(holders):
            if array is not None:
                places = [labels[dim].index(label) for label in array[dim].values.tolist()]
                table[rank, places] = array.values
        found[name] = _merged(table, dim, first.attrs)
    for key in ("title", "title_fr"):
        told = [json.loads(file.attrs["resolved"]).get(key) or "" for file in files.values()]
        found[key] = xr.Variable(SCENARIO, np.array(told, dtype=object))
    return found


def _merged(table: NDArray[Any], dim: str, attrs: Mapping[str, Any]) -> xr.Variable:
    """A row for all if the rows say the same where they say something; else a row for each."""
    blank = table == "" if table.dtype == object else np.isnan(table)
    first = (~blank).argmax(axis=0)
    one = table[first, np.arange(table.shape[1])]
    if (blank | (table == one)).all():
        return xr.Variable(dim, one, attrs)
    return xr.Variable((SCENARIO, dim), table, attrs)
