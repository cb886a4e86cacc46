"""Tables: what planners ask for, computed from the variables of a solved case.

Production, consumption, emissions and balances are arithmetic on labelled arrays, independent of
the text of the model: the audit compares the two. Costs are what the blocks offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.data.aims import PRICE
from model.data.assemble import Data
from model.data.cells import positions
from model.data.partners import CERTIFICATE
from model.outcome.values import Table, Values, renamed, stacked, summed

Tables = dict[str, Table]

PER_MWH = 1e3
"""EUR/MWh in one MEUR/GWh."""
MW = 1e3
"""MW in one GW."""


@dataclass(frozen=True)
class Balance:
    """Terms of the balances (epci, carrier, year[, step]) in GWh/yr, into the node positive."""

    hourly: Tables
    yearly: Tables


def energy(values: Values) -> Tables:
    """Production, consumption, purchases, sales and exchanges by year [GWh/yr]."""
    data, variable = values.given, values.variable
    output, use = variable("conversion.output"), variable("devices.use")
    taken = (-data["flow_ratio"]).clip(min=0) * use
    purchase, sale = variable("market.purchase"), variable("market.sale")
    flow, shipment = variable("exchange.flow"), variable("exchange.shipment")
    return {
        "final_consumption": xr.dot(taken, _sector(values), dim="technology"),
        "local_production": data["counted"] * (output + use),
        "activity": output + use,
        "purchase": summed(purchase, "step") + variable("market.yearly_purchase"),
        "sale": summed(sale, "step") + variable("market.yearly_sale"),
        "consumption_reduction": variable("reduction.saving"),
        "exchange": summed(flow, "step") + shipment + variable("certificates.certificate"),
        "staff_loan": variable("engineering.loan"),
        "land_ceded": variable("renewables.ceded"),
        "outside_equity": _outside(variable("vehicles.fund"), variable("vehicles.equity")),
        "aid": values.offered("aid"),
        "service_demand": data["service_demand"],
        "flow_ratio": data["flow_ratio"],
        "exchange_loss": (1 - data["link_efficiency"]) * (summed(flow, "step") + shipment),
        "peak_load": load_of(values).max("step") * MW,
    }


def _outside(fund: Table, equity: Table) -> Table:
    """What others than members pay into the companies whose shares are signed (actor, year)."""
    others: Table = (fund - summed(equity, "epci")).clip(min=0.0)
    return others


def load_of(values: Values) -> Table:
    """Power taken by devices (epci, carrier, year, step) [GW]."""
    data = values.given
    taken = (-data["flow_ratio"]).clip(min=0)
    use = values.variable("devices.use") / data["step_hours"]
    load: Table = xr.dot(taken, data["device_shape"], use, dim="technology")
    return load


def _sector(values: Values) -> Table:
    """1 where a technology serves a sector (technology, sector)."""
    frame = values.data.frame
    sector = frame.technologies["service"].map(frame.services["sector"])
    return _indicator("technology", "sector", list(frame.tables["sectors"]["sector"]), sector)


def _indicator(dim: str, other: str, labels: Sequence[str], of: Iterable[object]) -> Table:
    """1 where the label of a row is the one along `other`, else 0 (dim, other)."""
    places = positions(labels, of)
    return xr.Variable((dim, other), (places[:, None] == np.arange(len(labels))).astype(float))


def balance(values: Values) -> Balance:
    """Every term of the balances, recomputed from the variables."""
    data, variable, frame = values.given, values.variable, values.data.frame
    ratio, shape, efficiency = data["flow_ratio"], data["device_shape"], data["link_efficiency"]
    output, use = variable("conversion.output"), variable("devices.use")
    stored = variable("storage.discharge") - variable("storage.charge")
    names, carriers = list(frame.technologies.index), list(frame.carriers.index)
    stores = frame.tables["storages"].set_index("technology")["carrier"].reindex(names)
    holds = _indicator("technology", "carrier", carriers, stores)
    flow, shipment = variable("exchange.flow"), variable("exchange.shipment")
    return Balance(
        hourly={
            "plants": xr.dot(ratio, variable("conversion.activity"), dim="technology"),
            "devices": xr.dot(ratio, shape, use, dim="technology"),
            "storage": xr.dot(holds, stored, dim="technology"),
            "received": at_end(values.data, efficiency * flow, "destination", carriers),
            "sent": -at_end(values.data, flow, "origin", carriers),
            "purchase": variable("market.purchase"),
            "sale": -variable("market.sale"),
        },
        yearly={
            "plants": xr.dot(ratio, output, dim="technology"),
            "devices": xr.dot(ratio, use, dim="technology"),
            "received": at_end(values.data, efficiency * shipment, "destination", carriers),
            "sent": -at_end(values.data, shipment, "origin", carriers),
            "purchase": variable("market.yearly_purchase"),
            "sale": -variable("market.yearly_sale"),
        },
    )


def left(values: Values, terms: Balance) -> Tables:
    """What no use takes (epci, carrier, year) [GWh/yr]: lost in stores, and let go."""
    hourly = values.places("carrier", values.data.sets["HOURLY"])
    by_step = np.isin(np.arange(len(values.given["carrier"])), hourly)
    first, *others = (summed(term, "step") for term in terms.hourly.values())
    net, over_year = sum(others, start=first), sum(terms.yearly.values(), start=0.0 * first)
    return {
        "storage_loss": 0.0 - summed(terms.hourly["storage"], "step"),
        "surplus": net.where(xr.Variable("carrier", by_step), over_year),
    }


def at_end(data: Data, sent: Table, end: str, carriers: list[str]) -> Table:
    """What links carry, summed where they end (epci, carrier, and the dims of `sent`).

    `end` is `origin` or `destination`; links of other carriers are left out.
    """
    members, links = data.frame.members, data.links
    carrier = positions(carriers, [link.carrier for link in links])
    place = positions(members, [getattr(link, end) for link in links])
    rest = [dim for dim in sent.dims if dim != "link"]
    result = np.zeros((len(members), len(carriers), *(sent.sizes[dim] for dim in rest)))
    kept = carrier >= 0
    np.add.at(result, (place[kept], carrier[kept]), sent.transpose("link", *rest).data[kept])
    return xr.Variable(("epci", "carrier", *rest), result)


def shares(values: Values, found: Tables) -> Tables:
    """Local shares by definition (`model.fields.SHARES`), of each EPCI and of all of them."""
    produced = summed(found["local_production"], "technology")
    consumed = summed(found["final_consumption"], "sector", "carrier")
    moved = values.variable("certificates.certificate")
    ends = (at_end(values.data, moved, end, [CERTIFICATE]) for end in ("destination", "origin"))
    received, given = (at.isel(carrier=0) for at in ends)
    granted = received - given
    made, taken, spilt = _power(values)
    matched = summed(_least(made, taken), "step")
    together = summed(_least(summed(made, "epci"), summed(taken, "epci")), "step")
    own = [produced, produced + granted, produced - spilt + matched]
    whole = summed(produced, "epci")
    all_of_them = [whole, whole, whole - summed(spilt, "epci") + together]
    total = summed(consumed, "epci")
    return {
        "local_share": stacked(own, "definition") / consumed.where(consumed > 0),
        "territory_share": stacked(all_of_them, "definition") / total.where(total > 0),
        "certificate_balance": granted,
    }


def _least(one: Table, other: Table) -> Table:
    """The smaller of two; negative where stores take more than is made, as in block `targets`."""
    least: Table = one.where(one < other, other)
    return least


def _power(values: Values) -> tuple[Table, Table, Table]:
    """Local electricity by step, stores included; electricity taken by step; renewable by year."""
    data, sets = values.given, values.data.sets
    stores = [k for c in sets["POWER"] for k in values.data.ragged["STORES_OF"][1][c]]
    stored = values.variable("storage.discharge") - values.variable("storage.charge")
    ratio = data["flow_ratio"].isel(carrier=values.places("carrier", sets["POWER"]))
    ratio = summed(ratio, "carrier")
    local = values.places("technology", sets["LOCAL_POWER"])
    activity = values.variable("conversion.activity").isel(technology=local)
    renewable = xr.dot(ratio.isel(technology=local), activity, dim="technology")
    use = values.variable("devices.use")
    taken = -xr.dot(ratio, data["device_shape"], use, dim="technology")
    held = stored.isel(technology=values.places("technology", stores))
    return renewable + summed(held, "technology"), taken, summed(renewable, "step")


def money(values: Values) -> Tables:
    """Costs by EPCI, actor, item and year [MEUR/yr]; capacity and investment by owner [MW].

    Land [ha] and staff [FTE] too.
    """
    capacity, need = values.variable("stock.capacity"), values.given["land_need"]
    return {
        "cost": stacked(values.costs.values(), "item"),
        "technology_cost": _technology_cost(values),
        "capacity": capacity * MW,
        "land": need * summed(capacity, "actor"),
        "own_staff": values.given["staff"],
        "investment": values.variable("stock.invest") * MW,
        "renewed": values.variable("stock.renewed") * MW,
        "equity": values.variable("vehicles.equity"),
        "hired_staff": values.variable("engineering.hired"),
    }


def _technology_cost(values: Values) -> Table:
    """What a technology costs, without what it takes in (epci, technology, year) [MEUR/yr]."""
    data, variable = values.given, values.variable
    vintages, within = data["vintage"].data.tolist(), values.data.ragged["IN_SERVICE"][1]
    like_for_like = data["renewal"] * data["incumbent"] * variable("stock.renewed")
    built = (variable("stock.invest") + like_for_like).isel(year=values.places("year", vintages))
    paid = xr.dot(data["annuity"], renamed(built, year="vintage"), dim="actor")
    axes = ("technology", "year", "vintage")
    technologies, years = (data[dim].data.tolist() for dim in axes[:2])
    serves = [[[v in within[k, y] for v in vintages] for y in years] for k in technologies]
    paid = xr.dot(xr.Variable(axes, np.array(serves, dtype=float)), paid, dim="vintage")
    output = variable("conversion.output") + variable("devices.use")
    held = summed(variable("stock.capacity"), "actor")
    whole: Table = paid + data["fixed_cost"] * held + data["variable_cost"] * output
    return whole


def prices(values: Values) -> Tables:
    """Marginal prices, duals and gaps, undiscounted; 0 for what no row of the program limits."""
    data, aims = values.given, values.data.aims
    discount, steps = data["discount"], xr.ones_like(data["step_hours"])
    yearly = values.dual("supplied") + values.dual("spent")
    missed = values.dual("targets.produced")
    for name in ("shared", "timely", "sober", "clean", "spared", "built"):
        missed = missed + values.dual(f"targets.{name}")
    per_unit = xr.Variable("target", np.array([1 / PRICE[aim.quantity] for aim in aims]))
    return {
        "price": (values.dual("balance") + yearly * steps) / discount * PER_MWH,
        "target_gap": values.variable("targets.gap"),
        "target_price": abs(missed * per_unit) / discount,
        "potential_rent": -values.dual("renewables.accepted") / discount * PER_MWH,
        "staff_price": -values.dual("engineering.staffed") / discount,
    }


def emissions(values: Values, found: Tables) -> Tables:
    """Emissions by carrier [kt/yr]: what is bought under its carrier, plants under their main one.

    The main carrier is the one that a technology yields most, or takes most if it yields none.
    """
    data = values.given
    bought = data["purchase_emission"] * found["purchase"]
    ratio = data["flow_ratio"].isel(year=0)
    strength = ratio.where((ratio > 0).any("carrier"), -ratio)
    carriers = data["carrier"].data
    best = carriers[strength.argmax("carrier").data]
    main = _indicator("technology", "carrier", carriers.tolist(), best)
    on_site = xr.dot(data["plant_emission"], found["activity"], main, dim="technology")
    return {"emissions": bought + on_site}
