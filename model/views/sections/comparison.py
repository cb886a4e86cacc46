"""Comparison: the scenarios over the years, and what each changes beside what comes out."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.facts.differences import differences
from model.views.painters.charts import Chart, Mark, Series
from model.views.painters.lines import lines
from model.views.sections.aside import told
from model.views.sections.live import SHARE
from model.views.sections.parts import Figure, Grid, Panel, Part, Section
from model.views.sections.proof import cut
from model.views.sections.reader import Reader
from model.words.numbers import ABSENT


def comparison(reader: Reader) -> Section:
    """The scenarios beside one another, over the years."""
    _ = reader.words.gettext
    goals = tables.aims(reader.outcomes, reader.focus)
    figures = [
        replace(_lines(reader, title, variable, goals.get(quantity, {})), live=f"lines {key}")
        for title, variable, quantity, key in (
            (_("Local production"), "local_production", "production", "made"),
            (_("Local share on the soil"), "local_share", "local-share", SHARE),
            (_("Final consumption"), "final_consumption", "consumption", "use-carrier"),
            (_("Emissions"), "emissions", "emissions", "emissions"),
        )
    ]
    lead = _(
        "One line for each scenario that the territory belongs to. Six at most have a colour and "
        "a name: the chosen one, the compared one and those picked above."
    )
    panels = [Panel(figures, epci=reader.focus, live=True)]
    out = told(reader.aside, reader.words, reader.names("epci", reader.focus))
    rest: list[Part] = [*_changed(reader), *out]
    panels += [Panel(rest)] if rest else []
    return Section("comparison", _("Scenarios compared"), lead, panels)


def _changed(reader: Reader) -> list[Grid]:
    """What each scenario changes, beside what comes out of it; nothing if there is but one."""
    if len(reader.outcomes) < 2:
        return []
    _, n, unit = reader.words.gettext, reader.numbers, reader.numbers.unit
    unlike, _same = differences(reader.outcomes)
    base = min(unlike, key=lambda name: len(unlike[name]))
    start = _headline(reader.outcomes[base])
    alike = reader.outcomes[base].labels("epci")
    rows = []
    for name, outcome in reader.outcomes.items():
        changes = [
            Markup("<small>{}: {}</small>").format(key, cut(reader.names.told(value)) or ABSENT)
            for key, value in unlike[name].items()
        ]
        moved = [b - a for a, b in zip(start, _headline(outcome), strict=True)]
        if outcome.labels("epci") != alike:
            moved = [tables.NAN] * len(moved)
        cells = [n(v, 0, signed=True) for v in moved]
        rows.append([reader.names("scenario", name), Markup("").join(changes) or ABSENT, *cells])
    head = [
        _("Scenario"),
        _("What it changes"),
        _("Cost [{unit}]").format(unit=unit("MEUR")),
        _("Local production [{unit}]").format(unit=unit("GWh/yr")),
        _("Final consumption [{unit}]").format(unit=unit("GWh/yr")),
        _("Emissions [{unit}]").format(unit=unit("kt/yr")),
    ]
    title = _("What each scenario changes, and what comes out, against “{base}”")
    note = _(
        "Of all the members: cost and missed over the whole path, the rest in the last year. "
        "–: the members differ."
    )
    title = title.format(base=reader.names("scenario", base))
    return [Grid(title, head, rows, left=2, note=note)]


def _headline(outcome: Result) -> list[float]:
    """Cost and missed of all [MEUR]; production, consumption, emissions of the last year."""
    yearly = ("local_production", "final_consumption", "emissions")
    return [sum(tables.discounted(outcome)), *(float(outcome.sum(v, "year")[-1]) for v in yearly)]


def _lines(reader: Reader, title: str, variable: str, goals: dict[int, float]) -> Figure:
    is_share = variable == "local_share"
    where = {"definition": "soil"} if is_share else {}
    scale = 100.0 if is_share else 1.0
    unit = "%" if is_share else reader.numbers.unit({"emissions": "kt/yr"}.get(variable, "GWh/yr"))
    every = sorted({year for _n, _o, milestones in reader.by_scenario() for year in milestones})
    found = {}
    for name, outcome in reader.outcomes.items():
        values = tables.at(outcome, variable, reader.focus, **where)
        if values:
            found[name] = [scale * values.get(year, tables.NAN) for year in every]
    series = [
        Series(
            reader.names("scenario", name), values, *reader.stroke[name], loud=name in reader.loud
        )
        for name, values in found.items()
    ]
    aim = reader.words.gettext("Aim")
    marks = [Mark(every.index(y), v * scale, aim) for y, v in goals.items() if y in every]
    years = [str(year) for year in every]
    grid = reader.grid(
        f"{title} [{unit}]",
        [reader.words.gettext("Scenario"), *years],
        found,
        lambda name: reader.names("scenario", name),
        digits=1 if is_share else 0,
        total=False,
    )
    return Figure(title, lines(Chart(title, unit, years, reader.whole), series, marks), grid)
