"""Worth: what stands is worth what it earns at the prices, and what is built is worth its cost.

plants    gain[t] = Σ_c ρ·price[c,t] − running cost − carbon − rent of the site + worth to targets
          is above 0 only at full power, below 0 only at rest; Σ_t availability · h · max(gain, 0)
          is what another kW is worth, at least that where none stands
devices   hours · max(price of the service − what serving it costs, 0), likewise; less where the
          device does not suit all of the demand
built     what is built is worth its annuities and its upkeep, at least; exactly that where nothing
          limits how fast consumers may build it

Where a promise stands between prices and plants (`market.plain`) these checks are left out; so are
plants of who has signed to send.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from model.oracle.clock import clock_of
from model.oracle.energy import Compared, served
from model.oracle.given import Given, Table, compared, dot, once
from model.oracle.market import NEAR, decided, plain, promised, unsworn
from model.oracle.money import EUR_PER_KW, VEHICLES, annuity, serving
from model.oracle.promises import FLOORS, scopes
from model.oracle.steps import hourly

PER_KW = 1e-3
"""EUR/kW in one EUR/MW."""


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    if g.detail is None or not plain(g):
        return
    worth, plants, devices = g.by_step("capacity_worth"), _of_plants(g), _of_devices(g)
    capped = set(g.tables["device_ceilings"]["technology"])
    free = g.array([k not in capped for k in g.labels("technology")], "technology")
    stands = (g["capacity"].sum("actor") > NEAR) & decided(g)
    yield compared("capacity_worth.plants", stands & plants.notnull(), worth, plants)
    yield compared("capacity_worth.devices", stands & free & devices.notnull(), worth, devices)
    earned, paid = _earned(g)
    yield compared("built.unlimited", _unlimited(g) & _built(g), earned, paid)


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    if g.detail is None or not plain(g):
        return
    gain, power = _gain(g), g.by_step("plant_power")
    full = clock_of(g).availability * g["capacity"].sum("actor")
    known = gain.notnull() & decided(g)
    yield compared("gain.idle", known & (power < full - NEAR), gain, 0.0 * gain)
    yield compared("gain.running", known & (power > NEAR), -gain, 0.0 * gain)
    worth, plants, devices = g.by_step("capacity_worth"), _of_plants(g), _of_devices(g)
    yield compared("capacity_worth.least", decided(g) & plants.notnull(), plants, worth)
    stands = (g["capacity"].sum("actor") > NEAR) & decided(g)
    yield compared("capacity_worth.most", stands & devices.notnull(), worth, devices)
    earned, paid = _earned(g)
    yield compared("built.loss", _unaided(g) & _built(g), paid, earned)


def _built(g: Given) -> Table:
    """True where an actor builds (epci, technology, actor, built)."""
    return g["investment"].rename(year="built") > NEAR


@once
def _running(g: Given) -> Table:
    """What a unit of activity costs besides energy, less its worth to targets [EUR/MWh]."""
    cost = g.by_year("technology_costs", "variable_cost", "technology")
    emitted = g.column("technologies", "technology", "emission_factor")
    counted = g.column("technologies", "technology", "counted")
    carbon = g.carbon + promised(g, "emissions")
    return cost + emitted * carbon - counted * promised(g, *FLOORS)


@once
def _base(g: Given) -> Table:
    """What a unit of a plant earns over the year, energy of the hour aside; blank: not known."""
    yearly = g["price"].isel(step=0, drop=True).where(~hourly(g), 0.0)
    base = dot(g["flow_ratio"], yearly, dim="carrier") - _running(g) - g["potential_rent"]
    kinds = g.tables["technologies"].set_index("technology")["kind"].reindex(g.labels("technology"))
    plant = g.array(~kinds.isin(["device", "storage", "resource"]).to_numpy(), "technology")
    signed = g.scenario["cooperation"]["agreements"].values()
    alone = g.array(~np.isin(g.labels("epci"), [t["sender"] for t in signed]), "epci")
    return base.where(plant & alone & unsworn(g))


@once
def _gain(g: Given) -> Table:
    """What a dispatched plant earns in a step (epci, technology, year, step) [EUR/MWh]."""
    ratio = g["flow_ratio"].sel(technology=_dispatched(g))
    price = g["price"].where(hourly(g), 0.0)
    return dot(ratio, price, dim="carrier") + _base(g)


def _dispatched(g: Given) -> list[str]:
    assert g.detail is not None
    return list(g.detail["plant"].values)


@once
def _of_plants(g: Given) -> Table:
    """What another kW of a plant is worth (epci, technology, year) [EUR/kW/yr]."""
    base = _base(g)
    annual = base.clip(min=0) * g.column("technologies", "technology", "full_load_hours")
    clock, gain = clock_of(g), _gain(g)
    by_step = dot(gain.fillna(0.0).clip(min=0), clock.availability, clock.hours, dim="step")
    steps = by_step.reindex_like(base)
    return (steps.where(steps.notnull(), annual) * PER_KW).where(base.notnull())


@once
def _of_devices(g: Given) -> Table:
    """What another kW of a device is worth at most, exactly if it suits all of the demand."""
    ratio, clock = (-g["flow_ratio"]).clip(min=0), clock_of(g)
    by_step = dot(g["price"], clock.loads * clock.hours, dim="step") / clock.hours.sum()
    charge = g.by_year("prices", "network_charge", "carrier")
    energy = dot(ratio, by_step + charge, dim="carrier")
    used = promised(g, "consumption") + _of_shares(g)
    serving_cost = energy + _running(g) + ratio.sum("carrier") * used
    price = dot(g.by_step("service_price"), served(g, "service"), dim="service")
    full = g.column("technologies", "technology", "full_load_hours")
    kinds = g.tables["technologies"].set_index("technology")["kind"].reindex(g.labels("technology"))
    device = g.array((kinds == "device").to_numpy(), "technology")
    return ((price - serving_cost).clip(min=0) * full * PER_KW).where(device)


def _of_shares(g: Given) -> Table:
    """What consumption costs by the shares that are asked of it (epci, year) [EUR/MWh]."""
    found = xr.zeros_like(g["own_staff"])
    for label, target, scope in scopes(g):
        if target["quantity"] == "local-share":
            asked = [target["at"].get(str(year), 0.0) for year in g.labels("year")]
            inside = g.array(np.isin(g.labels("epci"), scope).astype(float), "epci")
            price = g["target_price"].sel(target=label, drop=True)
            found = found + inside * g.array(asked, "year") * price
    return found


@once
def _earned(g: Given) -> tuple[Table, Table]:
    """What a kW is worth over its life less its upkeep, and its annuities, by year built."""
    upkeep = g.by_year("technology_costs", "fixed_cost", "technology")
    alive = serving(g) * g["discount"]
    earned = dot(g.by_step("capacity_worth") - upkeep, alive, dim="year")
    paid = (annuity(g) / EUR_PER_KW).rename(year="built") * alive.sum("year")
    return earned + 0.0 * paid, paid + 0.0 * earned


def _unlimited(g: Given) -> Table:
    """True where consumers build as fast as they like (technology, actor)."""
    slow = {k for name in ("build_rates", "project_stages") for k in g.tables[name]["technology"]}
    kinds = g.tables["actors"].set_index("actor")["kind"].reindex(g.labels("actor"))
    consumer = g.array((kinds == "consumer").to_numpy(), "actor")
    return g.array([k not in slow for k in g.labels("technology")], "technology") & consumer


def _unaided(g: Given) -> Table:
    """True where nothing but its worth makes an actor build (actor)."""
    cooperation, targets = g.scenario["cooperation"], g.scenario["targets"].values()
    helped = cooperation["funders"] or cooperation["agreements"]
    asked = any(t["quantity"] == "built" for t in targets)
    kinds = g.tables["actors"].set_index("actor")["kind"].reindex(g.labels("actor"))
    return g.array((~kinds.isin(VEHICLES)).to_numpy() & (not helped) & (not asked), "actor")
