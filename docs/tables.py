"""Print the tables of docs/rouen.md from the results of the default batch, as Markdown.

python run.py && python docs/tables.py [RESULTS]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import xarray as xr

ROUEN = "200023414"
ORDER = (
    "trend",
    "rouen-alone",
    "no-cooperation",
    "bilateral",
    "spl-metropole",
    "spl-widened",
    "pool",
    "rouen-ring",
    "density-low",
    "density-high",
    "sobriety-first",
    "no-sobriety",
)


def read(results: Path) -> dict[str, xr.Dataset]:
    """The outcomes of the default batch, in the order of the page."""
    found = {}
    for name in ORDER:
        path = results / name / "outcome.nc"
        if path.exists():
            found[name] = xr.load_dataset(path, engine="h5netcdf")
    return found


def rows(header: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """A Markdown table; floats with a thin space and no decimals."""
    head = list(header)
    text = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    text += ["| " + " | ".join(map(_cell, line)) + " |" for line in lines]
    return "\n".join(text) + "\n"


def _cell(value: object) -> str:
    return f"{value:,.0f}".replace(",", " ") if isinstance(value, float) else str(value)


def percent(value: float) -> str:
    """A share as a percentage."""
    return f"{100 * value:.1f} %"


def rouen(outcomes: Mapping[str, xr.Dataset]) -> str:
    """Rouen itself in 2050, scenario by scenario."""
    lines = []
    for name, outcome in outcomes.items():
        last = outcome.sel(epci=ROUEN, year=2050)
        produced = float(last["local_production"].sum())
        received = float(last["certificate_balance"])
        share = last["local_share"]
        wanted = [t for t in outcome["target"].to_numpy() if str(t).startswith("rouen-production")]
        gap = float(outcome["target_gap"].sel(target=wanted, year=2050).sum()) if wanted else 0.0
        lines.append(
            (
                name,
                float(last["final_consumption"].sum()),
                produced,
                produced + received,
                gap,
                percent(float(share.sel(definition="soil"))),
                percent(float(share.sel(definition="contractual"))),
                percent(float(share.sel(definition="hourly"))),
                float(last["emissions"].sum()),
            )
        )
    header = "scenario, consumption, on its soil, with certificates, missing, soil, contractual, hourly, emissions"
    return rows(header.split(", "), lines)


def territory(outcomes: Mapping[str, xr.Dataset]) -> str:
    """All members together."""
    lines = []
    for name, outcome in outcomes.items():
        items = (outcome["cost"].sum(["epci", "actor"]) * outcome["discount"]).sum("year")
        carbon, penalty = float(items.sel(item="carbon")), float(items.sel(item="penalty"))
        money = float(items.sum()) - carbon - penalty
        heads = float(outcome["population"].sum())
        last = outcome.sel(year=2050)
        spent = float(last["cost"].drop_sel(item=["carbon", "penalty"]).sum()) * 1e6 / heads
        lines.append(
            (
                name,
                float(outcome.attrs["objective"]),
                money,
                carbon,
                penalty,
                float(last["final_consumption"].sum()),
                float(last["local_production"].sum()),
                percent(float(last["territory_share"].sel(definition="soil"))),
                float(last["emissions"].sum()),
                spent,
            )
        )
    header = "scenario, objective, money, carbon, penalty, consumption 2050, production 2050, share, emissions 2050, €/inhabitant 2050"
    return rows(header.split(", "), lines)


def mix(outcome: xr.Dataset, variable: str, dim: str) -> str:
    """A variable of Rouen by year, largest first."""
    table = outcome[variable].sel(epci=ROUEN)
    table = table.sum([d for d in table.dims if d not in (dim, "year")])
    order = table.max("year").to_series().sort_values(ascending=False)
    years = outcome["year"].to_numpy().tolist()
    lines = [
        (name, *(float(v) for v in table.sel({dim: name})))
        for name, largest in order.items()
        if largest >= 1
    ]
    return rows([dim, *map(str, years)], lines)


def binding(outcome: xr.Dataset) -> str:
    """Worth of one more MWh of potential in 2050, by EPCI [€/MWh]."""
    rent = outcome["potential_rent"].sel(year=2050)
    kept = [k for k in rent["technology"].to_numpy() if float(rent.sel(technology=k).max()) > 1]
    names = [str(n) for n in outcome["epci_name"].to_numpy()]
    lines = [(k, *(float(v) for v in rent.sel(technology=k))) for k in kept]
    return rows(["technology", *names], lines)


def main(results: Path) -> None:
    """Print every table of the page."""
    outcomes = read(results)
    tables = {
        "Rouen in 2050": rouen(outcomes),
        "All members": territory(outcomes),
        "Consumption of Rouen, spl-widened": mix(
            outcomes["spl-widened"], "final_consumption", "sector"
        ),
        "Carriers": mix(outcomes["spl-widened"], "final_consumption", "carrier"),
        "Production": mix(outcomes["spl-widened"], "local_production", "technology"),
        "Production alone": mix(outcomes["rouen-alone"], "local_production", "technology"),
        "Savings": mix(outcomes["spl-widened"], "consumption_reduction", "measure"),
        "Rents": binding(outcomes["spl-widened"]),
        "Costs of Rouen": mix(outcomes["spl-widened"], "cost", "item"),
    }
    for title, table in tables.items():
        sys.stdout.write(f"\n### {title}\n\n{table}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "results"))
