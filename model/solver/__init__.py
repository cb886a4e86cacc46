"""Solve: a linear program through HiGHS, with a certificate of optimality."""

from model.solver.certificate import Certificate, certify
from model.solver.highs import Solution, UnknownOptionError, solve_program

__all__ = ["Certificate", "Solution", "UnknownOptionError", "certify", "solve_program"]
