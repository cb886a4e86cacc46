"""Compile: the text of a Pyomo model → the arrays that a solver takes. Knows nothing of energy."""

from model.compile.program import Program
from model.compile.standard_form import compile_model

__all__ = ["Program", "compile_model"]
