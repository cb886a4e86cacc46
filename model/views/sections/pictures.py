"""Pictures: the eight figures that a planner asks for, as numbers and words.

What draws them is elsewhere: a workbook, a deck and a notebook show the same pictures, each with
the charts of its own kind. A picture says in one sentence what it shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.fields import OUTCOME
from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.facts.answers import answers, reference
from model.views.facts.essentials import PLANTS
from model.views.painters.palette import COLOURS, GOOD, OTHER, PARTNER
from model.views.sections.reader import OTHERS, Reader

ENERGY, PATH, POWER = "GWh/yr", "MEUR", "MW"
MOST = 6
"""Series that have a colour of their own; the others are one, in grey."""

AIM, MADE, CERTIFIED, USED = "#b00020", COLOURS[5], PARTNER, COLOURS[7]

Kind = Literal["lines", "columns", "bars"]


@dataclass(frozen=True)
class Row:
    """A series: its name, its values (NaN: none), its colour; `points`: no line joins them."""

    name: str
    values: Sequence[float]
    colour: str
    points: bool = False


@dataclass(frozen=True)
class Picture:
    """Lines over labels, stacked columns or bars; `says` is what it shows, in one sentence."""

    id: str
    kind: Kind
    title: str
    unit: str
    labels: Sequence[str]
    rows: Sequence[Row]
    says: str

    @property
    def heading(self) -> str:
        """The title with the unit."""
        return f"{self.title} [{self.unit}]"


def whose(reader: Reader, outcome: Result) -> str:
    """The EPCI that a picture follows: that of the page, or the largest member."""
    if reader.focus in outcome.labels("epci"):
        return reader.focus
    people = outcome.coordinate("population")
    return max(people, key=lambda epci: people[epci])


def trajectory(reader: Reader, scenario: str) -> Picture:
    """Consumption and production of the EPCI that is followed, and what it aims at."""
    _, n, outcome = reader.words.gettext, reader.numbers, reader.outcomes[scenario]
    epci, years = whose(reader, outcome), outcome.years
    used, made, granted = (
        list(tables.at(outcome, name, epci).values())
        for name in ("final_consumption", "local_production", "certificate_balance")
    )
    rows = [
        Row(_("Consumption"), used, USED),
        Row(_("Made on the soil"), made, MADE),
    ]
    counted = [a + b for a, b in zip(made, granted, strict=True)]
    if max(map(abs, granted)) > 0.5:
        rows.append(Row(_("With certificates of partners"), counted, CERTIFIED))
    goals = tables.aims({scenario: outcome}, epci).get("production", {})
    aimed = [goals.get(year, math.nan) for year in years]
    if not all(map(math.isnan, aimed)):
        rows.append(Row(_("Aim"), aimed, AIM, points=True))
    says = _(
        "{name} consumes {before} in {first} and {after} in {last}; {made} are then made on its "
        "soil, {counted} with the certificates of partners."
    ).format(
        name=reader.names.short(epci),
        before=n.quantity(used[0], ENERGY, 0),
        first=years[0],
        after=n.quantity(used[-1], ENERGY, 0),
        last=years[-1],
        made=n.quantity(made[-1], ENERGY, 0),
        counted=n.quantity(counted[-1], ENERGY, 0),
    )
    title = _("Towards the aim, {name}").format(name=reader.names.short(epci))
    return Picture("trajectory", "lines", title, n.unit(ENERGY), _years(outcome), rows, says)


def scenarios(reader: Reader, scenario: str) -> Picture:
    """Local production by scenario: this one, what it is compared with, those that gain most."""
    _, n, outcome = reader.words.gettext, reader.numbers, reader.outcomes[scenario]
    epci = whose(reader, outcome)
    found = answers(reader.outcomes, epci)
    ranked = sorted(found, key=lambda a: math.inf if math.isnan(a.gain) else -a.gain)
    first = (scenario, reference(scenario, reader.outcomes), *(a.scenario for a in ranked))
    holders = {a.scenario for a in found if epci in a.members}
    names = [name for name in dict.fromkeys(first) if name in holders][:MOST]
    years = sorted({year for name in names for year in reader.outcomes[name].years})
    made = {name: tables.at(reader.outcomes[name], "local_production", epci) for name in names}
    rows = [
        Row(reader.names("scenario", name), [made[name].get(y, math.nan) for y in years], colour)
        for name, colour in zip(names, (*COLOURS[:2], *COLOURS[3:]), strict=False)
    ]
    ends = {name: tables.last(values) for name, values in made.items()}
    says = _("In the last year, {name} makes between {least} and {most} on its soil.").format(
        name=reader.names.short(epci),
        least=n.quantity(min(ends.values()), ENERGY, 0),
        most=n.quantity(max(ends.values()), ENERGY, 0),
    )
    title = _("Local production by scenario, {name}").format(name=reader.names.short(epci))
    labels = [str(year) for year in years]
    return Picture("scenarios", "lines", title, n.unit(ENERGY), labels, rows, says)


def production(reader: Reader, scenario: str) -> Picture:
    """Local production of all the members by technology."""
    title = reader.words("Local production by technology")
    return stacked(reader, scenario, "local_production", "technology", title)


def consumption(reader: Reader, scenario: str) -> Picture:
    """Final consumption of all the members by sector."""
    title = reader.words("Final consumption by sector")
    return stacked(reader, scenario, "final_consumption", "sector", title)


def bills(reader: Reader, scenario: str) -> Picture:
    """Cost of all the members by item."""
    return stacked(reader, scenario, "cost", "item", reader.words("Cost by item"))


def emissions(reader: Reader, scenario: str) -> Picture:
    """Emissions of all the members by carrier."""
    return stacked(reader, scenario, "emissions", "carrier", reader.words("Emissions by carrier"))


def stacked(reader: Reader, scenario: str, variable: str, dim: str, title: str) -> Picture:
    """A variable of all the members by label and year."""
    outcome, unit = reader.outcomes[scenario], OUTCOME[variable].unit
    every = tables.rows(outcome, variable, dim)
    totals = [sum(values) for values in zip(*every.values(), strict=True)]
    says = reader.words(
        "All the members: {before} in {first}, {after} in {last}.",
        before=reader.numbers.quantity(totals[0], unit, 0),
        first=outcome.years[0],
        after=reader.numbers.quantity(totals[-1], unit, 0),
        last=outcome.years[-1],
    )
    rows = _rows(reader, dim, every)
    told = reader.numbers.unit(unit)
    return Picture(variable, "columns", title, told, _years(outcome), rows, says)


def builders(reader: Reader, scenario: str) -> Picture | None:
    """Plants built in each period, by who builds them."""
    outcome = reader.outcomes[scenario]
    plants = np.isin(outcome.arrays["technology_kind"], PLANTS)
    built = outcome.sum("investment", "actor", "year", "technology")[:, 1:, plants].sum(axis=2)
    every = dict(zip(outcome.labels("actor"), built.tolist(), strict=True))
    if not built.sum() > 0:
        return None
    most = max(every, key=lambda actor: sum(every[actor]))
    says = reader.words(
        "{total} are built in all; {actor} builds most: {own}.",
        total=reader.numbers.quantity(float(built.sum()), POWER, 0),
        actor=reader.names("actor", most),
        own=reader.numbers.quantity(sum(every[most]), POWER, 0),
    )
    title, spans = reader.words("Plants built, by who builds"), tables.spans(outcome.years)
    return Picture("builders", "columns", title, POWER, spans, _rows(reader, "actor", every), says)


def gains(reader: Reader, scenario: str) -> Picture | None:
    """What each partner gains against being alone, by the rule that the page opens on."""
    game = reader.games.get(scenario)
    gain = sharing.gains(game).get(reader.rule, {}) if game else {}
    known = {epci: value for epci, value in gain.items() if math.isfinite(value)}
    if not known:
        return None
    ranked = sorted(known, key=lambda epci: -known[epci])
    says = reader.words(
        "Together the partners gain {whole}; {name} gains most: {most} (rule: {rule}).",
        whole=reader.numbers.quantity(sum(known.values()), PATH, 0),
        name=reader.names.short(ranked[0]),
        most=reader.numbers.quantity(known[ranked[0]], PATH, 0),
        rule=reader.names("rule", reader.rule),
    )
    title = reader.words("Gain of each partner over the whole path")
    row = Row(reader.words("Gain of cooperation"), [known[epci] for epci in ranked], GOOD)
    names = [reader.names.short(epci) for epci in ranked]
    return Picture("gains", "bars", title, reader.numbers.unit(PATH), names, [row], says)


def exchanges(reader: Reader, scenario: str) -> Picture | None:
    """What each EPCI receives from partners less what it sends, in the last year."""
    outcome = reader.outcomes[scenario]
    epci, found = outcome.labels("epci"), tables.exchanges(outcome)
    net = {kind: dict.fromkeys(epci, 0.0) for kind in ("energy", tables.CERTIFICATE)}
    for exchange in found:
        kind = tables.CERTIFICATE if exchange.carrier == tables.CERTIFICATE else "energy"
        net[kind][exchange.destination] += tables.last(exchange.sent)
        net[kind][exchange.origin] -= tables.last(exchange.sent)
    if not any(abs(value) > 0.5 for by in net.values() for value in by.values()):
        return None
    whole = sum(tables.last(e.sent) for e in found if e.carrier != tables.CERTIFICATE)
    says = reader.words(
        "In {year} the partners send one another {whole} of energy.",
        year=outcome.years[-1],
        whole=reader.numbers.quantity(whole, ENERGY, 0),
    )
    title = reader.words("Received from partners less sent, {year}", year=outcome.years[-1])
    rows = [
        Row(reader.words("Energy"), list(net["energy"].values()), COLOURS[0]),
        Row(reader.words("Certificates"), list(net[tables.CERTIFICATE].values()), PARTNER),
    ]
    names = [reader.names.short(one) for one in epci]
    return Picture("exchanges", "bars", title, reader.numbers.unit(ENERGY), names, rows, says)


PICTURES: dict[str, Callable[[Reader, str], Picture | None]] = {
    picture.__name__: picture
    for picture in (
        trajectory,
        scenarios,
        production,
        consumption,
        builders,
        bills,
        gains,
        exchanges,
    )
}
"""A picture of a scenario; None where there is nothing to show."""


def _years(outcome: Result) -> list[str]:
    return [str(year) for year in outcome.years]


def _rows(reader: Reader, dim: str, every: tables.Rows) -> list[Row]:
    """The largest rows, each with a colour of its own, and the sum of the others in grey."""
    named = tables.kept([every], MOST)
    found = tables.folded(every, named, OTHERS)
    usual = reader.fill[dim]
    plain = {label: usual[label] for label in named if usual.get(label, "").startswith("#")}
    left = [colour for colour in COLOURS if colour not in plain.values()]
    own = plain | dict(zip([label for label in named if label not in plain], left, strict=False))
    return [
        Row(reader.name(dim, label), values, own.get(label, OTHER))
        for label, values in found.items()
    ]
