"""Doubt in words: sentences that need no statistics, for the page and the terminal."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scipy.special import ndtr

from model.doubt.statistics import Crossing
from model.outcome.plain import Result
from model.views.facts import doubt
from model.words.catalogue import Words, mark
from model.words.names import named
from model.words.numbers import ABSENT, Numbers

WELL = 0.8
"""Share of a doubt that must be explained, if what is left is not to be told."""
SHOWN = 3
"""Groups that a sentence names."""


@dataclass(frozen=True)
class Teller:
    """Tells of an ensemble in a language; `name` gives the name of an EPCI."""

    found: Result
    words: Words
    numbers: Numbers
    name: Callable[[str], str]

    def group(self, group: str) -> str:
        """The name of a group of inputs."""
        labels = self.found.coordinate(f"group_label_{self.words.lang}")
        return str(labels[group])

    def headline(self, headline: str) -> str:
        """The name of a headline result."""
        if headline.startswith(doubt.PARTNER):
            return self.name(headline.removeprefix(doubt.PARTNER))
        return named(self.words, "headline", headline)

    def amount(self, headline: str, value: float) -> str:
        """A headline result with its unit, without decimals."""
        unit = doubt.unit(headline)
        if unit == "1":
            return self.numbers.percent(value)
        return self.numbers.quantity(value, unit, 0)

    def between(self, headline: str, ends: tuple[float, float]) -> str:
        """Two ends; a dash if too few draws are known."""
        if not all(map(math.isfinite, ends)):
            return ABSENT
        low, high = (self.amount(headline, end) for end in ends)
        return low if low == high else self.words("{low} to {high}", low=low, high=high)

    def count(self, some: int, whole: int) -> str:
        """In how many of the draws."""
        if some == whole:
            return self.words("all {draws} draws", draws=self.numbers(whole, 0))
        return self.words(
            "{some} of {draws} draws", some=self.numbers(some, 0), draws=self.numbers(whole, 0)
        )

    def at(self, group: str, factor: float) -> str:
        """Where a group must be, at a threshold: a change, or how rare it is."""
        if self.found.coordinate("group_distribution")[group] == "interval":
            share = float(ndtr(-abs(factor)))
            words = (
                mark("{group} among the lowest {share} of what is possible")
                if factor < 0
                else mark("{group} among the highest {share} of what is possible")
            )
            return self.words.gettext(words).format(
                group=self.group(group), share=self.numbers.percent(share)
            )
        return self.words(
            "{group} at {change}", group=self.group(group), change=self.moved(group, factor)
        )

    def moved(self, group: str, factor: float) -> str:
        """What a group comes to at a factor: the number itself, or the change of several."""
        value, unit = self._amount(group)
        if not math.isfinite(value):
            return self.numbers.percent(factor - 1, 0, signed=True)
        return self._told(value * factor, unit)

    def error(self, group: str, error: float) -> str:
        """An error of a factor, in the same terms."""
        value, unit = self._amount(group)
        if not math.isfinite(value):
            return self.numbers.percent(error)
        return self._told(value * error, unit)

    def _amount(self, group: str) -> tuple[float, str]:
        """The one number that a group multiplies and its unit; NaN where there is none."""
        if "group_amount" not in self.found:
            return math.nan, ""
        value, unit = (self.found.coordinate(name) for name in ("group_amount", "group_unit"))
        return float(value[group]), str(unit[group])

    def _told(self, value: float, unit: str) -> str:
        if unit in ("1", "1/yr"):
            return self.numbers.percent(value, 1)
        return self.numbers.quantity(value, unit)

    def less(self, one: str, other: str, group: str, at: Crossing) -> str:
        """Up or down to where one scenario costs less than another, with all else at its mean."""
        text = (
            mark("{group} above {place}: {one} costs less than {other}")
            if at.rising
            else mark("{group} below {place}: {one} costs less than {other}")
        )
        place = self.moved(group, at.place)
        return self.words(
            "{sentence} (give or take {error}, with all else at its mean).",
            sentence=self.words(text, one=one, other=other, place=place, group=self.group(group)),
            error=self.error(group, at.error),
        )

    def sentences(self) -> Iterator[str]:
        """The answer, how sure it is, who gains, what is met; then what the doubt hangs on."""
        yield from self.answers()
        yield from self.reasons()

    def answers(self) -> Iterator[str]:
        """How sure the answer is, who gains, what is met."""
        known = doubt.headlines(self.found)
        yield from self.answer(doubt.GAIN if doubt.GAIN in known else doubt.BILL)
        yield from self._partners()
        yield from self._met()
        yield from self._ends()

    def reasons(self) -> Iterator[str]:
        """What the doubt hangs on, and where a gain ends."""
        known = doubt.headlines(self.found)
        for headline in (doubt.GAIN, doubt.MISSED):
            if headline in known:
                yield from self._hangs(headline)
        if doubt.GAIN in known:
            yield from self._thresholds(doubt.thresholds(self.found))

    def answer(self, headline: str) -> Iterator[str]:
        """How often there is a gain, between what it lies, how well that is known."""
        told = doubt.interval(doubt.values(self.found, headline))
        words = self.words
        if headline == doubt.GAIN:
            yield words(
                "Cooperation brings something in {count}.", count=self.count(told.above, told.draws)
            )
        if not all(map(math.isfinite, told.four)):
            return
        low, high = (self.amount(headline, end) for end in told.four)
        blanks = {"low": low, "high": high, "central": self.amount(headline, told.central)}
        if headline == doubt.GAIN:
            yield words(
                "As the tables say it brings {central}; in 4 of 5 cases between {low} and {high}.",
                **blanks,
            )
            if math.isfinite(told.floor):
                floor = self.amount(headline, told.floor)
                yield words("In 19 of 20 cases it brings {floor} or more.", floor=floor)
        else:
            yield words(
                "As the tables say the bill is {central}; in 4 of 5 cases between {low} and "
                "{high}.",
                **blanks,
            )
        if math.isfinite(told.error):
            yield words(
                "More draws would move the ends of 4 cases of 5 by {error} at most, in 19 of 20 "
                "cases.",
                error=self.amount(headline, told.error),
            )

    def _partners(self) -> Iterator[str]:
        each = doubt.partners(self.found)
        if not each:
            return
        draws = next(iter(each.values())).draws
        yield self.words(
            "Every partner gains, at marginal prices, in {count}.",
            count=self.count(doubt.all_gain(self.found), draws),
        )
        worst = min(each, key=lambda siren: each[siren].above)
        if each[worst].above < draws:
            yield self.words(
                "{name} gains least often: in {count}.",
                name=self.name(worst),
                count=self.count(each[worst].above, draws),
            )

    def _met(self) -> Iterator[str]:
        met = doubt.met(self.found)
        if met is not None:
            draws = len(self.found.labels("draw")) - 1
            yield self.words("Every target is met in {count}.", count=self.count(met, draws))

    def _ends(self) -> Iterator[str]:
        for status, count in doubt.ends(self.found).items():
            yield self.words(
                "{count} draws have no plan ({status}): they count as draws that gain nothing and "
                "miss the targets.",
                count=self.numbers(count, 0),
                status=named(self.words, "state", status),
            )

    def _hangs(self, headline: str) -> Iterator[str]:
        shares = doubt.hangs(self.found, headline)
        told = {g: doubt.fraction(s) for g, s in shares.items() if doubt.fraction(s)}
        if not told:
            return
        parts = [
            self.words(
                "{fraction}: {group}",
                fraction=named(self.words, "fraction", fraction),
                group=self.group(group),
            )
            for group, fraction in list(told.items())[:SHOWN]
        ]
        words = (
            mark("What the doubt about the gain hangs on — {parts}. Find out the first one first.")
            if headline == doubt.GAIN
            else mark("What the doubt about the targets hangs on — {parts}.")
        )
        yield self.words.gettext(words).format(parts=", ".join(parts))
        explained = doubt.explained(self.found, headline)
        if explained < WELL:
            yield self.words(
                "These shares explain {share} of this doubt: the rest needs more draws, or has no "
                "simple shape.",
                share=self.numbers.percent(explained),
            )

    def _thresholds(self, crossing: Mapping[str, float]) -> Iterator[str]:
        if not crossing:
            yield self.words(
                "Approximately, by a straight line: no single doubt, within its range, takes the "
                "gain away."
            )
            return
        places = ", ".join(self.at(group, factor) for group, factor in crossing.items())
        yield self.words(
            "Approximately, by a straight line, cooperation stops bringing anything with: "
            "{places}.",
            places=places,
        )
