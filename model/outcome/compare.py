"""Compare: what differs between scenarios, beside what comes out.

    inputs    every key of the scenarios and every table of the inputs that is not the same
    outputs   headline figures of the territory and of each EPCI, by year
    sweep     outputs by the keys that a sweep varies, as a tidy table

What a scenario lacks (an EPCI, a year, a solution) is absent: an empty cell, never a row less.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from model.errors import Fault, InputError
from model.outcome.results import MARK, Results, named
from model.outcome.statistics import cost_per_inhabitant
from model.outcome.summary import PENALTY, discounted_cost
from model.words.catalogue import say

MOST = 50
TERRITORY = ""
"""In place of a SIREN: all the members together."""

PATH = 0
"""In place of a year: the whole path."""

Figure = Callable[[xr.Dataset], xr.DataArray]


@dataclass(frozen=True)
class Headline:
    """A figure by EPCI (and year), and how that of the territory follows: by default the sum."""

    unit: str
    of: Figure
    whole: Figure | None = None


def _share(definition: str) -> Headline:
    return Headline(
        "1",
        lambda o: o["local_share"].sel(definition=definition, drop=True),
        lambda o: o["territory_share"].sel(definition=definition, drop=True),
    )


def _mean_cost(outcome: xr.Dataset) -> xr.DataArray:
    """Cost by inhabitant of the territory."""
    return cost_per_inhabitant(outcome).weighted(outcome["population"]).mean("epci")


def _sum(variable: str, *dims: str) -> Figure:
    return lambda o: o[variable].sum(dims)


HEADLINES: Mapping[str, Headline] = {
    "discounted_cost": Headline("MEUR", discounted_cost),
    "penalty": Headline("MEUR/yr", lambda o: o["cost"].sel(item=PENALTY, drop=True).sum("actor")),
    "cost_per_inhabitant": Headline("EUR/inhabitant/yr", cost_per_inhabitant, _mean_cost),
    "final_consumption": Headline("GWh/yr", _sum("final_consumption", "sector", "carrier")),
    "consumption_reduction": Headline("GWh/yr", _sum("consumption_reduction", "measure")),
    "local_production": Headline("GWh/yr", _sum("local_production", "technology")),
    "local_share.soil": _share("soil"),
    "local_share.contractual": _share("contractual"),
    "local_share.hourly": _share("hourly"),
    "emissions": Headline("kt/yr", _sum("emissions", "carrier")),
    "hired_staff": Headline("FTE", _sum("hired_staff")),
}


@dataclass(frozen=True)
class Comparison:
    """Scenarios side by side.

    Attributes
    ----------
    scenarios : tuple of str
        Their names; a column of each table.
    status : mapping
        `solved`, or why there is no solution.
    inputs : DataFrame
        A row for each key (or table) that differs; texts, NaN where a scenario has no such key.
    outputs : DataFrame
        `variable`, `unit`, `epci` (blank: the territory), `name`, `year` (0: the whole path), then
        a column for each scenario; NaN is absent.
    keys : DataFrame
        The swept keys, a row for each scenario; no column where nothing is swept.
    """

    scenarios: tuple[str, ...]
    status: Mapping[str, str]
    inputs: pd.DataFrame
    outputs: pd.DataFrame
    keys: pd.DataFrame

    def sweep(self) -> pd.DataFrame:
        """A row for each number: scenario, swept keys, variable, unit, epci, year, value.

        A curve is `value` over one key, a heat map over two.
        """
        fixed = ["variable", "unit", "epci", "name", "year"]
        tidy = self.outputs.melt(fixed, list(self.scenarios), "scenario", "value")
        joined = tidy.join(self.keys, on="scenario")
        return joined[["scenario", *self.keys.columns, *fixed, "value"]]


def compare(*scenarios: str, results: Results | Path | str = "results") -> Comparison:
    """Compare two scenarios or more, up to fifty.

    Parameters
    ----------
    *scenarios : str
        Names, or that of a sweep: all of its scenarios. None: every result of the folder.
    results : Results or path
        Where their results are.

    Raises
    ------
    InputError
        If there are fewer than two or more than fifty, or one was never run.
    """
    found = results if isinstance(results, Results) else Results(results)
    names = tuple(_named(scenarios, found.folder))
    marks = {name: _mark(found.folder / name) for name in names}
    resolved = {name: dict(_flat(mark.get("scenario", {}))) for name, mark in marks.items()}
    told = {name: resolved[name] | dict(_tables(mark)) for name, mark in marks.items()}
    return Comparison(
        names,
        {name: str(mark["status"]) for name, mark in marks.items()},
        _differing(pd.DataFrame(told, dtype=object)),
        _beside({name: found[name] for name in names if name in found}, names),
        _swept(resolved),
    )


def _named(asked: Sequence[str], folder: Path) -> list[str]:
    """The runs to compare, with or without a solution."""
    known = sorted(path.parent.name for path in folder.glob(f"*/{MARK}"))
    names = named(asked, known, folder)
    if not 2 <= len(names) <= MOST:
        what = say("{count} scenarios to compare, not 2 to {most}", count=len(names), most=MOST)
        raise InputError(
            Fault(str(folder), what, say("there are: {known}", known=", ".join(known[:20])))
        )
    return names


def _mark(folder: Path) -> dict[str, Any]:
    """The provenance of a result."""
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return {"status": mark["status"], **mark}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            Fault(str(folder / MARK), say("cannot be read"), say("run it again"))
        ) from None


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of a scenario by dotted key, as texts; a list is a leaf."""
    if isinstance(value, dict) and (value or not key):
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else name)
    else:
        yield key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _tables(mark: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The tables of the inputs, and the model, by the start of their hash."""
    for name, digest in mark.get("inputs", {}).items():
        yield f"inputs/{name}", str(digest)[:8]
    yield "model", sha256(json.dumps(mark.get("model")).encode()).hexdigest()[:8]


def _differing(table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose cells are not all the same; titles and questions aside."""
    told = table[table.nunique(axis=1, dropna=False) > 1]
    return told.drop(index=[k for k in told.index if k.partition("_")[0] in ("title", "question")])


def _outputs(outcome: xr.Dataset) -> pd.Series[Any]:
    """The headline figures of one result, by variable, EPCI and year."""
    parts = {}
    for variable, headline in HEADLINES.items():
        own = headline.of(outcome).reset_coords(drop=True)
        whole = headline.whole(outcome) if headline.whole else own.sum("epci")
        own = xr.concat([whole.reset_coords(drop=True).expand_dims(epci=[TERRITORY]), own], "epci")
        own = own if "year" in own.dims else own.expand_dims(year=[PATH])
        parts[variable] = own.transpose("epci", "year").to_series()
    figures: pd.Series[Any] = pd.concat(parts, names=["variable"])
    return figures


def _beside(outcomes: Mapping[str, xr.Dataset], scenarios: Sequence[str]) -> pd.DataFrame:
    """The headline figures of each scenario as a column, every EPCI and year of any as a row."""
    figures = {name: _outputs(outcome) for name, outcome in outcomes.items()}
    rows = list(dict.fromkeys(row for series in figures.values() for row in series.index))
    places = {epci: place for place, (_, epci, _) in enumerate(reversed(rows))}
    order = list(HEADLINES)
    rows.sort(key=lambda row: (order.index(row[0]), -places[row[1]], row[2]))
    levels = [[row[level] for row in rows] for level in range(3)]
    index = pd.MultiIndex.from_arrays(levels, names=["variable", "epci", "year"])
    table = pd.DataFrame({n: s.reindex(index) for n, s in figures.items()}, index)
    table = table.reindex(columns=list(scenarios)).astype(float).reset_index()
    names = {e: n for o in outcomes.values() for e, n in zip(*_labels(o), strict=True)}
    table.insert(1, "unit", [HEADLINES[variable].unit for variable in table["variable"]])
    table.insert(3, "name", [names.get(epci, "") for epci in table["epci"]])
    return table


def _labels(outcome: xr.Dataset) -> tuple[list[str], list[str]]:
    """The SIREN and the names of the members."""
    return outcome["epci"].to_numpy().tolist(), outcome["epci_name"].to_numpy().tolist()


def _swept(resolved: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """The values of the keys that the names of scenarios say are swept."""
    rows = {}
    for name, values in resolved.items():
        steps = (step.partition("=") for step in name.split("+")[1:])
        rows[name] = {key: _plain(values.get(key, label)) for key, _, label in steps}
    return pd.DataFrame.from_dict(rows, orient="index")


def _plain(text: str) -> Any:
    """A number where the text is one."""
    try:
        return float(text)
    except ValueError:
        return text
