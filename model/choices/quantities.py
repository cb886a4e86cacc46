"""Quantities: the figures of a year that a planner asks about, in the plan at hand.

Of everyone: production, consumption, savings, purchases, exchange, emissions, land, what shared
companies build, and production by family. Of each partner: production, savings, what it receives
and its capacity by family. Net exchange is what goes from the partners that send more than they
receive, in the plan, to the others, less what comes back: what is sent to and fro does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import xarray as xr

from model.choices.linear import Linear, Weights, found, linear
from model.data.assemble import Data
from model.data.partners import CERTIFICATE, MEANS
from model.errors import AuditError
from model.fields import QUANTITY
from model.outcome.solve import Plan
from model.words.catalogue import say

CLOSE = 1e-6
"""Largest difference of a figure of the program to that of the outcome, relative to 1 or to it."""
KINDS = ("renewable", "recovered", "storage")
"""Of technologies that stand by themselves where no family holds them."""

VARIABLE = {
    "production": "local_production",
    "consumption": "final_consumption",
    "saving": "consumption_reduction",
    "purchase": "purchase",
    "exchange": "exchange",
    "received": "exchange",
    "emissions": "emissions",
    "land": "land",
    "company": "investment",
    "capacity": "capacity",
}
"""The variable of the outcome that tells a quantity."""


@dataclass(frozen=True)
class Family:
    """Technologies that people choose as one."""

    id: str
    name: str
    name_fr: str
    technologies: tuple[str, ...]


@dataclass(frozen=True)
class Quantity:
    """A figure: which, of whom ('': of everyone), of which family ('': of all), and its weights."""

    name: str
    epci: str
    family: str
    weights: Weights

    @property
    def id(self) -> str:
        """Such as `capacity:200010700:wind`."""
        return ":".join(filter(None, (self.name, self.epci, self.family)))

    @property
    def unit(self) -> str:
        """Its unit."""
        return QUANTITY[self.name].unit


def families(data: Data) -> list[Family]:
    """The families of the inputs, then what none of them holds."""
    kinds, rows = data.frame.technologies, data.frame.tables["families"]
    known: list[Family] = []
    for row in rows.to_dict("records"):
        held = tuple(k for k in str(row["technologies"]).split() if k in kinds.index)
        if held:
            known.append(Family(row["family"], row["label_en"], row["label_fr"], held))
    inside = {k for family in known for k in family.technologies}
    alone = kinds[kinds["kind"].isin(KINDS) & ~kinds.index.isin(list(inside))]
    for k, name, name_fr in zip(alone.index, alone["label_en"], alone["label_fr"], strict=True):
        known.append(Family(str(k), name, name_fr, (str(k),)))
    return known


@dataclass(frozen=True)
class Quantities:
    """The quantities of a plan in a year."""

    plan: Plan
    outcome: xr.Dataset
    year: int

    @cached_property
    def families(self) -> list[Family]:
        """Families of technologies, in order."""
        return families(self.plan.data)

    @cached_property
    def every(self) -> list[Quantity]:
        """All of them, in the order in which they are told, but those that no plan moves."""
        return [q for q in self._all() if self.linear(q).columns.size]

    def linear(self, quantity: Quantity) -> Linear:
        """A quantity on the columns of the program of the plan."""
        variable = VARIABLE[quantity.name]
        return linear(self.plan.program, self.plan.data, variable, quantity.weights)

    def values(self, quantities: Sequence[Quantity]) -> list[float]:
        """In the plan, as the outcome tells them and the program counts them.

        Raises
        ------
        AuditError
            If the two differ.
        """
        told = [found(self.outcome, VARIABLE[q.name], q.weights) for q in quantities]
        x = self.plan.solution.x
        for quantity, value in zip(quantities, told, strict=True):
            counted = self.linear(quantity).at(x)
            if abs(counted - value) > CLOSE * max(1.0, abs(value)):
                raise AuditError(
                    say(
                        "{quantity} is {value} in the outcome and {counted} in the program",
                        quantity=quantity.id,
                        value=value,
                        counted=counted,
                    )
                )
        return told

    def _all(self) -> Iterator[Quantity]:
        data = self.plan.data
        at: dict[str, Mapping[Any, float]] = {"year": {self.year: 1.0}}
        members = data.frame.members
        for name in ("production", "consumption", "saving", "purchase"):
            yield Quantity(name, "", "", at)
        senders = self._senders()
        between = {
            link.label: 1.0 if link.origin in senders else -1.0
            for link in data.links
            if _energy(link.carrier) and (link.origin in senders) != (link.destination in senders)
        }
        yield Quantity("exchange", "", "", {**at, "link": between})
        yield Quantity("emissions", "", "", at)
        yield Quantity("land", "", "", at)
        years = {y: 1.0 for y in data.frame.vintages if y <= self.year}
        companies = dict.fromkeys(data.sets["VEHICLE"], 1.0)
        yield Quantity("company", "", "", {"year": years, "actor": companies})
        for family in self.families:
            yield Quantity("production", "", family.id, {**at, "technology": _ones(family)})
        for epci in members:
            own = {**at, "epci": {epci: 1.0}}
            yield Quantity("production", epci, "", own)
            yield Quantity("saving", epci, "", own)
            yield Quantity("received", epci, "", {**at, "link": self._received(epci)})
        for epci in members:
            for family in self.families:
                if self._open(epci, family):
                    own = {**at, "epci": {epci: 1.0}, "technology": _ones(family)}
                    yield Quantity("capacity", epci, family.id, own)

    def _received(self, epci: str) -> Mapping[str, float]:
        return {
            link.label: float(link.destination == epci) - float(link.origin == epci)
            for link in self.plan.data.links
            if _energy(link.carrier) and epci in (link.origin, link.destination)
        }

    def _senders(self) -> set[str]:
        """Who sends more than it receives in the plan."""
        at = {"year": {self.year: 1.0}}
        net = {
            epci: found(self.outcome, "exchange", {**at, "link": self._received(epci)})
            for epci in self.plan.data.frame.members
        }
        return {epci for epci, value in net.items() if value < 0}

    def _open(self, epci: str, family: Family) -> bool:
        """Whether any of a family may stand there."""
        given = self.plan.data.arrays
        held = list(family.technologies)
        room = given["potential"].sel(epci=epci, technology=held).to_numpy()
        stood = given["existing"].sel(epci=epci, technology=held).to_numpy()
        limit = given["invest_limit"].sel(epci=epci, technology=held).to_numpy()
        built = limit.max(axis=tuple(range(1, limit.ndim)))
        return bool(np.any((room > 0) & (built > 0)) or np.any(stood > 0))


def _energy(carrier: str) -> bool:
    return carrier != CERTIFICATE and carrier not in MEANS


def _ones(family: Family) -> Mapping[str, float]:
    return dict.fromkeys(family.technologies, 1.0)
