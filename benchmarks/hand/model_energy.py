"""PyPSA's example `model-energy`, built again from its numbers: what PyPSA itself finds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pypsa

from benchmarks.hand.text import YEAR, Found, M

SERIES = Path(__file__).parents[2] / "tests" / "whole" / "model_energy.csv"
STEP = 3.0
"""Hours of a snapshot."""
COST = {"wind": 101644.12332388276, "sun": 51346.82981964593}


def model_energy(days: int = 365) -> Found:
    """The first days of it, for the whole year; 365 are the example as it is published."""
    series = pd.read_csv(SERIES).iloc[: int(days * 24 / STEP)]
    n = pypsa.Network(snapshots=series.index)
    weight = YEAR / (days * 24)
    hours = {"objective": weight * STEP, "generators": weight * STEP, "stores": STEP}
    n.snapshot_weightings = pd.DataFrame(hours, index=series.index)
    n.add("Bus", ["electricity", "hydrogen"])
    n.add("Load", "demand", bus="electricity", p_set=series["load"])
    n.add("Generator", "shedding", bus="electricity", p_nom=10901.16, marginal_cost=2000)
    for name, cost in COST.items():
        n.add(
            "Generator",
            name,
            bus="electricity",
            p_nom_extendable=True,
            capital_cost=cost,
            p_max_pu=series[name],
        )
    links = (
        ("electrolysis", "electricity", "hydrogen", 0.6217, 188715.7758309984),
        ("turbine", "hydrogen", "electricity", 0.41, 116387.00137488062),
    )
    for name, taken, given, ratio, cost in links:
        n.add(
            "Link",
            name,
            bus0=taken,
            bus1=given,
            efficiency=ratio,
            p_nom_extendable=True,
            capital_cost=cost,
        )
    n.add(
        "StorageUnit",
        "battery",
        bus="electricity",
        p_nom_extendable=True,
        capital_cost=63361.75356490421,
        cyclic_state_of_charge=True,
        max_hours=3,
        efficiency_store=0.96,
        efficiency_dispatch=0.96,
    )
    n.add(
        "Store",
        "cavern",
        bus="hydrogen",
        e_nom_extendable=True,
        e_cyclic=True,
        capital_cost=148.31893020591625,
    )
    n.optimize(solver_name="highs", output_flag=False)
    return {
        "objective": float(n.model.objective.value) / M / M,
        **{name: float(n.generators.p_nom_opt[name]) for name in COST},
        **{name: float(n.links.p_nom_opt[name]) for name, *_ in links},
        "battery": float(n.storage_units.p_nom_opt["battery"]),
        "cavern": float(n.stores.e_nom_opt["cavern"]),
        "shed": float(n.generators_t.p["shedding"].sum()) * STEP * weight / M,
    }
