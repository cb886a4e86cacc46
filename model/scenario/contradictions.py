"""What cannot be true together in a scenario whose values are each right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from model.scenario.schema import Scenario, Target

Contradiction = tuple[tuple[str | int, ...], str, str]

_DEFINITIONS = {
    "production": ("soil", "contractual"),
    "local-share": ("soil", "contractual", "hourly"),
}


def contradictions(scenario: Scenario) -> Iterator[Contradiction]:
    """What cannot be true together, as (place, what, how to mend)."""
    horizon, years = scenario.horizon, scenario.horizon.years
    if any(later <= earlier for earlier, later in pairwise(years)):
        yield ("horizon", "years"), "years must rise", f"Write {sorted(set(years))}."
    elif years[0] < horizon.base_year:
        first = f"the first year, {years[0]}, comes before base_year, {horizon.base_year}"
        yield ("horizon", "years"), first, ""
    if 24 % horizon.hours_per_step:
        yield ("horizon", "hours_per_step"), "does not divide 24", "Write 1, 2, 3, 4, 6 or 8."
    for code in sorted(set(scenario.territory.exclude) & set(scenario.territory.members)):
        yield ("territory", "exclude"), f"{code!r} is a member too", "Keep it in one list."
    for number, (one, other) in enumerate(scenario.cooperation.contracts):
        if one == other:
            yield ("cooperation", "contracts", number), f"{one!r} is paired with itself", ""
    for name, target in scenario.targets.items():
        yield from _target_contradictions(name, target, years)


def _target_contradictions(
    name: str, target: Target, years: tuple[int, ...]
) -> Iterator[Contradiction]:
    if target.definition not in _DEFINITIONS.get(target.quantity, ("soil",)):
        mend = "Leave `definition` out, or aim at local-share."
        what = f"{target.definition!r} has no meaning for {target.quantity!r}"
        yield ("targets", name, "definition"), what, mend
    for year, value in target.at.items():
        place = ("targets", name, "at", year)
        if year not in years:
            mend = f"Add it there, or write `{year}: null` to drop the aim."
            yield place, f"{year} is not one of horizon.years", mend
        if target.quantity == "local-share" and value > 1:
            yield place, f"a share is at most 1, not {value:g}", f"Write {value / 100:g}."
