"""What the cases of peers read off a result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

Figures = Mapping[str, float]


def numbered(name: str, values: Any) -> dict[str, float]:
    """Numbers of an array, one after another."""
    flat = np.asarray(values, dtype=float).ravel()
    return {f"{name} {i}": float(x) for i, x in enumerate(flat)}


def power(outcome: xr.Dataset, name: str, table: str = "capacity") -> Any:
    """Power of a technology, over all EPCI and actors [MW]."""
    values = outcome[table].sel(technology=name)
    return values.sum([dim for dim in values.dims if dim != "year"]).values


def price(outcome: xr.Dataset, carrier: str = "electricity") -> Any:
    """Prices by EPCI, year and step."""
    return outcome["price"].sel(carrier=carrier).transpose("epci", "year", "step").values
