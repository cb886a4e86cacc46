"""Draws: an ensemble as tables for a spreadsheet.

draws  a row for each draw: how it ended, its factors, the headline results; draw 0: the tables
sure   a row for each headline result: between what it lies, in how many draws it is above 0, and
       the share of its doubt that each group makes
"""

from __future__ import annotations

import pandas as pd

from model.outcome.plain import Result
from model.views.facts import doubt


def draws(found: Result) -> dict[str, pd.DataFrame]:
    """The tables of an ensemble, by name; headers are the ids of the result file, with units."""
    return {"draws": _draws(found), "sure": _sure(found)}


def _draws(found: Result) -> pd.DataFrame:
    factors = pd.DataFrame(found.arrays["factor"], columns=found.labels("group"))
    known = found.labels("headline")
    heads = [f"{name} [{doubt.unit(name)}]" for name in known]
    values = pd.DataFrame(found.arrays["value"], columns=heads)
    ends = {name: found.arrays[name].tolist() for name in ("status", "twin_status")}
    first = pd.DataFrame({"draw": found.labels("draw"), **ends})
    return pd.concat([first, factors.add_prefix("factor:"), values], axis=1)


def _sure(found: Result) -> pd.DataFrame:
    rows = []
    for name in found.labels("headline"):
        lies = doubt.interval(doubt.values(found, name))
        shares = doubt.hangs(found, name)
        rows.append(
            {
                "headline": name,
                "unit": doubt.unit(name),
                "as_the_tables_say": lies.central,
                "middle": lies.middle,
                "low_4_of_5": lies.four[0],
                "high_4_of_5": lies.four[1],
                "low_19_of_20": lies.nineteen[0],
                "high_19_of_20": lies.nineteen[1],
                "error_of_the_ends": lies.error,
                "draws_above_0": lies.above,
                "draws": lies.draws,
                "explained": doubt.explained(found, name),
                **{f"share:{g}": shares[g] for g in found.labels("group")},
            }
        )
    return pd.DataFrame(rows)
