"""Owed: the sheet on who gains, from the costs of coalitions and the result it belongs to.

coalitions  everyone together costs the objective; the costs of one alone, by year, are its cost
borne       the costs of the result, where they fall
gain        cost alone − share; by inhabitant, by cost alone; shares sum to the cost of all
transfer    (share − Σ DF · borne) as an annuity of the years of cooperation: sums to 0
payment     the same in terms: due = saved − gain / Σ gain · Σ saved, as an annuity of each term
stability   max_S share(S) − cost(S), and who would leave
perimeter   what a coalition saves, the next partner's part of it
trade       midway between what a unit is worth at its origin and on arrival, toll taken off; what
            lies between the two is the rent; staff at what it is worth to who borrows
companies   worth of the capacity less upkeep and annuities, by shares of the equity paid so far;
            votes: the share of the orders of arrival in which one tips the decision
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np
import xarray as xr

from model.oracle.clock import clock_of
from model.oracle.energy import MW, Compared
from model.oracle.given import Given, Table, compared, dot
from model.oracle.market import NEAR, plain, sent
from model.oracle.means import endowed
from model.oracle.money import EUR, EUR_PER_KW, EUR_PER_MWH, VEHICLES, since

ROUNDING = 1e-7
"""Sums of money closer than this, relative to the largest cost, are the same."""
TERMS = {"mandate": "mandate_length", "ppa": "agreement_length"}
QUOTAS = (1 / 2 + ROUNDING, 2 / 3 - ROUNDING)
"""Part of the votes of an ordinary and of an extraordinary decision; half of them is not enough."""
MOST_ORDERS = 7
"""Shareholders of whom every order of arrival is gone through."""


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    if g.sheet is None:
        return
    yield from _coalitions(g)
    yield from _gains(g)
    yield from _payments(g)
    yield from _stability(g)
    if "perimeter_gain" in g.sheet:
        yield from _perimeter(g)
    if not own_players(g):
        return
    cost = g["cost"].sum(["actor", "item"])
    yield "borne_cost", g.told("borne_cost"), cost
    yield "voting_power", *_votes(g)
    yield from _trade(g)
    if g.detail is not None and plain(g) and _land_is_free(g):
        yield from _dividends(g)


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    if g.sheet is None or "price_range" not in g.sheet:
        return
    low, high = (g.told("price_range").sel(bound=bound, drop=True) for bound in ("low", "high"))
    for rule in ("marginal-price", "fair-price"):
        share = g.told("allocation").sel(rule=rule, drop=True)
        yield f"{rule}.least", low, share
        yield f"{rule}.most", share, high


def own_players(g: Given) -> bool:
    """Whether each player is one EPCI."""
    assert g.sheet is not None
    return set(g.sheet["epci"].values) == set(g.labels("epci"))


def alone(g: Given) -> Table:
    """Cost of each player alone (epci) [MEUR]."""
    member, cost = g.told("member"), g.told("coalition_cost")
    single = member.sum("epci") == 1
    return dot(cost.where(single, 0.0), member, dim="coalition")


def total(g: Given) -> Table:
    """Cost of all together [MEUR]."""
    return g.told("coalition_cost").where(g.told("member").all("epci"), 0.0).sum("coalition")


def rounding(g: Given) -> float:
    """What is no money, in this game [MEUR]."""
    costs = abs(g.told("coalition_cost"))
    return ROUNDING * float(costs.where(np.isfinite(costs), 0.0).max())


def _coalitions(g: Given) -> Iterator[Compared]:
    yield "coalition_cost.all", total(g), xr.DataArray(float(g.outcome.attrs["objective"]))
    member = g.told("member")
    named = [
        [str(n) in str(s).split("+") for n in member["epci"].values]
        for s in member["coalition"].values
    ]
    yield "member", member, member.copy(data=np.array(named, float))
    sums = dot(g.told("alone_cost"), g["discount"], dim="year")
    yield "alone_cost", sums, alone(g).where(np.isfinite(alone(g)))
    share = g.told("allocation").sum("epci", skipna=False)
    yield "allocation", share, total(g).where(share.notnull())


def _gains(g: Given) -> Iterator[Compared]:
    gain, people = alone(g) - g.told("allocation"), g.outcome["population"].reset_coords(drop=True)
    yield "gain", g.told("gain"), gain
    yield "gain_per_inhabitant", g.told("gain_per_inhabitant"), gain / EUR / _people(g)
    finite = gain.where(np.isfinite(gain))
    yield "relative_gain", g.told("relative_gain"), finite / abs(alone(g))
    if own_players(g):
        yield "population.sheet", _people(g), people
    yield "gini", g.told("gini"), _gini(g, gain)


def _people(g: Given) -> Table:
    assert g.sheet is not None
    return g.sheet["population"].reset_coords(drop=True)


def _gini(g: Given, gain: Table) -> Table:
    """Mean difference of the gains of two people, over twice the mean; blank if someone loses."""
    people = _people(g)
    each, part = gain / people, people / people.sum()
    other, with_part = each.rename(epci="other"), part.rename(epci="other")
    apart = (abs(each - other) * part * with_part).sum(["epci", "other"])
    mean = (each * part).sum("epci")
    sound = (
        (abs(each) < np.inf).all("epci") & (each.min("epci") >= -ROUNDING * abs(mean)) & (mean > 0)
    )
    return (apart / (2 * mean)).where(sound)


def _payments(g: Given) -> Iterator[Compared]:
    """What is paid in each year, over the horizon and by terms."""
    years, discount = np.array(g.labels("year")), g["discount"]
    opened = g.array((years > g.decided).astype(float), "year")
    saved = g.told("alone_cost") - g.told("borne_cost")
    borne = dot(g.told("borne_cost"), discount, dim="year")
    owed = g.told("allocation") - borne
    horizon = owed * opened / dot(opened, discount, dim="year")
    yield "transfer", g.told("transfer"), horizon
    yield "net_gain", g.told("net_gain"), saved - horizon
    part = g.told("gain") / g.told("gain").sum("epci", skipna=False)
    due = (saved - part * saved.sum("epci", skipna=False)) * discount
    first = years[years > g.decided].min()
    for name in g.told("payment")["schedule"].values:
        paid = horizon
        if name in TERMS:
            number = (years - first) // g.constant(TERMS[name])
            terms = g.array(np.where(years > g.decided, number, -1), "year")
            inside = (terms == terms.rename(year="of")) & (opened > 0)
            paid = dot(due, inside.astype(float), dim="year")
            paid = (paid / dot(discount, inside.astype(float), dim="year")).rename(of="year")
            paid = paid.where(opened > 0, 0.0).where(part.notnull())
        yield f"payment.{name}", g.told("payment").sel(schedule=name, drop=True), paid


def excess(g: Given) -> Table:
    """What a coalition pays more than on its own (rule, coalition), everyone aside [MEUR]."""
    member = g.told("member")
    paid = dot(g.told("allocation"), member, dim="epci")
    blank = g.told("allocation").isnull().any("epci")
    return (paid - g.told("coalition_cost")).where(~member.all("epci") & ~blank)


def _stability(g: Given) -> Iterator[Compared]:
    assert g.sheet is not None
    found = excess(g)
    worst = found.max("coalition")
    worst = worst.where((abs(worst) > rounding(g)) | worst.isnull(), 0.0)
    yield "stability", g.told("stability"), worst
    of = [dict(zip(map(str, found["coalition"].values), row, strict=True)) for row in found.values]
    tempted = [
        row.get(str(name), np.nan) for row, name in zip(of, g.sheet["tempted"].values, strict=True)
    ]
    his = worst.copy(data=np.array(tempted))
    yield "tempted", his.where(abs(his - worst) > 2 * rounding(g), worst), worst


def _perimeter(g: Given) -> Iterator[Compared]:
    """What coalitions save, and the next partner's part."""
    assert g.sheet is not None
    member, single = g.told("member"), alone(g)
    saves = dot(member, single, dim="epci") - g.told("coalition_cost")
    yield "perimeter_gain", g.told("perimeter_gain"), saves
    of = {
        frozenset(str(s).split("+")): float(saves.sel(coalition=s))
        for s in saves["coalition"].values
    }
    players = [str(n) for n in member["epci"].values]
    best, named = [], []
    chosen = g.sheet["next_partner"].values
    for label, partner in zip(saves["coalition"].values, chosen, strict=True):
        base = frozenset(str(label).split("+"))
        adds = {n: of[base | {n}] - of[base] for n in players if n not in base and base | {n} in of}
        best.append(max(adds.values(), default=np.nan))
        named.append(adds.get(str(partner), np.nan))
    told = g.told("next_partner_gain")
    yield "next_partner_gain", told, told.copy(data=np.array(best))
    yield "next_partner", told.copy(data=np.array(named)), told


