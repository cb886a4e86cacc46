"""Answers: what each scenario answers, and by how much cooperation pays."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.outcome.plain import Result
from model.scenario.twins import twin
from model.views.facts.tables import NAN, Outcomes, at, discounted

ON_THE_WAY = (2030, 2040)
"""Years of the answer before the last one, where any scenario holds them."""


@dataclass(frozen=True)
class Answer:
    """What one scenario answers, for the territory and for the EPCI that the page follows.

    `cost` and `missed` are discounted over the whole path [MEUR]: what is spent, and the value of
    what is missing to the targets; `gain` is by how much their sum is less than in the scenario
    without cooperation that is otherwise the same. Production in GWh/yr, emissions in kt/yr;
    `production` and `share` count what stands on the soil of the EPCI, in the years of the answer;
    `credited` and `credited_share` count certificates too, in the last of them.
    """

    scenario: str
    form: str
    members: tuple[str, ...]
    cost: float
    missed: float
    gain: float
    production: tuple[float, ...]
    credited: float
    share: tuple[float, ...]
    credited_share: float
    emissions: float


def years(outcomes: Outcomes) -> tuple[int, ...]:
    """Years of the answer; one that a scenario does not hold is shown as absent."""
    held = {year for outcome in outcomes.values() for year in outcome.years}
    return (*(year for year in ON_THE_WAY if year in held - {max(held)}), max(held))


def answers(outcomes: Outcomes, epci: str) -> list[Answer]:
    """The answer of each scenario, in order."""
    of = years(outcomes)
    total = {name: sum(discounted(outcome)) for name, outcome in outcomes.items()}
    found = []
    for name, outcome in outcomes.items():
        alone = reference(name, outcomes)
        gain = total[alone] - total[name] if alone else NAN
        found.append(_answer(name, outcome, epci, gain, of))
    return found


def _answer(name: str, outcome: Result, epci: str, gain: float, of: tuple[int, ...]) -> Answer:
    made = at(outcome, "local_production", epci)
    granted = at(outcome, "certificate_balance", epci)
    soil = at(outcome, "local_share", epci, definition="soil")
    contract = at(outcome, "local_share", epci, definition="contractual")
    cost, missed = discounted(outcome)
    return Answer(
        scenario=name,
        form=form(outcome),
        members=tuple(outcome.labels("epci")),
        cost=cost,
        missed=missed,
        gain=gain,
        production=tuple(made.get(year, NAN) for year in of),
        credited=made.get(of[-1], NAN) + granted.get(of[-1], NAN),
        share=tuple(soil.get(year, NAN) for year in of),
        credited_share=contract.get(of[-1], NAN),
        emissions=float(outcome.sum("emissions", "year")[-1]),
    )


def ordered(outcomes: Outcomes) -> dict[str, Result]:
    """The scenarios, those with the same members together; first those whose gain is known.

    Each follows the scenario that its gain is counted from, by rising gain.
    """
    found = {answer.scenario: answer for answer in answers(outcomes, "")}
    members = list(dict.fromkeys(answer.members for answer in found.values()))
    bases = {reference(name, outcomes) for name in outcomes}

    def rank(name: str) -> tuple[int, bool, float]:
        answer = found[name]
        gain = -math.inf if name in bases else answer.gain
        return members.index(answer.members), math.isnan(gain), 0.0 if math.isnan(gain) else gain

    return {name: outcomes[name] for name in sorted(outcomes, key=rank)}


def form(outcome: Result) -> str:
    """The form of cooperation."""
    return str(outcome.resolved["cooperation"]["form"])


def reference(name: str, outcomes: Outcomes) -> str:
    """The scenario without cooperation that is otherwise the same as this one; '' if none."""
    return twin(name, {other: outcome.resolved for other, outcome in outcomes.items()})


def best(found: list[Answer]) -> Answer | None:
    """The answer of the largest gain; None if no gain is known."""
    known = [answer for answer in found if not math.isnan(answer.gain)]
    return max(known, key=lambda answer: answer.gain, default=None)
