"""Cube: figures over the years, of every scenario and territory, for charts that a reader turns.

Numbers have five significant digits, which no chart shows; what is zero throughout is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.facts.tables import Outcomes, Rows

ALL = "all"
"""All the members of a scenario together, among the territories."""

Years = Sequence[int]
Numbers = list[float | None]
"""A value for each year, None where there is none."""
Cube = dict[str, dict[str, dict[str, Numbers]]]
"""By scenario, territory and label."""


def stacked(outcomes: Outcomes, variable: str, dim: str, named: Sequence[str], other: str) -> Cube:
    """A variable by the labels that have a name, the rest under `other`."""

    def found(outcome: Result, epci: str) -> Rows:
        return tables.folded(tables.rows(outcome, variable, dim, epci), named, other)

    every = milestones(outcomes)
    return {
        name: {
            epci or ALL: _told(found(outcome, epci), outcome.years, every)
            for epci in ("", *outcome.labels("epci"))
        }
        for name, outcome in outcomes.items()
    }


def shares(outcomes: Outcomes, definition: str) -> Cube:
    """The local share by one definition [%], under the label ''."""
    every, made = milestones(outcomes), Cube()
    for name, outcome in outcomes.items():
        whole = outcome.sum("territory_share", "year", definition=definition).tolist()
        of = {ALL: whole, **tables.rows(outcome, "local_share", "epci", definition=definition)}
        made[name] = {
            epci: _told({"": [100 * v for v in values]}, outcome.years, every)
            for epci, values in of.items()
        }
    return made


def milestones(outcomes: Outcomes) -> list[int]:
    """The years of any scenario."""
    return sorted({year for outcome in outcomes.values() for year in outcome.years})


def people(outcomes: Outcomes) -> Mapping[str, float]:
    """Inhabitants of each territory."""
    found: dict[str, float] = {}
    for outcome in outcomes.values():
        found |= outcome.coordinate("population")
    return found


def _told(rows: Rows, years: Years, every: Years) -> dict[str, Numbers]:
    """The rows that are not zero, over every year."""
    return {
        label: [plain(dict(zip(years, values, strict=True)).get(year, math.nan)) for year in every]
        for label, values in rows.items()
        if any(abs(v) > 1e-6 for v in values)
    }


def plain(value: float) -> float | None:
    """A number as JSON holds it, with five significant digits; None if it is not finite."""
    return float(f"{value:.5g}") if math.isfinite(value) else None
