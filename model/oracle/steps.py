"""Steps: what a plan does hour by hour must make its year, and be possible in every hour.

year        Σ_t h[t] · power / 1000  is what the year says
load        Σ_k max(−ρ, 0) · a[k] / 8760 · shape of its service; its most is the peak
balance     what is left in a step ≥ 0; over the year it is the surplus
plants      power ≤ availability · capacity
stores      level[t] = kept · level[t'] + in · η − out / η;  level ≤ duration · capacity; over the
            year, what went in less what came out is lost
matched     Σ_t min(made, taken) in the place of what is made: the hourly share; made by counted
            plants, what they take themselves deducted, and by stores
links       power ≤ that of the link
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from model.oracle.clock import Clock, clock_of
from model.oracle.energy import HOURS, MW, Compared
from model.oracle.given import Given, Table, dot, once

POWER = "electricity"


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    if g.detail is None:
        return
    clock = clock_of(g)
    hours = clock.hours
    yield "step_hours", g["step_hours"], hours
    for name, told in _years(g).items():
        yield name, told, dot(g.by_step(_MADE_OF[name]), hours, dim="step") / MW
    load = _load(g, clock)
    yield "load", g.by_step("load"), load
    yield "peak_load", g["peak_load"], load.max("step")
    by_step, net = hourly(g), left(g)
    yield "surplus.steps", g["surplus"].where(by_step, 0.0), dot(net, hours, dim="step") / MW
    yield from _stores(g, clock)
    yield from _matched(g, hours)


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    if g.detail is None:
        return
    clock, held = clock_of(g), g["capacity"].sum("actor")
    net = left(g)
    yield "balance.steps", -net, 0.0 * net
    power, level = g.by_step("plant_power"), g.by_step("level")
    yield "availability", power, clock.availability * held + 0.0 * power
    hours = g.column("storages", "technology", "duration")
    yield "level", level, hours * held + 0.0 * level
    for name in ("charge", "discharge"):
        yield name, g.by_step(name), held + 0.0 * level
    for name in map(str, g.detail.data_vars):
        if "step" in g.detail[name].dims:
            yield f"{name}.least", -g.by_step(name), 0.0 * g.by_step(name)
    size = g.tables["carriers"].set_index("carrier")["link_capacity"]
    most = g.array(g.links["carrier"].map(size).to_numpy(float), "link")
    part = g.scenario["cooperation"]["realised"]
    sent = g.by_step("sent_power")
    yield "link_capacity", sent, (most * part).where(np.isfinite(most), np.inf) + 0.0 * sent


_MADE_OF = {
    "activity.steps": "plant_power",
    "purchase.steps": "bought_power",
    "sale.steps": "sold_power",
    "exchange.steps": "sent_power",
}


def _years(g: Given) -> dict[str, Table]:
    """The year of what is told by step."""
    assert g.detail is not None
    plants, links = (g.detail[dim].values.tolist() for dim in ("plant", "link"))
    by_step = hourly(g)
    return {
        "activity.steps": g["activity"].sel(technology=plants),
        "purchase.steps": g["purchase"].where(by_step, 0.0),
        "sale.steps": g["sale"].where(by_step, 0.0),
        "exchange.steps": g["exchange"].sel(link=links),
    }


def hourly(g: Given) -> Table:
    """True for carriers that are balanced in every step."""
    kinds = g.tables["carriers"].set_index("carrier")["balance"].reindex(g.labels("carrier"))
    return g.array((kinds == "hourly").to_numpy(), "carrier")


def _load(g: Given, clock: Clock) -> Table:
    """What devices take (epci, carrier, year, step) [MW]."""
    kinds = g.tables["technologies"].set_index("technology")["kind"]
    device = g.array((kinds.reindex(g.labels("technology")) == "device").to_numpy(), "technology")
    taken = (-g.by_year("technology_flows", "ratio", "technology", "carrier")).clip(min=0)
    mean = g["activity"].where(device, 0.0) / HOURS * MW
    return dot(taken, mean, clock.loads, dim="technology")


def _stored(g: Given) -> Table:
    """What stores give less what they take (epci, carrier, year, step) [MW]."""
    given = g.by_step("discharge") - g.by_step("charge")
    return dot(given, _holds(g), dim="technology")


def _holds(g: Given) -> Table:
    """1 where a technology stores a carrier (technology, carrier)."""
    of = g.tables["storages"].set_index("technology")["carrier"].reindex(g.labels("technology"))
    hit = of.to_numpy(object)[:, None] == np.array(g.labels("carrier"), dtype=object)
    return g.array(hit.astype(float), "technology", "carrier")


@once
def left(g: Given) -> Table:
    """What no use takes in a step (epci, carrier, year, step) [MW]; 0 of yearly carriers."""
    ratio, sent = g["flow_ratio"], g.by_step("sent_power")
    made = dot(ratio, g.by_step("plant_power"), dim="technology")
    loss = g.tables["carriers"].set_index("carrier")["loss"]
    arrives = 1 - g.array(g.links["carrier"].map(loss).fillna(0.0).to_numpy(float), "link")
    received = g.at_ends(arrives * sent, "destination") - g.at_ends(sent, "origin")
    market = g.by_step("bought_power") - g.by_step("sold_power")
    net = made + _stored(g) - g.by_step("load") + received + market
    return net.where(hourly(g), 0.0)


def _stores(g: Given, clock: Clock) -> Iterator[Compared]:
    """Levels follow what goes in and out; the year loses what does not come out."""
    columns = ("charge_efficiency", "discharge_efficiency", "standing_loss")
    taken, given, loss = (g.column("storages", "technology", name) for name in columns)
    level, length = g.by_step("level"), clock.length
    before = level.isel(step=clock.before).assign_coords(step=level["step"])
    moved = g.by_step("charge") * taken - g.by_step("discharge") / given.where(given > 0, 1.0)
    yield "level.follows", level, (1 - loss) ** length * before + moved * length
    yield "storage_loss", g["storage_loss"], -dot(_stored(g), clock.hours, dim="step") / MW


def _matched(g: Given, hours: Table) -> Iterator[Compared]:
    """The hourly share, of each and of all."""
    counted = g.column("technologies", "technology", "counted") > 0
    ratio = g["flow_ratio"].sel(carrier=POWER, drop=True).where(counted, 0.0)
    made = dot(ratio, g.by_step("plant_power"), dim="technology")
    with_stores = made + _stored(g).sel(carrier=POWER, drop=True)
    taken = g.by_step("load").sel(carrier=POWER, drop=True)
    produced = g["local_production"].sum("technology")
    consumed = g["final_consumption"].sum(["sector", "carrier"])
    for name, places in (("local_share", []), ("territory_share", ["epci"])):
        local, used = with_stores.sum(places), taken.sum(places)
        least = local.where(local < used, used)
        more = dot(least - made.sum(places), hours, dim="step") / MW
        whole = consumed.sum(places)
        share = (produced.sum(places) + more) / whole.where(whole > 0)
        yield f"{name}.hourly", g[name].sel(definition="hourly", drop=True), share
