"""Assemble: a scenario and its inputs folder → every array and set that the blocks read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from model.data import (
    agreements,
    aims,
    endowments,
    funding,
    groups,
    market,
    needs,
    orders,
    partners,
    plants,
)
from model.data.cells import Floats
from model.data.evidence import estimate, history
from model.data.evidence.units import check_units
from model.data.frame import Arrays, Frame
from model.data.kinds import Ragged, Sets
from model.data.money import discount_factors
from model.data.unusual import check_asked
from model.fields import FIELD, STAGES
from model.scenario import Scenario
from model.tables.coherence import check_coherence
from model.tables.read import Tables, read_tables


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
    rows : dict
        The rows, given or estimated, behind consumption, production and potential, with status.
    dimen : dict
        Length of the members of the sets of tuples.
    """

    frame: Frame
    arrays: xr.Dataset
    sets: Sets
    ragged: Ragged
    links: list[partners.Link]
    aims: list[aims.Aim]
    consumption: xr.DataArray
    rows: dict[str, pd.DataFrame]
    dimen: dict[str, int] = field(
        default_factory=lambda: {name: len(dims) for name, dims in groups.DIMS.items()}
    )

    @property
    def ends(self) -> dict[str, tuple[str, str, str]]:
        """Origin, destination and carrier of each link, by its label."""
        return {x.label: (x.origin, x.destination, x.carrier) for x in self.links}

    @cached_property
    def labels(self) -> dict[str, list[Any]]:
        """The labels along each dimension of the arrays."""
        return {str(dim): index.tolist() for dim, index in self.arrays.indexes.items()}


def load_data(scenario: Scenario, tables: Tables | None = None) -> Data:
    """Read the inputs of a scenario and prepare everything that the blocks need.

    Raises
    ------
    InputError
        Naming file and line of what is missing or contradictory.
    """
    frame = Frame(scenario, read_tables(scenario.inputs_folder) if tables is None else tables)
    check_coherence(frame.tables)
    frame.check_report()
    check_asked(frame)
    known = {year: estimate.consumption(frame, year) for year in frame.known}
    made = {year: estimate.production(frame, year) for year in frame.known}
    rows = {
        "consumption": known[frame.base],
        "production": made[frame.base],
        "potential": estimate.potentials(frame),
    }
    check_units(frame, known.values())
    consumption = needs.base_consumption(frame, rows["consumption"])
    shares = funding.shareholders(frame)
    pairs = partners.partnership(frame, shares)
    links = partners.links(frame, pairs)
    linked = partners.link_arrays(frame, links, pairs)
    owned = endowments.endowment_arrays(frame, pairs)
    funders = funding.helping(frame)
    targets, signed = aims.aims(frame), agreements.terms(frame, links)
    values = {
        **_time(frame),
        **_energy(frame, known, made, rows["potential"]),
        **plants.costs(frame),
        **plants.projects(frame),
        **plants.storage(frame),
        **plants.traits(frame),
        **linked,
        **signed.arrays,
        **agreements.loans(
            frame, links, np.asarray(linked["loan_limit"]), np.asarray(owned["lending_limit"])
        ),
        **_participation(frame),
        **funding.vehicle_arrays(frame, shares),
        **funding.funding_arrays(frame, funders),
        **owned,
        **market.price_arrays(frame),
        "carbon_value": market.carbon_value(frame),
        **aims.aim_arrays(frame, targets),
    }
    arrays = _label(values, frame, links, targets, list(funders.index))
    sets, ragged = groups.index_sets(frame, arrays, links, targets)
    groups.agree(arrays, links, signed.governed > 0, sets, ragged)
    orders.order(arrays, links, sets, ragged)
    return Data(frame, arrays, sets, ragged, links, targets, consumption, rows)


