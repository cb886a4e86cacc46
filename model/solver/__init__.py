"""Solve: a linear program through HiGHS, with a certificate of optimality."""

from model.solver.certificate import Certificate, certify
from model.solver.highs import Basis, Option, Solution, Solver, UnknownOptionError
from model.solver.parts import Labels, Spread, Within, solve_apart, solve_program, solve_union
from model.solver.ties import Ties

__all__ = [
    "Basis",
    "Certificate",
    "Labels",
    "Option",
    "Solution",
    "Solver",
    "Spread",
    "Ties",
    "UnknownOptionError",
    "Within",
    "certify",
    "solve_apart",
    "solve_program",
    "solve_union",
]
