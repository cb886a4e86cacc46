"""Status: how much of the inputs of a case is observed, published, estimated or illustrative."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from model.data.assemble import Data
from model.data.cells import positions
from model.fields import STATUS
from model.outcome.values import Table


def data_status(data: Data) -> dict[str, Table]:
    """Share of the base-year consumption, production and potential by status (epci, status)."""
    members = data.frame.members
    return {f"{name}_status": _shares(rows, members) for name, rows in data.rows.items()}


def _shares(rows: pd.DataFrame, members: list[str]) -> Table:
    """Zero all along where an EPCI has nothing."""
    table = np.zeros((len(members), len(STATUS)))
    places = positions(members, rows["epci"]), positions(STATUS, rows["status"])
    known = (places[0] >= 0) & rows["value"].notna().to_numpy()
    at = tuple(place[known] for place in places)
    np.add.at(table, at, rows["value"].to_numpy(float)[known])
    total = table.sum(axis=1, keepdims=True)
    part = np.divide(table, total, out=np.zeros_like(table), where=total > 0)
    return xr.Variable(("epci", "status"), part)
