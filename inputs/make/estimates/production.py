"""Production, sites and roofs, by lists of plants."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from estimates.consumption import spread
from estimates.fits import CODES, HERE, read, rounded

PLANT_YEAR = 2020
SMALL_ROOFS = "solar-roof-small"


def production(x: pd.DataFrame, reference: Path, rule: dict[str, float]) -> pd.DataFrame:
    """What stands, by EPCI and technology [GWh/yr]."""
    gas = injecting(reference)
    gas = gas[gas["annee_mes"] <= PLANT_YEAR]
    injected = gas.groupby("epci_siren_2026")["capacite_gwh_pcs_an"].sum() * rule["gas-lhv"]
    power = read(
        reference / "18_biomethane_cogeneration/biomethane_cogeneration_epci.csv", "epci_siren"
    )
    small = power["cogen_bioenergies_kw"] <= 2e3 * power["cogen_bioenergies_nb"]
    made = {
        "wind": x["wind_2016_mw"] * rule["wind-per-power"],
        "solar-ground": x["solar_2016_mw"] * rule["sun-per-power"],
        "solar-roof-large": x["farm"] * rule["sun-per-farm"] / 1e3,
        "solar-roof-small": x["population"] * x["house"] * rule["sun-per-head"] / 1e3,
        "hydro": x[["hydro_units_mw", "hydro_2016_mw"]].max(axis=1) * rule["hydro-hours"] / 1e3,
        "biogas-injection": injected.reindex(x.index).fillna(0.0) * rule["biomethane-use"],
        "biogas-chp": power["cogen_bioenergies_injecte_gwh_an"]
        .where(small, 0.0)
        .reindex(x.index)
        .fillna(0.0),
    }
    return pd.DataFrame(made)


def roofs(x: pd.DataFrame, rule: dict[str, float]) -> pd.DataFrame:
    """Potential of small roofs by houses and flats; the nation's is that by head and type."""
    by_head = pd.read_csv(HERE.parent / "potential_estimate.csv")
    by_head = by_head[by_head["technology"] == SMALL_ROOFS]
    weight = x["homes"] * (x["house"] + rule["flat-roof"] * (1 - x["house"]))
    found = {}
    for level in ("low", "medium", "high"):
        each = by_head[by_head["level"] == level].set_index("type")["per_head [MWh/inhabitant/yr]"]
        national = float((x["population"] * x["type"].map(each)).sum()) / 1e6
        found[f"{level} [GWh/yr]"] = rounded(spread(weight, national).to_numpy(float))
    table = pd.DataFrame(found, index=x.index)
    table.insert(0, "technology", SMALL_ROOFS)
    return table.assign(source="epci-estimates", status="illustrative").sort_index()


def injecting(reference: Path) -> pd.DataFrame:
    """Sites that inject biomethane and are open."""
    table = pd.read_csv(
        reference / "18_biomethane_cogeneration/points_injection_biomethane.csv", dtype=CODES
    )
    return table[table["site_ouvert"]]


def projects(reference: Path, rule: dict[str, float]) -> pd.DataFrame:
    """Sites that began to inject after the base year, by commune; records of others stay as is."""
    table = pd.read_csv(HERE.parent / "technologies.csv", index_col="technology")
    hours = float(table.loc["biogas-injection", "full_load_hours [h/yr]"])  # type: ignore[arg-type]
    gas = injecting(reference)
    gas = gas[gas["annee_mes"] > PLANT_YEAR]
    keys = {"epci_siren_2026": "epci", "commune": "place", "annee_mes": "year"}
    capacity = gas.groupby(list(keys))["capacite_gwh_pcs_an"].sum()
    power = (1e3 / hours * rule["gas-lhv"] * rule["biomethane-use"] * capacity).round(2)
    found = power.rename("power [MW]").reset_index().rename(columns=keys)
    found.insert(1, "technology", "biogas-injection")
    found = found.assign(stage="built", source="odre-biomethane", status="estimated")
    known = pd.read_csv(HERE.parent / "projects.csv", dtype=CODES)
    others = known[known["source"] != "odre-biomethane"]
    return pd.concat([found, others]).sort_values("epci", kind="stable")
