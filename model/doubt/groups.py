"""Groups: what is not sure, as `uncertainty.csv` says it, and a scenario over it.

    prices.purchase_price[carrier=gas|coal]   a column of a table, in the rows that are meant
    production.density                        a key of the scenario
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.data.cells import fault, misplaced
from model.errors import InputError
from model.fields import TABLE
from model.scenario import Scenario
from model.scenario.schema import Doubt
from model.tables.read import Tables
from model.words.catalogue import say

NAME = "uncertainty"
INTERVAL = "interval"
STATED = ("consumption", "production", "potential")
"""What tables that begin so are about: they state intervals."""

_INPUT = re.compile(r"(?P<path>[\w.-]+)(?:\[(?P<rows>[^\]]*)\])?")

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Moving:
    """An input that moves: a column in some rows of a table, or (`table` empty) a scenario key."""

    table: str
    column: str
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def where(self, table: pd.DataFrame) -> Flags:
        """The rows that are meant."""
        found = np.ones(len(table), dtype=bool)
        for column, patterns in self.rows:
            labels = table[column].astype(str)
            meant = {x for x in labels.unique() if any(fnmatchcase(x, p) for p in patterns)}
            found &= labels.isin(meant).to_numpy()
        return found


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
    table, said = tables[NAME], scenario.uncertainty
    rows: dict[str, dict[str, Any]] = {row["group"]: row for row in table.to_dict("records")}
    names = sorted({*rows, *said.groups})
    faults = [
        fault
        for key in ("only", "without")
        for fault in _unknown(scenario, key, getattr(said, key) or (), names)
    ]
    kept = names if said.only is None else [name for name in names if name in said.only]
    found = []
    for name in kept:
        if name in said.without:
            continue
        try:
            found.append(_group(name, rows.get(name), said.groups.get(name), scenario, tables))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    if not found:
        mend = say("give rows of uncertainty.csv, or groups in the scenario")
        raise misplaced(scenario, NAME, say("nothing is uncertain"), mend)
    return found


def _unknown(
    scenario: Scenario, key: str, asked: tuple[str, ...], known: list[str]
) -> Iterator[Any]:
    for name in sorted(set(asked) - set(known)):
        mend = say("one of {known}", known=", ".join(known))
        what = say("no group '{name}'", name=name)
        yield from misplaced(scenario, f"{NAME}.{key}", what, mend).faults


def _group(
    name: str, row: dict[str, Any] | None, said: Doubt | None, scenario: Scenario, tables: Tables
) -> Group:
    """A group; what the scenario says of it goes before what the table says."""

    def wrong(key: str, what: str, mend: str = "") -> InputError:
        """At the key if the scenario says it, else in the table."""
        mine = said is not None and (row is None or bool(getattr(said, key, None)))
        if mine:
            return misplaced(scenario, f"{NAME}.groups.{name}.{key}", what, mend)
        assert row is not None
        text = say("{key}: {what}", key=key, what=what)
        return fault(tables[NAME], row["line"], text, mend)

    def value(key: str, default: Any) -> Any:
        given = getattr(said, key, None)
        if given not in (None, "", ()):
            return given
        return default if row is None else row[key]

    distribution = value("distribution", "")
    if not distribution:
        raise wrong("distribution", say("is missing"), say("name a distribution"))
    low, high, likely = (float(value(k, d)) for k, d in _NUMBERS.items())
    _check_range(wrong, distribution, low, high, likely)
    effect, inputs = value("effect", "times"), value("inputs", ())
    texts = inputs.split() if isinstance(inputs, str) else list(inputs)
    if not texts:
        raise wrong("inputs", say("are missing"), say("say what moves: table.column"))
    try:
        moving = tuple(_moving(t, distribution, effect, scenario, tables) for t in texts)
    except _OddError as odd:
        raise wrong("inputs", odd.what, odd.mend) from None
    return Group(
        name,
        value("label_en", "") or name,
        value("label_fr", "") or value("label_en", "") or name,
        distribution,
        low,
        high,
        likely,
        effect,
        moving,
        str(row["status"]) if row is not None and said is None else "illustrative",
    )


_NUMBERS = {"low": np.nan, "high": np.nan, "likely": 1.0}


def _check_range(wrong: Any, distribution: str, low: float, high: float, likely: float) -> None:
    if distribution == INTERVAL:
        return
    if not (isfinite(low) and isfinite(high)):
        mend = say("give low and high, or take the distribution interval")
        raise wrong("low" if not isfinite(low) else "high", say("is missing"), mend)
    if not low < high:
        what = say("the range is empty: {low:g} to {high:g}", low=low, high=high)
        raise wrong("low", what, say("low is below high"))
    if distribution == "lognormal" and low <= 0:
        raise wrong("low", say("is not above 0"), say("or take a triangular distribution"))
    if distribution == "triangular" and not low <= likely <= high:
        what = say("{value:g} is not between low and high", value=likely)
        raise wrong("likely", what, say("give the most likely factor"))


class _OddError(Exception):
    """An input that cannot move: what is wrong, how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def _moving(
    text: str, distribution: str, effect: str, scenario: Scenario, tables: Tables
) -> Moving:
    """An input from its text."""
    match = _INPUT.fullmatch(text)
    if match is None:
        mend = say("write table.column, table.column[key=label] or a key of the scenario")
        raise _OddError(say("'{text}' is no input", text=text), mend)
    path, (name, _, column) = match["path"], match["path"].partition(".")
    if name not in TABLE or _number(scenario, path) is not None:  # `production` is both
        return _key(path, distribution, effect, scenario)
    numbers = [c.name for c in TABLE[name].columns if c.kind == "number"]
    if column not in numbers:
        mend = say("one of {known}", known=", ".join(numbers))
        raise _OddError(say("'{text}': no such column of numbers", text=text), mend)
    rows = tuple(_filter(text, part, name) for part in (match["rows"] or "").split(",") if part)
    moving = Moving(name, column, rows)
    if not moving.where(tables[name]).any():
        raise _OddError(say("'{text}': no row is meant", text=text), say("check the labels"))
    if effect == "trend" and "year" not in TABLE[name].names:
        mend = say("take the effect times")
        raise _OddError(say("'{text}': a trend needs years, and the table has none", text=text), mend)
    if distribution == INTERVAL and not name.startswith(STATED):
        mend = say("give a distribution with low and high")
        raise _OddError(say("'{text}': no interval is stated for it", text=text), mend)
    return moving


def _filter(text: str, part: str, table: str) -> tuple[str, tuple[str, ...]]:
    column, equals, labels = part.partition("=")
    known = [c.name for c in TABLE[table].columns if c.kind in ("text", "code", "choice")]
    if not equals or not labels or column not in known:
        mend = say("write key=label, the key one of {known}", known=", ".join(known))
        raise _OddError(say("'{text}': which rows is not clear", text=text), mend)
    return column, tuple(labels.split("|"))


def _key(path: str, distribution: str, effect: str, scenario: Scenario) -> Moving:
    """A number of the scenario."""
    if _number(scenario, path) is None:
        mend = say("name a table and its column, or a key of the scenario that holds a number")
        raise _OddError(say("'{text}' is no number of the scenario", text=path), mend)
    if distribution == INTERVAL or effect == "trend":
        mend = say("give a distribution with low and high, and the effect times")
        raise _OddError(say("'{text}' is one number: no trend and no interval", text=path), mend)
    return Moving("", path)


def _number(scenario: Scenario, path: str) -> float | None:
    """The number at a dotted key of the scenario; None if there is none."""
    value: Any = scenario.resolved()
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
