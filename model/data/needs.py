"""Needs: services demanded, the devices that meet them, the measures that reduce them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from model.data import estimate
from model.data.frame import Floats, Frame, array, fault, misplaced
from model.data.money import annuity_factor

SHARES_SUM = 1e-6
"""How far from 1 the shares of an end use may sum."""

EUR_PER_MWH = 1e-3
"""MEUR/GWh in one EUR/MWh; also MEUR.yr/GWh in one EUR.yr/MWh."""


def base_consumption(frame: Frame) -> xr.DataArray:
    """Final consumption of the base year (epci, sector, carrier), GWh/yr, with its rows."""
    rows = estimate.consumption(frame)
    sectors = list(frame.tables["sectors"]["sector"])
    carriers = list(frame.carriers.index)
    wide = rows.set_index(["epci", "sector", "carrier"])["value"]
    full = pd.MultiIndex.from_product([frame.members, sectors, carriers], names=wide.index.names)
    values = wide.reindex(full).fillna(0.0).to_numpy()
    return xr.DataArray(
        values.reshape(len(frame.members), len(sectors), len(carriers)),
        coords={"epci": frame.members, "sector": sectors, "carrier": carriers},
        dims=("epci", "sector", "carrier"),
        attrs={"units": "GWh/yr", "long_name": "Final consumption of the base year"},
    )


def device_use(frame: Frame, consumption: xr.DataArray, ratio: xr.DataArray) -> xr.DataArray:
    """Service given by each device in the base year (epci, technology), GWh/yr.

    Consumption × share of the end use ÷ what the device takes per unit of service.
    """
    table = frame.tables["end_uses"]
    place = {dim: {x: i for i, x in enumerate(consumption[dim].values)} for dim in ("sector", "carrier")}
    names = {name: i for i, name in enumerate(frame.technologies.index)}
    spent, taken = consumption.to_numpy(), -ratio.to_numpy()
    use = np.zeros((len(frame.members), len(names)))
    covered = np.zeros(spent.shape[1:])
    for row in table.itertuples():
        s, c, k = place["sector"][row.sector], place["carrier"][row.carrier], names[row.technology]
        if taken[k, c] <= 0:
            raise fault(
                table,
                row.line,
                f"{row.technology} does not take {row.carrier}",
                "give a negative ratio in technology_flows.csv, or another device",
            )
        use[:, k] += spent[:, s, c] * row.share / taken[k, c]
        covered[s, c] += row.share
    missing = (spent.sum(axis=0) > 0) & (np.abs(covered - 1) > SHARES_SUM)
    for s, c in np.argwhere(missing):
        sector, carrier = consumption["sector"].values[s], consumption["carrier"].values[c]
        line = table.loc[(table["sector"] == sector) & (table["carrier"] == carrier), "line"]
        raise fault(
            table,
            int(line.iloc[0]) if len(line) else 0,
            f"{sector} uses {carrier}, and its end uses sum to {covered[s, c]:g}, not 1",
            "give the devices that use it, with shares that sum to 1",
        )
    return xr.DataArray(
        use,
        coords={"epci": frame.members, "technology": list(names)},
        dims=("epci", "technology"),
    )


def service_demand(frame: Frame, use: xr.DataArray) -> Floats:
    """Useful demand (epci, service, year), GWh/yr: base year × outlook."""
    table = frame.technologies
    services = list(frame.services.index)
    serves = np.array([[s == u for s in table["service"]] for u in services], dtype=float)
    base = use.to_numpy() @ serves.T
    return np.asarray(base[:, :, None] * _outlook(frame, services), dtype=float)


def _outlook(frame: Frame, services: Sequence[str]) -> Floats:
    """Index of the demand (epci, service, year): the row of the EPCI, else that of all."""
    name = frame.scenario.demand.outlook
    table = frame.tables["outlook"]
    shape = (len(frame.members), len(services), len(frame.years))
    if table.empty:
        return np.ones(shape)
    if name not in set(table["outlook"]):
        known = ", ".join(sorted(set(table["outlook"])))
        raise misplaced(frame.scenario, "demand.outlook", f"no outlook '{name}'", f"one of {known}")
    keys = {"outlook": [name], "service": services, "epci": ["", *frame.members]}
    index = frame.over_years("outlook", "index", keys)[0]
    general, own = index[:, :1], index[:, 1:]
    merged = np.where(np.isnan(own), general, own)
    if np.isnan(merged).any():
        service = services[int(np.argwhere(np.isnan(merged))[0][0])]
        raise fault(table, 0, f"no row for outlook '{name}' and service '{service}'", "add one")
    return np.asarray(merged.transpose(1, 0, 2), dtype=float)


def device_ceiling(frame: Frame, demand: Floats, use: xr.DataArray) -> Floats:
    """Largest use of each device (epci, technology, year), GWh/yr; inf where nothing limits it.

    A share of the service demand by type of EPCI; never less than the base-year use, which
    retires at its own pace.
    """
    table, services = frame.tables["device_ceilings"], list(frame.services.index)
    share = table.set_index(["technology", "type"])["ceiling"].to_dict()
    used = use.to_numpy()
    result = np.full((len(frame.members), len(frame.technologies), len(frame.years)), np.inf)
    for j, (name, service) in enumerate(frame.technologies["service"].items()):
        for i, kind in enumerate(frame.epci["type"]):
            if (name, kind) in share:
                limit = share[name, kind] * demand[i, services.index(service)]
                result[i, j] = np.maximum(limit, used[i, j])
    return result


def savings(frame: Frame, demand: Floats) -> list[xr.DataArray]:
    """The supply curves of the measures, each step on what the earlier ones left."""
    table, plan = frame.measures, frame.scenario.reduction
    measures, services = list(table.index), list(frame.services.index)
    scale = {"efficiency": plan.efficiency, "shift": plan.shift, "sobriety": plan.sobriety}
    later = np.array([y > frame.base for y in frame.years], dtype=float)
    share = np.zeros((len(frame.members), len(measures)))
    left = np.ones((len(frame.members), len(services)))
    for j, row in enumerate(table.itertuples()):
        u = services.index(row.service)
        own = np.array([getattr(row, f"potential_{kind}") for kind in frame.epci["type"]])
        share[:, j] = own * scale[row.kind] * left[:, u]
        left[:, u] -= share[:, j]
    of = [services.index(s) for s in table["service"]]
    potential = share[:, :, None] * demand[:, of, :] * later
    since = np.array([0.0] * (len(frame.years) - len(frame.periods)) + frame.periods)
    pace = table["pace"].to_numpy(float) * plan.pace
    progress = pace[:, None] * np.where(since > 0, since, 0.0)
    with np.errstate(invalid="ignore"):
        progress = np.where(np.isinf(pace)[:, None], np.inf, progress)
        most = np.where(np.isinf(progress), np.inf, share[:, :, None] * demand[:, of, :] * progress)
    kept = np.ones_like(demand)
    kept[:, :, 1:] = np.minimum(
        1.0, demand[:, :, 1:] / np.where(demand[:, :, :-1] > 0, demand[:, :, :-1], 1.0)
    )
    rate = frame.actors["cost_of_capital"].reindex(table["actor"]).to_numpy(float)
    annual = table["investment"].to_numpy(float) * annuity_factor(
        rate, table["lifetime"].to_numpy(float)
    )
    cost = (annual + table["running_cost"].to_numpy(float)) * EUR_PER_MWH
    labels = {"epci": frame.members, "measure": measures, "year": frame.years}
    return [
        array("saving_potential", potential, **labels),
        array("saving_progress", most, **labels),
        array("saving_kept", kept[:, of, :], **labels),
        array("saving_cost", cost, **labels),
        array(
            "saving_investment", table["investment"].to_numpy(float) * EUR_PER_MWH, **labels
        ),
    ]


def shapes(frame: Frame) -> tuple[Floats, Floats]:
    """Load shapes: of services (service, step) and of devices (technology, step); Σ = 1."""
    hours = frame.calendar["step_hours"].to_numpy()
    table = frame.tables["services"]
    shape = {}
    for row in table.itertuples():
        load = frame.profile(row.profile, table, row.line) * hours
        if load.sum() <= 0:
            raise fault(table, row.line, f"profile '{row.profile}' is zero all year long")
        shape[row.service] = load / load.sum()
    flat = hours / hours.sum()
    of_devices = [shape.get(u, flat) for u in frame.technologies["service"]]
    return np.array([shape[u] for u in frame.services.index]), np.array(of_devices)
