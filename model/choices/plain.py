"""Plain: the plans that are compared — those in which nothing goes round in circles.

    near    c · x ≤ (1 + ε) · c · x*
    kept    gap[g,y] ≤ gap*[g,y]                               no target is missed by more
    own     Σ_{l out of n} f[l,t] + sold[n,c,t] − Σ_k max(ρ[k,c], 0) · g[n,k,t] − out[n,c,t]
                ≤ max(0, the same of x*)                       of the year that is asked about
    yearly  Σ_t ( Σ_{l out of n} f[l,t] + sold[n,c,t] − Σ_k max(ρ[k,c], 0) · g[n,k,t] )   likewise
    room    Σ_a K[n,k,a] ≤ max( potential / hours, K*[n,k] )   likewise; of stores, and without a
                potential: the highest load of n in x* of the carrier that they give
    used    injection of a node ≤ max(0, the same of x*)       likewise: no more is let go

    x*  the plan          what `run` finds
    c   cost              the objective [MEUR]
    ε   slack             how much dearer a plan may be
    f   sent, ρ · g made, out of stores [GWh/yr]; of carriers that are balanced over the year, once

A plan that is one half of a per cent dearer has hundreds of millions to waste: it could send power
to and fro, buy to sell, let heat go or miss a target, and so have any exchange, emissions or
production one likes. Such plans are no choice. What is sent and sold is therefore made by the
sender, what is made is used, what is built could be, and targets are kept as well as in the plan,
which itself stays in.
`near` is no row here: see `model.choices.price`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Index, Program
from model.data.assemble import Data
from model.data.groups import DIMS

Floats = NDArray[np.float64]
ROUND = 1e-9
"""Room for rounding, of a side of a row [1]."""
PLACE = ["epci", "carrier", "step"]


def plain(program: Program, data: Data, x: Floats, year: int) -> Program:
    """The program with these limits, in which the plan `x` is feasible; rows come at the end."""
    own = _own(program, data, year)
    ceilings, most = _ceilings(program, data, x, year)
    upper, gap = program.upper.copy(), program.variables["targets.gap"]
    upper[gap.slice] = np.minimum(gap.of(upper), _no_more(gap.of(x)))
    matrix = sp.csr_array(sp.vstack([program.matrix, own, ceilings]))
    added = matrix.shape[0] - program.matrix.shape[0]
    return replace(
        program,
        matrix=matrix,
        row_lower=np.append(program.row_lower, np.full(added, -np.inf)),
        row_upper=np.concatenate([_used(program, x, year), _no_more(own @ x), most]),
        upper=upper,
    )


def _no_more(values: Floats) -> Floats:
    """Limits that let pass what is there, and nothing where it is negative."""
    loose = values + ROUND * np.maximum(1.0, np.abs(values))
    return np.where(values > ROUND, loose, 0.0)


def _used(program: Program, x: Floats, year: int) -> Floats:
    """The upper sides of the rows, those of the balances of the year no higher than in the plan."""
    upper, value = program.row_upper.copy(), program.matrix @ x
    for name in ("balance", "supplied", "demand.met"):
        span = program.constraints[name]
        if span.index.size:
            here = span.start + np.flatnonzero(_labels(span.index)["year"] == year)
            upper[here] = np.minimum(upper[here], _no_more(value[here]))
    return upper


def _own(program: Program, data: Data, year: int) -> sp.csr_array:
    """What each EPCI sends and sells less what it makes, by carrier and step, as rows."""
    terms = pd.concat(list(_terms(program, data, year)), ignore_index=True)
    over_year = terms[~terms["stored"] & (terms["step"] != "")].assign(step="year")
    terms = pd.concat([terms, over_year], ignore_index=True)
    terms["row"] = terms.groupby(PLACE, sort=False).ngroup()
    goes = terms.groupby("row")["value"].transform("max") > 0
    terms = terms[goes]
    row, _ = pd.factorize(terms["row"])
    shape = (int(row.max(initial=-1)) + 1, program.matrix.shape[1])
    return sp.csr_array((terms["value"].to_numpy(float), (row, terms["column"])), shape)


def _terms(program: Program, data: Data, year: int) -> Iterator[pd.DataFrame]:
    """Columns with their place and sign: `epci`, `carrier`, `step`, `column`, `value`, `stored`."""

    def columns(name: str) -> pd.DataFrame:
        span = program.variables[name]
        found = _labels(span.index).assign(column=np.arange(span.index.size) + span.start)
        found = found[found["year"] == year].assign(stored=name == "storage.discharge")
        return found if "step" in found else found.assign(step="")

    wanted = [*PLACE, "column", "value", "stored"]
    ends = pd.DataFrame(
        [(link.label, link.origin, link.carrier) for link in data.links],
        columns=["link", "epci", "carrier"],
    )
    ratio = data.arrays["flow_ratio"].sel(year=year, drop=True).clip(min=0)
    made = ratio.rename("value").to_series().reset_index()
    made = made[made["value"] > 0].assign(value=-made["value"])
    stores = data.frame.tables["storages"][["technology", "carrier"]].assign(value=-1.0)
    for name in ("exchange.flow", "exchange.shipment"):
        yield columns(name).merge(ends, on="link").assign(value=1.0)[wanted]
    for name in ("market.sale", "market.yearly_sale"):
        yield columns(name).assign(value=1.0)[wanted]
    for name in ("conversion.activity", "conversion.output"):
        yield columns(name).merge(made, on="technology")[wanted]
    yield columns("storage.discharge").merge(stores, on="technology")[wanted]


def _ceilings(program: Program, data: Data, x: Floats, year: int) -> tuple[sp.csr_array, Floats]:
    """Rows of the capacity of stores and plants of each EPCI, and their upper sides."""
    span = program.variables["stock.capacity"]
    held = _labels(span.index).assign(column=np.arange(span.index.size) + span.start)
    held = held[held["year"] == year]
    place = ["epci", "technology"]
    limit = pd.concat([_room(data), _load(program, data, x, year)])
    held = held.merge(limit[limit["limit"] < np.inf].drop_duplicates(place), on=place)
    row = held.groupby(place, sort=False).ngroup().to_numpy()
    shape = (int(row.max(initial=-1)) + 1, program.matrix.shape[1])
    matrix = sp.csr_array((np.ones(row.size), (row, held["column"].to_numpy())), shape)
    most = held["limit"].groupby(row).first().to_numpy(float)
    return matrix, np.maximum(most, _no_more(matrix @ x))


def _room(data: Data) -> pd.DataFrame:
    """The capacity that the potential of a place can fill [GW]."""
    given = data.arrays
    hours = (given["availability"] * given["step_hours"]).sum("step")
    dispatched = np.isin(given["technology"], data.sets["DISPATCHED"])
    hours = hours.where(dispatched, given["full_load_hours"])
    plants = given["technology"].isin(data.sets["PLANT"])
    room = (given["potential"] / hours).where(plants & (hours > 0), np.inf)
    return room.rename("limit").to_series().reset_index()


def _load(program: Program, data: Data, x: Floats, year: int) -> pd.DataFrame:
    """The highest load of the plan of what a store holds, or a plant gives, by EPCI [GW]."""
    injected = program.expressions["devices.injection"]
    load = _labels(injected.index).assign(limit=-injected.at(x))
    load["limit"] /= load["step"].map(data.arrays["step_hours"].to_series()).to_numpy(float)
    at = ["epci", "carrier"]
    load = load[load["year"] == year].groupby(at)["limit"].max().reset_index()
    ratio = data.arrays["flow_ratio"].sel(year=year, drop=True).rename("ratio").to_series()
    given = ratio[ratio > 0].reset_index()[["technology", "carrier"]]
    given = given[given["technology"].isin(data.sets["PLANT"])]
    stores = data.frame.tables["storages"][["technology", "carrier"]]
    both = pd.concat([given, stores]).merge(load, on="carrier")
    return both.groupby(["epci", "technology"])["limit"].max().reset_index()


def _labels(index: Index) -> pd.DataFrame:
    """The labels of every member of an index, a column for each dimension."""
    dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
    return pd.DataFrame({dim: index.column(place) for place, dim in enumerate(dims)})
