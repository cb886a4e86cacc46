"""Alternatives: the ranges of every quantity, what must, may and never is, and different plans.

    must     least ≥ max( θ, most / 10 )   in every plan that costs no more than (1 + ε) · the plan
    never    most  < θ                     in none of them
    choice   the others

    θ  threshold  MW  the command; of the capacity of a family at a partner

A tenth of the most: what stands today and is still there is no sign that more of it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import xarray as xr

from model.choices.different import farthest
from model.choices.ground import Ground, make_ground
from model.choices.tasks import Answer, Task, Terms, answer
from model.fields import CHOICE
from model.outcome.files import write_dataset
from model.outcome.labels import labelled
from model.scenario import Scenario

FILE, LEDGER = "alternatives.nc", "alternatives.jsonl"
PLANS = 5
"""Different plans that are told."""
SUBSTANTIAL = 0.1
"""Share of the most that is more than what is left of today [1]."""
NOTHING = 1e-6
"""Capacity that is none [MW]."""


def alternatives(
    scenario: Scenario,
    folder: Path,
    terms: Terms,
    threshold: float = 1.0,
) -> xr.Dataset:
    """What is sure and what is a choice among the plans that cost hardly more than the plan.

    Parameters
    ----------
    folder : Path
        Where `alternatives.nc` is written, and answers as they come: a second run takes them up.
    threshold : float
        Capacity from which a family is there [MW].

    Raises
    ------
    InputError, InfeasibleError, SolverLimitError
        As `make_plan`, and where nothing is decided in the year.
    """
    ground = make_ground(scenario, terms)
    tasks = list(_tasks(ground))
    answers = answer(tasks, ground.case, folder / LEDGER, terms)
    found = _told(ground, answers, threshold)
    found.attrs = ground.attributes | {"within": terms.within, "threshold": threshold}
    write_dataset(found, folder / FILE)
    return found


def _tasks(ground: Ground) -> Iterator[Task]:
    """The least and the most of every quantity; what is built is also left out."""
    values, built, x = ground.values, ground.case.built, ground.case.x
    for place, quantity in enumerate(ground.every):
        for kind in ("least", "most"):
            yield Task(kind, place, f"{kind} {quantity.id}")
        if values[place] > NOTHING and x[built[place]].sum() > NOTHING:
            yield Task("without", place, f"without {quantity.id}")


def _told(ground: Ground, answers: dict[str, Answer], threshold: float) -> xr.Dataset:
    count = len(ground.every)
    plan = np.array(ground.values)

    def of(kind: str, key: str) -> np.ndarray:
        found = [answers.get(f"{kind} {q.id}", {}).get(key, np.nan) for q in ground.every]
        return np.array(found, dtype=float)

    least, most = np.minimum(of("least", "value"), plan), np.maximum(of("most", "value"), plan)
    of_family = np.array([bool(q.epci and q.family) for q in ground.every])
    there = np.maximum(threshold, SUBSTANTIAL * most)
    kind = np.where(least >= there, "must", np.where(most < threshold, "never", "choice"))
    ends = [answers[f"{k} {q.id}"] for q in ground.every for k in ("least", "most")]
    told = [end["told"] for end in ends]
    points, width = ground.head(told), np.where(of_family, most - least, 0.0)
    scale = _by_family(ground, np.where(width > threshold, width, 0.0))
    chosen = farthest(plan, points, scale, PLANS)
    kept = [told[i] for i in chosen]
    tables = {
        "plan": plan,
        "least": least,
        "most": most,
        "least_bound": np.minimum(of("least", "bound"), least),
        "most_bound": np.maximum(of("most", "bound"), most),
        "least_cost": of("least", "cost"),
        "most_cost": of("most", "cost"),
        "without_cost": of("without", "cost"),
        "weight": np.divide(1.0, scale, out=np.zeros(count), where=scale > 0),
        "kind": np.where(of_family, kind, ""),
        "alternative_value": ground.head(kept) if kept else np.empty((0, count)),
        "alternative_cost": np.array([ends[i]["cost"] for i in chosen], dtype=float),
        "alternative_capacity": ground.table(kept, 0),
        "alternative_production": ground.table(kept, 1),
    }
    labels = ground.labels
    numbers = [str(i + 1) for i in range(len(chosen))]
    labels["alternative"] = xr.Variable(("alternative",), np.array(numbers, dtype=str))
    variables = {n: xr.Variable(CHOICE[n].dims, values) for n, values in tables.items()}
    return labelled(variables, labels, CHOICE)


def _by_family(ground: Ground, width: np.ndarray) -> np.ndarray:
    """The width of the ranges of a family at all partners, where a quantity has one."""
    families = np.array([quantity.family for quantity in ground.every])
    total = {family: width[families == family].sum() for family in set(families.tolist())}
    return np.where(width > 0, [total[family] for family in families], 0.0)
