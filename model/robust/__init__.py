"""Robust: a first step that is good whatever comes, with what follows decided once it has come.

reduction  few draws that stand for many
step       what is decided first: which columns of a program
recourse   what following a first step costs in a draw, and how that changes with it
staged     the first step that costs least on average
robust     the answer for a scenario, as a labelled file
"""

from model.robust.robust import FILE, Wanted, robust

__all__ = ["FILE", "Wanted", "robust"]
