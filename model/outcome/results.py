"""Results: the outcomes of many scenarios as one object, each file opened when it is asked for."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from model.errors import Fault, InputError
from model.outcome.files import damage, digest, read_dataset
from model.outcome.statistics import STATISTICS
from model.words.catalogue import say
from model.words.numbers import Lang

OUTCOME = "outcome.nc"
MARK = "provenance.json"
"""Written last: a folder without it, or not of a solved scenario, holds no result."""


def open_results(folder: Path | str = "results", *names: str, lang: Lang = "en") -> xr.Dataset:
    """The results of a folder as one Dataset, with a dimension `scenario`; read when asked for.

    Every array has its unit and its name, so that `.plot` labels its axes.

    Parameters
    ----------
    folder : Path or str
    *names : str
        Scenarios, or sweeps; none: all.
    lang : 'en' or 'fr'
        Language of the names of variables and axes.

    A warning tells those that are damaged or were changed by hand: they are left out.

    Raises
    ------
    InputError
        If there is no such folder, or a name stands for no result.
    """
    from model.outcome.together import together

    found = Results(folder)
    for fault in found.damaged.values():
        warnings.warn(str(fault), stacklevel=2)
    chosen = found.chosen(names)
    dataset = together({name: found.path(name) for name in chosen}, lang)
    return dataset.assign_attrs(folder=str(found.folder))


def damaged(folder: Path) -> Fault | None:
    """What to tell of the result in a folder, if it is not the one that was written there."""
    digest_then = _mark(folder / MARK).get("outcome")
    path = folder / OUTCOME
    whole = digest_then is None or not path.is_file() or digest_then == digest(path)
    return None if whole else damage(path)


def named(asked: Iterable[str], known: Sequence[str], folder: Path) -> list[str]:
    """The results that some names stand for: each its own, or those of a sweep; none: all.

    Raises
    ------
    InputError
        If a name stands for no result.
    """
    names: dict[str, None] = {}
    for name in asked or known:
        members = [k for k in known if k == name or k.startswith(f"{name}+")]
        if not members:
            mend = say("run `python run.py {name}` first", name=name)
            raise InputError(Fault(str(folder), say("no result of {name!r}", name=name), mend))
        names |= dict.fromkeys(members)
    return list(names)


class Results(Mapping[str, xr.Dataset]):
    """Outcomes by the name of their scenario; nothing is read yet but what is there.

    A dataset is read whole and its file closed at once, so that a batch may write it anew. What is
    not what was written is in `damaged`, with what to tell of it, and nowhere else.

    Raises
    ------
    InputError
        If there is no such folder.
    """

    def __init__(self, folder: Path | str = "results") -> None:
        self.folder = folder = Path(folder)
        if not folder.is_dir():
            mend = say("run `python run.py` first")
            raise InputError(Fault(str(folder), say("no such folder"), mend))
        marks = sorted(folder.glob(f"*/{MARK}"))
        solved = [path.parent for path in marks if _solved(path)]
        faults = {path.name: damaged(path) for path in solved}
        self.damaged = {name: fault for name, fault in faults.items() if fault is not None}
        self._names = [name for name, fault in faults.items() if fault is None]

    def chosen(self, names: Iterable[str]) -> list[str]:
        """The sound results that some names stand for, as `named`; InputError if none is."""
        every = named(names, [*self, *self.damaged], self.folder)
        lost = [self.damaged[name] for name in every if name in self.damaged]
        if lost and len(lost) == len(every):
            raise InputError(lost)
        return [name for name in every if name in self]

    def __getitem__(self, name: str) -> xr.Dataset:
        return read_dataset(self.path(name))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"Results({str(self.folder)!r}): {', '.join(self._names)}"

    def table(self, variable: str, **labels: object) -> pd.DataFrame:
        """One variable of every scenario as a tidy table: a row for each number.

        Parameters
        ----------
        variable : str
            Such as `local_production`, or a statistic such as `lcoe` (`model.outcome.statistics`);
            its unit is `table.attrs["units"]`.
        **labels
            One label or a list of them for some dimensions, such as `year=2050`, or for
            `scenario`; a scenario that has none of them gives no row.

        Returns
        -------
        DataFrame
            Columns `scenario`, the dimensions and what names their labels, then the variable.

        Raises
        ------
        KeyError
            If no scenario has the variable, the dimension or the label.
        """
        names = np.atleast_1d(np.array(labels.pop("scenario", list(self)), dtype=str))
        table = tabulate(self._opened(names.tolist()), variable, labels) if names.size else None
        if table is None or table.empty:
            raise KeyError(f"no scenario of {self.folder} has {variable} at {labels}")
        return table

    def _opened(self, names: Iterable[str]) -> Iterator[tuple[str, xr.Dataset]]:
        for name in names:
            with xr.open_dataset(self.path(name), engine="netcdf4") as outcome:
                yield name, outcome

    def path(self, name: str) -> Path:
        """The file of a result."""
        if name in self.damaged:
            raise InputError(self.damaged[name])
        if name not in self._names:
            raise KeyError(f"no result '{name}' in {self.folder}: {', '.join(self._names)}")
        return self.folder / name / OUTCOME


def tabulate(
    outcomes: Iterable[tuple[str, xr.Dataset]], variable: str, labels: Mapping[str, object]
) -> pd.DataFrame:
    """A variable or statistic of some outcomes as a tidy table, as `Results.table` gives it."""
    parts, units = [], ""
    for name, outcome in outcomes:
        array = _chosen(outcome, variable, labels)
        units = array.attrs["units"]
        parts.append(array.load().expand_dims(scenario=[name]).to_dataframe())
    table = pd.concat(parts).reset_index()
    table = table[[*table.columns.drop(variable), variable]]
    table.attrs["units"] = units
    return table


def _solved(mark: Path) -> bool:
    return _mark(mark).get("status") == "solved" and (mark.parent / OUTCOME).is_file()


def _mark(path: Path) -> dict[str, object]:
    """A provenance; empty if there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _chosen(outcome: xr.Dataset, variable: str, labels: Mapping[str, object]) -> xr.DataArray:
    if variable in STATISTICS:
        array = STATISTICS[variable](outcome).rename(variable)
    elif variable in outcome.data_vars:
        array = outcome[variable]
    else:
        known = ", ".join(map(str, (*outcome.data_vars, *STATISTICS)))
        raise KeyError(f"no variable '{variable}': {known}")
    for dim, wanted in labels.items():
        if dim not in array.dims:
            raise KeyError(
                f"{variable} has no dimension '{dim}': {', '.join(map(str, array.dims))}"
            )
        array = array.isel({dim: np.isin(array[dim].to_numpy(), np.atleast_1d(np.array(wanted)))})
    return array
