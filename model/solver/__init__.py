"""Solve: a linear program through HiGHS, with a certificate of optimality."""

from model.solver.certificate import Certificate, certify
from model.solver.highs import Basis, Option, Solution, Solver, UnknownOptionError
from model.solver.parts import solve_apart, solve_program
from model.solver.ties import Ties

__all__ = [
    "Basis",
    "Certificate",
    "Option",
    "Solution",
    "Solver",
    "Ties",
    "UnknownOptionError",
    "certify",
    "solve_apart",
    "solve_program",
]
