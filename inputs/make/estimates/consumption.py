"""Consumption of the base year, by sector and carrier."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from estimates.fits import HERE, Series

Used = dict[tuple[str, str], "Series[float]"]


def spread(weight: Series[float], total: float) -> Series[float]:
    """A national total [TWh/yr] by a weight [GWh/yr]."""
    return weight / weight.sum() * total * 1e3


def consumption(
    x: pd.DataFrame, total: Series[float], reference: Path, rule: dict[str, float]
) -> tuple[Used, dict[str, Series[float]]]:
    """Final consumption by sector and carrier [GWh/yr], by EPCI; that of large sites by carrier."""
    national = pd.read_csv(
        reference / "14_bilan_national_sdes_2023/consommation_finale_france_2023.csv",
        index_col="secteur",
    )
    now = {"res": rule["base-year-residential"], "tra": rule["base-year-transport"]}
    now["other"] = rule["base-year-other"]

    def energy(sector: str, carrier: str, year: str) -> float:
        return float(national.loc[sector, f"{carrier}_twh"]) * now[year]

    heads = x["population"]
    heat = (rule["flat-heat"] + (1 - rule["flat-heat"]) * x["house"]) * x["heated"] * x["homes"]
    wooded = x["homes"] * x["house"] * x["heated"] * (x["other"] + rule["second-wood"])
    flats = x["homes"] * (1 - x["house"]) * x["other"]
    network = flats.where(flats > rule["network-homes"], 0.0) * x["heated"]
    served = heads * (x["density"] / 100) ** rule["tertiary-elasticity"]
    c: Used = {}
    c["residential", "electricity"] = x["electricity"]
    c["residential", "gas"] = spread(x["gas"] * heat, energy("residentiel", "gaz", "res"))
    c["residential", "liquid-fuel"] = spread(
        x["oil"] * heat, energy("residentiel", "petrole", "res")
    )
    c["residential", "wood"] = spread(wooded, rule["residential-wood"] * now["res"])
    c["residential", "district-heat"] = spread(
        network, energy("residentiel", "chaleur_reseau", "res")
    )
    c["tertiary", "electricity"] = spread(served, energy("tertiaire", "electricite", "other"))
    c["tertiary", "gas"] = spread(served * x["gas"], energy("tertiaire", "gaz", "other"))
    c["tertiary", "liquid-fuel"] = spread(heads * x["oil"], energy("tertiaire", "petrole", "other"))
    c["tertiary", "wood"] = spread(heads * x["other"], rule["tertiary-wood"] * now["other"])
    c["tertiary", "district-heat"] = spread(network, energy("tertiaire", "chaleur_reseau", "other"))
    for carrier, amount in (
        ("electricity", energy("agriculture_peche", "electricite", "other")),
        ("gas", energy("agriculture_peche", "gaz", "other")),
        ("liquid-fuel", rule["agriculture-liquid-fuel"] * now["other"]),
        ("wood", rule["agriculture-wood"] * now["other"]),
    ):
        c["agriculture", carrier] = spread(x["farm"], amount)
    c["other-transport", "electricity"] = spread(heads, rule["rail-electricity"] * now["tra"])
    c["other-transport", "liquid-fuel"] = spread(heads, rule["other-transport-fuel"] * now["tra"])
    through = (
        x["light_vehicle_km_national_roads_m"] * rule["light-vehicle"]
        + x["heavy_vehicle_km_national_roads_m"] * rule["heavy-vehicle"]
    )
    local = heads * (x["density"] / 100) ** rule["local-road-elasticity"]
    rest = rule["road-liquid-fuel"] * now["tra"] - through.sum() / 1e3
    c["road-transport", "liquid-fuel"] = through + spread(local, rest)
    c["road-transport", "gas"] = spread(local, energy("transport", "gaz", "tra"))
    c["road-transport", "electricity"] = spread(local, rule["road-electricity"] * now["tra"])
    whole, at_sites = industry(x, c, total, rule)
    return c | whole, at_sites


def industry(
    x: pd.DataFrame,
    c: Used,
    total: Series[float],
    rule: dict[str, float],
) -> tuple[Used, dict[str, Series[float]]]:
    """Industry, which is what remains; and the sectors scaled down where too little does."""
    high = {"electricity": 1.0, "gas": 1 / rule["gas-lhv"]}
    known = {key: value * high[key[1]] for key, value in c.items() if key[1] in high}
    scaled = [("tertiary", "electricity"), ("tertiary", "gas"), ("residential", "gas")]
    least = rule["industry-least"] * total
    rest = total - sum(known.values())
    loose = sum(known[key] for key in scaled)
    factor = ((rest - least + loose) / loose).clip(0.1, 1.0)
    made = {key: c[key] * factor for key in scaled}
    left = rest.clip(lower=least)
    site = np.minimum(x["heavy_industry_gwh"], rule["site-most"] * left)
    plain = left - site
    taken = rule["site-electricity"] * site.sum()
    share = (rule["industry-electricity"] * left.sum() - taken) / plain.sum()
    cement = x["of_which_cement_gwh"]
    steel = x["of_which_steel_gwh"].where(x["of_which_steel_gwh"] < rule["steel-most"], 0.0)
    now = rule["base-year-other"]
    at_sites = {
        "electricity": site * rule["site-electricity"],
        "gas": site * (1 - rule["site-electricity"]) * rule["gas-lhv"],
        "liquid-fuel": cement * rule["cement-liquid-fuel"],
        "wood": cement * rule["cement-wood"],
        "coal": cement * rule["cement-coal"] + steel * rule["steel-coal"],
    }
    elsewhere = {
        "electricity": plain * share,
        "gas": plain * (1 - share) * rule["gas-lhv"],
        "liquid-fuel": spread(plain, rule["industry-liquid-fuel"] * now),
        "wood": spread(plain, rule["industry-wood"] * now),
    }
    whole = {("industry", c): at_sites[c] + elsewhere.get(c, 0.0) for c in at_sites}
    return made | whole, at_sites


def raked(used: pd.DataFrame, region: Series[Any], rule: dict[str, float]) -> pd.DataFrame:
    """The same, with the electricity of the regions whose load is published.

    What a region has too much in services and industry is gas of theirs, and the other way round:
    metered energy stays what it is.
    """
    loads = pd.read_csv(HERE / "regional_electricity.csv")
    scale = 1e3 * rule["electricity-since-2016"] * (1 - rule["electricity-losses"])
    found = used.copy()
    free = [("industry", "electricity"), ("tertiary", "electricity")]
    for code, load in zip(loads["region"], loads["load [TWh/yr]"], strict=True):
        inside = region == code
        power = used.loc[inside, [key for key in used if key[1] == "electricity"]]
        over = power.to_numpy().sum() - load * scale
        moved = power[free] * (over / power[free].to_numpy().sum())
        for sector, _ in free:
            gas = used.loc[inside, (sector, "gas")] + rule["gas-lhv"] * moved[sector, "electricity"]
            found.loc[inside, (sector, "gas")] = gas.clip(lower=0.0)
            found.loc[inside, (sector, "electricity")] -= moved[sector, "electricity"]
        sys.stdout.write(f"region {code}: electricity {over / load / scale:+.0%} before raking\n")
    return found
