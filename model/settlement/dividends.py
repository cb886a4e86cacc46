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
from model.outcome.values import Table, summed


def dividends(joint: Joint) -> Table:
    """Profit of the vehicles by shareholder (epci, year) [MEUR/yr]."""
    values = joint.plan.values
    owners = values.places("actor", joint.plan.data.sets["VEHICLE"])
    given = values.given
    margin = -values.dual("stock.holding").isel(actor=owners) / given["discount"]
    left = (given["existing"] * given["incumbent"]).isel(actor=owners)
    built = values.variable("stock.capacity").isel(actor=owners) - left
    annuities = summed(values.costs["investment"].isel(actor=owners), "epci")
    profit = xr.dot(margin, built, dim=("epci", "technology")) - annuities
    received: Table = xr.dot(held(joint).isel(actor=owners), profit, dim="actor")
    return received


def held(joint: Joint) -> Table:
    """Share of each EPCI in the equity paid into each vehicle so far (epci, actor, year)."""
    equity = joint.plan.values.variable("vehicles.equity")
    paid = (equity * joint.period).cumsum("year")
    total = summed(paid, "epci")
    share: Table = (paid / total.where(total > 0)).fillna(0.0)
    return share
