"""The problem in PyPSA, built by linopy."""

from __future__ import annotations

from typing import Any

import highspy
import pandas as pd
import pypsa
from linopy.io import to_highspy

from benchmarks.peers import case as data
from benchmarks.peers.case import Case


def load(case: Case) -> highspy.Highs:
    """The problem, loaded in HiGHS."""
    n = pypsa.Network()
    n.set_snapshots(range(case.hours))

    def at(kind: str, regions: Any = None) -> list[str]:
        return [f"{r} {kind}" for r in (range(case.regions) if regions is None else regions)]

    def series(values: Any, kind: str) -> pd.DataFrame:
        return pd.DataFrame(values.T, index=n.snapshots, columns=at(kind))

    cost, new = case.capital, {"p_nom_extendable": True}
    for carrier in ("power", "heat", "gas"):
        n.add("Bus", at(carrier))
    n.add("Load", at("load"), bus=at("power"), p_set=series(case.load, "load"))
    n.add("Load", at("warm"), bus=at("heat"), p_set=series(case.heat, "warm"))
    for kind, most in (("pv", data.PV_MOST), ("wind", data.WIND_MOST)):
        limits = {"p_nom_max": most, "p_max_pu": series(getattr(case, kind), kind)}
        n.add("Generator", at(kind), bus=at("power"), capital_cost=cost[kind], **limits, **new)
    for kind, bus, price in (
        ("import", "power", data.POWER_PRICE),
        ("well", "gas", data.GAS_PRICE),
    ):
        n.add("Generator", at(kind), bus=at(bus), p_nom=data.PLENTY, marginal_cost=price)
    for kind, bus, ratio in (("boiler", "gas", data.BOILER), ("hp", "power", data.COP)):
        made = {"efficiency": ratio, "capital_cost": cost[kind] * ratio}
        n.add("Link", at(kind), bus0=at(bus), bus1=at("heat"), **made, **new)
    n.add(
        "StorageUnit",
        at("battery"),
        bus=at("power"),
        max_hours=data.STORE_HOURS,
        capital_cost=data.STORE_HOURS * cost["battery"],
        efficiency_store=data.STORE,
        efficiency_dispatch=data.STORE,
        standing_loss=data.LEAK,
        cyclic_state_of_charge=True,
        **new,
    )
    here, there = zip(*case.links, strict=True)
    names = [f"link {number}" for number in range(len(here))]
    size = {"p_nom": data.LINK_SIZE, "efficiency": data.LINK}
    n.add("Link", names, bus0=at("power", here), bus1=at("power", there), **size)
    return to_highspy(n.optimize.create_model())
