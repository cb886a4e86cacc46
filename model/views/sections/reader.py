"""Reader: all that the sections share — outcomes, inputs, words, numbers, names and colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from model.fields import OUTCOME
from model.outcome.plain import Result
from model.views.facts import alike, balances, sharing, tables
from model.views.facts.answers import answers, best, reference, years
from model.views.facts.flows import Inputs, Records, carrier_shares, measure_costs, records
from model.views.facts.tables import Outcomes, Rows
from model.views.painters.charts import Chart, Mark, Series, columns
from model.views.painters.lines import LOUD
from model.views.painters.map import Atlas
from model.views.painters.palette import MOST, OTHER, carrier_fills, fills, strokes
from model.views.sections.aside import Aside
from model.views.sections.names import Names
from model.views.sections.parts import Figure, Grid
from model.words.catalogue import Words
from model.words.numbers import Numbers

OTHERS = "other"
KINDS = ("efficiency", "shift", "sobriety")
MANY = 40
"""Most members that a page tells one by one."""


@dataclass(frozen=True)
class Reader:
    """What the sections read; `focus` is the SIREN of the EPCI that the page follows."""

    outcomes: Outcomes
    inputs: Inputs
    words: Words
    numbers: Numbers
    names: Names
    atlas: Atlas
    games: Outcomes
    doubts: Outcomes = field(default_factory=dict)
    choices: Outcomes = field(default_factory=dict)
    fronts: Outcomes = field(default_factory=dict)
    steps: Outcomes = field(default_factory=dict)
    focus: str = ""
    aside: Aside = field(default_factory=Aside)

    def here(self, outcome: Result) -> str:
        """The territory of a chart when the page opens: the one it follows, or all ('')."""
        return self.focus if self.focus in outcome.labels("epci") else ""

    @cached_property
    def start(self) -> str:
        """The scenario that the page opens on: that of the largest gain, or the first."""
        top = best(answers(self.outcomes, self.focus))
        return top.scenario if top else next(iter(self.outcomes))

    @cached_property
    def milestones(self) -> tuple[int, ...]:
        """Years of the answer."""
        return years(self.outcomes)

    @cached_property
    def balance(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The flows and the stocks of that scenario, by place."""
        found = balances.balance(self.outcomes[self.start])
        return balances.flows(found), balances.stocks(found)

    @cached_property
    def alike(self) -> alike.Like:
        """The means of the EPCI of each type, as that scenario counts."""
        return alike.of_plan(self.outcomes[self.start], self.inputs)

    @cached_property
    def epci(self) -> list[str]:
        """Every EPCI of any scenario, in order."""
        every = (e for o in self.outcomes.values() for e in o.labels("epci"))
        return list(dict.fromkeys(every))

    @cached_property
    def told(self) -> list[str]:
        """The EPCI that have figures of their own: all of them, or `MANY`.

        These are the one that the page follows, those that it exchanges most with, and the largest.
        """
        if len(self.epci) <= MANY:
            return self.epci
        ranked = dict.fromkeys([self.focus, *self._partners, *self._largest])
        chosen = set(list(ranked)[:MANY])
        return [epci for epci in self.epci if epci in chosen]

    @property
    def _partners(self) -> list[str]:
        outcome, found = self.outcomes[self.start], dict[str, float]()
        for x in tables.exchanges_of(outcome).get(self.focus, ()):
            other = x.destination if x.origin == self.focus else x.origin
            found[other] = found.get(other, 0.0) + sum(x.sent.values())
        return sorted(found, key=lambda epci: -found[epci])

    @property
    def _largest(self) -> list[str]:
        people: dict[str, float] = {}
        for outcome in self.outcomes.values():
            people |= outcome.coordinate("population")
        return sorted(people, key=lambda epci: -people[epci])

    def members(self, outcome: Result) -> list[str]:
        """The members of a scenario that have figures of their own."""
        return [epci for epci in self.told if epci in outcome.places("epci")]

    def others(self, outcome: Result) -> list[str]:
        """The members of a scenario that have none."""
        told = set(self.told)
        return [epci for epci in outcome.labels("epci") if epci not in told]

    def rest(self, others: Sequence[str]) -> str:
        """What those are called, where their sum is told; one by its name."""
        if len(others) == 1:
            return self.names("epci", others[0])
        return self.words("{count} others", count=self.whole(len(others)))

    def partners(self, game: Result) -> list[str]:
        """The partners of a game that have figures of their own: all of them, or `MANY`."""
        told = set(self.told)
        return sorted(game.labels("epci"), key=lambda partner: partner not in told)[:MANY]

    def folded(self, game: Result, table: Mapping[str, Sequence[float]]) -> Rows:
        """A table by partner: of those, and the sum of the others under what they are called."""
        found = {partner: list(table[partner]) for partner in self.partners(game)}
        others = [partner for partner in table if partner not in found]
        sums = [sum(values) for values in zip(*(table[p] for p in others), strict=True)]
        return found | ({self.rest(others): sums} if others else {})

    def many(self, outcome: Result) -> bool:
        """Whether a scenario has more members than are told one by one."""
        return len(outcome.labels("epci")) > MANY

    @cached_property
    def wholes(self) -> Records:
        """The table of equivalences, empty if there is none."""
        return records(self.inputs, "equivalences")

    @cached_property
    def fill(self) -> Mapping[str, Mapping[str, str]]:
        """A fill for each label, by dimension: the same in every figure."""
        first = next(iter(self.outcomes.values()))
        shown = {
            "sector": ("final_consumption", "sector"),
            "technology": ("local_production", "technology"),
            "item": ("cost", "item"),
            "actor": ("cost", "actor"),
        }
        found = {
            dim: fills(tables.kept([tables.rows(o, *what) for o in self.outcomes.values()], MOST))
            for dim, what in shown.items()
        }
        carriers = carrier_fills(first.labels("carrier"))
        return found | {"carrier": carriers, "kind": fills(KINDS)}

    @cached_property
    def stroke(self) -> Mapping[str, tuple[str, str]]:
        """A colour and a dash for each scenario."""
        return strokes(list(self.outcomes))

    @cached_property
    def groups(self) -> Mapping[str, list[str]]:
        """The scenarios under headings: those of a sweep, else those with as many members."""
        _, found = self.words.gettext, dict[str, list[str]]()
        for name, outcome in self.outcomes.items():
            count = len(outcome.labels("epci"))
            base, swept, _rest = name.partition("+")
            told = _("{count} territories") if count > 1 else _("One territory")
            title = self.names("scenario", name).partition(" (")[0] or base
            found.setdefault(title if swept else told.format(count=count), []).append(name)
        return found

    @cached_property
    def loud(self) -> list[str]:
        """The scenarios that speak in a chart of all: what the page opens on, and beside what."""
        first = [self.start, reference(self.start, self.outcomes)]
        return [name for name in dict.fromkeys([*first, *self.outcomes]) if name][:LOUD]

    @cached_property
    def rules(self) -> list[str]:
        """Every rule of sharing of any scenario, in order."""
        every = (rule for game in self.games.values() for rule in game.labels("rule"))
        return list(dict.fromkeys(every))

    @cached_property
    def rule(self) -> str:
        """The rule of sharing that the page opens on; '' if there is none."""
        known = [rule for game in self.games.values() for rule in sharing.rules(game)]
        return next((rule for rule in (*sharing.PREFERRED, *known) if rule in known), "")

    @cached_property
    def carriers_of(self) -> Mapping[str, Mapping[str, float]]:
        """In which carriers each technology yields."""
        return carrier_shares(records(self.inputs, "technology_flows"))

    @cached_property
    def measure_costs(self) -> Mapping[str, float]:
        """Cost of a unit saved by each measure [EUR/MWh]."""
        return measure_costs(self.inputs)

    def by_scenario(self) -> Iterator[tuple[str, Result, list[int]]]:
        """Each scenario with its outcome and its milestones."""
        for name, outcome in self.outcomes.items():
            yield name, outcome, outcome.years

    def whole(self, value: float) -> str:
        """A number without decimals."""
        return self.numbers(value, 0)

    def signed(self, value: float) -> str:
        """A change, without decimals."""
        return self.numbers(value, 0, signed=True)

    def name(self, dim: str, label: str) -> str:
        """The name of a label, or of what is left when the large rows have a name."""
        return self.names("flow", label) if label == OTHERS else self.names(dim, label)

    def grid(
        self,
        caption: str,
        head: Sequence[str],
        table: Rows,
        name: Callable[[str], str],
        digits: int | None = 0,
        total: bool = True,
    ) -> Grid:
        """A table by label and year, with its sum."""
        named = [(name(label), values) for label, values in table.items()]
        if total:
            sums = [sum(values) for values in zip(*table.values(), strict=True)]
            named.append((self.words.gettext("Total"), sums))
        lines = [[label, *(self.numbers(v, digits) for v in values)] for label, values in named]
        return Grid(caption, head, lines)

    def stack(
        self,
        title: str,
        outcome: Result,
        variable: str,
        dim: str,
        epci: str = "",
        marks: Sequence[Mark] = (),
    ) -> Figure:
        """Columns by year of a variable by label, of an EPCI or of all; its legend and table."""
        fill, years = self.fill[dim], [str(year) for year in outcome.years]
        found = tables.folded(tables.rows(outcome, variable, dim, epci), list(fill), OTHERS)
        table = {label: v for label, v in found.items() if any(abs(x) > 1e-6 for x in v)}
        series = [
            Series(self.name(dim, label), values, fill.get(label, OTHER))
            for label, values in table.items()
        ]
        unit = self.numbers.unit(OUTCOME[variable].unit)
        svg = columns(Chart(title, unit, years, self.whole), series, marks)
        legend = [(s.fill, s.name) for s in series]
        head = [self.heading(dim), *years]
        grid = self.grid(f"{title} [{unit}]", head, table, lambda label: self.name(dim, label))
        return Figure(title, svg, grid, legend)

    def heading(self, dim: str) -> str:
        """The name of a dimension, above its labels."""
        _ = self.words.gettext
        return {
            "sector": _("Sector"),
            "carrier": _("Carrier"),
            "technology": _("Technology"),
            "actor": _("Actor"),
            "item": _("Item"),
        }[dim]
