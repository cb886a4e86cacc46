"""Settlement: from cost shares to payments between partners, year by year.

    τ_i      = x_i − Σ_y DF[y] · cost[i, y]         what i owes on top of the costs that fall on it
    T[i, y]  = τ_i · w[y] / Σ_y DF[y] · w[y]        paid in year y; positive: i pays

The payments of a year sum to zero, because allocations sum to the cost of everyone; discounted
over the years, those of a partner are what it owes. With equal weights w they are a constant
annuity from the first year of cooperation on: a sum that budgets can carry.
"""

from __future__ import annotations

import xarray as xr

from model.cooperation.game import GameError


def settle(
    owed: xr.DataArray, discount: xr.DataArray, weight: xr.DataArray | None = None
) -> xr.DataArray:
    """Payments of each partner in each year [MEUR/yr], positive when it pays.

    Parameters
    ----------
    owed : DataArray (…, epci)
        Allocation less the discounted costs that fall on the partner [MEUR].
    discount : DataArray (year,)
        Years that a payment in a milestone year stands for, discounted [yr].
    weight : DataArray (year,), optional
        How payments are spread; equal if not given. 0 where there is no cooperation yet.

    Raises
    ------
    GameError
        If a weight is negative or all are 0.
    """
    spread = xr.ones_like(discount) if weight is None else weight
    if bool((spread < 0).any()) or not bool((spread > 0).any()):
        raise GameError("payments are spread by weights that are not negative, nor all 0")
    return owed * spread / (discount * spread).sum("year")
