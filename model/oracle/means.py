"""Means: staff that projects need, is there, is hired and lent; money that may be spent.

there     own + hired − absent share of the recruited + borrowed − lent ≥ what projects need, equal
          where one more would be worth something
need      Σ stages staff · (prospects, studies, works) / years + Σ operation · what was built
hired     more than before is recruited; wages and search are the cost of staff
lent      no more than the form allows; who borrows values staff as much as who lends, where more
          could be lent
budget    works of an EPCI and its equity ≤ its budget;  signed equity keeps to its shares
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from model.oracle.energy import Compared
from model.oracle.given import Given, Table, compared, dot
from model.oracle.money import EUR, incumbent, overnight, serving

HA = 100.0
"""Hectares in a km2."""
NEAR = 1e-6


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    own, productivity = endowed(g, "staff"), g.form["productivity"]
    pooled = abs(g["own_staff"] - own * productivity) < abs(g["own_staff"] - own)
    yield "own_staff", g["own_staff"], (own * productivity).where(pooled, own)
    yield from _signed(g)
    if g.detail is None:
        return
    wage, search = g.constant("staff_wage") * EUR, g.constant("hire_cost") * EUR
    paid = wage * g["hired_staff"] + search * g.by_step("recruited") / g.periods
    yield "cost.staff", g["cost"].sel(item="staff").sum("actor"), paid
    if not g.optimal:
        return
    need, there = _need(g), _there(g)
    dear = g["staff_price"] > NEAR
    yield "staff_need", there.where(dear, 0.0), need.where(dear, 0.0)


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    yield from _lent(g)
    spent = _works(g) + g["equity"].sum("actor")
    budget = endowed(g, "budget").fillna(np.inf)
    limited = g.scenario["budget"]["limit"]
    yield "budget", spent, budget.where(limited, np.inf) + 0.0 * spent
    if g.detail is None:
        return
    yield "staff_need.most", _need(g), _there(g)
    recruited = g.by_step("recruited")
    more = g["hired_staff"] - g["hired_staff"].shift(year=1, fill_value=0.0)
    yield "recruited", more, recruited
    found = g.constant("hire_base") + g.constant("hire_share") * endowed(g, "staff")
    most = (found * g.periods).where(g.scenario["budget"]["hiring_limit"], np.inf)
    yield "recruited.most", recruited, most


def endowed(g: Given, column: str) -> Table:
    """What an EPCI has: its own row, else what is estimated for its type (epci)."""
    rule = g.tables["endowment_estimate"].set_index("type")
    place = g.tables["epci"].set_index("epci").loc[g.labels("epci")]
    rows = rule.reindex(place["type"]).set_index(place.index)
    heads = place["population"]
    area = place["area"]
    guess = {
        "land": rows["land_share"] * area * HA,
        "staff": rows["staff"] + rows["staff_per_head"] * heads,
        "budget": rows["budget_per_head"] * heads * EUR,
    }[column]
    own = g.tables["endowments"].set_index("epci")[column].reindex(place.index)
    found = own.where(own.notna(), guess)
    return g.array((found.fillna(0.0) if column == "staff" else found).to_numpy(float), "epci")


def _need(g: Given) -> Table:
    """Staff that projects need (epci, year) [FTE]."""
    public = g.column("actors", "actor", "public_staff")
    found, later, works = _stage(g, "emergence"), _stage(g, "development"), g["investment"]
    stays = dot(works.rename(year="built"), serving(g), dim="built")
    begun = found * g.by_step("prospect")
    done = later * g.by_step("developed") + _stage(g, "construction") * works
    run = dot(_stage(g, "operation") * stays, public, dim=["technology", "actor"])
    study = dot(done, public, dim=["technology", "actor"])
    return (begun.sum("technology") + study) / g.periods + run


def _stage(g: Given, stage: str) -> Table:
    """Staff of a stage (technology) [FTE.yr/MW]."""
    rows = g.tables["project_stages"]
    staff = rows[rows["stage"] == stage].set_index("technology")["staff"]
    return g.array(staff.reindex(g.labels("technology")).fillna(0.0).to_numpy(), "technology")


def _there(g: Given) -> Table:
    """Staff at work for an EPCI (epci, year) [FTE]."""
    absent = np.minimum(g.constant("hire_delay") / g.periods, 1.0)
    hired = g["hired_staff"] - absent * g.by_step("recruited")
    loan = g["staff_loan"]
    return (
        g["own_staff"]
        + hired
        + g.moved(loan, "staff", "destination")
        - g.moved(loan, "staff", "origin")
    )


def _lent(g: Given) -> Iterator[Compared]:
    """Loans within what may be lent, and prices of staff at their ends."""
    loan, price = g["staff_loan"], g["staff_price"]
    lent = g.moved(loan, "staff", "origin")
    part = g.form["lending"] * g.scenario["cooperation"]["realised"]
    most = part * endowed(g, "staff") + 0.0 * lent
    yield "staff_loan", lent, most
    ends = [dot(g.of_links(end, "epci"), price, dim="epci") for end in ("origin", "destination")]
    free = dot(g.of_links("origin", "epci"), most - lent, dim="epci") > NEAR
    signed = [t["carrier"] for t in g.scenario["cooperation"]["agreements"].values()]
    open_ = g.scenario["budget"]["operating_rule"] == "off"
    if g.optimal and open_ and "staff" not in signed:
        lender, borrower = ends
        yield compared("staff_price.lender", loan > NEAR, lender, borrower)
        yield compared("staff_price.borrower", (loan > NEAR) & free, borrower, lender)


def _works(g: Given) -> Table:
    """What an EPCI spends on plants of its own each year of a period (epci, year) [MEUR/yr]."""
    renewal = g.column("technologies", "technology", "renewal")
    kinds = g.tables["actors"].set_index("actor")["kind"].reindex(g.labels("actor"))
    authority = g.array((kinds == "local-authority").to_numpy(float), "actor")
    built = g["investment"] + renewal * incumbent(g) * g["renewed"]
    return dot(built, overnight(g), authority, dim=["technology", "actor"]) / g.periods


def _signed(g: Given) -> Iterator[Compared]:
    """Equity of a company whose shares are signed keeps to them."""
    years = np.array(g.labels("year"))
    for vehicle, signed in g.scenario["cooperation"]["equity"].items():
        paid = g["equity"].sel(actor=vehicle, drop=True)
        fund = paid.sum("epci") + g["outside_equity"].sel(actor=vehicle, drop=True)
        since = sorted(map(int, signed))
        parts = np.zeros((len(g.labels("epci")), len(years)))
        for first, last in zip(since, [*since[1:], np.inf], strict=True):
            share = pd.Series(signed[str(first)]).reindex(g.labels("epci")).fillna(0.0)
            parts[:, (years >= first) & (years < last)] = share.to_numpy()[:, None]
        yield f"equity.{vehicle}", paid, g.array(parts, "epci", "year") * fund
