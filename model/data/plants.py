"""Plants: stocks, costs, availability, potentials and projects of technologies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.data.cells import Floats, cells, fault, positions
from model.data.evidence import estimate
from model.data.frame import Arrays, Frame
from model.data.ground import Ground, common
from model.data.money import annuity_factor
from model.fields import STAGES
from model.words.catalogue import say

EUR_PER_MWH = 1e-3
PER_MW = 1e3
"""Per GW in one per MW."""

LEAST = 1e-6
"""Availability below it is zero: it would only spoil the scale of the coefficients."""


@common
def flow_ratio(ground: Ground) -> Floats:
    """Carriers out (+) and in (−) per unit of activity (technology, carrier, year)."""
    return _ratio(ground, ground.years)


def ratio_in(ground: Ground, year: int) -> Floats:
    """The same in one year (technology, carrier)."""
    return _ratio(ground, [year])[:, :, 0]


def _ratio(ground: Ground, years: Sequence[int]) -> Floats:
    labels = {"technology": list(ground.technologies.index), "carrier": list(ground.carriers.index)}
    return np.nan_to_num(ground.over_years("technology_flows", "ratio", labels, years))


@common
def availability(ground: Ground) -> Floats:
    """Most output per unit of capacity (technology, step).

    A profile is scaled so that a year gives the full-load hours; without one the
    availability is constant.

    Raises
    ------
    InputError
        If a constant availability gives less than the full-load hours of a plant.
    """
    table = ground.technologies
    full, year = table["full_load_hours"].to_numpy(float), ground.hours.sum()
    constant = table["availability"].to_numpy(float)
    shaped = (table["profile"] != "").to_numpy()
    plant = ~table["kind"].isin(["device", "storage"]).to_numpy()
    short = plant & ~shaped & (constant * year < full * (1 - LEAST))
    if short.any():
        j = int(short.argmax())
        what = say(
            "{technology} cannot run {hours:g} h at an availability of {availability:g}",
            technology=table.index[j],
            hours=full[j],
            availability=constant[j],
        )
        mend = say(
            "the year has {year:g} h: lower full_load_hours, or raise availability", year=year
        )
        raise fault(ground.tables["technologies"], table["line"].iloc[j], what, mend)
    shape = ground.profiles("technologies")
    shape = np.where(shape * full[:, None] / year < LEAST, 0.0, shape)
    given = shape @ ground.hours
    scaled = shape * (full / np.where(given > 0, given, 1.0))[:, None]
    return np.where(shaped[:, None], scaled, constant[:, None])


def potential(frame: Frame, rows: pd.DataFrame, standing: Floats) -> Floats:
    """Accepted yearly potential (epci, technology), GWh/yr, existing stock included.

    Where there is no room for the smallest plant, nothing; whoever has room for it may also treat
    what partners send of a carrier that must be treated.

    Share accepted × potential, × `density` for technologies that take land; never less than
    what stands already, backups included: but where a row says what an EPCI itself collects of
    what must be treated, its plants may stand for more, that others sent. Infinite for conversion,
    devices and storage without a row.

    Raises
    ------
    InputError
        If a renewable, recovered or resource technology has no potential.
    """
    table, plan = frame.technologies, frame.scenario.production
    values = estimate.over(frame, rows, np.nan)
    accepted = estimate.over(frame, frame.tables["acceptability"], 1.0, "acceptability")
    values = values * np.where(table["land"].to_numpy() > 0, plan.density, 1.0) * accepted
    bounded = table["kind"].isin(["renewable", "recovered", "resource"]).to_numpy()
    lost = np.argwhere(np.isnan(values) & bounded)
    if len(lost):
        i, j = lost[0]
        raise fault(
            frame.tables["technologies"],
            table["line"].iloc[j],
            say(
                "{technology} has no potential at {member}",
                technology=table.index[j],
                member=frame.members[i],
            ),
            say("add a row to potentials.csv, or an estimate to potential_estimate.csv"),
        )
    least = table["smallest"].to_numpy(float) / PER_MW * table["full_load_hours"].to_numpy(float)
    values = np.where(values < least, 0.0, values)
    shared = np.where(values > 0, np.nansum(values, axis=0), values)
    values = np.where(_treats(frame) & ~collects(frame), shared, values)
    given = estimate.over(frame, frame.tables["potentials"], np.nan, plan.level)
    own = ~np.isnan(given) & collects(frame)
    least_held = np.where(own, values, np.maximum(values, standing))
    return np.where(np.isnan(values), np.inf, least_held)


@common
def collects(ground: Ground) -> NDArray[np.bool_]:
    """Which technologies collect a carrier that must be treated (technology)."""
    given = ratio_in(ground, ground.years[0])[:, _duty(ground)] > 0
    resource = (ground.technologies["kind"] == "resource").to_numpy()
    return np.asarray(np.any(given, axis=1) & resource)


def _treats(ground: Ground) -> NDArray[np.bool_]:
    """Which technologies use a carrier that must be treated (technology)."""
    taken = ratio_in(ground, ground.years[0])[:, _duty(ground)] < 0
    return np.asarray(np.any(taken, axis=1))


def _duty(ground: Ground) -> NDArray[np.bool_]:
    """Which carriers must be used, sent or sold (carrier)."""
    return np.asarray(ground.carriers["surplus"] == "duty")


def backup(frame: Frame, ratio: Floats, use: Floats, recorded: Floats, shape: Floats) -> Floats:
    """Base-year activity of the plants that cover what recorded production does not.

    For each carrier with a `backup`: enough capacity to serve alone the largest load of a step
    or, for a carrier balanced over the year, its use (epci, technology); as activity at
    full-load hours, GWh/yr.
    """
    table, plants = frame.tables["carriers"], frame.technologies
    full, available = plants["full_load_hours"], plants["availability"]
    result = np.zeros_like(recorded)
    for c, row in enumerate(frame.carrier_rows):
        if not row["backup"]:
            continue
        j = int(positions(plants.index, [row["backup"]])[0])
        given, taken = ratio[j, c], -np.minimum(ratio[:, c], 0.0)
        if given <= 0:
            what = say(
                "{technology} does not produce {carrier}",
                technology=row["backup"],
                carrier=row["carrier"],
            )
            raise fault(
                table, row["line"], what, say("give a positive ratio in technology_flows.csv")
            )
        if row["balance"] == "hourly":
            peak = ((use * taken) @ (shape / frame.hours)).max(axis=1)
            covered = peak / given / available.iloc[j] * full.iloc[j]
        else:
            covered = (use + recorded) @ taken / given
        result[:, j] += covered
    return result


def costs(frame: Frame) -> Arrays:
    """Investment, annuities, fixed and variable cost, by technology and year."""
    names, given = list(frame.technologies.index), frame.scenario.economy.investment
    factor, table = frame.factors("economy.investment", given, names), _costs(frame)
    overnight = table["investment"] * factor[:, None]
    life = frame.technologies["lifetime"].to_numpy(float)
    recovery = annuity_factor(frame.actors["cost_of_capital"].to_numpy(float), life[:, None])
    return {
        "investment": overnight,
        "annuity": recovery[:, :, None] * overnight[:, None, :],
        "fixed_cost": table["fixed_cost"],
        "variable_cost": table["variable_cost"],
    }


@common
def _costs(ground: Ground) -> dict[str, Floats]:
    """Costs as the tables give them; 0 where none is given."""
    labels = {"technology": list(ground.technologies.index)}

    def column(name: str, years: list[int]) -> Floats:
        return np.nan_to_num(ground.over_years("technology_costs", name, labels, years))

    return {
        "investment": column("investment", ground.vintages),
        "fixed_cost": column("fixed_cost", ground.years),
        "variable_cost": column("variable_cost", ground.years) * EUR_PER_MWH,
    }


def build_limit(frame: Frame, potential: Floats, demand: Floats) -> Floats:
    """Largest addition in each period (epci, technology, vintage), GW; inf where unlimited.

    A yearly share of the potential; for a device, of the demand at the first milestone.
    """
    table = frame.technologies
    served = positions(frame.services.index, table["service"])
    reference = np.where(served >= 0, demand[:, served, 0], potential)
    hours = table["full_load_hours"].to_numpy(float)
    rate = _build_rates(frame)
    yearly = rate * frame.scenario.production.pace * np.array(frame.periods, float)
    size = (reference / np.where(hours > 0, hours, 1.0))[:, :, None]
    unlimited = np.isnan(rate) | np.isinf(size)
    return np.where(unlimited, np.inf, np.where(unlimited, 0.0, size) * np.nan_to_num(yearly))


@common
def _build_rates(ground: Ground) -> Floats:
    """Yearly additions, as shares (technology, vintage); NaN where unlimited."""
    labels = {"technology": list(ground.technologies.index)}
    return ground.over_years("build_rates", "rate", labels, ground.vintages)


@common
def projects(ground: Ground) -> Arrays:
    """Staff, success and maturity of the stages of projects.

    Work is spread evenly over the period of a vintage; its result comes after the duration of
    the stage, construction counted with development.
    """
    table = ground.tables["project_stages"]
    given = zip(table["technology"], table["stage"], strict=True)
    rows = positions(given, product(ground.technologies.index, STAGES))

    def column(name: str, default: float) -> Floats:
        return cells(table, name, rows, default).reshape(-1, len(STAGES))

    duration = column("duration", 0.0)
    duration[:, STAGES.index("development")] += duration[:, STAGES.index("construction")]
    end, period = np.array(ground.vintages, float), np.array(ground.periods, float)
    first = (end - period)[:, None] + duration[:, :, None, None]
    share = (end[None, :] - first) / period[:, None]
    return {
        "stage_staff": column("staff", 0.0) * PER_MW,
        "stage_success": column("success", 1.0),
        "matured": np.clip(share, 0.0, 1.0) * (end[None, :] >= end[:, None]),
    }


@common
def storage(ground: Ground) -> Arrays:
    """Efficiencies, duration and retention of the storage technologies."""
    table, names = ground.tables["storages"], ground.technologies.index
    rows = positions(table["technology"], names)
    length = ground.calendar["step_length"].to_numpy()
    loss = cells(table, "standing_loss", rows, 0.0)
    return {
        "storage_duration": cells(table, "duration", rows, 0.0),
        "charge_efficiency": cells(table, "charge_efficiency", rows, 1.0),
        "discharge_efficiency": cells(table, "discharge_efficiency", rows, 1.0),
        "retention": (1 - loss[:, None]) ** length[None, :],
    }


@common
def traits(ground: Ground) -> Arrays:
    """Plain columns of the technologies, in the units of the model."""
    table = ground.technologies
    return {
        "full_load_hours": table["full_load_hours"],
        "counted": table["counted"],
        "plant_emission": table["emission_factor"],
        "land_need": table["land"] * PER_MW,
        "renewal": table["renewal"],
        "incumbent": table["incumbent"].to_numpy()[:, None] == ground.actors.index.to_numpy(),
    }
