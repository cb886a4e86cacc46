"""Groups: what is not sure, as `uncertainty.csv` says it, and a scenario over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from model.data.cells import fault, misplaced
from model.doubt.inputs import INTERVAL, Moving, OddError, moving
from model.errors import Fault, InputError
from model.fields import TABLE
from model.scenario import Scenario
from model.scenario.schema import Doubt
from model.tables.read import Tables, read_tables
from model.words.catalogue import say

NAME = "uncertainty"

_UNSAID = (None, "", ())
"""What a scenario says of a key that it leaves to the table."""
_NUMBERS = {"low": float("nan"), "high": float("nan"), "likely": 1.0}


@dataclass(frozen=True)
class Group:
    """Inputs that move together, and the distribution of their factor."""

    name: str
    label_en: str
    label_fr: str
    distribution: str
    low: float
    high: float
    likely: float
    effect: str
    inputs: tuple[Moving, ...]
    status: str


def groups(scenario: Scenario, tables: Tables) -> list[Group]:
    """The groups that vary, in the order of their names.

    Raises
    ------
    InputError
        With every fault: a range that is none, an input that is not there; or if nothing varies.
    """
    said = scenario.uncertainty
    rows = {str(row["group"]): dict(row) for row in tables[NAME].to_dict("records")}
    names = sorted({*rows, *said.groups})
    faults = [f for key in ("only", "without") for f in _unknown(scenario, key, names)]
    found = []
    for name in names:
        if name in said.without or (said.only is not None and name not in said.only):
            continue
        told = _Told(name, rows.get(name), said.groups.get(name), scenario, tables)
        try:
            found.append(told.group())
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    if not found:
        mend = say("give rows of uncertainty.csv, or groups in the scenario")
        raise misplaced(scenario, NAME, say("nothing is uncertain"), mend)
    return found


def amount(group: Group, tables: Tables) -> tuple[float, str]:
    """The one number that a group multiplies, and its unit; NaN where it moves several numbers."""
    several = float("nan"), ""
    if group.effect != "times" or group.distribution == INTERVAL or len(group.inputs) != 1:
        return several
    (one,) = group.inputs
    if not one.table:
        return several
    table = tables[one.table]
    values = set(table[one.column].to_numpy(float)[one.where(table)].tolist())
    return (values.pop(), TABLE[one.table].column(one.column).unit) if len(values) == 1 else several


def check_groups(scenario: Scenario) -> None:
    """Raise what `groups` does, where anything is said of what is not sure."""
    tables = read_tables(scenario.inputs_folder)
    if len(tables[NAME]) or scenario.uncertainty.groups:
        groups(scenario, tables)


def _unknown(scenario: Scenario, key: str, known: list[str]) -> Iterator[Fault]:
    """A fault for each group that `only` or `without` names and that is not there."""
    for name in sorted(set(getattr(scenario.uncertainty, key) or ()) - set(known)):
        mend = say("one of {known}", known=", ".join(known))
        what = say("no group '{name}'", name=name)
        yield from misplaced(scenario, f"{NAME}.{key}", what, mend).faults


@dataclass(frozen=True)
class _Told:
    """What is told of a group: by a row of the table, and by the scenario, which goes first."""

    name: str
    row: dict[Any, Any] | None
    said: Doubt | None
    scenario: Scenario
    tables: Tables

    def value(self, key: str, default: Any) -> Any:
        """What is told of a key."""
        given = getattr(self.said, key, None)
        if given not in _UNSAID:
            return given
        return default if self.row is None else self.row[key]

    def wrong(self, key: str, what: str, mend: str) -> InputError:
        """In the scenario if it says anything of the group, else in the table."""
        text = say("{key}: {what}", key=key, what=what)
        if self.said is not None:
            place = f"{NAME}.groups.{self.name}"
            if getattr(self.said, key) in _UNSAID:
                return misplaced(self.scenario, place, text, mend)
            return misplaced(self.scenario, f"{place}.{key}", what, mend)
        assert self.row is not None
        return fault(self.tables[NAME], self.row["line"], text, mend)

    def group(self) -> Group:
        """The group, checked."""
        distribution = self.value("distribution", "")
        if not distribution:
            raise self.wrong("distribution", say("is missing"), say("name a distribution"))
        low, high, likely = (float(self.value(k, d)) for k, d in _NUMBERS.items())
        if distribution != INTERVAL:
            self._check_range(distribution, low, high, likely)
        effect, name = self.value("effect", "times"), self.value("label_en", "") or self.name
        own = self.said is None and self.row is not None
        return Group(
            self.name,
            name,
            self.value("label_fr", "") or name,
            distribution,
            low,
            high,
            likely,
            effect,
            self._inputs(distribution, effect),
            str(self.row["status"]) if own and self.row else "illustrative",
        )

    def _check_range(self, distribution: str, low: float, high: float, likely: float) -> None:
        if not (isfinite(low) and isfinite(high)):
            mend = say("give low and high, or take the distribution interval")
            raise self.wrong("high" if isfinite(low) else "low", say("is missing"), mend)
        if not low < high:
            what = say("the range is empty: {low:g} to {high:g}", low=low, high=high)
            raise self.wrong("low", what, say("low is below high"))
        if distribution == "lognormal" and low <= 0:
            mend = say("or take a triangular distribution")
            raise self.wrong("low", say("is not above 0"), mend)
        if distribution == "triangular" and not low <= likely <= high:
            what = say("{value:g} is not between low and high", value=likely)
            raise self.wrong("likely", what, say("give the most likely factor"))

    def _inputs(self, distribution: str, effect: str) -> tuple[Moving, ...]:
        """What moves."""
        told = self.value("inputs", ())
        texts = told.split() if isinstance(told, str) else list(told)
        if not texts:
            raise self.wrong("inputs", say("are missing"), say("say what moves: table.column"))
        try:
            return tuple(moving(t, distribution, effect, self.scenario, self.tables) for t in texts)
        except OddError as odd:
            raise self.wrong("inputs", odd.what, odd.mend) from None
