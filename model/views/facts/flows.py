"""Flows, savings and equivalents: tables that need a result and the tables of the inputs folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from model.data.money import annuity_factor
from model.outcome.plain import Result
from model.views.facts.tables import CERTIFICATE, Rows, exchanges, rows

Inputs = Mapping[str, pd.DataFrame]
Records = list[dict[str, Any]]
Pairs = dict[tuple[str, str], float]
"""An amount [GWh/yr] from a name to another."""

OUTSIDE, SURPLUS = "outside", "surplus"


def records(inputs: Inputs, table: str) -> Records:
    """The rows of a table of the inputs folder; none if there is no such table."""
    if table not in inputs:
        return []
    return [{str(k): v for k, v in row.items()} for row in inputs[table].to_dict("records")]


def carrier_shares(flows: Records) -> dict[str, dict[str, float]]:
    """In which carriers the output of each technology comes; the shares of one sum to 1.

    A device, which yields none, is counted under the carriers that it takes.
    """
    ratios: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for flow in flows:
        ratios[flow["technology"]][flow["carrier"]].append(float(flow["ratio"]))
    shares = {}
    for technology, by in ratios.items():
        mean = {carrier: sum(values) / len(values) for carrier, values in by.items()}
        given = {carrier: v for carrier, v in mean.items() if v > 0} or mean
        total = sum(given.values())
        shares[technology] = {carrier: v / total for carrier, v in given.items()}
    return shares


def final_flows(
    outcome: Result, shares: Mapping[str, Mapping[str, float]], year: int
) -> tuple[Pairs, Pairs]:
    """Who feeds the carriers and who uses them, in the final energy of all the members.

    Sources (source, carrier): local production by technology, and `outside` — what is bought, net
    of sales and of conversions between carriers. Uses (carrier, use): sectors, and `surplus`
    where outside is negative. For each carrier the sources sum to the uses.
    """
    place = outcome.years.index(year)
    sources: Pairs = {}
    rest: dict[str, float] = defaultdict(float)
    for technology, values in rows(outcome, "local_production", "technology").items():
        for carrier, share in shares.get(technology, {}).items():
            sources[technology, carrier] = values[place] * share
            rest[carrier] -= values[place] * share
    uses: Pairs = {}
    used = outcome.sum("final_consumption", "carrier", "sector", year=year)
    for carrier, values in zip(outcome.labels("carrier"), used.tolist(), strict=True):
        uses |= {(carrier, s): v for s, v in zip(outcome.labels("sector"), values, strict=True)}
        rest[carrier] += sum(values)
    sources |= {(OUTSIDE, carrier): v for carrier, v in rest.items() if v > 0}
    uses |= {(carrier, SURPLUS): -v for carrier, v in rest.items() if v < 0}
    return sources, uses


def partner_flows(outcome: Result, year: int) -> dict[tuple[str, str], tuple[float, float]]:
    """Energy and certificates that an EPCI sends another, in a year [GWh/yr]."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for exchange in exchanges(outcome):
        energy, certificates = found.get((exchange.origin, exchange.destination), (0.0, 0.0))
        sent = exchange.sent[year]
        if exchange.carrier == CERTIFICATE:
            certificates += sent
        else:
            energy += sent
        found[exchange.origin, exchange.destination] = (energy, certificates)
    return {ends: amounts for ends, amounts in found.items() if sum(amounts) > 0.5}


def measure_costs(inputs: Inputs) -> dict[str, float]:
    """Cost of a unit saved by each measure [EUR/MWh], at the cost of capital of who pays it."""
    rate = {row["actor"]: row["cost_of_capital"] for row in records(inputs, "actors")}
    return {
        row["measure"]: row["investment"]
        * float(annuity_factor(rate[row["actor"]], row["lifetime"]))
        + row["running_cost"]
        for row in records(inputs, "measures")
    }


@dataclass(frozen=True)
class Saving:
    """What a measure saves in a year [GWh/yr] and what a unit costs [EUR/MWh]."""

    measure: str
    kind: str
    amount: float
    cost: float


def savings(outcome: Result, costs: Mapping[str, float]) -> list[Saving]:
    """The measures in use in the last year, by rising cost."""
    kinds = outcome.coordinate("measure_kind")
    saved = rows(outcome, "consumption_reduction", "measure")
    found = [
        Saving(measure, kinds[measure], values[-1], costs[measure])
        for measure, values in saved.items()
        if values[-1] > 0.05 and measure in costs
    ]
    return sorted(found, key=lambda saving: (saving.cost, saving.measure))


def equivalents(outcome: Result, wholes: Records, epci: str = "") -> Rows:
    """Whole units that people picture: how many stand by year, of each row of `equivalences.csv`.

    A row names a variable of the outcome, a technology or a measure, and the size of one unit.
    """
    return {
        whole["equivalence"]: [amount / whole["size"] for amount in amounts]
        for whole, amounts in _amounts(outcome, wholes, epci)
    }


def paces(outcome: Result, wholes: Records, epci: str = "") -> Rows:
    """How many of them are made in a year, on average in the period that ends at each milestone.

    What is built counts, though older ones come to their end meanwhile; of what has no capacity,
    the change.
    """
    lasted = [b - a for a, b in pairwise(outcome.years)]
    found = {}
    for whole, amounts in _amounts(outcome, wholes, epci):
        made = [b - a for a, b in pairwise(amounts)]
        if whole["variable"] == "capacity":
            built = (rows(outcome, name, "technology", epci) for name in ("investment", "renewed"))
            new, renewed = (table[whole["label"]][1:] for table in built)
            made = [a + b for a, b in zip(new, renewed, strict=True)]
        pairs = zip(made, lasted, strict=True)
        found[whole["equivalence"]] = [max(m, 0.0) / n / whole["size"] for m, n in pairs]
    return found


def _amounts(
    outcome: Result, wholes: Records, epci: str
) -> Iterator[tuple[dict[str, Any], list[float]]]:
    for whole in wholes:
        dim = "measure" if whole["variable"] == "consumption_reduction" else "technology"
        if whole["label"] in outcome.labels(dim):
            yield whole, rows(outcome, whole["variable"], dim, epci)[whole["label"]]
