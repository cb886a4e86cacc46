"""Doubt: between what the estimates of an EPCI lie, and which of them matter most.

    low, high of an EPCI    Σ given + Σ_estimated error · value

Truth over estimate falls between the two factors of `estimate_error` in four cases of five. Errors
share a sign, from one carrier and from one neighbour to the next: an interval does not shrink for
a sum. What was given (a row of `consumption` or `production`) is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from model.data.evidence import estimate
from model.data.frame import Frame
from model.tables.read import Tables

TOTAL = "total"
SUN = "solar"
"""The technologies that begin so have one error: they were measured together."""

Factors = Mapping[tuple[str, str, str], tuple[float, float]]


def interval(frame: Frame, quantity: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Consumption or production of the base year: low, value, high [GWh/yr], by EPCI.

    A sum of carriers has the error of a total; technologies have each their own.
    """
    if quantity == "consumption":
        of = pd.Series(TOTAL, index=rows.index)
    else:
        of = rows["technology"].where(~rows["technology"].str.startswith(SUN), SUN)
    found = ends(frame, rows.assign(quantity=quantity, of=of))
    columns = ["low", "value", "high"]
    return found.groupby("epci")[columns].sum().reindex(frame.members, fill_value=0.0)


def possible(frame: Frame) -> pd.DataFrame:
    """Potential of renewable and recovered energy: low, value, high [GWh/yr], by EPCI.

    Low and high are the cautious and the ambitious level, value that of the scenario.
    """
    kinds = frame.technologies["kind"].isin(["renewable", "recovered"])
    local = frame.technologies.index[kinds]
    found = {}
    for name, level in (("low", "low"), ("value", ""), ("high", "high")):
        rows = estimate.potentials(frame, level)
        rows = rows[rows["technology"].isin(local)]
        found[name] = rows.groupby("epci")["value"].sum()
    return pd.DataFrame(found).reindex(frame.members, fill_value=0.0)


def widest(frame: Frame, rows: pd.DataFrame) -> pd.DataFrame:
    """Estimates of consumption, the least sure first: epci, carrier, low, value, high [GWh/yr]."""
    guessed = rows[rows["basis"] != ""]
    sums = guessed.groupby(["epci", "carrier", "basis"], as_index=False)["value"].sum()
    found = ends(frame, sums.assign(quantity="consumption", of=sums["carrier"]))
    order = (found["low"] - found["high"]).argsort(kind="stable")
    return found.iloc[order][["epci", "carrier", "low", "value", "high"]]


def sites(tables: Tables, members: Iterable[str]) -> pd.DataFrame:
    """Members with large industrial sites: fuel by emissions, what the estimate holds [GWh/yr].

    A member whose industry was given is not among them.
    """
    table, local, given = (tables[n] for n in ("large_sites", "consumption_by_epci", "consumption"))
    own = given[given["sector"] == "industry"]["epci"]
    known = table[table["epci"].isin(members) & ~table["epci"].isin(own)][["epci", "fuel"]]
    held = local.groupby("epci")["large_sites"].sum()
    return known.assign(held=known["epci"].map(held).fillna(0.0))


def ends(frame: Frame, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows (quantity, of, basis, value) with `low` and `high`: between what each lies.

    That is its value where it was given, or where no error is known.
    """
    table = frame.tables["estimate_error"]
    keys = zip(table["quantity"], table["of"], table["basis"], strict=True)
    known: Factors = dict(zip(keys, zip(table["low"], table["high"], strict=True), strict=True))
    sure = (1.0, 1.0)
    found = [
        known.get((quantity, of, basis), known.get((quantity, TOTAL, basis), sure))
        for quantity, of, basis in zip(rows["quantity"], rows["of"], rows["basis"], strict=True)
    ]
    low, high = zip(*found, strict=True) if found else ((), ())
    return rows.assign(low=rows["value"] * list(low), high=rows["value"] * list(high))
