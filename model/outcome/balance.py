"""Balance: the flows and the stocks of each EPCI and of all of them, from a result.

    made      Σ_k max(ρ[k,c,y], 0) · a[n,k,y]
    turned    Σ_k max(−ρ[k,c,y], 0) · a[n,k,y]     k a plant: what devices take is `used`
    closing   made + bought + received
              − used − turned − sent − sold − lost − lost_in_stores − let_go

    a  activity     GWh/yr   epci, technology, year
    ρ  flow_ratio   MWh/MWh  technology, carrier, year

The result tells each term by itself, what is let go too (the sum over the steps of what the balance
of the model leaves), so that `closing` is a proof and no remainder. Certificates of origin are no
energy: they are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import xarray as xr

from model.data.cells import Floats, positions
from model.data.partners import LOAN
from model.fields import BALANCE
from model.fields.balance import ENTERS, LEAVES, TERRITORY
from model.outcome.labels import labelled

Table = xr.Variable
ALL, ALL_FR = "Whole territory", "Ensemble du territoire"


class Link(NamedTuple):
    """Who sends what to whom."""

    origin: str
    destination: str
    carrier: str


def parsed(label: object) -> Link:
    """The link of a label, such as `200023414>200084952:electricity`."""
    way, _, carrier = str(label).rpartition(":")
    origin, _, destination = way.partition(">")
    return Link(origin, destination, carrier)


def balance_of(outcome: xr.Dataset) -> xr.Dataset:
    """The balance of every EPCI and of the whole territory, at every milestone.

    Parameters
    ----------
    outcome : Dataset
        What `solve` gives and `outcome.nc` holds.

    Returns
    -------
    Dataset
        The variables of `model.fields.BALANCE` [GWh/yr, MW, ha, FTE] by `place`: an EPCI, or
        `territory`. `exchanged`, by link, says who sends to whom.

    Raises
    ------
    KeyError
        If the result is of an older version, and lacks what closes the balance.
    """
    carriers = outcome["carrier"].to_numpy().tolist()
    links = [parsed(label) for label in outcome["link"].to_numpy()]
    carried = [place for place, link in enumerate(links) if link.carrier in carriers]
    kept = [links[place] for place in carried]
    flows = _flows(outcome) | _between(outcome, kept, carried)
    enters, leaves = (_summed(flows, names) for names in (ENTERS, LEAVES))
    own = {
        **{name: _all(table) for name, table in flows.items()},
        "closing": _all(enters - leaves),
        "exchanged": xr.Variable(("link", "year"), _by_link(outcome, "exchange")[carried]),
        "capacity": _all(_own(outcome, "capacity", "epci", "technology", "year")),
        "land": _all(_own(outcome, "land", "epci", "technology", "year")),
        "staff": _all(_staff(outcome, links)),
    }
    for name in ("received", "sent"):
        own[name][-1] = 0.0
    return labelled(own, _labels(outcome, kept, carried), BALANCE)


def _flows(outcome: xr.Dataset) -> dict[str, Table]:
    """What an EPCI makes, buys, uses, turns, sells, loses in stores and lets go."""
    device = outcome["technology_kind"].variable == "device"
    activity = _own(outcome, "activity", "epci", "technology", "year")
    moved = activity * outcome["flow_ratio"].variable
    moved = moved.transpose("epci", "technology", "carrier", "year")
    plain = {
        "bought": "purchase",
        "lost_in_stores": "storage_loss",
        "sold": "sale",
        "let_go": "surplus",
    }
    return {
        "made": moved.clip(min=0),
        "turned": (-moved).clip(min=0).where(~device, 0.0),
        "used": _own(outcome, "final_consumption", "epci", "sector", "carrier", "year"),
        **{to: _own(outcome, name, "epci", "carrier", "year") for to, name in plain.items()},
    }


def _between(outcome: xr.Dataset, kept: Sequence[Link], carried: Sequence[int]) -> dict[str, Table]:
    """What partners send an EPCI, what is lost of it on the way, and what it sends them."""
    sent, lost = (_by_link(outcome, name)[carried] for name in ("exchange", "exchange_loss"))
    carriers = outcome["carrier"].to_numpy().tolist()
    place = {
        end: positions(outcome["epci"].to_numpy().tolist(), [getattr(link, end) for link in kept])
        for end in ("origin", "destination")
    }
    carrier = positions(carriers, [link.carrier for link in kept])
    shape = [outcome.sizes[dim] for dim in ("epci", "carrier", "year")]

    def at(end: str, amounts: Floats) -> Table:
        found = np.zeros(shape)
        np.add.at(found, (place[end], carrier), amounts)
        return xr.Variable(("epci", "carrier", "year"), found)

    return {
        "received": at("destination", sent),
        "lost": at("destination", lost),
        "sent": at("origin", sent),
    }


def _staff(outcome: xr.Dataset, links: Sequence[Link]) -> Table:
    """Own staff, who was hired, and who is borrowed less who is lent (epci, year) [FTE]."""
    own, hired = (_own(outcome, name, "epci", "year") for name in ("own_staff", "hired_staff"))
    found = (own + hired).to_numpy()
    loans = [place for place, link in enumerate(links) if link.carrier == LOAN]
    lent = _by_link(outcome, "staff_loan")[loans]
    members = outcome["epci"].to_numpy().tolist()
    for end, sign in (("destination", 1.0), ("origin", -1.0)):
        places = positions(members, [getattr(links[place], end) for place in loans])
        np.add.at(found, places, sign * lent)
    return xr.Variable(("epci", "year"), found)


def _own(outcome: xr.Dataset, name: str, *dims: str) -> Table:
    """A variable over some dimensions, in this order, summed over the others."""
    variable = outcome[name].variable
    table: Table = variable.sum([dim for dim in variable.dims if dim not in dims])
    return table.transpose(*dims)


def _by_link(outcome: xr.Dataset, name: str) -> Floats:
    found: Floats = _own(outcome, name, "link", "year").to_numpy()
    return found


def _summed(flows: Mapping[str, Table], names: Sequence[str]) -> Table:
    """The sum of some flows, whatever is behind them (epci, carrier, year)."""
    kept = ("epci", "carrier", "year")
    first, *others = (
        flows[name].sum([dim for dim in flows[name].dims if dim not in kept]) for name in names
    )
    whole: Table = sum(others, start=first)
    return whole


def _all(table: Table) -> Table:
    """A table by EPCI, and their sum, by place."""
    amounts = table.transpose("epci", ...).to_numpy()
    both = np.concatenate([amounts, amounts.sum(axis=0, keepdims=True)])
    return xr.Variable(["place", *(dim for dim in table.dims if dim != "epci")], both)


def _labels(
    outcome: xr.Dataset, kept: Sequence[Link], carried: Sequence[int]
) -> Mapping[str, xr.Variable]:
    """The labels of the dimensions, with the names beside them."""
    names, every = (outcome[name].to_numpy().tolist() for name in ("epci_name", "link"))
    texts = {
        "place": ("place", [*outcome["epci"].to_numpy().tolist(), TERRITORY]),
        "place_name": ("place", [*names, ALL]),
        "place_name_fr": ("place", [*names, ALL_FR]),
        "link": ("link", [every[place] for place in carried]),
        **{
            f"link_{end}": ("link", [getattr(link, end) for link in kept])
            for end in ("origin", "destination", "carrier")
        },
    }
    told = ["sector", "carrier", "year", "technology"]
    told += ["technology_name", "technology_name_fr", "technology_kind"]
    return {name: outcome[name].variable for name in told} | {
        name: xr.Variable(dim, np.array(values, dtype=str)) for name, (dim, values) in texts.items()
    }
