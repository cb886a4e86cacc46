"""Ground: what both commands start from — the plan of a scenario, its quantities, its case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from model.choices.quantities import Quantities, Quantity
from model.choices.tasks import Case, Terms, make_case
from model.errors import Fault, InputError
from model.outcome.solve import make_plan, solver_for, tell
from model.scenario import Scenario
from model.words.catalogue import say

Labels = dict[str, xr.Variable]


@dataclass(frozen=True)
class Ground:
    """The plan, its outcome and the questions' case; `values` are those of the plan."""

    quantities: Quantities
    every: Sequence[Quantity]
    values: Sequence[float]
    case: Case

    def place(self, name: str) -> int | None:
        """The place of a quantity of everyone; None where no plan moves it."""
        ids = [q.id for q in self.every]
        return ids.index(name) if name in ids else None

    def table(self, told: Sequence[Sequence[float]], which: int) -> np.ndarray:
        """Capacity (0) or production (1) of some plans (plan, epci, technology)."""
        labels = self.quantities.plan.data.labels
        shape = len(labels["epci"]), len(labels["technology"])
        size, first = shape[0] * shape[1], len(self.every)
        found = np.array(told, dtype=float).reshape(len(told), -1)
        start = first + which * size
        return found[:, start : start + size].reshape(len(told), *shape)

    def head(self, told: Sequence[Sequence[float]]) -> np.ndarray:
        """The quantities of some plans (plan, quantity)."""
        found = np.array(told, dtype=float).reshape(len(told), -1)
        return found[:, : len(self.every)]

    @property
    def labels(self) -> Labels:
        """Labels of the quantities, the EPCI and the technologies."""
        q, plan = self.every, self.quantities.plan
        frame = plan.data.frame
        names = {f.id: (f.name, f.name_fr) for f in self.quantities.families}
        found: dict[str, tuple[str, list[str]]] = {
            "quantity": ("quantity", [one.id for one in q]),
            "name": ("quantity", [one.name for one in q]),
            "of": ("quantity", [one.epci for one in q]),
            "family": ("quantity", [one.family for one in q]),
            "unit": ("quantity", [one.unit for one in q]),
            "family_name": ("quantity", [names.get(one.family, ("", ""))[0] for one in q]),
            "family_name_fr": ("quantity", [names.get(one.family, ("", ""))[1] for one in q]),
            "epci": ("epci", list(frame.members)),
            "epci_name": ("epci", frame.epci["name"].tolist()),
            "technology": ("technology", frame.technologies.index.tolist()),
            "technology_name": ("technology", frame.technologies["label_en"].tolist()),
            "technology_name_fr": ("technology", frame.technologies["label_fr"].tolist()),
        }
        return {
            name: xr.Variable((dim,), np.array(v, dtype=str)) for name, (dim, v) in found.items()
        }

    @property
    def attributes(self) -> dict[str, object]:
        """What the file says of itself."""
        plan = self.quantities.plan
        return {
            "scenario": plan.scenario.name,
            "title": plan.scenario.title,
            "objective": plan.solution.objective,
            "year": self.quantities.year,
            "discount": float(plan.data.arrays["discount"].sel(year=self.quantities.year)),
            "money": "constant 2025 euros",
            "Conventions": "CF-1.12",
        }


def make_ground(scenario: Scenario, terms: Terms) -> Ground:
    """Solve a scenario and prepare its case.

    Raises
    ------
    InputError
        If nothing is decided in the year, or as `make_plan`.
    """
    solver = solver_for(scenario)
    plan = make_plan(scenario, solver=solver)
    frame = plan.data.frame
    at = _year([y for y in frame.vintages if y not in frame.known], terms.year)
    quantities = Quantities(plan, tell(plan), at)
    every = quantities.every
    values = quantities.values(every)
    return Ground(
        quantities, every, values, make_case(plan, solver.basis, quantities, every, terms.within)
    )


def _year(years: Sequence[int], year: int | None) -> int:
    if year is None:
        return years[-1]
    if year not in years:
        what = say("nothing is decided in {year}", year=year)
        mend = say("choose one of {years}", years=", ".join(map(str, years)))
        raise InputError(Fault(f"--year {year}", what, mend))
    return year
