"""Linear: a figure of a result as a sum over the columns of the program.

    q(x) = Σ_s Σ_i  w[i] · μ_s[i] · x_s[i]  =  a · x + a0

    s  source  a Var of the program, or an Expression that a block offers
    w  weight  by label along some dimensions: which EPCI, year, technologies …
    μ  factor  what a source is multiplied with to be what the outcome tells: data, units

What a source is stands once, in `SOURCES`, under the name of the variable of the outcome that tells
the same; the same weights pick the figure from the program and from the outcome (`found`), and
every run holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import scipy.sparse as sp
import xarray as xr
from numpy.typing import NDArray

from model.compile import Affine, Index, Program
from model.data.assemble import Data
from model.data.groups import DIMS
from model.outcome.tables import MW

Floats = NDArray[np.float64]
Weights = Mapping[str, Mapping[Any, float]]
"""Weight by dimension and label; a label that is not there weighs nothing."""


@dataclass(frozen=True)
class Source:
    """Where a variable of the outcome comes from: `name` of a Var, or what blocks offer (`.name`).

    `given` is an array of the data over technologies, `scale` a change of units.
    """

    name: str
    given: str = ""
    scale: float = 1.0


SOURCES: Mapping[str, tuple[Source, ...]] = {
    "local_production": (Source("conversion.output", "counted"), Source("devices.use", "counted")),
    "final_consumption": (Source(".consumption"),),
    "consumption_reduction": (Source("reduction.saving"),),
    "purchase": (Source("market.purchase"), Source("market.yearly_purchase")),
    "emissions": (Source(".emissions"),),
    "capacity": (Source("stock.capacity", scale=MW),),
    "investment": (Source("stock.invest", scale=MW),),
    "land": (Source("stock.capacity", "land_need"),),
    "exchange": (Source("exchange.flow"), Source("exchange.shipment")),
}


@dataclass(frozen=True)
class Linear:
    """`weights @ x[columns] + constant`."""

    columns: NDArray[np.int64]
    weights: Floats
    constant: float

    def at(self, x: Floats) -> float:
        """Its value at a point."""
        return float(self.weights @ x[self.columns]) + self.constant

    def cost(self, size: int) -> Floats:
        """Its weight on each of `size` columns."""
        full = np.zeros(size)
        full[self.columns] = self.weights
        return full


def linear(program: Program, data: Data, variable: str, weights: Weights) -> Linear:
    """A variable of the outcome, weighted and summed, on the columns of a program.

    Raises
    ------
    KeyError
        If the variable has no source.
    """
    size = program.matrix.shape[1]
    total, constant = np.zeros(size), 0.0
    for source in SOURCES[variable]:
        ends = source.name.startswith(".")
        for name in (n for n in program.expressions if n.endswith(source.name)) if ends else ():
            part = program.expressions[name]
            weight = _weight(part.index, data, source, weights)
            total += _row(part, weight)
            constant += float(weight @ part.constant)
        if not ends:
            span = program.variables[source.name]
            total[span.slice] += _weight(span.index, data, source, weights)
    columns = np.flatnonzero(total)
    return Linear(columns, total[columns], constant)


def table(program: Program, data: Data, variable: str, year: int) -> sp.csr_array:
    """A variable of the outcome in a year (epci × technology), as rows over the columns."""
    labels = data.labels
    place = {dim: {v: i for i, v in enumerate(labels[dim])} for dim in ("epci", "technology")}
    shape = len(labels["epci"]) * len(labels["technology"]), program.matrix.shape[1]
    rows, columns, values = [], [], []
    for source in SOURCES[variable]:
        span = program.variables[source.name]
        weight = _weight(span.index, data, source, {"year": {year: 1.0}})
        kept = np.flatnonzero(weight)
        dims = [dim for factor in span.index.factors for dim in DIMS[factor.name]]
        at = {dim: span.index.column(dims.index(dim))[kept] for dim in place}
        epci, technology = ([place[dim][v] for v in at[dim].tolist()] for dim in place)
        rows.append(np.array(epci, dtype=int) * len(place["technology"]) + technology)
        columns.append(kept + span.start)
        values.append(weight[kept])
    entries = np.concatenate(rows), np.concatenate(columns)
    return sp.csr_array((np.concatenate(values), entries), shape)


def found(outcome: xr.Dataset, variable: str, weights: Weights) -> float:
    """The same figure, from the outcome."""
    array = outcome[variable]
    for dim in {*weights} & {*array.dims}:
        kept = weights[dim]
        weight = [kept.get(label, 0.0) for label in array[dim].to_numpy().tolist()]
        array = array.dot(xr.DataArray(weight, dims=dim), dim=dim)
    return float(array.sum())


def _row(part: Affine, weight: Floats) -> Floats:
    return np.asarray((sp.csr_array(weight[None, :]) @ part.matrix).todense()).ravel()


def _weight(index: Index, data: Data, source: Source, weights: Weights) -> Floats:
    """The weight of each member of an index."""
    dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
    parts = [np.full(index.size, source.scale)]
    for place, dim in enumerate(dims):
        labels, code = index.labels[place].values, index.code(place)
        if dim in weights:
            parts.append(np.array([weights[dim].get(label, 0.0) for label in labels])[code])
        if dim == "technology" and source.given:
            given = data.arrays[source.given].to_series()
            parts.append(given.reindex(labels).to_numpy(float)[code])
    return reduce(np.multiply, parts)
