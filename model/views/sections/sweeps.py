"""Sweeps: what comes out as a swept key changes — a curve over one key, a heat map over two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.painters.charts import Chart, Series
from model.views.painters.heat import heat
from model.views.painters.lines import lines
from model.views.painters.palette import COLOURS
from model.views.sections.parts import Figure, Grid, Panel, Part, Section
from model.views.sections.reader import Reader
from model.words.numbers import Numbers

Steps = dict[str, str]
"""The value of each swept key."""


@dataclass(frozen=True)
class Measured:
    """A figure that a sweep is judged by."""

    title: str
    unit: str
    of: Callable[[Result], float]
    digits: int = 0


def families(names: Sequence[str]) -> dict[str, dict[str, Steps]]:
    """The members of each sweep of two or more, with the values of its keys."""
    found: dict[str, dict[str, Steps]] = defaultdict(dict)
    for name in names:
        base, *steps = name.split("+")
        if steps:
            pairs = (step.partition("=") for step in steps)
            found[base][name] = {key: value for key, _, value in pairs}
    return {base: members for base, members in found.items() if len(members) > 1}


def sweeps(reader: Reader) -> Section | None:
    """The section; None if nothing is swept."""
    _ = reader.words.gettext
    panels = [
        Panel(_family(reader, base, members))
        for base, members in families(list(reader.outcomes)).items()
    ]
    lead = _("One point for each scenario of a sweep; everything else is the same.")
    return Section("sweeps", _("What if a key changes"), lead, panels) if panels else None


def _family(reader: Reader, base: str, members: Mapping[str, Steps]) -> list[Part]:
    """Figures where one or two keys vary, and a table in any case."""
    measured = _measured(reader)
    keys = list(next(iter(members.values())))
    values = {name: [m.of(reader.outcomes[name]) for m in measured] for name in members}
    axes = [_ordered({steps[key] for steps in members.values()}) for key in keys]
    parts: list[Part] = []
    for k, m in enumerate(measured):
        points = {tuple(members[name].values()): values[name][k] for name in members}
        parts += [_drawn(reader.numbers, m, keys, axes, points)] if len(keys) < 3 else []
    rows = [
        [*members[name].values(), *(reader.numbers(v, m.digits) for v, m in _zip(row, measured))]
        for name, row in values.items()
    ]
    head = [*keys, *(f"{m.title} [{m.unit}]" for m in measured)]
    return [*parts, Grid(base, head, rows, left=min(len(keys), 5))]


def _zip(row: list[float], measured: list[Measured]) -> list[tuple[float, Measured]]:
    return list(zip(row, measured, strict=True))


def _drawn(
    numbers: Numbers,
    m: Measured,
    keys: Sequence[str],
    axes: Sequence[Sequence[str]],
    points: Mapping[tuple[str, ...], float],
) -> Figure:
    """A curve or a heat map."""
    title = f"{m.title} [{m.unit}]"

    def tell(value: float) -> str:
        return numbers(value, m.digits)

    if len(keys) == 1:
        series = [Series(keys[0], [points[value,] for value in axes[0]], COLOURS[0])]
        return Figure(title, lines(Chart(title, m.unit, axes[0], tell, zero=False), series))
    side, head = axes
    cells = [[points.get((a, b), tables.NAN) for b in head] for a in side]
    return Figure(title, heat(title, (keys[0], keys[1]), head, side, cells, tell))


def _measured(reader: Reader) -> list[Measured]:
    _, unit, focus = reader.words.gettext, reader.numbers.unit, reader.focus
    name = reader.names.short(focus)

    def at(variable: str, scale: float = 1.0, **where: str) -> Callable[[Result], float]:
        return lambda outcome: scale * tables.last(tables.at(outcome, variable, focus, **where))

    share = at("local_share", 100.0, definition="soil")
    return [
        Measured(_("Cost, whole path"), unit("MEUR"), lambda o: sum(tables.discounted(o))),
        Measured(
            _("Local production, {name}").format(name=name), unit("GWh/yr"), at("local_production")
        ),
        Measured(_("Local share on the soil, {name}").format(name=name), "%", share, 1),
        Measured(_("Emissions, {name}").format(name=name), unit("kt/yr"), at("emissions")),
    ]


def _ordered(values: set[str]) -> list[str]:
    """Numbers by size, then texts."""

    def key(value: str) -> tuple[bool, float, str]:
        try:
            return False, float(value), value
        except ValueError:
            return True, 0.0, value

    return sorted(values, key=key)
