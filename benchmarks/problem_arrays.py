"""The planning problem of `benchmarks.problem` as arrays put together by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import scipy.sparse as sp

from benchmarks.problem import (
    CAPEX,
    CHARGE_RATE,
    EXCHANGED,
    GIVEN,
    IMPORT,
    KEPT,
    LINK_EFFICIENCY,
    RATIO,
    RENEWABLE,
    RUNNING,
    SAVED,
    STORE_CAPEX,
    STORED,
    TOLL,
    UPKEEP,
    Case,
    Floats,
)


class Arrays:
    """A linear program put together by hand: blocks of columns and rows, and triplets."""

    def __init__(self) -> None:
        self.parts: dict[str, list[Floats]] = {
            name: [] for name in ("cost", "lower", "upper", "row_lower", "row_upper")
        }
        self._row: list[Any] = []
        self._column: list[Any] = []
        self._value: list[Any] = []
        self._width = self._height = 0

    def columns(self, shape: tuple[int, ...], upper: Any = np.inf, cost: Any = 0.0) -> Any:
        """Numbers of new columns."""
        first, self._width = self._width, self._width + int(np.prod(shape))
        for name, value in (("lower", 0.0), ("upper", upper), ("cost", cost)):
            self.parts[name].append(np.broadcast_to(value, shape).ravel())
        return np.arange(first, self._width, dtype=np.int32).reshape(shape)

    def rows(self, shape: tuple[int, ...], lower: Any = -np.inf, upper: Any = np.inf) -> Any:
        """Numbers of new rows."""
        first, self._height = self._height, self._height + int(np.prod(shape))
        for name, value in (("row_lower", lower), ("row_upper", upper)):
            self.parts[name].append(np.broadcast_to(value, shape).ravel())
        return np.arange(first, self._height, dtype=np.int32).reshape(shape)

    def put(self, row: Any, column: Any, value: Any) -> None:
        """Coefficients, broadcast against one another."""
        row, column, value = np.broadcast_arrays(row, column, np.asarray(value, dtype=float))
        self._row.append(row.ravel())
        self._column.append(column.ravel())
        self._value.append(value.ravel())

    def matrix(self) -> sp.csr_array:
        """The triplets as one matrix."""
        value, *places = map(np.concatenate, (self._value, self._row, self._column))
        matrix = sp.csr_array(sp.coo_array((value, places), shape=(self._height, self._width)))
        matrix.eliminate_zeros()
        return matrix


def assemble(case: Case) -> Arrays:
    """The problem as whoever knows its matrix by heart would write it."""
    a, v = Arrays(), SimpleNamespace()
    regions, periods, steps = case.size
    hourly, yearly = (regions, periods, steps), (regions, periods)
    x = np.newaxis
    disc, weight = case.discount[:, x], case.weight
    v.activity = a.columns((*hourly, 12), cost=disc[..., x] * weight[:, x] * RUNNING)
    v.capacity = a.columns((*yearly, 12), case.ceiling, disc * UPKEEP)
    v.invest = a.columns((*yearly, 12), cost=disc * CAPEX)
    v.charge, v.discharge, v.level = (a.columns((*hourly, 2)) for _ in range(3))
    v.room = a.columns((*yearly, 2))
    v.store_invest = a.columns((*yearly, 2), cost=disc * STORE_CAPEX)
    toll = disc[..., x] * weight[:, x] * TOLL
    v.flow = a.columns((2 * regions, periods, steps, 2), case.link_limit[:, x, x, x], toll)
    v.saving = a.columns((*yearly, 8), case.potential, disc * case.saving_cost[:, x])
    _operate(a, case, v)
    _plan(a, case, v)
    return a


def _operate(a: Arrays, case: Case, v: SimpleNamespace) -> None:
    hourly, x = case.size, np.newaxis
    balance = a.rows((*hourly, 4), case.demand, case.demand)
    process, carrier = np.nonzero(RATIO)
    a.put(balance[..., carrier], v.activity[..., process], RATIO[process, carrier])
    a.put(balance[..., STORED], v.discharge, GIVEN)
    a.put(balance[..., STORED], v.charge, -1.0)
    a.put(balance[case.link_to][..., EXCHANGED], v.flow, LINK_EFFICIENCY)
    a.put(balance[case.link_from][..., EXCHANGED], v.flow, -1.0)
    a.put(balance[..., SAVED], v.saving[:, :, x], case.saving_shape.T)

    available = a.rows((*hourly, 12), upper=0.0)
    a.put(available, v.activity, 1.0)
    a.put(available, v.capacity[:, :, x], -case.availability.swapaxes(1, 2)[:, x])
    kept = a.rows((*hourly, 2), 0.0, 0.0)
    a.put(kept, v.level, 1.0)
    a.put(kept, np.roll(v.level, 1, 2), -KEPT)
    a.put(kept, v.charge, -GIVEN)
    a.put(kept, v.discharge, 1.0)
    fits = a.rows((*hourly, 2), upper=0.0)
    a.put(fits, v.level, 1.0)
    a.put(fits, v.room[:, :, x], -1.0)
    charging = a.rows((*hourly, 2), upper=0.0)
    a.put(charging, v.charge, 1.0)
    a.put(charging, v.room[:, :, x], -CHARGE_RATE)


def _plan(a: Arrays, case: Case, v: SimpleNamespace) -> None:
    yearly, x = case.size[:2], np.newaxis
    periods, weight = case.size[1], case.weight
    holding = a.rows((*yearly, 12), case.existing, case.existing)
    a.put(holding, v.capacity, 1.0)
    period, vintage, k = np.nonzero(case.in_service)
    a.put(holding[:, period, k], v.invest[:, vintage, k], -1.0)
    store_holding = a.rows((*yearly, 2), 0.0, 0.0)
    a.put(store_holding, v.room, 1.0)
    period, vintage, s = np.nonzero(case.store_in_service)
    a.put(store_holding[:, period, s], v.store_invest[:, vintage, s], -1.0)
    renewable = a.rows((periods,), lower=case.target)
    a.put(renewable[:, x, x], v.activity[..., RENEWABLE], weight[:, x])
    imported = a.rows(yearly, upper=case.import_limit)
    a.put(imported[..., x], v.activity[..., IMPORT], weight)
    affordable = a.rows((periods,), upper=case.budget)
    a.put(affordable[:, x], v.invest, CAPEX)
    a.put(affordable[:, x], v.store_invest, STORE_CAPEX)
