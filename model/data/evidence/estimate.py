"""Estimates: what an EPCI consumes, produces, could produce and owns when nobody has measured it.

A row of `consumption`, `production`, `potentials` or `endowments` always overrides the estimate,
row by row. An EPCI that `…_by_epci` holds takes the rest from there, what is not there being zero;
another is computed from population, area, density and type, with the coefficients of the
`…_estimate` tables. The method and its error are in docs/estimates.md.

    consumption   per_head · N · (N / A / reference_density) ^ elasticity
    production, potential   per_area · A + per_head · N         N inhabitants, A km²
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.data.cells import Floats, cells, fault, positions
from model.data.frame import Frame
from model.fields import TABLE
from model.words.catalogue import say

PER_HEAD, PLANTS = "per-head", "plants"
"""What an estimate by formula rests on, and one of what stands."""

MWH_PER_GWH = 1e3
EUR_PER_MEUR = 1e6
HA_PER_KM2 = 100.0


Places = NDArray[np.int64]


class Estimated(NamedTuple):
    """Estimated values [GWh/yr], each from a row of a rule for a member, by their places."""

    rule: pd.DataFrame
    row: Places
    place: Places
    value: Floats


def consumption(frame: Frame, year: int) -> pd.DataFrame:
    """Final consumption as known in a year: epci, sector, carrier, value [GWh/yr], and its state.

    That is `status`; `basis`, what an estimate rests on, empty for a row that was given; `since`,
    the year that it was observed in, or the base year if that was earlier.

    Raises
    ------
    InputError
        If an estimate needs an area or a population that is blank or zero.
    """
    rule, local = frame.tables["consumption_estimate"], _local(frame, "consumption")
    if not frame.scenario.demand.large_sites:
        local = local.assign(consumption=local["consumption"] - local["large_sites"])
    row, place = np.indices((len(rule), len(frame.members))).reshape(2, -1)
    row, place = _elsewhere(frame, local, row, place)
    heads, area = _people(frame, place)
    power, reference = cells(rule, "elasticity", row), cells(rule, "reference_density", row)
    density = np.full(len(row), np.nan)
    np.divide(heads, area, out=density, where=(heads > 0) & (area > 0))
    with np.errstate(divide="ignore", invalid="ignore"):  # told below, if it leads nowhere
        relative = np.where(power != 0, (density / reference) ** power, 1.0)
    value = cells(rule, "per_head", row) * heads * relative / MWH_PER_GWH
    given = _latest(frame, "consumption", year)
    return _override(frame, given, "consumption", Estimated(rule, row, place, value), local)


def production(frame: Frame, year: int) -> pd.DataFrame:
    """Production as known in a year: epci, technology, value [GWh/yr], status, basis, since."""
    rule, local = frame.tables["production_estimate"], _local(frame, "production")
    given = _latest(frame, "production", year)
    return _override(frame, given, "production", _by_type(frame, rule, local), local)


def potentials(frame: Frame, level: str = "") -> pd.DataFrame:
    """Yearly potential: epci, technology, value [GWh/yr], status.

    At a level, `low`, `medium` or `high`, or else that of the scenario.
    """
    level = level or frame.scenario.production.level
    rule = frame.tables["potential_estimate"]
    given = frame.tables["potentials"].assign(year=np.nan)
    estimated = _by_type(frame, rule[rule["level"] == level])
    return _override(frame, given, level, estimated, _local(frame, "potentials"))


def endowments(frame: Frame) -> pd.DataFrame:
    """Staff [FTE], budget [MEUR/yr], operating_expenditure [MEUR/yr], land [ha], by EPCI.

    NaN where neither a row nor an estimate says anything.
    """
    rule, given = frame.tables["endowment_estimate"], frame.tables["endowments"]
    kind, own = positions(rule["type"], frame.epci["type"]), positions(given["epci"], frame.members)
    heads, area = _people(frame, np.arange(len(frame.members)))
    share = cells(rule, "land_share", kind)
    estimated = {
        "staff": cells(rule, "staff", kind) + cells(rule, "staff_per_head", kind) * heads,
        "budget": cells(rule, "budget_per_head", kind) * heads / EUR_PER_MEUR,
        "operating_expenditure": cells(rule, "operating_per_head", kind) * heads / EUR_PER_MEUR,
        "land": np.where(share == 0, 0.0, share * area * HA_PER_KM2),
    }
    owned = {name: cells(given, name, own, default) for name, default in estimated.items()}
    lost = np.isnan(owned["land"]) & ~np.isnan(share)
    if lost.any():
        raise _no_area(frame, frame.members[int(lost.argmax())], "endowments.csv")
    return pd.DataFrame(owned, index=frame.epci.index)


def over(frame: Frame, rows: pd.DataFrame, default: float, column: str = "value") -> Floats:
    """A column by EPCI and technology (epci, technology); `default` where no row is."""
    epci = positions(frame.members, rows["epci"])
    technology = positions(frame.technologies.index, rows["technology"])
    there = np.flatnonzero((epci >= 0) & (technology >= 0))
    wide = np.full((len(frame.members), len(frame.technologies)), default)
    wide[epci[there], technology[there]] = cells(rows, column, there, default)
    return wide


def _people(frame: Frame, place: Places) -> tuple[Floats, Floats]:
    """Population [inhabitant] and area [km2] of members."""
    return cells(frame.epci, "population", place), cells(frame.epci, "area", place)


def _local(frame: Frame, name: str) -> pd.DataFrame:
    """The rows of an estimate by EPCI, those of the members."""
    table = frame.tables[f"{name}_by_epci"]
    table = table[positions(frame.members, table["epci"]) >= 0]
    return table if "basis" in table else table.assign(basis=PLANTS)


def _latest(frame: Frame, name: str, year: int) -> pd.DataFrame:
    """Of the rows of each key the latest up to a year, or else the first one after it."""
    table = frame.tables[name]
    away = table["year"].fillna(frame.base) - year
    keys = [key for key in TABLE[name].keys if key != "year"]
    order = np.lexsort((away.abs(), away > 0))
    return table.iloc[order].drop_duplicates(keys).sort_index()


def _elsewhere(
    frame: Frame, local: pd.DataFrame | None, row: Places, place: Places
) -> tuple[Places, Places]:
    """Rows of a rule and places, without the EPCI that have an estimate of their own."""
    if local is None or local.empty:
        return row, place
    rest = ~np.isin(place, positions(frame.members, local["epci"]))
    return row[rest], place[rest]


def _by_type(frame: Frame, rule: pd.DataFrame, local: pd.DataFrame | None = None) -> Estimated:
    """An estimate per area and per head, for each member EPCI by its type [GWh/yr]."""
    kinds = [table["type"].to_numpy(dtype=object) for table in (rule, frame.epci)]
    row, place = _elsewhere(frame, local, *np.nonzero(kinds[0][:, None] == kinds[1]))
    heads, area = _people(frame, place)
    per_area = cells(rule, "per_area", row)
    by_area = np.where(per_area == 0, 0.0, per_area * area)
    value = (by_area + cells(rule, "per_head", row) * heads) / MWH_PER_GWH
    return Estimated(rule, row, place, value)


def _override(
    frame: Frame,
    given: pd.DataFrame,
    column: str,
    estimated: Estimated,
    local: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Rows of a table, then the estimates of other keys; each with a finite value."""
    rule = estimated.rule.assign(basis=PER_HEAD, since=frame.base)
    local = None if local is None else local.assign(since=frame.base)
    kept = given[positions(frame.members, given["epci"]) >= 0].assign(basis="")
    kept["since"] = kept["year"].fillna(frame.base).clip(lower=frame.base)
    keys = [key for key in ("epci", "sector", "carrier", "technology") if key in given]
    own = {"epci": frame.epci.index.to_numpy()[estimated.place], "value": estimated.value}
    both = {
        key: np.concatenate(
            [
                *(
                    rows[column if key == "value" else key].to_numpy()
                    for rows in (kept, *([] if local is None else [local]))
                ),
                own[key] if key in own else rule[key].to_numpy()[estimated.row],
            ]
        )
        for key in (*keys, "value", "status", "basis", "since", "line")
    }
    ranks = [positions(sorted(set(both[key])), both[key]) for key in keys]
    _, first = np.unique(np.stack(ranks), axis=1, return_index=True)
    merged = pd.DataFrame({key: column[first] for key, column in both.items()})
    lost = ~np.isfinite(merged["value"].to_numpy(float))
    if lost.any():
        file = "consumption.csv" if "sector" in keys else "production.csv and potentials.csv"
        raise _no_area(frame, str(merged["epci"].iloc[lost.argmax()]), file)
    return merged


def _no_area(frame: Frame, siren: str, file: str) -> Exception:
    table = frame.tables["epci"]
    return fault(
        table,
        table.loc[table["epci"] == siren, "line"].iloc[0],
        say(
            "the area or the population of {siren} is blank or zero, and an estimate needs it",
            siren=siren,
        ),
        say("give it, or rows for this EPCI in {file}", file=file),
    )
