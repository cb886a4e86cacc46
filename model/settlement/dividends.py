"""Dividends: what the shared companies earn, and what each shareholder receives of it.

    profit      Π[w,y] = Σ_n Σ_k ( m[n,k,y] · built[n,k,w,y] ) − annuities[n,w,y]
    margin      m[n,k,y] = −dual(holding[n,k,w,y]) / DF[y]     worth of a GW, upkeep taken off
    dividend    σ[j,w,y] · Π[w,y]        σ  share of j in the equity paid in until y
    outside     (1 − Σ_j σ[j,w,y]) · Π[w,y]    to holders who are no members: it leaves

Each capacity is paid what its output is worth at the prices of the plan. A company earns more than
its annuities where a site, staff or capital is scarce; what a dear year brings early, a cheap one
may take back.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import xarray as xr

from model.cooperation.joint import Joint
from model.outcome.values import Ints, Table, summed
from model.scenario.kinds import is_siren


def dividends(joint: Joint) -> Table:
    """Profit of the vehicles by shareholder (epci, year) [MEUR/yr]."""
    profit, owners = _profit(joint), _owners(joint)
    received: Table = xr.dot(held(joint).isel(actor=owners), profit, dim="actor")
    return received


def outside_dividends(joint: Joint) -> Table:
    """Profit of the vehicles that goes to holders who are no members (year) [MEUR/yr]."""
    ours = summed(held(joint), "epci").isel(actor=_owners(joint))
    theirs = (1 - ours).where(ours > 0).fillna(0.0)
    left: Table = summed(theirs * _profit(joint), "actor")
    return left


def _owners(joint: Joint) -> Ints:
    """Where the vehicles are among the actors."""
    return joint.plan.values.places("actor", joint.plan.data.sets["VEHICLE"])


def _profit(joint: Joint) -> Table:
    """What each vehicle earns beyond its annuities (actor, year) [MEUR/yr]."""
    values = joint.plan.values
    owners = _owners(joint)
    given = values.given
    margin = -values.dual("stock.holding").isel(actor=owners) / given["discount"]
    left = (given["existing"] * given["incumbent"]).isel(actor=owners)
    built = values.variable("stock.capacity").isel(actor=owners) - left
    annuities = summed(values.costs["investment"].isel(actor=owners), "epci")
    profit: Table = xr.dot(margin, built, dim=("epci", "technology")) - annuities
    return profit


def held(joint: Joint) -> Table:
    """Share of each EPCI in the equity paid into each vehicle so far (epci, actor, year)."""
    equity, fund = (joint.plan.values.variable(f"vehicles.{n}") for n in ("equity", "fund"))
    ours = summed(equity, "epci")
    raised: Table = ours.where(ours > fund, fund)
    paid, total = ((part * joint.period).cumsum("year") for part in (equity, raised))
    share: Table = (paid / total.where(total > 0)).fillna(0.0)
    return share


def outsiders(joint: Joint) -> dict[str, float]:
    """Equity that each funder has paid into all vehicles, over the path [MEUR]."""
    values, frame = joint.plan.values, joint.plan.data.frame
    paid, years = values.variable("vehicles.fund") * joint.period, np.array(frame.years)
    found: dict[str, float] = {}
    for vehicle, signed in frame.scenario.cooperation.equity.items():
        (fund,) = paid.isel(actor=values.places("actor", [vehicle])).transpose("actor", "year").data
        for since, until in pairwise([*sorted(signed), np.inf]):
            raised = float(fund[(years >= since) & (years < until)].sum())
            for who, part in signed[int(since)].items():
                if not is_siren(who):
                    found[who] = found.get(who, 0.0) + part * raised
    return found
