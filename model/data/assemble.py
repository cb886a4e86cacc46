"""Assemble: a scenario and its inputs folder → every array and set that the blocks read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.data import aims, groups, market, needs, partners, plants
from model.data.frame import Frame, array
from model.data.money import discount_factors
from model.data.read import Tables, read_tables
from model.errors import Fault, InputError
from model.scenario import Scenario


@dataclass(frozen=True)
class Data:
    """What a model is built from.

    Attributes
    ----------
    arrays : Dataset
        Every field of `model.fields.FIELDS`, in the units of the model.
    sets, ragged : dict
        Index sets and families of sets, see `model.data.groups`.
    links, aims : list
        The links and targets behind the labels of dims `link` and `target`.
    consumption : DataArray (epci, sector, carrier)
        Final consumption of the base year [GWh/yr].
    """

    frame: Frame
    arrays: xr.Dataset
    sets: groups.Sets
    ragged: groups.Ragged
    links: list[partners.Link]
    aims: list[aims.Aim]
    consumption: xr.DataArray
    dimen: dict[str, int] = field(default_factory=lambda: dict(groups.PAIRS))


def load_data(scenario: Scenario, tables: Tables | None = None) -> Data:
    """Read the inputs of a scenario and prepare everything that the blocks need.

    Raises
    ------
    InputError
        Naming file and line of what is missing or contradictory.
    """
    frame = Frame(scenario, _tables(scenario.inputs_folder) if tables is None else tables)
    _one_actor_each(frame)
    fields: list[xr.DataArray] = [*_time(frame)]
    ratio = plants.flow_ratio(frame)
    at_base = plants.flow_ratio(frame, [_anchor(frame)]).isel(year=0)
    consumption = needs.base_consumption(frame)
    use = needs.device_use(frame, consumption, at_base)
    demand = needs.service_demand(frame, use)
    service_shape, device_shape = needs.shapes(frame)
    record = plants.recorded(frame)
    covering = plants.backup(frame, at_base, use, record, device_shape)
    activity = use.to_numpy() + record + covering
    potential = plants.potential(frame, record)
    shares = partners.shareholders(frame)
    pairs = partners.partnership(frame, shares)
    links = partners.links(frame, pairs)
    targets = aims.aims(frame)
    labels = {
        "epci": frame.members,
        "service": list(frame.services.index),
        "technology": list(frame.technologies.index),
        "carrier": list(frame.carriers.index),
        "year": frame.years,
        "vintage": frame.vintages,
        "step": frame.steps,
    }
    fields += [
        ratio,
        array("service_demand", demand, **labels),
        array("service_shape", service_shape, **labels),
        array("device_shape", device_shape, **labels),
        array("device_ceiling", needs.device_ceiling(frame, demand, use), **labels),
        array("availability", plants.availability(frame), **labels),
        array("recorded", record, **labels),
        array("potential", potential, **labels),
        array("existing", plants.existing(frame, activity), **labels),
        array("build_limit", plants.build_limit(frame, potential, demand), **labels),
        market.purchase_limit(frame, _bought(frame, use, record, at_base)),
        market.carbon_value(frame),
        *needs.savings(frame, demand),
        *plants.costs(frame),
        *plants.projects(frame),
        *plants.storage(frame),
        *plants.traits(frame),
        *partners.link_arrays(frame, links, pairs),
        *partners.vehicle_arrays(frame, shares),
        *partners.endowment_arrays(frame, pairs),
        *market.price_arrays(frame),
        *aims.aim_arrays(frame, targets),
    ]
    arrays = xr.Dataset({a.name: a for a in fields})
    sets, ragged = groups.index_sets(frame, arrays, links, targets)
    return Data(frame, arrays, sets, ragged, links, targets, consumption)


def _tables(folder: Path) -> Tables:
    """The tables of a folder, read again only when one of its files has changed."""
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    return _read_once(folder, tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files))


@lru_cache(maxsize=8)
def _read_once(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Tables:
    return read_tables(folder)


def _anchor(frame: Frame) -> int:
    """The year whose ratios turn base-year consumption into services."""
    return frame.base if frame.base in frame.years else frame.years[0]


def _time(frame: Frame) -> list[xr.DataArray]:
    horizon, calendar = frame.scenario.horizon, frame.calendar
    factors = discount_factors(
        frame.years, frame.base, horizon.discount_rate, horizon.last_period
    )
    labels: dict[str, Any] = {
        "year": frame.years,
        "vintage": frame.vintages,
        "step": frame.steps,
    }
    return [
        array("discount", factors, **labels),
        array("period", frame.periods, **labels),
        *(array(n, calendar[n], **labels) for n in ("step_hours", "step_weight", "step_length")),
    ]


def _bought(frame: Frame, use: xr.DataArray, record: Any, ratio: xr.DataArray) -> Any:
    """What the base year takes of each carrier (epci, carrier), GWh/yr."""
    taken = -np.minimum(ratio.to_numpy(), 0.0)
    return (use.to_numpy() + record) @ taken


def _one_actor_each(frame: Frame) -> None:
    for kind in ("consumer", "local-authority"):
        count = int((frame.actors["kind"] == kind).sum())
        if count != 1:
            table = frame.tables["actors"]
            raise InputError(
                Fault(str(table.attrs["file"]), f"{count} actors of kind '{kind}'", "give one")
            )
