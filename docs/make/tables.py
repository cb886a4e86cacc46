"""Write the tables of docs/rouen.md from the results of the default batch.

python run.py && python docs/make/tables.py [RESULTS]
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
            found[name] = xr.load_dataset(path, engine="netcdf4")
    return found


def rows(header: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """A Markdown table; floats with a thin space and no decimals."""
    head = list(header)
    text = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    text += ["| " + " | ".join(map(_cell, line)) + " |" for line in lines]
    return "\n".join(text) + "\n"


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{round(value) + 0.0:,.0f}".replace(",", "\N{NO-BREAK SPACE}")


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
    energy = ["consumption", "on its soil", "with certificates", "missing"]
    return rows(["scenario", *energy, "soil", "contractual", "hourly", "emissions"], lines)


def territory(outcomes: Mapping[str, xr.Dataset]) -> str:
    """All members together."""
    lines = []
    for name, outcome in outcomes.items():
        items = (outcome["cost"].sum(["epci", "actor"]) * outcome["discount"]).sum("year")
        carbon, penalty = float(items.sel(item="carbon")), float(items.sel(item="penalty"))
        spent_all = float(items.sum()) - carbon - penalty
        heads = float(outcome["population"].sum())
        last = outcome.sel(year=2050)
        spent = float(last["cost"].drop_sel(item=["carbon", "penalty"]).sum()) * 1e6 / heads
        lines.append(
            (
                name,
                float(outcome.attrs["objective"]),
                spent_all,
                carbon,
                penalty,
                float(last["final_consumption"].sum()),
                float(last["local_production"].sum()),
                percent(float(last["territory_share"].sel(definition="soil"))),
                float(last["emissions"].sum()),
                spent,
            )
        )
    money = ["objective", "money", "carbon", "missed"]
    last = ["consumption", "production", "share", "emissions", "EUR/inhabitant"]
    return rows(["scenario", *money, *last], lines)


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


def engineers(outcome: xr.Dataset) -> str:
    """Worth of one more engineer, by EPCI and year [kEUR a year]."""
    worth = outcome["staff_price"] * 1e3
    names = outcome["epci_name"].to_numpy().tolist()
    years = outcome["year"].to_numpy().tolist()
    lines = [(name, *(float(v) for v in worth[i])) for i, name in enumerate(names)]
    return rows(["EPCI", *map(str, years)], lines)


def binding(outcome: xr.Dataset) -> str:
    """Worth of one more MWh of potential in 2050, by EPCI [€/MWh]."""
    rent = outcome["potential_rent"].sel(year=2050)
    kept = [k for k in rent["technology"].to_numpy() if float(rent.sel(technology=k).max()) > 1]
    names = [str(n) for n in outcome["epci_name"].to_numpy()]
    lines = [(k, *(float(v) for v in rent.sel(technology=k))) for k in kept]
    return rows(["technology", *names], lines)


def main(results: Path, page: Path) -> None:
    """Write every table anew between its markers in the page."""
    outcomes = read(results)
    widened = outcomes["spl-widened"]
    tables = {
        "rouen": rouen(outcomes),
        "territory": territory(outcomes),
        "sectors": mix(widened, "final_consumption", "sector"),
        "carriers": mix(widened, "final_consumption", "carrier"),
        "production": mix(widened, "local_production", "technology"),
        "alone": mix(outcomes["rouen-alone"], "local_production", "technology"),
        "costs": mix(widened, "cost", "item"),
        "rents": binding(widened),
        "engineers": engineers(outcomes["no-cooperation"]),
    }
    text = page.read_text(encoding="utf-8")
    for name, table in tables.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        head, _, rest = text.partition(begin)
        text = head + begin + table + end + rest.partition(end)[2]
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    pages = Path(__file__).parents[1]
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "results"), pages / "rouen.md")