def _time(frame: Frame) -> Arrays:
    horizon = frame.scenario.horizon
    rate, last = horizon.discount_rate, horizon.last_period
    return {
        "discount": discount_factors(frame.years, frame.decided, rate, last),
        "period": frame.periods,
        **{name: frame.calendar[name] for name in ("step_hours", "step_weight")},
    }


def _energy(
    frame: Frame,
    consumed: Mapping[int, pd.DataFrame],
    made: Mapping[int, pd.DataFrame],
    possible: pd.DataFrame,
) -> Arrays:
    """What turns the years that are known into demand, stocks and potentials."""
    device_shape = needs.device_shape(frame)
    uses = needs.device_uses(frame, consumed)
    demand = needs.service_demand(frame, uses)
    added = history.projects(frame, made)
    records = history.records(frame, made, added)
    ratio = {year: plants.ratio_in(frame, year) for year in frame.known}
    activity = {
        y: use + records[y] + plants.backup(frame, ratio[y], use, records[y], device_shape)
        for y, use in uses.items()
    }
    existing = history.existing(frame, activity, added)
    hours = frame.technologies["full_load_hours"].to_numpy(float)
    standing = [*activity.values(), existing.max(axis=2) * hours]
    potential = plants.potential(frame, possible, np.max(standing, axis=0))
    bought = [(uses[y] + records[y]) @ -np.minimum(ratio[y], 0.0) for y in frame.known]
    return {
        "flow_ratio": plants.flow_ratio(frame),
        "service_demand": demand,
        "device_shape": device_shape,
        "device_ceiling": needs.device_ceiling(frame, demand, uses),
        "availability": plants.availability(frame),
        "recorded": _over_milestones(frame, records),
        "potential": potential,
        "existing": existing,
        "renewal_limit": history.retiring(frame, activity, added),
        "build_limit": plants.build_limit(frame, potential, demand),
        "purchase_limit": market.purchase_limit(frame, np.max(bought, axis=0)),
        **needs.savings(frame, demand),
    }


def _over_milestones(frame: Frame, known: Mapping[int, Floats]) -> Floats:
    """What is known of some years over all milestones (epci, technology, year); 0 elsewhere."""
    nothing = np.zeros_like(known[frame.decided])
    return np.stack([known.get(year, nothing) for year in frame.years], axis=2)


def _participation(frame: Frame) -> Arrays:
    """Limits of who must not be worse off than alone; none until the plans alone are known."""
    return {
        "alone_limit": np.full(len(frame.members), np.inf),
        "yearly_alone_limit": np.full((len(frame.members), len(frame.years)), np.inf),
        "transfer_limit": frame.scenario.cooperation.transfer_limit or 0.0,
    }


def _label(
    values: Arrays,
    frame: Frame,
    links: list[partners.Link],
    targets: list[aims.Aim],
    funders: list[str],
) -> xr.Dataset:
    """Every value as a labelled array of the registry, with its unit, name and source."""
    labels: dict[str, Sequence[object]] = {
        "epci": frame.members,
        "service": list(frame.services.index),
        "carrier": list(frame.carriers.index),
        "technology": list(frame.technologies.index),
        "measure": list(frame.measures.index),
        "actor": list(frame.actors.index),
        "stage": STAGES,
        "link": [link.label for link in links],
        "target": [aim.label for aim in targets],
        "funder": funders,
        "vintage": frame.vintages,
        "vintage_result": frame.vintages,
        "year": frame.years,
        "step": frame.steps,
    }
    fields = {name: _field(name, value) for name, value in values.items()}
    return xr.Dataset(fields, {dim: _labels(label) for dim, label in labels.items()})


def _field(name: str, value: object) -> xr.Variable:
    spec = FIELD[name]
    attrs = {"units": spec.unit, "long_name": spec.doc, "source": spec.source}
    return xr.Variable(spec.dims, np.array(value, dtype=float), attrs)


def _labels(labels: Sequence[object]) -> NDArray[Any]:
    """Labels of a dimension; text even where there is none."""
    return np.array(labels) if len(labels) else np.array([], dtype="<U1")
