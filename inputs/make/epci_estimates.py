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
from pathlib import Path

import pandas as pd
from estimates.consumption import consumption, raked
from estimates.errors import Estimate, errors
from estimates.fits import HERE, rounded, rules
from estimates.places import metered, places
from estimates.production import production, projects, roofs

LEAST = 0.02  # GWh/yr below which a row is left out
LARGE_SITE = 100.0  # GWh/yr from which a site is told of


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
