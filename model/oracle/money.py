"""Money: discounting, annuities, stock, companies, and what items of the cost must be.

objective    Σ_y DF · Σ cost,   DF = Σ_t<n (1 + r)^−(y + t − y0),  y0 when the plan begins
technology   Σ_v in service CRF · I[v] · (built + renewal · renewed) + F · capacity + V · activity
items        investment + upkeep + operation + devices  is that of all technologies
network      Σ_c charge · final consumption
staff        wage · hired  at least
penalty      Σ price · gap
stock        what stood is left over: it only declines, and there is none where none stood
companies    works / years ≤ gearing · equity
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from model.oracle.energy import Compared
from model.oracle.given import Given, Table
from model.oracle.promises import gaps_priced

OF_TECHNOLOGIES = ["investment", "upkeep", "operation", "devices"]
VEHICLES = ("spl", "sem")
EUR_PER_KW = 1e-3
"""MEUR/MW in one EUR/kW."""
EUR = 1e-6
"""MEUR in one EUR."""
EUR_PER_MWH = 1e-3
"""MEUR/GWh in one EUR/MWh."""


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    discount = _discount(g)
    yield "discount", g["discount"], discount
    spent = (g["cost"].sum(["epci", "actor", "item"]) * discount).sum("year")
    yield "objective", xr.DataArray(float(g.outcome.attrs["objective"])), spent
    yield "technology_cost", g["technology_cost"], _technology(g)
    items = g["cost"].sel(item=OF_TECHNOLOGIES).sum(["actor", "item"])
    yield "cost.technologies", items, g["technology_cost"].sum("technology")
    charge = g.by_year("prices", "network_charge", "carrier") * EUR_PER_MWH
    network = (charge * g["final_consumption"].sum("sector")).sum("carrier")
    yield "cost.network", g["cost"].sel(item="network").sum("actor"), network
    penalty = g["cost"].sel(item="penalty").sum(["epci", "actor"])
    yield "cost.penalty", penalty, gaps_priced(g)
    population = g.tables["epci"].set_index("epci")["population"].reindex(g.labels("epci"))
    yield "population", g.outcome["population"], g.array(population.to_numpy(float), "epci")


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    wage = g.constant("staff_wage") * EUR
    paid = g["cost"].sel(item="staff").sum("actor")
    yield "cost.staff.least", g["hired_staff"] * wage, paid
    left = _left(g)
    zero = 0.0 * left
    yield "capacity.left", zero, left
    decided = left.sel(year=[y for y in g.labels("year") if y >= g.decided])
    yield "capacity.declines", decided.diff("year"), 0.0 * decided.isel(year=slice(1, None))
    yield "equity", _works(g), _capital(g)


def _discount(g: Given) -> Table:
    horizon = g.scenario["horizon"]
    rate, base = 1 + horizon["discount_rate"], g.decided
    found = [
        sum(rate ** -(year + t - base) for t in range(span))
        for year, span in zip(g.labels("year"), g.spans, strict=True)
    ]
    return g.array(found, "year")


def serving(g: Given) -> Table:
    """1 where what one milestone built is in service at another (technology, built, year)."""
    life = g.column("technologies", "technology", "lifetime")
    years = g.array(g.labels("year"), "year").astype(float)
    age = years - years.rename(year="built")
    return ((age >= 0) & (age < life)).astype(float)


def incumbent(g: Given) -> Table:
    """1 where an actor owns what stood (technology, actor)."""
    owner = g.tables["technologies"].set_index("technology")["incumbent"]
    cells = owner.reindex(g.labels("technology")).to_numpy(object)
    return g.array(
        (cells[:, None] == np.array(g.labels("actor"))).astype(float), "technology", "actor"
    )


def annuity(g: Given) -> Table:
    """Yearly payment per MW, by technology, actor and year of construction [MEUR/yr]."""
    rate = g.column("actors", "actor", "cost_of_capital")
    life = g.column("technologies", "technology", "lifetime")
    safe = rate.where(rate > 0, 1.0)
    factor = (safe / (1 - (1 + safe) ** -life)).where(rate > 0, 1 / life)
    return factor * overnight(g)


def overnight(g: Given) -> Table:
    """Investment by technology and year of construction [MEUR/MW]."""
    cost = g.by_year("technology_costs", "investment", "technology")
    dear = g.scenario["economy"]["investment"]
    times = g.array([dear.get(k, 1.0) for k in g.labels("technology")], "technology")
    return cost * times * EUR_PER_KW


def _technology(g: Given) -> Table:
    """What each technology costs, without what it takes in [MEUR/yr]."""
    renewal = g.column("technologies", "technology", "renewal")
    built = g["investment"] + renewal * incumbent(g) * g["renewed"]
    paid = (annuity(g) * built).sum("actor").rename(year="built")
    annuities = (paid * serving(g)).sum("built")
    upkeep = g.by_year("technology_costs", "fixed_cost", "technology") * EUR_PER_KW
    running = g.by_year("technology_costs", "variable_cost", "technology") * EUR_PER_MWH
    return annuities + upkeep * g["capacity"].sum("actor") + running * g["activity"]


def _left(g: Given) -> Table:
    """Of what stood at first, what is left (epci, technology, actor, year) [MW]."""
    return g["capacity"] - since(g)


def since(g: Given) -> Table:
    """What was built or renewed and is in service (epci, technology, actor, year) [MW]."""
    built = g["investment"] + g["renewed"] * incumbent(g)
    return (built.rename(year="built") * serving(g)).sum("built")


def _works(g: Given) -> Table:
    """What companies spend on works each year of a period [MEUR/yr]."""
    spent = (overnight(g) * g["investment"].sum("epci")).sum("technology") / g.periods
    return spent.sel(actor=_vehicles(g))


def _capital(g: Given) -> Table:
    """What their equity and its debt can pay [MEUR/yr]."""
    gearing = 1 + g.column("actors", "actor", "leverage")
    grants = g.scenario["cooperation"]["grants"]
    given = g.array([grants.get(a, 0.0) for a in g.labels("actor")], "actor")
    paid = g["equity"].sum("epci") + g["outside_equity"]
    return (gearing * paid + given).sel(actor=_vehicles(g))


def _vehicles(g: Given) -> list[str]:
    kinds = g.tables["actors"].set_index("actor")["kind"]
    return [actor for actor in g.labels("actor") if kinds[actor] in VEHICLES]
