"""Compile: the text of a Pyomo model → the arrays that a solver takes. Knows nothing of energy.

Two engines, one result: `template` calls each rule once and expands it with numpy, `pyomo`
expands every index, as Pyomo does, and takes any rule. See `docs/compile.md`.
"""

from __future__ import annotations

import numpy as np
import pyomo.core as pyo
from pyomo.common.gc_manager import PauseGC

from model.compile.index import Factor, Index, Labels
from model.compile.program import Affine, Program, Span
from model.compile.refusal import NotCompilableError
from model.compile.standard_form import compile_standard_form
from model.compile.template import compile_template

__all__ = [
    "Affine",
    "Factor",
    "Index",
    "Labels",
    "NotCompilableError",
    "Program",
    "Span",
    "compile_model",
]

ENGINES = {"template": compile_template, "pyomo": compile_standard_form}


def compile_model(m: pyo.Block, engine: str | None = None) -> Program:
    """The linear program of a model.

    Parameters
    ----------
    m : AbstractModel or ConcreteModel
        An AbstractModel is told everything and expands nothing: what `template` wants.
    engine : 'template' or 'pyomo', optional
        By default `pyomo` for a model that is expanded, else `template`.

    Raises
    ------
    NotCompilableError
        Naming a component that is not linear or no template.
    ValueError
        On a NaN or an infinite coefficient: HiGHS drops them in silence.
    """
    with PauseGC(), np.errstate(all="ignore"):
        program = ENGINES[engine or ("pyomo" if m.is_constructed() else "template")](m)
    program.check()
    return program
