"""Energy: flows, balances, needs, shares, emissions and land, from tables and activity.

flows      ρ of the result is that of technology_flows.csv
used       Σ_k∈sector max(−ρ, 0) · a  is the final consumption
local      counted · a  is the local production
closing    made + bought + received − used − turned − sent − sold − lost − let go = 0
lost       loss of the carrier · sent
needs      Σ_k∈service a + Σ_m∈service saved  is the demand for a service
growth     the demand for a service grows as its outlook
emitted    factor · bought + factor · a
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from model.oracle.given import Given, Table, dot

Compared = tuple[str, Table, Table]
"""What is checked, what the result says, what it must say."""

HOURS, MW = 8760.0, 1000.0


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    activity, ratio = g["activity"], g.by_year("technology_flows", "ratio", "technology", "carrier")
    yield "flow_ratio", g["flow_ratio"], ratio
    taken = (-ratio).clip(min=0) * activity
    used = dot(taken, served(g, "sector"), dim="technology")
    yield "final_consumption", g["final_consumption"], used
    counted = g.column("technologies", "technology", "counted")
    yield "local_production", g["local_production"], counted * activity
    sent, lost = g["exchange"], g["exchange_loss"]
    received = g.at_ends(sent - lost, "destination") - g.at_ends(sent, "origin")
    made = dot(ratio, activity, dim="technology")
    left = g["storage_loss"] + g["surplus"] + g["sale"]
    yield "balance", made + g["purchase"] + received, left
    loss = g.tables["carriers"].set_index("carrier")["loss"]
    shares = g.links["carrier"].map(loss).fillna(0.0).to_numpy(float)
    yield "exchange_loss", lost, sent * g.array(shares, "link")
    granted = g.moved(sent, "certificate", "destination") - g.moved(sent, "certificate", "origin")
    yield "certificate_balance", g["certificate_balance"], granted
    serves = served(g, "service")
    saves = _indicator(
        g, "measure", "service", g.tables["measures"].set_index("measure")["service"]
    )
    met = dot(serves, activity, dim="technology")
    saved = dot(saves, g["consumption_reduction"], dim="measure")
    yield "service_demand", g["service_demand"], met + saved
    later = [y for y in g.labels("year") if y >= g.decided]
    index, demand = _outlook(g).sel(year=later), g["service_demand"].sel(year=later)
    yield "outlook", demand, demand.isel(year=0) / index.isel(year=0) * index
    land = g.column("technologies", "technology", "land")
    yield "land", g["land"], land * g["capacity"].sum("actor")
    bought = g.by_year("prices", "emission_factor", "carrier") * g["purchase"]
    on_site = g.column("technologies", "technology", "emission_factor") * activity
    yield (
        "emissions",
        g["emissions"].sum("carrier"),
        bought.sum("carrier") + on_site.sum("technology"),
    )
    yield from _shares(g)
    for name in ("consumption_status", "production_status", "potential_status"):
        whole = g[name].sum("status")
        yield name, whole, whole.round()


def _shares(g: Given) -> Iterator[Compared]:
    produced = g["local_production"].sum("technology")
    consumed = g["final_consumption"].sum(["sector", "carrier"])
    for definition, more in (("soil", 0.0), ("contractual", g["certificate_balance"])):
        share = g["local_share"].sel(definition=definition, drop=True)
        yield f"local_share.{definition}", share, (produced + more) / consumed.where(consumed > 0)
        whole = g["territory_share"].sel(definition=definition, drop=True)
        total = consumed.sum("epci")
        yield f"territory_share.{definition}", whole, produced.sum("epci") / total.where(total > 0)


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    share = g["local_share"]
    hourly, soil = (share.sel(definition=d, drop=True) for d in ("hourly", "soil"))
    yield "local_share.hourly", hourly, soil.fillna(0.0).clip(min=0)
    mean = g["final_consumption"].sum("sector") / HOURS * MW
    yield "peak_load", mean, g["peak_load"]
    for low, value, high in (
        ("estimate_low", "estimate", "estimate_high"),
        ("consumption_low", "consumption", "consumption_high"),
        ("potential_low", "stated_potential", "potential_high"),
        ("production_low", "recorded_production", "production_high"),
    ):
        if value in g.outcome:
            yield low, g[low], g[value]
            yield high, g[value], g[high]
    given = g.tables["potentials"].set_index(["epci", "technology"])
    level = g.scenario["production"]["level"]
    most = given[level].unstack().reindex(g.labels("epci"), columns=g.labels("technology"))
    reach = max(1.0, float(g.scenario["production"]["density"]))
    limit = g.array(most.to_numpy(float) * reach, "epci", "technology").fillna(np.inf)
    kind = g.tables["technologies"].set_index("technology")["kind"].reindex(g.labels("technology"))
    limit = limit.where(g.array((kind == "renewable").to_numpy(), "technology"), np.inf)
    stood = g["activity"].where(g["activity"]["year"] <= g.decided).max("year")
    yield "potentials", g["activity"], limit.where(limit > stood, stood) + 0.0 * g["activity"]


def served(g: Given, key: str) -> Table:
    """1 where a technology serves a service, or a sector."""
    service = g.tables["technologies"].set_index("technology")["service"]
    if key == "sector":
        service = service.map(g.tables["services"].set_index("service")["sector"])
    return _indicator(g, "technology", key, service)


def _indicator(g: Given, dim: str, other: str, of: object) -> Table:
    cells = of.reindex(g.labels(dim)).to_numpy()  # type: ignore[attr-defined]
    hit = cells[:, None] == np.array(g.labels(other), dtype=object)
    return g.array(hit.astype(float), dim, other)


def _outlook(g: Given) -> Table:
    """Demand for a service relative to the base year; rows of one EPCI before those of all."""
    chosen, years = g.scenario["demand"]["outlook"], np.array(g.labels("year"), float)
    frame = g.tables["outlook"]
    frame = frame[frame["outlook"] == chosen]
    base = float(g.scenario["horizon"]["base_year"])
    found = np.ones((len(g.labels("epci")), len(g.labels("service")), len(years)))
    for (service, epci), rows in sorted(frame.groupby(["service", "epci"]), key=lambda x: x[0][1]):
        known = rows.sort_values("year")
        at = np.interp(years, [base, *known["year"]], [1.0, *known["index"]])
        if known["year"].isna().any():
            at = np.where(years > base, known["index"].to_numpy()[0], 1.0)
        places = g.labels("epci") if not epci else [epci]
        for place in set(places) & set(g.labels("epci")):
            found[g.labels("epci").index(place), g.labels("service").index(service)] = at
    return g.array(found, "epci", "service", "year")
