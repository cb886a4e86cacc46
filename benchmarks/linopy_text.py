"""The problem of `benchmarks.problem` as a linopy model, written the way its manual does."""

from __future__ import annotations

from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks import problem as given
from benchmarks.problem import Case


def tell(case: Case) -> linopy.Model:
    """The model of a case."""
    regions, periods, steps = case.size
    sizes = {"r": regions, "p": periods, "t": steps, "k": 12, "c": 4, "s": 2, "j": 8}
    at = {name: pd.RangeIndex(size, name=name) for name, size in sizes.items()}
    at["i"] = pd.RangeIndex(2 * regions, name="i")
    at["x"] = pd.Index(given.EXCHANGED, name="x")

    def data(values: Any, dims: str) -> xr.DataArray:
        return xr.DataArray(values, dims=list(dims), coords={d: at[d] for d in dims})

    def free(name: str, dims: str, upper: Any = np.inf) -> Any:
        return m.add_variables(0, upper, coords=[at[d] for d in dims], name=name)

    m = linopy.Model()
    activity = free("activity", "rptk")
    capacity = free("capacity", "rpk", data(case.ceiling, "rpk"))
    invest = free("invest", "rpk")
    charge, discharge, level = (free(n, "rpts") for n in ("charge", "discharge", "level"))
    room, store_invest = free("room", "rps"), free("store_invest", "rps")
    limit = data(case.link_limit, "i").expand_dims(p=at["p"], t=at["t"], x=at["x"])
    flow = free("flow", "iptx", limit.transpose("i", "p", "t", "x"))
    saving = free("saving", "rpj", data(case.potential, "rpj"))
    weight, discount = data(case.weight, "t"), data(case.discount, "p")

    shape, ratio = data(case.saving_shape, "jt"), data(given.RATIO, "kc")
    ends = [xr.DataArray(e, dims="i", name="r") for e in (case.link_to, case.link_from)]
    for c in range(4):
        k = np.flatnonzero(given.RATIO[:, c])
        made = (activity.sel(k=k) * ratio.sel(k=k, c=c, drop=True)).sum("k")
        saved = (saving.sel(j=(c == given.SAVED)) * shape.sel(j=(c == given.SAVED))).sum("j")
        total = made + saved
        for s in np.flatnonzero(c == given.STORED):
            out, in_ = (v.sel(s=s, drop=True) for v in (discharge, charge))
            total = total + given.GIVEN[s] * out - in_
        if c in given.EXCHANGED:
            sent = 1.0 * flow.sel(x=c, drop=True)
            received = (given.LINK_EFFICIENCY * sent).groupby(ends[0]).sum()
            total = total + received - sent.groupby(ends[1]).sum()
        m.add_constraints(total == data(case.demand[..., c], "rpt"), name=f"balance-{c}")

    m.add_constraints(activity - capacity * data(case.availability, "rkt") <= 0, name="available")
    kept, efficiency = data(given.KEPT, "s"), data(given.GIVEN, "s")
    moved = level - level.roll(t=1) * kept - charge * efficiency + discharge
    m.add_constraints(moved == 0, name="level_balance")
    m.add_constraints(level - room <= 0, name="fits")
    m.add_constraints(charge - given.CHARGE_RATE * room <= 0, name="charging")

    for name, held, bought, flags, dim, existing in (
        ("holding", capacity, invest, case.in_service, "k", data(case.existing, "rpk")),
        ("store_holding", room, store_invest, case.store_in_service, "s", 0.0 * room.lower),
    ):
        for p in range(periods):
            serving = xr.DataArray(flags[p].astype(float), dims=["p", dim], coords={"p": at["p"]})
            built = (bought * serving).sum("p")
            rest = held.sel(p=p, drop=True) - built
            m.add_constraints(rest == existing.sel(p=p, drop=True), name=f"{name}-{p}")

    renewable = (activity.sel(k=list(given.RENEWABLE)) * weight).sum(["r", "t", "k"])
    m.add_constraints(renewable >= data(case.target, "p"), name="renewable")
    imported = (activity.sel(k=given.IMPORT, drop=True) * weight).sum("t")
    m.add_constraints(imported <= data(case.import_limit, "rp"), name="imported")
    spent = (invest * data(given.CAPEX, "k")).sum(["r", "k"])
    stores = (store_invest * data(given.STORE_CAPEX, "s")).sum(["r", "s"])
    m.add_constraints(spent + stores <= data(case.budget, "p"), name="affordable")

    m.add_objective(
        (activity * (discount * weight * data(given.RUNNING, "k"))).sum()
        + (capacity * (discount * data(given.UPKEEP, "k"))).sum()
        + (invest * (discount * data(given.CAPEX, "k"))).sum()
        + (store_invest * (discount * data(given.STORE_CAPEX, "s"))).sum()
        + (flow * (discount * weight * given.TOLL)).sum()
        + (saving * (discount * data(case.saving_cost, "rj"))).sum()
    )
    return m
