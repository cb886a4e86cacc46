"""Ensemble: the results of all draws of a scenario as one Dataset.

Draw 0 is the scenario as the tables say; the others have each their factors. A draw without a plan
has NaN, and its `status` says why. The gain is the difference of twins: of the same draw, the cost
without cooperation less the cost with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.doubt import statistics
from model.doubt.draw import SOLVED, Entry
from model.doubt.factors import central, quantile
from model.doubt.groups import Group
from model.doubt.sensitivity import indices
from model.fields import ENSEMBLE, SCHEMA_VERSION, SHARES
from model.outcome.labels import labelled
from model.scenario import Scenario

Floats = NDArray[np.float64]

FILE = "ensemble.nc"
GRID = 2000
"""Probabilities at which a distribution is told to the indices."""
BY_YEAR = ("local_production", "final_consumption", "emissions")
ENERGY_AIMS = ("production", "local-share", "consumption")
"""Targets that are missed by GWh/yr."""


def open_ensemble(folder: Path | str) -> xr.Dataset:
    """The ensemble in the folder of a result, lazily: an array is read when it is asked for.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    return xr.open_dataset(Path(folder) / FILE, engine="netcdf4")


def factors_of(groups: Sequence[Group], drawn: Floats) -> Floats:
    """The factors of all draws (draw, group), draw 0 first, at which nothing moves."""
    return np.vstack([[central(group) for group in groups], drawn])


def gather(  # noqa: PLR0913, PLR0917
    scenario: Scenario,
    groups: Sequence[Group],
    factors: Floats,
    own: Sequence[Entry],
    twin: Sequence[Entry] | None,
    members: Mapping[str, str],
    amounts: Sequence[tuple[float, str]],
) -> xr.Dataset:
    """The results of all draws.

    Parameters
    ----------
    factors : (draw, group)
        Draw 0 first.
    own, twin : sequence of Entry
        By draw; `twin` is None where the scenario does without cooperation itself.
    members : mapping
        Names of the EPCI by SIREN.
    amounts : sequence
        The one number that each group multiplies and its unit; NaN where there are several.
    """
    years, count = list(scenario.horizon.milestones), len(own)
    targets, quantities = (_told_once(own, name) for name in ("targets", "quantities"))
    found: dict[str, tuple[tuple[str, ...], Any]] = {"factor": (("draw", "group"), factors)}
    for name in ("total_cost", "bill"):
        found[name] = (("draw",), _each(own, name, ()))
    for name in BY_YEAR:
        found[name] = (("draw", "year"), _each(own, name, (len(years),)))
    shape = (len(SHARES), len(years))
    found["territory_share"] = (
        ("draw", "definition", "year"),
        _each(own, "territory_share", shape),
    )
    gap = _each(own, "target_gap", (len(targets), len(years)))
    found["target_gap"] = (("draw", "target", "year"), gap)
    solved = np.array([entry["status"] == SOLVED for entry in own])
    if targets:
        found["met"] = (("draw",), np.where(solved, (gap == 0).all(axis=(1, 2)), 0.0))
    if twin is not None:
        found["gain"] = (("draw",), _each(twin, "total_cost", ()) - _each(own, "total_cost", ()))
        each = (len(members),)
        alone, share = (_each(entries, "borne", each) for entries in (twin, own))
        found["partner_gain"] = (("draw", "epci"), alone - share)
    status = [e["status"] for e in own]
    twins = [e["status"] for e in twin] if twin is not None else [""] * count
    labels = {
        "draw": np.arange(count),
        "group": np.array([g.name for g in groups]),
        "year": np.array(years),
        "definition": np.array(SHARES),
        "target": np.array(targets, dtype=str),
        "epci": np.array(list(members)),
    }
    beside = {
        "status": ("draw", status),
        "twin_status": ("draw", twins),
        "group_label_en": ("group", [g.label_en for g in groups]),
        "group_label_fr": ("group", [g.label_fr for g in groups]),
        "group_distribution": ("group", [g.distribution for g in groups]),
        "group_status": ("group", [g.status for g in groups]),
        "group_low": ("group", [g.low for g in groups]),
        "group_high": ("group", [g.high for g in groups]),
        "group_amount": ("group", [value for value, _ in amounts]),
        "group_unit": ("group", [unit for _, unit in amounts]),
        "epci_name": ("epci", list(members.values())),
    }
    if targets:
        beside["target_quantity"] = ("target", quantities)
    plain = xr.Dataset(found, {**labels, **beside})
    told = headlines(plain)
    labels["headline"] = np.array(list(told))
    value = np.column_stack(list(told.values()))
    found |= {"value": (("draw", "headline"), value), **_hangs(factors[1:], value[1:], groups)}
    if "gain" in found:
        found["threshold"] = (("group",), _thresholds(factors[1:], found["gain"][1][1:]))
    coords = {name: xr.Variable((name,), values) for name, values in labels.items()}
    coords |= {name: xr.Variable(*what) for name, what in beside.items()}
    tables = {name: xr.Variable(dims, values) for name, (dims, values) in found.items()}
    dataset = labelled(tables, coords, ENSEMBLE)
    dataset.attrs = {
        "scenario": scenario.name,
        "title": scenario.title,
        "seed": scenario.uncertainty.seed,
        "draws": count - 1,
        "solved": int(solved[1:].sum()),
        "groups": json.dumps([_told(group) for group in groups], ensure_ascii=False),
        "schema_version": SCHEMA_VERSION,
        "money": "constant 2025 euros, discounted to the base year",
        "Conventions": "CF-1.12",
    }
    return dataset


