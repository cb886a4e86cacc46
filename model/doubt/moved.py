"""Moved: the scenario and the tables of a draw.

    times    value · x
    trend    value · (1 + (x − 1) · t)    t from 0 in the year the plan begins to 1 in the last
    excess   1 + (value − 1) · x

A value stays within the bounds that the registry gives its column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.doubt import intervals
from model.doubt.groups import Group
from model.doubt.inputs import INTERVAL, Moving
from model.fields import TABLE
from model.scenario import Scenario, override
from model.tables.read import Tables

Floats = NDArray[np.float64]


def moved(
    scenario: Scenario, tables: Tables, groups: Sequence[Group], factors: Sequence[float]
) -> tuple[Scenario, Tables]:
    """A scenario and its tables with every group at its factor; the same ones where none moves.

    Raises
    ------
    InputError
        If a key of the scenario may not hold what the factor makes of it.
    """
    frames = dict(tables)
    keys: dict[str, object] = {}
    for group, factor in zip(groups, factors, strict=True):
        for one in group.inputs:
            if not one.table:
                keys[one.column] = _number(scenario, keys, one.column, group.effect, factor)
                continue
            now = Tables(tables.folder, frames)
            frames[one.table] = _column(scenario, now, one, group, factor)
    chosen = override(scenario, keys) if keys else scenario
    return chosen, replace(tables, frames=frames)


def _number(
    scenario: Scenario, changed: dict[str, object], key: str, effect: str, factor: float
) -> float:
    """A number of the scenario, moved; once more if another group moved it before."""
    found: object = scenario.resolved()
    for part in key.split("."):
        assert isinstance(found, dict)
        found = found[part]
    value = changed.get(key, found)
    assert isinstance(value, int | float)
    return float(_effect(effect, np.array(float(value)), factor, np.array(1.0)))


def _column(
    scenario: Scenario, tables: Tables, one: Moving, group: Group, factor: float
) -> pd.DataFrame:
    """A table with a column moved in the rows that are meant."""
    table = tables[one.table]
    value = table[one.column].to_numpy(float)
    if group.distribution == INTERVAL:
        level = scenario.production.level
        new = intervals.moved(tables, one.table, one.column, factor, level)
    else:
        new = _effect(group.effect, value, factor, _time(scenario, table))
    spec = TABLE[one.table].column(one.column)
    new = np.where(one.where(table), np.clip(new, spec.lower, spec.upper), value)
    changed = table.assign(**{one.column: new})
    changed.attrs = dict(table.attrs)
    return changed


def _time(scenario: Scenario, table: pd.DataFrame) -> Floats:
    """How far each row is on the way from the beginning of the plan to its end."""
    if "year" not in table:
        return np.ones(len(table))
    first, last = scenario.horizon.decided, scenario.horizon.years[-1]
    share = (table["year"].to_numpy(float) - first) / (last - first)
    return np.asarray(np.nan_to_num(np.clip(share, 0.0, 1.0), nan=1.0))


def _effect(effect: str, value: Floats, factor: float, time: Floats) -> Floats:
    if effect == "excess":
        return 1.0 + (value - 1.0) * factor
    if effect == "trend":
        return value * (1.0 + (factor - 1.0) * time)
    return value * factor
