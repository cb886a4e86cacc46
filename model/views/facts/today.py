"""Today: where a territory stands when its plan begins, and what that costs in pace."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.views.facts import tables


@dataclass(frozen=True)
class Today:
    """Consumption and production on the soil of an EPCI [GWh/yr], when the plan begins.

    `low` and `high` are what the consumption lies between, as far as it is estimated; `goal` is the
    production that it promised for the year `due`; NaN, 0 without a promise.
    """

    first: int
    year: int
    before: float
    consumption: float
    low: float
    high: float
    production: float
    due: int
    goal: float

    @property
    def share(self) -> float:
        """Production over consumption [1]."""
        return self.production / self.consumption

    @property
    def pace(self) -> float:
        """What must be added each year from now on [GWh/yr/yr]."""
        return (self.goal - self.production) / (self.due - self.year)

    @property
    def pace_before(self) -> float:
        """What had to be, counted from the base year [GWh/yr/yr]."""
        return (self.goal - self.before) / (self.due - self.first)


def today(outcomes: tables.Outcomes, epci: str) -> Today | None:
    """Where an EPCI stands when the plan begins; None if that is the base year."""
    for outcome in outcomes.values():
        year = (outcome.resolved.get("horizon") or {}).get("decided_from")
        if year in outcome.years[1:] and epci in outcome.labels("epci"):
            break
    else:
        return None
    made, used = (tables.at(outcome, n, epci) for n in ("local_production", "final_consumption"))
    due, goal = max(
        tables.aims(outcomes, epci).get("production", {}).items(), default=(0, math.nan)
    )
    first = outcome.years[0]
    low, high = (
        float(outcome.sum(f"consumption_{end}", epci=epci)) / used[first] * used[year]
        for end in ("low", "high")
    )
    return Today(first, year, made[first], used[year], low, high, made[year], due, goal)
