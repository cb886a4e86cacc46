"""Build: joins the blocks — the balances and the objective.

    balance    Σ_offers injection[n,c,y,t] ≥ 0        carriers balanced at every step
    supplied   Σ_offers supply[n,c,y] ≥ 0             carriers balanced over the year
    total_cost min Σ_y DF[y] · Σ_offers Σ_n Σ_a cost_<item>[n,a,y]

    DF  discount  yr  year  scenario

A surplus may be let go (curtailed, vented), hence ≥. The balance does not know its contributors.
Sign convention, everywhere: into the node is positive. The dual of a balance, divided by DF, is
the marginal price of the carrier [MEUR/GWh].
"""

from __future__ import annotations

import pyomo.core as pyo
from pyomo.common.gc_manager import PauseGC

from model.blocks.emissions import add_emissions
from model.blocks.means.budgets import add_budgets
from model.blocks.means.engineering import add_engineering
from model.blocks.means.participation import add_participation
from model.blocks.means.vehicles import add_vehicles
from model.blocks.needs.demand import add_demand
from model.blocks.needs.devices import add_devices
from model.blocks.needs.reduction import add_reduction
from model.blocks.protocol import costs, need, offers
from model.blocks.sets import add_sets
from model.blocks.supply.conversion import add_conversion
from model.blocks.supply.renewables import add_renewables
from model.blocks.supply.stock import add_stock
from model.blocks.supply.storage import add_storage
from model.blocks.targets import add_targets
from model.blocks.trade.agreements import add_agreements
from model.blocks.trade.certificates import add_certificates
from model.blocks.trade.exchange import add_exchange
from model.blocks.trade.market import add_market
from model.data.assemble import Data

BLOCKS = (
    add_stock,
    add_conversion,
    add_renewables,
    add_devices,
    add_reduction,
    add_demand,
    add_storage,
    add_exchange,
    add_market,
    add_emissions,
    add_certificates,
    add_agreements,
    add_engineering,
    add_vehicles,
    add_budgets,
    add_targets,
    add_participation,
)


def build(data: Data, engine: str = "template") -> pyo.Block:
    """The linear program of a case, as a Pyomo model.

    Engine `template` tells an AbstractModel everything and expands nothing, for
    `model.compile`; `pyomo` makes an ordinary ConcreteModel, for any solver that Pyomo knows.
    """
    with PauseGC():
        kind = pyo.ConcreteModel if engine == "pyomo" else pyo.AbstractModel
        m = kind("energy cooperation")
        add_sets(m, data)
        for add in BLOCKS:
            add(m, data)
        _join(m, data)
    return m


def _join(m: pyo.Block, data: Data) -> None:
    """Add the balances and the objective over what the blocks offer."""
    need(m, data.arrays, "discount")
    injections, supplies, items = offers(m, "injection"), offers(m, "supply"), costs(m)

    @m.Constraint(m.EPCI, m.HOURLY, m.YEAR, m.STEP, doc="Energy balance of a step [GWh/yr]")
    def balance(m, n, c, y, t):
        return sum(offer[n, c, y, t] for offer in injections) >= 0

    @m.Constraint(m.EPCI, m.YEARLY, m.YEAR, doc="Energy balance of the year [GWh/yr]")
    def supplied(m, n, c, y):
        return sum(offer[n, c, y] for offer in supplies) >= 0

    @m.Objective(doc="Discounted cost of every EPCI and actor [MEUR]")
    def total_cost(m):
        return sum(
            m.discount[y] * offer[n, a, y]
            for offer in items.values()
            for n, a, y in offer.index_set()
        )
