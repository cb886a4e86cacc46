"""Summary: the few numbers of a run that a batch prints."""

from __future__ import annotations

import numpy as np
import xarray as xr

PENALTY = "penalty"


def discounted_cost(outcome: xr.Dataset) -> xr.DataArray:
    """Cost over the whole path by EPCI, discounted, without penalties of missed targets [MEUR]."""
    cost, names = outcome.variables["cost"], outcome.variables["item"].values
    paid = cost.isel(item=np.flatnonzero(names != PENALTY))
    spent = xr.dot(paid, outcome.variables["discount"], dim=("actor", "item", "year"))
    return xr.DataArray(spent, outcome["epci"].coords)


def summarise(outcome: xr.Dataset) -> dict[str, float]:
    """Cost, production, consumption and share of the last milestone, largest gap.

    Cost is discounted, in MEUR, without the penalty of missed targets; production, consumption
    and gap in GWh/yr (gap: of the target missed most); share is that of the whole territory.
    """

    def last(name: str) -> xr.Variable:
        return outcome.variables[name].isel(year=-1)

    soil = outcome.variables["definition"].values.tolist().index("soil")
    return {
        "cost": float(discounted_cost(outcome).sum()),
        "production": float(last("local_production").sum()),
        "consumption": float(last("final_consumption").sum()),
        "share": float(last("territory_share").isel(definition=soil)),
        "emissions": float(last("emissions").sum()),
        "gap": float(outcome.variables["target_gap"].max()) if outcome.sizes["target"] else 0.0,
    }
