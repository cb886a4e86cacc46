"""Market: prices against what everyone could buy, sell or send.

market    price ≤ that of buying, ≥ that of selling, equal where some is bought or sold; 0 where
          some is let go
links     what is sent arrives worth its toll more than it was, at least; exactly that where the
          link is not full; certificates alike, at what targets pay for them

A promise that nobody is worse off than alone, or hour by hour, stands between prices and plans:
then these checks are left out; so are links of what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import xarray as xr

from model.oracle.clock import clock_of
from model.oracle.energy import HOURS, MW, Compared
from model.oracle.given import Given, Table, compared, dot, once
from model.oracle.promises import Scoped, scopes
from model.oracle.steps import hourly, left

NEAR = 1e-4
"""Power [MW] or energy [GWh/yr] that is none."""
KM = 1e-3


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    if not plain(g):
        return
    yield from _bought(g)
    for name, flow, room, arrives, leaves in sent(g):
        free = (flow > NEAR) & (flow < room - NEAR) & leaves.notnull()
        yield compared(name, free, arrives, leaves)


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    if not plain(g):
        return
    price, (buying, selling) = g["price"], _market(g)
    yield compared("price.most", decided(g) & np.isfinite(buying), price, buying)
    yield compared("price.least", decided(g) & np.isfinite(selling), selling, price)
    for name, flow, _, arrives, leaves in sent(g):
        yield compared(f"{name}.least", (flow > NEAR) & leaves.notnull(), leaves, arrives)


def plain(g: Given) -> bool:
    """Whether nothing stands between prices and who decides."""
    free = g.scenario["cooperation"]["participation"] == "free"
    return (
        g.optimal
        and free
        and all(t["definition"] != "hourly" for t in g.scenario["targets"].values())
    )


def decided(g: Given) -> Table:
    """True for years of the plan."""
    return g.array(np.array(g.labels("year")) > g.decided, "year")


def promised(g: Given, *quantities: str) -> Table:
    """What one unit less, or more, is worth to targets (epci, year) [EUR/unit]."""
    return _promised_of(g, [t for t in scopes(g) if t[1]["quantity"] in quantities])


def _promised_of(g: Given, targets: Sequence[Scoped]) -> Table:
    found = xr.zeros_like(g["own_staff"])
    for label, _, scope in targets:
        inside = g.array(np.isin(g.labels("epci"), scope).astype(float), "epci")
        found = found + inside * g["target_price"].sel(target=label, drop=True)
    return found


def unsworn(g: Given) -> Table:
    """True where an EPCI keeps some of what it makes (epci, year): one more unit frees none."""
    return g["local_production"].sum("technology") + g["certificate_balance"] > NEAR


@once
def _market(g: Given) -> tuple[Table, Table]:
    """Prices of buying and of selling, infinite where nobody may (carrier, year, step)."""
    kinds = g.tables["carriers"].set_index("carrier").reindex(g.labels("carrier"))
    times = g.scenario["economy"]["purchase_price"]
    dear = g.array([times.get(c, 1.0) for c in g.labels("carrier")], "carrier")
    clock = clock_of(g)
    shape = g.array([clock.shape(p).values for p in kinds["price_profile"]], "carrier", "step")
    carbon = g.by_year("prices", "emission_factor", "carrier") * g.carbon
    rate = dear * shape
    buying = rate * g.by_year("prices", "purchase_price", "carrier") + carbon
    selling = rate * g.by_year("prices", "sale_price", "carrier") + carbon
    free = (kinds["purchase"] == "yes") & np.isinf(kinds["purchase_limit"])
    more = g.by_year("prices", "emission_factor", "carrier") * promised(g, "emissions")
    bought = (buying + more).where(g.array(free.to_numpy(), "carrier"), np.inf)
    return bought, selling.where(g.array((kinds["sale"] == "yes").to_numpy(), "carrier"), -np.inf)


def _bought(g: Given) -> Iterator[Compared]:
    """Where some is bought or sold, the price is that of doing so; where some is let go, 0."""
    buying, selling = _market(g)
    traded = {"bought": (g["purchase"], buying), "sold": (g["sale"], selling)}
    by_step = hourly(g)
    for name, (year, price) in traded.items():
        some = (year > NEAR) & ~by_step & decided(g)
        if g.detail is not None:
            some = some | (g.by_step(f"{name}_power") > NEAR) & by_step & decided(g)
        some = some & np.isfinite(price) & (g.form["purchase_rebate"] == 0)
        yield compared(f"price.{name}", some, g["price"], price)
    if g.detail is not None:
        idle = (left(g) > NEAR) & by_step
        yield "price.surplus", g["price"].where(idle, 0.0), 0.0 * g["price"]


def sent(g: Given) -> Iterator[tuple[str, Table, Table, Table, Table]]:
    """What links carry, what they hold, what it is worth on arrival, toll taken off, and before."""
    signed = {t["carrier"] for t in g.scenario["cooperation"]["agreements"].values()}
    carriers = g.tables["carriers"].set_index("carrier")
    kind = g.links["carrier"].map(carriers["balance"])
    kept = ~g.links["carrier"].isin(signed)
    part = g.scenario["cooperation"]["realised"]
    room = g.array(g.links["carrier"].map(carriers["link_capacity"]).to_numpy(float) * part, "link")
    arrives, leaves = _at_links(g, "destination"), _at_links(g, "origin")
    loss = g.array(g.links["carrier"].map(carriers["loss"]).fillna(0.0).to_numpy(float), "link")
    arrives = arrives * (1 - loss) - tolls(g)
    yearly = g.array(((kind == "yearly") & kept).to_numpy(), "link")
    first = (arrives.isel(step=0, drop=True), leaves.isel(step=0, drop=True).where(yearly))
    yield "links.yearly", g["exchange"], room * HOURS / MW, *first
    if g.detail is not None:
        by_step = g.array(((kind == "hourly") & kept).to_numpy(), "link")
        yield "links.hourly", g.by_step("sent_power"), room, arrives, leaves.where(by_step)
    if "certificate" not in signed:
        yield _certificates(g)


def _at_links(g: Given, end: str) -> Table:
    """Price of what a link carries where it ends (link, year, step) [EUR/MWh]."""
    at, of = g.of_links(end, "epci"), g.of_links("carrier", "carrier")
    return dot(at, of, g["price"], dim=["epci", "carrier"])


def _certificates(g: Given) -> tuple[str, Table, Table, Table, Table]:
    """The same of certificates, worth what targets pay; not known of who gives all it makes."""
    counted = [t for t in scopes(g) if t[1]["definition"] == "contractual"]
    worth = _promised_of(g, counted).where(unsworn(g))
    arrives, leaves = (
        dot(g.of_links(end, "epci"), worth.fillna(0.0), dim="epci").where(
            dot(g.of_links(end, "epci"), worth.isnull().astype(float), dim="epci") == 0
        )
        for end in ("destination", "origin")
    )
    such = g.array((g.links["carrier"] == "certificate").to_numpy(), "link")
    known = such & arrives.notnull()
    return (
        "links.certificates",
        g["exchange"],
        xr.full_like(leaves, np.inf),
        arrives - tolls(g),
        leaves.where(known),
    )


def tolls(g: Given) -> Table:
    """Paid on what a link carries (link) [EUR/MWh]."""
    carriers, links = g.tables["carriers"].set_index("carrier"), g.links
    place = g.tables["epci"].set_index("epci")[["x", "y"]].astype(float)
    apart = (
        place.reindex(links["origin"]).to_numpy() - place.reindex(links["destination"]).to_numpy()
    )
    far = np.hypot(apart[:, 0], apart[:, 1]) * KM
    own = g.scenario["cooperation"]["transaction_cost"]
    fixed = g.form["transaction_cost"] if own is None else own
    road = links["carrier"].map(carriers["toll_per_km"]).to_numpy(float)
    paid = links["carrier"].map(carriers["toll"]) + np.where(road > 0, road * far, 0.0) + fixed
    granted = g.form["certificate_cost"] + g.constant("certificate_price")
    return g.array(paid.where(links["carrier"] != "certificate", granted).to_numpy(float), "link")
