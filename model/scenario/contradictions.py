"""What cannot be true together in a scenario whose values are each right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from model.scenario.schema import Agreement, Cooperation, Horizon, Scenario, Target
from model.words.catalogue import say

Contradiction = tuple[tuple[str | int, ...], str, str]

WHOLE = 1e-6
"""How far shares may be from 1."""

_DEFINITIONS = {
    "production": ("soil", "contractual"),
    "local-share": ("soil", "contractual", "hourly"),
}


def contradictions(scenario: Scenario) -> Iterator[Contradiction]:
    """What cannot be true together, as (place, what, how to mend)."""
    yield from _of_horizon(scenario.horizon)
    for code in sorted(set(scenario.territory.exclude) & set(scenario.territory.members)):
        yield (
            ("territory", "exclude"),
            say("{code!r} is a member too", code=code),
            say("Keep it in one list."),
        )
    for number, (one, other) in enumerate(scenario.cooperation.contracts):
        if one == other:
            yield (
                ("cooperation", "contracts", number),
                say("{one!r} is paired with itself", one=one),
                "",
            )
    yield from _of_agreements(scenario.cooperation.agreements)
    yield from _of_equity(scenario.cooperation)
    for name, target in scenario.targets.items():
        yield from _of_target(name, target, scenario.horizon)


def _of_horizon(horizon: Horizon) -> Iterator[Contradiction]:
    years, base, place = horizon.years, horizon.base_year, ("horizon", "years")
    if any(later <= earlier for earlier, later in pairwise(years)):
        yield place, say("years must rise"), say("Write {years}.", years=sorted(set(years)))
    elif years[0] < base:
        yield (
            place,
            say("the first year, {year}, comes before base_year, {base}", year=years[0], base=base),
            "",
        )
    elif years[-1] == base:
        yield place, say("no year comes after base_year"), say("Add one.")
    elif not base <= horizon.decided < years[-1]:
        what = say(
            "{year} is not between base_year, {base}, and the last year, {last}",
            year=horizon.decided,
            base=base,
            last=years[-1],
        )
        yield ("horizon", "decided_from"), what, ""
    steps = 24 / horizon.hours_per_step
    if abs(steps - round(steps)) > 1e-9:
        yield (
            ("horizon", "hours_per_step"),
            say("does not divide 24"),
            say("Write 1, 2, 3, 4, 6 or 8."),
        )


def _of_agreements(agreements: Mapping[str, Agreement]) -> Iterator[Contradiction]:
    for name, signed in agreements.items():
        place = ("cooperation", "agreements", name)
        if signed.sender == signed.receiver:
            yield (
                (*place, "receiver"),
                say("{sender!r} cannot send to itself", sender=signed.sender),
                "",
            )
        if signed.ceiling is not None and signed.ceiling < signed.floor:
            what = say(
                "the ceiling, {ceiling:g}, is below the floor, {floor:g}",
                ceiling=signed.ceiling,
                floor=signed.floor,
            )
            yield (*place, "ceiling"), what, ""


def _of_equity(cooperation: Cooperation) -> Iterator[Contradiction]:
    for vehicle, signed in cooperation.equity.items():
        place = ("cooperation", "equity", vehicle)
        if vehicle in cooperation.vehicles:
            mend = say(
                "Its holders are its perimeter: write `{vehicle}: null` under vehicles.",
                vehicle=vehicle,
            )
            yield place, say("has a perimeter under vehicles too"), mend
        for year, shares in signed.items():
            total = sum(shares.values())
            if abs(total - 1) > WHOLE:
                what = say("the shares make {total:g}, not 1", total=round(total, 6))
                yield (*place, year), what, ""


def _of_target(name: str, target: Target, horizon: Horizon) -> Iterator[Contradiction]:
    if target.definition not in _DEFINITIONS.get(target.quantity, ("soil",)):
        mend = say("Leave `definition` out, or aim at local-share.")
        what = say(
            "{definition!r} has no meaning for {quantity!r}",
            definition=target.definition,
            quantity=target.quantity,
        )
        yield ("targets", name, "definition"), what, mend
    for key in ("technologies", "actor", "partners"):
        if getattr(target, key) and target.quantity != "built":
            what = say("has no meaning for {quantity!r}", quantity=target.quantity)
            yield ("targets", name, key), what, say("Leave it out, or aim at `built`.")
    for year, value in target.at.items():
        place = ("targets", name, "at", year)
        if year not in horizon.years or year <= horizon.decided:
            mend = say("Add it there, or write `{year}: null` to drop the aim.", year=year)
            what = say(
                "{year} is not one of horizon.years after {decided}, when the plan begins",
                year=year,
                decided=horizon.decided,
            )
            yield place, what, mend
        if target.quantity == "local-share" and value > 1:
            yield (
                place,
                say("a share is at most 1, not {value:g}", value=value),
                say("Write {value:g}.", value=value / 100),
            )
