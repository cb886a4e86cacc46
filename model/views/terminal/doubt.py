"""Doubt: the answer of `run.py ensemble` — between what each result lies, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from model.doubt.ensemble import FILE
from model.outcome.plain import Result
from model.views.facts import doubt
from model.views.sections.doubt_words import Teller
from model.views.terminal.grid import Grid
from model.words.catalogue import Words
from model.words.numbers import Lang, Numbers

MOST = 10
"""Groups that the table names."""


def teller(found: Result, lang: Lang) -> Teller:
    """Tells of an ensemble in a language."""
    names = found.coordinate("epci_name") if "epci_name" in found else {}
    return Teller(found, Words(lang), Numbers(lang), lambda siren: str(names.get(siren, siren)))


def tables(found: Result, lang: Lang) -> Iterator[tuple[str, Grid]]:
    """A title and a table: the results, the gain of each partner, what doubt hangs on."""
    told = teller(found, lang)
    yield told.words("Between what each result lies"), _results(told)
    if doubt.partners(found):
        yield told.words("What each partner gains, at marginal prices"), _partners(told)
    yield told.words("What the doubt hangs on"), _hangs(told)


def sentences(found: Result, lang: Lang) -> Iterator[str]:
    """The answer in words."""
    return teller(found, lang).sentences()


def _heads(words: Words) -> list[str]:
    tabled, middle = words("as the tables say"), words("middle")
    return [tabled, middle, words("in 4 of 5 cases"), words("in 19 of 20 cases")]


def _results(told: Teller) -> Grid:
    rows = []
    for headline in doubt.headlines(told.found):
        lies = doubt.interval(doubt.values(told.found, headline))
        rows.append([told.headline(headline), *_row(told, headline, lies)])
    return [told.words("result"), *_heads(told.words)], rows


def _row(told: Teller, headline: str, lies: doubt.Interval) -> list[str]:
    plain = [told.amount(headline, value) for value in (lies.central, lies.middle)]
    return [*plain, *(told.between(headline, ends) for ends in (lies.four, lies.nineteen))]


def _partners(told: Teller) -> Grid:
    rows = [
        [
            told.name(siren),
            *_row(told, doubt.GAIN, lies),
            told.count(lies.above, lies.draws),
        ]
        for siren, lies in doubt.partners(told.found).items()
    ]
    return [told.words("partner"), *_heads(told.words), told.words("gains in")], rows


def _hangs(told: Teller) -> Grid:
    """The groups that matter most: shares of the doubt, alone and with what they do together."""
    shown = doubt.doubtful(told.found)
    ranked = doubt.matter(told.found, shown, MOST)
    columns: list[Mapping[str, float]] = []
    heads = []
    for headline in shown:
        columns += [doubt.hangs(told.found, headline, total) for total in (False, True)]
        heads += [told.headline(headline), told.words("with others")]
    rows = [
        [told.group(group), *(told.numbers.percent(column[group]) for column in columns)]
        for group in ranked
    ]
    return [told.words("what is not sure"), *heads], rows


def compared(found: Mapping[str, Result], lang: Lang) -> Iterator[tuple[str, Grid]]:
    """Each scenario beside the first one, draw by draw."""
    (first, reference), *others = found.items()
    told = teller(reference, lang)
    rows = []
    for name, other in others:
        lies = doubt.compare(other, reference)
        if lies is None:
            rows.append([name, told.words("other draws"), "", "", ""])
            continue
        saved = lies.saved
        middle = told.amount(doubt.GAIN, saved.middle)
        four, nineteen = (told.between(doubt.GAIN, e) for e in (saved.four, saved.nineteen))
        rows.append([name, told.count(saved.above, saved.draws), middle, four, nineteen])
    if rows:
        words = told.words
        head = [words("scenario"), words("costs less in"), words("less by, middle")]
        head += [words("in 4 of 5 cases"), words("in 19 of 20 cases")]
        yield words("Beside {name}, of the same draws", name=first), (head, rows)


def where(found: Mapping[str, Result], lang: Lang) -> Iterator[str]:
    """Up to where each scenario costs less than the first, a sentence for each doubt."""
    (first, reference), *others = found.items()
    told = teller(reference, lang)
    for name, other in others:
        lies = doubt.compare(other, reference)
        for group, at in ({} if lies is None else lies.crossings).items():
            yield told.less(name, first, group, at)


def gain_ends(objectives: Mapping[str, float], results: Path) -> dict[str, tuple[float, float]]:
    """The ends of the gain in 4 of 5 cases [MEUR] of scenarios that were drawn, by name.

    `objectives` are those of their results: draws of other inputs are left out.
    """
    found = {}
    for name, objective in objectives.items():
        path = results / name / FILE
        if path.is_file():
            drawn = Result.read(path)
            if doubt.GAIN in doubt.headlines(drawn) and doubt.stands(drawn, objective):
                found[name] = doubt.interval(doubt.values(drawn, doubt.GAIN)).four
    return found
