"""Reduced: a program as the presolve of HiGHS leaves it, with the way back.

Presolve takes away half of the rows and columns of ours, and keeps apart what is apart. Names tell
which rows and columns are left.
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.solver.basis import Basis, highs_basis, told_basis
from model.solver.highs import Solution
from model.solver.passing import load

Places = NDArray[np.int64]


class Reduced:
    """What presolve leaves of a program.

    Attributes
    ----------
    program : Program
        What is left; its spans are those of the whole.
    columns, rows : array of int
        Which columns and rows of the whole are left.
    """

    def __init__(self, whole: Program) -> None:
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        load(self._highs, whole)
        named = self._highs.getLp()
        named.row_names_, named.col_names_ = ([*map(str, range(n))] for n in whole.matrix.shape)
        self._highs.passModel(named)
        self._highs.presolve()
        left = self._highs.getPresolvedLp()
        self.columns = np.array(left.col_names_, dtype=np.int64)
        self.rows = np.array(left.row_names_, dtype=np.int64)
        entries = (left.a_matrix_.value_, left.a_matrix_.index_, left.a_matrix_.start_)
        self.program = replace(
            whole,
            matrix=sp.csr_array(sp.csc_array(entries, shape=(left.num_row_, left.num_col_))),
            row_lower=np.array(left.row_lower_),
            row_upper=np.array(left.row_upper_),
            cost=np.array(left.col_cost_),
            offset=float(left.offset_),
            lower=np.array(left.col_lower_),
            upper=np.array(left.col_upper_),
        )

    def back(self, found: Solution, basis: Basis) -> Basis:
        """The basis of the whole that a solution of what is left has."""
        solution = highspy.HighsSolution()
        solution.col_value, solution.col_dual = found.x, found.column_dual
        solution.row_value, solution.row_dual = self.program.matrix @ found.x, found.row_dual
        solution.value_valid = solution.dual_valid = True
        self._highs.postsolve(solution, highs_basis(basis))
        return told_basis(self._highs, basis.iterations)
