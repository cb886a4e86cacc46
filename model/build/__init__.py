"""Build: joins the blocks, in the order of `BLOCKS`, by their balances and the objective.

balance    what goes into a node covers what is taken from it
objective  the discounted cost of everyone
"""

from __future__ import annotations

import pyomo.core as pyo
from pyomo.common.gc_manager import PauseGC

from model.blocks.emissions import add_emissions
from model.blocks.means.budgets import add_budgets
from model.blocks.means.engineering import add_engineering
from model.blocks.means.funding import add_funding
from model.blocks.means.participation import add_participation
from model.blocks.means.vehicles import add_vehicles
from model.blocks.needs.demand import add_demand
from model.blocks.needs.devices import add_devices
from model.blocks.needs.reduction import add_reduction
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
from model.blocks.trade.orders import add_orders
from model.build.balance import add_balance
from model.build.objective import add_objective
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
    add_orders,
    add_engineering,
    add_vehicles,
    add_funding,
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
        add_balance(m)
        add_objective(m, data)
    return m
