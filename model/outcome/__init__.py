"""Outcome: a scenario solved → one labelled Dataset, audited against the objective.

Nothing is imported here: reading results needs neither Pyomo nor HiGHS.
"""
