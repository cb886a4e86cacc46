"""Solve: a linear program through HiGHS, with a certificate of optimality."""

from model.solve.certificate import Certificate, certify
from model.solve.highs import Solution, solve_program

__all__ = ["Certificate", "Solution", "certify", "solve_program"]
