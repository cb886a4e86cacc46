"""Inputs that move: what a text such as `prices.purchase_price[carrier=gas|coal]` means.

prices.purchase_price[carrier=gas|coal]   a column of a table, in the rows that are meant
production.density                        a key of the scenario that holds a number
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.fields import TABLE
from model.scenario import Scenario
from model.tables.read import Tables
from model.words.catalogue import say

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


class OddError(Exception):
    """An input that cannot move: what is wrong, how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def moving(text: str, distribution: str, effect: str, scenario: Scenario, tables: Tables) -> Moving:
    """An input from its text."""
    match = _INPUT.fullmatch(text)
    if match is None:
        mend = say("write table.column, table.column[key=label] or a key of the scenario")
        raise OddError(say("'{text}' is no input", text=text), mend)
    path, (name, _, column) = match["path"], match["path"].partition(".")
    if name not in TABLE or _number(scenario, path) is not None:  # `production` is both
        return _key(path, distribution, effect, scenario)
    numbers = [c.name for c in TABLE[name].columns if c.kind == "number"]
    if column not in numbers:
        mend = say("one of {known}", known=", ".join(numbers))
        raise OddError(say("'{text}': no such column of numbers", text=text), mend)
    rows = tuple(_filter(text, part, name) for part in (match["rows"] or "").split(",") if part)
    moving = Moving(name, column, rows)
    if not moving.where(tables[name]).any():
        raise OddError(say("'{text}': no row is meant", text=text), say("check the labels"))
    if effect == "trend" and "year" not in TABLE[name].names:
        mend = say("take the effect times")
        raise OddError(
            say("'{text}': a trend needs years, and the table has none", text=text), mend
        )
    if distribution == INTERVAL and not name.startswith(STATED):
        mend = say("give a distribution with low and high")
        raise OddError(say("'{text}': no interval is stated for it", text=text), mend)
    return moving


def _filter(text: str, part: str, table: str) -> tuple[str, tuple[str, ...]]:
    column, equals, labels = part.partition("=")
    known = [c.name for c in TABLE[table].columns if c.kind in ("text", "code", "choice")]
    if not equals or not labels or column not in known:
        mend = say("write key=label, the key one of {known}", known=", ".join(known))
        raise OddError(say("'{text}': which rows is not clear", text=text), mend)
    return column, tuple(labels.split("|"))


def _key(path: str, distribution: str, effect: str, scenario: Scenario) -> Moving:
    """A number of the scenario."""
    if _number(scenario, path) is None:
        mend = say("name a table and its column, or a key of the scenario that holds a number")
        raise OddError(say("'{text}' is no number of the scenario", text=path), mend)
    if distribution == INTERVAL or effect == "trend":
        mend = say("give a distribution with low and high, and the effect times")
        raise OddError(say("'{text}' is one number: no trend and no interval", text=path), mend)
    return Moving("", path)


def _number(scenario: Scenario, path: str) -> float | None:
    """The number at a dotted key of the scenario; None if there is none."""
    value: Any = scenario.resolved()
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
