"""Frame: a scenario, its tables, and the labels that they select."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from model.data.cells import Floats, fault, misplaced, positions
from model.data.ground import Ground, neighbours
from model.errors import InputError
from model.fields import TABLE, WHO
from model.scenario import Scenario
from model.scenario.schema import Horizon
from model.tables.epci import find_member
from model.tables.read import Tables
from model.words.catalogue import say

Arrays = dict[str, ArrayLike]
"""Values of registered fields, by name, in the units and over the dims of the registry."""


NO_FORM = "none"
"""The form of cooperation that needs no row, and its exchange."""

NOTHING = "-"
"""In place of the carriers of a form that sends none."""

SENT_BESIDES = ("certificate",)
"""What partners send one another that is no carrier."""


@dataclass(frozen=True)
class Form:
    """Forms of cooperation together, as in `cooperation_forms.csv`; EUR/MWh, reach in km."""

    exchange: str
    carriers: str
    working: str
    land: str
    transaction_cost: float
    certificate_cost: float
    reach: float
    lending: float
    productivity: float
    spl: str
    sem: str
    pooled_targets: str
    purchase_rebate: float
    funded: str

    def beside(self, other: Form) -> Form:
        """Both: what either opens is open, and whoever exchanges pays the lower costs."""
        both = {
            part.name: max(getattr(self, part.name), getattr(other, part.name), key=_rank)
            for part in fields(self)
        }
        sending = [form for form in (self, other) if form.exchange != NO_FORM]
        for cost in ("transaction_cost", "certificate_cost"):
            both[cost] = min(getattr(form, cost) for form in sending or [self])
        named = [form.carriers for form in sending]
        both["carriers"] = " ".join(named) if all(named) else ""
        return Form(**both)


def _rank(value: str | float) -> float:
    """How much a cell of a form opens."""
    order = (*WHO, "no", "yes")
    return float(order.index(value)) if value in order else 0.0 if isinstance(value, str) else value


@dataclass(frozen=True)
class Frame(Ground):
    """A scenario, its tables, and the labels that they select."""

    scenario: Scenario
    tables: Tables

    @property
    def horizon(self) -> Horizon:
        """Years and steps."""
        return self.scenario.horizon

    @property
    def hourly_path(self) -> Path | None:
        """The file of 8760 hours, if there is one."""
        return self.scenario.hourly_path

    @cached_property
    def epci(self) -> pd.DataFrame:
        """The member EPCI, ring included, indexed by SIREN, in the order of the scenario."""
        territory = self.scenario.territory
        self.check_epci("territory.members", territory.members)
        self.check_epci("territory.exclude", territory.exclude)
        chosen = list(dict.fromkeys(territory.members))
        if territory.ring and self.tables["contiguity"].empty:
            raise misplaced(
                self.scenario,
                "territory.ring",
                say("contiguity.csv has no row"),
                say("list the members"),
            )
        for _ in range(territory.ring):
            chosen += neighbours(self.borders, chosen)
        left_out = set(territory.exclude)
        return self.every.loc[[siren for siren in chosen if siren not in left_out]]

    def check_epci(self, key: str, codes: Iterable[str]) -> None:
        """Raise InputError at `key` of the scenario if a SIREN is not in epci.csv."""
        for siren in sorted(code for code in set(codes) if code not in self.every.index):
            raise misplaced(
                self.scenario,
                key,
                say("no EPCI {siren} in epci.csv", siren=siren),
                say("check the SIREN"),
            )

    @cached_property
    def members(self) -> list[str]:
        """SIREN of the member EPCI."""
        return list(self.epci.index)

    def check_report(self) -> None:
        """Raise InputError at `report.for` of the scenario if it names no member."""
        wanted = self.scenario.report.for_
        if wanted is None:
            return
        try:
            find_member(self.tables["epci"], self.members, wanted, "report.for")
        except InputError as error:
            [told] = error.faults
            raise misplaced(self.scenario, told.file, told.what, told.mend) from None

    @cached_property
    def form(self) -> Form:
        """The form of cooperation that the scenario names, and those beside it."""
        cooperation = self.scenario.cooperation
        form = self._form("cooperation.form", cooperation.form)
        for name in cooperation.beside:
            form = form.beside(self._form("cooperation.beside", name))
        if cooperation.carriers is not None:
            sent = [*self.carriers.index, *SENT_BESIDES]
            self.check_ids("cooperation.carriers", cooperation.carriers, sent)
            form = replace(form, carriers=" ".join(cooperation.carriers) or NOTHING)
        return form

    def _form(self, key: str, name: str) -> Form:
        """One form; `none` needs no row."""
        table = self.tables["cooperation_forms"]
        known = list(table["form"])
        if name not in {*known, NO_FORM}:
            mend = say("one of {known}", known=", ".join(known))
            raise misplaced(self.scenario, key, say("no form '{name}'", name=name), mend)
        if name in known:
            row = {str(key): cell for key, cell in table.iloc[known.index(name)].items()}
        else:
            row = {column.name: column.default for column in TABLE["cooperation_forms"].columns}
            row["exchange"] = NO_FORM
        sent = [*self.carriers.index, *SENT_BESIDES]
        for carrier in str(row["carriers"]).split():
            if carrier not in sent:
                mend = say("there are: {known}", known=", ".join(sent))
                what = say("'{name}' is not in the inputs", name=carrier)
                raise fault(table, int(row["line"]), what, mend)
        return Form(**{part.name: row[part.name] for part in fields(Form)})

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Measures that are not excluded, indexed by id, in the order in which they act."""
        table, left_out = self.tables["measures"], self.scenario.reduction.exclude
        names = table["measure"].tolist()
        self.check_ids("reduction.exclude", left_out, names)
        kept = [row for row, name in enumerate(names) if name not in left_out]
        service, order = positions(self.services.index, table["service"]), table["order"].to_numpy()
        rows = np.array(kept, dtype=int)[np.lexsort((order[kept], service[kept]))]
        return table.iloc[rows].set_index("measure")

    def check_ids(self, key: str, ids: Iterable[str], known: Collection[str]) -> None:
        """Raise InputError at `key` of the scenario if an id is not among the known ones."""
        for name in ids:
            if name not in known:
                mend = say("there are: {known}", known=", ".join(known))
                raise misplaced(
                    self.scenario, key, say("'{name}' is not in the inputs", name=name), mend
                )

    def factors(self, key: str, given: Mapping[str, float], labels: Sequence[str]) -> Floats:
        """Multipliers that the scenario gives for some labels; 1 for the others."""
        self.check_ids(key, given, labels)
        return np.array([given.get(label, 1.0) for label in labels])
