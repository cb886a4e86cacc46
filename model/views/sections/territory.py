"""Territory: what one scenario does — trajectories, the way to the aim, savings, whole units."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from model.outcome.plain import Result
from model.views.facts import flows, tables
from model.views.painters.bars import Block, Step, supply_curve, waterfall
from model.views.painters.charts import Mark
from model.views.painters.palette import OTHER, PARTNER, TOTAL
from model.views.sections.live import QUANTITIES
from model.views.sections.parts import Figure, Grid, Panel, Part, Section
from model.views.sections.reader import Reader

ENERGY = "GWh/yr"


def trajectories(reader: Reader) -> Section:
    """Consumption, production and emissions over the years."""
    _ = reader.words.gettext
    shown = (
        (_("Final consumption by sector"), "use-sector"),
        (_("Final consumption by carrier"), "use-carrier"),
        (_("Local production by technology"), "made"),
        (_("Emissions by carrier"), "emissions"),
    )
    panels = []
    for name, outcome, _years in reader.by_scenario():
        epci = reader.here(outcome)
        parts = []
        for title, key in shown:
            it = QUANTITIES[key]
            marks = aim_marks(reader, outcome, epci, it.target)
            drawn = reader.stack(title, outcome, it.variable, it.dim, epci, marks)
            parts.append(replace(drawn, live=f"columns {key}"))
        panels.append(Panel(parts, name, epci=epci, live=True))
    lead = _("The chosen territory, or all the members together, in the chosen scenario.")
    return Section("trajectories", _("Trajectories"), lead, panels)


def climb(reader: Reader) -> Section:
    """From the production of the base year to the aim, by technology and partner."""
    _ = reader.words.gettext
    panels = [
        Panel(_climb(reader, outcome, epci), name, epci=epci)
        for name, outcome, _years in reader.by_scenario()
        for epci in reader.members(outcome)
    ]
    lead = _("What a territory adds to its local production, and what its partners certify.")
    return Section("climb", _("From today to the aim"), lead, panels)


def _climb(reader: Reader, outcome: Result, epci: str) -> list[Part]:
    _ = reader.words.gettext
    years = outcome.years
    steps = _steps(reader, outcome, epci)
    goal = tables.aims({"": outcome}, epci).get("production", {}).get(years[-1])
    title = _("Local production from {first} to {last}").format(first=years[0], last=years[-1])
    unit = reader.numbers.unit(ENERGY)
    svg = waterfall(title, unit, steps, reader.whole, reader.signed)
    rows = [[s.name, (reader.whole if s.total else reader.signed)(s.value)] for s in steps]
    note = _("Aim: {aim}.").format(aim=reader.numbers.quantity(goal, ENERGY, 0)) if goal else ""
    return [Figure(title, svg, note=note), Grid(title, [_("Step"), unit], rows, span=6)]


def _steps(reader: Reader, outcome: Result, epci: str) -> list[Step]:
    """The bars of the waterfall; changes below one GWh/yr are summed."""
    _, years = reader.words.gettext, outcome.years
    made = tables.at(outcome, "local_production", epci)
    moves, paint = tables.changes(outcome, epci), reader.fill["technology"]
    steps = [Step(str(years[0]), made[years[0]], TOTAL, True)]
    for technology, change in moves.items():
        if abs(change) >= 1.0:
            name = reader.names("technology", technology)
            steps.append(Step(name, change, paint.get(technology, OTHER)))
    rest = sum(change for change in moves.values() if abs(change) < 1.0)
    if abs(rest) >= 0.5:
        steps.append(Step(reader.name("technology", "other"), rest, OTHER))
    total = made[years[-1]]
    steps.append(Step(_("{year}, on its soil").format(year=years[-1]), total, TOTAL, True))
    credits = {e: v for e, v in tables.credits(outcome, epci).items() if abs(v) >= 0.5}
    for partner, amount in credits.items():
        name = _("certified by {name}").format(name=reader.names.short(partner))
        steps.append(Step(name, amount, PARTNER))
    if credits:
        total += sum(credits.values())
        steps.append(Step(_("{year}, with partners").format(year=years[-1]), total, TOTAL, True))
    return steps


def reduction(reader: Reader) -> Section:
    """The supply curve of savings."""
    _ = reader.words.gettext
    panels = []
    for name, outcome, years in reader.by_scenario():
        found = flows.savings(outcome, reader.measure_costs)
        if found:
            panels.append(Panel(_curve(reader, found, years[-1]), name))
    lead = _(
        "Measures in use in the last year, the cheapest first: the width is the saving, the "
        "height the cost."
    )
    return Section("savings", _("Savings and what they cost"), lead, panels)


def _curve(reader: Reader, found: list[flows.Saving], year: int) -> list[Part]:
    _, n = reader.words.gettext, reader.numbers
    paint = reader.fill["kind"]
    blocks = [
        Block(reader.names("measure", s.measure), s.amount, s.cost, paint[s.kind]) for s in found
    ]
    units = (n.unit(ENERGY), n.unit("EUR/MWh"))
    title = _("Service saved in {year}").format(year=year)
    svg = supply_curve(title, units, blocks, reader.whole)
    rows = [
        [f"{i}. {b.name}", reader.names("kind", s.kind), reader.whole(b.amount), n(b.cost, 1)]
        for i, (b, s) in enumerate(zip(blocks, found, strict=True), 1)
    ]
    head = [_("Measure"), _("Kind"), units[0], units[1]]
    legend = [(colour, reader.names("kind", kind)) for kind, colour in paint.items()]
    note = _("Useful energy; the cost does not count the fuel saved.")
    return [Figure(title, svg, None, legend, note), Grid(title, head, rows, left=2, span=6)]


def wholes(reader: Reader) -> Section | None:
    """Whole units that elected officials picture; None without a table of equivalences."""
    if not reader.wholes:
        return None
    _ = reader.words.gettext
    panels = [
        Panel([wholes_grid(reader, outcome), _paces(reader, outcome)], name)
        for name, outcome, _years in reader.by_scenario()
    ]
    lead = _("Orders of magnitude: the size of each unit is illustrative.")
    return Section("wholes", _("In whole units"), lead, panels)


def wholes_grid(reader: Reader, outcome: Result, epci: str = "") -> Grid:
    """Number of units that stand, by year."""
    _ = reader.words.gettext
    found = flows.equivalents(outcome, reader.wholes, epci)
    head = [_("Unit"), *map(str, outcome.years)]
    rows = [[reader.names("equivalence", k), *map(reader.whole, v)] for k, v in found.items()]
    fewer = any(b < a - 1 for values in found.values() for a, b in pairwise(values))
    note = _("Fewer than before: those at the end of their life are not all replaced.")
    return Grid(_("In service, or done so far"), head, rows, note=note if fewer else "")


def _paces(reader: Reader, outcome: Result) -> Grid:
    """Number of units made in a year of each period."""
    _ = reader.words.gettext
    found = flows.paces(outcome, reader.wholes)
    head = [_("Unit"), *tables.spans(outcome.years)]
    rows = [[reader.names("equivalence", k), *map(reader.whole, v)] for k, v in found.items()]
    note = _("What replaces a plant at the end of its life counts.")
    return Grid(_("Built or done in a year, on average"), head, rows, note=note)


def aim_marks(
    reader: Reader, outcome: Result, epci: str, quantity: str = "production"
) -> list[Mark]:
    """The aims of an EPCI alone, on the axis of years."""
    years, name = outcome.years, reader.words.gettext("Aim")
    goals = tables.aims({"": outcome}, epci).get(quantity, {})
    return [Mark(years.index(year), v, name) for year, v in goals.items() if year in years]
