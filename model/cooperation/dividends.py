"""Dividends: what the shared companies earn, and what each shareholder receives of it.

    profit      Π[w,y] = Σ_n Σ_k ( m[n,k,y] · built[n,k,w,y] ) − annuities[n,w,y]
    margin      m[n,k,y] = −dual(holding[n,k,w,y]) / DF[y]     worth of a GW, upkeep taken off
    dividend    σ[j,w,y] · Π[w,y]        σ  share of j in the equity paid in until y

Each capacity is paid what its output is worth at the prices of the plan. A company earns more than
its annuities where a site, staff or capital is scarce; what a dear year brings early, a cheap one
may take back.
"""

from __future__ import annotations

import xarray as xr

from model.cooperation.joint import Joint


def dividends(joint: Joint) -> xr.DataArray:
    """Profit of the vehicles by shareholder (epci, year) [MEUR/yr]."""
    values, arrays = joint.plan.values, joint.plan.data.arrays
    owners = list(joint.plan.data.sets["VEHICLE"])
    margin = -values.dual("stock.holding").sel(actor=owners) / arrays["discount"]
    left = (arrays["existing"] * arrays["incumbent"]).sel(actor=owners)
    built = values.variable("stock.capacity").sel(actor=owners) - left
    annuities = values.costs["investment"].sel(actor=owners).sum("epci")
    profit = xr.dot(margin, built, dim=("epci", "technology")) - annuities
    received: xr.DataArray = xr.dot(held(joint).sel(actor=owners), profit, dim="actor")
    return received


def held(joint: Joint) -> xr.DataArray:
    """Share of each EPCI in the equity paid into each vehicle so far (epci, actor, year)."""
    equity = joint.plan.values.variable("vehicles.equity")
    period = joint.plan.data.arrays["period"].rename(vintage="year")
    paid = (equity * period.reindex(year=equity["year"], fill_value=0.0)).cumsum("year")
    total = paid.sum("epci")
    return (paid / total.where(total > 0)).fillna(0.0)
