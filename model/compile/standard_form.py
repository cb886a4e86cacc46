"""Standard form: an ordinary Pyomo model → arrays, through Pyomo's own compiler."""

from __future__ import annotations

import numpy as np
import pyomo.environ as pyo
import scipy.sparse as sp
from pyomo.common.gc_manager import PauseGC
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from model.compile.program import Program


def compile_model(m: pyo.ConcreteModel) -> Program:
    """The active objective and constraints of a linear model, as arrays.

    Raises ValueError on a NaN or an infinite coefficient: HiGHS drops them in silence.
    """
    with PauseGC():
        form = LinearStandardFormCompiler().write(m, mixed_form=True)
        sense = np.array([kind for _, kind in form.rows])
        rhs = np.asarray(form.rhs, dtype=float)
        bounds = np.array(
            [
                (-np.inf if v.lb is None else v.lb, np.inf if v.ub is None else v.ub)
                for v in form.columns
            ],
            dtype=float,
        ).reshape(-1, 2)
        cost = np.asarray(form.c.todense(), dtype=float).reshape(-1)
        matrix = sp.csr_array(form.A)
        matrix.eliminate_zeros()
        program = Program(
            matrix=matrix,
            row_lower=np.where(sense > 0, -np.inf, rhs),
            row_upper=np.where(sense < 0, np.inf, rhs),
            cost=cost,
            offset=float(np.asarray(form.c_offset).sum()),
            lower=bounds[:, 0],
            upper=bounds[:, 1],
            rows=[row for row, _ in form.rows],
            columns=list(form.columns),
        )
    program.check()
    return program
