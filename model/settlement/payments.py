"""Settlement: from cost shares to payments between partners, year by year.

    τ_i      = x_i − Σ_y DF[y] · cost[i, y]         what i owes on top of the costs that fall on it
    T[i, y]  = τ_i · w[y] / Σ_y DF[y] · w[y]        paid in year y; positive: i pays

The payments of a year sum to zero, because allocations sum to the cost of everyone; discounted
over the years, those of a partner are what it owes. With equal weights w they are a constant
annuity from the first year of cooperation on: a sum that budgets can carry.

A schedule pays in terms of some years, such as a mandate or a purchase agreement, what falls due in
each term, again as a constant annuity:

    due[i, y] = alone[i, y] − cost[i, y] − ( g_i / Σ g ) · Σ_j ( alone[j, y] − cost[j, y] )

what partner i saves in the year as things stand, less its part of what all save: over the
horizon, τ_i again. Short terms follow the gains as they come, a long one smooths them.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.games.game import GameError
from model.outcome.values import Table, summed
from model.words.catalogue import say


def settle(owed: Table, discount: Table, weight: Table | None = None) -> Table:
    """Payments of each partner in each year [MEUR/yr], positive when it pays.

    Parameters
    ----------
    owed : Table (…, epci)
        Allocation less the discounted costs that fall on the partner [MEUR].
    discount : Table (year,)
        Years that a payment in a milestone year stands for, discounted [yr].
    weight : Table (year,), optional
        How payments are spread; equal if not given. 0 where there is no cooperation yet.

    Raises
    ------
    GameError
        If a weight is negative or all are 0.
    """
    spread = xr.ones_like(discount) if weight is None else weight
    if bool((spread < 0).any()) or not bool((spread > 0).any()):
        raise GameError(say("payments are spread by weights that are not negative, nor all 0"))
    return owed * spread / summed(discount * spread, "year")


def by_term(gain: Table, saved: Table, discount: Table, term: Table) -> Table:
    """Payments of each partner in each year, smoothed within terms [MEUR/yr].

    None is known, NaN, where a gain is infinite or unknown, as of a partner without a plan alone.

    Parameters
    ----------
    gain : Table (…, epci)
        Cost alone less cost share [MEUR].
    saved : Table (epci, year)
        Cost alone less the cost that falls on the partner [MEUR/yr].
    discount : Table (year,)
        As in `settle`.
    term : Table (year,)
        The number of the term of each year; negative where there is no cooperation yet.
    """
    part = gain / summed(gain, "epci")
    due = (saved - part * summed(saved, "epci")) * discount
    numbers = np.unique(term.data[term.data >= 0])
    inside = xr.Variable(("term", "year"), (term.data == numbers[:, None]).astype(float))
    annuity = xr.dot(due, inside, dim="year") / xr.dot(discount, inside, dim="year")
    paid: Table = xr.dot(annuity, inside, dim="term")
    return paid
