"""Agreements: what two partners have signed about one link — years, volumes, price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.data.cells import Floats, misplaced
from model.data.frame import Arrays, Frame
from model.data.partners import EUR_PER_MWH, LOAN, Link
from model.scenario.schema import Agreement
from model.words.catalogue import say


@dataclass(frozen=True)
class Terms:
    """Of each (link, year): whether it may be used, and whether an agreement governs it."""

    open: Floats
    governed: Floats
    arrays: Arrays


def terms(frame: Frame, links: list[Link]) -> Terms:
    """The terms of every link; one that no agreement governs is open and free.

    Raises
    ------
    InputError
        If an agreement has no link, no year, or another one beside it.
    """
    shape = (len(links), len(frame.years))
    governed, floor, price = (np.zeros(shape) for _ in range(3))
    limit = np.full(shape, np.inf)
    place = {link.label: i for i, link in enumerate(links)}
    for name, signed in _in_force(frame):
        row, years = _link(frame, name, signed, place), _years(frame, name, signed)
        if (governed[row] * years).any():
            raise _wrong(
                frame, name, say("another agreement governs the same link in the same years")
            )
        governed[row] += years
        floor[row] += years * signed.floor
        price[row] += years * (signed.price or 0.0) * EUR_PER_MWH
        if signed.ceiling is not None:
            limit[row, years > 0] = signed.ceiling
    opened = np.where(governed.any(axis=1, keepdims=True), governed, 1.0)
    arrays: Arrays = {"agreed_floor": floor, "agreed_limit": limit, "agreed_price": price}
    return Terms(opened, governed, arrays)


def _in_force(frame: Frame) -> list[tuple[str, Agreement]]:
    """Agreements between members, under a form of cooperation that has exchanges."""
    if frame.form.exchange == "none":
        return []
    given = frame.scenario.cooperation.agreements.items()
    key = "cooperation.agreements"
    frame.check_epci(key, [code for _, a in given for code in (a.sender, a.receiver)])
    return [(name, a) for name, a in given if {a.sender, a.receiver} <= set(frame.members)]


def _link(frame: Frame, name: str, signed: Agreement, place: dict[str, int]) -> int:
    label = f"{signed.sender}>{signed.receiver}:{signed.carrier}"
    if label not in place or signed.carrier == LOAN:
        carriers = sorted({link.rpartition(":")[2] for link in place} - {LOAN})
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


def _years(frame: Frame, name: str, signed: Agreement) -> Floats:
    """1 in the milestones that an agreement covers."""
    years = np.array(frame.years)
    start = signed.signed + signed.lead_time
    end = np.inf if signed.term is None else start + signed.term
    covered = (years >= start) & (years < end) & np.isin(years, frame.vintages)
    if not covered.any():
        raise _wrong(
            frame,
            name,
            say("no milestone lies between {start:g} and {end:g}", start=start, end=end),
        )
    return covered.astype(float)


def _wrong(frame: Frame, name: str, what: str) -> Exception:
    return misplaced(frame.scenario, f"cooperation.agreements.{name}", what)
