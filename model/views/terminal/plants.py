"""Plants: the answer of `run.py plants` — alone, together, who saves what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import isfinite

from model.cooperation.plants import Shared, share
from model.cooperation.plants.case import Case
from model.cooperation.plants.sharing import saving_with_rebate
from model.cooperation.plants.treatment import Use
from model.views.terminal.gains import Lines, rule_name
from model.words.catalogue import Words
from model.words.names import named
from model.words.numbers import Lang, Numbers


def tables(case: Case, shared: Shared, lang: Lang) -> Iterator[tuple[str, Lines]]:
    """A title and lines, the first their heading: alone, together, who saves what."""
    words = Words(lang)
    yield words("Each alone"), _alone(case, shared, lang)
    yield words("Together"), _together(case, shared, lang)
    yield words("Who saves what"), _gains(case, shared, lang)


def _alone(case: Case, shared: Shared, lang: Lang) -> Lines:
    words, numbers = Words(lang), Numbers(lang)
    head = [words("partner"), words("treated"), words("waste [kt/yr]"), words("works [M€]")]
    lines = [[*head, words("cost [M€/yr]"), words("cost [€/t]")]]
    for (partner, group), waste in zip(shared.alone.items(), case.problem.waste, strict=True):
        row = [case.names[partner], means(group.use, lang), numbers(float(waste), 1)]
        lines.append([*row, *_money(group.use, group.cost, float(waste), numbers)])
    return lines


def _together(case: Case, shared: Shared, lang: Lang) -> Lines:
    words, numbers = Words(lang), Numbers(lang)
    head = [words("partners"), words("treated"), words("waste [kt/yr]"), words("works [M€]")]
    lines = [[*head, words("cost [M€/yr]"), words("cost [€/t]")]]
    waste = dict(zip(case.problem.partners, case.problem.waste, strict=True))
    for group in shared.together:
        brought = float(sum(waste[member] for member in group.members))
        who = ", ".join(case.names[member] for member in group.members)
        how = means(group.use, lang)
        if len(group.members) > 1:
            how = words("at {host}: {how}", host=case.names[group.host], how=how)
        row = [who, how, numbers(brought, 1)]
        lines.append([*row, *_money(group.use, group.cost, brought, numbers)])
    return lines


def _money(use: Use, cost: float, waste: float, numbers: Numbers) -> list[str]:
    by_tonne = 1e3 * cost / waste if waste else float("nan")
    return [numbers(use.investment, 1), numbers(cost, 2), numbers(by_tonne, 0)]


def means(use: Use, lang: Lang) -> str:
    """How tonnes are treated, in words."""
    words, numbers = Words(lang), Numbers(lang)
    parts = [f"{place} {numbers.quantity(tonnes, 'kt', 1)}" for place, tonnes in use.standing]
    if use.size:
        parts.append(words("new plant of {size}", size=numbers.quantity(use.size, "kt", 1)))
    if use.outside:
        parts.append(words("outside {tonnes}", tonnes=numbers.quantity(use.outside, "kt", 1)))
    return ", ".join(parts) or words("nothing")


def _gains(case: Case, shared: Shared, lang: Lang) -> Lines:
    words, numbers = Words(lang), Numbers(lang)
    unit = numbers.unit("MEUR/yr")
    rules = [f"{rule_name(rule, lang)} [{unit}]" for rule in shared.gains]
    lines = [[words("partner"), words("alone [M€/yr]"), *rules]]
    for partner, group in shared.alone.items():
        gains = (float(gain[partner]) for gain in shared.gains.values())
        saved = [numbers(gain, 2) for gain in gains]
        lines.append([case.names[partner], numbers(group.cost, 2), *saved])
    total = [numbers(float(gain.sum()), 2) for gain in shared.gains.values()]
    return [*lines, [words("all"), numbers(float(shared.game.alone.sum()), 2), *total]]


def told(case: Case, shared: Shared, lang: Lang) -> list[str]:
    """What to tell beside the tables: the duplicate, energy, stability, rebate, how sure."""
    words, numbers = Words(lang), Numbers(lang)
    alone, together = (
        numbers(case.energy * sum(use.in_plants for use in uses), 0)
        for uses in (
            [group.use for group in shared.alone.values()],
            [group.use for group in shared.together],
        )
    )
    energy = words(
        "Energy recovered on the territory: {alone} GWh/yr alone, {together} together.",
        alone=alone,
        together=together,
    )
    sure = ", ".join(named(words, "status", status) for status in case.statuses)
    return [
        *_duplicate(case, shared, lang),
        energy,
        *_stability(case, shared, lang),
        _rebate(case, lang),
        words("The tables behind are: {statuses}.", statuses=sure),
    ]


def _built(shared: Shared, lang: Lang) -> str:
    """New plants alone and together, and what all save."""
    words, numbers = Words(lang), Numbers(lang)
    apart = float(shared.game.alone.sum())
    counts, works = [], []
    for groups in (list(shared.alone.values()), shared.together):
        counts.append(numbers(sum(group.use.size > 0 for group in groups), 0))
        works.append(numbers.quantity(sum(g.use.investment for g in groups), "MEUR", 1))
    return words(
        "new plants: {alone} alone ({works}), {together} together ({less}); saved: {saving} M€/yr "
        "({share})",
        alone=counts[0],
        works=works[0],
        together=counts[1],
        less=works[1],
        saving=numbers(shared.saving, 2),
        share=numbers.percent(shared.saving / apart if apart > 0 else float("nan"), 1),
    )


def _duplicate(case: Case, shared: Shared, lang: Lang) -> Iterator[str]:
    """The works that are not done twice; also if each had to treat its waste at home."""
    words, numbers = Words(lang), Numbers(lang)
    fee, closed = case.problem.gate_fee, words("If nothing could be treated outside")
    cases = [(closed, shared)]
    if isfinite(fee):
        cases = [(words("With treatment outside at {fee} €/t", fee=numbers(fee, 0)), shared)]
        if all(case.problem.builds):
            cases.append((closed, share(replace(case.problem, gate_fee=float("inf")))))
    for when, found in cases:
        yield words("{when}: {built}.", when=when, built=_built(found, lang))
        if found.avoided > 0:
            works = numbers.quantity(found.avoided, "MEUR", 1)
            yield words("Duplicate avoided: {works} of works.", works=works)


def _stability(case: Case, shared: Shared, lang: Lang) -> Iterable[str]:
    words, numbers = Words(lang), Numbers(lang)
    if not any(stable for _, _, stable in shared.tempted.values()) and shared.epsilon > 0:
        yield words(
            "No sharing is stable: some partners would pay {excess} M€/yr too much at least.",
            excess=numbers(shared.epsilon, 2),
        )
    for rule, (coalition, excess, stable) in shared.tempted.items():
        name = rule_name(rule, lang)
        if stable:
            yield words("{rule}: stable, no partners would do better by themselves.", rule=name)
        else:
            members = (case.names[p] for p in case.problem.partners if p in coalition)
            yield words(
                "{rule}: not stable, {who} would pay {excess} M€/yr less by themselves.",
                rule=name,
                who=", ".join(members),
                excess=numbers(excess, 2),
            )


def _rebate(case: Case, lang: Lang) -> str:
    """How much more a lower tariff would save."""
    words, numbers = Words(lang), Numbers(lang)
    low, high = case.rebates
    return words(
        "If a joint contract lowers the tariff of shared plants by {low} to {high}, all save "
        "{least} to {most} M€/yr.",
        low=numbers.percent(low),
        high=numbers.percent(high),
        least=numbers(saving_with_rebate(case.problem, low), 2),
        most=numbers(saving_with_rebate(case.problem, high), 2),
    )
