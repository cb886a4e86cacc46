"""Beside: rows that a planner brings, beside what stands in their place now."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.data.evidence import doubt, estimate, history
from model.data.frame import Frame
from model.data.plants import PER_MW
from model.fields import TABLE
from model.scenario.schema import Scenario, Territory
from model.tables.read import Tables

VALUE = {
    "consumption": "consumption",
    "production": "production",
    "projects": "power",
    "endowments": "operating_expenditure",
}
"""The figure of each table that can be brought."""


def beside(tables: Tables, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `now`, what stands in their place, `low` and `high` if that is an estimate.

    `guessed` says so. What stands nowhere is zero among consumption and production, else NaN.
    """
    keys = [key for key in TABLE[name].keys if key != "year" or name == "projects"]
    if name in ("consumption", "production"):
        found = pd.concat(
            [_known(tables, name, of) for _, of in rows.groupby("year", dropna=False)]
        )
        merged = rows.merge(found, "left", [*keys, "year"])
        filled = {"now": 0.0, "low": 0.0, "high": 0.0, "basis": estimate.PLANTS}
        merged = merged.fillna(filled)
        return merged.assign(guessed=merged["basis"] != "")
    now = tables[name][[*keys, VALUE[name]]].rename(columns={VALUE[name]: "now"})
    merged = rows.merge(now, "left", keys)
    return merged.assign(low=merged["now"], high=merged["now"], guessed=False)


def _known(tables: Tables, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """What is known of the EPCI of rows of one year: keys, year, now, low, high, basis."""
    members = tuple(sorted(set(rows["epci"])))
    frame = Frame(Scenario(title="-", territory=Territory(members=members)), tables)
    year = rows["year"].iloc[0]
    at = frame.base if np.isnan(year) else int(year)
    if name == "consumption":
        known = estimate.consumption(frame, at)
        of = known["carrier"]
    else:
        known = estimate.production(frame, at)
        known["value"] *= history.growth(frame, known, at)
        sun = known["technology"].str.startswith(doubt.SUN)
        of = known["technology"].where(~sun, doubt.SUN)
    ends: pd.DataFrame = doubt.ends(frame, known.assign(quantity=name, of=of))
    ends = ends.rename(columns={"value": "now"})
    keys = [key for key in TABLE[name].keys if key != "year"]
    return ends[[*keys, "now", "low", "high", "basis"]].assign(year=year)


def filled(tables: Tables, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as the table has its columns.

    Of endowments, blank cells are as they stand now: a row replaces a whole one. Of projects, the
    power is that which gives what a site injects of its capacity by higher heating value.
    """
    if name == "projects":
        constant = tables["constants"].set_index("constant")["value"]
        hours = tables["technologies"].set_index("technology")["full_load_hours"]
        injected = rows["capacity"] * constant["gas_lhv"] * constant["biomethane_use"]
        return rows.assign(power=injected / rows["technology"].map(hours) * PER_MW)
    if name != "endowments":
        return rows
    now = tables[name].set_index("epci").reindex(rows["epci"]).reset_index()
    kept = [c.name for c in TABLE[name].columns if c.kind == "number" and c.name not in rows]
    return rows.assign(**{column: now[column].to_numpy() for column in kept})


def changed(found: pd.DataFrame, name: str) -> pd.Series[bool]:
    """Which rows are not what is given already."""
    same = np.isclose(found[VALUE[name]], found["now"], rtol=1e-9, atol=0.0)
    return pd.Series(~same | found["guessed"], index=found.index)
