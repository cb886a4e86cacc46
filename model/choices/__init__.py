"""Choices: what of a plan is sure, and what could be done otherwise for hardly more money.

linear      a figure of a result as a sum over the columns of the program
quantities  which figures a planner asks about
plain       the plans that are compared
price       the least and the most of a figure within a budget
fronts      what a figure costs, step by step
tasks       the questions of a case, asked by workers, and their answers
different   plans that differ as much as can be
ledger      answers on disk, one line each, so that a run can be taken up again
ground      what both commands start from
alternatives, tradeoffs   the answers as labelled files
"""

from model.choices.alternatives import alternatives
from model.choices.tasks import Terms
from model.choices.tradeoffs import OF, fronts_of, tradeoffs

__all__ = ["OF", "Terms", "alternatives", "fronts_of", "tradeoffs"]
