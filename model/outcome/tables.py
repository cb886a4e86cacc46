"""Tables: what planners ask for, computed from the variables of a solved case.

Everything here is arithmetic on labelled arrays, independent of the text of the model: the
audit compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.blocks.protocol import costs
from model.outcome.values import Values

PER_MWH = 1e3
"""EUR/MWh in one MEUR/GWh."""
MW = 1e3
"""MW in one GW."""


@dataclass(frozen=True)
class Balance:
    """Terms of the balances (epci, carrier, year[, step]) in GWh/yr, into the node positive."""

    hourly: dict[str, xr.DataArray]
    yearly: dict[str, xr.DataArray]


def energy(values: Values) -> dict[str, xr.DataArray]:
    """Production, consumption, purchases, sales and exchanges by year."""
    data = values.data.arrays
    output, use = values.variable("conversion.output"), values.variable("devices.use")
    taken = (-data["flow_ratio"]).clip(min=0) * use
    service = _member(values, "service")
    sector = _sector(values)
    final = xr.dot(taken, service, sector, dim=["technology", "service"])
    counted = data["counted"] * (output + use)
    bought = values.variable("market.purchase").sum("step") + values.variable(
        "market.yearly_purchase"
    )
    sold = values.variable("market.sale").sum("step") + values.variable("market.yearly_sale")
    return {
        "final_consumption": final.transpose("epci", "sector", "carrier", "year"),
        "local_production": counted.transpose("epci", "technology", "year"),
        "activity": (output + use).transpose("epci", "technology", "year"),
        "purchase": bought.transpose("epci", "carrier", "year"),
        "sale": sold.transpose("epci", "carrier", "year"),
        "consumption_reduction": values.variable("reduction.saving"),
        "exchange": values.variable("exchange.flow").sum("step")
        + values.variable("exchange.shipment")
        + values.variable("certificates.certificate"),
        "staff_loan": values.variable("engineering.loan"),
        "service_demand": data["service_demand"],
    }


def _member(values: Values, dim: str) -> xr.DataArray:
    """1 where a technology serves a service (technology, service)."""
    frame = values.data.frame
    of = frame.technologies[dim]
    labels = list(frame.services.index)
    table = np.array([[s == label for label in labels] for s in of], dtype=float)
    return xr.DataArray(
        table.reshape(len(of), len(labels)),
        {"technology": list(of.index), "service": labels},
        ("technology", "service"),
    )


def _sector(values: Values) -> xr.DataArray:
    """1 where a service belongs to a sector (service, sector)."""
    frame = values.data.frame
    sectors = list(frame.tables["sectors"]["sector"])
    table = np.array([[s == x for x in sectors] for s in frame.services["sector"]], dtype=float)
    return xr.DataArray(
        table, {"service": list(frame.services.index), "sector": sectors}, ("service", "sector")
    )


def balance(values: Values) -> Balance:
    """Every term of the balances, recomputed from the variables."""
    data = values.data.arrays
    ratio, shape = data["flow_ratio"], data["device_shape"]
    activity = values.variable("conversion.activity")
    output, use = values.variable("conversion.output"), values.variable("devices.use")
    stored = values.variable("storage.discharge") - values.variable("storage.charge")
    into, out_of = _ends(values)
    flow, shipment = values.variable("exchange.flow"), values.variable("exchange.shipment")
    efficiency = data["link_efficiency"]
    return Balance(
        hourly={
            "plants": xr.dot(ratio, activity, dim="technology"),
            "devices": xr.dot(ratio, shape, use, dim="technology"),
            "storage": xr.dot(_stored(values), stored, dim="technology"),
            "received": xr.dot(into, efficiency, flow, dim="link"),
            "sent": -xr.dot(out_of, flow, dim="link"),
            "purchase": values.variable("market.purchase"),
            "sale": -values.variable("market.sale"),
        },
        yearly={
            "plants": xr.dot(ratio, output, dim="technology"),
            "devices": xr.dot(ratio, use, dim="technology"),
            "received": xr.dot(into, efficiency, shipment, dim="link"),
            "sent": -xr.dot(out_of, shipment, dim="link"),
            "purchase": values.variable("market.yearly_purchase"),
            "sale": -values.variable("market.yearly_sale"),
        },
    )


def _ends(values: Values) -> tuple[xr.DataArray, xr.DataArray]:
    """Where each link arrives and leaves (epci, carrier, link), 1 or 0."""
    arrays, links = values.data.arrays, values.data.links
    epci, carriers = arrays["epci"].to_numpy().tolist(), arrays["carrier"].to_numpy().tolist()
    shape = (len(epci), len(carriers), len(links))
    into, out_of = np.zeros(shape), np.zeros(shape)
    for j, link in enumerate(links):
        if link.carrier in carriers:
            c = carriers.index(link.carrier)
            into[epci.index(link.destination), c, j] = 1
            out_of[epci.index(link.origin), c, j] = 1
    coords = {"epci": epci, "carrier": carriers, "link": [i.label for i in links]}
    dims = ("epci", "carrier", "link")
    return xr.DataArray(into, coords, dims), xr.DataArray(out_of, coords, dims)


def _stored(values: Values) -> xr.DataArray:
    """1 where a storage technology holds a carrier (technology, carrier)."""
    frame = values.data.frame
    held = frame.tables["storages"].set_index("technology")["carrier"].to_dict()
    technologies, carriers = list(frame.technologies.index), list(frame.carriers.index)
    table = np.array([[held.get(k) == c for c in carriers] for k in technologies], dtype=float)
    return xr.DataArray(
        table.reshape(len(technologies), len(carriers)),
        {"technology": technologies, "carrier": carriers},
        ("technology", "carrier"),
    )


def shares(values: Values, energy_: dict[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Local shares by definition, of each EPCI and of the whole territory."""
    produced = energy_["local_production"].sum("technology")
    consumed = energy_["final_consumption"].sum(["sector", "carrier"])
    granted = _granted(values)
    matched, power = _matched(values, "epci"), _power(values).sum("step")
    together, all_power = _matched(values, None), power.sum("epci")
    soil = [produced, produced + granted, produced - power + matched]
    whole = [produced.sum("epci")] * 2 + [produced.sum("epci") - all_power + together]
    dim = xr.DataArray(["soil", "contractual", "hourly"], dims="definition", name="definition")
    own = xr.concat(soil, dim) / consumed.where(consumed > 0)
    total = consumed.sum("epci")
    return {
        "local_share": own.transpose("epci", "definition", "year"),
        "territory_share": xr.concat(whole, dim) / total.where(total > 0),
        "certificate_balance": granted,
    }


