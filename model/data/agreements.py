"""Agreements: what two partners have signed about one link — years, volumes, price, staff."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.data import orders
from model.data.cells import Floats, misplaced
from model.data.frame import Arrays, Frame
from model.data.money import milestone_years
from model.data.partners import EUR_PER_MWH, LOAN, MEANS, Link
from model.scenario.schema import Agreement
from model.words.catalogue import say

BEYOND = 1e-6
"""Toll of what is sent beside an agreement [MEUR/GWh]: it only says that the agreement is used
first, where both are as good; a tenth of it would be lost in the tolerance of the solver."""


@dataclass(frozen=True)
class Terms:
    """The part of each (link, year) that an agreement governs, and what it says."""

    governed: Floats
    arrays: Arrays


def terms(frame: Frame, links: list[Link]) -> Terms:
    """The terms of every link; one that no agreement governs is free.

    Raises
    ------
    InputError
        If an agreement has no link, no year, or another one beside it.
    """
    shape = (len(links), len(frame.years))
    governed, floor, price, ceiling, ordered = (np.zeros(shape) for _ in range(5))
    bounded = np.zeros(shape, dtype=bool)
    relief = np.zeros((len(links), len(frame.technologies), len(frame.vintages)))
    realised = frame.scenario.cooperation.realised
    place = {link.label: i for i, link in enumerate(links)}
    for name, signed in _in_force(frame):
        row, share = _link(frame, name, signed, place), _share(frame, name, signed)
        if (governed[row] * share).any():
            raise _wrong(
                frame, name, say("another agreement governs the same link in the same years")
            )
        governed[row] += share
        if signed.cost_of_capital is not None:
            ordered[row] += share
            relief[row] += orders.relief(frame, signed.cost_of_capital) * (share[frame.later] > 0)
        floor[row] += share * signed.floor * realised
        price[row] += (share > 0) * (signed.price or 0.0) * EUR_PER_MWH
        if signed.ceiling is not None:
            bounded[row] |= share > 0
            ceiling[row] += share * signed.ceiling * realised
    arrays: Arrays = {
        "agreed_floor": floor,
        "agreed_limit": np.where(bounded, ceiling, np.inf),
        "agreed_price": price,
        "beyond_toll": BEYOND,
        "order_share": ordered,
        "order_relief": relief,
    }
    return Terms(governed, arrays)


def loans(frame: Frame, links: list[Link], opened: Floats, lending: Floats) -> Arrays:
    """Which links lend staff (link, vintage): 0 or unlimited, and the most that is signed [FTE].

    Where a loan is signed, in its years and no more than it says; else what the form opens, as
    `opened` says. A member lends no more than `lending` (epci).

    Raises
    ------
    InputError
        If a loan has no link, no year, a volume that must be taken or a price.
    """
    realised = frame.scenario.cooperation.realised
    own = dict(zip(frame.members, lending.tolist(), strict=True))
    place = {link.label: i for i, link in enumerate(links)}
    lent, signed_for = np.zeros_like(opened), np.zeros(len(links), dtype=bool)
    for name, signed in _in_force(frame, LOAN):
        if signed.floor or signed.price is not None or signed.cost_of_capital is not None:
            what = say("a loan of staff has a term and a ceiling, and nothing else")
            raise _wrong(frame, name, what)
        row, share = _link(frame, name, signed, place), _lent(frame, name, signed)
        size = own[signed.sender] if signed.ceiling is None else signed.ceiling * realised
        lent[row] += share * size
        signed_for[row] = True
    most = np.where(signed_for[:, None], np.minimum(lent, opened), opened)
    return {
        "loan_limit": np.where(most > 0, opened, 0.0),
        "loan_ceiling": np.where(most > 0, most, np.inf),
    }


def _in_force(frame: Frame, carrier: str = "") -> list[tuple[str, Agreement]]:
    """Agreements between members that the form of cooperation opens: on staff, or on the rest."""
    way = frame.form.working if carrier == LOAN else frame.form.exchange
    if way == "none":
        return []
    every = frame.scenario.cooperation.agreements.items()
    given = [(name, a) for name, a in every if (a.carrier == LOAN) == (carrier == LOAN)]
    key = "cooperation.agreements"
    frame.check_epci(key, [code for _, a in given for code in (a.sender, a.receiver)])
    return [(name, a) for name, a in given if {a.sender, a.receiver} <= set(frame.members)]


def _link(frame: Frame, name: str, signed: Agreement, place: dict[str, int]) -> int:
    label = f"{signed.sender}>{signed.receiver}:{signed.carrier}"
    if label not in place or signed.carrier in MEANS - {LOAN}:
        carriers = sorted({link.rpartition(":")[2] for link in place} - (MEANS - {LOAN}))
        what = say(
            "{sender} can send no {carrier} to {receiver}",
            sender=signed.sender,
            carrier=signed.carrier,
            receiver=signed.receiver,
        )
        mend = say(
            "pair them in cooperation.contracts; carriers that are sent: {known}",
            known=", ".join(carriers),
        )
        raise misplaced(frame.scenario, f"cooperation.agreements.{name}", what, mend)
    return place[label]


def _share(frame: Frame, name: str, signed: Agreement) -> Floats:
    """Part of the years of each milestone, that can be decided, that an agreement covers."""
    first = np.array(frame.years, dtype=float)
    last = first + milestone_years(frame.years, frame.horizon.last_period)
    return _covered(frame, name, signed, first, last) * frame.later


def _lent(frame: Frame, name: str, signed: Agreement) -> Floats:
    """Part of the period that ends at each vintage, when the work is done, that a loan covers."""
    last = np.array(frame.vintages, dtype=float)
    return _covered(frame, name, signed, last - np.array(frame.periods, dtype=float), last)


def _covered(frame: Frame, name: str, signed: Agreement, first: Floats, last: Floats) -> Floats:
    """Part of each span that an agreement covers; none of it where nothing can be decided."""
    start = signed.signed + signed.lead_time
    end = np.inf if signed.term is None else start + signed.term
    share = np.clip((np.minimum(end, last) - np.maximum(start, first)) / (last - first), 0.0, 1.0)
    if not share[-len(frame.vintages) :].any():
        what = say("no milestone lies between {start:g} and {end:g}", start=start, end=end)
        known = ", ".join(map(str, frame.vintages))
        mend = say("those that the plan decides: {known}; add one to horizon.years", known=known)
        raise misplaced(frame.scenario, f"cooperation.agreements.{name}", what, mend)
    return np.asarray(share, dtype=float)


def _wrong(frame: Frame, name: str, what: str) -> Exception:
    return misplaced(frame.scenario, f"cooperation.agreements.{name}", what)