def _votes(g: Given) -> tuple[Table, Table]:
    """Share of the orders of arrival in which a shareholder tips a vote."""
    assert g.sheet is not None
    if "voting_power" not in g.sheet or float(g["outside_equity"].sum()) > 0:
        return xr.DataArray(0.0), xr.DataArray(0.0)
    told, paid = g.told("voting_power"), g["equity"].sum(["actor", "year"])
    parts = (paid / paid.sum()).sel(epci=told["epci"]).values
    if np.count_nonzero(parts) > MOST_ORDERS:
        return told, told
    must = np.zeros((len(QUOTAS), len(parts)))
    for order in permutations(np.flatnonzero(parts)):
        sums = parts[list(order)].cumsum()
        for row, quota in enumerate(QUOTAS):
            must[row, order[int(np.argmax(sums >= quota))]] += 1
    return told, told.copy(data=must / must.sum(axis=1, keepdims=True))


"""+"""


def _trade(g: Given) -> Iterator[Compared]:
    """Volumes, prices and rents of what is sent; staff."""
    volume = _at_links(g, "settlement_volume")
    yield "settlement_volume", volume, g["exchange"].where(volume.notnull())
    if not plain(g) or g.scenario["cooperation"]["agreements"]:
        return
    price, rents = _at_links(g, "settlement_price"), 0.0 * g["exchange"]
    for name, flow, _, arrives, leaves in sent(g):
        hours = clock_of(g).hours / MW if "step" in flow.dims else xr.DataArray(1.0)
        steps = [dim for dim in flow.dims if dim == "step"]
        volume, before, after = (
            one.sum(steps)
            for one in xr.align(flow * hours, flow * hours * leaves, flow * hours * arrives)
        )
        some = volume.where(leaves.notnull().all(steps)) > NEAR
        yield compared(f"settlement_price.{name}", some, price, (before + after) / 2 / volume)
        rent = ((after - before) * EUR_PER_MWH).where(some, 0.0)
        rents = rents + rent.reindex_like(rents).fillna(0.0)
    lent = g["staff_loan"] * dot(g.of_links("destination", "epci"), g["staff_price"], dim="epci")
    balance = g.moved(lent, "staff", "origin") - g.moved(lent, "staff", "destination")
    yield "in_kind", g.told("in_kind").sel(resource="staff", drop=True), balance
    yield "in_kind.sum", g.told("in_kind").sum("epci"), 0.0 * g.told("in_kind").sum("epci")
    if g.detail is not None:
        yield "congestion_rent", g.told("congestion_rent").sum("link"), rents.sum("link")


