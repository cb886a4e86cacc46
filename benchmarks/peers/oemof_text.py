"""The problem in oemof.solph, handed over by Pyomo's own interface (appsi)."""

from __future__ import annotations

from typing import Any

import highspy
import pandas as pd
from oemof import solph
from pyomo.contrib.appsi.solvers import Highs

from benchmarks.peers import case as data
from benchmarks.peers.case import Case

Flow, New, parts = solph.Flow, solph.Investment, solph.components


def load(case: Case) -> highspy.Highs:
    """The problem, loaded in HiGHS."""
    index = pd.date_range("2023-01-01", periods=case.hours + 1, freq="h")
    system = solph.EnergySystem(timeindex=index, infer_last_interval=False)
    power, heat, gas = (
        [solph.Bus(label=f"{carrier} {r}") for r in range(case.regions)]
        for carrier in ("power", "heat", "gas")
    )
    system.add(*power, *heat, *gas)
    for r in range(case.regions):
        system.add(*_region(case, r, power[r], heat[r], gas[r]))
    for number, (here, there) in enumerate(case.links):
        taken = {power[here]: Flow(nominal_capacity=data.LINK_SIZE)}
        ratio = {power[there]: data.LINK}
        given = {power[there]: Flow()}
        system.add(_turn(f"link {number}", taken, given, ratio))
    solver = Highs()
    solver.set_instance(solph.Model(system))
    return solver._solver_model


def _region(case: Case, r: int, power: Any, heat: Any, gas: Any) -> list[Any]:
    cost = case.capital
    found = [
        parts.Source(
            label=f"{kind} {r}",
            outputs={
                power: Flow(
                    nominal_capacity=New(ep_costs=cost[kind], maximum=most),
                    maximum=getattr(case, kind)[r],
                )
            },
        )
        for kind, most in (("pv", data.PV_MOST), ("wind", data.WIND_MOST))
    ]
    for kind, bus, price in (("import", power, data.POWER_PRICE), ("well", gas, data.GAS_PRICE)):
        found.append(parts.Source(label=f"{kind} {r}", outputs={bus: Flow(variable_costs=price)}))
    for kind, bus, wanted in (("load", power, case.load[r]), ("warm", heat, case.heat[r])):
        taken = {bus: Flow(nominal_capacity=1, fix=wanted)}
        found.append(parts.Sink(label=f"{kind} {r}", inputs=taken))
    for kind, bus, ratio in (("boiler", gas, data.BOILER), ("hp", power, data.COP)):
        made = {heat: Flow(nominal_capacity=New(ep_costs=cost[kind]))}
        found.append(_turn(f"{kind} {r}", {bus: Flow()}, made, {heat: ratio}))
    store = parts.GenericStorage(
        label=f"battery {r}",
        inputs={power: Flow(nominal_capacity=New())},
        outputs={power: Flow(nominal_capacity=New())},
        nominal_capacity=New(ep_costs=cost["battery"]),
        loss_rate=data.LEAK,
        initial_storage_level=None,
        balanced=True,
        invest_relation_input_capacity=1 / data.STORE_HOURS,
        invest_relation_output_capacity=1 / data.STORE_HOURS,
        inflow_conversion_factor=data.STORE,
        outflow_conversion_factor=data.STORE,
    )
    return [*found, store]


def _turn(label: str, taken: Any, made: Any, ratio: Any) -> Any:
    return parts.Converter(label=label, inputs=taken, outputs=made, conversion_factors=ratio)
