"""Make the estimates by EPCI of `inputs/` from the reference data, and measure their error.

    python inputs/make/epci_estimates.py REFERENCE_FOLDER

Consumption of the base year, in GWh/yr, of EPCI i (numbers: `epci_rules.csv`)

    metered     M = metered electricity and gas of 2019–2021 − gas of power plants
                    the fit where none, or where it lacks an operator (M < ½ fit);
                    √(M · fit) where M > 3 · fit and no large site is known
    fit         log(M / N) on density, homes, climate, reach of gas, industrial land, large sites
    homes       electricity: fit on heating, kind of home, density, climate
                gas, oil, wood, heat: national energy by homes of each heating × kind × climate
    services    national energy by population × density ^ e, by heating for oil, gas and wood
    farming     national energy by farmed area
    roads       traffic on national roads × fuel per km; the rest of the national fuel by population
    industry    what remains of M: that of large sites mostly gas, the rest so that national
                electricity comes out, and that of regions whose load is published;
                liquid fuel and wood in proportion to the rest; coal, petroleum coke and waste of
                cement and steel works from their emissions

Shares of heating and of houses that the census misses are fitted too, on sizes of homes as well.
Production: what stood where a list of plants says, scaled to measured energy.  Errors are those on
regions left out of a fit, or on the 71 EPCI of Pays de la Loire whose figures take no part; what
nobody measured is an assumption and says so.

Writes `consumption_by_epci.csv`, `production_by_epci.csv`, `large_sites.csv`, `estimate_error.csv`,
`projects.csv` (biomethane since the base year) and `potentials_by_epci.csv` (small roofs, by houses
and flats), and prints the figures of `docs/estimates.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
Series = pd.Series  # of floats, by EPCI
Used = dict[tuple[str, str], "Series[float]"]

HERE = Path(__file__).resolve().parent
CODES = dict.fromkeys(
    ("epci", "epci_siren", "siren", "code_zone", "CodeZone", "epci_siren_2026", "department"), str
)
HEATING = {
    "electric": "electrique",
    "oil": "fioul",
    "gas": "gaz_ville",
    "other": "autre",
}
COVERED = 0.95  # of the population of an EPCI whose communes were read: `SOURCE.md` of the census
DECILES = (0.1, 0.9)
DECILE = 1.2816  # of the normal distribution
METERED = "electricity and gas"
PLANT_YEAR = 2020
SMALL_ROOFS = "solar-roof-small"
LEAST = 0.02  # GWh/yr below which a row is left out
LARGE_SITE = 100.0  # GWh/yr from which a site is told of


def read(path: Path, index: str) -> pd.DataFrame:
    """Read a reference CSV with codes as text, by its EPCI."""
    return pd.read_csv(path, dtype=CODES).set_index(index)


def rules() -> dict[str, float]:
    """The numbers of the estimate, and of the model those that it shares."""
    table = pd.read_csv(HERE / "epci_rules.csv")
    shared = pd.read_csv(HERE.parent / "constants.csv", index_col="constant")["value"]
    own = dict(zip(table["rule"], table["value"], strict=True))
    return own | {"gas-lhv": shared["gas_lhv"], "biomethane-use": shared["biomethane_use"]}


# --- fits --------------------------------------------------------------------------------


def ridge(x: pd.DataFrame, y: Series[float]) -> Array:
    """Coefficients, the constant first, of a least-squares plane with a penalty of one."""
    full = np.column_stack([np.ones(len(x)), x.to_numpy(float)])
    penalty = np.eye(full.shape[1])
    penalty[0, 0] = 0.0
    return np.asarray(np.linalg.solve(full.T @ full + penalty, full.T @ y.to_numpy(float)))


def at(x: pd.DataFrame, coefficients: Array) -> Series[float]:
    """The plane at the rows of x."""
    return pd.Series(coefficients[0] + x.to_numpy(float) @ coefficients[1:], index=x.index)


def fitted(
    features: pd.DataFrame, y: Series[float], region: Series[Any]
) -> tuple[Series[float], Series[float]]:
    """The plane at every row with features; and, where y is known, as fitted without its region."""
    x = features.dropna()
    x = (x - x.mean()) / x.std()
    known = y.reindex(x.index).dropna()
    where = region.reindex(known.index)
    out = [
        at(x.loc[known.index[where == r]], ridge(x.loc[known.index[where != r]], known[where != r]))
        for r in where.unique()
    ]
    return at(x, ridge(x.loc[known.index], known)), pd.concat(out)


def logit(share: Series[float]) -> Series[float]:
    """Logarithm of the odds of a share, kept from its ends."""
    inside = share.clip(0.003, 0.99)
    return np.log(inside / (1 - inside))


def told(name: str, truth: Series[float], estimate: Series[float], group: Series[Any]) -> None:
    """Print how far an estimate is from the truth; the interval is that of the other groups."""
    ratio = (truth / estimate).dropna()
    inside = [
        of.between(*ratio.drop(of.index).quantile(DECILES))
        for _, of in ratio.groupby(group.reindex(ratio.index))
    ]
    covered = pd.concat(inside).mean()
    error = (1 / ratio - 1).abs()
    low, high = ratio.quantile(DECILES)
    sys.stdout.write(
        f"{name}: {len(ratio)} EPCI, median error {error.median():.0%}, "
        f"p90 {error.quantile(0.9):.0%}, "
        f"sum {estimate[ratio.index].sum() / truth[ratio.index].sum() - 1:+.0%}, "
        f"80 % of truth/estimate in {low:.2f}–{high:.2f}, "
        f"an interval from other groups covers {covered:.0%}\n"
    )


# --- what is known of each EPCI ----------------------------------------------------------


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


# --- consumption -------------------------------------------------------------------------


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


# --- production --------------------------------------------------------------------------


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
    """Sites that began to inject after the base year, by commune; power gives what they inject."""
    table = pd.read_csv(HERE.parent / "technologies.csv", index_col="technology")
    hours = float(table.loc["biogas-injection", "full_load_hours [h/yr]"])  # type: ignore[arg-type]
    gas = injecting(reference)
    gas = gas[gas["annee_mes"] > PLANT_YEAR]
    keys = {"epci_siren_2026": "epci", "commune": "place", "annee_mes": "year"}
    capacity = gas.groupby(list(keys))["capacite_gwh_pcs_an"].sum()
    power = (1e3 / hours * rule["gas-lhv"] * rule["biomethane-use"] * capacity).round(2)
    found = power.rename("power [MW]").reset_index().rename(columns=keys)
    found.insert(1, "technology", "biogas-injection")
    return found.assign(stage="built", source="odre-biomethane", status="estimated")


# --- errors ------------------------------------------------------------------------------


class Estimate(NamedTuple):
    """What was estimated: consumption, production, the error of the fit of metered energy."""

    used: pd.DataFrame
    made: pd.DataFrame
    fit: Array
    department: Series[Any]


Row = tuple[str, str, str, float, float, int, str]


def errors(found: Estimate, reference: Path, rule: dict[str, float]) -> pd.DataFrame:
    """Truth over estimate at 10 and 90 %, by what is estimated and from what."""
    rows = [*of_meters(found, reference, rule), *of_the_rest(rule)]
    rows += [*of_totals(found, rows, rule), *of_plants(found.made, reference, found.department)]
    columns = ["quantity", "of", "basis", "low [1]", "high [1]", "places [1]", "status"]
    table = pd.DataFrame(rows, columns=columns).round(2)
    table.insert(6, "source", "epci-estimates")
    assumed = pd.read_csv(HERE / "assumed_error.csv")
    return pd.concat([table[table["of"] != METERED], assumed])


def of_meters(found: Estimate, reference: Path, rule: dict[str, float]) -> Iterator[Row]:
    """Electricity and gas, against what Pays de la Loire publishes."""
    seen = pd.read_csv(
        reference / "04_teo_pays_de_la_loire/elec_gaz_enr_epci_pays_de_la_loire.csv", dtype=CODES
    )
    seen = seen[seen["type_zone"] == "Epci"].set_index("code_zone").reindex(found.used.index)
    carriers = found.used.T.groupby(level=1).sum().T
    power, gas = seen["conso_elec_gwh"], seen["conso_gaz_gwh"] * rule["gas-lhv"]
    both = carriers["electricity"] + carriers["gas"]
    for name, real, mine, widening in (
        ("electricity", power, carriers["electricity"], rule["error-split"]),
        ("gas", gas, carriers["gas"], rule["error-split"]),
        (METERED, power + gas, both, 1.0),
    ):
        told(f"{name}, Pays de la Loire", real, mine, found.department)
        ratio = (real / mine)[lambda r: r > 0]
        yield "consumption", name, "metered", *ratio.quantile(DECILES), len(ratio), "estimated"
        yield "consumption", name, "fitted", *found.fit**widening, len(both), "estimated"


def of_the_rest(rule: dict[str, float]) -> Iterator[Row]:
    """The carriers that nobody meters: assumptions."""
    words = {"liquid-fuel": "oil", "wood": "wood", "coal": "coal", "district-heat": "heat"}
    for carrier, word in words.items():
        factor = float(np.exp(DECILE * rule[f"error-{word}"]))
        for kind in ("metered", "fitted"):
            yield "consumption", carrier, kind, 1 / factor, factor, 0, "illustrative"


def of_totals(found: Estimate, rows: list[Row], rule: dict[str, float]) -> Iterator[Row]:
    """A total, from the error of what is metered and of the rest, which go together in part."""
    carriers = found.used.T.groupby(level=1).sum().T.sum()
    share = float(carriers[["electricity", "gas"]].sum() / carriers.sum())
    rest, rho = DECILE * rule["error-oil"] * (1 - share), rule["error-correlation"]
    for _, name, kind, low, high, _, _ in rows:
        if name == METERED:
            ends = [
                float(np.exp(sign * np.sqrt(a**2 + rest**2 + 2 * rho * a * rest)))
                for sign, a in ((-1, -np.log(low) * share), (1, np.log(high) * share))
            ]
            yield "consumption", "total", kind, ends[0], ends[1], 0, "illustrative"


def of_plants(made: pd.DataFrame, reference: Path, where: Series[Any]) -> Iterator[Row]:
    """Wind and sun, against what Pays de la Loire publishes of 2019."""
    seen = pd.read_csv(
        reference / "04_teo_pays_de_la_loire/production_elec_enedis_epci.csv", dtype=CODES
    )
    wanted = (seen["TypeZone"] == "Epci") & (seen["annee"] == 2019)
    seen = seen[wanted & (seen["indicateur"] == "Energie.totale.en.kWh")]
    plants = seen.pivot_table(
        index="CodeZone", columns="Filiere.de.production", values="valeur", aggfunc="sum"
    )
    for technology, name in {"wind": "Eolien", "solar": "Photovoltaïque"}.items():
        real = plants[name].reindex(made.index).dropna() / 1e6
        mine = made.filter(regex=f"^{technology}").sum(axis=1)
        ratio = (real / mine)[(real > 0.01) & (mine > 0)]
        told(f"{technology}, Pays de la Loire", real[ratio.index], mine[ratio.index], where)
        none, some = real.index[real <= 0.01], real.index[real > 0.01]
        sys.stdout.write(
            f"  of {len(none)} without, {(mine[none] > 0.01).sum()} are given some; "
            f"of {len(some)} with, {(mine[some] <= 0.01).sum()} are given none\n"
        )
        yield "production", technology, "plants", *ratio.quantile(DECILES), len(ratio), "estimated"


def rounded(value: Array) -> Array:
    """Three significant digits."""
    size = np.floor(np.log10(np.where(value > 0, value, 1.0)))
    return np.asarray(np.round(value / 10**size, 2) * 10**size)


def as_rows(table: pd.DataFrame, names: list[str], value: str) -> pd.DataFrame:
    """A table by EPCI as rows, without its zeros, three digits each."""
    flat = table.stack(list(range(table.columns.nlevels))).rename(value).reset_index()
    flat.columns = pd.Index(["epci", *names, value])
    flat[value] = rounded(flat[value].to_numpy(float))
    return flat[flat[value] >= LEAST]


def main(reference: Path) -> None:
    """Write the six tables beside this folder, and print the errors."""
    folder, rule = HERE.parent, rules()
    x = places(reference, rule)
    total, basis, fit = metered(x, rule)
    by_carrier, at_sites = consumption(x, total, reference, rule)
    used = raked(pd.DataFrame(by_carrier), x["region"], rule)
    made = production(x, reference, rule)
    table = as_rows(used, ["sector", "carrier"], "consumption [GWh/yr]")
    table.insert(3, "basis", table["epci"].map(basis))
    inside = pd.DataFrame({("industry", c): value for c, value in at_sites.items()})
    sites = as_rows(inside, ["sector", "carrier"], "large_sites [GWh/yr]")
    table = table.merge(sites, "left", ["epci", "sector", "carrier"])
    plants = as_rows(made, ["technology"], "production [GWh/yr]")
    for rows, name in ((table, "consumption"), (plants, "production")):
        tidy = rows.assign(source="epci-estimates", status="estimated")
        keys = [column for column in ("epci", "sector", "carrier", "technology") if column in tidy]
        tidy.sort_values(keys).to_csv(
            folder / f"{name}_by_epci.csv", index=False, lineterminator="\n", float_format="%.4g"
        )
    sites = x["heavy_industry_gwh"][x["heavy_industry_gwh"] >= LARGE_SITE].round(-1)
    pd.DataFrame(
        {"fuel [GWh/yr]": sites, "source": "hotmaps", "status": "estimated"}
    ).sort_index().to_csv(folder / "large_sites.csv", lineterminator="\n")
    roofs(x, rule).to_csv(
        folder / "potentials_by_epci.csv", lineterminator="\n", float_format="%.4g"
    )
    projects(reference, rule).to_csv(folder / "projects.csv", index=False, lineterminator="\n")
    errors(Estimate(used, made, fit, x["department"]), reference, rule).to_csv(
        folder / "estimate_error.csv", index=False, lineterminator="\n"
    )
    sums = (used.T.groupby(level=[0, 1]).sum().T.sum() / 1e3).round(1)
    sys.stdout.write(
        f"{basis.value_counts().to_dict()}\n{sums.to_string()}\nall {sums.sum():.0f}\n"
    )
    sys.stdout.write(f"{(made.sum() / 1e3).round(1).to_string()}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
