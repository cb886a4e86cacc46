"""Rows: a Constraint → its part of the matrix and the bounds of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from pyomo.common.numeric_types import native_types
from pyomo.core.expr.relational_expr import (
    EqualityExpression,
    InequalityExpression,
    RangedExpression,
    tuple_to_relational_expr,
)

from model.compile.domain import Domain
from model.compile.index import Index
from model.compile.terms import Evaluator, Term
from model.compile.trace import trace

Floats = NDArray[np.float64]
Entries = list[tuple[NDArray[Any], NDArray[np.int32], NDArray[np.int32]]]
"""Coefficients, and the row and the column of each."""


class Rows(NamedTuple):
    """Coefficients of x and bounds, one row for each member of the index of a Constraint."""

    entries: Entries
    lower: Floats
    upper: Floats


def rows(constraint: Any, index: Index, evaluator: Evaluator) -> Rows:
    """The rows of a Constraint, numbered from 0; its rule is not called where there is none."""
    if not index.size:
        return Rows([], np.zeros(0), np.zeros(0))
    expression, symbols = trace(constraint, constraint.rule)
    domain = Domain.over(index.factors, symbols)
    below, body, above = bounded(expression)
    terms = (term for sign, part in body for term in evaluator.walk(part, domain, sign))
    entries, constant = gather(terms, index.size)
    lower = _bound(below, -np.inf, evaluator, domain) - constant
    upper = _bound(above, np.inf, evaluator, domain) - constant
    return Rows(entries, lower, upper)


def bounded(expression: Any) -> tuple[Any, list[tuple[float, Any]], Any]:
    """Lower bound, body as signed parts, and upper bound, split as Pyomo splits them."""
    if isinstance(expression, tuple):
        expression = tuple_to_relational_expr(expression)
    if getattr(expression, "strict", False) not in (False, (False, False)):
        raise ValueError("a strict inequality")
    if isinstance(expression, RangedExpression):
        low, body, high = expression.args
        return low, [(1.0, body)], high
    if not isinstance(expression, (EqualityExpression, InequalityExpression)):
        raise ValueError("its rule gives neither an equality nor an inequality")
    equal = isinstance(expression, EqualityExpression)
    left, right = expression.args
    if _is_number(right):
        return right if equal else None, [(1.0, left)], right
    if _is_number(left):
        return left, [(1.0, right)], left if equal else None
    return 0.0 if equal else None, [(1.0, left), (-1.0, right)], 0.0


def _is_number(e: Any) -> bool:
    return e.__class__ in native_types or not e.is_potentially_variable()


def _bound(e: Any, unbounded: float, evaluator: Evaluator, domain: Domain) -> Floats:
    value = unbounded if e is None else evaluator.number(e, domain)
    return np.broadcast_to(np.asarray(value, dtype=float), domain.shape).ravel()


def gather(terms: Iterable[Term], height: int) -> tuple[Entries, Floats]:
    """Terms → their coefficients, and the sum of the constants of each row."""
    constant = np.zeros(height)
    entries: Entries = []
    for domain, coefficient, column in terms:
        row = np.broadcast_to(domain.number, domain.shape).ravel()
        values = np.broadcast_to(coefficient, domain.shape).ravel()
        if column is None:
            constant += np.bincount(row, values, height)
        else:
            entries.append((values, row, np.broadcast_to(column, domain.shape).ravel()))
    return entries, constant


def matrix_of(entries: Entries, height: int, width: int) -> sp.csr_array:
    """The matrix of some coefficients, those of one place summed; they leave the list meanwhile."""
    parts = (np.concatenate(part) for part in zip(*entries, strict=True))
    values, row, column = parts if entries else np.zeros((3, 0), np.int32)
    entries.clear()
    triples = values.astype(float, copy=False), (row, column)
    matrix = sp.coo_array(triples, shape=(height, width)).tocsr()
    matrix.eliminate_zeros()
    return matrix
