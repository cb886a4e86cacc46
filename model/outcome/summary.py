"""Summary: the few numbers of a run that a batch prints."""

from __future__ import annotations

import xarray as xr

PENALTY = "penalty"


def discounted_cost(outcome: xr.Dataset) -> xr.DataArray:
    """Cost over the whole path by EPCI, discounted, without penalties of missed targets [MEUR]."""
    spent = outcome["cost"].drop_sel(item=PENALTY).sum(["actor", "item"])
    return (spent * outcome["discount"]).sum("year")


def summarise(outcome: xr.Dataset) -> dict[str, float]:
    """Cost, production, consumption and share of the last milestone, largest gap.

    Cost is discounted, in MEUR, without the penalty of missed targets; production, consumption
    and gap in GWh/yr (gap: of the target missed most); share is that of the whole territory.
    """

    def last(name: str) -> xr.DataArray:
        return outcome[name].isel(year=-1)

    return {
        "cost": float(discounted_cost(outcome).sum()),
        "production": float(last("local_production").sum()),
        "consumption": float(last("final_consumption").sum()),
        "share": float(last("territory_share").sel(definition="soil")),
        "emissions": float(last("emissions").sum()),
        "gap": float(outcome["target_gap"].max()) if outcome.sizes["target"] else 0.0,
    }
