"""History: what stands in the years that are known, and what is under way since the records.

    record      o0[n,k,y] = r[n,k] · g[k,y] / g[k,s] + H[k] · M[n,k,y]       y ≤ d
    existing    K0[n,k,y] = o0[n,k,y] / H[k]                                 y ≤ d
                K0[n,k,y] = (K0 − M)[n,k,d] · max(0, 1 − (y − d) / L[k]) + M[n,k,y]   y > d

    r  the row of production, observed in s        g  growth of the national stock
    M  power of projects since s, within their life  H, L  full-load hours, life
    d  the year from which the plan decides

Until d a stock is renewed like for like, so that it is as old then as any stock in a steady state,
and retires linearly over its life from d on, unless the plan renews it. A project is young, and
stands for its whole life.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from model.data.cells import Floats, positions
from model.data.evidence import estimate
from model.data.frame import Frame
from model.data.plants import PER_MW

Known = Mapping[int, pd.DataFrame]
"""Rows by the year that they are known for."""


def projects(frame: Frame, known: Known) -> pd.DataFrame:
    """Projects of the members that the records do not hold: place, technology, year, power [GW]."""
    table = frame.tables["projects"]
    rows = known[frame.decided]
    since = estimate.over(frame, rows, frame.base, "since")
    found = pd.DataFrame(
        {
            "place": positions(frame.members, table["epci"]),
            "technology": positions(frame.technologies.index, table["technology"]),
            "year": table["year"],
            "power": table["power"] / PER_MW,
        }
    )
    found = found[(found["place"] >= 0) & (found["technology"] >= 0)]
    return found[found["year"] > since[found["place"], found["technology"]]]


def records(frame: Frame, known: Known, added: pd.DataFrame) -> dict[int, Floats]:
    """Activity of plants in every year that is known (epci, technology), GWh/yr."""
    hours = frame.technologies["full_load_hours"].to_numpy(float)
    found = {}
    for year, rows in known.items():
        grown = rows["value"] * growth(frame, rows, year)
        stood = estimate.over(frame, rows.assign(value=grown), 0.0)
        found[year] = stood + in_service(frame, added, year) * hours
    return found


def in_service(frame: Frame, added: pd.DataFrame, year: int) -> Floats:
    """Power of projects within their life (epci, technology), GW."""
    life = frame.technologies["lifetime"].to_numpy(float)
    power = np.zeros((len(frame.members), len(life)))
    end = added["year"] + life[added["technology"]]
    there = added[(added["year"] <= year) & (year < end)]
    np.add.at(power, (there["place"], there["technology"]), there["power"])
    return power


def existing(frame: Frame, activity: Mapping[int, Floats], added: pd.DataFrame) -> Floats:
    """What stands without a decision of the plan (epci, technology, year), GW."""
    technologies = frame.technologies
    hours, life = (technologies[name].to_numpy(float) for name in ("full_load_hours", "lifetime"))
    last = activity[frame.decided]
    per_hour = 1 / hours
    old = _old(frame, last, added)

    def stands(year: int) -> Floats:
        if year in activity:
            return activity[year] * per_hour
        left = np.maximum(0.0, 1 - (year - frame.decided) / life)
        return old * left + in_service(frame, added, year)

    return np.stack([stands(year) for year in frame.years], axis=2)


def retiring(frame: Frame, activity: Mapping[int, Floats], added: pd.DataFrame) -> Floats:
    """What retires in the period of each vintage (epci, technology, vintage), GW."""
    life = frame.technologies["lifetime"].to_numpy(float)
    old = _old(frame, activity[frame.decided], added)

    def gone(since: int, until: int) -> Floats:
        left = [np.maximum(0.0, 1 - (y - frame.decided) / life) for y in (since, until)]
        there = added[added["year"] <= since]
        ended = in_service(frame, there, since) - in_service(frame, there, until)
        return np.asarray(old * (left[0] - left[1]) + ended)

    ends = frame.vintages
    return np.stack(
        [gone(*period) for period in zip([frame.decided, *ends], ends, strict=False)], axis=2
    )


def _old(frame: Frame, activity: Floats, added: pd.DataFrame) -> Floats:
    """What stands in the last year of history, projects aside (epci, technology), GW."""
    hours = frame.technologies["full_load_hours"].to_numpy(float)
    power = activity / np.where(hours > 0, hours, 1.0)
    return np.asarray(np.maximum(power - in_service(frame, added, frame.decided), 0.0))


def growth(frame: Frame, rows: pd.DataFrame, year: int) -> Floats:
    """National stock in a year over that of the year of each row."""
    grown = np.ones(len(rows))
    table = frame.tables["production_growth"].sort_values("year")
    for name, path in table.groupby("technology"):
        of = (rows["technology"] == name).to_numpy()
        then = np.interp(rows["since"].to_numpy(float)[of], path["year"], path["index"])
        grown[of] = np.interp(year, path["year"], path["index"]) / then
    return grown
