"""Make the territory tables of `inputs/` from the reference data.

    python inputs/make/territory.py REFERENCE_FOLDER

    type        first row of epci_type_rule.csv that holds: nature in the list, density ≥ its floor
    estimate    C[i,s,c] = per_head[s,c] · population[i] · (density[i] / 100)^e[s,c]
    per_head    Σ_i C[i,s,c] = share · (national consumption − minus)         national_split.csv
    e           by rule: `elasticity`       the number given
                         `rural-ratio`      mean per head of the rural EPCI ÷ mean of the others
                         `fit-electricity`  least squares of log(residential electricity per head)
                         `fit-gas`          least squares of log(gas per head), Pays de la Loire
                on the logarithm of density; `fit-*` leave out what exceeds `ceiling` per head

An EPCI without an area (overseas) counts as one at the reference density.  Writes `epci.csv`,
`contiguity.csv`, `outlines.geojson` and `consumption_estimate.csv`, and prints the quality of the
fits that `docs/estimates.md` reports.  The reference folder is read, never shipped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

HERE = Path(__file__).resolve().parent
EPCI = Path("01_epci_communes", "epci_france_2026.csv")
GEOMETRY = Path("02_epci_geometry")
ELECTRICITY = Path(
    "03_elec_residentielle_epci_2023", "elec_residentielle_parc_logements_epci_2023.csv"
)
GAS = Path("04_teo_pays_de_la_loire", "elec_gaz_enr_epci_pays_de_la_loire.csv")
NATIONAL = Path("14_bilan_national_sdes_2023", "consommation_finale_france_2023.csv")
CODES = {"siren": str, "epci_siren": str, "code_zone": str, "siren_a": str, "siren_b": str}
REFERENCE_DENSITY = 100.0  # a unit, not an assumption: per_head is stated at this density
FOLDS = 10


class Fit(NamedTuple):
    """A least-squares line on logarithms.

    Attributes
    ----------
    elasticity : float
        Slope of log(consumption per head) on log(density).
    r2 : float
        Share of the variance explained.
    error : float
        Root mean square of the relative error on the groups left out.
    points : int
        EPCI in the fit.
    """

    elasticity: float
    r2: float
    error: float
    points: int


# --- the EPCI ----------------------------------------------------------------------------


def read(path: Path) -> pd.DataFrame:
    """Read a reference CSV with codes as text."""
    return pd.read_csv(path, dtype=CODES | {"dep_principal": str})


def epci_type(nature: pd.Series[Any], density: pd.Series[Any]) -> pd.Series[Any]:
    """Urban, intermediate or rural, by the first rule that holds (unknown density: 0)."""
    rules = pd.read_csv(HERE / "epci_type_rule.csv")
    kind = pd.Series("", index=nature.index)
    floors = rules["density_from [inhabitant/km2]"]
    for name, natures, floor in zip(rules["type"], rules["natures"], floors, strict=True):
        holds = nature.isin(natures.split()) & (density.fillna(0.0) >= floor) & (kind == "")
        kind = kind.mask(holds, name)
    return kind


def epci_table(reference: Path) -> pd.DataFrame:
    """All EPCI: name, nature, type, population, area [km2], centroid, département, region."""
    geometry = read(reference / GEOMETRY / "epci_geo_table.csv").set_index("siren")
    raw = read(reference / EPCI).set_index("siren").sort_index()
    place = geometry.reindex(raw.index)
    return pd.DataFrame(
        {
            "name": raw["nom"],
            "nature": raw["nature"],
            "type": epci_type(raw["nature"], raw["pop_municipale"] / place["area_km2"]),
            "population [inhabitant]": raw["pop_municipale"],
            "area [km2]": place["area_km2"],
            "longitude [degree]": place["lon"],
            "latitude [degree]": place["lat"],
            "x [m]": place["x_l93"],
            "y [m]": place["y_l93"],
            "department": raw["dep_principal"],
            "region": raw["region_nom"],
            "source": "decoupage-2026",
            "status": "published",
        }
    ).rename_axis("epci")


def contiguity(reference: Path) -> pd.DataFrame:
    """Pairs of EPCI that share a border, once each, smaller SIREN first [km]."""
    raw = read(reference / GEOMETRY / "epci_adjacency.csv")
    ends = np.sort(raw[["siren_a", "siren_b"]].to_numpy(str), axis=1)
    table = pd.DataFrame(
        {
            "epci": ends[:, 0],
            "neighbour": ends[:, 1],
            "border [km]": raw["shared_border_km_approx"],
            "distance [km]": raw["centroid_distance_km"],
            "source": "epci-outlines",
            "status": "estimated",
        }
    )
    return table.sort_values(["epci", "neighbour"])


def outlines(reference: Path) -> str:
    """One GeoJSON of the metropolitan EPCI, the finer outlines of Normandie preferred."""
    shapes: dict[str, Any] = {}
    for name in ("epci_france_metropole_leger", "epci_normandie"):
        text = (reference / GEOMETRY / f"{name}.geojson").read_text(encoding="utf-8")
        shapes |= {f["properties"]["siren"]: f["geometry"] for f in json.loads(text)["features"]}
    features = [
        {"type": "Feature", "properties": {"epci": siren}, "geometry": rounded(shapes[siren])}
        for siren in sorted(shapes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))


def rounded(value: Any) -> Any:
    """Any JSON value with its numbers at four decimals (about 10 m)."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return value


# --- the consumption estimator -----------------------------------------------------------


def line(x: Array, y: Array) -> tuple[float, float]:
    """Slope and intercept of the least-squares line."""
    slope, intercept = np.polyfit(x, y, 1)
    return float(slope), float(intercept)


