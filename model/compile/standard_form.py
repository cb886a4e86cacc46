"""Standard form: an expanded Pyomo model → the same program, through Pyomo's own compiler."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyomo.core as pyo
import scipy.sparse as sp
from pyomo.repn import generate_standard_repn
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from model.compile.components import Reader, check_components, components, the_objective
from model.compile.index import Factor, Index
from model.compile.program import Affine, Program, spans
from model.compile.refusal import NotCompilableError


def compile_standard_form(m: pyo.ConcreteModel) -> Program:
    """The active objective and constraints of an expanded linear model.

    A row that is no limit, or that holds no variable, is empty: Pyomo leaves it out.
    """
    if not m.is_constructed():
        raise NotCompilableError(m.name, "it is not expanded; build it as a ConcreteModel")
    check_components(m)
    the_objective(m)
    reader = Reader()
    variables, constraints = (list(components(m, t)) for t in (pyo.Var, pyo.Constraint))
    columns = spans({v.name: _index(v, reader) for v in variables})
    for var in variables:
        if not all(x.is_continuous() for x in var.values()):
            raise NotCompilableError(var.name, "its values are discrete")
    limits = spans({c.name: _index(c, reader) for c in constraints})
    column = {id(x): j for j, x in enumerate(x for v in variables for x in v.values())}
    row = {id(x): i for i, x in enumerate(x for c in constraints for x in c.values())}
    form = LinearStandardFormCompiler().write(m, mixed_form=True)
    lower, upper = np.full(len(row), -np.inf), np.full(len(row), np.inf)
    for (datum, kind), limit in zip(form.rows, form.rhs, strict=True):
        if kind >= 0:
            upper[row[id(datum)]] = limit
        if kind <= 0:
            lower[row[id(datum)]] = limit
    to_column = np.array([column[id(x)] for x in form.columns], dtype=np.int32)
    first = {id(datum): i for i, (datum, _) in reversed(list(enumerate(form.rows)))}
    entries = sp.csr_array(form.A)[list(first.values())].tocoo()
    to_row = np.array([row[datum] for datum in first], dtype=np.int32)
    shape = len(row), len(column)
    places = to_row[entries.row], to_column[entries.col]
    matrix = sp.csr_array(sp.coo_array((entries.data, places), shape=shape))
    matrix.eliminate_zeros()
    cost = np.zeros(len(column))
    cost[to_column] = np.asarray(form.c.todense(), dtype=float).reshape(-1)
    every = [x for v in variables for x in v.values()]
    return Program(
        matrix=matrix,
        row_lower=lower,
        row_upper=upper,
        cost=cost,
        offset=float(np.asarray(form.c_offset).sum()),
        lower=np.array([-np.inf if x.lb is None else x.lb for x in every], dtype=float),
        upper=np.array([np.inf if x.ub is None else x.ub for x in every], dtype=float),
        variables=columns,
        constraints=limits,
        expressions=Expressions(m, reader, column),
    )


def _index(component: Any, reader: Reader) -> Index:
    """The index of a component, or of what there is of it where its rule skipped some."""
    if not component.is_indexed() or len(component) == len(component.index_set()):
        return reader.index(component)
    members = component.index_set()
    return Index([Factor.of(members.name, list(component), members.dimen)])


class Expressions(Mapping[str, Affine]):
    """The Expressions of an expanded model by name, each read when asked for."""

    def __init__(self, m: pyo.ConcreteModel, reader: Reader, column: Mapping[int, int]) -> None:
        self._components = {e.name: e for e in components(m, pyo.Expression)}
        self._reader, self._column = reader, column

    def __getitem__(self, name: str) -> Affine:
        component = self._components[name]
        every = [generate_standard_repn(x) for x in component.values()]
        entries = [
            (i, self._column[id(x)], value)
            for i, e in enumerate(every)
            for x, value in zip(e.linear_vars, e.linear_coefs, strict=True)
        ]
        row, column, value = zip(*entries, strict=True) if entries else ((), (), ())
        shape = len(every), len(self._column)
        places = np.array(row, dtype=np.int32), np.array(column, dtype=np.int32)
        matrix = sp.csr_array(sp.coo_array((np.array(value, dtype=float), places), shape=shape))
        constant = np.array([e.constant for e in every], dtype=float)
        return Affine(name, _index(component, self._reader), matrix, constant)

    def __iter__(self) -> Iterator[str]:
        return iter(self._components)

    def __len__(self) -> int:
        return len(self._components)
