"""Status: how much of the inputs of a case is observed or estimated, and between what it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr

from model.data.assemble import Data
from model.data.cells import positions
from model.data.evidence import doubt
from model.fields import STATUS

if TYPE_CHECKING:  # what compiles a model takes a second to import, and `check` solves nothing
    from model.outcome.values import Table


def data_status(data: Data) -> dict[str, Table]:
    """Share of the base-year consumption, production and potential by status (epci, status)."""
    members = data.frame.members
    return {f"{name}_status": _shares(rows, members) for name, rows in data.rows.items()}


def data_doubt(data: Data) -> dict[str, Table]:
    """Between what base-year consumption and production lie, and large sites (epci) [GWh/yr]."""
    frame = data.frame
    found = {}
    for quantity in ("consumption", "production"):
        ends = doubt.interval(frame, quantity, data.rows[quantity])
        for end in ("low", "high"):
            found[f"{quantity}_{end}"] = xr.Variable("epci", ends[end].to_numpy(float))
        if quantity == "production":
            found["recorded_production"] = xr.Variable("epci", ends["value"].to_numpy(float))
    ends = doubt.possible(frame)
    named = (("stated_potential", "value"), ("potential_low", "low"), ("potential_high", "high"))
    for name, end in named:
        found[name] = xr.Variable("epci", ends[end].to_numpy(float))
    guesses = doubt.widest(frame, data.rows["consumption"])
    for name, end in (("estimate", "value"), ("estimate_low", "low"), ("estimate_high", "high")):
        wide = guesses.pivot(index="epci", columns="carrier", values=end)
        every = wide.reindex(index=frame.members, columns=frame.carriers.index).fillna(0.0)
        found[name] = xr.Variable(("epci", "carrier"), every.to_numpy(float))
    large = (
        doubt.sites(frame.tables, frame.members)
        .set_index("epci")
        .reindex(frame.members, fill_value=0.0)
    )
    found["large_sites"] = xr.Variable("epci", large["fuel"].to_numpy(float))
    found["large_sites_held"] = xr.Variable(
        "epci", large["held"].to_numpy(float) * frame.scenario.demand.large_sites
    )
    return found


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
