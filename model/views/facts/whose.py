"""Whose: the EPCI that a page follows, and the results that are about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model.outcome.plain import Result
from model.views.facts.tables import Outcomes, goals


def focus(outcomes: Outcomes) -> str:
    """The EPCI that results are about: named alone by a target of production, or the largest."""
    for outcome in outcomes.values():
        for target in goals(outcome).values():
            if target["quantity"] == "production" and len(target["of"]) == 1:
                return str(target["of"][0])
    people: dict[str, float] = {}
    for outcome in outcomes.values():
        people |= outcome.coordinate("population")
    return max(people, key=lambda epci: people[epci])


def of(outcomes: Outcomes, epci: str) -> dict[str, Result]:
    """The results of which an EPCI is a member."""
    return {name: o for name, o in outcomes.items() if epci in o.labels("epci")}


def shared_out(outcomes: Outcomes, asked: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each EPCI with the scenarios of its page: those that name it, or else are about it.

    `asked` is the EPCI that a scenario names; of the others, those with one member in common that
    stands out (`focus`) are together.
    """
    found: dict[str, list[str]] = {}
    for name, epci in asked.items():
        found.setdefault(epci, []).append(name)
    rest = {name: outcome for name, outcome in outcomes.items() if name not in asked}
    while rest:
        epci = focus(rest)
        own = of(rest, epci)
        found.setdefault(epci, []).extend(own)
        rest = {name: outcome for name, outcome in rest.items() if name not in own}
    yield from found.items()
