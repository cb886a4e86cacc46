"""Plants: stocks, costs, availability, potentials and projects of technologies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.data import estimate
from model.data.frame import Arrays, Floats, Frame, fault, positions
from model.data.money import annuity_factor
from model.fields import STAGES

EUR_PER_MWH = 1e-3
PER_MW = 1e3
"""Per GW in one per MW."""

LEAST = 1e-6
"""Availability below it is zero: it would only spoil the scale of the coefficients."""


def flow_ratio(frame: Frame, years: Sequence[int]) -> Floats:
    """Carriers out (+) and in (−) per unit of activity (technology, carrier, year)."""
    labels = {"technology": list(frame.technologies.index), "carrier": list(frame.carriers.index)}
    return np.nan_to_num(frame.over_years("technology_flows", "ratio", labels, years))


def availability(frame: Frame) -> Floats:
    """Most output per unit of capacity (technology, step).

    A profile is scaled so that a year gives the full-load hours; without one the
    availability is constant.

    Raises
    ------
    InputError
        If a constant availability gives less than the full-load hours of a plant.
    """
    table = frame.technologies
    full, year = table["full_load_hours"].to_numpy(float), frame.hours.sum()
    constant = table["availability"].to_numpy(float)
    shaped = (table["profile"] != "").to_numpy()
    plant = ~table["kind"].isin(["device", "storage"]).to_numpy()
    short = plant & ~shaped & (constant * year < full * (1 - LEAST))
    if short.any():
        j = int(short.argmax())
        what = f"{table.index[j]} cannot run {full[j]:g} h at an availability of {constant[j]:g}"
        mend = f"the year has {year:g} h: lower full_load_hours, or raise availability"
        raise fault(frame.tables["technologies"], table["line"].iloc[j], what, mend)
    shape = frame.profiles("technologies")
    shape = np.where(shape * full[:, None] / year < LEAST, 0.0, shape)
    given = shape @ frame.hours
    scaled = shape * (full / np.where(given > 0, given, 1.0))[:, None]
    return np.where(shaped[:, None], scaled, constant[:, None])


def potential(frame: Frame, rows: pd.DataFrame, recorded: Floats) -> Floats:
    """Accepted yearly potential (epci, technology), GWh/yr, existing stock included.

    Share accepted × potential, × `density` for technologies that take land; never less than
    what is produced already. Infinite for conversion, devices and storage without a row.

    Raises
    ------
    InputError
        If a renewable, recovered or resource technology has no potential.
    """
    table, plan = frame.technologies, frame.scenario.production
    values = estimate.over(frame, rows, np.nan)
    accept = frame.tables["acceptability"].rename(columns={"acceptability": "value"})
    accepted = estimate.over(frame, accept[accept["epci"].isin(frame.members)], 1.0)
    values = values * np.where(table["land"] > 0, plan.density, 1.0) * accepted
    bounded = table["kind"].isin(["renewable", "recovered", "resource"]).to_numpy()
    lost = np.argwhere(np.isnan(values) & bounded)
    if len(lost):
        i, j = lost[0]
        raise fault(
            frame.tables["technologies"],
            table["line"].iloc[j],
            f"{table.index[j]} has no potential at {frame.members[i]}",
            "add a row to potentials.csv, or an estimate to potential_estimate.csv",
        )
    return np.where(np.isnan(values), np.inf, np.maximum(values, recorded))


def existing(frame: Frame, activity: Floats) -> Floats:
    """What remains of the base-year stock (epci, technology, year), GW.

    Activity of the base year ÷ full-load hours; retires linearly over the life.
    """
    table = frame.technologies
    hours = table["full_load_hours"].to_numpy(float)
    idle = (hours <= 0) & (activity > 0).any(axis=0)
    if idle.any():
        j = int(idle.argmax())
        what = f"{table.index[j]} works in the base year with 0 full-load hours"
        raise fault(frame.tables["technologies"], table["line"].iloc[j], what, "give them")
    stock = activity / np.where(hours > 0, hours, 1.0)
    age = np.array(frame.years) - frame.base
    left = np.maximum(0.0, 1 - age[None, :] / table["lifetime"].to_numpy(float)[:, None])
    return np.asarray(stock[:, :, None] * left, dtype=float)


def backup(frame: Frame, ratio: Floats, use: Floats, recorded: Floats, shape: Floats) -> Floats:
    """Base-year activity of the plants that cover what recorded production does not.

    For each carrier with a `backup`: enough capacity to serve alone the largest load of a step
    or, for a carrier balanced over the year, its use (epci, technology); as activity at
    full-load hours, GWh/yr.
    """
    table, plants = frame.tables["carriers"], frame.technologies
    full, available = plants["full_load_hours"], plants["availability"]
    result = np.zeros_like(recorded)
    for c, row in enumerate(table.to_dict("records")):
        if not row["backup"]:
            continue
        j = int(positions(plants.index, [row["backup"]])[0])
        given, taken = ratio[j, c], -np.minimum(ratio[:, c], 0.0)
        if given <= 0:
            what = f"{row['backup']} does not produce {row['carrier']}"
            raise fault(table, row["line"], what, "give a positive ratio in technology_flows.csv")
        if row["balance"] == "hourly":
            peak = ((use * taken) @ (shape / frame.hours)).max(axis=1)
            covered = peak / given / available.iloc[j] * full.iloc[j]
        else:
            covered = (use + recorded) @ taken / given
        result[:, j] += covered
    return result


def costs(frame: Frame) -> Arrays:
    """Investment, annuities, fixed and variable cost, by technology and year."""
    names = list(frame.technologies.index)
    factor = frame.factors("economy.investment", frame.scenario.economy.investment, names)

    def column(name: str, years: list[int]) -> Floats:
        found = frame.over_years("technology_costs", name, {"technology": names}, years)
        return np.nan_to_num(found)

    overnight = column("investment", frame.vintages) * factor[:, None]
    life = frame.technologies["lifetime"].to_numpy(float)
    recovery = annuity_factor(frame.actors["cost_of_capital"].to_numpy(float), life[:, None])
    return {
        "investment": overnight,
        "annuity": recovery[:, :, None] * overnight[:, None, :],
        "fixed_cost": column("fixed_cost", frame.years),
        "variable_cost": column("variable_cost", frame.years) * EUR_PER_MWH,
    }


def build_limit(frame: Frame, potential: Floats, demand: Floats) -> Floats:
    """Largest addition in each period (epci, technology, vintage), GW; inf where unlimited.

    A yearly share of the potential; for a device, of the demand at the first milestone.
    """
    table = frame.technologies
    served = positions(frame.services.index, table["service"])
    reference = np.where(served >= 0, demand[:, served, 0], potential)
    hours = table["full_load_hours"].to_numpy(float)
    rate = frame.over_years(
        "build_rates", "rate", {"technology": list(table.index)}, frame.vintages
    )
    yearly = rate * frame.scenario.production.pace * np.array(frame.periods, float)
    size = (reference / np.where(hours > 0, hours, 1.0))[:, :, None]
    unlimited = np.isnan(rate) | np.isinf(size)
    return np.where(unlimited, np.inf, np.where(unlimited, 0.0, size) * np.nan_to_num(yearly))


def projects(frame: Frame) -> Arrays:
    """Staff, success and maturity of the stages of projects.

    Work is spread evenly over the period of a vintage; its result comes after the duration of
    the stage, construction counted with development.
    """
    full = pd.MultiIndex.from_product([frame.technologies.index, STAGES])
    table = frame.tables["project_stages"].set_index(["technology", "stage"]).reindex(full)
    shape = (len(frame.technologies), len(STAGES))

    def column(name: str, default: float) -> Floats:
        return table[name].fillna(default).to_numpy(float).reshape(shape)

    duration = column("duration", 0.0).copy()
    duration[:, STAGES.index("development")] += duration[:, STAGES.index("construction")]
    end, period = np.array(frame.vintages, float), np.array(frame.periods, float)
    first = (end - period)[:, None] + duration[:, :, None, None]
    share = (end[None, :] - first) / period[:, None]
    return {
        "stage_staff": column("staff", 0.0) * PER_MW,
        "stage_success": column("success", 1.0),
        "matured": np.clip(share, 0.0, 1.0) * (end[None, :] >= end[:, None]),
    }


def storage(frame: Frame) -> Arrays:
    """Efficiencies, duration and retention of the storage technologies."""
    table = frame.tables["storages"].set_index("technology").reindex(frame.technologies.index)
    length = frame.calendar["step_length"].to_numpy()
    loss = table["standing_loss"].fillna(0.0).to_numpy(float)
    return {
        "storage_duration": table["duration"].fillna(0.0),
        "charge_efficiency": table["charge_efficiency"].fillna(1.0),
        "discharge_efficiency": table["discharge_efficiency"].fillna(1.0),
        "retention": (1 - loss[:, None]) ** length[None, :],
    }


def traits(frame: Frame) -> Arrays:
    """Plain columns of the technologies, in the units of the model."""
    table = frame.technologies
    return {
        "full_load_hours": table["full_load_hours"],
        "counted": table["counted"],
        "plant_emission": table["emission_factor"],
        "land_need": table["land"] * PER_MW,
        "incumbent": table["incumbent"].to_numpy()[:, None] == frame.actors.index.to_numpy(),
    }
