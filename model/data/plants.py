"""Plants: stocks, costs, availability, potentials and projects of technologies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from model.data import estimate
from model.data.frame import Floats, Frame, array, fault, misplaced
from model.data.money import annuity_factor
from model.fields import STAGES

EUR_PER_MWH = 1e-3
PER_MW = 1e3
"""Per GW in one per MW."""


def flow_ratio(frame: Frame, years: list[int] | None = None) -> xr.DataArray:
    """Carriers out (+) and in (−) per unit of activity (technology, carrier, year)."""
    labels = {"technology": list(frame.technologies.index), "carrier": list(frame.carriers.index)}
    years = frame.years if years is None else years
    values = np.nan_to_num(frame.over_years("technology_flows", "ratio", labels, years))
    return array("flow_ratio", values, **labels, year=years)


def availability(frame: Frame) -> Floats:
    """Most output per unit of capacity (technology, step).

    A profile is scaled so that a year gives the full-load hours; without one the
    availability is constant.
    """
    hours = frame.calendar["step_hours"].to_numpy()
    table = frame.tables["technologies"]
    rows = []
    for row in table.itertuples():
        if not row.profile:
            rows.append(np.full(len(hours), row.availability))
            continue
        shape = frame.profile(row.profile, table, row.line)
        if (shape * hours).sum() <= 0:
            raise fault(table, row.line, f"profile '{row.profile}' is zero all year long")
        rows.append(shape * row.full_load_hours / (shape * hours).sum())
    result = np.array(rows).reshape(len(table), len(hours))
    return np.where(result < 1e-6, 0.0, result)


def recorded(frame: Frame) -> Floats:
    """Activity of the base year (epci, technology), GWh/yr; 0 where there is none."""
    return _pivot(estimate.production(frame), frame, 0.0)


def potential(frame: Frame, existing_activity: Floats) -> Floats:
    """Accepted yearly potential (epci, technology), GWh/yr, existing stock included.

    `density` multiplies the potential of technologies that take land. Infinite for
    conversion, devices and storage without a row; a renewable, recovered or resource
    technology without a potential is an error.
    """
    table, plan = frame.technologies, frame.scenario.production
    values = _pivot(estimate.potentials(frame), frame, np.nan)
    accept = frame.tables["acceptability"].rename(columns={"acceptability": "value"})
    accepted = _pivot(accept[accept["epci"].isin(frame.members)], frame, 1.0)
    values = values * np.where(table["land"] > 0, plan.density, 1.0) * accepted
    bounded = table["kind"].isin(["renewable", "recovered", "resource"]).to_numpy()
    lost = np.argwhere(np.isnan(values) & bounded)
    if len(lost):
        siren, name = frame.members[lost[0][0]], table.index[lost[0][1]]
        raise fault(
            frame.tables["technologies"],
            int(table["line"].iloc[lost[0][1]]),
            f"{name} has no potential at {siren}",
            "add a row to potentials.csv, or an estimate to potential_estimate.csv",
        )
    return np.where(np.isnan(values), np.inf, np.maximum(values, existing_activity))


def existing(frame: Frame, activity: Floats) -> Floats:
    """What remains of the base-year stock (epci, technology, year), GW.

    Activity of the base year ÷ full-load hours; retires linearly over the life.
    """
    table = frame.technologies
    hours = table["full_load_hours"].to_numpy(float)
    if ((hours <= 0) & (activity > 0).any(axis=0)).any():
        j = int(np.argmax((hours <= 0) & (activity > 0).any(axis=0)))
        line = int(table["line"].iloc[j])
        raise fault(
            frame.tables["technologies"], line, f"{table.index[j]} produces with 0 full-load hours"
        )
    stock = activity / np.where(hours > 0, hours, 1.0)
    age = np.array(frame.years) - frame.base
    left = np.maximum(0.0, 1 - age[None, :] / table["lifetime"].to_numpy(float)[:, None])
    return np.asarray(stock[:, :, None] * left, dtype=float)


def backup(frame: Frame, ratio: xr.DataArray, use: xr.DataArray, activity: Floats, shape: Floats) -> Floats:
    """Base-year activity of the plants that cover what recorded production does not.

    For each carrier with a `backup`: enough capacity to serve the largest load of a step
    alone (epci, technology), expressed as activity at full-load hours, GWh/yr.
    """
    names, result = list(frame.technologies.index), np.zeros_like(activity)
    hours = frame.calendar["step_hours"].to_numpy()
    table = frame.tables["carriers"]
    for row in table[table["backup"] != ""].itertuples():
        j = names.index(row.backup)
        out = float(ratio.sel(technology=row.backup, carrier=row.carrier))
        if out <= 0:
            raise fault(table, row.line, f"{row.backup} does not produce {row.carrier}")
        taken = np.minimum(ratio.sel(carrier=row.carrier).to_numpy(), 0.0)
        if row.balance == "hourly":
            load = -(use.to_numpy() * taken) @ (shape / hours)
            available = float(frame.technologies["availability"].iloc[j])
            peak = load.max(axis=1) / out / available
            result[:, j] = peak * frame.technologies["full_load_hours"].iloc[j]
        else:
            result[:, j] = -((use.to_numpy() + activity) @ taken) / out
    return result


def costs(frame: Frame) -> list[xr.DataArray]:
    """Investment, annuities, fixed and variable cost, by technology and year."""
    technologies, actors = list(frame.technologies.index), list(frame.actors.index)
    keys = {"technology": technologies}
    factor = _factors(frame, "economy.investment", frame.scenario.economy.investment, technologies)
    overnight = np.nan_to_num(
        frame.over_years("technology_costs", "investment", keys, frame.vintages)
    )
    overnight = overnight * factor[:, None]
    life = frame.technologies["lifetime"].to_numpy(float)
    rate = frame.actors["cost_of_capital"].to_numpy(float)
    recovery = annuity_factor(rate[None, :], life[:, None])
    fixed = np.nan_to_num(frame.over_years("technology_costs", "fixed_cost", keys))
    variable = np.nan_to_num(frame.over_years("technology_costs", "variable_cost", keys))
    labels = {
        "technology": technologies,
        "actor": actors,
        "vintage": frame.vintages,
        "year": frame.years,
    }
    return [
        array("investment", overnight, **labels),
        array("annuity", recovery[:, :, None] * overnight[:, None, :], **labels),
        array("fixed_cost", fixed, **labels),
        array("variable_cost", variable * EUR_PER_MWH, **labels),
    ]


def build_limit(frame: Frame, potential_: Floats, demand: Floats) -> Floats:
    """Largest addition in each period (epci, technology, vintage), GW; inf where unlimited.

    A yearly share of the potential, or of the service demand for a device.
    """
    table = frame.technologies
    services = list(frame.services.index)
    base = demand[:, :, 0]
    reference = potential_.copy()
    for j, service in enumerate(table["service"]):
        if service:
            reference[:, j] = base[:, services.index(service)]
    hours = np.where(table["full_load_hours"] > 0, table["full_load_hours"], 1.0)
    keys = {"technology": list(table.index)}
    rate = frame.over_years("build_rates", "rate", keys, frame.vintages)
    rate *= frame.scenario.production.pace
    with np.errstate(invalid="ignore"):
        yearly = (reference / hours)[:, :, None] * rate
    return np.where(np.isnan(rate), np.inf, yearly * np.array(frame.periods, float))


def projects(frame: Frame) -> list[xr.DataArray]:
    """Staff, success and maturity of the stages of projects."""
    technologies = list(frame.technologies.index)
    table = frame.tables["project_stages"].set_index(["technology", "stage"])
    full = pd.MultiIndex.from_product([technologies, STAGES])
    wide = table[["staff", "duration", "success"]].reindex(full)
    shape = (len(technologies), len(STAGES))
    staff = wide["staff"].fillna(0.0).to_numpy().reshape(shape) * PER_MW
    success = wide["success"].fillna(1.0).to_numpy().reshape(shape)
    duration = wide["duration"].fillna(0.0).to_numpy().reshape(shape).copy()
    stage = {name: i for i, name in enumerate(STAGES)}
    duration[:, stage["development"]] += duration[:, stage["construction"]]
    worked, result = np.array(frame.vintages, float), np.array(frame.vintages, float)
    period = np.array(frame.periods, float)
    begin = (worked - period)[None, None, :, None] + duration[:, :, None, None]
    share = (result[None, None, None, :] - begin) / period[None, None, :, None]
    matured = np.clip(share, 0.0, 1.0) * (result[None, :] >= worked[:, None])
    labels = {
        "technology": technologies,
        "stage": STAGES,
        "vintage": frame.vintages,
        "vintage_result": frame.vintages,
    }
    return [
        array("stage_staff", staff, **labels),
        array("stage_success", success, **labels),
        array("matured", matured, **labels),
    ]


def storage(frame: Frame) -> list[xr.DataArray]:
    """Efficiencies, duration and retention of the storage technologies."""
    technologies = list(frame.technologies.index)
    table = frame.tables["storages"].set_index("technology").reindex(technologies)
    length = frame.calendar["step_length"].to_numpy()
    loss = table["standing_loss"].fillna(0.0).to_numpy(float)
    labels = {"technology": technologies, "step": frame.steps}
    return [
        array("storage_duration", table["duration"].fillna(0.0), **labels),
        array("charge_efficiency", table["charge_efficiency"].fillna(1.0), **labels),
        array("discharge_efficiency", table["discharge_efficiency"].fillna(1.0), **labels),
        array("retention", (1 - loss[:, None]) ** length[None, :], **labels),
    ]


def traits(frame: Frame) -> list[xr.DataArray]:
    """Plain columns of the technologies, in the units of the model."""
    table = frame.technologies
    technologies, actors = list(table.index), list(frame.actors.index)
    owns = np.array([[a == owner for a in actors] for owner in table["incumbent"]], float)
    labels = {"technology": technologies, "actor": actors}
    return [
        array("full_load_hours", table["full_load_hours"], **labels),
        array("counted", table["counted"], **labels),
        array("plant_emission", table["emission_factor"], **labels),
        array("land_need", table["land"] * PER_MW, **labels),
        array("incumbent", owns.reshape(len(technologies), len(actors)), **labels),
    ]


def _pivot(rows: pd.DataFrame, frame: Frame, default: float) -> Floats:
    wide = rows.pivot(index="epci", columns="technology", values="value")
    wide = wide.reindex(index=frame.members, columns=list(frame.technologies.index))
    return wide.fillna(default).to_numpy(float)


def _factors(frame: Frame, key: str, given: dict[str, float], labels: list[str]) -> Floats:
    for name in given:
        if name not in labels:
            raise misplaced(frame.scenario, key, f"'{name}' is not in the inputs")
    return np.array([given.get(label, 1.0) for label in labels])
