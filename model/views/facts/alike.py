"""Alike: what an EPCI consumes, makes and could make, beside the mean of its like in France.

    mean[type, label] = Σ_n value[n, label] / Σ_n N[n]      n of the type, N inhabitants

It is the mean of the inhabitants of all EPCI of a type of which there is an estimate: a small EPCI
does not weigh as much as a large one, and an EPCI is among its like. What the estimates by EPCI do
not tell (wood stoves, heat networks …) is not compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from model.outcome.plain import Result

PER_HEAD = 1e3
"""MWh in one GWh."""
UNIT = "MWh/inhabitant"
QUANTITIES = {"consumption": "carrier", "production": "technology", "potential": "technology"}
"""What is compared, and by what."""

Inputs = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Beside:
    """A figure of an EPCI and the mean of its like [MWh/inhabitant]."""

    quantity: str
    label: str
    own: float
    mean: float


@dataclass(frozen=True)
class Like:
    """The means of each type, and what each EPCI could make, by technology [GWh/yr]."""

    means: pd.Series
    could: Mapping[str, Mapping[str, float]]


def alike(inputs: Inputs, level: str, large_sites: bool = True) -> pd.Series:
    """The mean of the EPCI of each type, by type, quantity and label [MWh/inhabitant].

    Parameters
    ----------
    inputs : mapping of DataFrame
        The tables of an inputs folder.
    level : 'low', 'medium' or 'high'
        Of the potential, which is told before what the territory accepts.
    large_sites : bool
        Whether what large industrial sites take is in the consumption.
    """
    used = inputs["consumption_by_epci"]
    left_out = 0.0 if large_sites else used["large_sites"]
    figures = {
        "consumption": used.assign(value=used["consumption"] - left_out),
        "production": inputs["production_by_epci"].rename(columns={"production": "value"}),
        "potential": potentials(inputs, level),
    }
    among = inputs["epci"][inputs["epci"]["epci"].isin(used["epci"])].set_index("epci")
    heads = among.groupby("type")["population"].sum()
    means = {}
    for quantity, label in QUANTITIES.items():
        table = figures[quantity]
        table = table[table["epci"].isin(among.index)]
        kind = table["epci"].map(among["type"])
        total = table.groupby([kind, table[label]])["value"].sum()
        means[quantity] = PER_HEAD * total.div(heads, level=0).rename_axis(["type", "label"])
    found: pd.Series = pd.concat(means, names=["quantity"]).reorder_levels([1, 0, 2])
    return found


def potentials(inputs: Inputs, level: str) -> pd.DataFrame:
    """The potential of every EPCI: epci, technology, value [GWh/yr].

    As for a plan: what `potentials` says, then `potentials_by_epci`, then by area and head.
    """
    rule = inputs["potential_estimate"]
    rule = rule[rule["level"] == level].merge(inputs["epci"], on="type")
    by_area = (rule["per_area"] * rule["area"]).where(rule["per_area"] != 0, 0.0)
    rule = rule.assign(value=(by_area + rule["per_head"] * rule["population"]) / PER_HEAD)
    given = (inputs[name] for name in ("potentials", "potentials_by_epci"))
    parts = [*(table.rename(columns={level: "value"}) for table in given), rule]
    every = pd.concat([part[["epci", "technology", "value"]] for part in parts])
    return every.drop_duplicates(["epci", "technology"]).dropna()


def of_plan(outcome: Result, inputs: Inputs) -> Like:
    """With what the EPCI of a plan are compared: at its level, with its sites or not."""
    demand, level = outcome.resolved.get("demand") or {}, _level(outcome)
    could = {
        str(epci): dict(zip(table["technology"], table["value"], strict=True))
        for epci, table in potentials(inputs, level).groupby("epci")
        if epci in outcome.places("epci")
    }
    return Like(alike(inputs, level, demand.get("large_sites", True)), could)


def beside(outcome: Result, inputs: Inputs, of: Like, epci: str) -> list[Beside]:
    """An EPCI in the base year of a plan beside the mean of its like, where either has something.

    Nothing if the inputs have no estimate by EPCI, or do not know the EPCI.
    """
    kinds = inputs["epci"].set_index("epci")["type"]
    if epci not in kinds or kinds[epci] not in of.means.index.get_level_values("type"):
        return []
    year, heads = outcome.years[0], outcome.coordinate("population")[epci]
    own: dict[str, Mapping[str, float]] = {
        "consumption": _at(outcome, "final_consumption", "carrier", epci, year),
        "production": _at(outcome, "local_production", "technology", epci, year),
        "potential": of.could.get(epci, {}),
    }
    like = of.means[kinds[epci]]
    found = []
    for quantity, dim in QUANTITIES.items():
        for label in inputs["carriers" if dim == "carrier" else "technologies"][dim]:
            if (quantity, label) in like.index:
                mine = PER_HEAD * own[quantity].get(label, 0.0) / heads
                found.append(Beside(quantity, label, mine, float(like[quantity, label])))
    return [row for row in found if row.own or row.mean]


def _level(outcome: Result) -> str:
    return str((outcome.resolved.get("production") or {}).get("level", "medium"))


def _at(outcome: Result, name: str, dim: str, epci: str, year: int) -> dict[str, float]:
    """A variable of an EPCI in a year by label [GWh/yr]."""
    values = outcome.sum(name, dim, epci=epci, year=year).tolist()
    return dict(zip(outcome.labels(dim), values, strict=True))
