"""How the cases are written: positive variables over axes, rows with names, figures with names."""

from __future__ import annotations

from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

YEAR, K, M = 8760.0, 1e-3, 1e3
"""Hours; MEUR/GWh in a EUR/MWh; MW in a GW. A EUR/kW is a MEUR/GW."""
Found = dict[str, float]


def crf(rate: float, life: float) -> float:
    """Capital recovery factor [1/yr]."""
    return rate / (1 - (1 + rate) ** -life) if rate else 1 / life


def worth(rate: float, first: int, span: int) -> float:
    """Discount factors of the years that a milestone stands for, `first` years after the base."""
    return sum((1 + rate) ** -(first + i) for i in range(span))


class Text(linopy.Model):
    """A linopy model in which every variable is positive, and a row is told by its sense."""

    def free(self, name: str, *axes: tuple[str, Any]) -> Any:
        """A variable, over axes (name, labels)."""
        coords = [pd.Index(list(labels), name=axis) for axis, labels in axes]
        return self.add_variables(lower=0, coords=coords, name=name)

    def least(self, cost: Any) -> float:
        """Solve; the least cost."""
        known = float(cost.const)
        self.add_objective(cost - known)
        status, _ = self.solve("highs", io_api="direct", output_flag=False)
        assert status == "ok"
        return float(self.objective.value) + known

    def price(self, name: str) -> Any:
        """Duals of a row."""
        return self.constraints[name].dual.values


def over(axis: str, *values: float) -> xr.DataArray:
    """Numbers along an axis counted from 0."""
    return by(axis, values=values)


def by(*axes: str, values: Any) -> xr.DataArray:
    """Numbers along several axes counted from 0."""
    numbers = np.asarray(values, dtype=float)
    coords = {axis: range(size) for axis, size in zip(axes, numbers.shape, strict=True)}
    return xr.DataArray(numbers, dims=list(axes), coords=coords)


def figures(name: str, values: Any, factor: float = 1.0) -> Found:
    """Numbers of an array, one after another."""
    flat = np.asarray(values, dtype=float).ravel()
    return {f"{name} {i}": float(x) * factor for i, x in enumerate(flat)}
