"""Places: what a map shows of each territory by year; pure functions of an outcome."""

from __future__ import annotations

from model.outcome.plain import Result
from model.outcome.summary import PENALTY
from model.views.facts import tables
from model.views.facts.tables import Rows


def cost_of_energy(outcome: Result) -> Rows:
    """Cost of a unit consumed, without the penalty of missed targets [EUR/MWh]."""
    whole, used = (
        tables.rows(outcome, variable, "epci") for variable in ("cost", "final_consumption")
    )
    missed = tables.rows(outcome, "cost", "epci", item=PENALTY)
    return {
        epci: [
            1e3 * (c - m) / (u or tables.NAN)
            for c, m, u in zip(costs, missed[epci], used[epci], strict=True)
        ]
        for epci, costs in whole.items()
    }


def worth_of_engineers(outcome: Result) -> Rows:
    """What one engineer more is worth, where they lack [kEUR/FTE]."""
    found = tables.rows(outcome, "staff_price", "epci")
    return {epci: [1e3 * v for v in values] for epci, values in found.items()}