def _granted(values: Values) -> xr.DataArray:
    """Certificates received minus given (epci, year)."""
    moved = values.variable("certificates.certificate")
    epci = values.data.arrays["epci"].to_numpy().tolist()
    net = np.zeros((len(epci), moved.sizes["year"]))
    for j, link in enumerate(values.data.links):
        if link.carrier == "certificate":
            net[epci.index(link.destination)] += moved.to_numpy()[j]
            net[epci.index(link.origin)] -= moved.to_numpy()[j]
    return xr.DataArray(net, {"epci": epci, "year": moved["year"]}, ("epci", "year"))


def _power(values: Values) -> xr.DataArray:
    """Renewable electricity by step (epci, year, step)."""
    data, sets = values.data.arrays, values.data.sets
    activity = values.variable("conversion.activity").sel(technology=sets["LOCAL_POWER"])
    ratio = data["flow_ratio"].sel(technology=sets["LOCAL_POWER"], carrier=sets["POWER"])
    return xr.dot(ratio, activity, dim=["technology", "carrier"])


def _matched(values: Values, over: str | None) -> xr.DataArray:
    """Local electricity used in its step, by EPCI or for the whole territory, per year."""
    data, sets = values.data.arrays, values.data.sets
    stores = [k for c in sets["POWER"] for k in values.data.ragged["STORES_OF"][1][c]]
    stored = (values.variable("storage.discharge") - values.variable("storage.charge")).sel(
        technology=stores
    )
    made = _power(values) + stored.sum("technology")
    use = values.variable("devices.use")
    taken = -xr.dot(
        data["flow_ratio"].sel(carrier=sets["POWER"]),
        data["device_shape"],
        use,
        dim=["technology", "carrier"],
    )
    if over is None:
        made, taken = made.sum("epci"), taken.sum("epci")
    return np.minimum(made, taken).clip(min=0).sum("step")


