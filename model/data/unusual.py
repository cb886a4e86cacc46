"""Unusual: what a scenario asks of its partners that cannot be, and what is seldom meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from model.data.cells import misplaced
from model.data.frame import Frame
from model.errors import Fault
from model.fields.ranges import EMITTED, PER_INHABITANT, Range, meant_by
from model.scenario import idle, unusual_keys
from model.tables.ranges import MWH, unusual
from model.tables.read import Tables
from model.words.catalogue import say

Asked = tuple[str, float, str, float, Range]
"""A key of the scenario, its value and unit, that for each inhabitant, and its range."""

OF = {"production": PER_INHABITANT, "consumption": PER_INHABITANT, "emissions": EMITTED}
"""Targets that are bounded by who lives there; kt over thousands of inhabitants are t."""


def told_unusual(frame: Frame) -> list[Fault]:
    """Everything unusual: tables, keys, targets and agreements, each once."""
    found = [*_of_tables(frame.tables, tuple(frame.members)), *unusual_keys(frame.scenario)]
    found += idle(frame.scenario)
    for key, value, unit, each, range_ in asked(frame):
        if each > range_.high:
            found += misplaced(frame.scenario, key, *_told(value, unit, each, range_)).faults
    return list(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _of_tables(tables: Tables, members: tuple[str, ...]) -> tuple[Fault, ...]:
    """What is unusual in some tables: the same for all scenarios of the same members."""
    return tuple(unusual(tables, members))


def check_asked(frame: Frame) -> None:
    """Raise InputError if a target or an agreement asks for more than any place has."""
    for key, value, unit, each, range_ in asked(frame):
        if each > range_.most:
            raise misplaced(frame.scenario, key, *_told(value, unit, each, range_))


def asked(frame: Frame) -> Iterator[Asked]:
    """What targets and agreements ask of those who live there."""
    inhabitants = frame.epci["population"]
    for name, target in frame.scenario.targets.items():
        if target.quantity in OF:
            scopes = [[m] for m in frame.members] if target.of == "each" else [frame.members]
            scopes = [list(target.of)] if not isinstance(target.of, str) else scopes
            people = max(float(inhabitants.reindex(scope).sum()) for scope in scopes)
            unit = "kt/yr" if target.quantity == "emissions" else "GWh/yr"
            for year, value in target.at.items():
                yield from _each(f"targets.{name}.at.{year}", value, unit, people, target.quantity)
    for name, terms in frame.scenario.cooperation.agreements.items():
        if terms.carrier != "staff" and terms.sender in inhabitants.index:
            key = f"cooperation.agreements.{name}.floor"
            people = float(inhabitants[terms.sender])
            yield from _each(key, terms.floor, "GWh/yr", people, "production")


def _each(key: str, value: float, unit: str, people: float, quantity: str) -> Iterator[Asked]:
    if people > 0:
        yield key, value, unit, value * MWH / people, OF[quantity]


def _told(value: float, unit: str, each: float, range_: Range) -> tuple[str, str]:
    per = say("t for each inhabitant") if unit == "kt/yr" else say("MWh for each inhabitant")
    what = say("{value:g} {unit} is {dense:.4g} {per}", value=value, unit=unit, dense=each, per=per)
    steps: Sequence[float] = (value / MWH, value / MWH**2)
    better = next((v for v in steps if v / value * each <= range_.high), None)
    return what, meant_by(better)
