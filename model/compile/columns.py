"""Columns: a Var → the bounds of its columns."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.compile.domain import Domain
from model.compile.index import Index
from model.compile.terms import Evaluator
from model.compile.trace import trace

Floats = NDArray[np.float64]


def bounds(var: Any, index: Index, evaluator: Evaluator) -> tuple[Floats, Floats]:
    """Lower and upper bound of each column, from the domain and the `bounds` of a Var."""
    if any(datum.fixed for datum in var._data.values()):
        raise ValueError("a datum of it is fixed, which is no rule")
    if not var._rule_domain.constant():
        raise ValueError("its domain differs by index")
    kind = var._rule_domain(var.parent_block(), None, var)
    if kind.isdiscrete():
        raise ValueError(f"its values are discrete ({kind.name})")
    low, high = (_given(x, inf) for x, inf in zip(kind.bounds(), (-np.inf, np.inf), strict=True))
    if var._rule_bounds is None:
        return np.full(index.size, low), np.full(index.size, high)
    (below, above), symbols = trace(var, var._rule_bounds)
    domain = Domain.over(index.factors, symbols)
    lower = np.maximum(low, _value(below, -np.inf, domain, evaluator))
    upper = np.minimum(high, _value(above, np.inf, domain, evaluator))
    return _flat(lower, index), _flat(upper, index)


def _given(x: Any, unbounded: float) -> float:
    return unbounded if x is None else float(x)


def _value(e: Any, unbounded: float, domain: Domain, evaluator: Evaluator) -> NDArray[Any]:
    return np.asarray(unbounded if e is None else evaluator.number(e, domain), dtype=float)


def _flat(values: NDArray[Any], index: Index) -> Floats:
    return np.broadcast_to(values, index.shape).ravel()
