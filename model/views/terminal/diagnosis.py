"""Diagnose: why a scenario cannot be met and by how much, in the words of a planner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model.data.aims import Aim
from model.data.assemble import Data, load_data
from model.outcome.causes import causes
from model.outcome.shortfall import (
    UNITS,
    Limit,
    Missing,
    Shortfall,
    shortfall,
)
from model.outcome.solve import make_plan
from model.outcome.ways import Way, ways
from model.scenario import Scenario
from model.words.catalogue import Words, mark
from model.words.names import named
from model.words.numbers import Lang, Numbers

DEARER = 1e-3
"""What a plan may miss beyond the least without a word: the solver is not more exact."""

WAYS = 3
"""Most ways out that are told."""

SHOWN = 12
"""Most labels named in a line, and most lines of what is missing."""

PRICES = {
    "production": "EUR/MWh",
    "local-share": "EUR/MWh",
    "consumption": "EUR/MWh",
    "emissions": "EUR/t",
    "land": "EUR/ha",
    "built": "EUR/MW",
}
FLOORS = ("production", "local-share", "built")
TABLES = {
    "technology": "technologies",
    "measure": "measures",
    "carrier": "carriers",
    "actor": "actors",
    "service": "services",
}
LACKS = {
    "floor": mark("{who} lacks {amount} in {year} to keep the target “{what}”."),
    "ceiling": mark("{who} is {amount} above in {year} of what the target “{what}” allows."),
    "service": mark("{who} lacks {amount} in {year} to meet its needs: {what}."),
    "technology": mark("{who}: {amount} of the recorded production cannot be in {year}: {what}."),
    "link": mark("{who}{amount} in {year} are missing to what is agreed: {what}."),
    "participation": mark("{who} pays {amount} more than alone (by {year}). {what}"),
}
"""What is missing: to a target, else by what lacks it."""

MISSED = mark(
    "The plan misses {amount} in {year} of the target “{what}”: doing more costs more than its "
    "price, {price}."
)


def diagnose(scenario: Scenario, lang: Lang = "en") -> list[str]:
    """What is missing, at which target, where and when; then what holds it back, line by line."""
    data = load_data(scenario)
    found, teller = shortfall(scenario, data), _Teller(data, Words(lang), Numbers(lang))
    lines = [teller.missing(part) for part in found.missing[:SHOWN]]
    tried = ways(scenario, found) if teller.impossible(found) else []
    lines += teller.choices([way for way in tried if way.written and way.works])
    if lines:
        lines += [teller.words("What conflicts:"), *teller.limits(found)]
    lines += teller.partly([way for way in tried if not way.works])
    if not teller.impossible(found):
        lines += teller.plan(scenario, found)
    return [*lines, *teller.ways_out(tried)]


@dataclass(frozen=True)
class _Teller:
    """Names, numbers and words."""

    data: Data
    words: Words
    numbers: Numbers

    def impossible(self, found: Shortfall) -> bool:
        """Whether something that must be is missing."""
        aims = self.aims
        return any(p.kind != "target" or aims[p.label].price is None for p in found.missing)

    @property
    def aims(self) -> dict[str, Aim]:
        """The targets by label."""
        return {aim.label: aim for aim in self.data.aims}

    def missing(self, part: Missing) -> str:
        """What is missing at least."""
        amount = self.numbers.quantity(part.amount, part.unit)
        if part.kind != "target":
            who = self.name("epci", part.epci) if part.epci else ""
            what = self.name(part.kind, part.label) if part.label else ""
            told = LACKS[part.kind]
            return self.words(told, who=who, amount=amount, year=part.year, what=what)
        aim = self.aims[part.label]
        told = self.words(
            LACKS["floor" if aim.quantity in FLOORS else "ceiling"],
            who=self.who(aim),
            amount=amount,
            year=part.year,
            what=self.name("target", part.label),
        )
        priced = self.words("No price can change that.")
        hard = self.words("It has no price, so there is no plan.")
        return f"{told} {hard if aim.price is None else priced}"

    def who(self, aim: Aim) -> str:
        """Who holds a target."""
        if len(aim.scope) == len(self.data.frame.members) > 1:
            return self.words("The territory")
        return ", ".join(self.name("epci", siren) for siren in aim.scope)

    def plan(self, scenario: Scenario, found: Shortfall) -> Iterator[str]:
        """What the best plan misses beyond what must be missing, or that nothing is missing."""
        values = make_plan(scenario, self.data).values
        gap = values.labelled(values.variable("targets.gap"))
        least = {(part.label, part.year): part.amount for part in found.missing}
        for aim in self.data.aims:
            for year in sorted(aim.at):
                amount = float(gap.sel(target=aim.label, year=year))
                if amount > least.get((aim.label, year), 0.0) + DEARER:
                    told = self.numbers.quantity(amount, UNITS[aim.quantity])
                    price = self.numbers.quantity(aim.price or 0.0, PRICES[aim.quantity])
                    yield self.words(
                        MISSED,
                        amount=told,
                        year=year,
                        what=self.name("target", aim.label),
                        price=price,
                    )
        if not found.missing and gap.to_numpy().max(initial=0.0) <= DEARER:
            yield self.words("The plan keeps every target.")

    def choices(self, causes: Sequence[Way]) -> Iterator[str]:
        """What the scenario itself chose and alone holds it back."""
        if causes:
            yield self.words("Choices of the scenario; without any one of them nothing is missing:")
        for way in causes:
            yield f"- {way.key}{self._taken_back(way)} ({self._written(way.key)})"

    def _taken_back(self, way: Way) -> str:
        """Of a list, what is no more in it."""
        if not isinstance(way.value, list):
            return ""
        section, name = way.key.split(".")
        now = self.data.frame.scenario.resolved()[section][name] or []
        return f" – {', '.join(item for item in now if item not in way.value)}"

    def partly(self, tried: Sequence[Way]) -> Iterator[str]:
        """What holds it back in part, each solved without it."""
        if tried:
            yield self.words(
                "Choices of the scenario that hold back too, each taken back and solved:"
            )
        for way in tried:
            amount = self.numbers.quantity(way.left, way.missing[0].unit)
            yield self.words(
                "- {key} ({place}): {amount} are then missing",
                key=way.key + self._taken_back(way),
                place=self._written(way.key),
                amount=amount,
            )

    def ways_out(self, tried: Sequence[Way]) -> Iterator[str]:
        """What works, a few."""
        works = [way for way in tried if way.works][:WAYS]
        if works:
            yield self.words("Ways out, each solved:")
        for way in works:
            told = {"key": way.key, "value": _plain(way.value)}
            yield self.words("- {key}: {value} ({place})", **told, place=self._written(way.key))

    def _written(self, key: str) -> str:
        """Where a key is written."""
        first, origins = key.split(", ")[0], self.data.frame.scenario.provenance
        found = (o for k, o in origins.items() if k == first or k.startswith(f"{first}."))
        place = next((origin.place for origin in found), "default")
        return self.words("default") if place == "default" else place

    def limits(self, found: Shortfall) -> Iterator[str]:
        """A line for each kind and EPCI of what conflicts, the likeliest cause first."""
        for cause in causes(found):
            where = f" ({self.name('epci', cause.epci)})" if cause.epci else ""
            what = named(self.words, "limit", cause.kind) + where
            told = self.words("- {what}: {where}", what=what, where=self._labels(cause.limits))
            yield told + (self.words(" – moved alone, it is enough") if cause.enough else "")

    def _labels(self, limits: Iterable[Limit]) -> str:
        """The labels of some limits, those of the same years together."""
        years: dict[str, list[int]] = {}
        for limit in limits:
            names = (self.name(d, v) for d, v in limit.labels.items() if d not in ("epci", "year"))
            years.setdefault(" ".join(names), []).append(limit.labels["year"])
        by_years: dict[str, list[str]] = {}
        for name, when in years.items():
            span = f"{min(when)}–{max(when)}" if len(when) > 1 else f"{when[0]}"
            by_years.setdefault(span, []).append(name)
        told = {span: ", ".join(_few(names)) for span, names in by_years.items()}
        return "; ".join(f"{names} ({span})" if names else span for span, names in told.items())

    def name(self, dim: str, label: str) -> str:
        """The name of a label as a planner knows it."""
        frame = self.data.frame
        if dim == "epci":
            return str(frame.epci.at[label, "name"])
        if dim == "link":
            way, _, carrier = label.rpartition(":")
            ends = (self.name("epci", siren) for siren in way.split(">"))
            return f"{' → '.join(ends)} {self.name('carrier', carrier)}"
        if dim == "target":
            return self._target(label)
        if dim not in TABLES:
            return label
        names = frame.tables[TABLES[dim]].set_index(dim)[f"label_{self.numbers.lang}"]
        return str(names.get(label, "")) or label

    def _target(self, label: str) -> str:
        """The name of a target; one that each member holds has a row for each, `name:SIREN`."""
        known = self.data.frame.scenario.targets
        name, siren = (label, "") if label in known else label.rsplit(":", 1)
        told = getattr(known[name], f"label_{self.numbers.lang}") or name
        return f"{told}, {self.name('epci', siren)}" if siren else told


def _plain(value: object) -> str:
    """A value as a scenario would hold it; of several keys, their values."""
    if isinstance(value, tuple):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if isinstance(value, float):
        return f"{value:.6g}"
    words = {None: "null", True: "true", False: "false"}
    return words[value] if value in (None, True, False) else str(value)


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= SHOWN else [*names[:SHOWN], "…"]
