"""Template: a Pyomo model → a program, each rule called once and expanded with numpy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
import pyomo.core as pyo
from numpy.typing import NDArray

from model.compile.columns import bounds
from model.compile.components import Reader, check_components, components, seal, the_objective
from model.compile.domain import Domain
from model.compile.program import Affine, Program, spans
from model.compile.refusal import NotCompilableError
from model.compile.rows import Entries, gather, matrix_of, rows
from model.compile.terms import Evaluator
from model.compile.trace import trace

Floats = NDArray[np.float64]
T = TypeVar("T")


def compile_template(m: pyo.Block) -> Program:
    """The program of a model, from its rules: what was changed datum by datum is not seen.

    Raises
    ------
    NotCompilableError
        Naming the component that is no linear template, and why.
    """
    check_components(m)
    seal(m)
    reader = Reader()
    variables = list(components(m, pyo.Var))
    constraints = list(components(m, pyo.Constraint))
    columns = spans({v.name: _naming(v, reader.index, v) for v in variables})
    limits = spans({c.name: _naming(c, reader.index, c) for c in constraints})
    evaluator = Evaluator(reader, {id(v): columns[v.name] for v in variables})
    width = sum(span.index.size for span in columns.values())
    low_high = [_naming(v, bounds, v, columns[v.name].index, evaluator) for v in variables]
    parts = [_naming(c, rows, c, limits[c.name].index, evaluator) for c in constraints]
    below = np.concatenate([np.zeros(0), *(part.lower for part in parts)])
    above = np.concatenate([np.zeros(0), *(part.upper for part in parts)])
    placed: Entries = []
    for part, span in zip(parts, limits.values(), strict=True):
        start = np.int32(span.start)
        placed += [(values, row + start, column) for values, row, column in part.entries]
        part.entries.clear()
    cost, offset = _objective(m, evaluator, width)
    return Program(
        matrix=matrix_of(placed, below.size, width),
        row_lower=below,
        row_upper=above,
        cost=cost,
        offset=offset,
        lower=np.concatenate([np.zeros(0), *(low for low, _ in low_high)]),
        upper=np.concatenate([np.zeros(0), *(high for _, high in low_high)]),
        variables=columns,
        constraints=limits,
        expressions=Expressions(m, evaluator, width),
    )


class Expressions(Mapping[str, Affine]):
    """The Expressions of a model by name, each compiled when first asked for."""

    def __init__(self, m: pyo.Block, evaluator: Evaluator, width: int) -> None:
        self._model = m
        self._components = {e.name: e for e in components(m, pyo.Expression)}
        self._evaluator, self._width = evaluator, width
        self._known: dict[str, Affine] = {}

    def __getitem__(self, name: str) -> Affine:
        if name not in self._known:
            component = self._components[name]
            self._known[name] = _naming(component, self._affine, component)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._components)

    def __len__(self) -> int:
        return len(self._components)

    def _affine(self, component: Any) -> Affine:
        tree, symbols = self._evaluator.template(component)
        index = self._evaluator.reader.index(component)
        domain = Domain.over(index.factors, symbols)
        terms = self._evaluator.walk(tree, domain)
        entries, constant = gather(terms, index.size)
        matrix = matrix_of(entries, index.size, self._width)
        return Affine(component.name, index, matrix, constant)


def _objective(m: pyo.Block, evaluator: Evaluator, width: int) -> tuple[Floats, float]:
    objective = the_objective(m)
    expression, _ = trace(objective, objective.rule)

    def total() -> tuple[Entries, Floats]:
        return gather(evaluator.walk(expression, Domain()), 1)

    entries, constant = _naming(objective, total)
    cost = np.zeros(width)
    for values, _, columns in entries:
        cost += np.bincount(columns, values, width)
    return cost, float(constant[0])


def _naming(component: Any, work: Callable[..., T], *args: Any) -> T:
    """What `work` gives; an error of it is told with the name of the component."""
    try:
        return work(*args)
    except NotCompilableError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = error.args[0] if error.args else type(error).__name__
        raise NotCompilableError(component.name, str(reason)) from error
