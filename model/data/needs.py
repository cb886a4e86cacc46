"""Needs: services demanded, the devices that meet them, the measures that reduce them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.data import plants
from model.data.cells import Floats, cells, fault, misplaced, positions
from model.data.frame import Arrays, Frame
from model.data.ground import Ground, common
from model.data.money import annuity_factor
from model.fields import TYPES
from model.words.catalogue import say

SHARES_SUM = 1e-6
"""How far from 1 the shares of an end use may sum."""

EUR_PER_MWH = 1e-3
"""MEUR/GWh in one EUR/MWh; also MEUR.yr/GWh in one EUR.yr/MWh."""


def base_consumption(frame: Frame, rows: pd.DataFrame) -> xr.DataArray:
    """Final consumption of the base year (epci, sector, carrier), GWh/yr, from its rows."""
    sectors = list(frame.tables["sectors"]["sector"])
    coords = {"epci": frame.members, "sector": sectors, "carrier": list(frame.carriers.index)}
    places = tuple(positions(coords[dim], rows[dim]) for dim in coords)
    values = np.zeros([len(labels) for labels in coords.values()])
    values[places] = rows["value"]
    attrs = {"units": "GWh/yr", "long_name": "Final consumption of the base year"}
    return xr.DataArray(values, coords, tuple(coords), attrs=attrs)


def device_uses(frame: Frame, rows: Mapping[int, pd.DataFrame]) -> dict[int, Floats]:
    """Service given by each device in every year that is known (epci, technology), GWh/yr.

    A figure observed in another year is carried to it by the outlook of the service.
    """
    services = list(frame.services.index)
    served = positions(services, frame.technologies["service"])
    uses = {}
    for year, known in rows.items():
        uses[year] = np.zeros((len(frame.members), len(frame.technologies)))
        for since in sorted(set(known["since"])):
            seen = base_consumption(frame, known[known["since"] == since])
            then, now = _outlook(frame, services, [since, year]).transpose(2, 0, 1)
            carried = np.divide(now, then, out=np.ones_like(now), where=then > 0)
            growth = np.where(served >= 0, carried[:, served], 1.0)
            uses[year] += growth * device_use(frame, seen, since)
    return uses


def device_use(frame: Frame, consumption: xr.DataArray, year: int) -> Floats:
    """Service given by each device in a year (epci, technology), GWh/yr.

    Consumption × share of the end use ÷ what the device takes per unit of service.

    Raises
    ------
    InputError
        If a device does not take the carrier, or if the shares of a sector and carrier that
        consumes something do not sum to 1.
    """
    table, spent = frame.tables["end_uses"], consumption.to_numpy()
    ratio = plants.ratio_in(frame, year)
    sector = positions(consumption["sector"].values, table["sector"])
    carrier = positions(frame.carriers.index, table["carrier"])
    device = positions(frame.technologies.index, table["technology"])
    share, taken = table["share"].to_numpy(float), -ratio[device, carrier]
    if (taken <= 0).any():
        row = table.iloc[int((taken <= 0).argmax())]
        what = say(
            "{technology} does not take {carrier} in {base}",
            technology=row["technology"],
            carrier=row["carrier"],
            base=year,
        )
        mend = say("give a negative ratio in technology_flows.csv, or another device")
        raise fault(table, row["line"], what, mend)
    use = np.zeros((len(frame.members), len(frame.technologies)))
    np.add.at(use.T, device, (spent[:, sector, carrier] * share / taken).T)
    covered = np.zeros(spent.shape[1:])
    np.add.at(covered, (sector, carrier), share)
    wrong = (spent > 0).any(axis=0) & (np.abs(covered - 1) > SHARES_SUM)
    for s, c in np.argwhere(wrong):
        names = str(consumption["sector"].values[s]), str(consumption["carrier"].values[c])
        line = table["line"][(sector == s) & (carrier == c)].min() if covered[s, c] else 0
        raise fault(
            table,
            line,
            say(
                "{service} uses {carrier}, and its end uses sum to {sum:g}, not 1",
                service=names[0],
                carrier=names[1],
                sum=covered[s, c],
            ),
            say("give the devices that use it, with shares that sum to 1"),
        )
    return use


def service_demand(frame: Frame, uses: Mapping[int, Floats]) -> Floats:
    """Useful demand (epci, service, year), GWh/yr: what is known, then the outlook from there."""
    services = list(frame.services.index)
    served = positions(services, frame.technologies["service"])
    serves = (served == np.arange(len(services))[:, None]).astype(float)
    years = [frame.decided, *frame.years]
    index = _outlook(frame, services, years)
    growth = index / np.where(index[:, :, :1] > 0, index[:, :, :1], 1.0)
    known = {year: use @ serves.T for year, use in uses.items()}
    path = [known.get(y, known[frame.decided] * growth[:, :, i]) for i, y in enumerate(years)]
    return np.stack(path[1:], axis=2)


def _outlook(frame: Frame, services: Sequence[str], years: Sequence[int]) -> Floats:
    """Index of the demand (epci, service, year): the row of the EPCI, else that of all.

    1 in the base year, whatever the table says if that is no milestone.
    """
    name, table = frame.scenario.demand.outlook, frame.tables["outlook"]
    if table.empty:
        return np.ones((len(frame.members), len(services), len(years)))
    known = sorted(set(table["outlook"]))
    if name not in known:
        mend = say("one of {known}", known=", ".join(known))
        raise misplaced(
            frame.scenario, "demand.outlook", say("no outlook '{name}'", name=name), mend
        )
    keys = {"outlook": [name], "service": services, "epci": ["", *frame.members]}
    asked = sorted({*years, *frame.years})
    if frame.base not in frame.years:
        asked.remove(frame.base)
    index = frame.over_years("outlook", "index", keys, asked)[0]
    own = index[:, 1:]
    merged = np.where(np.isnan(own), index[:, :1], own)
    if (lost := np.isnan(merged).any(axis=(1, 2))).any():
        service = services[int(lost.argmax())]
        raise fault(
            table,
            0,
            say("no row for outlook '{name}' and service '{service}'", name=name, service=service),
            say("add one"),
        )
    first = merged[:, :, np.array(asked) == frame.base]
    if (moved := np.abs(first - 1).max(axis=(1, 2), initial=0) > SHARES_SUM).any():
        service = services[int(moved.argmax())]
        rows = table[(table["outlook"] == name) & (table["service"] == service)]
        what = say(
            "index of {service} is not 1 in the base year, {base}", service=service, base=frame.base
        )
        raise fault(
            table, rows["line"].iloc[0], what, say("give the demand relative to the base year")
        )
    found = dict(zip(asked, merged.transpose(2, 1, 0), strict=True))
    one = np.ones((len(frame.members), len(services)))
    return np.stack([found.get(year, one) for year in years], axis=2)


def device_ceiling(frame: Frame, demand: Floats, uses: Mapping[int, Floats]) -> Floats:
    """Largest use of each device (epci, technology, year), GWh/yr; inf where nothing limits it.

    A share of the service demand by type of EPCI; never less than the use of a year that is
    known, which retires at its own pace.
    """
    table, kind = frame.tables["device_ceilings"], positions(TYPES, frame.epci["type"])
    given = zip(table["type"], table["technology"], strict=True)
    rows = positions(given, product(TYPES, frame.technologies.index))
    share = cells(table, "ceiling", rows).reshape(len(TYPES), -1, 1)[kind]
    served = positions(frame.services.index, frame.technologies["service"])
    limit = share * demand[:, served]
    return np.where(
        np.isnan(share), np.inf, np.maximum(limit, np.max(list(uses.values()), axis=0)[:, :, None])
    )


def savings(frame: Frame, demand: Floats) -> Arrays:
    """The supply curves of the measures, each step on what the earlier ones left."""
    table, plan = frame.measures, frame.scenario.reduction
    service = positions(frame.services.index, table["service"])
    reference = demand[:, service]
    share = _shares(frame, service)[:, :, None]
    periods = np.zeros(len(frame.years))
    periods[frame.later] = frame.periods
    pace = table["pace"].to_numpy(float)[:, None] * plan.pace
    yearly = np.where(np.isinf(pace), 0.0, pace)
    progress = np.where(np.isinf(pace), np.inf, share * reference * yearly * periods)
    before = np.where(reference[:, :, :-1] > 0, reference[:, :, :-1], 1.0)
    kept = np.ones_like(reference)
    kept[:, :, 1:] = np.minimum(1.0, reference[:, :, 1:] / before)
    investment, life = table["investment"].to_numpy(float), table["lifetime"].to_numpy(float)
    rate = cells(frame.actors, "cost_of_capital", positions(frame.actors.index, table["actor"]))
    yearly_cost = investment * annuity_factor(rate, life) + table["running_cost"].to_numpy(float)
    return {
        "saving_potential": share * reference * frame.later,
        "saving_progress": progress,
        "saving_kept": kept,
        "saving_cost": yearly_cost * EUR_PER_MWH,
        "saving_investment": investment * EUR_PER_MWH,
    }


def _shares(frame: Frame, service: NDArray[np.int64]) -> Floats:
    """Share of the demand that each measure can save (epci, measure), in the order they act."""
    table, plan = frame.measures, frame.scenario.reduction
    scale = {"efficiency": plan.efficiency, "shift": plan.shift, "sobriety": plan.sobriety}
    by_type = table[[f"potential_{kind}" for kind in frame.epci["type"]]].to_numpy(float).T
    own = by_type * table["kind"].map(scale).to_numpy(float)
    left = np.ones((len(frame.members), len(frame.services)))
    share = np.zeros_like(own)
    for place, u in enumerate(service):
        share[:, place] = own[:, place] * left[:, u]
        left[:, u] -= share[:, place]
    return np.asarray(share, dtype=float)


@common
def device_shape(ground: Ground) -> Floats:
    """Load shape of each device, that of its service (technology, step); Σ = 1."""
    load = ground.profiles("services") * ground.hours
    shape = load / load.sum(axis=1, keepdims=True)
    flat = ground.hours / ground.hours.sum()
    served = positions(ground.services.index, ground.technologies["service"])
    return np.asarray(np.where((served >= 0)[:, None], shape[served], flat), dtype=float)