def fit(per_head: pd.Series[Any], density: pd.Series[Any], group: pd.Series[Any]) -> Fit:
    """Fit log(per head) on log(density); the error is that on each group left out in turn."""
    x, y = np.log(density.to_numpy(float)), np.log(per_head.to_numpy(float))
    out = np.empty_like(y)
    for label in group.unique():
        held = (group == label).to_numpy()
        slope, intercept = line(x[~held], y[~held])
        out[held] = slope * x[held] + intercept
    slope, intercept = line(x, y)
    r2 = 1.0 - float(np.var(y - slope * x - intercept) / np.var(y))
    error = float(np.sqrt(np.mean((np.exp(y - out) - 1.0) ** 2)))
    return Fit(slope, r2, error, len(y))


def fit_electricity(reference: Path, epci: pd.DataFrame) -> Fit:
    """Residential electricity 2023 per head, each region left out in turn."""
    observed = read(reference / ELECTRICITY).set_index("epci_siren")["conso_elec_res_mwh"]
    known = epci.assign(observed=observed, density=density(epci)).dropna(
        subset=["observed", "density"]
    )
    per_head = known["observed"] / known["population [inhabitant]"]
    return fit(per_head, known["density"], known["region"])


def fit_gas(reference: Path, epci: pd.DataFrame, ceiling: float) -> Fit:
    """Gas 2019 per head in Pays de la Loire, every tenth EPCI left out in turn.

    What exceeds `ceiling` [MWh/inhabitant] is a refinery or a gas terminal, left out.
    """
    raw = read(reference / GAS)
    gas = raw[raw["type_zone"] == "Epci"].set_index("code_zone")["conso_gaz_gwh"] * 1e3
    known = epci.assign(per_head=gas / epci["population [inhabitant]"], density=density(epci))
    known = known[(known["per_head"] > 0.0) & (known["per_head"] < ceiling)]
    folds = pd.Series(np.arange(len(known)) % FOLDS, index=known.index)
    return fit(known["per_head"], known["density"], folds)


def density(epci: pd.DataFrame) -> pd.Series[Any]:
    """Inhabitants per km2; NaN where the area is unknown."""
    return epci["population [inhabitant]"] / epci["area [km2]"]


def scale(epci: pd.DataFrame, elasticity: float) -> pd.Series[Any]:
    """(density / reference)^elasticity; 1 where the density is unknown."""
    return (density(epci) / REFERENCE_DENSITY).pow(elasticity).fillna(1.0)


def ratio_elasticity(epci: pd.DataFrame, ratio: float) -> float:
    """Elasticity at which rural per head ÷ other per head is `ratio`, by bisection."""
    people = epci["population [inhabitant]"]
    rural = epci["type"] == "rural"

    def mean(where: pd.Series[Any], elasticity: float) -> float:
        return float(np.average(scale(epci, elasticity)[where], weights=people[where]))

    low, high = -2.0, 2.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if mean(rural, middle) / mean(~rural, middle) > ratio:
            low = middle
        else:
            high = middle
    return low


def national_energy(reference: Path, split: pd.DataFrame) -> Array:
    """National consumption that each row of the split stands for [MWh/yr]."""
    national = pd.read_csv(reference / NATIONAL, index_col="secteur")
    gross = [
        float(national.loc[origin, [f"{column}_twh" for column in columns.split("+")]].sum())
        for origin, columns in zip(split["origin"], split["columns"], strict=True)
    ]
    net = (np.array(gross) - split["minus [TWh/yr]"].to_numpy()) * split["share [1]"].to_numpy()
    return np.asarray(net * 1e6)


def consumption_estimate(
    epci: pd.DataFrame, reference: Path, split: pd.DataFrame, fits: dict[str, Fit]
) -> pd.DataFrame:
    """Coefficients per sector and carrier, calibrated on the national total."""
    rows = []
    for row, total in zip(split.to_dict("records"), national_energy(reference, split), strict=True):
        rule, value = row["rule"], row["parameter [1]"]
        if rule in fits:
            value = fits[rule].elasticity
        elif rule == "rural-ratio":
            value = ratio_elasticity(epci, value)
        value = round(value, 3)
        people = float((epci["population [inhabitant]"] * scale(epci, value)).sum())
        rows.append((total / people, REFERENCE_DENSITY, value))
    columns = [
        "per_head [MWh/inhabitant]",
        "reference_density [inhabitant/km2]",
        "elasticity [1]",
    ]
    numbers = pd.DataFrame(rows, columns=columns).round(dict(zip(columns, (5, 0, 3), strict=True)))
    return pd.concat([split[["sector", "carrier"]], numbers, split[["source", "status"]]], axis=1)


def main(reference: Path) -> None:
    """Write the four files beside this folder, and print the quality of the fits."""
    folder = HERE.parent
    epci = epci_table(reference)
    split = pd.read_csv(HERE / "national_split.csv")
    fits = {
        "fit-electricity": fit_electricity(reference, epci),
        "fit-gas": fit_gas(reference, epci, split["ceiling [MWh/inhabitant]"].min()),
    }
    estimate = consumption_estimate(epci, reference, split, fits)
    epci.to_csv(folder / "epci.csv", lineterminator="\n")
    contiguity(reference).to_csv(folder / "contiguity.csv", index=False, lineterminator="\n")
    estimate.sort_values(["sector", "carrier"]).to_csv(
        folder / "consumption_estimate.csv", index=False, lineterminator="\n"
    )
    (folder / "outlines.geojson").write_text(outlines(reference), encoding="utf-8", newline="\n")
    for name, quality in fits.items():
        sys.stdout.write(f"{name}: {quality}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
