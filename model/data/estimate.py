"""Estimates: what an EPCI consumes, produces, could produce and owns when nobody has measured it.

A row of `consumption`, `production`, `potentials` or `endowments` always overrides the estimate,
row by row; what remains is computed from population, area, density and type, with the
coefficients of the `…_estimate` tables. The method and its error are in docs/estimates.md.

    consumption   per_head · N · (N / A / reference_density) ^ elasticity
    production, potential   per_area · A + per_head · N         N inhabitants, A km²
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.data.frame import Floats, Frame, fault

MWH_PER_GWH = 1e3
EUR_PER_MEUR = 1e6
HA_PER_KM2 = 100.0


def consumption(frame: Frame) -> pd.DataFrame:
    """Final consumption of the base year: epci, sector, carrier, value [GWh/yr], status.

    Raises
    ------
    InputError
        If an estimate needs an area or a population that is blank or zero.
    """
    wide = frame.tables["consumption_estimate"].merge(_people(frame), how="cross")
    heads, power = wide["population"], wide["elasticity"]
    known = (heads > 0) & (wide["area"] > 0)
    density = (heads / wide["area"]).where(known)
    relative = ((density / wide["reference_density"]) ** power).where(power != 0, 1.0)
    wide["value"] = wide["per_head"] * heads * relative / MWH_PER_GWH
    given = frame.tables["consumption"].rename(columns={"consumption": "value"})
    return _override(frame, wide, given, ["epci", "sector", "carrier"])


def production(frame: Frame) -> pd.DataFrame:
    """Recorded production of the base year: epci, technology, value [GWh/yr], status."""
    wide = _by_type(frame, frame.tables["production_estimate"])
    given = frame.tables["production"].rename(columns={"production": "value"})
    return _override(frame, wide, given, ["epci", "technology"])


def potentials(frame: Frame) -> pd.DataFrame:
    """Yearly potential at the level of the scenario: epci, technology, value [GWh/yr], status."""
    level, rule = frame.scenario.production.level, frame.tables["potential_estimate"]
    wide = _by_type(frame, rule[rule["level"] == level])
    given = frame.tables["potentials"].rename(columns={level: "value"})
    return _override(frame, wide, given, ["epci", "technology"])


def endowments(frame: Frame) -> pd.DataFrame:
    """Staff [FTE], budget [MEUR/yr], operating_expenditure [MEUR/yr], land [ha], by EPCI.

    NaN where neither a row nor an estimate says anything.
    """
    epci = frame.epci
    rule = frame.tables["endowment_estimate"].set_index("type").reindex(epci["type"])
    heads, area = epci["population"].to_numpy(float), epci["area"].to_numpy(float)
    share = rule["land_share"].to_numpy(float)
    estimated = pd.DataFrame(
        {
            "staff": rule["staff"].to_numpy(float) + rule["staff_per_head"].to_numpy(float) * heads,
            "budget": rule["budget_per_head"].to_numpy(float) * heads / EUR_PER_MEUR,
            "operating_expenditure": rule["operating_per_head"].to_numpy(float)
            * heads
            / EUR_PER_MEUR,
            "land": np.where(share == 0, 0.0, share * area * HA_PER_KM2),
        },
        index=epci.index,
    )
    given = frame.tables["endowments"].set_index("epci")[list(estimated.columns)]
    owned = given.reindex(epci.index).combine_first(estimated)[list(estimated.columns)]
    lost = owned["land"].isna().to_numpy() & ~np.isnan(share)
    if lost.any():
        raise _no_area(frame, str(owned.index[lost.argmax()]), "endowments.csv")
    return owned


def over(frame: Frame, rows: pd.DataFrame, default: float) -> Floats:
    """A column `value` by EPCI and technology (epci, technology); `default` where no row is."""
    wide = rows.pivot(index="epci", columns="technology", values="value")
    wide = wide.reindex(index=frame.members, columns=list(frame.technologies.index))
    return wide.fillna(default).to_numpy(float)


def _people(frame: Frame) -> pd.DataFrame:
    return frame.epci[["type", "population", "area"]].reset_index()


def _by_type(frame: Frame, rule: pd.DataFrame) -> pd.DataFrame:
    """An estimate per area and per head, for each member EPCI by its type [GWh/yr]."""
    wide = rule.merge(_people(frame), on="type")
    by_area = np.where(wide["per_area"] == 0, 0.0, wide["per_area"] * wide["area"])
    wide["value"] = (by_area + wide["per_head"] * wide["population"]) / MWH_PER_GWH
    return wide


def _override(
    frame: Frame, estimated: pd.DataFrame, given: pd.DataFrame, keys: list[str]
) -> pd.DataFrame:
    """Estimated rows, replaced by the given rows of the same keys; each with a finite value."""
    columns = [*keys, "value", "status", "line"]
    given = given.loc[given["epci"].isin(frame.members), columns]
    both = pd.concat([given, estimated[columns]], ignore_index=True)
    merged = both.drop_duplicates(keys, keep="first", ignore_index=True)
    lost = ~np.isfinite(merged["value"].to_numpy(float))
    if lost.any():
        file = "consumption.csv" if "sector" in keys else "production.csv and potentials.csv"
        raise _no_area(frame, str(merged["epci"].iloc[lost.argmax()]), file)
    return merged.sort_values(keys, ignore_index=True)


def _no_area(frame: Frame, siren: str, file: str) -> Exception:
    table = frame.tables["epci"]
    return fault(
        table,
        table.loc[table["epci"] == siren, "line"].iloc[0],
        f"the area or the population of {siren} is blank or zero, and an estimate needs it",
        f"give it, or rows for this EPCI in {file}",
    )
