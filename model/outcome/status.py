"""Status: how much of the inputs of a case is observed, published, estimated or illustrative."""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.data.assemble import Data
from model.fields import STATUS


def data_status(data: Data) -> dict[str, xr.DataArray]:
    """Share of the base-year consumption, production and potential by status (epci, status)."""
    return {f"{name}_status": _shares(data, name) for name in data.rows}


def _shares(data: Data, name: str) -> xr.DataArray:
    """Zero all along where an EPCI has nothing."""
    members = data.frame.members
    wide = data.rows[name].pivot_table(
        index="epci", columns="status", values="value", aggfunc="sum"
    )
    table = wide.reindex(index=members, columns=list(STATUS)).fillna(0.0).to_numpy(float)
    total = table.sum(axis=1, keepdims=True)
    return xr.DataArray(
        np.divide(table, total, out=np.zeros_like(table), where=total > 0),
        {"epci": members, "status": list(STATUS)},
        ("epci", "status"),
    )
