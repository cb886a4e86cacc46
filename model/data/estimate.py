"""Estimates: what an EPCI consumes, produces, could produce and owns when nobody has measured it.

A row of `consumption`, `production`, `potentials` or `endowments` always overrides the estimate,
row by row; what remains is computed from population, area, density and type, with the
coefficients of the `…_estimate` tables. The method and its error are in docs/estimates.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.data.frame import Frame, fault

MWH_PER_GWH = 1000.0
HA_PER_KM2 = 100.0


def consumption(frame: Frame) -> pd.DataFrame:
    """Final consumption of the base year.

    Returns
    -------
    DataFrame
        Columns epci, sector, carrier, value [GWh/yr], status, line and file of the row it rests on.
    """
    rule = frame.tables["consumption_estimate"]
    epci = frame.epci
    wide = rule.merge(epci[["population", "area"]].reset_index(), how="cross")
    density = wide["population"] / wide["area"]
    relative = np.where(
        wide["elasticity"] == 0, 1.0, (density / wide["reference_density"]) ** wide["elasticity"]
    )
    wide["value"] = wide["per_head"] * wide["population"] * relative / MWH_PER_GWH
    unknown = wide[wide["value"].isna()]
    given = frame.tables["consumption"].rename(columns={"consumption": "value"})
    merged = _override(wide, given, epci.index, ["epci", "sector", "carrier"])
    lost = unknown.merge(merged[merged["value"].isna()], on=["epci", "sector", "carrier"])
    if len(lost):
        raise _no_area(frame, str(lost["epci"].iloc[0]), "consumption.csv")
    return merged.sort_values(["epci", "sector", "carrier"], ignore_index=True)


def production(frame: Frame) -> pd.DataFrame:
    """Recorded production of the base year: epci, technology, value [GWh/yr], status."""
    wide = _by_type(frame, "production_estimate")
    given = frame.tables["production"].rename(columns={"production": "value"})
    merged = _override(wide, given, frame.epci.index, ["epci", "technology"])
    return _known(frame, merged, "production.csv")


def potentials(frame: Frame) -> pd.DataFrame:
    """Yearly potential at the level of the scenario: epci, technology, value [GWh/yr], status."""
    level = frame.scenario.production.level
    wide = _by_type(frame, "potential_estimate")
    wide = wide[wide["level"] == level]
    given = frame.tables["potentials"].assign(value=lambda t: t[level])
    merged = _override(wide, given, frame.epci.index, ["epci", "technology"])
    return _known(frame, merged, "potentials.csv")


def endowments(frame: Frame) -> pd.DataFrame:
    """Staff [FTE], budget [MEUR/yr], operating_expenditure [MEUR/yr], land [ha], by EPCI.

    NaN where neither a row nor an estimate says anything.
    """
    epci = frame.epci
    rule = frame.tables["endowment_estimate"].set_index("type").reindex(epci["type"])
    heads, area = epci["population"].to_numpy(float), epci["area"].to_numpy(float)
    estimated = pd.DataFrame(
        {
            "staff": rule["staff"].to_numpy() + rule["staff_per_head"].to_numpy() * heads,
            "budget": rule["budget_per_head"].to_numpy() * heads / 1e6,
            "operating_expenditure": rule["operating_per_head"].to_numpy() * heads / 1e6,
            "land": rule["land_share"].to_numpy() * area * HA_PER_KM2,
        },
        index=epci.index,
    )
    given = frame.tables["endowments"].set_index("epci")[list(estimated.columns)]
    return given.reindex(epci.index).combine_first(estimated)[list(estimated.columns)]


def _by_type(frame: Frame, name: str) -> pd.DataFrame:
    """An estimate per area and per head, for each member EPCI by its type [GWh/yr]."""
    rule = frame.tables[name]
    people = frame.epci[["type", "population", "area"]].reset_index()
    wide = rule.merge(people, on="type")
    by_area = np.where(wide["per_area"] == 0, 0.0, wide["per_area"] * wide["area"])
    wide["value"] = (by_area + wide["per_head"] * wide["population"]) / MWH_PER_GWH
    return wide


def _override(
    estimated: pd.DataFrame, given: pd.DataFrame, members: pd.Index, keys: list[str]
) -> pd.DataFrame:
    """Estimated rows, replaced by the given rows of the same keys."""
    columns = [*keys, "value", "status", "line"]
    given = given[given["epci"].isin(members)][columns].assign(given=True)
    estimated = estimated[columns].assign(given=False)
    both = pd.concat([given, estimated], ignore_index=True)
    return both.drop_duplicates(keys, keep="first", ignore_index=True)


def _known(frame: Frame, merged: pd.DataFrame, file: str) -> pd.DataFrame:
    lost = merged[merged["value"].isna()]
    if len(lost):
        raise _no_area(frame, str(lost["epci"].iloc[0]), file)
    return merged


def _no_area(frame: Frame, siren: str, file: str) -> Exception:
    table = frame.tables["epci"]
    line = table.loc[table["epci"] == siren, "line"].iloc[0]
    return fault(
        table,
        line,
        f"the area of {siren} is blank, and an estimate needs it",
        f"give the area, or rows for this EPCI in {file}",
    )