def _at_links(g: Given, name: str) -> Table:
    """What the sheet says of pairs and carriers, at each link (link, year)."""
    told, links = g.told(name).rename(link="pair"), g.links
    pairs = links["origin"] + ">" + links["destination"]
    known = pairs.isin(told["pair"].values) & links["carrier"].isin(told["carrier"].values)
    at = links[known].index.to_numpy()
    found = told.sel(
        pair=xr.DataArray(pairs[known].to_numpy(), {"link": at}, "link"),
        carrier=xr.DataArray(links["carrier"][known].to_numpy(), {"link": at}, "link"),
    )
    return found.reset_coords(drop=True)


def _land_is_free(g: Given) -> bool:
    """Whether no EPCI takes all the land it may, so that none has a price."""
    used = (since(g).sum("actor") * g.column("technologies", "technology", "land")).sum(
        "technology"
    )
    given, taken = (g.moved(g["land_ceded"], "land", end) for end in ("origin", "destination"))
    asked = any(t["quantity"] == "land" for t in g.scenario["targets"].values())
    most = endowed(g, "land").fillna(np.inf) * (1 - NEAR)
    return not asked and bool((used + given - taken <= most).all())


def _dividends(g: Given) -> Iterator[Compared]:
    """What companies earn, by shares of the equity paid so far."""
    kinds = g.tables["actors"].set_index("actor")["kind"].reindex(g.labels("actor"))
    company = g.array(kinds.isin(VEHICLES).to_numpy(float), "actor")
    upkeep = g.by_year("technology_costs", "fixed_cost", "technology")
    margin = (g.by_step("capacity_worth") - upkeep) * EUR_PER_KW
    earned = dot(margin, g["capacity"], company, dim=["epci", "technology"])
    profit = earned - g["cost"].sel(item="investment", drop=True).sum("epci") * company
    years = g.periods.where(np.isfinite(g.periods), 0.0)
    ours = (g["equity"] * years).cumsum("year")
    whole = ours.sum("epci") + (g["outside_equity"] * years).cumsum("year")
    part = (ours / whole.where(whole > 0)).fillna(0.0)
    yield "dividend", g.told("dividend"), dot(part, profit, dim="actor")
    out = (1 - part.sum("epci")).where(whole > 0).fillna(0.0)
    yield "outside_dividend", g.told("outside_dividend"), dot(out, profit, dim="actor")
