"""Truth over estimate, by what is estimated and from what."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from estimates.fits import CODES, DECILES, HERE, Array, Series, told

DECILE = 1.2816  # of the normal distribution
METERED = "electricity and gas"


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
