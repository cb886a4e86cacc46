"""Balance: what goes into a node covers what is taken from it.

    balance    Σ_offers injection[n,c,y,t] ≥ 0        carriers balanced at every step
    supplied   Σ_offers supply[n,c,y] ≥ 0             carriers balanced over the year
    spent      Σ_offers supply[n,c,y] ≤ 0             those of which nothing may be left (waste)

A surplus may be let go (curtailed, vented), hence ≥; of waste it must be treated by someone. The
balance does not know its contributors.
Sign convention, everywhere: into the node is positive. The dual of a balance, divided by the
discount factor, is the marginal price of the carrier [MEUR/GWh]. `inputs/carriers.csv` says which
carriers are balanced at every step (electricity, heat) and which over the year (wood, gas, waste).
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import offers


def add_balance(m: pyo.Block) -> None:
    """Add the balance of every EPCI and carrier, over what the blocks offer."""
    injections, supplies = offers(m, "injection"), offers(m, "supply")

    @m.Constraint(m.EPCI, m.HOURLY, m.YEAR, m.STEP, doc="Energy balance of a step [GWh/yr]")
    def balance(m, n, c, y, t):
        return sum(offer[n, c, y, t] for offer in injections) >= 0

    @m.Constraint(m.EPCI, m.YEARLY, m.YEAR, doc="Energy balance of the year [GWh/yr]")
    def supplied(m, n, c, y):
        return sum(offer[n, c, y] for offer in supplies) >= 0

    @m.Constraint(m.EPCI, m.DUTY, m.VINTAGE, doc="Nothing is left over [GWh/yr]")
    def spent(m, n, c, y):
        return sum(offer[n, c, y] for offer in supplies) <= 0
