"""What is known of each EPCI, and the energy that was metered there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from estimates.fits import DECILES, HERE, Array, Series, fitted, logit, read, told

HEATING = {
    "electric": "electrique",
    "oil": "fioul",
    "gas": "gaz_ville",
    "other": "autre",
}
COVERED = 0.95  # of the population of an EPCI whose communes were read: `SOURCE.md` of the census


def places(reference: Path, rule: dict[str, float]) -> pd.DataFrame:
    """Predictors by metropolitan EPCI; shares of heating fitted where the census has none."""
    epci = read(HERE.parent / "epci.csv", "epci").rename(columns=lambda c: c.split(" [")[0])
    epci = epci[epci["area"].notna()]
    known = read(reference / "16_predicteurs_epci/predicteurs_epci.csv", "epci_siren")
    meters = read(
        reference
        / "03_elec_residentielle_epci_2023/elec_residentielle_parc_logements_epci_2023.csv",
        "epci_siren",
    )
    census = read(
        reference / "17_chauffage_logements_2022/logement_chauffage_epci.csv", "epci_siren"
    )
    census = census[census["part_population_couverte"] >= COVERED]
    land = read(reference / "19_occupation_sol_foret/occupation_sol_foret_epci.csv", "siren")
    x = epci.join(known)
    zone = pd.read_csv(HERE / "climate_zones.csv", dtype=str).set_index("department")["zone"]
    x["climate"] = x["department"].map(zone).map(lambda z: rule[f"climate-{z}"])
    heated = rule["hot-water"] + (1 - rule["hot-water"]) * x["climate"] / rule["climate-H1"]
    x["heated"] = heated
    x["density"] = x["population"] / x["area"]
    x["measured"] = meters["conso_elec_res_mwh"] / 1e3
    homes = meters.filter(like="rp_").sum(axis=1)
    x["homes"] = homes.where(homes > 0)
    x["homes"] = x["homes"].fillna(x["population"] / (x["population"] / x["homes"]).median())
    farmed = ["ha_terres_arables", "ha_prairies", "ha_agricole_heterogene", "ha_vignes"]
    farm = land[farmed].sum(axis=1).reindex(x.index)
    x["farm"] = farm.fillna(x["area"] * (farm / x["area"]).median())
    x["works"] = land["ha_zones_industrielles_commerciales"].reindex(x.index).fillna(0.0)
    sizes = meters.filter(like="surf_")
    sizes = sizes.div(sizes.sum(axis=1), axis=0).fillna(sizes.sum() / sizes.sum().sum())
    place = pd.DataFrame(
        {
            "large": sizes["surf_gt100"],
            "middling": sizes["surf_80_100"],
            "small": sizes["surf_lt30"] + sizes["surf_30_40"],
            "density": np.log(x["density"]),
            "density2": np.log(x["density"]) ** 2,
            "climate": x["climate"],
            "latitude": x["latitude"],
            "electricity": np.log(
                (x["measured"] / x["homes"]).fillna(x["measured"].sum() / x["homes"].sum())
            ),
        }
    )
    shares = {
        n: census[f"chauffage_{f}"] / census["residences_principales"] for n, f in HEATING.items()
    }
    shares["house"] = census["maisons"] / (census["maisons"] + census["appartements"])
    for name, share in shares.items():
        fit, _ = fitted(place, logit(share.reindex(x.index)), x["region"])
        x[name] = share.reindex(x.index).fillna(1 / (1 + np.exp(-fit)))
    features = place[["density", "density2", "climate", "latitude"]].assign(
        **{name: x[name] for name in ("electric", "gas", "house")}
    )
    each = np.log(x["measured"] / x["homes"])
    fit, out = fitted(features, each, x["region"])
    x["electricity"] = np.exp(fit) * x["homes"]
    told(
        "electricity of homes",
        x["measured"],
        np.exp(out) * x["homes"].reindex(out.index),
        x["region"],
    )
    return x


def metered(x: pd.DataFrame, rule: dict[str, float]) -> tuple[Series[float], Series[Any], Array]:
    """Electricity and gas (higher value) of final consumption, its basis, the error of the fit."""
    plants = x["gas_power_plants_mw"] * rule["gas-plant-hours"] / rule["gas-plant-efficiency"] / 1e3
    given = x["electricity_and_gas_2019_2021_gwh"] - plants / rule["gas-lhv"]
    given = given.where(given > x["electricity"])
    heads = x["population"] / 1e3
    features = pd.DataFrame(
        {
            "density": np.log(x["density"]),
            "homes": np.log(x["electricity"] / heads),
            "gas": x["gas"],
            "climate": x["climate"],
            "works": np.log(x["works"] / heads + 0.5),
            "site": np.log1p(x["heavy_industry_gwh"] / heads),
            "sited": (x["heavy_industry_gwh"] > 0).astype(float),
        }
    )
    fit, out = fitted(features, np.log(given / heads), x["region"])
    fit, out = np.exp(fit) * heads, np.exp(out) * heads.reindex(out.index)
    told("electricity and gas, fit", given, out, x["region"])
    lacking = ~(given > rule["metered-least"] * fit)
    strange = (given > rule["metered-most"] * fit) & (x["heavy_industry_gwh"] == 0)
    value = given.where(~lacking, fit).where(~strange, np.sqrt(given * fit))
    basis = pd.Series(np.where(lacking | strange, "fitted", "metered"), index=x.index)
    return value, basis, (given / out).dropna().quantile(DECILES).to_numpy()
