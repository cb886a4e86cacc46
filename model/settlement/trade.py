"""Trade: from the prices of the common plan to what a contract between two partners would say.

    worth at departure   u_l = −Σ_{rows of the origin} A[r,l] · y[r] / DF
    worth on arrival     w_l =  Σ_{rows of the destination} A[r,l] · y[r] / DF   losses taken off
    price                p_l = ( u_l + w_l − θ_l ) / 2                           per unit sent
    congestion rent      R_l = ( w_l − θ_l − u_l ) · f_l   ≥ 0, and 0 where the link is not full

    f  what is sent; θ toll, paid by the receiver; y duals of the plan; DF discount factor [yr]

An agreed price stands in the place of p, for the volume of the agreement. At any price between u
and w − θ neither partner would rather do without the exchange; midway, they share the rent. Prices
of a year weigh the steps by what is sent in them. A certificate of origin has a price as energy
has, and so has a loan of staff: what an engineer is worth to both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.cooperation.joint import Joint
from model.data.assemble import Data
from model.data.cells import positions
from model.data.partners import MEANS
from model.outcome.values import PLAN, Table, summed

SENT = (
    "exchange.flow",
    "exchange.shipment",
    "certificates.certificate",
    "engineering.loan",
    "renewables.ceded",
)
"""Variables with a column for each link and year."""

EUR_PER_MWH = 1e3
"""1 MEUR/GWh."""

NEGLIGIBLE = 1e-6
"""What is sent so little has no price [GWh/yr]."""


@dataclass(frozen=True)
class Trade:
    """Each (link, year): what is sent, its value at the contract price, and the rent [MEUR/yr]."""

    volume: Table
    value: Table
    rent: Table

    @classmethod
    def of(cls, joint: Joint) -> Trade:
        """What the plan of everyone trades."""
        arrays = joint.plan.values.given
        given, received = _worths(joint)
        sent = joint.plan.solution.x
        yearly = _yearly(joint, np.column_stack([sent, given * sent, received * sent]))
        volume, departure, arrival = (yearly.isel({PLAN: i}) for i in range(3))
        departure, arrival = departure / arrays["discount"], arrival / arrays["discount"]
        net = arrival - arrays["link_toll"] * volume
        agreed = arrays["agreed_price"]
        signed = joint.plan.values.variable("agreements.volume") * (agreed > 0)
        rest = 1 - signed / volume.where(volume > 0, 1.0)
        value = agreed * signed + rest * (departure + net) / 2
        return cls(volume, value, net - departure)

    def contracts(self, data: Data) -> xr.Dataset:
        """Price and volume by pair of partners and carrier, and the rent by pair."""
        energy = [link.carrier not in MEANS for link in data.links]
        kept = [link for link in data.links if link.carrier not in MEANS]
        pairs = [f"{link.origin}>{link.destination}" for link in kept]
        carriers = [link.carrier for link in kept]
        rows, columns = list(dict.fromkeys(pairs)), list(dict.fromkeys(carriers))
        at = positions(rows, pairs), positions(columns, carriers)

        def by_pair(table: Table) -> Table:
            result = np.zeros((len(rows), len(columns), table.sizes["year"]))
            np.add.at(result, at, table.data[energy])
            return xr.Variable(("link", "carrier", "year"), result)

        volume, value, rent = map(by_pair, (self.volume, self.value, self.rent))
        found = {
            "settlement_price": EUR_PER_MWH * value / volume.where(volume > NEGLIGIBLE),
            "settlement_volume": volume,
            "congestion_rent": summed(rent, "carrier"),
        }
        return xr.Dataset(found, {"link": rows, "carrier": columns, "year": data.frame.years})

    def lent(self, data: Data, means: str) -> Table:
        """Worth of the staff or land that each member gives less what it gets (epci, year)."""
        members, links = data.frame.members, data.links
        balance = np.zeros((len(members), len(data.frame.years)))
        loans = [link.carrier == means for link in links]
        for end, sign in (("origin", 1.0), ("destination", -1.0)):
            place = positions(members, [getattr(link, end) for link in links])
            np.add.at(balance, place[loans], sign * self.value.data[loans])
        return xr.Variable(("epci", "year"), balance)


def _worths(joint: Joint) -> tuple[np.ndarray, np.ndarray]:
    """What a unit sent is worth to its origin and to its destination, discounted, by column."""
    program, dual, share = joint.plan.program, joint.plan.solution.row_dual, joint.owned.share
    width = program.matrix.shape[1]
    place = {siren: i for i, siren in enumerate(joint.game.epci)}
    ends = {x.label: (place[x.origin], place[x.destination]) for x in joint.plan.data.links}
    origin, destination = np.full((2, width), -1)
    for span in map(program.variables.__getitem__, SENT):
        if span.index.size:
            pairs = np.array([ends[link] for link in span.index.labels[0].values])
            origin[span.slice], destination[span.slice] = pairs[span.index.code(0)].T
    entries = program.matrix.tocoo()
    sent = origin[entries.col] >= 0
    row, column = entries.row[sent], entries.col[sent]
    worth = entries.data[sent] * dual[row]
    here, there = share[row, origin[column]] > 0, share[row, destination[column]] > 0
    given = np.bincount(column, -worth * (here & ~there), width)
    received = np.bincount(column, worth * (there & ~here), width)
    return given, received


def _yearly(joint: Joint, by_column: np.ndarray) -> Table:
    """Values (column, plan) → (link, year, plan), summed over steps; 0 where there is no column."""
    values = joint.plan.values.at(by_column)
    tables = [values.variable(name) for name in SENT]
    yearly = [summed(table, "step") if "step" in table.dims else table for table in tables]
    return sum(yearly[1:], start=yearly[0])
