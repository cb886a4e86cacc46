"""In kind: what partners give one another that no invoice shows, at its worth in the plan.

    staff   Σ loans out · price − Σ loans in · price            price: see `trade`
    ceded   Σ hectares set aside · price − Σ hectares received · price
    land    hectares that host what partners count, at the dual of the land row:
            given     λ[i] · a[i] · g[i] / P[i]
            received  Σ_j given[j] · r[i] / Σ_j r[j]

    λ price of a hectare, a land taken, P local production, g certificates given net, r received

Of a resource, the balances of the partners sum to zero. A reciprocity contract without money (a
"transaction") is even where the balances of all resources are.
"""

from __future__ import annotations

from model.cooperation.joint import Joint
from model.data.partners import LAND, LOAN
from model.outcome.values import Table, stacked, summed
from model.settlement.trade import Trade

RESOURCES = ("staff", "land", "ceded")


def in_kind(joint: Joint, trade: Trade) -> Table:
    """Worth given less worth received (resource, epci, year) [MEUR/yr]; `RESOURCES` in order."""
    data = joint.plan.data
    return stacked([trade.lent(data, LOAN), land(joint), trade.lent(data, LAND)], "resource")


def land(joint: Joint) -> Table:
    """The balance of land (epci, year)."""
    values = joint.plan.values
    produced = values.offered("production")
    price = -values.dual("renewables.spared") / values.given["discount"]
    received = values.offered("granted")
    part = (-received).clip(min=0.0) / produced.where(produced > 0)
    given = price * values.offered("land_use") * part.fillna(0.0)
    need = received.clip(min=0.0)
    whole = summed(need, "epci")
    part = (need / whole.where(whole > 0)).fillna(0.0)
    balance: Table = given - summed(given, "epci") * part
    return balance
