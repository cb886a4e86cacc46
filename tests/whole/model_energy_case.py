"""PyPSA's example `model-energy` in our tables: wind and sun, a battery, hydrogen in a cavern.

`model_energy.csv` is its load [MW], wind and sun by three hours (PyPSA contributors, CC-BY-4.0).
Costs are of a year there, so they are upkeep here. The cavern has energy and no power of its own:
a store that holds three hours of its power is never short of it in steps of three hours. Load that
is shed is bought.
"""

from __future__ import annotations

import csv
from pathlib import Path

from model.outcome.solve import solve_scenario
from model.scenario import Scenario
from tests.cases import (
    HOURS,
    RURAL,
    Piece,
    carrier,
    demand,
    people,
    rows,
    service,
    steps,
    technology,
    write,
)
from tests.whole.figures_case import Figures, power

STEP = 3
SERIES = ("load", "wind", "sun")


def upkeep(cost: float) -> dict[str, float]:
    """What a year of a MW costs [EUR]."""
    return {"investment": 0, "fixed_cost": cost / 1000}


def store(name: str, of: str, cost: float, yields: float) -> list[Piece]:
    """A store of three hours."""
    ways = {"charge_efficiency": yields, "discharge_efficiency": yields}
    return [
        technology(name, {}, kind="storage", cost=upkeep(cost)),
        rows("storages", {"technology": name, "carrier": of, "duration": 3, **ways}),
    ]


def told(folder: Path, days: int) -> Scenario:
    """The first days of it, for the whole year; 365 are the example as it is published."""
    with (Path(__file__).parent / "model_energy.csv").open(encoding="utf-8") as file:
        read = [{k: float(row[k]) for k in SERIES} for row in csv.DictReader(file)]
    read = read[: days * 24 // STEP]
    weight = HOURS / (days * 24)
    total = {k: sum(row[k] for row in read) * STEP * weight for k in SERIES}
    long = {"calendar": "long", "day": "all", "hours": STEP, "weight": weight}
    turned = {"kind": "conversion"}
    return write(
        folder,
        people(1e7),
        demand({RURAL: total["load"] / 1000}),
        service("power", profile="load"),
        carrier("electricity", 2000),
        carrier("hydrogen"),
        *(
            technology(
                name,
                {"electricity": 1},
                cost=upkeep(cost),
                profile=name,
                full_load_hours=total[name],
                **turned,
            )
            for name, cost in (("wind", 101644.12332388276), ("sun", 51346.82981964593))
        ),
        technology(
            "electrolysis",
            {"electricity": -1, "hydrogen": 0.6217},
            cost=upkeep(188715.7758309984),
            **turned,
        ),
        technology(
            "turbine",
            {"hydrogen": -1, "electricity": 0.41},
            cost=upkeep(116387.00137488062),
            **turned,
        ),
        *store("battery", "electricity", 63361.75356490421, 0.96),
        *store("cavern", "hydrogen", 3 * 148.31893020591625, 1),
        rows(
            "calendar",
            {**steps(24)["calendar"][0], **dict.fromkeys(SERIES, 1)},
            *({**long, "hour": STEP * i, **row} for i, row in enumerate(read)),
        ),
        horizon={"calendar": "long", "hours_per_step": STEP},
    )


def model_energy(folder: Path, days: int = 365) -> Figures:
    """Cost, power [MW], the energy of the cavern [MWh], load that is shed [GWh]."""
    outcome = solve_scenario(told(folder, days))
    names = ("wind", "sun", "electrolysis", "turbine", "battery")
    return {
        "objective": outcome.attrs["objective"],
        **{name: power(outcome, name).item() for name in names},
        "cavern": 3 * power(outcome, "cavern").item(),
        "shed": float(outcome["purchase"].sum()),
    }
