"""Solve: a linear program through HiGHS, with a certificate of optimality."""

from model.solver.basis import Basis
from model.solver.certificate import Certificate, certify
from model.solver.highs import Option, Solution, Solver, UnknownOptionError
from model.solver.parts import Labels, solve_apart, solve_program
from model.solver.ties import Ties
from model.solver.within import Spread, Within, here, solve_union

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
    "here",
    "solve_apart",
    "solve_program",
    "solve_union",
]
