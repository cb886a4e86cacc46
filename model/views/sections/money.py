"""Money: costs, who builds, engineers; what binds and what each target costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.facts.answers import reference
from model.views.facts.cube import milestones
from model.views.facts.essentials import PLANTS
from model.views.facts.tables import Rows
from model.views.painters.charts import Chart, Series
from model.views.painters.multiples import multiples
from model.views.sections.parts import Figure, Grid, Panel, Section
from model.views.sections.reader import MANY, Reader


def money(reader: Reader) -> Section:
    """Costs by item and actor, what each actor builds, engineers."""
    _ = reader.words.gettext
    panels = []
    for name, outcome, _years in reader.by_scenario():
        epci = reader.here(outcome)
        item = reader.stack(_("Cost by item"), outcome, "cost", "item", epci)
        parts = [replace(item, live="columns item"), _actors(reader, name, epci)]
        panels.append(Panel(parts, name, epci=epci, live=True))
    panels += [
        Panel([_built(reader, outcome), _staff(reader, outcome)], name)
        for name, outcome, _years in reader.by_scenario()
    ]
    lead = _(
        "Each year, not discounted. Costs are of the chosen territory, before any transfer between "
        "the members; what is built and engineers are of all the members together."
    )
    return Section("money", _("Money, builders and engineers"), lead, panels)


def _actors(reader: Reader, name: str, epci: str) -> Figure:
    """A small chart for each actor, beside the same scenario without cooperation."""
    _ = reader.words.gettext
    beside = [n for n in dict.fromkeys([name, reference(name, reader.outcomes)]) if n]
    beside = [n for n in beside if not epci or epci in reader.outcomes[n].labels("epci")]
    every = milestones({n: reader.outcomes[n] for n in beside})
    title, unit = _("Cost by actor"), reader.numbers.unit("MEUR/yr")
    cells, rows = [], Rows()
    for actor in reader.fill["actor"]:
        told, series = reader.names("actor", actor), []
        for n in beside:
            found = tables.rows(reader.outcomes[n], "cost", "actor", epci)[actor]
            by = dict(zip(reader.outcomes[n].years, found, strict=True))
            if any(abs(v) > 1e-6 for v in found):
                values = [by.get(year, tables.NAN) for year in every]
                series.append(Series(reader.names("scenario", n), values, *reader.stroke[n]))
                rows[f"{told} · {series[-1].name}"] = values
        cells += [(told, series)] if series else []
    years = [str(year) for year in every]
    svg = multiples(Chart(title, unit, years, reader.numbers), cells)
    legend = [(reader.stroke[n][0], reader.names("scenario", n)) for n in beside]
    head = [reader.heading("actor"), *years]
    grid = reader.grid(f"{title} [{unit}]", head, rows, str, total=False, digits=None)
    note = _("Each actor on a scale of its own: a small one is seen beside a large one.")
    return Figure(title, svg, grid, legend, note, live="multiples actor")


def _built(reader: Reader, outcome: Result) -> Grid:
    """Plants built by actor and period; devices and measures are in the costs."""
    _ = reader.words.gettext
    plants = np.isin(outcome.arrays["technology_kind"], PLANTS)
    built = outcome.sum("investment", "actor", "year", "technology")[:, 1:, plants].sum(axis=2)
    named = zip(outcome.labels("actor"), built.tolist(), strict=True)
    table = {actor: values for actor, values in named if max(values, default=0.0) > 0.05}
    head = [_("Actor"), *tables.spans(outcome.years)]
    caption = _("Plants built by actor, in each period [{unit}]").format(unit="MW")
    return reader.grid(caption, head, table, lambda actor: reader.names("actor", actor))


def _staff(reader: Reader, outcome: Result) -> Grid:
    """Engineers hired and lent, equity paid, and what one more engineer is worth."""
    _, unit = reader.words.gettext, reader.numbers.unit
    worth = outcome.sum("staff_price", "epci", "year").max(axis=0)
    hired = _("Engineers hired [{unit}]").format(unit=unit("FTE"))
    lent = _("Engineers lent to partners [{unit}]").format(unit=unit("FTE"))
    equity = _("Equity paid into vehicles [{unit}]").format(unit=unit("MEUR/yr"))
    most = _("One more engineer is worth, where most [{unit}]").format(unit=unit("MEUR/FTE"))
    table: Rows = {
        hired: outcome.sum("hired_staff", "year").tolist(),
        lent: outcome.sum("staff_loan", "year").tolist(),
        equity: outcome.sum("equity", "year").tolist(),
        most: worth.tolist(),
    }
    head = ["", *map(str, outcome.years)]
    return reader.grid(_("Engineers and equity"), head, table, str, digits=None, total=False)


def limits(reader: Reader) -> Section:
    """What binds: targets and their price, potentials used up and their worth."""
    _ = reader.words.gettext
    panels = []
    for name, outcome, years in reader.by_scenario():
        rents = _rents_of_many if reader.others(outcome) else _rents
        grids = (_targets(reader, outcome, years[-1]), rents(reader, outcome))
        panels.append(Panel([grid for grid in grids if grid.rows], name))
    lead = _("In the last year. A price says by how much one unit more would change the cost.")
    return Section("limits", _("What binds, and what each target costs"), lead, panels)


def _targets(reader: Reader, outcome: Result, year: int) -> Grid:
    _, n = reader.words.gettext, reader.numbers
    quantities = outcome.coordinate("target_quantity")
    gaps, prices = (
        dict(zip(outcome.labels("target"), outcome.sum(v, "target", year=year), strict=True))
        for v in ("target_gap", "target_price")
    )
    rows = []
    for label, found in _alike(reader, outcome):
        goals = list(found.values())
        quantity = str(quantities[next(iter(found))])
        aims = {goal["at"].get(str(year), tables.NAN) for goal in goals}
        aim = aims.pop() if len(aims) == 1 else tables.NAN
        told = n.percent(aim) if quantity == "local-share" else reader.whole(aim)
        ends = (n(of(prices[target] for target in found), 1) for of in (min, max))
        rows.append(
            [
                label,
                reader.names("quantity", quantity),
                _whose(reader, goals),
                told,
                reader.whole(sum(gaps[target] for target in found)),
                "–".join(dict.fromkeys(ends)),
            ]
        )
    head = [_("Target"), _("Quantity"), _("Of"), _("Aim"), _("Missing"), _("Price")]
    note = _(
        "Missing in {energy} (emissions: kt; land: ha; power built: MW); price in {euros} "
        "(emissions: €/t; land: €/ha; power built: €/MW)."
    ).format(energy=n.unit("GWh/yr"), euros=n.unit("EUR/MWh"))
    return Grid(_("Targets"), head, rows, left=3, note=note)


def _alike(reader: Reader, outcome: Result) -> list[tuple[str, dict[str, Any]]]:
    """Targets by label; last, together, those of a label that an untold EPCI each has."""
    others, own, rest = set(reader.others(outcome)), [], dict[str, dict[str, Any]]()
    for target, goal in tables.goals(outcome).items():
        label = goal.get(f"label_{reader.words.lang}") or target.partition(":")[0]
        if others.issuperset(goal["of"]) and len(goal["of"]) == 1:
            rest.setdefault(label, {})[target] = goal
        else:
            own.append((label, {target: goal}))
    return [*own, *rest.items()]


def _whose(reader: Reader, goals: Sequence[Mapping[str, Any]]) -> str:
    """The EPCI of a row of targets: their names, or how many there are."""
    if len(goals) > 1:
        return reader.rest([epci for goal in goals for epci in goal["of"]])
    [of] = [goal["of"] for goal in goals]
    if len(of) > MANY:
        return reader.words("{count} EPCI", count=len(of))
    return ", ".join(map(reader.names.short, of))


def _rents(reader: Reader, outcome: Result) -> Grid:
    """Worth of one more MWh of potential, by technology and EPCI."""
    _ = reader.words.gettext
    found = {epci: tables.rents(outcome, epci) for epci in reader.members(outcome)}
    worth: dict[str, float] = {}
    for rents in found.values():
        for technology, rent in rents.items():
            worth[technology] = max(rent, worth.get(technology, 0.0))
    rows = [
        [
            reader.names("technology", technology),
            *(reader.numbers(rents.get(technology, tables.NAN), 1) for rents in found.values()),
        ]
        for technology in sorted(worth, key=lambda technology: -worth[technology])
    ]
    unit = reader.numbers.unit("EUR/MWh")
    caption = _("Potentials used up: worth of one more MWh [{unit}]").format(unit=unit)
    head = [_("Technology"), *(reader.names.short(epci) for epci in found)]
    return Grid(caption, head, rows, note=_("–: the potential is not used up."))


def _rents_of_many(reader: Reader, outcome: Result) -> Grid:
    """The same of all the members: how many have used a potential up, and between what it lies."""
    _, n = reader.words.gettext, reader.numbers
    epci, year = outcome.labels("epci"), outcome.years[-1]
    every = outcome.sum("potential_rent", "technology", "epci", year=year)
    rows = []
    for i in (-every.max(axis=1)).argsort(kind="stable"):
        used = np.sort(every[i][every[i] > tables.WORTH])
        if used.size:
            ends = (used[0], np.median(used), used[-1])
            name = reader.names("technology", outcome.labels("technology")[i])
            where = reader.names.short(epci[every[i].argmax()])
            rows.append([name, where, reader.whole(used.size), *(n(end, 1) for end in ends)])
    head = [_("Technology"), _("Where most"), "EPCI", _("least"), _("median"), _("most")]
    unit = n.unit("EUR/MWh")
    caption = _("Potentials used up: worth of one more MWh [{unit}]").format(unit=unit)
    return Grid(caption, head, rows, left=2, note=_("Of the EPCI that have used it up."))
