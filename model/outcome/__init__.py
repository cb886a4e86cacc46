"""Outcome: a scenario solved → one labelled Dataset, audited against the objective."""

from model.outcome.neighbours import nearest_order, solve_neighbours
from model.outcome.solve import Plan, make_plan, solve_scenario, tell
from model.outcome.summary import summarise

__all__ = [
    "Plan",
    "make_plan",
    "nearest_order",
    "solve_neighbours",
    "solve_scenario",
    "summarise",
    "tell",
]
