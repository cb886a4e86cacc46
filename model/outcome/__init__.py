"""Outcome: a scenario solved → one labelled Dataset, audited against the objective."""

from model.outcome.solve import solve_scenario
from model.outcome.summary import summarise

__all__ = ["solve_scenario", "summarise"]
