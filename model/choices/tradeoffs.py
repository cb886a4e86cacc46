"""Trade-offs: what more local production, fewer emissions, less land or fewer imports cost.

And what it costs that the partner who gains least gains more, where nobody pays anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import xarray as xr

from model.choices.ground import Ground, make_ground
from model.choices.plain import plain
from model.choices.poorest import bills
from model.choices.tasks import Answer, Case, Task, Terms, answer
from model.data.frame import NO_FORM
from model.errors import Fault, InputError
from model.fields import TRADEOFF
from model.outcome.files import write_dataset
from model.outcome.labels import labelled
from model.outcome.reservation import with_reservation
from model.scenario import Scenario
from model.words.catalogue import say

FILE, LEDGER, UNPAID = "tradeoffs.nc", "tradeoffs.jsonl", "poorest.jsonl"

OF = {
    "local": ("production", -1.0),
    "emissions": ("emissions", 1.0),
    "land": ("land", 1.0),
    "imports": ("purchase", 1.0),
}
"""The quantity of each front, and whether less (1) or more (−1) of it is wanted."""
POOREST = "poorest"
"""The front of the gain of the partner who gains least."""
PER_UNIT = {"GWh/yr": 1e3, "kt/yr": 1e3, "ha": 1e6}
"""EUR per small unit (MWh, t, ha) in a MEUR per unit; money of the path is of no year."""


def fronts_of(text: str) -> list[str]:
    """The fronts that a text asks for, such as `cost,local,land`; cost is in each.

    Raises
    ------
    InputError
        If one is not known, or none is named.
    """
    asked = [part.strip() for part in text.split(",") if part.strip() and part.strip() != "cost"]
    known = [*OF, POOREST]
    strangers = [part for part in asked if part not in known]
    if strangers or not asked:
        what = say("no trade-off of cost with {what}", what=strangers[0] if strangers else "''")
        mend = say("name some of {names}, commas between", names=", ".join(known))
        raise InputError(Fault("--of", what, mend))
    return list(dict.fromkeys(asked))


def tradeoffs(
    scenario: Scenario,
    folder: Path,
    of: Sequence[str],
    terms: Terms,
    points: int = 8,
) -> xr.Dataset:
    """The fronts of cost against some of `OF`, or the least gain, from the plan to a budget.

    Parameters
    ----------
    folder : Path
        Where `tradeoffs.nc` is written; a second run takes up the fronts that are there.
    terms : Terms
        `within` is how much dearer than the plan the last point may be.
    points : int
        Plans of a front, that of the scenario the first.

    Raises
    ------
    InputError, InfeasibleError, SolverLimitError
        As `alternatives`.
    """
    ground = make_ground(scenario, terms)
    tasks = []
    for name in (name for name in of if name in OF):
        quantity, sign = OF[name]
        place = ground.place(quantity)
        if place is not None:
            tasks.append(Task("front", place, f"{name} {points}", points, sign))
    answers = answer(tasks, ground.case, folder / LEDGER, terms)
    if POOREST in of and scenario.cooperation.form != NO_FORM:
        tasks.append(Task(POOREST, -1, f"{POOREST} {points}", points))
        answers |= answer(tasks[-1:], _unpaid(ground), folder / UNPAID, terms)
    found = _told(ground, tasks, [answers[task.name] for task in tasks], points)
    found.attrs = ground.attributes | {"within": terms.within}
    write_dataset(found, folder / FILE)
    return found


def _unpaid(ground: Ground) -> Case:
    """The case with what partners pay; plain in every year: energy that is bought is no coin."""
    case, plan = ground.case, ground.quantities.plan
    alone = with_reservation(plan.scenario, plan.data).arrays["alone_limit"].to_numpy()
    paid = bills(plan.program, plan.data, alone)
    program, asked = plan.program, ground.quantities.year
    for year in sorted(plan.data.frame.vintages, key=lambda year: year != asked):
        program = plain(program, plan.data, case.x, year)
    more = program.matrix.shape[0] - case.program.matrix.shape[0]
    bare = replace(program, variables={}, constraints={}, expressions={})
    return replace(case, program=bare, basis=case.basis.with_rows(more), bills=paid)


def _told(
    ground: Ground, tasks: Sequence[Task], answers: Sequence[Answer], points: int
) -> xr.Dataset:
    discount = float(ground.attributes["discount"])  # type: ignore[arg-type]
    units = [ground.every[t.place].unit if t.place >= 0 else "MEUR" for t in tasks]
    cost, slope = (
        np.array([a[key] for a in answers], dtype=float).reshape(len(tasks), points)
        for key in ("cost", "slope")
    )
    heads = [ground.head(a["told"]) for a in answers]
    yearly = slope * np.array([PER_UNIT.get(u, discount) for u in units])[:, None] / discount
    frame = ground.quantities.plan.data.frame
    shape = (len(tasks), points, len(frame.members), len(frame.technologies))
    tables = {
        "cost": cost,
        "value": np.array(
            [a.get("value", h[:, t.place]) for a, h, t in zip(answers, heads, tasks, strict=True)]
        ),
        "slope": slope,
        "yearly_slope": yearly,
        "front_value": np.array(heads),
        "front_capacity": np.array([ground.table(a["told"], 0) for a in answers]).reshape(shape),
        "front_production": np.array([ground.table(a["told"], 1) for a in answers]).reshape(shape),
    }
    labels = ground.labels
    names = [task.name.split()[0] for task in tasks]
    labels["front"] = xr.Variable(("front",), np.array(names, dtype=str))
    labels["front_unit"] = xr.Variable(("front",), np.array(units, dtype=str))
    labels["point"] = xr.Variable(("point",), np.arange(points))
    variables = {n: xr.Variable(TRADEOFF[n].dims, values) for n, values in tables.items()}
    return labelled(variables, labels, TRADEOFF)
