"""Statistics: figures that planners compare, from the variables of a result.

    self_sufficiency     1                  epci, year           local share by the hour
    cost_per_inhabitant  EUR/inhabitant/yr  epci, year           Σ_a Σ_i cost / N, no penalty
    lcoe                 EUR/MWh            technology, year     Σ_n technology_cost / Σ_n activity
    capacity_factor      1                  technology, year     Σ_n activity / 8760 h · Σ capacity
    net_exchange         GWh/yr             epci, carrier, year  received − sent, before losses

`lcoe` leaves out what a technology takes in (fuel, electricity): that is bought on the balance of
its carrier. Carrier `certificate` of `net_exchange` is guarantees of origin. Not a number where
there is nothing to divide by. Each works on one result; `Results.table` takes them by name.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import xarray as xr

from model.data.partners import MEANS
from model.outcome.summary import PENALTY

HOURS = 8.76
"""GWh in a year of one MW at full load."""


def self_sufficiency(outcome: xr.Dataset) -> xr.DataArray:
    """Share of the consumption that local energy covers, electricity hour by hour [1]."""
    share = outcome["local_share"].sel(definition="hourly", drop=True)
    return _named(share, "1", "Self-sufficiency", "Autonomie énergétique")


def cost_per_inhabitant(outcome: xr.Dataset) -> xr.DataArray:
    """Yearly cost by inhabitant, without penalties of missed targets [EUR/inhabitant/yr]."""
    spent = outcome["cost"].drop_sel(item=PENALTY).sum(["actor", "item"])
    unit = "EUR/inhabitant/yr"
    return _named(
        1e6 * spent / outcome["population"], unit, "Cost by inhabitant", "Coût par habitant"
    )


def lcoe(outcome: xr.Dataset) -> xr.DataArray:
    """Cost of a unit of the main output, without what goes in [EUR/MWh]."""
    made = outcome["activity"].sum("epci")
    cost = 1e3 * outcome["technology_cost"].sum("epci") / made.where(made > 0)
    return _named(cost, "EUR/MWh", "Levelised cost without inputs", "Coût actualisé hors intrants")


def capacity_factor(outcome: xr.Dataset) -> xr.DataArray:
    """Main output over that of all hours at full load; stores have none [1]."""
    held = outcome["capacity"].sum(["epci", "actor"])
    plants = (held > 0) & (outcome["technology_kind"] != "storage")
    factor = outcome["activity"].sum("epci") / (HOURS * held).where(plants)
    return _named(factor, "1", "Capacity factor", "Facteur de charge")


def net_exchange(outcome: xr.Dataset) -> xr.DataArray:
    """Energy and certificates received minus sent, before losses [GWh/yr]."""
    links = [str(link).rpartition(":")[::2] for link in outcome["link"].to_numpy()]
    sent = dict(zip(links, outcome["exchange"].transpose("link", "year").to_numpy(), strict=True))
    epci = [str(siren) for siren in outcome["epci"].to_numpy()]
    carriers = sorted({carrier for _, carrier in links} - MEANS)
    table = np.zeros((len(epci), len(carriers), outcome.sizes["year"]))
    for (way, carrier), amount in sent.items():
        if carrier in carriers:
            origin, destination = (epci.index(siren) for siren in way.split(">"))
            table[destination, carriers.index(carrier)] += amount
            table[origin, carriers.index(carrier)] -= amount
    dims = {"epci": outcome["epci"], "carrier": carriers, "year": outcome["year"]}
    net = xr.DataArray(table, dims, ("epci", "carrier", "year"))
    return _named(net, "GWh/yr", "Received minus sent", "Reçu moins envoyé")


STATISTICS: dict[str, Callable[[xr.Dataset], xr.DataArray]] = {
    rule.__name__: rule
    for rule in (self_sufficiency, cost_per_inhabitant, lcoe, capacity_factor, net_exchange)
}


def _named(array: xr.DataArray, unit: str, name: str, name_fr: str) -> xr.DataArray:
    attrs = {"units": unit, "long_name": name, "long_name_fr": name_fr}
    return array.rename(None).drop_attrs(deep=False).assign_attrs(attrs)