def money(values: Values) -> dict[str, xr.DataArray]:
    """Costs by EPCI, actor, item and year; capacity and investment by owner."""
    items = {name: values.expression(offer) for name, offer in costs(values.model).items()}
    arrays = values.data.arrays
    full = xr.DataArray(
        np.zeros((arrays.sizes["epci"], arrays.sizes["actor"], arrays.sizes["year"])),
        {d: arrays[d].to_numpy() for d in ("epci", "actor", "year")},
        ("epci", "actor", "year"),
    )
    item = xr.DataArray(list(items), dims="item", name="item")
    cost = xr.concat([full + table for table in items.values()], item)
    return {
        "cost": cost.transpose("epci", "actor", "item", "year"),
        "capacity": values.variable("stock.capacity") * MW,
        "investment": values.variable("stock.invest") * MW,
        "equity": values.variable("vehicles.equity"),
        "hired_staff": values.variable("engineering.hired"),
    }


def prices(values: Values) -> dict[str, xr.DataArray]:
    """Marginal prices, duals and gaps, undiscounted."""
    arrays = values.data.arrays
    discount = arrays["discount"]
    hourly = values.dual("balance") / discount * PER_MWH
    yearly = values.dual("supplied") / discount * PER_MWH
    steps = xr.ones_like(arrays["step_hours"])
    targets = {
        name: values.dual(f"targets.{name}")
        for name in ("produced", "shared", "timely", "sober", "clean", "spared")
    }
    missed = sum(targets.values()) / discount
    unit = {
        "production": PER_MWH,
        "local-share": PER_MWH,
        "consumption": PER_MWH,
        "emissions": PER_MWH,
        "land": 1e6,
    }
    scale = xr.DataArray(
        [unit[aim.quantity] for aim in values.data.aims],
        {"target": arrays["target"].to_numpy()},
        ("target",),
    )
    return {
        "price": (hourly + yearly * steps).transpose("epci", "carrier", "year", "step"),
        "target_gap": values.variable("targets.gap"),
        "target_price": abs(missed * scale),
        "potential_rent": -values.dual("renewables.accepted") / discount * PER_MWH,
        "staff_price": -values.dual("engineering.staffed") / discount,
    }


def emissions(values: Values, energy_: dict[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Emissions by carrier: bought energy under its carrier, plants under their main output."""
    data = values.data.arrays
    bought = data["purchase_emission"] * energy_["purchase"]
    main = _main_carrier(values)
    on_site = xr.dot(data["plant_emission"], energy_["activity"], main, dim="technology")
    return {"emissions": (bought + on_site).transpose("epci", "carrier", "year")}


def _main_carrier(values: Values) -> xr.DataArray:
    """1 at the carrier that a technology yields most (or takes most, for a device)."""
    ratio = values.data.arrays["flow_ratio"].isel(year=0)
    strength = xr.where((ratio > 0).any("carrier"), ratio, -ratio)
    best = strength.argmax("carrier")
    places = xr.DataArray(np.arange(ratio.sizes["carrier"]), {"carrier": ratio["carrier"]})
    return (places == best).astype(float)
