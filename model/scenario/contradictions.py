"""What cannot be true together in a scenario whose values are each right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from model.scenario.schema import Agreement, Horizon, Scenario, Target

Contradiction = tuple[tuple[str | int, ...], str, str]

_DEFINITIONS = {
    "production": ("soil", "contractual"),
    "local-share": ("soil", "contractual", "hourly"),
}


def contradictions(scenario: Scenario) -> Iterator[Contradiction]:
    """What cannot be true together, as (place, what, how to mend)."""
    yield from _of_horizon(scenario.horizon)
    for code in sorted(set(scenario.territory.exclude) & set(scenario.territory.members)):
        yield ("territory", "exclude"), f"{code!r} is a member too", "Keep it in one list."
    for number, (one, other) in enumerate(scenario.cooperation.contracts):
        if one == other:
            yield ("cooperation", "contracts", number), f"{one!r} is paired with itself", ""
    yield from _of_agreements(scenario.cooperation.agreements)
    for name, target in scenario.targets.items():
        yield from _of_target(name, target, scenario.horizon)


def _of_horizon(horizon: Horizon) -> Iterator[Contradiction]:
    years, base, place = horizon.years, horizon.base_year, ("horizon", "years")
    if any(later <= earlier for earlier, later in pairwise(years)):
        yield place, "years must rise", f"Write {sorted(set(years))}."
    elif years[0] < base:
        yield place, f"the first year, {years[0]}, comes before base_year, {base}", ""
    elif years[-1] == base:
        yield place, "no year comes after base_year", "Add one."
    steps = 24 / horizon.hours_per_step
    if abs(steps - round(steps)) > 1e-9:
        yield ("horizon", "hours_per_step"), "does not divide 24", "Write 1, 2, 3, 4, 6 or 8."


def _of_agreements(agreements: Mapping[str, Agreement]) -> Iterator[Contradiction]:
    for name, signed in agreements.items():
        place = ("cooperation", "agreements", name)
        if signed.sender == signed.receiver:
            yield (*place, "receiver"), f"{signed.sender!r} cannot send to itself", ""
        if signed.ceiling is not None and signed.ceiling < signed.floor:
            what = f"the ceiling, {signed.ceiling:g}, is below the floor, {signed.floor:g}"
            yield (*place, "ceiling"), what, ""


def _of_target(name: str, target: Target, horizon: Horizon) -> Iterator[Contradiction]:
    if target.definition not in _DEFINITIONS.get(target.quantity, ("soil",)):
        mend = "Leave `definition` out, or aim at local-share."
        what = f"{target.definition!r} has no meaning for {target.quantity!r}"
        yield ("targets", name, "definition"), what, mend
    for year, value in target.at.items():
        place = ("targets", name, "at", year)
        if year not in horizon.years or year <= horizon.base_year:
            mend = f"Add it there, or write `{year}: null` to drop the aim."
            yield place, f"{year} is not one of horizon.years after base_year", mend
        if target.quantity == "local-share" and value > 1:
            yield place, f"a share is at most 1, not {value:g}", f"Write {value / 100:g}."