def headlines(found: xr.Dataset) -> dict[str, Floats]:
    """The headline results by name: a number for each draw.

    Production, consumption [GWh/yr], shares and emissions [kt/yr] are those of the last year;
    `missed` is what is missing then to all targets of energy [GWh/yr].
    """
    last = found.isel(year=-1)
    result = {name: found[name].to_numpy() for name in ("gain", "bill") if name in found}
    for name in BY_YEAR:
        result[name] = last[name].to_numpy()
    for definition in ("soil", "contractual"):
        result[f"share:{definition}"] = (
            last["territory_share"].sel(definition=definition).to_numpy()
        )
    if found.sizes.get("target"):
        energy = found["target_quantity"].isin(ENERGY_AIMS)
        gap = last["target_gap"].isel(target=np.flatnonzero(energy))
        result["missed"] = gap.sum("target", skipna=False).to_numpy()
    if "partner_gain" in found:
        for siren in found["epci"].to_numpy():
            result[f"gain:{siren}"] = found["partner_gain"].sel(epci=siren).to_numpy()
    return result


def _hangs(
    x: Floats, value: Floats, groups: Sequence[Group]
) -> dict[str, tuple[tuple[str, ...], Any]]:
    """What each headline (draw, headline) hangs on."""
    spread = (np.arange(GRID) + 0.5) / GRID
    grid = np.column_stack([quantile(group, spread) for group in groups])
    kept = [np.isfinite(y) for y in value.T]
    told = [indices(x[k], grid, y[k]) for k, y in zip(kept, value.T, strict=True)]
    return {
        "first_order": (("headline", "group"), np.array([t.first for t in told])),
        "total_order": (("headline", "group"), np.array([t.total for t in told])),
        "explained": (("headline",), np.array([t.explained for t in told])),
    }


def _thresholds(x: Floats, y: Floats) -> Floats:
    """The factor of each group at which a result turns its sign."""
    return np.array([statistics.threshold(column, y) for column in x.T])


def _each(entries: Sequence[Entry], name: str, shape: tuple[int, ...]) -> Floats:
    """A result of each draw (draw, …); NaN where there is no plan."""
    unknown = np.full(shape, np.nan)
    rows = [
        np.asarray(e[name], dtype=float).reshape(shape) if e["status"] == SOLVED else unknown
        for e in entries
    ]
    return np.array(rows)


def _told_once(entries: Sequence[Entry], name: str) -> list[str]:
    """What is the same in every draw, from any that is solved."""
    return next((list(e[name]) for e in entries if e["status"] == SOLVED), [])


def _told(group: Group) -> dict[str, Any]:
    """A group, as it stands in the attributes."""
    inputs = list(_inputs(group))
    return {
        "group": group.name,
        "distribution": group.distribution,
        "low": group.low,
        "high": group.high,
        "likely": group.likely,
        "effect": group.effect,
        "inputs": inputs,
    }


def _inputs(group: Group) -> Iterator[str]:
    for one in group.inputs:
        rows = ",".join(f"{column}={'|'.join(labels)}" for column, labels in one.rows)
        path = f"{one.table}.{one.column}" if one.table else one.column
        yield f"{path}[{rows}]" if rows else path
