"""The problem in Calliope, handed over as an LP file, the way that this release leaves open."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import calliope
import highspy
import pandas as pd
from calliope.attrdict import AttrDict

from benchmarks.peers import case as data
from benchmarks.peers.case import HOURS, Case

PLANTS = ("pv", "wind", "import", "well", "boiler", "hp", "battery", "load", "warm")


def load(case: Case) -> highspy.Highs:
    """The problem, loaded in HiGHS."""
    series = {
        "pv": ("source_use_max", case.pv),
        "wind": ("source_use_max", case.wind),
        "load": ("sink_use_equals", case.load),
        "warm": ("sink_use_equals", case.heat),
    }
    nodes = [f"r{r}" for r in range(case.regions)]
    index = pd.date_range("2023-01-01", periods=case.hours, freq="h", name="timesteps")
    frames, tables = {}, {}
    for kind, (parameter, values) in series.items():
        columns = pd.MultiIndex.from_product([nodes, [kind]], names=["nodes", "techs"])
        frames[kind] = pd.DataFrame(values.T, index=index, columns=columns)
        tables[kind] = {
            "data": kind,
            "rows": "timesteps",
            "columns": ["nodes", "techs"],
            "add_dims": {"parameters": parameter},
        }
    text = {
        "config": {
            "init": {"name": "ring", "broadcast_input_data": True},
            "build": {"ensure_feasibility": False},
        },
        "data_definitions": {"objective_cost_weights": _money(1)},
        "techs": _plants(case) | _links(case),
        "nodes": {node: {"techs": dict.fromkeys(PLANTS)} for node in nodes},
        "data_tables": tables,
    }
    model = calliope.read_dict(AttrDict(text), data_table_dfs=frames)
    model.build()
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "problem.lp")
        model.backend._instance.write(file, format="lp")
        h.readModel(file)
    return h


def _money(value: float) -> dict[str, Any]:
    return {"data": value, "index": "monetary", "dims": "costs"}


def _of_carrier(value: float, carrier: str) -> dict[str, Any]:
    return {"data": value, "index": [["monetary", carrier]], "dims": ["costs", "carriers"]}


def _plants(case: Case) -> dict[str, Any]:
    """Calliope takes the hours of the case off the capital by itself: whole years are given."""
    cost = {name: value * HOURS / case.hours for name, value in case.capital.items()}
    found: dict[str, Any] = {
        kind: {
            "base_tech": "supply",
            "carrier_out": "elec",
            "source_unit": "per_cap",
            "flow_cap_max": most,
            "cost_flow_cap": _money(cost[kind]),
        }
        for kind, most in (("pv", data.PV_MOST), ("wind", data.WIND_MOST))
    }
    bought = (("import", "elec", data.POWER_PRICE), ("well", "gas", data.GAS_PRICE))
    for kind, carrier, price in bought:
        found[kind] = {
            "base_tech": "supply",
            "carrier_out": carrier,
            "flow_cap_max": data.PLENTY,
            "cost_flow_out": _money(price),
        }
    for kind, carrier, ratio in (("boiler", "gas", data.BOILER), ("hp", "elec", data.COP)):
        found[kind] = {
            "base_tech": "conversion",
            "carrier_in": carrier,
            "carrier_out": "heat",
            "flow_out_eff": ratio,
            "cost_flow_cap": _of_carrier(cost[kind], "heat"),
        }
    found["battery"] = {
        "base_tech": "storage",
        "carrier_in": "elec",
        "carrier_out": "elec",
        "flow_in_eff": data.STORE,
        "flow_out_eff": data.STORE,
        "storage_loss": data.LEAK,
        "flow_cap_per_storage_cap_max": 1 / data.STORE_HOURS,
        "cyclic_storage": True,
        "cost_storage_cap": _money(cost["battery"]),
    }
    aged = {kind: plant | {"lifetime": 1} for kind, plant in found.items()}
    wanted = (("load", "elec"), ("warm", "heat"))
    return aged | {kind: {"base_tech": "demand", "carrier_in": c} for kind, c in wanted}


def _links(case: Case) -> dict[str, Any]:
    return {
        f"link{number}": {
            "base_tech": "transmission",
            "link_from": f"r{here}",
            "link_to": f"r{there}",
            "carrier_in": "elec",
            "carrier_out": "elec",
            "flow_out_eff": data.LINK,
            "flow_cap_max": data.LINK_SIZE,
            "one_way": True,
            "lifetime": 1,
        }
        for number, (here, there) in enumerate(case.links)
    }
